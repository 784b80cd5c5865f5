import { columnLetters } from '@/lib/sheet/rules';
import type { Sheet, SheetRow } from '@/lib/sheet/schema';
import { fold } from '@/lib/kernel/text';
import { shownLetters, type CellProblem } from './schema';

/** A column of a kind of list: its key, the names it goes by in either language, and whether it must be there. */
export interface Column {
  readonly key: string;
  readonly names: readonly string[];
  readonly required: boolean;
}

/** Where the columns of a list stand in a sheet. */
export interface Heading {
  /** As the spreadsheet numbers it. */
  readonly row: number;
  /** Column of the sheet by key. */
  readonly at: ReadonlyMap<string, number>;
  readonly problems: readonly CellProblem[];
}

/** Rows above the heading: a title, who made the list. */
const mostAbove = 15;

const problem = (row: number, column: number | null, key: string, reason: string, value = ''): CellProblem => ({
  row,
  at: column === null ? '' : columnLetters(column),
  column: key,
  reason,
  // Never half a sign at the end: the database takes none.
  value: value.slice(0, shownLetters).replace(/\p{Cs}/gu, ''),
  warning: false,
});

/**
 * Finds the heading: of the first rows the one that names most columns, in Vietnamese or English, with or without marks and notes in
 * brackets. Null when no row names two. A required column that is missing, or one that is there twice, is a problem of its own.
 */
