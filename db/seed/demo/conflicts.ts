import { createHash } from 'node:crypto';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import type { PlannedClass } from './classes';
import type { Place } from './places';
import type { RegisterRows } from './registers';

/**
 * In a unit shown in full, two who took the last register without a signal said different things about one learner: the helper's
 * mark, the newer one, stands until somebody settles it.
 */
export function makeConflict(place: Place, classes: readonly PlannedClass[], rows: RegisterRows): void {
  const held = classes
    .flatMap(({ sessions }) => sessions)
    .filter(({ row }) => row.status === 'held')
    .sort((one, other) => other.startsAt.getTime() - one.startsAt.getTime());
  for (const session of held) {
    const stands = rows.attendance.find(
      (row) => row.session_id === session.id && row.state === 'absent' && row.by_default === false,
    );
    const mark = rows.register_operation.find(({ id }) => id === stands?.operation_id);
    const organiser = accountOf('organiser', place.unit.id);
    if (!mark || !(mark.device_time instanceof Date) || organiser === null) continue;
    const at = new Date(mark.device_time.getTime() - 60_000);
    rows.register_operation.push({
      ...contested(mark, { state: 'late', minutesLate: 15, after: [] }),
      id: idOf(`${String(mark.id)}/other`),
      account_id: organiser,
      device_time: at,
    });
    Object.assign(mark, contested(mark, { state: 'absent', minutesLate: null, after: [] }));
    return;
  }
}

function contested(mark: Row, told: object): Row {
  const content = JSON.stringify(told);
  return { ...mark, content, content_hash: createHash('sha256').update(content).digest('hex'), outcome: 'conflict' };
}
