import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { withdrew } from '@/lib/step/queries';
import { audit, type Staff } from './record';
import { closesAs } from './rules';
import type { OutcomeSaid, VisitOutcome } from './schema';

interface Home {
  roundId: string;
  areaId: number;
  day: string;
  requestId: string | null;
  personId: string | null;
}

/**
 * Records what came of a visit, as those who go on its round and its organiser may. Appended: saying it otherwise later is another row,
 * and the newest counts, so the request is settled, or open again, by what was said last. Skills seen are observations of their own
 * (source `visit`). Sent twice it is once. Refuses: notFound, roundCalledOff, visitWithdrawn (the person withdrew their consent, or the request was
 * taken back or ran out), visitMatched (it was said at this moment who they are), visitEarly (before its day), visitUnknownPerson (skills of nobody known),
 * skillUnknown, visitHasSkills (what was seen there stands, so they were met), visitKnown (the key was used for something else).
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
  if (dayOf(now) < home.day) return refuse('visitEarly');
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
  const last = await lastOf(tx, visitId);
  await tx`
    insert into visit_outcome (id, visit_id, area_id, outcome, minutes, next_on, words, at, recorded_by)
    values (${id}, ${visitId}, ${home.areaId}, ${outcome}, ${minutes}, ${nextOn}, ${words}, ${now}, ${caller.accountId})`;
  await elevated(tx, 'visits: what an outcome settles', async (system) => {
    for (const { code, level } of skills)
      await system`
        insert into skill_observation (id, person_id, skill_code, level, source, visit_id, area_id, observed_at, observed_by)
        values (${newId()}, ${home.personId}, ${code}, ${level}, 'visit', ${visitId}, ${home.areaId}, ${now}, ${caller.accountId})`;
    await settleRequest(system, home, outcome, caller, now);
    await leaveTheDeadAlone(system, home, outcome, last, now);
  });
  await audit(tx, caller, 'visit.record', { kind: 'visit', id: visitId, areaId: home.areaId }, { outcome });
  return done;
}

interface Held {
  personId: string | null;
  calledOff: boolean;
  because: string | null;
  off: boolean;
  withdrew: boolean;
}

/**
 * Holds until the end all that might end meanwhile: the person's consent, the round, the request, the home itself; in the order everybody
 * keeps. Who withdraws, takes back or calls off at this moment waits and finds what is written, or was first. Says what is over.
 */
async function holdHome(tx: ScopedTx, visitId: string, home: Home): Promise<Refusal | null> {
  return elevated(tx, 'visits: hold a home while something is recorded of it', async (system) => {
    await system`
      select from person o join person p on p.id = coalesce(o.merged_into, o.id) where o.id = ${home.personId} for share of p`;
    await system`select from visit_round where id = ${home.roundId} for share`;
    await system`select from visit_request where id = ${home.requestId} for no key update`;
    await system`select from visit where id = ${visitId} for share`;
    // Asked once all is held: a statement that waited would still tell what was before.
    const [now] = await system<Held[]>`
      select coalesce(v.person_id, q.person_id) as person_id, r.called_off_at is not null as called_off, q.closed_because as because,
        v.taken_off_at is not null as off, p.id is not null and ${withdrew(system)} as withdrew
      from visit v join visit_round r on r.id = v.round_id left join visit_request q on q.id = v.request_id
        left join person o on o.id = coalesce(v.person_id, q.person_id) left join person p on p.id = coalesce(o.merged_into, o.id)
      where v.id = ${visitId}`;
    if (!now) return refuse('notFound');
    if (now.calledOff) return refuse('roundCalledOff');
    if (now.withdrew || now.because === 'withdrawn' || now.because === 'expired') return refuse('visitWithdrawn');
    if (now.off) return refuse('notFound');
    return now.personId === home.personId ? null : refuse('visitMatched');
  });
}

async function lastOf(tx: ScopedTx, visitId: string): Promise<VisitOutcome | null> {
  const [row] = await tx<{ outcome: VisitOutcome }[]>`
    select outcome from visit_outcome where visit_id = ${visitId} order by at desc, id desc limit 1`;
  return row?.outcome ?? null;
}

/** Closed by what was said last, or waiting again; one that was withdrawn or settled by hand stays so. */
async function settleRequest(system: SystemTx, home: Home, outcome: VisitOutcome, caller: Staff, now: Date) {
  if (home.requestId === null) return;
  const because = closesAs(outcome);
  await system`
    update visit_request set closed_at = ${because === null ? null : now}, closed_because = ${because},
      closed_by = ${because === null ? null : caller.accountId}
    where id = ${home.requestId} and coalesce(closed_because, '') not in ('withdrawn', 'expired', 'not_needed')`;
}

/** Nobody rings or writes to somebody who died; said otherwise, they may be rung again (what they had chosen is asked anew). */
async function leaveTheDeadAlone(
  system: SystemTx,
  home: Home,
  outcome: VisitOutcome,
  last: VisitOutcome | null,
  now: Date,
) {
  if (home.personId === null) return;
  if (outcome === 'died')
    await system`
      insert into message_choice (person_id, no_calls_at) values (${home.personId}, ${now})
      on conflict (person_id) do update set zalo = false, sms = false, email = null, no_calls_at = coalesce(message_choice.no_calls_at, excluded.no_calls_at), changed_at = now()`;
  else if (last === 'died')
    await system`
      update message_choice set no_calls_at = null, changed_at = now() where person_id = ${home.personId}
        and no_calls_at in (select o.at from visit_outcome o join visit v on v.id = o.visit_id where v.person_id = ${home.personId} and o.outcome = 'died')`;
}
