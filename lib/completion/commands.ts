import { asSystem, elevated, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { promoteWaiting, recordResults } from '@/lib/enrolment/commands';
import { resultStates } from '@/lib/enrolment/rules';
import { log } from '@/lib/kernel/log';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { registersOfClass, resultsOfClass } from './queries';
import { closesAfterDays } from './rules';

interface Closable {
  readonly areaId: number;
  readonly status: 'draft' | 'published' | 'cancelled' | 'closed';
  readonly over: boolean;
}

/**
 * Closes a class whose last session is over: what became of everybody follows from the facts (completed, partial, never came), nobody types
 * it. A closed class may be closed again: after a register was corrected, or a lesson made up elsewhere, the results follow. Refuses: notFound,
 * classNotOver (also drafts), classCancelled, registersNone (nobody took a single register, so nobody knows who came).
 */
export async function closeClass(
  tx: ScopedTx,
  { classId }: { readonly classId: string },
  caller: Pick<Caller, 'accountId'>,
  now = new Date(),
): Promise<Refusal | { changed: number }> {
  const [found] = await tx<Closable[]>`
    select area_id, status, coalesce(last_ends_at <= ${now}, false) as over from class
    where id = ${classId} and area_id = any (coalesce((select may_areas('class.write')), '{}')) for update`;
  if (!found) return refuse('notFound');
  if (found.status === 'cancelled') return refuse('classCancelled');
  if (found.status === 'draft' || !found.over) return refuse('classNotOver');
  if ((await registersOfClass(tx, classId, now)).taken === 0) return refuse('registersNone');
  await elevated(tx, 'close: end offers nobody answered', (system) => promoteWaiting(system, classId));
  const results = await resultsOfClass(tx, 'vi', classId, now);
  return elevated(tx, 'close: write the results down', (system) =>
    write(system, classId, results, { accountId: caller.accountId, channel: 'staff' }, now),
  );
}

type Results = Awaited<ReturnType<typeof resultsOfClass>>;

async function write(
  tx: SystemTx,
  classId: string,
  results: Results,
  by: { readonly accountId: string | null; readonly channel: 'staff' | 'promotion' },
  now: Date,
): Promise<{ changed: number }> {
  const changed = await recordResults(tx, classId, results, by);
  const details = Object.fromEntries(
    resultStates.map((state) => [state, results.filter(({ result }) => result === state).length]),
  );
  await tx`
    with closed as (update class set status = 'closed', closed_at = ${now} where id = ${classId} returning area_id)
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    select ${by.accountId}, 'class.close', 'class', ${classId}, area_id, ${tx.json({ ...details, changed })} from closed`;
  return { changed };
}

/** At most so many classes in one go. */
const batch = 50;

/**
 * Closes classes some days after their last session, where every register was taken, and works closed ones out anew where a register was
 * corrected, a lesson made up or a skill re-checked since; each in a transaction of its own. Returns how many there were.
 */
export async function closeClassesWhereDue(now = new Date()): Promise<number> {
  const due = await asSystem(
    'close: where is something due',
    (tx) => tx<{ id: string }[]>`
      select c.id from class c
      where c.status = 'published' and c.last_ends_at < ${now}::timestamptz - make_interval(days => ${closesAfterDays})
        and exists (select from class_session s where s.class_id = c.id and s.status = 'held')
        and not exists (select from class_session s where s.class_id = c.id and s.status in ('planned', 'published'))
      union
      select c.id from class c join enrolment e on e.class_id = c.id join (
          select person_id, max(received_at) as at from register_operation
          where received_at > ${now}::timestamptz - interval '30 days' and person_id is not null group by person_id
          union all
          select person_id, max(observed_at) from skill_observation
          where source = 'recheck' and observed_at > ${now}::timestamptz - interval '30 days' group by person_id) fact on fact.person_id = e.person_id
      -- What was received while the class was being closed counts as since.
      where c.status = 'closed' and c.closed_at < fact.at + interval '10 minutes'
      limit ${batch}`,
  );
  for (const { id } of due) await asSystem('close: where due', (tx) => closeOne(tx, id, now));
  return due.length;
}

async function closeOne(tx: SystemTx, classId: string, now: Date): Promise<void> {
  await promoteWaiting(tx, classId);
  await write(
    tx,
    classId,
    await resultsOfClass(tx, 'vi', classId, now),
    { accountId: null, channel: 'promotion' },
    now,
  );
}

type Loop = typeof globalThis & { camtayClosing?: true };

/** Looks once an hour, for the life of the process; trouble is logged and it looks again the next hour. */
export function keepClassesClosed(): void {
  const held: Loop = globalThis;
  if (held.camtayClosing) return;
  held.camtayClosing = true;
  const turn = async () => {
    const found = await closeClassesWhereDue().catch((error: unknown) => {
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'classes not closed');
      return 0;
    });
    setTimeout(() => void turn(), found < batch ? 3_600_000 : 1000).unref();
  };
  setTimeout(() => void turn(), 30_000).unref();
}
