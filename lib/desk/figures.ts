import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { addDays, momentOf } from '@/lib/kernel/clock';
import { tableOf, tellBeside, tellsParts, type Told } from './rules';
import type { NeedHour } from './schema';

type Language = 'vi' | 'en';

/** A place with its assists of a month; the count is null where it may not be told. */
interface Part {
  readonly key: string;
  /** Of a unit: where its own page is. */
  readonly areaId: number | null;
  readonly name: string;
  readonly count: number | null;
}

/** What leaders are told of a month at the desks of a place. */
export interface DeskFigures {
  readonly areaId: number;
  readonly place: string;
  readonly month: string;
  readonly needs: readonly { readonly code: string; readonly name: string }[];
  readonly hours: readonly number[];
  readonly table: Told;
  /** Settled at the desk; null where that may not be told. */
  readonly settled: number | null;
  readonly minutes: number | null;
  readonly parts: readonly Part[];
  /** Whoever may see names sees every number. */
  readonly exact: boolean;
}

const monthAfter = (month: string) => addDays(`${month}-28`, 7).slice(0, 7);
const spanOf = (month: string) => ({
  from: momentOf(`${month}-01`, '00:00'),
  to: momentOf(`${monthAfter(month)}-01`, '00:00'),
});

/** The places whose counts the caller may ask for: the province, units. */
export function figurePlaces(tx: ScopedTx, language: Language) {
  return tx<{ id: number; name: string }[]>`
    select a.id, ${tx(`a.full_name_${language}`)} as name from area a
    where a.kind in ${tx(['province', ...unitKinds])} and a.id = any (coalesce((select may_areas('figures.read')), '{}'))
      and (a.valid_to is null or a.valid_to > current_date)
    order by a.kind <> 'province', a.name_vi collate "vi-x-icu", a.id limit 200`;
}

/** The province or a unit whose figures the caller may see, by its own count of what may be told; null for any other place. */
export async function deskFigures(
  tx: ScopedTx,
  language: Language,
  areaId: number,
  month: string,
): Promise<DeskFigures | null> {
  const [place] = await tx<{ name: string; isUnit: boolean; exact: boolean; above: number[] }[]>`
    select ${tx(`a.full_name_${language}`)} as name, a.kind <> 'province' as is_unit,
      a.id = any (coalesce((select may_areas('person.read')), '{}')) as exact,
      array(select t.ancestor_id from area_tree t where t.area_id = a.id and t.depth > 0
        and t.ancestor_id = any (coalesce((select may_areas('figures.read')), '{}'))) as above
    from area a where a.id = ${areaId} and a.kind in ${tx(['province', ...unitKinds])}
      and a.id = any (coalesce((select may_areas('figures.read')), '{}'))`;
  if (!place) return null;
  return elevated(tx, 'desks: counts for leaders, told as far as they may be', async (system) => {
    const needs = await system<{ code: string; name: string }[]>`
      select code, name from (
        select distinct on (n.code) n.code, n.position, n.replaced_at, ${system(`n.name_${language}`)} as name from desk_need n order by n.code, n.version desc) n
      where replaced_at is null or exists (select from desk_assist s where s.need_code = n.code and ${counted(system, areaId, month)})
      order by position, code`;
    const counts = await system<NeedHour[]>`
      select s.need_code as code, extract(hour from s.at at time zone 'Asia/Ho_Chi_Minh')::int as hour, count(*)::int as count
      from desk_assist s where ${counted(system, areaId, month)} group by 1, 2`;
    const sums = await sumsOf(system, areaId, month);
    const parts = await partsOf(system, language, areaId, month, place.isUnit);
    // Whoever sees a place above sees its sums too: a unit then tells no more than its sisters can.
    const sisters = place.exact
      ? []
      : (await Promise.all(place.above.map((above) => unitsOf(system, above, month)))).flat();
    const all = needs.map(({ code }) => code);
    const { hours, cells } = tableOf(counts, all);
    const table = tellBeside(
      cells,
      sisters.map((sister) => tableOf(sister.counts, all).cells),
      place.exact,
    );
    const settledTold = [sums, ...sisters].every(({ settled, referred }) =>
      tellsParts([settled, referred], place.exact),
    );
    const partsTold =
      table.total !== null &&
      tellsParts(
        parts.map(({ count }) => count),
        place.exact,
      );
    return {
      areaId,
      place: place.name,
      month,
      needs: [...needs],
      hours,
      table,
      settled: table.total !== null && settledTold ? sums.settled : null,
      minutes: table.total === null ? null : sums.minutes,
      parts: parts.map((part) => ({ ...part, count: partsTold ? part.count : null })),
      exact: place.exact,
    };
  });
}

