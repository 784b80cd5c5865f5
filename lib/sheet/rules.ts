/** The letters of a column, counted from 0: A, B, … Z, AA. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26) - 1;
  return (rest >= 0 ? columnLetters(rest) : '') + String.fromCharCode(65 + (index % 26));
}

/** The column and row of a reference such as `AB12`, the column counted from 0; null when it is none. */
export function cellAt(ref: string): { column: number; row: number } | null {
  const [, letters = '', digits = ''] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(ref) ?? [];
  if (!letters) return null;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { column, row: Number(digits) };
}

const builtInDates = new Set([14, 15, 16, 17, 22, 27, 30, 36, 50, 57]);
const builtInTimes = new Set([18, 19, 20, 21, 45, 46, 47]);

/** Whether a number format shows a date, a time of day, or neither (ECMA-376, 18.8.30). Brackets do not nest: one left open costs nothing. */
export function shownAs(formatId: number, code: string | undefined): 'date' | 'time' | null {
  if (code === undefined) return builtInDates.has(formatId) ? 'date' : builtInTimes.has(formatId) ? 'time' : null;
  const letters = code
    .replace(/"[^"]*"|\\.|\[[^[\]]*\]|_.|\*./g, '')
    .split(';')[0]
    ?.toLowerCase();
  if (!letters || /general|@/.test(letters)) return null;
  if (/[yd]/.test(letters)) return 'date';
  return /[hs]/.test(letters) ? 'time' : null;
}

/** The day (`yyyy-mm-dd`) or time (`HH:MM`) a spreadsheet's number stands for. It counts a 29 February 1900 that never was. */
export function momentShown(serial: number, as: 'date' | 'time', since1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_465) return null;
  if (as === 'time') {
    const minutes = Math.round((serial % 1) * 1440) % 1440;
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  }
  const days = Math.floor(serial) + (since1904 ? 1462 : 0);
  return new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Whether a spreadsheet would take the text for a formula (OWASP, CSV injection): it begins with one of the signs, in any width, after
 * whatever it leaves out of sight.
 */
export function looksLikeFormula(text: string): boolean {
  return /^[\s\p{Cc}\p{Cf}\p{Z}'",;]*[=+\-@|%\t\r\n＝＋－＠﹢﹣﹦﹫−]/u.test(text);
}

/** The separator that most of the first lines are cut by, quoted parts left out; a comma when none is. */
export function separatorOf(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  const counted = [';', ',', '\t', '|'].map((sign) => {
    const counts = lines.map((line) => line.split(sign).length - 1);
    const most = Math.max(0, ...counts);
    return { sign, score: counts.filter((count) => count > 0 && count === most).length * most };
  });
  counted.sort((a, b) => b.score - a.score);
  return counted[0] && counted[0].score > 0 ? counted[0].sign : ',';
}
