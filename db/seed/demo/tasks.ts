import { addDays, dayOf, momentOf } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { accountOf, memberWithAccount } from './accounts';
import type { Place } from './places';

interface TaskRows {
  person: Row[];
  desk_assist: Row[];
  task_work: Row[];
  task_given: Row[];
  person_pause: Row[];
  door_visit: Row[];
  household_member: Row[];
  session_helper: Row[];
  class_session: Row[];
}

const helpers: Readonly<Record<number, string>> = { 18859: 'daisu.dongthuan', 18901: 'daisu.minhhoa' };

/**
 * What was done about tasks in a unit shown in full: some whom desks sent on to their homes or to a class, the helper who has two people to
 * see, one who was not at home, one who was met at home, one who is to be left alone for a while, one who is said to have moved.
 */
export function makeTasks(place: Place, today: string, rows: TaskRows): void {
  const username = helpers[place.unit.id];
  if (!place.rich || !username) return;
  const [organiser, helper] = [accountOf('organiser', place.unit.id), accountOf('helper', place.unit.id)];
  const ago = (days: number, time = '09:00') => momentOf(addDays(today, -days), time);
  const homes = new Map(rows.person.map((row) => [row.id, Number(row.area_id)]));
  const mine = new Set(place.villages.map(({ id }) => id));
  const sent = rows.desk_assist
    .filter(({ person_id: id, at, referred_to: to }) => id && !to && at instanceof Date && at > ago(9) && at < ago(0))
    .filter(({ person_id: id }) => mine.has(homes.get(id ?? null) ?? 0))
    .slice(0, 5);
  for (const [at, row] of sent.entries()) row.referred_to = at % 2 === 0 ? 'home_visit' : 'class';

  const noted = new Set(place.villages.flatMap(({ id }) => [1, 2, 3].map((at) => idOf(`demo/unreached/${id}/${at}`))));
  const unmet = rows.person.filter(({ id }) => typeof id === 'string' && noted.has(id));
  const [first, second, third, fourth, fifth] = unmet;
  const task = (row: Row) => ({
    id: idOf(`demo/task/${String(row.id)}`),
    kind: 'never',
    person_id: row.id ?? null,
    fact: 'never',
    area_id: row.area_id ?? null,
  });
  for (const row of [first, second])
    if (row)
      rows.task_given.push({
        ...task(row),
        member_id: memberWithAccount(place.unit.id, username),
        account_id: helper,
        given_at: ago(2),
        given_by: organiser,
        until: ago(-12),
      });
  const own = memberWithAccount(place.unit.id, username);
  /** Said at the door: what came of it, and how long it took. */
  const atDoor = (row: Row | undefined, outcome: string, note: string, at: Date, minutes: number) => {
    if (!row) return;
    rows.task_work.push({ ...task(row), outcome, note, at, by: helper });
    const lives = rows.household_member.find(({ person_id: id }) => id === row.id);
    rows.door_visit.push({
      id: idOf(`demo/door/${String(row.id)}`),
      home: lives?.household_id ?? row.id ?? null,
      area_id: row.area_id ?? null,
      day: dayOf(at),
      at,
      minutes,
      met: outcome === 'done',
      by: helper,
      elsewhere: teachesThen(own, at, rows) ? 'session' : null,
    });
  };
  atDoor(second, 'not_home', 'Đi rẫy, chiều tối mới về', ago(1, '10:20'), 5);
  atDoor(fifth, 'done', 'Đã chỉ bác gọi hình cho con, hẹn vào lớp tháng sau', ago(4, '16:40'), 25);
  if (third)
    rows.person_pause.push({
      id: idOf(`demo/pause/${String(third.id)}`),
      person_id: third.id ?? null,
      area_id: third.area_id ?? null,
      reason: 'later',
      until: ago(-10, '00:00'),
      at: ago(3),
      by: organiser,
    });
  atDoor(fourth, 'moved', 'Hàng xóm nói đã vào ở với con', ago(2, '15:05'), 10);
}

/** Whether the time is one of a session the member is at: counted there, and not a second time at the door. */
function teachesThen(memberId: string, at: Date, rows: Pick<TaskRows, 'session_helper' | 'class_session'>): boolean {
  const during = new Set(
    rows.class_session
      .filter(
        ({ starts_at: from, ends_at: until }) =>
          from instanceof Date && until instanceof Date && from <= at && at <= until,
      )
      .map(({ id }) => id),
  );
  return rows.session_helper.some(
    (row) => row.member_id === memberId && row.state === 'yes' && during.has(row.session_id ?? null),
  );
}
