import { speaker } from '@/lib/i18n/messages';
import type { Column } from './rules';
import type { CellProblem, ImportKind } from './schema';

type Language = 'vi' | 'en';

/** What a column is called in a language. */
export const columnName = (language: Language, kind: ImportKind, key: string) =>
  speaker(language, 'import')(`columns.${kind}.${key}`);

/** A kind's columns with their names in both languages and other names people use for them. */
export function columnsOf(kind: ImportKind, columns: Readonly<Record<string, ColumnRule>>): Column[] {
  return Object.entries(columns).map(([key, { required = false, also = [] }]) => ({
    key,
    required,
    names: [columnName('vi', kind, key), columnName('en', kind, key), ...also],
  }));
}
export interface ColumnRule {
  readonly required?: true;
  readonly also?: readonly string[];
}

/** A problem in words, for the sheet of bad rows: "Năm sinh: …". */
export function inWords(language: Language, kind: ImportKind, { column, reason }: CellProblem): string {
  const say = speaker(language, 'errors');
  return column === '' ? say(reason) : `${columnName(language, kind, column)}: ${say(reason)}`;
}
