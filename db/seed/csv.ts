/** Rows of a CSV text (RFC 4180, quoted fields may hold commas, quotes and line breaks) as objects by column name. */
export function parseCsv(text: string): Record<string, string>[] {
  const [head = [], ...rows] = cellsOf(text.replace(/^\uFEFF/, '').normalize('NFC'));
  return rows.map((cells, index) => {
    if (cells.length !== head.length)
      throw new Error(`CSV row ${index + 2} has ${cells.length} cells, not ${head.length}`);
    return Object.fromEntries(head.map((name, at) => [name, cells[at] ?? '']));
  });
}

function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end = ''] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (row.length === 0 && quoted === undefined && plain === '' && end !== ',') continue; // an empty line, or the end
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** A cell that must be there. */
export function cell(row: Record<string, string>, name: string): string {
  const value = row[name];
  if (value === undefined) throw new Error(`CSV: no column ${name}`);
  return value;
}

/** A cell with a number in it, or null when empty. */
export function numberOf(row: Record<string, string>, name: string): number | null {
  const value = cell(row, name);
  if (value === '') return null;
  if (!Number.isFinite(Number(value))) throw new Error(`CSV: ${name} is not a number: ${value}`);
  return Number(value);
}
