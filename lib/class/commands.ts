import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { changePlaces, endAllPlaces } from '@/lib/enrolment/commands';
import { placesOf, type ReservedGroup } from '@/lib/enrolment/schema';
import { newAddressId, newId } from '@/lib/kernel/id';
import { phoneNumber } from '@/lib/kernel/phone';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { fold } from '@/lib/kernel/text';
import { classSearchWords, takenAt, venueInReach } from './queries';
import { canPlan, sessionSpan, verdictOf, weeklyDates } from './rules';
import { newVenue, type ClassChange, type ClassStatus, type PlanInput, type SessionStatus } from './schema';

/** Only the doors' transactions carry a caller's rows; `Staff` is who signed in. */
type Staff = Pick<Caller, 'accountId'>;

async function audit(tx: ScopedTx, caller: Staff, action: string, subject: Subject, details: object): Promise<void> {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, ${action}, ${subject.kind}, ${subject.id}, ${subject.areaId}, ${tx.json({ ...details })})`;
}
type Subject = { kind: 'class' | 'class_session'; id: string; areaId: number };

/** Two sessions would meet at one venue: the database's own refusal. */
const isExclusion = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '23P01';

async function placeFor(
  tx: ScopedTx,
  plan: PlanInput,
): Promise<Refusal | { id: string; areaId: number; seats: number | null }> {
  if (plan.venueId !== newVenue) {
    const venue = await venueInReach(tx, plan.venueId);
    return venue ?? refuse('notFound', 'venueId');
  }
  const areaId = plan.venueAreaId ?? 0;
  const [mine] =
    await tx`select from area where id = ${areaId} and id = any (coalesce((select may_areas('class.write')), '{}'))`;
  if (!mine) return refuse('notFound', 'venueAreaId');
  const venue = { id: newId(), areaId, seats: plan.venueSeats ?? null };
  await tx`
    insert into venue (id, area_id, name, address, way_there, seats, step_free)
    values (${venue.id}, ${areaId}, ${plan.venueName}, ${plan.venueAddress}, ${plan.venueWayThere}, ${venue.seats}, ${plan.venueStepFree})`;
  return venue;
}

/** Course and team must be owned by an area the place lies in, the course in its current version; a team of one's own areas is in reach as well. */
async function coursesAndTeam(tx: ScopedTx, areaId: number, courseId: string, teamId: string): Promise<Refusal | null> {
  const [found] = await tx<{ course: boolean; team: boolean }[]>`
    select exists (select from course c join area_tree t on t.ancestor_id = c.area_id where c.id = ${courseId} and t.area_id = ${areaId}
                   and c.replaced_at is null and c.retired_at is null) as course,
           exists (select from team k where k.id = ${teamId}
                   and (k.area_id = any (coalesce((select may_areas('class.write')), '{}'))
                        or k.area_id in (select ancestor_id from area_tree where area_id = ${areaId}))) as team`;
  if (!found?.course) return refuse('notFound', 'courseId');
  return found.team ? null : refuse('notFound', 'teamId');
}

/** The error field of one date in the preview. */
export const dateField = (day: string) => `date-${day}`;

/**
 * Plans a class and its sessions exactly on the dates kept from the preview, lessons in order; as a draft, or published at
 * once. Refused, with nothing written: a venue, course, team or area of somebody else's (`notFound`), a date the rule does not
 * make (`dateNotInRule`), in the past or at a venue already taken (at that date's field).
 */
export async function planClass(
  tx: ScopedTx,
  plan: PlanInput,
  caller: Staff,
  now: Date,
): Promise<Refusal | { id: string }> {
  const place = await placeFor(tx, plan);
  if (isRefusal(place)) return place;
  const foreign = await coursesAndTeam(tx, place.areaId, plan.courseId, plan.teamId);
  if (foreign) return foreign;
  const made = weeklyDates(plan);
  const days = made.filter((day) => plan.dates.includes(day));
  if (days.length !== new Set(plan.dates).size) return refuse('dateNotInRule', 'dates');
  const taken = await takenAt(tx, place.id, made);
  for (const day of days) {
    const verdict = verdictOf(sessionSpan(day, plan.startTime, plan.minutes), now, taken, {
      capacity: plan.capacity,
      venueSeats: place.seats,
    });
    if (!canPlan(verdict)) return refuse(verdict, dateField(day));
  }
  const classId = newAddressId();
  await insertClass(tx, classId, place, plan, { caller, leftOut: made.filter((day) => !days.includes(day)) });
  const clash = await insertSessions(tx, classId, place, plan, days);
  if (clash) return clash;
  await describeAgain(tx, classId);
  if (plan.saveAs === 'publish') await putOnSchedule(tx, classId);
  await audit(
    tx,
    caller,
    'class.plan',
    { kind: 'class', id: classId, areaId: place.areaId },
    {
      sessions: days.length,
      published: plan.saveAs === 'publish',
    },
  );
  return { id: classId };
}

/** How long an offered seat waits for its answer unless the organiser says otherwise. */
const usualOfferHours = 24;

async function insertClass(
  tx: ScopedTx,
  classId: string,
  place: { id: string; areaId: number },
  plan: PlanInput,
  by: { caller: Staff; leftOut: string[] },
): Promise<void> {
  const { firstDay, weekdays, startTime, minutes, count = null, until = null } = plan;
  const seats = placesOf(plan, { held: 0, reservedPlaces: 0, reservedFor: null, offerHours: usualOfferHours });
  const rule = tx.json({ firstDay, weekdays, startTime, minutes, count, until, leftOut: by.leftOut });
  await tx`
    insert into class (id, area_id, course_id, venue_id, team_id, language, note, hotline, capacity, minimum_to_run, weekly_rule, created_by,
      seats_held, offer_hours, reserved_places, reserved_for, seats_reserved)
    values (${classId}, ${place.areaId}, ${plan.courseId}, ${place.id}, ${plan.teamId}, ${plan.language}, ${plan.note},
            ${phoneNumber(plan.hotline) ?? ''}, ${plan.capacity}, ${plan.minimumToRun}, ${rule}, ${by.caller.accountId},
            0, ${seats.offerHours}, ${seats.reservedPlaces}, ${seats.reservedFor}, ${seats.reservedPlaces})`;
}

/** Writes the sessions; the database refuses a venue that was taken in the meantime, and the date is said. */
async function insertSessions(
  tx: ScopedTx,
  classId: string,
  place: { id: string; areaId: number },
  plan: PlanInput,
  days: string[],
): Promise<Refusal | null> {
  const lessons = await tx<
    { id: string }[]
  >`select id from lesson where course_id = ${plan.courseId} order by position`;
  const rows = days.map((day, index) => {
    const { startsAt, endsAt } = sessionSpan(day, plan.startTime, plan.minutes);
    const lessonId = lessons[index]?.id ?? null;
    return {
      id: newId(),
      classId,
      areaId: place.areaId,
      lessonId,
      venueId: place.id,
      position: index + 1,
      startsAt,
      endsAt,
    };
  });
  try {
    await tx.savepoint((point) => point`insert into class_session ${point(rows)}`);
    return null;
  } catch (error) {
    if (!isExclusion(error)) throw error;
    const taken = await takenAt(tx, place.id, days);
    const clash = rows.find((row) => taken.some((other) => other.startsAt < row.endsAt && row.startsAt < other.endsAt));
    return refuse('venueTaken', clash ? dateField(days[rows.indexOf(clash)] ?? '') : 'dates');
  }
}

/** Draft to published, its sessions with it, described as things stand today. */
async function putOnSchedule(tx: ScopedTx, classId: string): Promise<void> {
  await tx`update class_session set status = 'published' where class_id = ${classId} and status = 'planned'`;
  await tx`update class set status = 'published', published_at = now() where id = ${classId}`;
  await describeAgain(tx, classId);
}

/** What a class is found by: every name its course and place go by, and when it begins and ends. */
async function describeAgain(tx: ScopedTx, classId: string): Promise<void> {
  const words = fold((await classSearchWords(tx, classId)).join(' '));
  await tx`update class set search_folded = ${words} where id = ${classId}`;
  await spanAgain(tx, classId);
}

/** First start and last end follow the sessions that are still on. */
async function spanAgain(tx: ScopedTx, classId: string): Promise<void> {
  await tx`
    update class c set first_starts_at = s.first, last_ends_at = s.last
    from (select min(starts_at) as first, max(ends_at) as last from class_session
          where class_id = ${classId} and status not in ('cancelled', 'did_not_happen')) s
    where c.id = ${classId}`;
}

interface InHand {
  areaId: number;
  status: ClassStatus;
  capacity: number;
  held: number;
  reservedPlaces: number;
  reservedFor: ReservedGroup | null;
  offerHours: number;
}

/** The class, locked, when it is the caller's to change; null otherwise, as if it did not exist. */
async function classInHand(tx: ScopedTx, classId: string): Promise<InHand | null> {
  const [row] = await tx<InHand[]>`
    select area_id, status, capacity, seats_held as held, reserved_places, reserved_for, offer_hours
    from class where id = ${classId} and area_id = any (coalesce((select may_areas('class.write')), '{}')) for update`;
  return row ?? null;
}

/** Puts a draft on the schedule. Refused: not one's own (`notFound`), no draft any more, no session still to come. */
export async function publishClass(
  tx: ScopedTx,
  input: { classId: string },
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const found = await classInHand(tx, input.classId);
  if (!found) return refuse('notFound');
  if (found.status !== 'draft') return refuse('notADraft');
  const [coming] =
    await tx`select from class_session where class_id = ${input.classId} and status = 'planned' and starts_at > now() limit 1`;
  if (!coming) return refuse('noSessionToCome');
  await putOnSchedule(tx, input.classId);
  await audit(tx, caller, 'class.publish', { kind: 'class', id: input.classId, areaId: found.areaId }, {});
  return { id: input.classId };
}

/**
 * Changes details and capacity; more capacity promotes whoever waits, in the same transaction. Refused: not one's own, a team
 * out of reach, a class that is over, a capacity below the seats already given (`belowTaken`).
 */
export async function changeClass(tx: ScopedTx, change: ClassChange, caller: Staff): Promise<Refusal | { id: string }> {
  const found = await classInHand(tx, change.classId);
  if (!found) return refuse('notFound');
  if (found.status === 'cancelled' || found.status === 'closed') return refuse('classOver');
  const [team] = await tx`
    select from team k where k.id = ${change.teamId}
    and (k.area_id = any (coalesce((select may_areas('class.write')), '{}'))
         or k.area_id in (select ancestor_id from area_tree where area_id = ${found.areaId}))`;
  if (!team) return refuse('notFound', 'teamId');
  await tx`
    update class set team_id = ${change.teamId}, minimum_to_run = ${change.minimumToRun},
      language = ${change.language}, note = ${change.note}, hotline = ${phoneNumber(change.hotline) ?? ''}
    where id = ${change.classId}`;
  const seats = placesOf(change, found);
  const changed = await elevated(tx, 'change of places: promote whoever waits', (system) =>
    changePlaces(system, change.classId, seats),
  );
  if (isRefusal(changed)) return changed;
  await audit(
    tx,
    caller,
    'class.change',
    { kind: 'class', id: change.classId, areaId: found.areaId },
    {
      capacityBefore: found.capacity,
      ...seats,
      promoted: changed.promoted,
    },
  );
  return { id: change.classId };
}

/**
 * Cancels a class for a reason: what is left of its sessions, and every place and every turn in its queue, each with its
 * own event. Sessions already held stay as they are. Refused: not one's own, already over.
 */
export async function cancelClass(
  tx: ScopedTx,
  input: { classId: string; reason: string },
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const found = await classInHand(tx, input.classId);
  if (!found) return refuse('notFound');
  if (found.status === 'cancelled' || found.status === 'closed') return refuse('classOver');
  await tx`
    update class_session set status = 'cancelled', status_reason = ${input.reason}
    where class_id = ${input.classId} and status in ('planned', 'published') and ends_at > now() and register_started_at is null`;
  const by = { accountId: caller.accountId, channel: 'staff' } as const;
  const ended = await elevated(tx, 'a cancelled class ends every place in it', (system) =>
    endAllPlaces(system, input.classId, by, input.reason),
  );
  await tx`update class set status = 'cancelled', status_reason = ${input.reason} where id = ${input.classId}`;
  await audit(
    tx,
    caller,
    'class.cancel',
    { kind: 'class', id: input.classId, areaId: found.areaId },
    { places: ended },
  );
  return { id: input.classId };
}

interface SessionInHand {
  id: string;
  classId: string;
  areaId: number;
  status: SessionStatus;
  started: boolean;
  over: boolean;
  classStatus: ClassStatus;
}

/** The session, with its class locked first, when it is the caller's to change. */
async function sessionInHand(tx: ScopedTx, sessionId: string): Promise<SessionInHand | null> {
  const [owner] = await tx<{ classId: string }[]>`select class_id from class_session where id = ${sessionId}`;
  const found = owner ? await classInHand(tx, owner.classId) : null;
  if (!owner || !found) return null;
  const [row] = await tx<Omit<SessionInHand, 'classStatus'>[]>`
    select id, class_id, area_id, status, register_started_at is not null as started, ends_at <= now() as over
    from class_session where id = ${sessionId} for update`;
  return row ? { ...row, classStatus: found.status } : null;
}

/** Cancels one session for a reason. Refused: not one's own, already cancelled or held, its register begun. */
export async function cancelSession(
  tx: ScopedTx,
  input: { sessionId: string; reason: string },
  caller: Staff,
): Promise<Refusal | { classId: string }> {
  const found = await sessionInHand(tx, input.sessionId);
  if (!found) return refuse('notFound');
  if (found.started || (found.status !== 'planned' && found.status !== 'published')) return refuse('sessionOver');
  await tx`update class_session set status = 'cancelled', status_reason = ${input.reason} where id = ${found.id}`;
  await spanAgain(tx, found.classId);
  await audit(tx, caller, 'session.cancel', { kind: 'class_session', id: found.id, areaId: found.areaId }, {});
  return { classId: found.classId };
}

/** Puts a cancelled session back. Refused: not one's own, not cancelled, in the past, class over, venue taken since. */
export async function restoreSession(
  tx: ScopedTx,
  input: { sessionId: string },
  caller: Staff,
): Promise<Refusal | { classId: string }> {
  const found = await sessionInHand(tx, input.sessionId);
  if (!found) return refuse('notFound');
  if (found.status !== 'cancelled' || found.over) return refuse('sessionOver');
  if (found.classStatus === 'cancelled' || found.classStatus === 'closed') return refuse('classOver');
  const status = found.classStatus === 'draft' ? 'planned' : 'published';
  try {
    await tx.savepoint(
      (point) => point`update class_session set status = ${status}, status_reason = null where id = ${found.id}`,
    );
  } catch (error) {
    if (isExclusion(error)) return refuse('venueTaken');
    throw error;
  }
  await spanAgain(tx, found.classId);
  await audit(tx, caller, 'session.restore', { kind: 'class_session', id: found.id, areaId: found.areaId }, {});
  return { classId: found.classId };
}
