import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { demandUnder } from '@/lib/demand/queries';
import { momentOf } from '@/lib/kernel/clock';
import { kindOfAll, periodBefore, rankPlaces, registerGraceHours, trendMonths, unreached } from './rules';
import { addMonths, isMonth } from './schema';
import type {
  Cell,
  ClassRow,
  Dashboard,
  DashboardArea,
  FigureOf,
  Group,
  Measure,
  MissingRegister,
  MonthRow,
  Place,
  PlaceRow,
  PlaceSort,
} from './schema';

/**
 * The area a dashboard is about: the one asked for, else the highest the caller may see figures of. Null when there is none,
 * or when it lies outside: asking never widens. Areas are public, so this asks the same function as the policies do.
 */
export async function dashboardArea(tx: ScopedTx, wanted: number | undefined): Promise<DashboardArea | null> {
  const [row] = await tx<DashboardArea[]>`
    with mine as materialized (select unnest(coalesce((select may_areas('figures.read')), '{}')) as area_id),
    top as (
      select m.area_id, (select count(*) from area_tree t where t.area_id = m.area_id) as level
      from mine m
      where not exists (select from area_tree t join mine above on above.area_id = t.ancestor_id
                        where t.area_id = m.area_id and t.depth > 0)),
    chosen as (
      select coalesce(${wanted ?? null}::int, (select area_id from top order by level, area_id limit 1)) as area_id)
    select a.id, a.kind, a.name_vi, a.name_en, a.full_name_vi, a.full_name_en,
      coalesce((select json_agg(json_build_object('id', u.id, 'kind', u.kind, 'nameVi', u.full_name_vi, 'nameEn', u.full_name_en) order by t.depth desc)
        from area_tree t join mine on mine.area_id = t.ancestor_id join area u on u.id = t.ancestor_id
        where t.area_id = a.id and t.depth > 0), '[]') as above,
      (select json_agg(json_build_object('id', u.id, 'kind', u.kind, 'nameVi', u.full_name_vi, 'nameEn', u.full_name_en) order by level, u.id)
        from top join area u on u.id = top.area_id) as tops
    from chosen join mine using (area_id) join area a on a.id = chosen.area_id`;
  return row ?? null;
}

/** Every figure of one area and period. */
export async function figuresOf(tx: ScopedTx, areaId: number, period: string): Promise<FigureOf> {
  const [row] = await tx<{ cells: Cells }[]>`
    select found.cells from (select ${areaId}::int as id, ${period}::text as period) place, ${cells(tx, 'all')}`;
  const figures: FigureOf = {};
  for (const [measure, group, value, of] of row?.cells ?? [])
    (figures[measure] ??= {})[group] = value === null || of === null ? null : { value, of };
  return figures;
}

/**
 * The cells of each `place (id, period)`, by measure and group: exact where the wall lets the caller see that, else as they are shown to everybody
 * who sees figures, empty where hidden. Only those wanted: a place has hundreds. Looked up in one place: every mention of a table asks the wall anew,
 * which for a province costs more than reading its cells.
 */
const cells = (tx: ScopedTx, wanted: { measures: readonly Measure[]; groups: readonly Group[] } | 'all') => tx`
  lateral (
    select coalesce(json_agg(json_build_array(f.measure, f.grp, coalesce(e.value, f.value), coalesce(e.denominator, f.denominator))), '[]') as cells
    from figure f left join figure_exact e
      on (e.area_id, e.period, e.measure, e.grp) = (f.area_id, f.period, f.measure, f.grp)
    where f.area_id = place.id and f.period = place.period and ${
      wanted === 'all'
        ? tx`true`
        : tx`f.measure = any(${[...wanted.measures]}::text[]) and f.grp = any(${[...wanted.groups]}::text[])`
    }) found`;

type Cells = readonly (readonly [Measure, Group, number | null, number | null])[];

