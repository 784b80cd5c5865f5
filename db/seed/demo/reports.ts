import { addDays, dayOf, momentOf } from '../../../lib/kernel/clock';
import { provinceId } from '../areas';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import { Dice } from './dice';
import type { Place } from './places';

interface ReportRows {
  person: Row[];
  class_session: Row[];
  attendance: Row[];
  report: Row[];
  report_remark: Row[];
  report_step: Row[];
  report_figure: Row[];
  report_due: Row[];
}

interface Month {
  /** `k2026-11`: from 15 October to 14 November. */
  key: string;
  from: string;
  to: string;
  year: number;
}

const two = (value: number) => String(value).padStart(2, '0');

/** The administrative month that ended on the 14th before a day, or so many months before that one (the portal's own are in lib/period). */
function monthClosed(day: string, back: number): Month {
  const closed =
    Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - (Number(day.slice(8, 10)) >= 15 ? 0 : 1) - back;
  const on15 = (index: number) => `${Math.floor(index / 12)}-${two((index % 12) + 1)}-15`;
  const year = Math.floor(closed / 12);
  return { key: `k${year}-${two((closed % 12) + 1)}`, from: on15(closed - 1), to: on15(closed), year };
}

/** What the registers of the demo world say of a month, by the areas in which it happened or people live. */
function countsOf(rows: ReportRows) {
  const people = new Map(rows.person.map((row) => [row.id, row]));
  const came = new Set<unknown>(['present', 'late', 'left_early']);
  const days = new Map(
    rows.class_session.flatMap(({ id = null, status, starts_at }) =>
      status === 'held' && starts_at instanceof Date ? [[id, dayOf(starts_at)] as const] : [],
    ),
  );
  const held = rows.class_session.flatMap(({ id = null, area_id }) => {
    const day = days.get(id);
    return day === undefined ? [] : [{ day, areaId: Number(area_id) }];
  });
  const visits = rows.attendance.flatMap(({ session_id = null, person_id = null, area_id, state }) => {
    const day = days.get(session_id);
    return day !== undefined && came.has(state)
      ? [{ day, areaId: Number(area_id), person: people.get(person_id) }]
      : [];
  });
  const kept = new Map<string, { held: typeof held; visits: typeof visits }>();
  const ofMonth = ({ key, from, to }: Month) => {
    const known = kept.get(key);
    if (known) return known;
    const within = ({ day }: { day: string }) => day >= from && day < to;
    const found = { held: held.filter(within), visits: visits.filter(within) };
    kept.set(key, found);
    return found;
  };
  return (areas: ReadonlySet<number>, month: Month) => {
    const found = ofMonth(month);
    const living = new Set(
      found.visits.flatMap(({ person }) => (person && areas.has(Number(person.area_id)) ? [person] : [])),
    );
    const count = (is: (row: Row) => boolean) => [...living].filter(is).length;
    return {
      R01: found.held.filter(({ areaId }) => areas.has(areaId)).length,
      R02: found.visits.filter(({ areaId }) => areas.has(areaId)).length,
      R03: living.size,
      R22: count(({ birth_year }) => typeof birth_year === 'number' && month.year - birth_year >= 60),
      R26: count(({ gender }) => gender === 'female'),
    };
  };
}

const indicators = [
  ['R01', 'Số lớp, buổi đã tổ chức', 'Sessions held', 'sessions'],
  ['R02', 'Số lượt người tham gia', 'Attendances (visits)', 'visits'],
  ['R03', 'Số người tham gia (không trùng)', 'Unique participants', 'people'],
  ['R22', 'Số người cao tuổi (60+) được hỗ trợ', 'Older people (60+) supported', 'people'],
  ['R26', 'Số phụ nữ tham gia', 'Women participating', 'people'],
] as const;

const obstacles = [
  'Hai thôn ở xa chưa có sóng buổi tối, người học phải xuống nhà văn hóa trung tâm (demo).',
  'Nhiều cô bác dùng chung điện thoại với con cháu, không mang theo được khi đi học (demo).',
  'Mùa mưa bão phải hoãn ba buổi, đường vào thôn ngập (demo).',
  'Thiếu người ngồi kèm vào buổi sáng vì đoàn viên đi học, đi làm (demo).',
] as const;
const proposals = [
  'Đề nghị tỉnh hỗ trợ loa và máy chiếu cho hai nhà văn hóa (demo).',
  'Đề nghị cử thêm Đại sứ số biết tiếng Bru cho các bản (demo).',
  'Mở thêm lớp buổi tối từ 19 giờ 30 để người đi rừng, đi biển về kịp (demo).',
] as const;

type Step = readonly [
  from: string | null,
  to: string,
  day: number,
  time: string,
  by: 'writer' | 'signer' | 'above',
  reason?: string,
];

const written: Step = [null, 'draft', 0, '08:10', 'writer'];
const signed: Step = ['draft', 'submitted', 2, '15:40', 'signer'];
const paths = {
  draft: [written],
  submitted: [written, signed],
  returned: [
    written,
    signed,
    [
      'submitted',
      'returned',
      4,
      '09:05',
      'above',
      'Còn ba buổi tháng trước chưa điểm danh, xin rà lại rồi nộp (demo).',
    ],
  ],
  approved: [written, signed, ['submitted', 'approved', 4, '09:20', 'above']],
  locked: [
    written,
    signed,
    ['submitted', 'approved', 4, '09:20', 'above'],
    ['approved', 'locked', 6, '16:00', 'above'],
  ],
} as const satisfies Record<string, readonly Step[]>;
type Path = keyof typeof paths;

