import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../lib/kernel/result';
import { writeSheet } from '../../lib/sheet/commands';
import { readSheet } from '../../lib/sheet/queries';
import { cellAt, columnLetters, separatorOf } from '../../lib/sheet/rules';
import { sheetLimits } from '../../lib/sheet/schema';
import { bomb, book, rowsOf } from './books';

const read = async (bytes: Buffer) => {
  const sheet = await readSheet(bytes);
  if (isRefusal(sheet)) throw new Error(sheet.refused);
  return sheet;
};
const cells = async (bytes: Buffer) => (await read(bytes)).rows.map((row) => row.cells);
const refusal = async (bytes: Buffer) => {
  const sheet = await readSheet(bytes);
  return isRefusal(sheet) ? sheet.refused : 'read';
};

describe('an XLSX', () => {
  test('is read with shared, inline and rich text, numbers, dates, times and booleans, each at its place', async () => {
    const bytes = book(
      `<sheetData><row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c><c r="D3"><v>912345678</v></c>
       <c r="E3" s="1"><v>46350</v></c><c r="F3" s="2"><v>0.8125</v></c><c r="G3" s="3"><v>46350.5</v></c><c r="H3" t="b"><v>1</v></c><c r="I3"><v>1.954E3</v></c></row></sheetData>`,
      {
        'xl/sharedStrings.xml':
          '<sst><si><t>Nguyễn Thị Hoà</t></si><si><r><t>Thôn </t></r><r><t>1</t></r><rPh><t>kana</t></rPh></si></sst>',
        'xl/styles.xml':
          '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="164"/></cellXfs></styleSheet>',
      },
    );
    const { rows } = await read(bytes);
    expect(rows).toEqual([
      {
        number: 3,
        cells: ['', 'Nguyễn Thị Hoà', 'Thôn 1', '912345678', '2026-11-24', '19:30', '2026-11-24', 'TRUE', '1954'],
      },
    ]);
  });

  test('tells which cells hold a formula and which are merged', async () => {
    const sheet = await read(
      book(`<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c><c r="C1"><f>WEBSERVICE("http://x")</f></c></row></sheetData>
        <mergeCells><mergeCell ref="A1:A4"/></mergeCells>`),
    );
    expect(sheet.rows[0]).toEqual({ number: 1, cells: ['1', '2', ''], formulas: [1, 2] });
    expect(sheet.merges).toEqual([{ ref: 'A1:A4', lastRow: 4 }]);
  });

  test('that unpacks to hundreds of MB is refused by what it says, and by what it does where it lies', async () => {
    const bombs = [bomb(60), bomb(60, 1000)];
    const started = Date.now();
    const answers: string[] = [];
    for (const one of bombs) answers.push(await refusal(one));
    expect(answers).toEqual(['sheetUnpacksTooLarge', 'sheetBroken']);
    // Neither was unpacked: bench/import.ts measures the memory.
    expect(Date.now() - started).toBeLessThan(2000);
  });

  test('with 1 000 columns, 30 000 rows, or endless text is refused; empty styled cells beyond the edge are not counted', async () => {
    expect(await refusal(book(rowsOf([Array.from({ length: 1000 }, (_, at) => `c${at}`)])))).toBe(
      'sheetTooManyColumns',
    );
    expect(await refusal(book(rowsOf(Array.from({ length: 30_000 }, () => ['x']))))).toBe('sheetTooManyRows');
    expect(
      await refusal(book('<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="ZZZ1" s="0"/></row></sheetData>')),
    ).toBe('read');
    const text = 'a'.repeat(sheetLimits.text / 10);
    const strings = `<sst>${Array.from({ length: 11 }, () => `<si><t>${text}</t></si>`).join('')}</sst>`;
    expect(await refusal(book('<sheetData/>', { 'xl/sharedStrings.xml': strings }))).toBe('sheetTooMuchText');
  });

  test('with an entity bomb, a foreign document inside, or cut off at any byte is refused and never breaks the reader', async () => {
    const entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>';
    expect(await refusal(book('', { 'xl/worksheets/sheet1.xml': `${entities}<worksheet>&b;</worksheet>` }))).toBe(
      'sheetBroken',
    );
    expect(await refusal(book('', { 'xl/workbook.xml': '<html>' }))).toBe('sheetBroken');
    const whole = book(rowsOf([['a', 'b']]));
    const cuts = Array.from({ length: 60 }, (_, at) => Math.floor((whole.length * (at + 1)) / 61));
    for (const cut of cuts) expect(await refusal(whole.subarray(0, cut))).not.toBe('read');
  });

  test('whose number format is endless and never closed keeps nobody waiting', async () => {
    const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="${'['.repeat(100_000)}"/></numFmts><cellXfs>${'<xf numFmtId="164"/>'.repeat(2000)}</cellXfs></styleSheet>`;
    const bytes = book(rowsOf([['a']]), { 'xl/styles.xml': styles });
    expect(bytes.length).toBeLessThan(2000);
    const started = Date.now();
    expect(await cells(bytes)).toEqual([['a']]);
    // It took nine seconds for each such format, with everybody waiting.
    expect(Date.now() - started).toBeLessThan(1000);
  });

  test('that nests without end, or names a merged stretch without end, is refused before it takes memory', async () => {
    const nested = (deep: number) => book(`${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}`);
    expect(await refusal(nested(1_000_000))).toBe('sheetBroken');
    expect(await refusal(nested(40))).toBe('sheetEmpty');
    const merged = (ref: string) => book(`${rowsOf([['a'], ['b']])}<mergeCells><mergeCell ref="${ref}"/></mergeCells>`);
    expect(await refusal(merged(`${'A'.repeat(1_000_000)}:B2`))).toBe('sheetBroken');
    expect(await refusal(merged('$A$1048575:$XFD$1048576'))).toBe('read');
  });

  test('without its namespace spelt the usual way, and with its sheet elsewhere, is read; hidden sheets are passed over', async () => {
    const bytes = book('', {
      'xl/workbook.xml':
        '<x:workbook xmlns:x="m" xmlns:q="r"><x:sheets><x:sheet name="h" state="hidden" q:id="r1"/><x:sheet name="s" q:id="r2"/></x:sheets></x:workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/other/s.xml"/></Relationships>',
      'other/s.xml':
        '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>đây</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>',
    });
    expect(await cells(bytes)).toEqual([['đây']]);
  });
});

describe('a CSV', () => {
  test('is read with any separator, with or without mark, quotes and line ends of any kind', async () => {
    for (const sign of [',', ';', '\t', '|'])
      for (const mark of ['', '\uFEFF'])
        for (const end of ['\n', '\r\n']) {
          const text = `${mark}Họ và tên${sign}Năm sinh${end}"Lê ${sign} ""Tý"" A"${sign}1954${end}${end}B${sign}${end}`;
          const { rows } = await read(Buffer.from(text));
          expect(rows).toEqual([
            { number: 1, cells: ['Họ và tên', 'Năm sinh'] },
            { number: 2, cells: [`Lê ${sign} "Tý" A`.replaceAll('\t', ' ').replace(/\s+/g, ' '), '1954'] },
            { number: 4, cells: ['B'] },
          ]);
        }
  });
  test('in Excel’s Unicode text is read; in Windows-1258 or TCVN3 it is refused with that reason', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Họ tên\tNăm\nLê\t1950\n', 'utf16le')]);
    expect(await cells(utf16)).toEqual([
      ['Họ tên', 'Năm'],
      ['Lê', '1950'],
    ]);
    expect(await refusal(Buffer.from([0x48, 0xf2, 0x20, 0x74, 0xea, 0x6e, 0x2c, 0x31]))).toBe('notUtf8');
    expect(await refusal(Buffer.from('H\xe4 v\xb5 t\xaan;N\xa8m sinh\n', 'latin1'))).toBe('notUtf8');
  });
});

test('a file is known by what it is, whatever its name says', async () => {
  expect(await refusal(Buffer.from('%PDF-1.7'))).toBe('notASheet');
  expect(await refusal(Buffer.from('<html><table><tr><td>x</td></tr></table></html>'))).toBe('notASheet');
  expect(await refusal(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))).toBe('oldExcel');
  expect(await refusal(Buffer.from([0x89, 0x50, 0x4e, 0x47]))).toBe('notASheet');
  expect(await refusal(Buffer.from('PK\u0003\u0004 this is no zip'))).toBe('sheetBroken');
  expect(await refusal(Buffer.from('a\u0000b'))).toBe('notASheet');
  expect(await refusal(Buffer.alloc(0))).toBe('sheetEmpty');
  expect(await refusal(Buffer.from('\n\n ,,\n'))).toBe('sheetEmpty');
  expect(await refusal(Buffer.alloc(sheetLimits.bytes + 1, 'a'))).toBe('fileTooLarge');
});

test('whatever bytes are sent, the answer is a sheet or a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, asZip) => {
      const sent = Buffer.from(asZip ? [0x50, 0x4b, 3, 4, ...bytes] : bytes);
      expect(await readSheet(sent)).toBeTypeOf('object');
    }),
    { numRuns: 300 },
  );
});

test('what was written is read back the same, in both formats', async () => {
  const word = fc.string({
    unit: fc.constantFrom('a', 'Đ', 'ệ', '<', '&', '"', ';', ',', '_x0041_', '😀', ' '),
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 8 }), async (rows) => {
      const sheet = {
        name: 'S',
        columns: [{ header: 'một' }, { header: 'hai' }],
        rows: rows.map((pair) => ({ cells: pair })),
      };
      const tidied = rows
        .map((pair) => pair.map((text) => text.replace(/\s+/g, ' ').trim()))
        .filter((pair) => pair.some((text) => text !== ''));
      for (const format of ['xlsx', 'csv'] as const) {
        const back = (await cells(await writeSheet(format, sheet))).slice(1);
        expect(back.map((pair) => [pair[0] ?? '', pair[1] ?? ''])).toEqual(tidied);
      }
    }),
    { numRuns: 100 },
  );
});

test('columns and their letters', () => {
  expect([0, 25, 26, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
  expect(cellAt('AA12')).toEqual({ column: 26, row: 12 });
  expect(separatorOf('a;b,c;d\ne;f;g')).toBe(';');
});