function cellIn(found: Cells, measure: Measure, group: Group = 'all'): Cell {
  const row = found.find(([ofMeasure, ofGroup]) => ofMeasure === measure && ofGroup === group);
  return row && row[2] !== null && row[3] !== null ? { value: row[2], of: row[3] } : null;
}

/** Sessions of the area's whole tree that ended over a day ago without a register, from the sessions themselves. */
const awaiting = (tx: ScopedTx) => tx`
  s.status = 'published' and s.ends_at < now() - make_interval(hours => ${registerGraceHours})`;

const ofPlaces = {
  measures: ['people_reached', 'core_attained', 'skills_attained', 'attendance', 'sessions_held'],
  groups: ['all', 'age60'],
} as const;
const ofMonths = {
  measures: ['people_reached', 'attendance', 'sessions_held', 'core_attained'],
  groups: ['all'],
} as const;

/** The places directly below, with what they can be ranked by. */
export async function placesBelow(tx: ScopedTx, areaId: number, period: string): Promise<PlaceRow[]> {
  const rows = await tx<(Place & { missing: number; cells: Cells })[]>`
    with place as (
      select a.id, a.kind, a.name_vi, a.name_en, ${period}::text as period
      from area_tree t join area a on a.id = t.area_id where t.ancestor_id = ${areaId} and t.depth = 1),
    late as (
      select t.ancestor_id as area_id, count(*) as missing
      from place join area_tree t on t.ancestor_id = place.id join class_session s on s.area_id = t.area_id
      where ${awaiting(tx)} group by t.ancestor_id)
    select place.id, place.kind, place.name_vi, place.name_en, coalesce(late.missing, 0) as missing, found.cells
    from place left join late on late.area_id = place.id, ${cells(tx, ofPlaces)}
    order by place.name_vi collate "vi-x-icu", place.id
    limit 500`;
  return rows.map(({ id, kind, nameVi, nameEn, missing, cells: found }) => ({
    id,
    kind,
    nameVi,
    nameEn,
    missing,
    reached: cellIn(found, 'people_reached'),
    reachedAge60: cellIn(found, 'people_reached', 'age60'),
    core: cellIn(found, 'core_attained'),
    skills: cellIn(found, 'skills_attained'),
    attendance: cellIn(found, 'attendance'),
    held: cellIn(found, 'sessions_held'),
  }));
}

/** The area month by month. */
export async function monthsOf(tx: ScopedTx, areaId: number, months: readonly string[]): Promise<MonthRow[]> {
  const rows = await tx<{ month: string; cells: Cells }[]>`
    select place.period as month, found.cells
    from (select ${areaId}::int as id, unnest(${[...months]}::text[]) as period) place, ${cells(tx, ofMonths)}
    order by place.period`;
  return rows.map(({ month, cells: found }) => ({
    month,
    reached: cellIn(found, 'people_reached'),
    attendance: cellIn(found, 'attendance'),
    held: cellIn(found, 'sessions_held'),
    core: cellIn(found, 'core_attained'),
  }));
}

/** Registers not taken in the area and below, the oldest first: how many, and the first ten. Opens only for who may take them. */
export async function registersMissing(
  tx: ScopedTx,
  areaId: number,
): Promise<{ total: number; first: MissingRegister[] }> {
  const [count] = await tx<{ total: number }[]>`
    select count(*) as total from area_tree t join class_session s on s.area_id = t.area_id
    where t.ancestor_id = ${areaId} and ${awaiting(tx)}`;
  const first = await tx<MissingRegister[]>`
    select s.id as session_id, s.class_id, c.title_vi, c.title_en, a.full_name_vi as area_name_vi, a.full_name_en as area_name_en,
      unit.full_name_vi as unit_name_vi, unit.full_name_en as unit_name_en, team.name as team_name, s.starts_at,
      s.area_id = any(coalesce((select may_areas('register.write')), '{}')) as may_open,
      s.area_id = any(coalesce((select may_areas('class.read')), '{}')) as may_read_class
    from area_tree t join class_session s on s.area_id = t.area_id
    join class on class.id = s.class_id join course c on c.id = class.course_id
    join team on team.id = class.team_id join area a on a.id = s.area_id
    left join lateral (
      select u.full_name_vi, u.full_name_en from area_tree up join area u on u.id = up.ancestor_id
      join area_tree within on within.area_id = u.id and within.ancestor_id = ${areaId} and within.depth > 0
      where up.area_id = s.area_id and up.depth > 0 and u.kind in ${tx(unitKinds)} order by up.depth limit 1) unit on true
    where t.ancestor_id = ${areaId} and ${awaiting(tx)}
    order by s.ends_at, s.id limit 10`;
  return { total: count?.total ?? 0, first };
}

