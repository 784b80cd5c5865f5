import { addDays, momentOf } from '../../../lib/kernel/clock';
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
}

const helpers: Readonly<Record<number, string>> = { 18859: 'daisu.dongthuan', 18901: 'daisu.minhhoa' };

/**
 * What was done about tasks in a unit shown in full: some whom desks sent on to their homes or to a class, the helper who has two people to
 * see, one who was not at home, one who is to be left alone for a while, one who is said to have moved.
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
  const [first, second, third, fourth] = unmet;
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
  if (second)
    rows.task_work.push({
      ...task(second),
      outcome: 'not_home',
      note: 'Đi rẫy, chiều tối mới về',
      at: ago(1, '10:20'),
      by: helper,
    });
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
  if (fourth)
    rows.task_work.push({
      ...task(fourth),
      outcome: 'moved',
      note: 'Hàng xóm nói đã vào ở với con',
      at: ago(2, '15:05'),
      by: helper,
    });
}
