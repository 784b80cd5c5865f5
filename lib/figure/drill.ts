import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { isOfMany, roundedTo } from '@/lib/disclosure/rules';
import { eligibleOf } from '@/lib/eligible/queries';
import { momentOf } from '@/lib/kernel/clock';
import { lastDayOf } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import { dashboardArea, figuresBelow, figuresOf } from './reading';
import { madeOf } from './roster-rows';
import type { Cell, Group, Measure, Rows, SessionRow } from './schema';

/** How many sessions stand on a page. */
export const sessionsPerPage = 50;

/**
 * The parts of a figure: the same figure of each place directly below, and the sessions of the period in the area, the latest first (of a figure of
 * teams the teams, members or helpers), a page at a time. Null when the area is none of the caller's.
 */
export async function rowsOf(
  tx: ScopedTx,
  asked: { area?: number | undefined; period: Period; measure: Measure; group: Group; page: number },
): Promise<Rows | null> {
  const area = await dashboardArea(tx, asked.area);
  if (!area) return null;
  const { period, measure, group, page } = asked;
  const made = await madeOf(tx, area, period, { measure, group }, page);
  const need = await needOf(tx, measure);
  if (need === undefined) return null;
  const [figures, below, sessions, living] = await Promise.all([
    figuresOf(tx, area.id, period.key),
    // Everybody's as well: that a group is hidden shows by everybody's cell standing without it.
    figuresBelow(tx, area.id, period.key, { measures: [measure], groups: [...new Set<Group>([group, 'all'])] }),
    made ? [] : sessionsIn(tx, area.id, period, page, measure === 'sessions_held' || measure === 'classes_held'),
    eligibleOf(tx, area.id, group, lastDayOf(period)),
  ]);
  const told = figures[measure]?.[group];
  const untold = (kind: string) => isOfMany(measure) && !area.mayLookUp && !unitKinds.some((unit) => unit === kind);
  const cell = told === undefined && need && area.kind !== 'province' && untold(area.kind) ? null : told;
  const places = below.map(({ figures: found, ...place }) => {
    const there = found[measure]?.[group];
    return { ...place, cell: there === undefined && untold(place.kind) ? null : there };
  });
  const { people, complete, leftOut } = living;
  return {
    area,
    cell,
    need,
    living: complete && leftOut === 0 ? people : null,
    places,
    // Rounded numbers leave what nobody counted.
    own: roundedTo(measure) > 1 && !area.mayLookUp ? null : ownOf(cell, places),
    made,
    sessions: sessions.slice(0, sessionsPerPage),
    more: made?.more ?? sessions.length > sessionsPerPage,
  };
}

/** What people were helped with; null where the figure is not of desks, undefined where there is no such need. */
async function needOf(tx: ScopedTx, measure: Measure): Promise<Rows['need'] | undefined> {
  if (!measure.startsWith('assist_')) return null;
  const [need] = await tx<NonNullable<Rows['need']>[]>`
    select name_vi, name_en from desk_need where code = ${measure.slice('assist_'.length)} order by version desc limit 1`;
  return need;
}

/** What the area has beyond the places below; not told where one of them is not: what is left would be theirs. */
function ownOf(cell: Cell, places: Rows['places']): Rows['own'] {
  if (!cell || places.some((place) => place.cell === null)) return null;
  const sum = (of: 'value' | 'of') => cell[of] - places.reduce((total, place) => total + (place.cell?.[of] ?? 0), 0);
  return { value: sum('value'), of: sum('of') };
}

/** `toCome`: those to come as well, where they are part of the figure. */
async function sessionsIn(
  tx: ScopedTx,
  areaId: number,
  { from, to }: Period,
  page: number,
  toCome: boolean,
): Promise<SessionRow[]> {
  return tx<SessionRow[]>`
    with one as materialized (
      select s.id, s.class_id, s.area_id, s.starts_at, s.status
      from area_tree t join class_session s on s.area_id = t.area_id
      where t.ancestor_id = ${areaId} and s.status <> 'planned'
        and s.starts_at >= ${momentOf(from, '00:00')} and s.starts_at < ${momentOf(to, '00:00')} and ${toCome ? tx`true` : tx`s.starts_at < now()`}
      order by s.starts_at desc, s.id limit ${sessionsPerPage + 1} offset ${(page - 1) * sessionsPerPage})
    select s.id, s.class_id, s.starts_at, s.status, c.title_vi, c.title_en, a.full_name_vi as area_name_vi, a.full_name_en as area_name_en,
      case when s.may_read then m.marked end as marked, case when s.may_read then m.came end as came,
      s.area_id = any (coalesce((select may_areas('register.write')), '{}')) as may_open,
      s.area_id = any (coalesce((select may_areas('class.read')), '{}')) as may_read_class
    from (select one.*, area_id = any (coalesce((select may_areas('roster.read')), '{}')) as may_read from one) s
    join class on class.id = s.class_id join course c on c.id = class.course_id join area a on a.id = s.area_id
    left join lateral (
      select count(*) as marked, count(*) filter (where t.state in ('present', 'late', 'left_early')) as came
      from attendance t where s.may_read and s.status in ('published', 'held') and t.session_id = s.id) m on true
    order by s.starts_at desc, s.id`;
}
