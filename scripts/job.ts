// `npm run job -- <name>`: work that nobody waits for, run by hand or by cron.
import { withDatabaseUrl } from './database';

const jobs = new Map<string, (url: string) => Promise<void>>();

const name = process.argv[2] ?? '';
const job = jobs.get(name);
if (job) await withDatabaseUrl(job);
else {
  console.error(
    `Không có việc nào tên "${name}" · There is no job of that name. Jobs: ${[...jobs.keys()].join(', ') || '—'}`,
  );
  process.exitCode = 1;
}