/** Classes held in the area itself, not below it, with sessions in the days given (`to` excluded), the latest first. No drafts. */
export async function classesIn(tx: ScopedTx, areaId: number, from: Date, to: Date): Promise<ClassRow[]> {
  return tx<ClassRow[]>`
    select class.id, c.title_vi, c.title_en, class.status, venue.name as venue_name, min(s.starts_at) as starts_at,
      count(*) as sessions, count(*) filter (where s.status = 'held') as held,
      count(*) filter (where ${awaiting(tx)}) as missing,
      class.area_id = any(coalesce((select may_areas('class.read')), '{}')) as may_open
    from class join class_session s on s.class_id = class.id
    join course c on c.id = class.course_id join venue on venue.id = class.venue_id
    where class.status <> 'draft' and class.area_id = ${areaId} and s.area_id = ${areaId} and s.starts_at >= ${from} and s.starts_at < ${to}
    group by class.id, c.id, venue.id
    order by min(s.starts_at) desc, class.id limit 100`;
}

/** Years that have figures for the area, the newest first. */
export async function figureYears(tx: ScopedTx, areaId: number): Promise<string[]> {
  const rows = await tx<{ period: string }[]>`
    select distinct period from figure where area_id = ${areaId} and length(period) = 4 order by period desc limit 20`;
  return rows.map((row) => row.period);
}

/** Until when all changes are in the figures (null before the first count), and of how many skills the core set is. */
async function footing(tx: ScopedTx): Promise<{ freshAt: Date | null; coreSkills: number }> {
  const [row] = await tx<{ freshAt: Date | null; coreSkills: number }[]>`
    select (select fresh_at from figure_run) as fresh_at,
      (select count(*) from skill_version where core and valid_to is null) as core_skills`;
  return row ?? { freshAt: null, coreSkills: 0 };
}

/**
 * All a dashboard shows, from cells: never from the marks themselves. Null when the area is none of the caller's. Registers not
 * taken are asked of the sessions, since time alone makes them; classes asked for of the asks, which wait whatever the period.
 */
export async function dashboard(
  tx: ScopedTx,
  asked: { area?: number | undefined; period: string; rank: { by: PlaceSort; descending: boolean } },
  now: Date,
): Promise<Dashboard | null> {
  const area = await dashboardArea(tx, asked.area);
  if (!area) return null;
  const { period, rank } = asked;
  const [from, until] = isMonth(period)
    ? [period, addMonths(period, 1)]
    : [`${period}-01`, addMonths(`${period}-12`, 1)];
  const [figures, before, found, months, missing, demand, classes, years, base] = await Promise.all([
    figuresOf(tx, area.id, period),
    figuresOf(tx, area.id, periodBefore(period)),
    placesBelow(tx, area.id, period),
    monthsOf(tx, area.id, trendMonths(period, now)),
    registersMissing(tx, area.id),
    demandUnder(tx, area.id),
    classesIn(tx, area.id, momentOf(`${from}-01`, '00:00'), momentOf(`${until}-01`, '00:00')),
    figureYears(tx, area.id),
    footing(tx),
  ]);
  const places = rankPlaces(found, rank.by, rank.descending);
  const level = { places, placeKind: kindOfAll(places), unreached: unreached(found) };
  return { area, period, figures, before, ...level, months, missing, demand, classes, years, ...base };
}
