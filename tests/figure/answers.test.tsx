import { NextIntlClientProvider } from 'next-intl';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test, vi } from 'vitest';
import { Beside } from '@/components/figure/beside';
import { MapSection } from '@/components/figure/map-section';
import { Headlines } from '@/components/figure/headlines';
import { Sentence } from '@/components/figure/sentence';
import { Verdict } from '@/components/figure/verdict';
import { unjudged } from '@/lib/figure/rules';
import type { Dashboard, FigureOf, PlaceRow } from '@/lib/figure/schema';
import type { MapFigure } from '@/lib/map/schema';
import { messagesOf } from '@/lib/i18n/messages';
import { periodOf } from '@/lib/period/rules';
import type { Standing } from '@/lib/target/schema';

vi.mock('@/lib/i18n/navigation', () => ({
  Link: ({ children, href }: { children: ReactElement; href: string }) => <a href={href}>{children}</a>,
}));

const [year, last] = [periodOf('k2026'), periodOf('k2025')];
if (!year || !last) throw new Error('years are periods');

const target = {
  value: 100,
  source: '',
  areaId: 44,
  areaNameVi: 'Tỉnh Quảng Trị',
  areaNameEn: 'Quảng Trị',
  period: 'k2026',
};
const standing = (code: string, more: Partial<Standing> = {}): Standing => ({
  code,
  nameVi: `Chỉ số ${code}`,
  nameEn: code,
  unit: 'person',
  shownAs: 'count',
  actual: 80,
  of: null,
  hidden: false,
  target: { ...target, code },
  pace: 50,
  forecast: null,
  sessions: null,
  room: null,
  byYear: false,
  ...more,
});

const dashboard = (more: Partial<Dashboard>): Dashboard => ({
  area: {
    id: 44,
    kind: 'province',
    nameVi: 'Quảng Trị',
    nameEn: 'Quảng Trị',
    fullNameVi: 'Tỉnh Quảng Trị',
    fullNameEn: 'Quảng Trị province',
    mayLookUp: false,
    above: [],
    tops: [],
  },
  period: year,
  figures: {},
  beside: last,
  before: {},
  standings: [],
  adults: [],
  eligible: {},
  places: [],
  placeKind: 'unit',
  months: [],
  skills: [],
  missing: { total: 0, first: [] },
  demand: { people: 0, areas: [] } as unknown as Dashboard['demand'],
  classes: [],
  tiles: null,
  boundaries: null,
  freshAt: null,
  coreSkills: 15,
  ...more,
});

const words = (page: ReactElement) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="vi" messages={messagesOf('vi')} timeZone="Asia/Ho_Chi_Minh">
      {page}
    </NextIntlClientProvider>,
  )
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

test('a rate that rose by less than a point is said with its decimal, never as +0', () => {
  const attendance = (value: number): FigureOf => ({ attendance: { all: { value, of: 1000 } } });
  const page = words(<Beside dashboard={dashboard({ figures: attendance(805), before: attendance(802) })} />);
  expect(page).toContain('80,2 % 80,5 % +0,3 điểm %');
  expect(page).not.toContain('+0 điểm');
});

test('of a period in which nobody was counted a headline says nothing', () => {
  const reached = (value: number) => ({ people_reached: { all: { value, of: value }, age60: null } });
  const shown = words(<Headlines dashboard={dashboard({ figures: reached(120), before: {} })} />);
  expect(shown).not.toContain('kỳ năm 2025');
  const hidden = words(
    <Headlines
      dashboard={dashboard({ figures: reached(120), before: { people_reached: { all: null, age60: null } } })}
    />,
  );
  expect(hidden).not.toContain('kỳ năm 2025');
  expect(words(<Headlines dashboard={dashboard({ figures: reached(120), before: reached(90) })} />)).toContain(
    'kỳ năm 2025: 90',
  );
});

