import type { ScopedTx } from '@/lib/access/scoped';
import type { Terrain } from '@/lib/area/schema';
import type { Period } from '@/lib/period/schema';
import { cellsTold, type CellsAsked } from '@/lib/disclosure/queries';
import { groupsHidden } from '@/lib/disclosure/rules';
import { likeOf, perThousandOf, registerGraceHours, unreachedOf } from './rules';
import type { Aims, DashboardArea, FigureOf, Group, Measure, MonthRow, Place, PlaceRow, SkillRow } from './schema';

/**
 * The area a dashboard is about: the one asked for, else the highest the caller may see figures of. Null when there is none,
 * or when it lies outside: asking never widens. Areas are public, so this asks the same function as the policies do.
 */
export async function dashboardArea(tx: ScopedTx, wanted: number | undefined): Promise<DashboardArea | null> {
  const [row] = await tx<DashboardArea[]>`
    with mine as materialized (select coalesce(may_areas('figures.read'), '{}') as ids),
    top as materialized (select coalesce(top_areas('figures.read'), '{}') as ids)
    select a.id, a.kind, a.name_vi, a.name_en, a.full_name_vi, a.full_name_en,
      a.id = any (coalesce((select may_areas('person.read')), '{}')) as may_look_up,
      coalesce((select json_agg(json_build_object('id', u.id, 'kind', u.kind, 'nameVi', u.full_name_vi, 'nameEn', u.full_name_en) order by t.depth desc)
        from area_tree t join area u on u.id = t.ancestor_id
        where t.area_id = a.id and t.depth > 0 and u.id = any (mine.ids)), '[]') as above,
      (select json_agg(json_build_object('id', u.id, 'kind', u.kind, 'nameVi', u.full_name_vi, 'nameEn', u.full_name_en) order by array_position(top.ids, u.id))
        from area u where u.id = any (top.ids)) as tops
    from mine, top, area a where a.id = coalesce(${wanted ?? null}::int, top.ids[1]) and a.id = any (mine.ids)`;
  return row ?? null;
}

/** Every figure of one area in some periods, in their order. */
export async function figuresOver(tx: ScopedTx, areaId: number, periods: readonly string[]): Promise<FigureOf[]> {
  const rows = await tx<{ period: string; cells: Cells; skills: string[] | null }[]>`
    select found.period, found.cells, (select array_agg(skill_code) from skill_version where valid_to is null) as skills
    from ${cellsBy(tx, { areas: [areaId], periods, only: 'all' })} found`;
  return periods.map((period) => {
    const row = rows.find((one) => one.period === period);
    return byMeasure(row?.cells ?? [], row?.skills ?? []);
  });
}

/** Every figure of one area and period. */
export const figuresOf = async (tx: ScopedTx, areaId: number, period: string): Promise<FigureOf> =>
  (await figuresOver(tx, areaId, [period]))[0] ?? {};

/**
 * Of what is hidden only everybody's cell is kept, empty, and of single skills of a village none: whoever may not see exact figures is told of what has
 * no cell that it is hidden, where anybody was counted at all.
 */
function byMeasure(cells: Cells, skills: readonly string[] = []): FigureOf {
  const figures: FigureOf = {};
  for (const [measure, group, value, of] of cells)
    (figures[measure] ??= {})[group] = value === null || of === null ? null : { value, of };
  if (cells.some(([, , , , exact]) => exact)) return figures;
  for (const [measure, told] of Object.entries(figures))
    for (const group of groupsHidden(measure, new Set(Object.keys(told ?? {})))) if (told) told[group as Group] = null;
  if (figures.core_attained?.all !== undefined) for (const code of skills) figures[`skill_${code}`] ??= { all: null };
  return figures;
}

/** The cells of areas by period, each as `Cells`: rows of SQL (area_id, period, cells). */
const cellsBy = (tx: ScopedTx, asked: CellsAsked) => tx`(
  select area_id, period, json_agg(json_build_array(measure, grp, value, denominator, exact)) as cells
  from ${cellsTold(tx, asked)} c group by area_id, period)`;

type Cells = readonly (readonly [Measure, Group, number | null, number | null, boolean])[];

/** Sessions that ended over a day ago without a register: `s`, from the sessions themselves. */
export const awaiting = (tx: ScopedTx) => tx`
  s.status = 'published' and s.ends_at < now() - make_interval(hours => ${registerGraceHours})`;

const ofPlaces = {
  measures: ['people_reached', 'core_attained', 'skills_attained', 'attendance', 'sessions_held', 'classes_held'],
  groups: ['all', 'age60'],
} as const;
const ofMonths = {
  measures: ['people_reached', 'attendance', 'sessions_held', 'core_attained', 'skills_attained'],
  groups: ['all', 'age60'],
} as const;

