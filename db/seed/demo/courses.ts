import { addDays, momentOf } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { provinceCourses, type CourseOutline } from '../course-list';
import { rowsOfCourse, type Mark } from '../courses';
import { coreSkills } from '../skills';
import type { Place } from './places';

const market: Omit<CourseOutline, 'key'> = {
  title: ['Chợ quê không tiền mặt (demo)', 'The village market without cash (demo)'],
  summary: [
    'Dành cho tiểu thương và người đi chợ. Tập quét mã, xem đúng tên người nhận, rồi ra chợ làm thật.',
    'For stall keepers and shoppers. Practise scanning, check the name, then go to the market and do it.',
  ],
  bring: ['Điện thoại có tài khoản ngân hàng, kính lão nếu có.', 'A phone with a bank account, your reading glasses.'],
  lessons: [
    { title: ['Khóa tài khoản cho chắc', 'Lock your account well'], skills: ['E1', 'F1'] },
    { title: ['Quét mã ở sạp hàng', 'Scan at the stall'], skills: ['E2', 'B3'] },
    { title: ['Trả tiền điện, nước', 'Pay the bills'], skills: ['E3'] },
  ],
};

/** What was learnt from the first classes: a lesson on scams was missing. */
const marketNow: Omit<CourseOutline, 'key'> = {
  ...market,
  lessons: [
    ...market.lessons,
    { title: ['Tin nhắn chuyển khoản giả', 'Forged transfer messages'], skills: ['F2', 'F3'] },
  ],
};

const source = provinceCourses.find(({ key }) => key === 'zalo');

/** A unit's own courses: one in its second version, one copied from the province and made shorter, one put away. */
export function unitCourses({ unit }: Place): Record<'first' | 'second' | 'copy' | 'old', CourseOutline> {
  if (!source) throw new Error('No course to copy');
  const key = (name: string) => `demo/${unit.id}/${name}`;
  const title = [`${source.title[0]} ở chợ (demo)`, `${source.title[1]}, at the market (demo)`] as const;
  const old = ['Tập gõ chữ có dấu (demo)', 'Typing Vietnamese marks (demo)'] as const;
  return {
    first: { ...market, key: key('market/1') },
    second: { ...marketNow, key: key('market/2') },
    copy: { ...source, key: key('zalo'), title, lessons: source.lessons.slice(0, 2) },
    old: { ...market, key: key('typing'), title: old, lessons: market.lessons.slice(0, 1) },
  };
}

/** Writes them down as of a day. */
export function makeCourses(place: Place, today: string, world: Record<'course' | 'lesson' | 'lesson_skill', Row[]>) {
  const core = coreSkills();
  const { first, second, copy, old } = unitCourses(place);
  const ago = (days: number) => momentOf(addDays(today, -days), '09:00');
  const write = (outline: CourseOutline, mark: Omit<Mark, 'areaId' | 'position'>) => {
    const rows = rowsOfCourse(outline, { areaId: place.unit.id, position: 1000, ...mark }, core);
    world.course.push(rows.course);
    world.lesson.push(...rows.lessons);
    world.lesson_skill.push(...rows.skills);
  };
  write(first, { changedAt: ago(150), replacedAt: ago(40) });
  write(second, { series: first.key, version: 2, lineageOf: first.key, changedAt: ago(40) });
  write(copy, { copiedFrom: 'zalo', lineageOf: 'zalo', changedAt: ago(25) });
  write(old, { changedAt: ago(160), retiredAt: ago(90) });
}
