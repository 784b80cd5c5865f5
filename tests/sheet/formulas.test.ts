import { unzipSync, strFromU8 } from 'fflate';
import readExcel from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { writeSheet } from '../../lib/sheet/commands';
import { looksLikeFormula } from '../../lib/sheet/rules';
import { payloads } from './payloads';

const sheet = {
  name: 'S',
  columns: [{ header: '=1+1' }, { header: 'B' }],
  rows: payloads.map((text, at) => ({ cells: [text, at] })),
};

test('forty payloads become no live formula in an XLSX: text cells in the format "text", by an independent reader too', async () => {
  expect(payloads).toHaveLength(40);
  const bytes = await writeSheet('xlsx', sheet);
  const parts = unzipSync(bytes);
  const worksheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(worksheet).not.toMatch(/<f[\s>/]/);
  const withText = [...worksheet.matchAll(/<c r="A\d+" s="(\d)" t="(\w+)">/g)].slice(1);
  expect(withText).toHaveLength(40);
  expect(withText.every(([, style, type]) => style === '0' && type === 'inlineStr')).toBe(true);
  expect(strFromU8(parts['xl/styles.xml'] ?? new Uint8Array())).toContain('<cellXfs count="4"><xf numFmtId="49"');
  expect(Object.keys(parts).filter((name) => /external|connections|vba|macro/i.test(name))).toEqual([]);
  const [first] = await readExcel(bytes);
  const rows = first?.data ?? [];
  expect(rows).toHaveLength(41);
  // What stands in a cell is what was put in; control characters XML cannot hold are gone.
  expect(rows[1]?.[0]).toBe('=1+1');
  expect(rows[3]?.[0]).toBe(payloads[2]);
  expect(rows.slice(1).map((row) => row[1])).toEqual(payloads.map((_, at) => at));
});

test('nor in a CSV: each begins with an apostrophe inside its quotes, and none breaks out of them', async () => {
  const text = (await writeSheet('csv', sheet)).toString('utf8');
  const fields = [...text.slice(1).matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|(\d+))(?=,|\r\n)/g)].map(
    ([, quoted, number]) => quoted ?? number ?? '',
  );
  expect(fields).toHaveLength(82);
  const texts = fields.filter((_, at) => at % 2 === 0);
  for (const field of texts) expect(field.startsWith("'"), field).toBe(true);
  expect(texts.slice(1).map((field) => field.slice(1).replaceAll('""', '"'))).toEqual(payloads);
});

test('what people are called is left as it is', () => {
  for (const name of ['Nguyễn Thị Hòa', "K'Brơi", '••• 567', '0912 345 678', '12/03/1954', 'A-B', '5 %'])
    expect(looksLikeFormula(name), name).toBe(false);
});
