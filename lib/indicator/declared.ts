import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { lastDayOf } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import { declaredTogether } from './rules';
import type { DeclaredSaid, DeclaredValue } from './schema';

/**
 * What holds of each declared indicator for an area and period. How things stand on a day holds from that day to the end of its year, of either calendar: the
 * newest day up to the period's end counts; what was said of this very period always does, also with a later day. What was counted in a period holds for that
 * period alone. Where the area said nothing itself and units lie right below it, theirs are added up, once all have spoken.
 */
export async function declaredOf(tx: ScopedTx, areaId: number, period: Period): Promise<DeclaredValue[]> {
  const said = await tx<DeclaredSaid[]>`
    with place as (
      select t.area_id, t.depth = 0 as own from area_tree t join area a on a.id = t.area_id
      where t.ancestor_id = ${areaId} and (t.depth = 0 or (t.depth = 1 and a.kind in ${tx(unitKinds)}))),
    newest as (
      select distinct on (d.area_id, d.indicator_code, d.period) place.own, d.*
      from place join declared_figure d using (area_id)
        join indicator_version v on v.indicator_code = d.indicator_code and v.valid_to is null
      where d.period = ${period.key} or (v.boundary = 'onDay' and substring(d.period from '\\d{4}') = ${String(period.year)})
      order by d.area_id, d.indicator_code, d.period, d.id desc)
    select distinct on (area_id, indicator_code) area_id, own, indicator_code as code, value, denominator, source, as_of::text
    from newest where period = ${period.key} or as_of <= ${lastDayOf(period)}::date
    order by area_id, indicator_code, as_of desc, id desc`;
  if (said.length === 0) return [];
  const [units] = await tx<{ count: number }[]>`
    select count(*)::int as count from area_tree t join area a on a.id = t.area_id
    where t.ancestor_id = ${areaId} and t.depth = 1 and a.kind in ${tx(unitKinds)}`;
  const codes = [...new Set(said.map(({ code }) => code))];
  return codes.flatMap(
    (code) =>
      declaredTogether(
        said.filter((one) => one.code === code),
        units?.count ?? 0,
      ) ?? [],
  );
}
