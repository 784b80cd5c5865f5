import type { SystemTx } from '@/lib/access/scoped';
import type { Fragment } from './cells';
import { chosenBy, halfOfMoment, putRows, type Chosen, type TouchedRow } from './rows';

export const householdMeasures = ['households_reached', 'households_five'] as const;

/** The statements that make up the five national skills: the catalogue names the letter each comes from. */
const five = (tx: SystemTx) =>
  tx`select skill_code from skill_version where valid_to is null and starts_with(national_ref, 'CV3240')`;

/**
 * Since when each household is known, since when somebody of it had come, and when somebody of it could do all of the five national skills alone; skills
 * and people must have been counted before. Who lives together is told of today: who moved out, or is a record merged away, is no member, and never was as far as
 * figures go.
 */
export async function countHouseholds(tx: SystemTx, chosen: Chosen): Promise<TouchedRow[]> {
  const table = {
    name: 'figure_household',
    key: ['household_id', 'half'],
    columns: ['household_id', 'half', 'to_half', 'area_id', 'reached', 'able'],
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
    home as materialized (
      select h.id as household_id, h.area_id, m.known, c.half as came
      from (select household_id, min(joined) as known from member group by household_id) m
      join household h on h.id = m.household_id left join came c on c.household_id = h.id),
    five as materialized (${five(tx)}),
    learnt as (
      select person_id, half, good::int - lag(good::int, 1, 0) over (partition by person_id, skill_code order by half) as gained
      from figure_skill where person_id in (select person_id from member) and skill_code in (select skill_code from five)),
    held as (
      select person_id, half, sum(sum(gained)) over (partition by person_id order by half) = (select count(*) from five) as able
      from learnt group by person_id, half),
    turned as (select person_id, half, able::int - lag(able::int, 1, 0) over (partition by person_id order by half) as more from held),
    event as (
      select household_id, known as half, 0 as more from home
      union all select household_id, came, 0 from home where came > known
      union all
      select m.household_id, greatest(t.half, h.known), t.more
      from member m join turned t on t.person_id = m.person_id and t.more <> 0 join home h on h.household_id = m.household_id),
    fresh as materialized (
      select e.household_id, e.half, lead(e.half) over later as to_half, h.area_id, coalesce(h.came <= e.half, false) as reached,
        sum(e.more) over later > 0 as able
      from (select household_id, half, sum(more) as more from event group by household_id, half) e join home h using (household_id)
      window later as (partition by e.household_id order by e.half))`,
  );
}

/** By how much the households at the half-month's end differ from those of the half-month before. */
export const householdCells = (tx: SystemTx): Fragment => tx`
  select area_id, period, m.measure, 'all' as grp, m.value::int, m.of::int as denominator
  from (
    select area_id, period, coalesce(sum(sign) filter (where reached), 0) as reached, coalesce(sum(sign) filter (where able), 0) as able, sum(sign) as of
    from (
      select c.period, 1 as sign, f.area_id, f.reached, f.able from cell c join figure_household f on f.area_id = c.area_id and f.half = c.at
      union all
      select c.period, -1, f.area_id, f.reached, f.able from cell c join figure_household f on f.area_id = c.area_id and f.to_half = c.at) f
    group by area_id, period) s,
  lateral (values ('households_reached', reached, s.of), ('households_five', able, able)) m (measure, value, of)`;

/** The households the people named live in today. */
export async function householdsOf(tx: SystemTx, people: readonly string[]): Promise<string[]> {
  if (people.length === 0) return [];
  const rows = await tx<{ id: string }[]>`
    select distinct household_id as id from household_member where left_at is null and ${chosenBy(tx, 'person_id', people)}`;
  return rows.map(({ id }) => id);
}
