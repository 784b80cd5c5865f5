import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { tidy } from '@/lib/kernel/text';
import { cellAt, momentShown, shownAs } from './rules';
import { sheetLimits, type Sheet, type SheetRow } from './schema';
import { SheetRefused } from './refused';

type Parts = ReadonlyMap<string, Entry>;
interface Tags {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/**
 * Reads the first sheet of an XLSX that shows. Only the parts needed are unpacked, as a stream that is cut off at its limit: whatever
 * the file says of itself, it never takes more. Throws `SheetRefused` with what is wrong.
 */
export async function readXlsx(bytes: Buffer): Promise<Sheet> {
  const zip = await openZip(bytes);
  const parts = await partsOf(zip);
  const { path, since1904 } = await firstSheet(zip, parts);
  const strings = await sharedStrings(zip, parts);
  const shown = await formats(zip, parts);
  return readSheet(zip, parts, path, { strings, shown, since1904 });
}

async function openZip(bytes: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true });
  } catch {
    throw new SheetRefused('sheetBroken');
  }
}

async function partsOf(zip: ZipFile): Promise<Parts> {
  const parts = new Map<string, Entry>();
  if (zip.entryCount > sheetLimits.parts) throw new SheetRefused('sheetUnpacksTooLarge');
  try {
    for await (const entry of zip.eachEntry()) parts.set(entry.fileName.replace(/^\//, ''), entry);
  } catch {
    throw new SheetRefused('sheetBroken');
  }
  if (!parts.has('xl/workbook.xml')) throw new SheetRefused('notASheet');
  return parts;
}

/** Goes through one part; what is missing is gone through as if it were empty. */
async function parse(zip: ZipFile, parts: Parts, path: string, tags: Tags): Promise<void> {
  const entry = parts.get(path);
  if (!entry) return;
  if (entry.isEncrypted()) throw new SheetRefused('sheetLocked');
  if (entry.uncompressedSize > sheetLimits.unpacked) throw new SheetRefused('sheetUnpacksTooLarge');
  const parser = new SaxesParser();
  const broken = () => {
    throw new SheetRefused('sheetBroken');
  };
  parser.on('error', broken);
  parser.on('doctype', broken); // an XLSX has none; where there is one, somebody is trying something
  // What is open is held in memory, whatever is read of it.
  let depth = 0;
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > sheetLimits.depth) broken();
    tags.open?.(local(tag.name), tag.attributes);
  });
  if (tags.text) {
    parser.on('text', tags.text);
    parser.on('cdata', tags.text);
  }
  parser.on('closetag', (tag) => {
    depth -= 1;
    tags.close?.(local(tag.name));
  });
  try {
    const stream = await zip.openReadStreamPromise(entry);
    await feed(stream, parser);
  } catch (error) {
    throw error instanceof SheetRefused ? error : new SheetRefused('sheetBroken');
  }
}

/** A chunk at a time: others are served in between, and nothing is held but what the chunk said. */
async function feed(stream: Readable, parser: SaxesParser): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let read = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    read += chunk.length;
    if (read > sheetLimits.unpacked) throw new SheetRefused('sheetUnpacksTooLarge');
    parser.write(decoder.write(chunk));
  }
  parser.write(decoder.end()).close();
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

/** The part of the first sheet that is not hidden, by the workbook's own list. */
async function firstSheet(zip: ZipFile, parts: Parts): Promise<{ path: string; since1904: boolean }> {
  let id: string | undefined;
  let since1904 = false;
  await parse(zip, parts, 'xl/workbook.xml', {
    open: (name, attributes) => {
      if (name === 'workbookPr') since1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
      if (name === 'sheet' && (attributes.state ?? 'visible') === 'visible')
        id ??= Object.entries(attributes).find(([key]) => local(key) === 'id' && key !== 'id')?.[1];
    },
  });
  let target: string | undefined;
  await parse(zip, parts, 'xl/_rels/workbook.xml.rels', {
    open: (name, attributes) => {
      if (name === 'Relationship' && attributes.Id === id) target = attributes.Target;
    },
  });
  const path = target?.startsWith('/') ? target.slice(1) : `xl/${target ?? ''}`;
  if (!id || !target || !parts.has(path)) throw new SheetRefused('sheetBroken');
  return { path, since1904 };
}

/** What `_x0041_` stands for (ECMA-376, 22.9.2.19). */
const unescaped = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Adds up letters, and refuses when they are too many for a list. */
function letterCounter(): (text: string) => string {
  let letters = 0;
  return (text) => {
    letters += text.length;
    if (letters > sheetLimits.text) throw new SheetRefused('sheetTooMuchText');
    return text;
  };
}

