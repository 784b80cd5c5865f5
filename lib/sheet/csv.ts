import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { tidy } from '@/lib/kernel/text';
import { SheetRefused } from './refused';
import { separatorOf } from './rules';
import { sheetLimits, type Sheet, type SheetRow } from './schema';

/**
 * The text of a file, in UTF-8 or as Excel's "Unicode text". Anything else is refused rather than guessed: Vietnamese in TCVN3,
 * VNI or Windows-1258 read as something else is wrong in every name.
 */
function textOf(bytes: Buffer): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const text = new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\u0000')) throw new SheetRefused('notASheet');
    return text;
  } catch (error) {
    throw error instanceof SheetRefused ? error : new SheetRefused('notUtf8');
  }
}

/** Reads a CSV, whatever separates its cells. Rows bear the numbers a spreadsheet would give them. Throws `SheetRefused`. */
export async function readCsv(bytes: Buffer): Promise<Sheet> {
  const whole = textOf(bytes);
  // Excel's own hint, which it shows nobody.
  const hint = /^sep=(.)\r?\n/.exec(whole);
  const text = hint ? whole.slice(hint[0].length) : whole;
  const parser = Readable.from(pieces(text)).pipe(
    parse({
      delimiter: hint?.[1] ?? separatorOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: 200_000,
    }),
  );
  const rows: SheetRow[] = [];
  let number = 0;
  try {
    for await (const record of parser) {
      number += 1;
      const cells = Array.isArray(record)
        ? record.map((cell) => tidy(String(cell).slice(0, sheetLimits.cell + 1)))
        : [];
      while (cells.at(-1) === '') cells.pop();
      if (cells.length === 0) continue;
      if (cells.length > sheetLimits.columns) throw new SheetRefused('sheetTooManyColumns');
      if (rows.length > sheetLimits.rows) throw new SheetRefused('sheetTooManyRows');
      rows.push({ number, cells });
    }
  } catch (error) {
    throw error instanceof SheetRefused ? error : new SheetRefused('sheetBroken');
  }
  return { format: 'csv', rows, merges: [] };
}

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536);
}