/** By name, "Thôn 2" before "Thôn 10". */
const inOrder = (tx: ScopedTx) => tx`
  regexp_replace(place.name_vi, '\\d+.*$', '') collate "vi-x-icu", substring(place.name_vi from '\\d{1,8}')::integer nulls first,
  place.name_vi collate "vi-x-icu", place.id`;

/** The places directly below, with what they can be ranked by. `living`: how many of a group live in a place, where that is known whole. */
export async function placesBelow(
  tx: ScopedTx,
  areaId: number,
  period: string,
  living: (place: number, group: 'all' | 'age60') => number | null,
  aims: ReadonlyMap<number, Aims> = new Map(),
): Promise<PlaceRow[]> {
  const rows = await tx<(Place & { terrain: Terrain | null; missing: number; cells: Cells })[]>`
    with place as (
      select a.id, a.kind, a.terrain, a.name_vi, a.name_en
      from area_tree t join area a on a.id = t.area_id where t.ancestor_id = ${areaId} and t.depth = 1),
    found as materialized (select * from ${cellsBy(tx, { areas: tx`array(select id from place)`, periods: [period], only: ofPlaces })} c),
    late as (
      select t.ancestor_id as area_id, count(*) as missing
      from place join area_tree t on t.ancestor_id = place.id join class_session s on s.area_id = t.area_id
      where ${awaiting(tx)} group by t.ancestor_id)
    select place.id, place.kind, place.terrain, place.name_vi, place.name_en, coalesce(late.missing, 0) as missing, coalesce(found.cells, '[]') as cells
    from place left join late on late.area_id = place.id left join found on found.area_id = place.id
    order by ${inOrder(tx)} limit 500`;
  return rows.map(({ id, kind, terrain, nameVi, nameEn, missing, cells: found }) => {
    const { people_reached, core_attained, skills_attained, attendance, sessions_held, classes_held } =
      byMeasure(found);
    const [everybody, older] = [living(id, 'all'), living(id, 'age60')];
    return {
      id,
      kind,
      nameVi,
      nameEn,
      missing,
      like: likeOf(kind, terrain),
      reached: people_reached?.all,
      reachedAge60: people_reached?.age60,
      core: core_attained?.all,
      skills: skills_attained?.all,
      attendance: attendance?.all,
      held: sessions_held?.all,
      classes: classes_held?.all,
      older,
      ...unreachedOf(older, people_reached?.age60),
      sessionsPerThousand: perThousandOf(sessions_held?.all, everybody, false),
      corePerThousand: perThousandOf(core_attained?.all, everybody, true),
      aims: aims.get(id) ?? null,
    };
  });
}

/** Some figures of each place directly below. */
export async function figuresBelow(
  tx: ScopedTx,
  areaId: number,
  period: string,
  wanted: { measures: readonly Measure[]; groups: readonly Group[] },
): Promise<(Place & { figures: FigureOf })[]> {
  const rows = await tx<(Place & { cells: Cells })[]>`
    with place as (
      select a.id, a.kind, a.name_vi, a.name_en from area_tree t join area a on a.id = t.area_id where t.ancestor_id = ${areaId} and t.depth = 1),
    found as materialized (select * from ${cellsBy(tx, { areas: tx`array(select id from place)`, periods: [period], only: wanted })} c)
    select place.id, place.kind, place.name_vi, place.name_en, coalesce(found.cells, '[]') as cells
    from place left join found on found.area_id = place.id
    order by ${inOrder(tx)} limit 500`;
  return rows.map(({ cells: found, ...place }) => ({ ...place, figures: byMeasure(found) }));
}

/** The area month by month. */
export async function monthsOf(tx: ScopedTx, areaId: number, months: readonly Period[]): Promise<MonthRow[]> {
  const periods = months.map(({ key }) => key);
  const rows = await tx<{ period: string; cells: Cells }[]>`
    select period, cells from ${cellsBy(tx, { areas: [areaId], periods, only: ofMonths })} found`;
  const found = new Map(rows.map((row) => [row.period, byMeasure(row.cells)]));
  return months.map((month) => ({ month, figures: found.get(month.key) ?? {} }));
}

/** Every skill taught today, with what the figures say of it; in the catalogue's order. */
export async function skillsOf(tx: ScopedTx, figures: FigureOf): Promise<SkillRow[]> {
  const skills = await tx<Omit<SkillRow, 'cell'>[]>`
    select skill_code as code, title_vi, title_en, core from skill_version where valid_to is null order by skill_code limit 200`;
  return skills.map((skill) => ({ ...skill, cell: figures[`skill_${skill.code}`]?.all }));
}
