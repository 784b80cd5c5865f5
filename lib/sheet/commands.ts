import { setImmediate as breathe } from 'node:timers/promises';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { columnLetters, looksLikeFormula } from './rules';
import type { SheetFormat, SheetToWrite } from './schema';

export const sheetTypes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const;

/**
 * Writes a list as XLSX (first sheet; more may follow as notes) or as CSV that Excel opens in Vietnamese. There is never a live formula:
 * in an XLSX text is stored as text in cells of the format "text", in a CSV what looks like a formula begins with an apostrophe.
 */
export async function writeSheet(
  format: SheetFormat,
  sheet: SheetToWrite,
  notes: readonly SheetToWrite[] = [],
): Promise<Buffer> {
  return format === 'csv' ? writeCsv(sheet) : writeXlsx([sheet, ...notes]);
}

/** A cell no spreadsheet runs and no cell of which breaks out of its quotes. */
function csvCell(value: string | number | null): string {
  if (typeof value === 'number') return String(value);
  const text = (value ?? '').replaceAll('\u0000', '');
  return `"${(looksLikeFormula(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

function writeCsv({ columns, rows }: SheetToWrite): Buffer {
  const lines = [columns.map(({ header }) => header), ...rows.map(({ cells }) => cells)];
  // With the mark without which Excel takes it for the machine's old encoding.
  return Buffer.from(`\uFEFF${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`, 'utf8');
}

/** What may stand in XML at all, with Excel's own escapes kept what they are. */
const xmlText = (text: string) =>
  text
    .slice(0, 32_000)
    .replace(/\p{Cs}/gu, '\ufffd')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';

/** Styles of cells: text, a heading, a marked cell, a number. Format 49 is "text": what is typed over it stays text too. */
const styles = `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="11"/><name val="Arial"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE3EFE4"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFE08A"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"><alignment wrapText="1" vertical="top"/></xf><xf numFmtId="49" fontId="0" fillId="3" borderId="0" xfId="0" applyNumberFormat="1" applyFill="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>`;
const style = { text: 0, heading: 1, marked: 2, number: 3 } as const;

const textCell = (ref: string, text: string, as: number) =>
  `<c r="${ref}" s="${as}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;

function cellOf(value: string | number | null, ref: string, marked: boolean): string {
  if (typeof value === 'number' && Number.isFinite(value))
    return `<c r="${ref}" s="${style.number}"><v>${value}</v></c>`;
  if (value === null || value === '') return marked ? `<c r="${ref}" s="${style.marked}"/>` : '';
  return textCell(ref, String(value), marked ? style.marked : style.text);
}

function* sheetXml({ columns, rows }: SheetToWrite): Generator<string> {
  const widths = columns.map(
    ({ width = 18 }, at) =>
      `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${style.text}" customWidth="1"/>`,
  );
  yield `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>`;
  const headings = columns.map(({ header }, at) => textCell(`${columnLetters(at)}1`, header, style.heading));
  yield `<row r="1">${headings.join('')}</row>`;
  for (const [at, { cells, marked = [] }] of rows.entries()) {
    const row = at + 2;
    yield `<row r="${row}">${cells.map((cell, column) => cellOf(cell, `${columnLetters(column)}${row}`, marked.includes(column))).join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}

/** Names of sheets: at most 31 letters, without the signs Excel keeps for itself. */
const sheetName = (name: string, at: number) =>
  xmlText(
    name
      .replace(/[[\]:*?/\\']/g, ' ')
      .slice(0, 31)
      .trim() || `Sheet${at + 1}`,
  );

function partsAround(sheets: readonly SheetToWrite[]): [string, string][] {
  const numbers = sheets.map((_, at) => at + 1);
  return [
    [
      '[Content_Types].xml',
      `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${numbers.map((at) => `<Override PartName="/xl/worksheets/sheet${at}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${sheets.map(({ name }, at) => `<sheet name="${sheetName(name, at)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${head}<Relationships xmlns="${packaged}/relationships">${numbers.map((at) => `<Relationship Id="rId${at}" Type="${relations}/worksheet" Target="worksheets/sheet${at}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', styles],
  ];
}

async function writeXlsx(sheets: readonly SheetToWrite[]): Promise<Buffer> {
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, data) => {
    if (error) throw error;
    packed.push(data);
  });
  for (const [name, content] of partsAround(sheets)) {
    const part = new ZipDeflate(name);
    zip.add(part);
    part.push(strToU8(content), true);
  }
  for (const [at, sheet] of sheets.entries()) {
    const part = new ZipDeflate(`xl/worksheets/sheet${at + 1}.xml`);
    zip.add(part);
    for (const piece of inPieces(sheetXml(sheet))) {
      part.push(strToU8(piece));
      await breathe(); // others are served in between
    }
    part.push(new Uint8Array(0), true);
  }
  zip.end();
  return Buffer.concat(packed);
}

function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < 100_000) continue;
    yield piece;
    piece = '';
  }
  if (piece) yield piece;
}
