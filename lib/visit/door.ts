import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { recordSteps } from '@/lib/step/commands';
import { audit, type Staff } from './record';
import type { DoorSteps, OutcomeSaid } from './schema';
import { outOfTime } from './rules';
import { hasSaidEnough, holdHome, settleVisit, type Home } from './settling';

/**
 * Records what came of a visit, as those who go on its round and its organiser may. Appended: saying it otherwise later is another row,
 * and the newest counts, so the request is settled, or open again, by what was said last. Skills seen are observations of their own
 * (source `visit`). Sent twice it is once. Refuses: notFound, roundCalledOff, visitWithdrawn (the person withdrew their consent, or the request was
 * taken back or ran out), visitForgotten (so was who asked), visitMatched (it was said at this moment who they are), visitEarly (before its day),
 * visitLate (more than a week after), visitTooOften (so much was said of it by the caller), visitUnknownPerson (skills of nobody known), skillUnknown, visitHasSkills (what was seen there stands, so they were met), visitKnown (the key was used for something else).
 */
export async function recordOutcome(
  tx: ScopedTx,
  said: OutcomeSaid,
  caller: Staff,
  now: Date,
): Promise<Refusal | { visitId: string; roundId: string }> {
  const { id, visitId, outcome, minutes, nextOn, words, skills } = said;
  await tx`select pg_advisory_xact_lock(hashtextextended(${`camtay.visit.${visitId}`}, 42))`;
  // Seen only by who plans there or goes on the round: the wall says so.
  const [home] = await tx<Home[]>`
    select v.round_id, v.area_id, v.day::text, v.request_id, coalesce(v.person_id, q.person_id) as person_id
    from visit v left join visit_request q on q.id = v.request_id where v.id = ${visitId} and v.taken_off_at is null`;
  if (!home) return refuse('notFound');
  const done = { visitId, roundId: home.roundId };
  const [before] = await tx<{ same: boolean }[]>`
    select visit_id = ${visitId} and outcome = ${outcome} and minutes is not distinct from ${minutes} and recorded_by = ${caller.accountId} as same
    from visit_outcome where id = ${id}`;
  if (before) return before.same ? done : refuse('visitKnown');
  const over = await holdHome(tx, visitId, home);
  if (over) return over;
  const untimely = outOfTime(home.day, dayOf(now), dayOf(now));
  if (untimely) return refuse(untimely);
  if (await hasSaidEnough(tx, visitId, caller.accountId)) return refuse('visitTooOften');
  if (nextOn !== null && nextOn <= dayOf(now)) return refuse('nextPast', 'nextOn');
  if (skills.length > 0 && home.personId === null) return refuse('visitUnknownPerson');
  if (outcome !== 'done') {
    const seen = await elevated(
      tx,
      'visits: whether skills were seen there',
      (system) => system`select from skill_observation where visit_id = ${visitId} limit 1`,
    );
    if (seen.count > 0) return refuse('visitHasSkills', 'outcome');
  }
  const known = await tx`select from skill where code = any(${skills.map(({ code }) => code)}::text[])`;
  if (known.count < skills.length) return refuse('skillUnknown');
  await tx`
    insert into visit_outcome (id, visit_id, area_id, outcome, minutes, next_on, words, at, recorded_by)
    values (${id}, ${visitId}, ${home.areaId}, ${outcome}, ${minutes}, ${nextOn}, ${words}, ${now}, ${caller.accountId})`;
  await elevated(tx, 'visits: what an outcome settles', async (system) => {
    for (const { code, level } of skills)
      await system`
        insert into skill_observation (id, person_id, skill_code, level, source, visit_id, area_id, observed_at, observed_by)
        values (${newId()}, ${home.personId}, ${code}, ${level}, 'visit', ${visitId}, ${home.areaId}, ${now}, ${caller.accountId})`;
    await settleVisit(system, visitId, home, now);
  });
  await audit(tx, caller, 'visit.record', { kind: 'visit', id: visitId, areaId: home.areaId }, { outcome });
  return done;
}

/**
 * Writes down what somebody was asked of their steps at home, as those who go there may. Refuses: notFound (no home of theirs, or not this
 * person's), what `holdHome` refuses, visitEarly, visitLate, and what `recordSteps` refuses.
 */
export async function recordStepsAtHome(
  tx: ScopedTx,
  { visitId, ...said }: DoorSteps,
  caller: Caller,
  now: Date,
): Promise<Refusal | { visitId: string }> {
  const [home] = await tx<Home[]>`
    select v.round_id, v.area_id, v.day::text, v.request_id, coalesce(v.person_id, q.person_id) as person_id
    from visit v left join visit_request q on q.id = v.request_id where v.id = ${visitId} and v.taken_off_at is null`;
  if (!home || home.personId !== said.personId) return refuse('notFound');
  const over = await holdHome(tx, visitId, home);
  if (over) return over;
  const untimely = outOfTime(home.day, dayOf(now), dayOf(now));
  if (untimely) return refuse(untimely);
  const done = await recordSteps(tx, said, caller, true);
  return isRefusal(done) ? done : { visitId };
}
