import type { ScopedTx } from '@/lib/access/scoped';
import { placesOf } from '@/lib/enrolment/schema';
import { newAddressId, newId } from '@/lib/kernel/id';
import { phoneNumber } from '@/lib/kernel/phone';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { takenAt, venueInReach } from './queries';
import { audit, describeAgain, isExclusion, putOnSchedule, venueInUse, type Staff } from './record';
import { canPlan, sessionSpan, verdictOf, weeklyDates } from './rules';
import { newVenue, type PlanInput } from './schema';

async function placeFor(
  tx: ScopedTx,
  plan: PlanInput,
): Promise<Refusal | { id: string; areaId: number; seats: number | null }> {
  if (plan.venueId !== newVenue) {
    const venue = await venueInReach(tx, plan.venueId);
    // Held in use until the sessions stand.
    const kept = await venueInUse(tx, plan.venueId);
    return (kept ? venue : null) ?? refuse('notFound', 'venueId');
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

/** Course and team must be owned by an area the place lies in; a team of one's own areas is in reach as well. */
async function coursesAndTeam(tx: ScopedTx, areaId: number, courseId: string, teamId: string): Promise<Refusal | null> {
  const [found] = await tx<{ course: boolean; team: boolean }[]>`
    select exists (select from course c join area_tree t on t.ancestor_id = c.area_id where c.id = ${courseId} and t.area_id = ${areaId}) as course,
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