const counted = (tx: SystemTx, areaId: number, month: string) => {
  const { from, to } = spanOf(month);
  return tx`s.undone_at is null and s.at >= ${from} and s.at < ${to} and s.at <= now()
    and s.area_id in (select area_id from area_tree where ancestor_id = ${areaId})`;
};

interface Sums {
  readonly settled: number;
  readonly referred: number;
  readonly minutes: number;
}

async function sumsOf(tx: SystemTx, areaId: number, month: string): Promise<Sums> {
  const [row] = await tx<Sums[]>`
    select count(*) filter (where referred_to is null)::int as settled, count(*) filter (where referred_to is not null)::int as referred,
      coalesce(sum(minutes), 0)::int as minutes
    from desk_assist s where ${counted(tx, areaId, month)}`;
  return row ?? { settled: 0, referred: 0, minutes: 0 };
}

interface Unit {
  readonly counts: readonly NeedHour[];
  readonly settled: number;
  readonly referred: number;
}

/** Each unit under a place with anything logged in a month, by need and hour. */
async function unitsOf(tx: SystemTx, areaId: number, month: string): Promise<Unit[]> {
  const rows = await tx<(NeedHour & { unitId: number; settled: number })[]>`
    select u.id as unit_id, s.need_code as code, extract(hour from s.at at time zone 'Asia/Ho_Chi_Minh')::int as hour, count(*)::int as count,
      count(*) filter (where s.referred_to is null)::int as settled
    from desk_assist s join area_tree t on t.area_id = s.area_id join area u on u.id = t.ancestor_id and u.kind in ${tx(unitKinds)}
    where ${counted(tx, areaId, month)} group by 1, 2, 3`;
  const units = new Map<number, (typeof rows)[number][]>();
  for (const row of rows) units.set(row.unitId, [...(units.get(row.unitId) ?? []), row]);
  return [...units.values()].map((counts) => {
    const settled = counts.reduce((sum, one) => sum + one.settled, 0);
    return { counts, settled, referred: counts.reduce((sum, one) => sum + one.count, 0) - settled };
  });
}

/** The parts of a place with anything logged in a month: the units of the province, the desks of a unit. */
async function partsOf(
  tx: SystemTx,
  language: Language,
  areaId: number,
  month: string,
  isUnit: boolean,
): Promise<(Part & { count: number })[]> {
  const rows = isUnit
    ? await tx<(Part & { count: number })[]>`
        select d.id::text as key, null::int as area_id, d.name, count(*)::int as count
        from desk_assist s join desk d on d.id = s.desk_id where ${counted(tx, areaId, month)}
        group by d.id order by count desc, d.name collate "vi-x-icu" limit 200`
    : await tx<(Part & { count: number })[]>`
        select u.id::text as key, u.id as area_id, ${tx(`u.full_name_${language}`)} as name, count(*)::int as count
        from desk_assist s join area_tree t on t.area_id = s.area_id join area u on u.id = t.ancestor_id and u.kind in ${tx(unitKinds)}
        where ${counted(tx, areaId, month)}
        group by u.id order by count desc, u.name_vi collate "vi-x-icu" limit 200`;
  return [...rows];
}
