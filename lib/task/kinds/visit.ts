import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';
import { backAt } from '@/lib/referral/queries';
import { visitedWithoutRound } from '@/lib/visit/commands';
import { amongPeople, anyOf, type FoundFact, type TaskKind } from '../kind';

/** A round that stands goes, today or later, where `which` says of the visit `v`. */
export const planned = (tx: ScopedTx, which: ReturnType<ScopedTx>, now: Date) => tx`
  exists (select from visit v join visit_round r on r.id = v.round_id and r.called_off_at is null
    where ${which} and v.taken_off_at is null and v.day >= ${dayOf(now)})`;

/**
 * Somebody waits for a visit and no round goes there: planning one, or settling the request, settles it, as does who was given it by going there: they
 * were visited, and the request is over. Of whom nobody is sure yet it is about nobody.
 */
export const visitAsked: TaskKind = {
  code: 'visit_asked',
  base: 7,
  about: 'person',
  settledBy: 'work',
  workEnds: true,
  window: { due: 7, expires: null, again: 3 },
  goesFor: 'planners',
  done: (system, { fact }, by, now) => visitedWithoutRound(system, fact, by, now),
  goTo: ({ fact }) => `/manage/visits/requests/${fact}`,
  facts: (tx, scope, now) =>
    elevated(
      tx,
      'tasks: who waits for a visit',
      (system) => system<FoundFact[]>`
        select q.person_id, q.id::text as fact, q.area_id, null::text as class_id, q.created_at as since, null::text as label
        from visit_request q where q.closed_at is null and q.area_id = ${anyOf(system, scope)} and ${amongPeople(system, 'q.person_id', scope)}
          and not ${planned(system, system`v.request_id = q.id`, now)}
        order by q.created_at, q.id limit ${scope.most}`,
    ),
};

/** What was said last at somebody's home promised another visit, its day has come, and nothing leads there: no request waits, no round goes. Going there settles it, too. */
export const visitNext: TaskKind = {
  code: 'visit_next',
  base: 8,
  about: 'person',
  visit: true,
  settledBy: 'work',
  window: { due: 3, expires: 60, again: 3 },
  goesFor: 'planners',
  goTo: ({ personId }) => `/manage/people/${personId ?? ''}/visit`,
  facts: (tx, scope, now) =>
    elevated(
      tx,
      'tasks: to whom another visit was promised',
      (system) => system<FoundFact[]>`
        with said as (
          select distinct on (p.id) p.id as person_id, p.area_id, o.id, o.outcome, o.next_on
          from visit_outcome o join visit v on v.id = o.visit_id left join visit_request q on q.id = v.request_id
            join person p on p.id = coalesce(v.person_id, q.person_id) and p.merged_into is null
          where p.area_id = ${anyOf(system, scope)} and ${amongPeople(system, 'p.id', scope)} order by p.id, o.at desc, o.id desc)
        select s.person_id, s.id::text as fact, s.area_id, null::text as class_id, s.next_on::timestamp at time zone 'Asia/Ho_Chi_Minh' as since, null::text as label
        from said s where s.next_on <= ${dayOf(now)}::date and s.outcome in ('done', 'not_home', 'unsafe')
          and not exists (select from visit_request q where q.person_id = s.person_id and q.closed_at is null)
          and not ${planned(system, system`v.person_id = s.person_id`, now)}
        order by s.next_on, s.person_id limit ${scope.most}`,
    ),
};

/**
 * Another unit sent a referral back, or let it run out without an answer: read why, or ring them, and find another way. Another referral since
 * settles it, as does saying that it is done.
 */
export const referralReturned: TaskKind = {
  code: 'referral_returned',
  base: 6,
  about: 'person',
  settledBy: 'work',
  window: { due: 7, expires: 60, again: 3 },
  goesFor: 'planners',
  goTo: ({ fact }) => `/manage/referrals/${fact}`,
  facts: (tx, scope, now) =>
    elevated(
      tx,
      'tasks: referrals that came back',
      (system) => system<FoundFact[]>`
        select b.person_id, b.id::text as fact, b.area_id, null::text as class_id, b.back_at as since, null::text as label
        from (select f.person_id, f.id, p.area_id, ${backAt(system, now)} as back_at
          from referral f join person p on p.id = f.person_id and p.merged_into is null
          where p.area_id = ${anyOf(system, scope)} and ${amongPeople(system, 'f.person_id', scope)}) b
        where b.back_at is not null
          and not exists (select from referral n where n.person_id = b.person_id and n.sent_at > b.back_at)
        order by b.back_at desc, b.id limit ${scope.most}`,
    ),
};
