import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { weekdaysTyped } from '../../lib/import/rules';
import { addDays, dayOf, weekdayOf } from '../../lib/kernel/clock';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { checked, written } from './scene';

let cast: Cast;
let course: string;
/** A Tuesday some weeks ahead. */
let tuesday: string;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  const [row] = await cast.owner<{ title: string }[]>`select title_vi as title from course where id = ${cast.courseId}`;
  course = row?.title ?? '';
  const ahead = addDays(dayOf(new Date()), 30);
  tuesday = addDays(ahead, (9 - weekdayOf(ahead)) % 7);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const vietnamese = (day: string) => day.split('-').toReversed().join('/');

describe('a list of classes', () => {
  const heading = 'Khóa học;Địa điểm;Tổ, đội dạy;Ngày đầu;Thứ trong tuần;Giờ bắt đầu;Số phút mỗi buổi;Số buổi;Số chỗ';
  const line = (more: Partial<Record<'course' | 'venue' | 'day' | 'time' | 'weekdays' | 'seats', string>> = {}) =>
    [
      more.course ?? course,
      more.venue ?? `nha van hoa thon thu ${cast.here.villageId}`,
      `Tổ công nghệ số Thôn Thử ${cast.here.villageId}`,
      more.day ?? vietnamese(tuesday),
      more.weekdays ?? 'Thứ Ba, Thứ Năm',
      more.time ?? '19h30',
      '90',
      '3',
      more.seats ?? '20',
    ].join(';');

  test('is checked by planning it: names, days, clashes between its own rows; then stands as drafts, days off left out', async () => {
    await cast.owner`insert into day_off (area_id, kind, first_day, last_day, reason, name)
      values (${cast.here.unitId}, 'dates', ${addDays(tuesday, 2)}, ${addDays(tuesday, 2)}, 'holiday', 'Giỗ Tổ')`;
    const list = [
      heading,
      line(),
      line(),
      line({ course: 'Khóa không có', seats: 'x' }),
      line({ venue: `Nhà văn hóa Thôn Thử ${cast.there.villageId}`, time: '7h' }),
      line({ day: '01/01/2025', time: '5:00' }),
      line({ time: '25:00', weekdays: 'hôm nào' }),
    ].join('\n');
    const { id, cells, found } = await checked(cast, 'classes', list);
    expect(cells.map(({ row, at, reason }) => `${at}${row} ${reason}`)).toEqual([
      'D3 venueTaken',
      'A4 courseUnknown',
      'I4 capacityRange',
      'B5 venueUnknown',
      'D6 past',
      'E7 chooseWeekday',
      'F7 timeShape',
    ]);
    expect(found).toMatchObject({ rows: 6, good: 1, bad: 5 });
    expect(
      await cast.owner`select from class where status = 'draft' and capacity = 20 and note = '' and weekly_rule is not null`,
    ).toHaveLength(0);
    expect(await written(cast, id, 'good')).toMatchObject({ wrote: { written: 1 } });
    const sessions = await cast.owner<{ day: string; time: string }[]>`
      select (s.starts_at at time zone 'Asia/Ho_Chi_Minh')::date::text as day, to_char(s.starts_at at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI') as time
      from class_session s join class c on c.id = s.class_id where c.weekly_rule is not null and c.status = 'draft' order by s.starts_at`;
    expect(sessions.map((one) => ({ ...one }))).toEqual([
      { day: tuesday, time: '19:30' },
      { day: addDays(tuesday, 7), time: '19:30' },
    ]);
  });
});

describe('a list of helpers', () => {
  test('goes into the teams of one’s own area, each member once', async () => {
    const team = `Tổ công nghệ số Thôn Thử ${cast.here.villageId}`;
    const list = [
      'Họ và tên;Tổ, đội;Vào từ ngày',
      `Lê Văn Giúp;${team};01/02/2026`,
      `Lê Văn Giúp;${team};`,
      `Trần Văn Thử;${team};`,
      `Ngô Thị Giúp;Tổ công nghệ số Thôn Thử ${cast.there.villageId};`,
      `;${team};31/02/2026`,
    ].join('\n');
    const { id, cells } = await checked(cast, 'helpers', list);
    expect(cells.map(({ row, at, reason }) => `${at}${row} ${reason}`)).toEqual([
      'A3 likelyTwice',
      'A4 memberThere',
      'B5 teamUnknown',
      'A6 nameRequired',
      'C6 dayUnknown',
    ]);
    expect(await written(cast, id, 'good')).toMatchObject({ wrote: { written: 1, bad: 2, warned: 2 } });
    const members =
      await cast.owner`select full_name, joined_on, team_id from team_member where full_name like '% Giúp'`;
    expect(members.map((one) => ({ ...one }))).toEqual([
      { fullName: 'Lê Văn Giúp', joinedOn: '2026-02-01', teamId: cast.here.teamId },
    ]);
  });
});

test('days of the week, however they are typed', () => {
  const said: [string, number[] | null][] = [
    ['Thứ Ba, Thứ Năm', [2, 4]],
    ['thu ba va thu nam', [2, 4]],
    ['3, 5', [2, 4]],
    ['T3 T5 CN', [2, 4, 7]],
    ['Chủ nhật', [7]],
    ['Tue, Thu', [2, 4]],
    ['Monday and Sunday', [1, 7]],
    ['Thứ Tư', [3]],
    ['2-4-6', [1, 3, 5]],
    ['9', null],
    ['hôm nào', null],
    ['', null],
  ];
  for (const [typed, days] of said) expect(weekdaysTyped(typed), typed).toEqual(days);
});
