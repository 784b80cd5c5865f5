import { randomInt } from 'node:crypto';
import { attempt, elevated, refusedBy, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { addDays, dayOf, momentOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { toldByHand } from '@/lib/message/commands';
import { isAway } from '@/lib/team/queries';
import { audit, isDouble, isExclusion, type Staff } from './record';
import { recordedWithin } from './rules';
import { holdPeople } from './settling';
import type { NewRound } from './schema';

type Done = { readonly id: string };
/** Most homes one round goes to. */
export const mostHomes = 40;

/**
 * Plans a round of two helpers of one team into a village, with a mobile point there where one is given (`pointFor` of desks). The form's key is
 * its id: sent twice it is one. Refuses: notFound (no place of the caller's), shiftPast, chooseHelper (nobody of a team near), helpersApart (of
 * two teams), helperAway (one said that they are not there that day), roundClash at the one the database refuses (on another round, at a desk or at a class then),
 * teamClosed (their team was closed at this very moment).
 */
export async function planRound(
  tx: ScopedTx,
  round: NewRound,
  caller: Staff,
  now: Date,
  deskId: string | null = null,
): Promise<Refusal | Done> {
  const { areaId, day, from, until, first, second, formKey } = round;
  const [place] = await tx`
    select from area where id = ${areaId} and kind <> 'province' and id = ${mine(tx, 'visit.plan')}`;
  if (!place) return refuse('notFound', 'areaId');
  const [known] = await tx<
    { id: string }[]
  >`select id from visit_round where id = ${formKey} and planned_by = ${caller.accountId}`;
  if (known) return known;
  if (day < dayOf(now)) return refuse('shiftPast', 'day');
  const members = await tx<{ id: string; teamId: string; away: boolean }[]>`
    select m.id, m.team_id, ${isAway(tx, tx`m.id`, tx`${momentOf(day, from)}::timestamptz`, tx`${momentOf(day, until)}::timestamptz`)} as away from team_member m
    where m.id in (${first}, ${second}) and m.left_on is null and m.area_id = ${mine(tx, 'visit.plan')}`;
  const [one, other] = [first, second].map((id) => members.find((member) => member.id === id));
  if (!one) return refuse('chooseHelper', 'first');
  if (!other) return refuse('chooseHelper', 'second');
  if (one.teamId !== other.teamId) return refuse('helpersApart', 'second');
  if (one.away || other.away) return refuse('helperAway', one.away ? 'first' : 'second');
  let going = first;
  try {
    await attempt(tx, async (inner) => {
      await inner`
        insert into visit_round (id, area_id, team_id, day, starts_at, ends_at, planned_at, planned_by, desk_id)
        values (${formKey}, ${areaId}, ${one.teamId}, ${day}, ${momentOf(day, from)}, ${momentOf(day, until)}, ${now}, ${caller.accountId}, ${deskId})`;
      // In the order of ids, as everybody does: two who plan the same pair never wait for each other in a circle.
      for (const id of [first, second].toSorted()) {
        going = id;
        await inner`
          insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
          values (${newId()}, ${formKey}, ${areaId}, ${id}, ${id}, ${momentOf(day, from)}, ${momentOf(day, until)})`;
      }
    });
  } catch (error) {
    if (isExclusion(error)) return refuse('roundClash', going === first ? 'first' : 'second');
    if (isDouble(error)) return refuse('notFound');
    if (refusedBy(error) === 'team_closed') return refuse('teamClosed', 'first');
    throw error;
  }
  await audit(tx, caller, 'visit.plan', { kind: 'visit_round', id: formKey, areaId });
  return { id: formKey };
}

/** A round of the caller's that is not over and not called off, held. */
async function openRound(tx: ScopedTx, id: string, now: Date): Promise<{ areaId: number; day: string } | null> {
  const [found] = await tx<{ areaId: number; day: string }[]>`
    select area_id, day::text from visit_round
    where id = ${id} and called_off_at is null and day >= ${dayOf(now)} and area_id = ${mine(tx, 'visit.plan')} for update`;
  return found ?? null;
}

/** All numbers of the village's day were given out: undoes what was put on. */
class NoNumber extends Error {}

/**
 * Puts homes on a round, each with a number of its own for that day. What is on it already stays as it is. Refuses, with nothing
 * written: notFound (the round, or one of the homes), roundOver, roundFull, visitNumbersGone (no number is left in that village on that day), homeStopped (refused, moved, dead, or withdrawn, if only at this
 * moment), homePaused (left alone for a while), visitMatched and homeTwice (somebody said at this moment who lives there; that a home already on
 * it is the same person's).
 */
export async function putOnRound(
  tx: ScopedTx,
  { roundId, homes }: { readonly roundId: string; readonly homes: readonly string[] },
  caller: Staff,
  now: Date,
): Promise<Refusal | Done> {
  const ids = (kind: string) => homes.filter((home) => home.startsWith(kind)).map((home) => home.slice(2));
  const asked = await tx<{ personId: string }[]>`
    select person_id from visit_request where id = any(${ids('r:')}::uuid[]) and person_id is not null and area_id = ${mine(tx, 'visit.plan')}`;
  const held = new Set([...ids('p:'), ...asked.map(({ personId }) => personId)]);
  const gone = await holdPeople(tx, [...held]);
  const round = await openRound(tx, roundId, now);
  if (!round) return refuse('roundOver');
  const requests = await tx<{ id: string; personId: string | null; stopped: string | null }[]>`
    select id, person_id, case when person_id is not null then visit_stopped(person_id) end as stopped from visit_request
    where id = any(${ids('r:')}::uuid[]) and closed_at is null and area_id = ${mine(tx, 'visit.plan')} order by id for update`;
  const people = await tx<{ id: string; stopped: string | null }[]>`
    select id, visit_stopped(id) as stopped from person
    where id = any(${ids('p:')}::uuid[]) and merged_into is null and area_id = ${mine(tx, 'person.read')}`;
  if (requests.length + people.length < homes.length) return refuse('notFound', 'homes');
  if (requests.some(({ personId }) => personId !== null && !held.has(personId))) return refuse('visitMatched', 'homes');
  const stops = [...requests, ...people].flatMap(({ stopped }) => stopped ?? []);
  if (gone.size > 0 || stops.some((why) => why !== 'paused')) return refuse('homeStopped', 'homes');
  if (stops.length > 0) return refuse('homePaused', 'homes');
  const wanted = [
    ...requests.map(({ id, personId }) => ({ requestId: id, personId })),
    ...people.map(({ id }) => ({ requestId: null, personId: id })),
  ];
  const on = await tx<{ requestId: string | null; personId: string | null }[]>`
    select request_id, person_id from visit where round_id = ${roundId} and taken_off_at is null`;
  const fresh = wanted.filter(
    (home) =>
      !on.some((there) =>
        home.personId === null ? there.requestId === home.requestId : there.personId === home.personId,
      ),
  );
  const once = fresh.filter(
    (home, at) => home.personId === null || fresh.findIndex(({ personId }) => personId === home.personId) === at,
  );
  if (on.length + once.length > mostHomes) return refuse('roundFull', 'homes');
  try {
    await attempt(tx, async (inner) => {
      for (const home of once) {
        const pin = await elevated(inner, 'visits: which numbers are taken that day', (system) =>
          freeNumber(system, round.areaId, round.day),
        );
        if (pin === null) throw new NoNumber();
        await inner`
          insert into visit (id, round_id, area_id, day, request_id, person_id, pin, planned_at)
          values (${newId()}, ${roundId}, ${round.areaId}, ${round.day}, ${home.requestId}, ${home.personId}, ${pin}, ${now})`;
      }
    });
  } catch (error) {
    if (error instanceof NoNumber) return refuse('visitNumbersGone', 'homes');
    if (isDouble(error)) return refuse('homeTwice', 'homes');
    throw error;
  }
  await audit(
    tx,
    caller,
    'visit.put_on',
    { kind: 'visit_round', id: roundId, areaId: round.areaId },
    { homes: once.length },
  );
  return { id: roundId };
}

/**
 * A number nobody in that village has on that day, those taken off included; null where none is left. The village's day is held, so that two who plan never draw the
 * same. For the system role.
 */
export async function freeNumber(system: SystemTx, areaId: number, day: string): Promise<string | null> {
  await system`select pg_advisory_xact_lock(hashtextextended(${`camtay.pin.${areaId}.${day}`}, 42))`;
  const taken = await system<{ pin: string }[]>`select pin from visit where area_id = ${areaId} and day = ${day}`;
  const known = new Set(taken.map(({ pin }) => pin));
  const free = Array.from({ length: 10_000 }, (_, at) => String(at).padStart(4, '0')).filter((pin) => !known.has(pin));
  return free.length > 0 ? (free[randomInt(free.length)] ?? null) : null;
}

/** Takes a home off a round that is not over; what was recorded there stays. Refuses: notFound, visitRecorded, roundOver. Twice is once. */
export async function takeOffRound(
  tx: ScopedTx,
  { visitId }: { readonly visitId: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | Done> {
  const [found] = await tx<{ roundId: string; areaId: number; off: boolean; recorded: boolean }[]>`
    select round_id, area_id, taken_off_at is not null as off, exists (select from visit_outcome o where o.visit_id = visit.id) as recorded
    from visit where id = ${visitId} and area_id = ${mine(tx, 'visit.plan')}`;
  if (!found) return refuse('notFound');
  const { roundId, areaId, off, recorded } = found;
  if (off) return { id: roundId };
  if (recorded) return refuse('visitRecorded');
  if (!(await openRound(tx, roundId, now))) return refuse('roundOver');
  await tx`update visit set taken_off_at = ${now} where id = ${visitId}`;
  await audit(tx, caller, 'visit.take_off', { kind: 'visit', id: visitId, areaId });
  return { id: roundId };
}

/** Notes that a household was told its number; its message is told by that, if one waits. Refuses: notFound. Twice is once. */
export async function tellNumber(
  tx: ScopedTx,
  { visitId }: { readonly visitId: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | Done> {
  const [mineToTell] = await tx`
    select from visit where id = ${visitId} and taken_off_at is null and area_id = ${mine(tx, 'visit.plan')}`;
  if (!mineToTell) return refuse('notFound');
  // The message before the visit: the order in which senders hold them.
  await toldByHand(tx, { visitId, purpose: 'visit' }, caller, now);
  const [told] = await tx<{ roundId: string; areaId: number }[]>`
    update visit set told_at = coalesce(told_at, ${now}), told_by = coalesce(told_by, ${caller.accountId})
    where id = ${visitId} and taken_off_at is null and area_id = ${mine(tx, 'visit.plan')} returning round_id, area_id`;
  if (!told) return refuse('notFound');
  await audit(tx, caller, 'visit.tell', { kind: 'visit', id: visitId, areaId: told.areaId });
  return { id: told.roundId };
}

/** A round of the caller's that is over, of which nothing was recorded and still might be, held. */
async function neverWent(tx: ScopedTx, id: string, now: Date): Promise<{ areaId: number; day: string } | null> {
  const [found] = await tx<{ areaId: number; day: string }[]>`
    select area_id, day::text from visit_round r
    where id = ${id} and called_off_at is null and day < ${dayOf(now)} and day >= ${addDays(dayOf(now), -recordedWithin.done)}
      and area_id = ${mine(tx, 'visit.plan')}
      and not exists (select from visit v join visit_outcome o on o.visit_id = v.id where v.round_id = r.id) for update of r`;
  return found ?? null;
}

/**
 * Calls a round off: nobody is expected any more, and what was asked for waits again; also one that is over and never went, as long as something might be
 * recorded of it and nothing was. Refuses: roundOver.
 */
export async function callOffRound(
  tx: ScopedTx,
  { roundId }: { readonly roundId: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | Done> {
  const round = (await openRound(tx, roundId, now)) ?? (await neverWent(tx, roundId, now));
  if (!round) return refuse('roundOver');
  await tx`update visit_round set called_off_at = ${now}, called_off_by = ${caller.accountId} where id = ${roundId}`;
  await audit(tx, caller, 'visit.call_off', { kind: 'visit_round', id: roundId, areaId: round.areaId });
  return { id: roundId };
}
