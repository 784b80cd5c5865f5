import type { SystemTx } from '@/lib/access/scoped';
import type { Fragment } from './cells';
import { chosenBy, halfOfMoment, putRows, type Chosen, type TouchedRow } from './rows';

export const householdMeasures = ['households_reached'] as const;

/**
 * Since when each household is known and since when somebody of it had come; people must have been counted before. Who lives together is told of today:
 * who moved out, or is a record merged away, is no member, and never was as far as figures go.
 */
export async function countHouseholds(tx: SystemTx, chosen: Chosen): Promise<TouchedRow[]> {
  const table = {
    name: 'figure_household',
    key: ['household_id', 'half'],
    columns: ['household_id', 'half', 'to_half', 'area_id', 'reached'],
    touches: 'select d.area_id, d.half::text as half',
    stands: true,
    followed: true,
  } as const;
  return putRows(
    tx,
    table,
    chosenBy(tx, 'household_id', chosen),
    tx`
    member as materialized (
      select m.household_id, m.person_id, ${halfOfMoment(tx, 'm.joined_at')} as joined
      from household_member m join person p on p.id = m.person_id and p.merged_into is null
      where m.left_at is null and ${chosenBy(tx, 'm.household_id', chosen)}),
    came as (
      select m.household_id, min(f.half) as half from member m join figure_person f on f.person_id = m.person_id and f.came > 0 group by m.household_id),
    home as (
      select h.id as household_id, h.area_id, m.known, c.half as came
      from (select household_id, min(joined) as known from member group by household_id) m
      join household h on h.id = m.household_id left join came c on c.household_id = h.id),
    fresh as materialized (
      select household_id, known as half, case when came > known then came end as to_half, area_id, coalesce(came <= known, false) as reached from home
      union all
      select household_id, came, null, area_id, true from home where came > known)`,
  );
}

/** By how much the households at the half-month's end differ from those of the half-month before. */
export const householdCells = (tx: SystemTx): Fragment => tx`
  select area_id, period, 'households_reached' as measure, 'all' as grp, (coalesce(sum(sign) filter (where reached), 0))::int as value,
    sum(sign)::int as denominator
  from (
    select c.period, 1 as sign, f.area_id, f.reached from cell c join figure_household f on f.area_id = c.area_id and f.half = c.at
    union all
    select c.period, -1, f.area_id, f.reached from cell c join figure_household f on f.area_id = c.area_id and f.to_half = c.at) f
  group by area_id, period`;

/** The households the people named live in today. */
export async function householdsOf(tx: SystemTx, people: readonly string[]): Promise<string[]> {
  if (people.length === 0) return [];
  const rows = await tx<{ id: string }[]>`
    select distinct household_id as id from household_member where left_at is null and ${chosenBy(tx, 'person_id', people)}`;
  return rows.map(({ id }) => id);
}