async function sharedStrings(zip: ZipFile, parts: Parts): Promise<readonly string[]> {
  const strings: string[] = [];
  const counted = letterCounter();
  let text = '';
  let reading = false;
  let phonetic = 0;
  await parse(zip, parts, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic += 1;
      reading = name === 't' && phonetic === 0;
    },
    text: (piece) => {
      if (reading) text += counted(piece);
    },
    close: (name) => {
      if (name === 'rPh') phonetic -= 1;
      if (name === 't') reading = false;
      if (name === 'si') strings.push(counted(text));
    },
  });
  return strings;
}

type Shown = readonly ('date' | 'time' | null)[];

/** What each cell style shows its numbers as. */
async function formats(zip: ZipFile, parts: Parts): Promise<Shown> {
  const own = new Map<number, Shown[number]>();
  const shown: ('date' | 'time' | null)[] = [];
  let inCells = false;
  await parse(zip, parts, 'xl/styles.xml', {
    open: (name, attributes) => {
      if (name === 'numFmt') {
        const code = (attributes.formatCode ?? '').slice(0, sheetLimits.format);
        own.set(Number(attributes.numFmtId), shownAs(0, code));
      }
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const id = Number(attributes.numFmtId ?? 0);
      const as = own.get(id);
      shown.push(as === undefined ? shownAs(id, undefined) : as);
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return shown;
}

interface Known {
  readonly strings: readonly string[];
  readonly shown: Shown;
  readonly since1904: boolean;
}

interface CellSeen {
  column: number;
  type: string;
  style: number;
  formula: boolean;
  value: string;
}

/** What a cell says, as text. */
function said(cell: CellSeen, { strings, shown, since1904 }: Known): string {
  const { type, value } = cell;
  if (type === 's') return unescaped(strings[Number(value)] ?? '');
  if (type === 'inlineStr' || type === 'str' || type === 'e' || type === 'd') return unescaped(value);
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (value.trim() === '') return '';
  const as = shown[cell.style] ?? null;
  if (as) return momentShown(Number(value), as, since1904) ?? value;
  return /^-?\d{1,15}$/.test(value) ? value : String(Number(value));
}

/** A stretch of merged cells; its reference is shown and kept, so it may be no longer than one can be. */
function mergeAt(ref: string): Sheet['merges'][number] {
  if (ref.length > '$XFD$1048576:$XFD$1048576'.length) throw new SheetRefused('sheetBroken');
  return { ref, lastRow: cellAt(ref.split(':').at(-1) ?? '')?.row ?? 0 };
}

async function readSheet(zip: ZipFile, parts: Parts, path: string, known: Known): Promise<Sheet> {
  const rows: SheetRow[] = [];
  const merges: { ref: string; lastRow: number }[] = [];
  const counted = letterCounter();
  let number = 0;
  let cells: string[] = [];
  let formulas: number[] = [];
  let cell: CellSeen | null = null;
  let next = 0;
  let reading = false;
  const openCell = (attributes: Readonly<Record<string, string>>) => {
    const at = attributes.r === undefined ? { column: next } : cellAt(attributes.r);
    if (!at) throw new SheetRefused('sheetBroken');
    next = at.column + 1;
    const { t: type = 'n', s: style = '0' } = attributes;
    cell = { column: at.column, type, style: Number(style), formula: false, value: '' };
  };
  const closeCell = (seen: CellSeen) => {
    const text = tidy(counted(said(seen, known)).slice(0, sheetLimits.cell + 1));
    if (text === '' && !seen.formula) return;
    if (seen.column >= sheetLimits.columns) throw new SheetRefused('sheetTooManyColumns');
    while (cells.length < seen.column) cells.push('');
    cells[seen.column] = text;
    if (seen.formula) formulas.push(seen.column);
  };
  const closeRow = () => {
    if (cells.length === 0) return;
    if (rows.length > sheetLimits.rows) throw new SheetRefused('sheetTooManyRows');
    rows.push(formulas.length > 0 ? { number, cells, formulas } : { number, cells });
    cells = [];
    formulas = [];
  };
  await parse(zip, parts, path, {
    open: (name, attributes) => {
      if (name === 'row') {
        number = attributes.r === undefined ? number + 1 : Number(attributes.r);
        next = 0;
      } else if (name === 'c') openCell(attributes);
      else if (name === 'f' && cell) cell.formula = true;
      else if (name === 'v' || name === 't') reading = cell !== null;
      else if (name === 'mergeCell' && merges.length < 1000) merges.push(mergeAt(attributes.ref ?? ''));
    },
    text: (piece) => {
      if (reading && cell && cell.value.length <= sheetLimits.cell) cell.value += piece;
    },
    close: (name) => {
      if (name === 'v' || name === 't') reading = false;
      else if (name === 'c' && cell) {
        closeCell(cell);
        cell = null;
      } else if (name === 'row') closeRow();
    },
  });
  return { format: 'xlsx', rows, merges };
}
