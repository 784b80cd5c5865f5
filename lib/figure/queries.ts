import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { demandUnder } from '@/lib/demand/queries';
import { footingOf, indicatorValues } from '@/lib/indicator/queries';
import { dayOf, momentOf } from '@/lib/kernel/clock';
import { boundariesOf, tilesOf } from '@/lib/map/queries';
import { periodAfter } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import { standings } from '@/lib/target/queries';
import { aimsBelow } from './aims';
import { awaiting, dashboardArea, figuresOver, monthsOf, placesBelow, skillsOf } from './reading';
import { kindOfAll, rankPlaces, trendMonths } from './rules';
import { groups, type ClassRow, type Dashboard, type MissingRegister, type PlaceSort } from './schema';

export { figuresBelow, figuresOf } from './reading';

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

/** Until when all changes are in the figures, and when they were last checked against the rows. */
export async function figuresStand(tx: ScopedTx): Promise<{ freshAt: Date | null; checkedAt: Date | null }> {
  const [row] = await tx<
    { freshAt: Date | null; checkedAt: Date | null }[]
  >`select fresh_at, checked_at from figure_run`;
  return row ?? { freshAt: null, checkedAt: null };
}

/** Until when all changes are in the figures (null before the first count), and of how many skills the core set is. */
async function freshness(tx: ScopedTx): Promise<{ freshAt: Date | null; coreSkills: number }> {
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
  asked: {
    area?: number | undefined;
    period: Period;
    with?: Period | null;
    rank: { by: PlaceSort; descending: boolean };
  },
  now: Date,
): Promise<Dashboard | null> {
  const area = await dashboardArea(tx, asked.area);
  if (!area) return null;
  const { period, rank } = asked;
  const [today, beside] = [dayOf(now), asked.with ?? periodAfter(period, -1)];
  const footing = await footingOf(tx, area.id, period, null, groups);
  const { living } = footing;
  const known = (place: number, group: 'all' | 'age60') => {
    const { people, complete } = living(place, group);
    return complete ? people : null;
  };
  const aimed = await aimsBelow(tx, area.id, footing, today);
  const [[figures = {}, before = {}], aims, adults, found, months, missing, demand, classes, base] = await Promise.all([
    figuresOver(tx, area.id, [period.key, beside.key]),
    standings(tx, area.id, period, today, footing),
    indicatorValues(tx, area.id, period, 'byCaller', ['R08', 'R09'], footing),
    placesBelow(tx, area.id, period.key, known, aimed),
    monthsOf(tx, area.id, trendMonths(period, today)),
    registersMissing(tx, area.id),
    demandUnder(tx, area.id),
    classesIn(tx, area.id, momentOf(period.from, '00:00'), momentOf(period.to, '00:00')),
    freshness(tx),
  ]);
  const skills = await skillsOf(tx, figures);
  const ofUnits = found.length > 1 && kindOfAll(found) === 'unit';
  const [tiles, boundaries] = ofUnits
    ? await Promise.all([tilesOf(tx, area.id), boundariesOf(tx, area.id)])
    : [null, null];
  const places = rankPlaces(found, rank.by, rank.descending);
  const eligible = Object.fromEntries(groups.map((group) => [group, living(area.id, group)]));
  const level = { places, placeKind: kindOfAll(places), months, skills, tiles, boundaries };
  return {
    area,
    period,
    figures,
    beside,
    before,
    standings: aims,
    adults,
    eligible,
    ...level,
    missing,
    demand,
    classes,
    ...base,
  };
}
