import type { SystemTx } from '@/lib/access/scoped';
import type { Fragment } from './cells';
import { chosenBy, halfOfDay, putRows, type Chosen, type TouchedRow } from './rows';

/** Whoever joined on a day that nobody noted counts from the day the province's communes of today began. */
const sinceEver = '2025-07-01';

/** One row per member of the chosen teams: from when until when they are on the roster. */
export async function countMembers(tx: SystemTx, chosen: Chosen): Promise<TouchedRow[]> {
  const table = {
    name: 'figure_member',
    key: ['member_id'],
    columns: ['member_id', 'team_id', 'area_id', 'half', 'to_half', 'kind', 'organisation'],
    touches: 'select d.area_id, d.half::text as half',
    stands: true,
  } as const;
  const half = (day: string) => halfOfDay(tx, day);
  return putRows(
    tx,
    table,
    chosenBy(tx, 'team_id', chosen),
    tx`
    fresh as materialized (
      select m.id as member_id, m.team_id, k.area_id, ${half('j.joined')} as half, ${half('m.left_on')} as to_half, k.kind, k.organisation
      from team_member m join team k on k.id = m.team_id,
      lateral (select coalesce(case when pg_input_is_valid(m.joined_on, 'date') then m.joined_on::date end, ${sinceEver}::date) as joined) j
      where ${chosenBy(tx, 'm.team_id', chosen)} and (m.left_on is null or ${half('m.left_on')} > ${half('j.joined')}))`,
  );
}

/** By how much the roster at the half-month's end differs from that before. Numbers of nothing else: each is of itself. */
export const rosterCells = (tx: SystemTx): Fragment => tx`
  select area_id, period, measure, grp, value::int, value::int as denominator
  from (
    select f.area_id, f.period, m.measure, m.grp, case m.measure
      when 'teams' then count(distinct f.team_id) filter (where f.stands) - count(distinct f.team_id) filter (where f.stood)
      else count(*) filter (where f.stands) - count(*) filter (where f.stood) end as value
    from (
      select c.period, f.*, f.half <= c.at and (f.to_half is null or f.to_half > c.at) as stands,
        f.half < c.at and (f.to_half is null or f.to_half >= c.at) as stood
      from cell c join figure_member f on f.area_id = c.area_id and f.half <= c.at and (f.to_half is null or f.to_half >= c.at)) f,
    lateral (values ('team_members', 'all', true), ('team_members', 'kind_' || f.kind, true), ('teams', 'all', true),
      ('teams', 'kind_' || f.kind, true), ('ambassadors', 'all', f.kind = 'digital_ambassadors'),
      ('ambassadors', 'org_' || f.organisation, f.kind = 'digital_ambassadors')) m (measure, grp, belongs)
    where m.belongs group by f.area_id, f.period, m.measure, m.grp) s`;
