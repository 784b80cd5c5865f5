import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { taskKinds } from './kinds';
import { tasksIn } from './queries';

/**
 * How many tasks are overdue and nobody's but the organisers', in a unit of the caller's dashboard: a count for leaders, nothing that names
 * anybody. Suggestions are none. Null for any other place: villages beside their unit would give small numbers away, and of the whole province
 * nobody would act on it; up to 9 it says 'few'.
 */
export async function overdueUnder(
  tx: ScopedTx,
  caller: Pick<Caller, 'accountId'>,
  areaId: number,
  now: Date,
): Promise<number | 'few' | null> {
  const rows = await tx<{ id: number }[]>`
    select t.area_id as id from area_tree t
    where t.ancestor_id = ${areaId} and t.area_id = any (coalesce((select may_areas('figures.read')), '{}'))
      and exists (select from area u where u.id = ${areaId} and u.kind in ${tx(unitKinds)})`;
  if (rows.length === 0) return null;
  const kinds = taskKinds.filter(({ whenGiven }) => !whenGiven);
  const scope = { areas: rows.map(({ id }) => id), people: null, language: 'vi', kinds } as const;
  const late = (await tasksIn(tx, caller.accountId, scope, now)).filter(
    ({ state, overdue, given }) => state === 'open' && overdue && (given === null || given.back),
  ).length;
  return late < 10 ? 'few' : late;
}