test('the verdict names each target that cannot be judged, with the reason', () => {
  const standings = [
    standing('R03'),
    standing('R08', { shownAs: 'share', hidden: true, actual: null, pace: null }),
    standing('R09', { shownAs: 'share', actual: null, pace: null }),
    standing('R20', { shownAs: 'share', actual: 12, of: null, pace: null }),
    standing('R28b', { pace: null }),
  ];
  expect(unjudged(standings).map(({ row, why }) => [row.code, why])).toEqual([
    ['R08', 'hidden'],
    ['R09', 'missing'],
    ['R20', 'whole'],
    ['R28b', 'pace'],
  ]);
  const page = words(<Verdict dashboard={dashboard({ standings })} address={{ path: '/dashboard', params: {} }} />);
  expect(page).toContain('Kịp chỉ tiêu đã đặt');
  expect(page).not.toContain('Kịp cả 1');
  for (const code of ['R08', 'R09', 'R20', 'R28b']) expect(page).toContain(`Chỉ số ${code}:`);
  expect(page).not.toContain('Chỉ số R03:');
});

test('a group that is never told of such a period is not called small', () => {
  const period = periodOf('k2026-11') ?? year;
  const figures: FigureOf = { people_reached: { all: { value: 4000, of: 4100 }, age60: null } };
  const month = words(<Sentence dashboard={dashboard({ period, figures })} />);
  expect(month).toContain('ở tỉnh Quảng Trị đã đến lớp không nêu: số đến lớp theo tuổi chỉ nêu theo kỳ năm');
  expect(month).not.toMatch(/vì (nhỏ|ít)/);
  expect(words(<Sentence dashboard={dashboard({ figures })} />)).toContain('không nêu, vì ít hoặc để lộ số ít người');
});

test('a target of the other calendar’s year says for which it was set', () => {
  const standings = [standing('R03', { target: { ...target, code: 'R03', period: '2026' } })];
  const figures: FigureOf = { people_reached: { all: { value: 80, of: 90 } } };
  expect(words(<Headlines dashboard={dashboard({ figures, standings })} />)).toContain('Chỉ tiêu đặt cho năm 2026');
});

test('the map shows what the address asks for, and keeps what is hidden hidden', () => {
  const place = (id: number, more: Partial<PlaceRow>): PlaceRow => ({
    id,
    kind: 'ward',
    like: 'ward',
    nameVi: `Phường ${id}`,
    nameEn: `Ward ${id}`,
    reached: undefined,
    reachedAge60: { value: 20, of: 20 },
    core: { value: 30, of: 90 },
    skills: undefined,
    attendance: undefined,
    held: { value: 12, of: 12 },
    classes: undefined,
    missing: 0,
    older: 100,
    unreached: 80,
    perThousand: 201,
    sessionsPerThousand: 33,
    corePerThousand: 47,
    aims: null,
    ...more,
  });
  const tiles = { cells: [1, 2].map((areaId) => ({ areaId, column: areaId, row: 1 })), columns: 2, rows: 1 };
  const shown = (asked: MapFigure | undefined) =>
    words(
      <MapSection
        dashboard={dashboard({
          places: [place(1, {}), place(2, { core: null, corePerThousand: null })],
          tiles: tiles as unknown as Dashboard['tiles'],
        })}
        address={{ path: '/dashboard', params: {} }}
        asked={asked}
      />,
    );
  expect(shown(undefined)).toContain('201');
  expect(shown('sessions')).toContain('33');
  expect(shown('sessions')).not.toContain('201');
  expect(shown('core')).toContain('47');
  expect(shown('core')).toContain('ẩn');
});

test('of a group whose months are not told the card says how it was foreseen, and how far the year has come in place of a trend', () => {
  const forecast = { value: 96, band: { low: 88, high: 104 } };
  const standings = [standing('R22', { byYear: true, forecast })];
  const reached = (older: number): FigureOf => ({ people_reached: { age60: { value: older, of: older } } });
  const card = (more: Partial<Dashboard>) =>
    words(
      <Headlines
        dashboard={dashboard({
          figures: reached(80),
          before: reached(160),
          freshAt: new Date('2026-06-15T05:00:00Z'),
          standings,
          ...more,
        })}
      />,
    );
  const page = card({});
  expect(page).toContain('Dự tính cuối kỳ: 96 (khoảng 88 đến 104)');
  expect(page).toContain('Số từng tháng của nhóm này không nêu.');
  expect(page).toContain('Bằng 50 % của cả kỳ năm 2025; kỳ này đã qua 49,9 %');
  expect(card({ standings: [standing('R22', { forecast })] })).not.toContain('Số từng tháng của nhóm này');
  // Where months are told they are drawn; of a year that is over there is nothing to add.
  const month = periodOf('k2026-05') ?? year;
  expect(card({ months: [{ month, figures: reached(20) }] })).not.toContain('kỳ này đã qua');
  expect(card({ freshAt: new Date('2026-12-20T05:00:00Z') })).not.toContain('kỳ này đã qua');
});

