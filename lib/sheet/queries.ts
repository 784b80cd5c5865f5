import { refuse, type Refusal } from '@/lib/kernel/result';
import { readCsv } from './csv';
import { SheetRefused } from './refused';
import { sheetLimits, type Sheet } from './schema';
import { readXlsx } from './xlsx';

/** What the first bytes say a file is, whatever its name says. */
function kindOf(bytes: Buffer): 'zip' | 'oldExcel' | 'notASheet' | 'text' {
  const begins = (...signature: number[]) => signature.every((byte, at) => bytes[at] === byte);
  if (begins(0x50, 0x4b)) return 'zip';
  // The container of .xls, and of an .xlsx with a password.
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) return 'oldExcel';
  if (begins(0x25, 0x50, 0x44, 0x46) || begins(0x89, 0x50, 0x4e, 0x47) || begins(0xff, 0xd8, 0xff)) return 'notASheet';
  return /^\uFEFF?\s*<[!?a-z]/i.test(bytes.subarray(0, 300).toString('utf8')) ? 'notASheet' : 'text';
}

/**
 * Reads a list from an XLSX or CSV, by what it is and not by what it is called: its first sheet, row by row, within `sheetLimits`.
 * Never more than some tens of MB, whatever was sent. Refused, with a reason in words: no sheet at all (`notASheet`), an old or locked
 * one, one that unpacks too large, has too many rows, columns or letters, is cut off, or is in an old encoding (`notUtf8`).
 */
export async function readSheet(bytes: Buffer): Promise<Refusal | Sheet> {
  if (bytes.length > sheetLimits.bytes) return refuse('fileTooLarge');
  if (bytes.length === 0) return refuse('sheetEmpty');
  const kind = kindOf(bytes);
  if (kind === 'oldExcel') return refuse('oldExcel');
  if (kind === 'notASheet') return refuse('notASheet');
  try {
    const sheet = await (kind === 'zip' ? readXlsx(bytes) : readCsv(bytes));
    return sheet.rows.length === 0 ? refuse('sheetEmpty') : sheet;
  } catch (error) {
    if (error instanceof SheetRefused) return { refused: error.reason };
    throw error;
  }
}
