// `npm run job -- <name>`: work that nobody waits for, run by hand or by cron.
import { closePool } from '@/lib/access/scoped';
import { distrustEarlierKeys } from '@/lib/certificate/commands';
import { closeClassesWhereDue } from '@/lib/completion/commands';
import { promoteWhereDue } from '@/lib/enrolment/commands';
import { checkFigures, rebuildFigures, refreshFigures } from '@/lib/figure/commands';
import { planReminders } from '@/lib/message/planning';
import { withDatabaseUrl } from './database';

/** Work inside the portal's own code: it finds the database by DATABASE_URL. */
const inPortal = (work: () => Promise<unknown>) => async (url: string) => {
  process.env.DATABASE_URL = url;
  await work().finally(closePool);
};

const jobs = new Map<string, (url: string) => Promise<void>>([
  ['figures', inPortal(() => refreshFigures())],
  ['places', inPortal(() => promoteWhereDue())],
  ['reminders', inPortal(() => planReminders(new Date()))],
  ['close', inPortal(() => closeClassesWhereDue())],
  ['distrust-keys', inPortal(() => distrustEarlierKeys())],
  ['figures-rebuild', inPortal(() => rebuildFigures())],
  ['figures-check', inPortal(() => checkFigures())],
]);

const name = process.argv[2] ?? '';
const job = jobs.get(name);
if (job) await withDatabaseUrl(job);
else {
  console.error(
    `Không có việc nào tên "${name}" · There is no job of that name. Jobs: ${[...jobs.keys()].join(', ') || '—'}`,
  );
  process.exitCode = 1;
}
