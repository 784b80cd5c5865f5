import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { speaker } from '../../lib/i18n/messages';
import { columnsToFill } from '../../lib/import/queries';
import { weekdaysTyped, weekPartsTyped } from '../../lib/import/rules';
import { columnName } from '../../lib/import/words';
import { addDays, dayOf, weekdayOf } from '../../lib/kernel/clock';
import { organisations } from '../../lib/team/schema';
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

describe('what a list says of each helper', () => {
  const heading =
    'Họ và tên;Tổ, đội;Do ai lập;Vai trò;Điện thoại;Nói tiếng;Dạy được;Khi nào rảnh;Đã tập huấn về;Ngày tập huấn;Ai tập huấn;Số giờ tập huấn';
  const line = (name: string, ...rest: string[]) =>
    [`"${name}"`, `Tổ công nghệ số Thôn Thử ${cast.here.villageId}`, ...rest.map((cell) => `"${cell}"`)].join(';');

  test('goes with them into their team: role, phone, languages, skills, when they can, a training', async () => {
    const list = [
      heading,
      line(
        'Hồ Văn Đủ',
        'Mặt trận',
        'tổ trưởng',
        '0912 345 678',
        'Việt, Bru',
        `${cast.skillCode.toLowerCase()}`,
        'Thứ Hai sáng; T4 chiều, tối',
        'Kèm người già',
        '05/01/2026',
        'Tỉnh đoàn',
        '1,5',
      ),
      line('Hồ Văn Vừa'),
    ].join('\n');
    const { id, cells } = await checked(cast, 'helpers', list);
    expect(cells).toEqual([]);
    expect(await written(cast, id, 'all')).toMatchObject({ wrote: { written: 2 } });
    const [whole, plain] = await cast.owner`
      select m.role, m.phone, m.languages, array(select skill_code from team_member_skill s where s.member_id = m.id) as skills,
        array(select weekday || part from team_member_free f where f.member_id = m.id order by 1) as free,
        (select jsonb_agg(jsonb_build_array(title, held_on, given_by, minutes, noted_by is not null)) from team_member_training r where r.member_id = m.id) as trainings
      from team_member m where full_name like 'Hồ Văn %' order by full_name collate "C"`;
    const [most, least] = whole?.role === 'lead' ? [whole, plain] : [plain, whole];
    expect({ ...most }).toEqual({
      role: 'lead',
      phone: '+84912345678',
      languages: ['vi', 'bru'],
      skills: [cast.skillCode],
      free: ['1morning', '3afternoon', '3evening'],
      trainings: [['Kèm người già', '2026-01-05', 'Tỉnh đoàn', 90, true]],
    });
    expect({ ...least }).toEqual({
      role: 'member',
      phone: null,
      languages: ['vi'],
      skills: [],
      free: [],
      trainings: null,
    });
  });

  test('is named cell by cell where it says nothing one can use', async () => {
    const list = [
      heading,
      line('Ngô Văn Một', 'Hội chợ', 'sếp', '12', 'Pháp', 'Z99', 'lúc nào cũng được', '', '05/01/2026', '', '0'),
      line('Ngô Văn Hai', 'Công đoàn', '', '', '', '', 'Thứ Hai', 'Tập huấn'),
    ].join('\n');
    const { cells } = await checked(cast, 'helpers', list);
    expect(cells.map(({ row, at, reason }) => `${at}${row} ${reason}`)).toEqual([
      'C2 organisationWord',
      'D2 memberRoleWord',
      'E2 phoneShape',
      'F2 languagesWord',
      'G2 skillsWord',
      'H2 freeWord',
      'I2 trainingWhat',
      'K2 trainingBy',
      'L2 trainingHours',
      'C3 organisationOther',
      'H3 freeWord',
      'J3 trainingDay',
      'K3 trainingBy',
      'L3 trainingHours',
    ]);
  });

  test('the guide’s own example is taken, in both languages, and every organisation by the name forms give it', async () => {
    await cast.owner`insert into team (area_id, kind, organisation, name)
      select ${cast.here.unitId}, 'front', o, 'Đội của ' || o from unnest(${[...organisations]}::text[]) o`;
    for (const language of ['vi', 'en'] as const) {
      const say = speaker(language, 'teams');
      const [name, team, by] = ['fullName', 'team', 'organisation'].map((key) => columnName(language, 'helpers', key));
      const list = [
        `${name};${team};${by}`,
        ...organisations.map(
          (one, at) =>
            `Đinh ${language === 'vi' ? 'Văn' : 'Viết'} ${String.fromCharCode(65 + at)}a;Đội của ${one};"${say(`organisations.${one}`)}"`,
        ),
      ].join('\n');
      expect((await checked(cast, 'helpers', list)).cells).toEqual([]);
      const columns = columnsToFill(language, 'helpers', 1);
      const example = speaker(language, 'import');
      const taken = columns
        .filter(({ key }) => !['team', 'organisation', 'skills'].includes(key))
        .map(({ key, name: header }) => [
          header,
          example(`examples.helpers.${key}`, { today: '05/01/2026', version: '1' }),
        ]);
      const whole = [
        [team, ...taken.map(([header]) => header)].join(';'),
        ['Đội của front', ...taken.map(([, cell]) => `"${cell}"`)].join(';'),
      ].join('\n');
      expect((await checked(cast, 'helpers', whole)).cells).toEqual([]);
    }
  });
});

test('parts of the week, however they are typed', () => {
  const said: [string, string | null][] = [
    ['Thứ Hai sáng; Thứ Tư chiều, tối', '1m 3a 3e'],
    ['T2 T4 tối', '1e 3e'],
    ['Thứ Hai sáng, Thứ Tư tối', '1m 3e'],
    ['Thứ Ba, Thứ Năm tối', '2e 4e'],
    ['tối Chủ nhật', '7e'],
    ['Mon morning; Wed afternoon, evening', '1m 3a 3e'],
    ['Sat and Sun mornings', '6m 7m'],
    ['Thứ Hai', null],
    ['tối', null],
    ['lúc nào cũng được', null],
  ];
  for (const [typed, parts] of said)
    expect(
      weekPartsTyped(typed)
        ?.map(({ weekday, part }) => `${weekday}${part[0]}`)
        .join(' ') ?? null,
      typed,
    ).toBe(parts);
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
