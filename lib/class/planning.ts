import { attempt, type ScopedTx } from '@/lib/access/scoped';
import { placesOf } from '@/lib/enrolment/schema';
import { dayOf } from '@/lib/kernel/clock';
import { newAddressId, newId } from '@/lib/kernel/id';
import { phoneNumber } from '@/lib/kernel/phone';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { circumstancesOf, takenAt, type PreviewDay } from './preview';
import { venueInReach } from './queries';
import { audit, describeAgain, isExclusion, isTeamClosed, putOnSchedule, venueInUse, type Staff } from './record';
import { canPlan, planOf, sessionsOf, weeklyDates } from './rules';
import { moveField, newVenue, type PlanInput, type SkipReason } from './schema';

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

/** Course and team must be owned by an area the place lies in, the course in its current version; a team of one's own areas is in reach as well. */
async function coursesAndTeam(tx: ScopedTx, areaId: number, courseId: string, teamId: string): Promise<Refusal | null> {
  const [found] = await tx<{ course: boolean; team: boolean }[]>`
    select exists (select from course c join area_tree t on t.ancestor_id = c.area_id where c.id = ${courseId} and t.area_id = ${areaId}
                   and c.replaced_at is null and c.retired_at is null) as course,
           exists (select from team k where k.id = ${teamId} and k.closed_on is null
                   and (k.area_id = any (coalesce((select may_areas('class.write')), '{}'))
                        or k.area_id in (select ancestor_id from area_tree where area_id = ${areaId}))) as team`;
  if (!found?.course) return refuse('notFound', 'courseId');
  return found.team ? null : refuse('notFound', 'teamId');
}

/** The error field of one date in the preview. */
export const dateField = (day: string) => `date-${day}`;

/** Whose words a clash or a day off is kept in: that of those who run classes. */
const language = 'vi';

type Place = { id: string; areaId: number; seats: number | null };
type Planned = ReturnType<typeof sessionsOf>;

/** What stands in the way of what was kept or moved; a moved one is said at its move. */
function firstRefused(days: readonly PreviewDay[]): Refusal | null {
  for (const { day, kept, verdict, moved } of days) {
    if (moved && !canPlan(moved.verdict)) return refuse(moved.verdict, moveField(day, 'day'));
    if (kept && !canPlan(verdict)) return refuse(verdict, dateField(day));
  }
  return null;
}

/**
 * Plans a class and its sessions exactly as the preview says (`planOf`): on the days kept and where others were moved, lessons in
 * order of time; days left out are kept with the reason. As a draft, or published at once. Refused, with nothing written: a venue,
 * course, team or area of somebody else's (`notFound`), a date the rule does not make (`dateNotInRule`), in the past or at a venue
 * already taken (at that date's field); a team closed at this very moment (`teamClosed`).
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
  if ([...plan.dates, ...Object.keys(plan.moves)].some((day) => !made.includes(day)))
    return refuse('dateNotInRule', 'dates');
  const days = planOf(plan, true, await circumstancesOf(tx, language, plan, place, now));
  const refused = firstRefused(days);
  if (refused) return refused;
  const sessions = sessionsOf(days);
  if (sessions.length === 0) return refuse('chooseDate', 'dates');
  const classId = newAddressId();
  const closed = await insertClass(tx, classId, place, plan, caller);
  if (closed) return closed;
  const clash = await insertSessions(tx, classId, place, plan, sessions);
  if (clash) return clash;
  await keepSkipped(tx, { classId, areaId: place.areaId }, days);
  await describeAgain(tx, classId);
  if (plan.saveAs === 'publish') await putOnSchedule(tx, classId);
  await audit(
    tx,
    caller,
    'class.plan',
    { kind: 'class', id: classId, areaId: place.areaId },
    { sessions: sessions.length, published: plan.saveAs === 'publish' },
  );
  return { id: classId };
}

/** Why a day is left out, with whose day off or which class where that is the reason. */
function skipOf({ day, verdict, clash, dayOff }: PreviewDay): { day: string; reason: SkipReason; because: string } {
  const told = (reason: SkipReason, because = '') => ({ day, reason, because });
  if (verdict === 'dayOff' && dayOff) return told('dayOff', `${dayOff.name} · ${dayOff.area}`);
  if (verdict === 'venueTaken') return told(verdict, clash && 'title' in clash ? clash.title : '');
  return told(verdict === 'past' ? verdict : 'chosen');
}

