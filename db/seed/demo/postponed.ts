import { addDays, momentOf } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import type { PlannedClass } from './classes';
import type { Place } from './places';

const reason = 'Báo bão, đường vào thôn có thể ngập';
/** Two weeks later: the week after its rule is left out already. */
const later = 14;

/** The last session of one class to come was put off for a storm that is forecast; whoever organises can still take it back. */
export function putOffLast(
  place: Place,
  classes: readonly PlannedClass[],
  today: string,
  world: { postponement: Row[] },
): void {
  const found = classes.find(({ wish, firstDay, lastDay, sessions, venue }) => {
    const slot = `${addDays(lastDay, later)} ${wish.startTime}`;
    return wish.fate === 'runs' && firstDay > addDays(today, 4) && sessions.length > 1 && !venue.taken.has(slot);
  });
  const last = found?.sessions.at(-1);
  if (!found || !last) return;
  const day = addDays(found.lastDay, later);
  found.venue.taken.add(`${day} ${found.wish.startTime}`);
  const startsAt = momentOf(day, found.wish.startTime);
  const endsAt = new Date(startsAt.getTime() + (last.endsAt.getTime() - last.startsAt.getTime()));
  const kept = { venueId: found.venue.id, lessonId: last.row.lesson_id, status: 'published', reason: null };
  const before = { ...kept, startsAt: last.startsAt, endsAt: last.endsAt, note: '', movedFrom: null };
  const after = { ...kept, startsAt, endsAt, note: reason, movedFrom: last.startsAt };
  Object.assign(last.row, { starts_at: startsAt, ends_at: endsAt, note: reason, moved_from: last.startsAt });
  found.row.last_ends_at = endsAt;
  world.postponement.push({
    id: idOf(`demo/put-off/${place.unit.id}`),
    press_id: idOf(`demo/put-off/press/${place.unit.id}`),
    area_id: place.unit.id,
    first_day: last.day,
    last_day: last.day,
    instead: 'move',
    reason,
    changes: JSON.stringify([{ id: last.id, classId: found.id, put: true, revision: 0, before, after }]),
    at: momentOf(addDays(today, -1), '07:15'),
    by: accountOf('organiser', place.unit.id),
  });
}