interface Wanted {
  areaId: number;
  unitId: number | null;
  areas: ReadonlySet<number>;
  month: Month;
  path: Path;
  below: { areaId: number; name: string; obstacles: string; proposals: string }[];
}

function people(unitId: number | null, village: boolean) {
  const leader = unitId === null ? accountOf('province_leader', provinceId) : accountOf('unit_leader', unitId);
  const organiser = unitId === null ? leader : accountOf('organiser', unitId);
  const province = accountOf('province_leader', provinceId);
  return village
    ? { writer: organiser, signer: organiser, above: leader }
    : { writer: organiser, signer: leader, above: province };
}

const nameless = {
  writer: 'Cán bộ Mặt trận (demo)',
  signer: 'Lãnh đạo Mặt trận (demo)',
  above: 'Trần Thị Minh Hòa (demo)',
};

function addReport(
  wanted: Wanted,
  counted: ReturnType<typeof countsOf>,
  rows: ReportRows,
): { obstacles: string; proposals: string } {
  const { areaId, unitId, areas, month, path, below } = wanted;
  const key = `demo/report/${areaId}/${month.key}`;
  const dice = new Dice(key);
  const id = idOf(key);
  const who = people(unitId, unitId !== null && unitId !== areaId);
  const words = { obstacles: dice.pick(obstacles), proposals: dice.pick(proposals) };
  rows.report.push({
    id,
    area_id: areaId,
    period: month.key,
    closes_on: month.to,
    revision: 1,
    created_at: momentOf(month.to, '08:10'),
    created_by: who.writer,
  });
  rows.report_remark.push({
    report_id: id,
    area_id: areaId,
    ...words,
    number: '',
    version: 2,
    updated_at: momentOf(month.to, '10:30'),
    updated_by: who.writer,
  });
  for (const [from, to, day, time, by, reason = ''] of paths[path] as readonly Step[]) {
    const stepId = idOf(`${key}/${to}`);
    rows.report_step.push({
      id: stepId,
      report_id: id,
      area_id: areaId,
      from_state: from,
      to_state: to,
      reason,
      content: to === 'submitted' ? JSON.stringify({ number: '', ...words, below }) : null,
      at: momentOf(addDays(month.to, day), time),
      by: who[by],
      by_name: who[by] === null ? nameless[by] : '',
    });
    if (to !== 'submitted') continue;
    const counts = counted(areas, month);
    indicators.forEach(([code, name_vi, name_en, unit], position) => {
      const value = counts[code];
      // Groups are told by the year only; what a live report would not tell the demo does not either.
      const hidden = code === 'R22' || code === 'R26' || (unit === 'people' && value > 0 && value < 10);
      rows.report_figure.push({
        step_id: stepId,
        report_id: id,
        area_id: areaId,
        position,
        code,
        name_vi,
        name_en,
        unit,
        kind: 'computed',
        value: hidden ? null : value,
        of: null,
        hidden,
        computed_at: momentOf(addDays(month.to, day), time),
      });
    });
  }
  return words;
}

/**
 * Reports of the last months: in the two units shown in full each state somewhere, two villages that write their own, one that was given back; in ten
 * more units some approved, some waiting, one never finished; the rest have not begun. The province's own of an earlier month.
 */
export function makeReports(places: readonly Place[], today: string, rows: ReportRows): void {
  const counted = countsOf(rows);
  // A week after the close, so that every step lies behind us.
  const months = [3, 2, 1, 0].map((back) => monthClosed(addDays(today, -7), back));
  const rich = places.filter((place) => place.rich);
  const others = places.filter(({ rich: full, activity }) => !full && activity > 0.8).slice(0, 10);
  const told: Wanted['below'] = [];
  for (const [nth, month] of months.entries()) {
    const newest = nth === months.length - 1;
    for (const [at, place] of [...rich, ...others].entries()) {
      const unitId = place.unit.id;
      const areas = new Set([unitId, ...place.villages.map((village) => village.id)]);
      const below = place.rich
        ? place.villages.slice(0, 2).map((village, which) => {
            const path = newest ? (which === 0 ? 'approved' : 'submitted') : 'locked';
            const words = addReport(
              { areaId: village.id, unitId, areas: new Set([village.id]), month, path, below: [] },
              counted,
              rows,
            );
            return { areaId: village.id, name: village.name, ...words };
          })
        : [];
      const path = pathOf(at, nth, newest);
      const words = addReport({ areaId: unitId, unitId, areas, month, path, below }, counted, rows);
      if (nth === 1 && path === 'locked') told.push({ areaId: unitId, name: place.unit.fullNameVi, ...words });
    }
  }
  const [, earlier] = months;
  if (!earlier) return;
  const all = new Set(places.flatMap(({ unit, villages }) => [unit.id, ...villages.map(({ id }) => id)]));
  addReport(
    {
      areaId: provinceId,
      unitId: null,
      areas: new Set([provinceId, ...all]),
      month: earlier,
      path: 'approved',
      below: told,
    },
    counted,
    rows,
  );
  rows.report_due.push({
    area_id: provinceId,
    day: 20,
    set_at: momentOf('2026-01-05', '08:00'),
    set_by: accountOf('province_leader', provinceId),
  });
}

/** How far the report of the n-th unit is: of the newest month all kinds, of the month before one that was never finished. */
function pathOf(at: number, month: number, newest: boolean): Path {
  if (newest)
    return (
      (['returned', 'draft', 'submitted', 'submitted', 'approved', 'approved'] as const)[at] ??
      (at % 2 === 0 ? 'locked' : 'draft')
    );
  if (month === 2) return at === 1 ? 'approved' : at === 7 ? 'draft' : 'locked';
  return 'locked';
}
