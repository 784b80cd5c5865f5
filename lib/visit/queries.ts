import { elevated, type RecordTx, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { mine } from '@/lib/class/queries';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { withdrew } from '@/lib/step/queries';
import { neverMet } from '@/lib/unreached/queries';
import {
  priorityOf,
  saysTheSame,
  type EarlierVisit,
  type LastEvent,
  type SaidOfVisit,
  type SkillAtHome,
  type Waiting,
} from './rules';
import type { HomeLine, OutcomeSaid, QueueLine, RequestRecord, RoundLine } from './schema';

export { assistToVisit } from './atdesk';
export { nameableAt, peopleAtPoint } from './point';
export { metUnnamed, placesOn } from './met';
export { matesOn, roundHelpers } from './who';
export { standingReports } from './reports';

type Language = 'vi' | 'en';

/** Most requests looked at for one queue. */
const mostWaiting = 500;

const requestColumns = (tx: ScopedTx, language: Language) => tx`
  q.id, q.area_id, coalesce(p.full_name, q.full_name) as full_name, ${tx(`a.full_name_${language}`)} as village, q.needs, q.times, q.created_at,
  q.person_id, q.asked_by, n.day::text as planned_on, n.round_id as planned_round`;
/** The next round that goes there, if any. */
const nextRound = (tx: ScopedTx, now: Date) => tx`
  left join lateral (select v.day, v.round_id from visit v join visit_round r on r.id = v.round_id and r.called_off_at is null
    where v.request_id = q.id and v.taken_off_at is null and v.day >= ${dayOf(now)} order by v.day limit 1) n on true`;

/**
 * Who waits for a visit in the caller's areas (under `area`, where one is named), the most urgent first, each with why. For a round into `area` (`round`)
 * behind them those of whom only what that lies in is known, up to the unit.
 */
export async function visitQueue(
  tx: ScopedTx,
  language: Language,
  area: number | undefined,
  now: Date,
  round = false,
): Promise<readonly QueueLine[]> {
  const rows = await tx<(Omit<QueueLine, 'priority'> & { birthYear: number | null; placed: boolean })[]>`
    select ${requestColumns(tx, language)}, coalesce(p.birth_year, q.birth_year) as birth_year,
      ${area === undefined ? tx`true` : tx`q.area_id in (select area_id from area_tree where ancestor_id = ${area})`} as placed
    from visit_request q join area a on a.id = q.area_id left join person p on p.id = q.person_id ${nextRound(tx, now)}
    where q.closed_at is null and q.area_id = ${mine(tx, 'visit.plan')}
      and ${
        area === undefined
          ? tx`true`
          : tx`(q.area_id in (select area_id from area_tree where ancestor_id = ${area})
        or ${round} and q.area_id in (select t.ancestor_id from area_tree t join area u on u.id = t.ancestor_id where t.area_id = ${area} and u.kind <> 'province'))`
      }
    order by q.created_at, q.id limit ${mostWaiting}`;
  const facts = await factsOf(
    tx,
    rows.map(({ id }) => id),
    now,
  );
  const year = Number(dayOf(now).slice(0, 4));
  return rows
    .map(({ birthYear, placed, ...row }): QueueLine & { placed: boolean } => {
      const more = facts.get(row.id) ?? { alone: null, remote: false, never: null, tried: 0, promised: false };
      const days = Math.floor((now.getTime() - row.createdAt.getTime()) / 86_400_000);
      return { ...row, placed, priority: priorityOf({ ...row, ...more, birthYear, days }, year) };
    })
    .toSorted((one, other) => Number(other.placed) - Number(one.placed) || other.priority.score - one.priority.score)
    .map(({ placed: _placed, ...line }) => line);
}

type Facts = Pick<Waiting, 'alone' | 'remote' | 'never' | 'tried' | 'promised'>;

/**
 * What speaks for a visit, of requests the caller was shown. Asked as the system, since a class may have been elsewhere: only whether,
 * never what. Nothing of needs noted with a consent of their own.
 */
async function factsOf(tx: ScopedTx, ids: readonly string[], now: Date): Promise<ReadonlyMap<string, Facts>> {
  if (ids.length === 0) return new Map();
  const rows = await elevated(
    tx,
    'visits: what speaks for going there soon',
    (system) => system<(Facts & { id: string })[]>`
      select q.id,
        (select count(*) = 1 from household_member m where m.left_at is null and m.household_id =
          (select o.household_id from household_member o where o.person_id = q.person_id and o.left_at is null limit 1)
          having count(*) > 0) as alone,
        coalesce((select u.terrain in ('upland', 'border') from area_tree t join area u on u.id = t.ancestor_id
          where t.area_id = q.area_id and u.kind in ${system(unitKinds)} order by t.depth limit 1), false) as remote,
        (select ${neverMet(system)} from person p where p.id = q.person_id) as never,
        (select count(*)::int from visit v join visit_outcome o on o.visit_id = v.id where v.request_id = q.id) as tried,
        coalesce((select o.outcome in ('done', 'not_home', 'unsafe') and o.next_on <= ${dayOf(now)} from visit v join visit_outcome o on o.visit_id = v.id
          where v.request_id = q.id or v.person_id = q.person_id order by o.at desc, o.id desc limit 1), false) as promised
      from visit_request q where q.id = any(${[...ids]}::uuid[])`,
  );
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}

/** One request of the caller's areas; null otherwise. */
export async function requestForStaff(
  tx: ScopedTx,
  language: Language,
  id: string,
  now: Date,
): Promise<RequestRecord | null> {
  const [row] = await tx<RequestRecord[]>`
    select ${requestColumns(tx, language)}, q.birth_year, q.phone, q.phone_of, q.words, q.code, q.closed_at, q.closed_because, q.closed_note,
      p.full_name as person_name
    from visit_request q join area a on a.id = q.area_id left join person p on p.id = q.person_id ${nextRound(tx, now)}
    where q.id = ${id} and q.area_id = ${mine(tx, 'visit.plan')}`;
  return row ?? null;
}

/** Whether somebody may be visited, and the request that waits for them: for their record. The reading was written down. */
export async function visitStanding(tx: RecordTx, personId: string) {
  const [row] = await tx<{ fullName: string; stopped: string | null; requestId: string | null }[]>`
    select p.full_name, visit_stopped(p.id) as stopped,
      (select q.id from visit_request q where q.person_id = p.id and q.closed_at is null order by q.created_at limit 1) as request_id
    from person p where p.id = ${personId} and p.merged_into is null and p.area_id = ${mine(tx, 'visit.plan')} and not ${withdrew(tx)}`;
  return row ?? null;
}

/** Who of these people is not to be visited now: refused, moved, dead, or left alone for a while. */
export async function stoppedAmong(tx: ScopedTx, people: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx<{ id: string }[]>`
    select w.id from unnest(${[...people]}::uuid[]) w (id) where visit_stopped(w.id) is not null`;
  return new Set(rows.map(({ id }) => id));
}

/** Who goes, or of a round called off was to go; not who was let go before. */
const goes = (tx: ScopedTx) => tx`(h.called_off_at is null or h.called_off_at = r.called_off_at)`;
export const roundColumns = (tx: ScopedTx, language: Language) => tx`
  r.id, ${tx(`a.full_name_${language}`)} as village, k.name as team, r.day::text, r.starts_at, r.ends_at, r.called_off_at is not null as called_off, r.desk_id,
  (select count(*)::int from visit v where v.round_id = r.id and v.taken_off_at is null) as homes,
  (select count(*)::int from visit v where v.round_id = r.id and v.taken_off_at is null
    and exists (select from visit_outcome o where o.visit_id = v.id)) as recorded,
  array(select m.full_name from visit_round_helper h join team_member m on m.id = h.member_id where h.round_id = r.id and ${goes(tx)} order by m.full_name) as helpers`;

/** Rounds the caller plans or goes on, from `from` on: those to come by day, after them those gone by. */
export async function roundsAround(
  tx: ScopedTx,
  language: Language,
  from: string,
  now: Date,
): Promise<readonly RoundLine[]> {
  return tx<RoundLine[]>`
    select ${roundColumns(tx, language)} from visit_round r join area a on a.id = r.area_id join team k on k.id = r.team_id
    where r.day >= ${from} order by r.day < ${dayOf(now)}, case when r.day < ${dayOf(now)} then -extract(epoch from r.starts_at) else extract(epoch from r.starts_at) end, r.id
    limit 60`;
}

/** The rounds the caller goes on as a helper, from a week before (from a day on, where one is named) to a week after, the nearest first. */
export async function ownRounds(tx: ScopedTx, language: Language, from?: string): Promise<readonly RoundLine[]> {
  return tx<RoundLine[]>`
    select ${roundColumns(tx, language)} from visit_round r join area a on a.id = r.area_id join team k on k.id = r.team_id
    where r.id = any (coalesce((select my_rounds()), '{}')) and ${from === undefined ? tx`true` : tx`r.day >= ${from}`} order by abs(r.day - ${dayOf(new Date())}::date), r.starts_at, r.id limit 20`;
}

/** A round the caller plans or goes on; null otherwise. */
export async function roundForStaff(tx: ScopedTx, language: Language, id: string) {
  const [row] = await tx<
    (RoundLine & { areaId: number; teamId: string; mayPlan: boolean; memberIds: readonly string[] })[]
  >`
    select ${roundColumns(tx, language)}, r.area_id, r.team_id, array(select h.member_id from visit_round_helper h where h.round_id = r.id and ${goes(tx)}) as member_ids, r.area_id = ${mine(tx, 'visit.plan')} as may_plan
    from visit_round r join area a on a.id = r.area_id join team k on k.id = r.team_id where r.id = ${id}`;
  return row ?? null;
}

/**
 * The homes of a round the caller sees. Names are those of people the round goes to, read as the system for whoever goes there: helpers
 * look nobody up elsewhere. Of whoever has moved away since nothing is told; phones and words until a week after the day. A phone is the one that was
 * given for the visit, or the person's own.
 */
export async function homesOf(
  tx: ScopedTx,
  roundId: string,
  only: string | null = null,
  now = new Date(),
): Promise<readonly HomeLine[]> {
  const seen = await tx<{ id: string }[]>`
    select id from visit where round_id = ${roundId} and taken_off_at is null and (${only}::uuid is null or id = ${only}) limit 60`;
  if (seen.length === 0) return [];
  return elevated(tx, 'visits: who lives where the caller goes', async (system) => [
    ...(await system<HomeLine[]>`
        select v.id, v.pin, v.told_at, v.rung_back_at, case when k.near then k.person_id end as person_id, v.request_id,
          case when k.near then coalesce(p.full_name, q.full_name, '') else '' end as full_name,
          case when k.near then coalesce(p.birth_year, q.birth_year) end as birth_year,
          case when k.soon then coalesce(q.phone, f.phone) end as phone, case when q.phone is not null then q.phone_of else f.belongs_to end as phone_of,
          coalesce(q.needs, '{}') as needs, coalesce(q.times, '{}') as times, case when k.soon then coalesce(q.words, '') else '' end as words,
          o.outcome, o.at as outcome_at, o.next_on::text
        from visit v join visit_round r on r.id = v.round_id left join visit_request q on q.id = v.request_id
          left join person p on p.id = coalesce(v.person_id, q.person_id)
          cross join lateral (
            select p.id as person_id, (p.id is null or p.area_id = any (coalesce(may_areas('visit.record'), '{}'))) as near,
              (p.id is null or p.area_id = any (coalesce(may_areas('visit.record'), '{}'))) and r.day >= ${addDays(dayOf(now), -7)} as soon) k
          left join person_phone f on f.person_id = p.id
          left join lateral (select o.outcome, o.at, o.next_on from visit_outcome o where o.visit_id = v.id order by o.at desc, o.id desc limit 1) o on true
        where v.id = any(${seen.map(({ id }) => id)}::uuid[]) order by o.outcome is not null, v.planned_at, v.id`),
  ]);
}

/** How many acts came from phones of homes that were off this round by then, or after it was called off. For whoever plans it. */
export async function lateActs(tx: ScopedTx, roundId: string): Promise<number> {
  const rows = await elevated(
    tx,
    'visits: how much came too late',
    (system) =>
      system`select from audit_event where subject_kind = 'visit_round' and subject_id = ${roundId} and action = 'visit.late'`,
  );
  return rows.count;
}

/** The people a round goes to, as far as the caller sees it. */
export async function peopleOnRound(tx: ScopedTx, roundId: string): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select distinct person_id as id from visit where round_id = ${roundId} and taken_off_at is null and person_id is not null`;
  return rows.map(({ id }) => id);
}

/** A home the caller goes to or plans for, with its round; null otherwise. */
export async function homeForStaff(tx: ScopedTx, language: Language, visitId: string) {
  const [row] = await tx<
    { roundId: string }[]
  >`select round_id from visit where id = ${visitId} and taken_off_at is null`;
  if (!row) return null;
  const [round, homes] = [await roundForStaff(tx, language, row.roundId), await homesOf(tx, row.roundId, visitId)];
  const [home] = homes;
  return round && home ? { round, home } : null;
}

/** Everything that was recorded of some visits the caller sees, the newest of each first: that counts, the others were corrected. */
export function outcomesOf(tx: ScopedTx, visitIds: readonly string[]) {
  return tx<(SaidOfVisit & { visitId: string })[]>`
    select o.visit_id, o.id, o.outcome, o.minutes, o.next_on::text, o.words, o.at, o.recorded_by = (select caller_account()) as own,
      coalesce(x.outcome = 'conflict', false) as contested
    from visit_outcome o left join visit_operation x on x.id = o.id
    where o.visit_id = any(${[...visitIds]}::uuid[]) order by o.visit_id, o.at desc, o.id desc limit 2000`;
}

/** Of each home the caller was shown, by visit: the core skills and those taught or seen before, with how far somebody is. */
export async function skillsAtHomes(
  tx: ScopedTx,
  language: Language,
  homes: readonly HomeLine[],
): Promise<readonly (SkillAtHome & { visitId: string })[]> {
  const known = homes.filter(({ personId }) => personId !== null);
  if (known.length === 0) return [];
  return elevated(tx, 'visits: how far somebody is whom the caller visits', async (system) => [
    ...(await system<(SkillAtHome & { visitId: string })[]>`
        with home as (select * from unnest(${known.map(({ id }) => id)}::uuid[], ${known.map(({ personId }) => personId)}::uuid[]) h (visit_id, person_id)),
          seen as materialized (select h.visit_id as home_id, o.* from home h join person p on h.person_id in (p.id, p.merged_into)
            join skill_observation o on o.person_id = p.id
            where o.source <> 'own_claim' and (o.session_id is null or exists (select from attendance a where a.session_id = o.session_id and a.person_id = o.person_id
              and a.state in ('present', 'late', 'left_early')))),
          taught as materialized (select distinct h.visit_id as home_id, l.skill_code from home h join attendance a on a.person_id = h.person_id
            join class_session s on s.id = a.session_id join lesson_skill l on l.lesson_id = s.lesson_id where a.state in ('present', 'late', 'left_early'))
        select h.visit_id, v.skill_code as code, ${system(`v.title_${language}`)} as title,
          (select s.level from seen s where s.home_id = h.visit_id and s.skill_code = v.skill_code order by s.observed_at desc, s.id desc limit 1) as level,
          (select s.level from seen s where s.home_id = h.visit_id and s.skill_code = v.skill_code and s.visit_id = h.visit_id order by s.observed_at desc, s.id desc limit 1) as here,
          exists (select from taught t where t.home_id = h.visit_id and t.skill_code = v.skill_code) as taught
        from home h cross join skill_version v join skill k on k.code = v.skill_code
        where v.valid_to is null and (v.core or exists (select from seen s where s.home_id = h.visit_id and s.skill_code = v.skill_code)
          or exists (select from taught t where t.home_id = h.visit_id and t.skill_code = v.skill_code))
        order by h.visit_id, v.core desc, k.position, k.code`),
  ]);
}

/** The last three things that happened with each of a round's people: what a helper reads before knocking. */
export async function lastEvents(tx: ScopedTx, language: Language, homes: readonly Pick<HomeLine, 'personId'>[]) {
  const ids = homes.flatMap(({ personId }) => personId ?? []);
  if (ids.length === 0) return [];
  return elevated(tx, 'visits: what happened last with those the caller visits', async (system) => [
    ...(await system<(LastEvent & { personId: string })[]>`
        select w.person_id, e.at, e.kind, e.what from unnest(${ids}::uuid[]) w (person_id) cross join lateral (
          select s.starts_at as at, 'came' as kind, ${system(`co.title_${language}`)} as what
          from attendance t join class_session s on s.id = t.session_id join class c on c.id = s.class_id join course co on co.id = c.course_id
          where t.person_id = w.person_id and t.state in ('present', 'late', 'left_early')
          union all select o.observed_at, 'seen', coalesce(${system(`v.title_${language}`)}, o.skill_code)
          from skill_observation o left join skill_version v on v.skill_code = o.skill_code and v.valid_to is null
          where o.person_id = w.person_id and o.source <> 'own_claim'
          union all select d.at, 'helped', ${system(`n.name_${language}`)} from desk_assist d
            join desk_need n on n.code = d.need_code and n.version = d.need_version where d.person_id = w.person_id and d.undone_at is null
          order by 1 desc limit 3) e`),
  ]);
}

/**
 * What was said last at the newest three visits before each of these homes' to the same person, for whoever goes there next. Of the caller's own
 * areas alone: what was said elsewhere is not theirs to read.
 */
export async function earlierVisits(tx: ScopedTx, homes: readonly HomeLine[]) {
  const known = homes.filter(({ personId }) => personId !== null);
  if (known.length === 0) return [];
  return elevated(tx, 'visits: what was said at earlier visits to those the caller visits', async (system) => [
    ...(await system<(EarlierVisit & { visitId: string })[]>`
        select n.id as visit_id, e.* from unnest(${known.map(({ id }) => id)}::uuid[], ${known.map(({ personId }) => personId)}::uuid[]) h (visit_id, person_id)
          join visit n on n.id = h.visit_id
          cross join lateral (
            select v.id, v.day::text, o.outcome, o.words
            from visit v cross join lateral (
              select o.outcome, o.words, o.at from visit_outcome o where o.visit_id = v.id order by o.at desc, o.id desc limit 1) o
            where v.id <> n.id and v.day <= n.day and v.area_id = any (coalesce(may_areas('visit.record'), '{}'))
              and (v.person_id = any (array(select p.id from person p where h.person_id in (p.id, p.merged_into)))
                or v.request_id = any (array(select q.id from visit_request q join person p on p.id = q.person_id where h.person_id in (p.id, p.merged_into))))
            order by v.day desc, o.at desc, v.id limit 3) e
        order by n.id, e.day desc`),
  ]);
}

/**
 * Whether a form says of a visit just what the caller said of it last, and everybody agrees: then it is the same once more, and nothing is to
 * be written.
 */
export async function saidAgain(
  tx: ScopedTx,
  { visitId, outcome, minutes, nextOn, words, skills }: Omit<OutcomeSaid, 'id'>,
): Promise<boolean> {
  const said = await outcomesOf(tx, [visitId]);
  return skills.length === 0 && saysTheSame({ outcome, minutes, nextOn, words }, said);
}
