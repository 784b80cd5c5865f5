import { deflateRawSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** An XLSX made by hand: `sheet` is what stands in its worksheet, `more` replaces or adds parts. */
export function book(sheet: string, more: Record<string, string> = {}): Buffer {
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}">${sheet}</worksheet>`,
    ...more,
  };
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))));
}

/** Rows of inline text, as a worksheet holds them. */
export const rowsOf = (rows: readonly (readonly string[])[]) =>
  `<sheetData>${rows
    .map(
      (cells, at) =>
        `<row r="${at + 1}">${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`,
    )
    .join('')}</sheetData>`;

/**
 * A worksheet that unpacks to `megabytes` of spaces; `says` is the size it claims to have, in both of its headers. Written by hand,
 * since no library writes a lie.
 */
export function bomb(megabytes: number, says?: number): Buffer {
  const block = Buffer.alloc(1_000_000, ' ');
  const content = Buffer.concat([
    Buffer.from(`<worksheet xmlns="${main}"><sheetData>`),
    ...Array.from({ length: megabytes }, () => block),
    Buffer.from('</sheetData></worksheet>'),
  ]);
  const real = book('').toString('latin1');
  const base = Buffer.from(real, 'latin1');
  return withPart(base, 'xl/worksheets/sheet1.xml', deflateRawSync(content, { level: 9 }), says ?? content.length);
}

/** Replaces a part of a zip by ready-packed bytes with a size of one's choice: the last central record wins, as readers take it. */
function withPart(zip: Buffer, name: string, packed: Buffer, size: number): Buffer {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  const count = zip.readUInt16LE(end + 10);
  const centralSize = zip.readUInt32LE(end + 12);
  const centralAt = zip.readUInt32LE(end + 16);
  const nameBytes = Buffer.from(name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(packed.length, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(nameBytes.length, 26);
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(20, 4);
  record.writeUInt16LE(20, 6);
  record.writeUInt16LE(8, 10);
  record.writeUInt32LE(packed.length, 20);
  record.writeUInt32LE(size, 24);
  record.writeUInt16LE(nameBytes.length, 28);
  record.writeUInt32LE(centralAt, 42);
  const local = Buffer.concat([header, nameBytes, packed]);
  const tail = Buffer.from(zip.subarray(end));
  tail.writeUInt16LE(count + 1, 8);
  tail.writeUInt16LE(count + 1, 10);
  tail.writeUInt32LE(centralSize + record.length + nameBytes.length, 12);
  tail.writeUInt32LE(centralAt + local.length, 16);
  return Buffer.concat([
    zip.subarray(0, centralAt),
    local,
    zip.subarray(centralAt, centralAt + centralSize),
    record,
    nameBytes,
    tail,
  ]);
}