async function keepSkipped(
  tx: ScopedTx,
  of: { classId: string; areaId: number },
  days: readonly PreviewDay[],
): Promise<void> {
  const skipped = days.filter(({ kept, moved }) => !kept && !moved).map((one) => ({ ...of, ...skipOf(one) }));
  if (skipped.length > 0) await tx`insert into class_skipped_day ${tx(skipped)}`;
}

/** How long an offered seat waits for its answer unless the organiser says otherwise. */
const usualOfferHours = 24;

/** Writes the class; the database refuses a team that was closed in the meantime. */
async function insertClass(
  tx: ScopedTx,
  classId: string,
  place: { id: string; areaId: number },
  plan: PlanInput,
  caller: Staff,
): Promise<Refusal | null> {
  const { firstDay, weekdays, startTime, minutes, count = null, until = null } = plan;
  const seats = placesOf(plan, { held: 0, reservedPlaces: 0, reservedFor: null, offerHours: usualOfferHours });
  const rule = tx.json({ firstDay, weekdays, startTime, minutes, count, until });
  try {
    await attempt(
      tx,
      (inner) => inner`
    insert into class (id, area_id, course_id, venue_id, team_id, language, note, hotline, capacity, minimum_to_run, weekly_rule, created_by,
      seats_held, offer_hours, reserved_places, reserved_for, seats_reserved)
    values (${classId}, ${place.areaId}, ${plan.courseId}, ${place.id}, ${plan.teamId}, ${plan.language}, ${plan.note},
            ${phoneNumber(plan.hotline) ?? ''}, ${plan.capacity}, ${plan.minimumToRun}, ${rule}, ${caller.accountId},
            0, ${seats.offerHours}, ${seats.reservedPlaces}, ${seats.reservedFor}, ${seats.reservedPlaces})`,
    );
    return null;
  } catch (error) {
    if (isTeamClosed(error)) return refuse('teamClosed', 'teamId');
    throw error;
  }
}

/** Writes the sessions; the database refuses a venue that was taken in the meantime, and the date is said. */
async function insertSessions(
  tx: ScopedTx,
  classId: string,
  place: Place,
  plan: PlanInput,
  sessions: Planned,
): Promise<Refusal | null> {
  const lessons = await tx<
    { id: string }[]
  >`select id from lesson where course_id = ${plan.courseId} order by position`;
  const rows = sessions.map(({ startsAt, endsAt }, index) => ({
    id: newId(),
    classId,
    areaId: place.areaId,
    lessonId: lessons[index]?.id ?? null,
    venueId: place.id,
    position: index + 1,
    startsAt,
    endsAt,
  }));
  try {
    await tx.savepoint((point) => point`insert into class_session ${point(rows)}`);
    return null;
  } catch (error) {
    if (!isExclusion(error)) throw error;
    const [first, last] = [sessions[0], sessions.at(-1)].map((one) => dayOf(one?.startsAt ?? new Date()));
    const taken = await takenAt(tx, language, place.id, first ?? '', last ?? '');
    const clash = sessions.find((one) =>
      taken.some((other) => other.startsAt < one.endsAt && one.startsAt < other.endsAt),
    );
    return refuse('venueTaken', clash ? dateField(clash.day) : 'dates');
  }
}

/** The address under which a plan with what was decided of its dates, and what was typed besides, is looked at again. */
export function planAddress({ moves, dates, weekdays, venueStepFree, ...rest }: PlanInput): string {
  const single = Object.entries(rest).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, String(value)]],
  );
  const moved = Object.entries(moves).flatMap(([from, { day, time }]) => [
    ...(day ? [[moveField(from, 'day'), day]] : []),
    ...(time ? [[moveField(from, 'time'), time]] : []),
  ]);
  const lists = [...weekdays.map((one) => ['weekdays', String(one)]), ...dates.map((one) => ['dates', one])];
  const ticks = venueStepFree ? [['venueStepFree', 'on']] : [];
  return new URLSearchParams([
    ['step', 'preview'],
    ['decided', '1'],
    ...single,
    ...lists,
    ...moved,
    ...ticks,
  ]).toString();
}
