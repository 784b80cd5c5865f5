import { dayOf, timeOf, weekdayOf } from '@/lib/kernel/clock';
import type { Locale } from './routing';

// Written by hand, not with Intl: the words must not change with the ICU data of the machine, and a day is said in full.
const weekdays = {
  vi: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ Nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const asDay = (when: Date | string) => (typeof when === 'string' ? when : dayOf(when));

/** "Thứ Ba" / "Tuesday"; `weekday` is Monday 1 to Sunday 7. */
export function formatWeekday(locale: Locale, weekday: number): string {
  return weekdays[locale][weekday - 1] ?? '';
}

/** "24/11/2026" / "24 November 2026". Takes a moment or a day (`yyyy-mm-dd`). */
export function formatDate(locale: Locale, when: Date | string): string {
  const [year = '', month = '', day = ''] = asDay(when).split('-');
  return locale === 'vi' ? `${day}/${month}/${year}` : `${Number(day)} ${months[Number(month) - 1] ?? ''} ${year}`;
}

/** "Thứ Ba, 24/11/2026" / "Tuesday, 24 November 2026". */
export function formatDay(locale: Locale, when: Date | string): string {
  return `${formatWeekday(locale, weekdayOf(asDay(when)))}, ${formatDate(locale, when)}`;
}

/** "19:30", in the portal's zone. */
export function formatTime(_locale: Locale, when: Date): string {
  return timeOf(when);
}

/** "19:30 – 21:00", with spaces that do not break. */
export function formatTimeRange(locale: Locale, from: Date, to: Date): string {
  return `${formatTime(locale, from)}\u00a0–\u00a0${formatTime(locale, to)}`;
}

/** "Thứ Ba, 24/11/2026, 19:30". */
export function formatDateTime(locale: Locale, when: Date): string {
  return `${formatDay(locale, when)}, ${formatTime(locale, when)}`;
}

/** "Thứ Ba, 24/11/2026, 19:30 – 21:00"; a range over midnight names both days. */
export function formatDateTimeRange(locale: Locale, from: Date, to: Date): string {
  if (dayOf(from) !== dayOf(to)) return `${formatDateTime(locale, from)} – ${formatDateTime(locale, to)}`;
  return `${formatDay(locale, from)}, ${formatTimeRange(locale, from, to)}`;
}

/** "1.870.845,5" / "1,870,845.5", with at most `decimals` digits after the point; "—" when there is no figure. */
export function formatNumber(locale: Locale, value: number | null | undefined, decimals = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '—';
  const [whole = '0', rest = ''] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, locale === 'vi' ? '.' : ',');
  const fraction = rest.replace(/0+$/, '');
  const text = fraction ? `${grouped}${locale === 'vi' ? ',' : '.'}${fraction}` : grouped;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** What several answers say, in one line: each begins with a capital by itself, here only the first. */
export const listed = (words: readonly string[]): string =>
  words.map((word, at) => (at === 0 ? word : word.slice(0, 1).toLocaleLowerCase('vi') + word.slice(1))).join(', ');
