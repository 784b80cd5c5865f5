import { elevated, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { withdrew } from '@/lib/step/queries';
import type { PointPerson } from './rules';

type Language = 'vi' | 'en';

/** Somebody a round's mobile point may have to do with. */
export type PersonNear = Pick<PointPerson, 'id' | 'fullName' | 'birthYear' | 'village'> & { readonly areaId: number };

/** So many at most: those the round goes to first, then those enrolled last. */
const mostPeople = 300;
/** Whoever had a place in a class, or waited for one, in so many days. */
const enrolledDays = 400;
/** How long ago a round may have been whose people somebody still names: as long as what was done may arrive. */
const namedDays = 90;

/**
 * Whom some rounds' points may name, by the rules there are: those the rounds go to with who lives with them, and of the round's village those on
 * rolls the caller reads. Never those withdrawn, dead, moved or living where the caller visits nobody; so it is the same people on paper, on
 * the phone and when an assist arrives. For the system role, once it was asked whose the rounds are.
 */
const peopleNear = (system: SystemTx, language: Language, rounds: readonly string[], only: readonly string[] | null) =>
  system<PersonNear[]>`
    with point as materialized (select r.id, r.area_id from visit_round r where r.id = any(${[...rounds]}::uuid[])),
      met as materialized (select coalesce(v.person_id, q.person_id) as id from visit v left join visit_request q on q.id = v.request_id
        where v.round_id in (select id from point) and v.taken_off_at is null),
      home as materialized (select id from met where id is not null
        union select o.person_id from met join household_member h on h.person_id = met.id and h.left_at is null
          join household_member o on o.household_id = h.household_id and o.left_at is null),
      roll as materialized (select e.person_id as id, max(e.created_at) as at from enrolment e
        where e.area_id = any (coalesce(may_areas('roster.read'), '{}')) and e.status in ('confirmed', 'offered', 'waitlisted', 'completed', 'partial', 'no_show')
          and e.created_at > now() - make_interval(days => ${enrolledDays}) group by 1)
    select p.id, p.area_id, p.full_name, p.birth_year, ${system(`a.full_name_${language}`)} as village
    from person p join area a on a.id = p.area_id left join home on home.id = p.id left join roll on roll.id = p.id
    where (home.id is not null or roll.id is not null and exists (
        select from area_tree t join point x on x.area_id = t.ancestor_id where t.area_id = p.area_id))
      and ${only === null ? system`true` : system`p.id = any(${[...only]}::uuid[])`}
      and p.merged_into is null and p.area_id = any (coalesce(may_areas('visit.record'), '{}')) and not ${withdrew(system)}
      and coalesce(visit_stopped(p.id), '') not in ('died', 'moved')
    order by home.id is null, roll.at desc nulls last, p.id limit ${mostPeople}`;

/** By desk, the rounds the caller goes on that have it as their point, a week back to a week ahead (`my_rounds`). */
export async function ownPoints(
  tx: ScopedTx,
): Promise<readonly { deskId: string; roundIds: readonly string[]; endsAt: Date }[]> {
  return tx<{ deskId: string; roundIds: string[]; endsAt: Date }[]>`
    select r.desk_id, array_agg(r.id order by r.id) as round_ids, max(r.ends_at) as ends_at from visit_round r
    where r.id = any (coalesce((select my_rounds()), '{}')) and r.desk_id is not null group by r.desk_id order by r.desk_id limit 20`;
}

/** A round that has a desk as its point, as its page names it. */
export interface RoundAtPoint {
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** The rounds that have a desk as their point, today's and those to come, the soonest first: those the caller plans or goes on. */
export async function roundsAtPoint(tx: ScopedTx, deskId: string, now: Date): Promise<readonly RoundAtPoint[]> {
  return tx<RoundAtPoint[]>`
    select id, starts_at, ends_at from visit_round
    where desk_id = ${deskId} and called_off_at is null and day >= ${dayOf(now)} order by starts_at, id limit 20`;
}

/** The people of the points of rounds the caller goes on, or plans: whoever asks has asked that. In the order of their given names. */
export async function peopleAtPoint(
  tx: ScopedTx,
  language: Language,
  rounds: readonly string[],
): Promise<readonly PersonNear[]> {
  if (rounds.length === 0) return [];
  const people = await elevated(tx, 'points: whom a round into the village may meet', (system) =>
    peopleNear(system, language, rounds, null),
  );
  const given = ({ fullName }: PersonNear) => fullName.split(' ').at(-1) ?? '';
  const order = new Intl.Collator('vi');
  return [...people].toSorted(
    (one, other) =>
      order.compare(given(one), given(other)) ||
      order.compare(one.fullName, other.fullName) ||
      (one.id < other.id ? -1 : 1),
  );
}

/**
 * Who of these people the caller may name at a desk, under the record they have by now: whoever they may look up, and at the point of a round
 * they were sent on, the people of that point. Of everybody else, also whether they exist, nothing is said.
 */
export async function nameableAt(
  tx: ScopedTx,
  deskId: string,
  people: readonly string[],
  caller: Pick<Caller, 'accountId'>,
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  if (people.length === 0) return new Map();
  return elevated(tx, 'desks: who may be named there', async (system) => {
    const from = addDays(dayOf(now), -namedDays);
    const records = await system<{ asked: string; id: string; mine: boolean }[]>`
      select o.id as asked, p.id, p.area_id = any (coalesce(may_areas('person.read'), '{}')) and not ${withdrew(system)} as mine
      from person o join person p on p.id = coalesce(o.merged_into, o.id) where o.id = any(${[...people]}::uuid[])`;
    const rounds = await system<{ id: string }[]>`
      select r.id from visit_round r join visit_round_helper h on h.round_id = r.id join team_member m on m.id = h.member_id
      where r.desk_id = ${deskId} and r.day >= ${from} and m.account_id = ${caller.accountId} and m.left_on is null
        and (h.called_off_at is null or h.called_off_at = r.called_off_at) and r.area_id = any (coalesce(may_areas('visit.record'), '{}'))`;
    const others = records.filter(({ mine }) => !mine).map(({ id }) => id);
    const ids = rounds.map(({ id }) => id);
    const near = others.length > 0 && ids.length > 0 ? await peopleNear(system, 'vi', ids, others) : [];
    const may = new Set(near.map(({ id }) => id));
    return new Map(records.filter(({ id, mine }) => mine || may.has(id)).map(({ asked, id }) => [asked, id]));
  });
}