describe('sessions that are needed', () => {
  const freshAt = new Date('2026-11-30T05:00:00Z');
  const page = (more: Partial<Standing>) =>
    words(
      <Verdict
        dashboard={dashboard({ freshAt, standings: [standing('R99', { actual: 20, pace: 50, ...more })] })}
        address={{ path: '/dashboard', params: {} }}
      />,
    );
  test('stand beside how many there is room for in the days left', () => {
    expect(page({ sessions: 14, room: 20 })).toContain(
      'Cần thêm khoảng 14 buổi; cứ nhịp này, 15 ngày còn lại dạy được khoảng 20 buổi.',
    );
    expect(page({ sessions: 14, room: 6 })).toContain('15 ngày còn lại chỉ dạy được khoảng 6 buổi.');
  });
  test('are no number where nobody could hold them', () => {
    const far = page({ sessions: 3_140_801, room: 104 });
    expect(far).toContain('Chỉ thêm buổi thì không kịp');
    expect(far).toContain('khoảng 104 buổi, mà cần gấp hơn 10 lần.');
    expect(far).not.toContain('3.140.801');
  });
});

test('the verdict names all that is behind, the furthest first, each as its card does', () => {
  const standings = [
    standing('R01', { actual: 40 }),
    standing('R28b', { actual: 10 }),
    standing('R03', { actual: 90 }),
    standing('R99', { actual: 45 }),
  ];
  const page = words(<Verdict dashboard={dashboard({ standings })} address={{ path: '/dashboard', params: {} }} />);
  expect(page).toContain('Chậm nhất: Tự làm được cả 15 kỹ năng cốt lõi. Đang có 10, chỉ tiêu 100, đáng lẽ đến nay 50.');
  expect(page).toContain('Cũng chậm: Buổi đã dạy (40, đáng lẽ 50); Chỉ số R99 (45, đáng lẽ 50).');
  expect(page).not.toContain('Người đã đến lớp');
});

test('a month without targets leads to its year', () => {
  const of = (key: string) =>
    words(
      <Verdict
        dashboard={dashboard({ period: periodOf(key) ?? year })}
        address={{ path: '/dashboard', params: { period: key } }}
      />,
    );
  expect(of('k2026-11')).toContain('Nơi này chưa có chỉ tiêu cho kỳ này. Xem kỳ năm 2026');
  expect(of('k2026')).not.toContain('Xem kỳ năm');
});

test('the two or three places that did not declare are named, more are counted', () => {
  const silent = (id: number) => ({ id, nameVi: `Xã ${id}`, nameEn: `Commune ${id}`, older: null }) as PlaceRow;
  const figures: FigureOf = { people_reached: { age60: { value: 80, of: 80 } } };
  const page = (places: PlaceRow[]) =>
    words(
      <Sentence
        dashboard={dashboard({
          figures,
          places,
          eligible: {
            age60: {
              people: 900,
              complete: false,
              declared: 78 - places.length,
              places: 78,
              hidden: false,
              leftOut: 0,
            },
          } as unknown as Dashboard['eligible'],
        })}
      />,
    );
  expect(page([silent(1), silent(2)])).toContain('Xã 1 và Xã 2 chưa khai có bao nhiêu người cao tuổi');
  expect(page([1, 2, 3, 4].map(silent))).toContain('Mới 74 trong 78 xã, phường khai');
});

test('what a hidden number means is said of the period at hand: groups are spoken of only where they are never told', () => {
  const figures: FigureOf = { people_reached: { all: null, age60: null } };
  const page = (key: string) => words(<Headlines dashboard={dashboard({ figures, period: periodOf(key) ?? year })} />);
  expect(page('k2026')).toContain('“Ẩn”: số của ít người');
  expect(page('k2026')).not.toContain('chỉ nêu theo kỳ năm');
  expect(page('k2026-11')).toContain('chỉ nêu theo kỳ năm');
});
