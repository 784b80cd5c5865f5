import { addDays } from '@/lib/kernel/clock';
import { formatDate, formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { lastDayOf, periodAfter, periodAround } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import { unitKinds, type AreaKind } from '@/lib/area/schema';
import type { IndicatorValue } from '@/lib/indicator/schema';
import type { ChangedFigure, ReportFigure, ReportInFull, ReportLine, ReportState } from './schema';

/** The day of the month reports are due where nobody set another. */
export const usualDueDay = 20;

/** The day a period's report is due: that day of the month in which it closed (periods close on the 14th, so from the 15th on). */
export function dueOn(period: Period, day: number): string {
  return `${period.to.slice(0, 8)}${String(day).padStart(2, '0')}`;
}

/** Whether it should have been handed in by now and was not. */
export function isOverdue(state: ReportState | null, due: string, today: string): boolean {
  return today > due && (state === null || state === 'draft' || state === 'returned');
}

/** The last administrative month that has closed. */
export function lastClosed(today: string): Period {
  return periodAfter(periodAround(today, 'administrative', 'month'), -1);
}

/** The periods one may look at: the month that runs and eleven before it, the quarter and the year that run and those before. */
export function periodChoices(today: string): Period[] {
  const back = (grain: 'month' | 'quarter' | 'year', count: number) => {
    const running = periodAround(today, 'administrative', grain);
    return Array.from({ length: count }, (_, index) => periodAfter(running, -index));
  };
  return [...back('month', 12), ...back('quarter', 4), ...back('year', 2)];
}

/** A period in words: "tháng 11 năm 2026", "November 2026". */
export function periodWords(locale: Locale, period: Period): string {
  const { grain, nth, year } = period;
  if (locale === 'vi')
    return grain === 'year' ? `năm ${year}` : `${grain === 'month' ? 'tháng' : 'quý'} ${nth} năm ${year}`;
  if (grain === 'month') return formatDate('en', `${year}-${String(nth).padStart(2, '0')}-01`).replace(/^1 /, '');
  return grain === 'year' ? String(year) : `quarter ${nth} of ${year}`;
}

/** "15/10/2026 – 14/11/2026". */
export function periodDays(locale: Locale, period: Period): string {
  return `${formatDate(locale, period.from)} – ${formatDate(locale, lastDayOf(period))}`;
}

/** Whether the period is over, so that its report can be handed in. */
export function hasClosed(period: Period, today: string): boolean {
  return today >= addDays(lastDayOf(period), 1);
}

/** How a figure is written where it cannot be said. */
export interface UnsaidWords {
  readonly hidden: string;
  readonly missing: string;
}
export const unsaidVi: UnsaidWords = { hidden: 'không nêu', missing: '—' };

/** Its share in percent; null where it is no share, or of nothing. */
export function shareOf({ value, of }: Pick<ReportFigure, 'value' | 'of'>): number | null {
  return value !== null && of !== null && of > 0 ? (100 * value) / of : null;
}

/** A figure in words: "412 / 1.930 người (21,3 %)", "không nêu", "—". The same on the page, on paper, in Word and in the picture. */
export function figureWords(locale: Locale, figure: ReportFigure, unsaid: UnsaidWords): string {
  if (figure.hidden) return unsaid.hidden;
  if (figure.value === null) return unsaid.missing;
  const unit = figure.unitWord === '' ? '' : ` ${figure.unitWord}`;
  const value = formatNumber(locale, figure.value, 1);
  if (figure.of === null) return `${value}${unit}`;
  const share = shareOf(figure);
  return `${value} / ${formatNumber(locale, figure.of, 1)}${unit}${share === null ? '' : ` (${formatNumber(locale, share, 1)}\u00a0%)`}`;
}

const same = (one: ReportFigure, other: ReportFigure) =>
  one.value === other.value && one.of === other.of && one.hidden === other.hidden;

/**
 * Figures that are others by now than when they were frozen; those the registry no longer holds are not compared. Null where nothing can be
 * compared at all: then nobody may say that nothing has changed.
 */
export function changedSince(frozen: readonly ReportFigure[], now: readonly ReportFigure[]): ChangedFigure[] | null {
  const current = new Map(now.map((figure) => [figure.code, figure]));
  const compared = frozen.flatMap((figure) => {
    const today = current.get(figure.code);
    return today ? [{ code: figure.code, name: figure.name, frozen: figure, now: today }] : [];
  });
  return compared.length === 0 ? null : compared.filter((one) => !same(one.frozen, one.now));
}

/**
 * What was frozen as it may be read today. Of units and above what is signed stands, and nothing is hidden today that would need it not to be known; of a
 * village, too small for that, what is hidden today is not told by its report either.
 */
export function toldToday<Figure extends Pick<IndicatorValue, 'code' | 'value' | 'of' | 'hidden'>>(
  kind: AreaKind,
  frozen: readonly Figure[],
  now: readonly Pick<IndicatorValue, 'code' | 'hidden'>[],
): Figure[] {
  if (kind === 'province' || unitKinds.some((unit) => unit === kind)) return [...frozen];
  const hidden = new Set(now.flatMap((one) => (one.hidden ? [one.code] : [])));
  return frozen.map((one) => (hidden.has(one.code) ? { ...one, value: null, of: null, hidden: true } : one));
}

/** What a picture of one screen shows, the most telling first, as many as fit above its foot; what is nought or not told says nothing there. */
const telling = ['R03', 'R28', 'R22', 'R01', 'R20', 'R26', 'R02', 'R17', 'R08', 'R16', 'R23', 'R18'];
export function headlineFigures(figures: readonly ReportFigure[], most = 5): ReportFigure[] {
  const rank = ({ code }: ReportFigure) => {
    const at = telling.indexOf(code);
    return at < 0 ? telling.length : at;
  };
  return figures
    .filter(({ value }) => value !== null && value > 0)
    .toSorted((one, other) => rank(one) - rank(other))
    .slice(0, most);
}

/** Whether a step is the reader's to take now: to sign what is open, to answer what is handed in, to lock what is approved. */
export function hasTurn({ state, hands }: Pick<ReportInFull, 'state' | 'hands'>): boolean {
  return state === 'draft' || state === 'returned'
    ? hands.includes('sign')
    : state !== 'locked' && hands.includes('approve');
}

const turn: Record<ReportState | 'none', number> = {
  submitted: 0,
  returned: 2,
  draft: 3,
  none: 4,
  approved: 5,
  locked: 6,
};

/** Those that wait for an answer first, since it is the reader's turn; then the overdue; the order given is kept among equals. */
export function byUrgency(lines: readonly ReportLine[]): ReportLine[] {
  const rank = ({ overdue, state }: ReportLine) => (overdue ? 1 : turn[state ?? 'none']);
  return lines.toSorted((one, other) => rank(one) - rank(other));
}

/**
 * Text as a picture can draw it: Latin letters with every Vietnamese mark, digits, signs of writing. Anything else would be looked for on the
 * network by the library that draws, and the portal asks nobody outside.
 */
export function drawable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\u0020-\u007e\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u2013\u2014\u2018-\u201d\u2026]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
