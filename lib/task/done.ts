import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { kindOf, taskKinds } from './kinds';
import { tasksIn } from './queries';
import { keyOf, type WorkDone } from './schema';

/**
 * Work recorded lately that the caller may read (their own, and of the areas they plan classes in), with what became of its task: open still,
 * closed by it, or gone because the fact stands no more. Recorded work never goes.
 */
export async function workDone(tx: ScopedTx, language: 'vi' | 'en', caller: Caller, now: Date): Promise<WorkDone[]> {
  const rows = await tx<Omit<WorkDone, 'became'>[]>`
    select w.id, w.kind, w.person_id, w.fact, w.outcome, w.note, w.at, w.by, p.full_name
    from task_work w left join person p on p.id = w.person_id order by w.at desc, w.id limit 100`;
  const people = [...new Set(rows.flatMap(({ personId }) => personId ?? []))];
  const areas = await tx<{ id: number }[]>`
    select distinct area_id as id from person where id = any(${people}::uuid[])
    union select unnest(coalesce(may_areas('register.write'), '{}'))`;
  const scope = { areas: areas.map(({ id }) => id), people, language, kinds: taskKinds };
  const lines = people.length === 0 ? [] : await tasksIn(tx, caller.accountId, scope, now);
  const stands = new Map(lines.map((line) => [line.key, line]));
  const names = await elevated(
    tx,
    'tasks: names of those who recorded work',
    (system) => system<{ id: string; fullName: string }[]>`
      select id, full_name from account where id = any(${rows.flatMap(({ by }) => by ?? [])}::uuid[])`,
  );
  const known = new Map(names.map(({ id, fullName }) => [id, fullName]));
  return rows.map((row) => {
    const line = stands.get(keyOf(row));
    const ended = kindOf(row.kind)?.workEnds && (row.outcome === 'done' || row.outcome === 'refused');
    const became = !line ? (ended ? 'closed' : 'gone') : line.state === 'settled' ? 'closed' : 'open';
    return { ...row, by: known.get(row.by ?? '') ?? null, became };
  });
}