export function findHeading(sheet: Sheet, columns: readonly Column[]): Heading | null {
  const byName = new Map(columns.flatMap(({ key, names }) => names.map((name) => [fold(name), key] as const)));
  const named = (text: string) => byName.get(fold(text)) ?? byName.get(fold(text.replace(/\(.*/, ''))) ?? null;
  let best: { row: SheetRow; keys: (string | null)[]; count: number } | null = null;
  for (const row of sheet.rows.slice(0, mostAbove)) {
    const keys = row.cells.map(named);
    const count = new Set(keys.filter((key) => key !== null)).size;
    if (count > (best?.count ?? 0)) best = { row, keys, count };
  }
  if (!best || best.count < Math.min(2, columns.length)) return null;
  const at = new Map<string, number>();
  const problems: CellProblem[] = [];
  for (const [column, key] of best.keys.entries()) {
    if (key === null) continue;
    if (at.has(key)) problems.push(problem(best.row.number, column, key, 'columnTwice', best.row.cells[column]));
    else at.set(key, column);
  }
  for (const { key, required } of columns)
    if (required && !at.has(key)) problems.push(problem(best.row.number, null, key, 'columnMissing'));
  return { row: best.row.number, at, problems };
}

/** What stands in the columns of one row, by key; formulas are named. */
export interface ListRow {
  readonly number: number;
  readonly values: Readonly<Record<string, string>>;
  readonly formulas: readonly string[];
}

/** The rows below the heading that say something in a column of the list. */
export function listRows(sheet: Sheet, heading: Heading): ListRow[] {
  return sheet.rows
    .filter(({ number }) => number > heading.row)
    .map(({ number, cells, formulas = [] }) => ({
      number,
      values: Object.fromEntries([...heading.at].map(([key, column]) => [key, cells[column] ?? ''])),
      formulas: [...heading.at].filter(([, column]) => formulas.includes(column)).map(([key]) => key),
    }))
    .filter(({ values, formulas }) => formulas.length > 0 || Object.values(values).some((value) => value !== ''));
}

/** Says what is wrong with the cell of a column in a row, or worth a look. */
export function problemAt(heading: Heading, row: ListRow, key: string, reason: string, warning = false): CellProblem {
  return { ...problem(row.number, heading.at.get(key) ?? null, key, reason, row.values[key] ?? ''), warning };
}

/** Merged cells below the heading: which row the value belongs to cannot be known. */
export function mergedBelow(sheet: Sheet, heading: Heading): CellProblem[] {
  return sheet.merges
    .filter(({ lastRow }) => lastRow > heading.row)
    .map(({ ref, lastRow }) => {
      const [first = ''] = ref.split(':');
      const row = Number(first.replace(/\D/g, '')) || lastRow;
      return { row, at: first.replace(/\d/g, ''), column: '', reason: 'cellsMerged', value: ref, warning: false };
    });
}

/** A day as people type it: 24/11/2026, 24-11-2026, 2026-11-24. As `yyyy-mm-dd`, or as it was where it is none. */
export function typedDay(typed: string): string {
  const [, day, month, year] = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(typed) ?? [];
  return day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : typed;
}

/** The year of a year or of a whole date of birth: a birth year alone is enough, and all that is kept. */
export function yearTyped(typed: string): string {
  return /^\d{1,2}[/.\- ]\d{1,2}[/.\- ](\d{4})$/.exec(typed)?.[1] ?? /^(\d{4})-\d\d-\d\d/.exec(typed)?.[1] ?? typed;
}

/** One of some words, each said in several ways; undefined where it is none of them. */
export function wordFor<W extends string>(typed: string, words: Readonly<Record<W, readonly string[]>>): W | undefined {
  const said = fold(typed);
  for (const word in words) if (words[word].some((way) => fold(way) === said)) return word;
  return undefined;
}

/** Days of the week, Monday 1 to Sunday 7: "Thứ Ba, thứ 5", "T3 T5", "3,5" as Vietnamese count them, "Tue, Thu". Null where one is none. */
export function weekdaysTyped(typed: string): number[] | null {
  const names = ['hai mon', 'ba tue', 'tu wed', 'nam thu', 'sau fri', 'bay sat', 'cn chunhat sun'].map((one) =>
    one.split(' '),
  );
  const english =
    /[a-z]{3}/i.test(typed) && /\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b/i.test(typed) && !/th[uứ]\s/i.test(typed);
  const folded = fold(typed).replace(/chu nhat/g, 'cn');
  const plain = english ? folded : folded.replace(/\bthu\b/g, ' ').replace(/\bt(?=[2-8]\b)/g, ' ');
  const words = plain
    .replace(/\b(va|and)\b/g, ' ')
    .split(' ')
    .filter(Boolean);
  const days = words.map((word) => {
    if (/^[2-7]$/.test(word)) return Number(word) - 1;
    if (word === '8') return 7;
    return names.findIndex((ways) => ways.includes(english ? word.slice(0, 3) : word)) + 1;
  });
  return days.length === 0 || days.includes(0) ? null : [...new Set(days)].sort();
}

const partsOfDay = {
  morning: /\b(sang|morning)s?\b/g,
  afternoon: /\b(chieu|afternoon)s?\b/g,
  evening: /\b(toi|evening)s?\b/g,
} as const;
type PartOfDay = keyof typeof partsOfDay;

/**
 * Parts of the week: "Thứ Hai sáng; Thứ Tư chiều, tối", "T2 T4 tối", "Sat morning", each day and part once, in order. Between commas every piece with a part of its own stands for
 * itself. Null where one is none.
 */
export function weekPartsTyped(typed: string): { weekday: number; part: PartOfDay }[] | null {
  const order = ['morning', 'afternoon', 'evening'] as const;
  const partsIn = (piece: string) => order.filter((part) => fold(piece).search(partsOfDay[part]) >= 0);
  const daysIn = (piece: string) =>
    weekdaysTyped(order.reduce((rest, part) => rest.replace(partsOfDay[part], ' '), fold(piece)).trim());
  const pieces = typed
    .split(/[;\n]/)
    .filter((piece) => fold(piece) !== '')
    .flatMap((piece) => {
      const bits = piece.split(',');
      return bits.every((bit) => partsIn(bit).length > 0 && daysIn(bit) !== null) ? bits : [piece];
    });
  const found = new Map<string, { weekday: number; part: PartOfDay }>();
  for (const piece of pieces) {
    const [days, parts] = [daysIn(piece), partsIn(piece)];
    if (days === null || parts.length === 0) return null;
    for (const weekday of days) for (const part of parts) found.set(`${weekday} ${part}`, { weekday, part });
  }
  return [...found.values()].toSorted(
    (one, other) => one.weekday - other.weekday || order.indexOf(one.part) - order.indexOf(other.part),
  );
}
