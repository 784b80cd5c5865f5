import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped } from '../../lib/access/scoped';
import { importHandlers } from '../../lib/import/jobs';
import { columnsToFill, kinds, templateSheet } from '../../lib/import/queries';
import { importKinds } from '../../lib/import/schema';
import { checkList, writeList } from '../../lib/import/commands';
import { cancelJob, type JobHandlers } from '../../lib/job/commands';
import { jobOutput, jobShown } from '../../lib/job/queries';
import { runNextJob } from '../../lib/job/worker';
import { isRefusal } from '../../lib/kernel/result';
import { writeSheet } from '../../lib/sheet/commands';
import { readSheet } from '../../lib/sheet/queries';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { book } from '../sheet/books';
import { as, checked, headings, peopleNamed, written } from './scene';

let cast: Cast;
let village: string;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  village = `Thôn Thử ${cast.here.villageId}`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const line = (
  name: string,
  rest: Partial<Record<'born' | 'gender' | 'phone' | 'of' | 'village' | 'on' | 'version', string>> = {},
) =>
  [
    name,
    rest.born ?? '1950',
    rest.gender ?? 'Nữ',
    rest.phone ?? '',
    rest.of ?? '',
    rest.village ?? village,
    rest.on ?? '02/03/2026',
    rest.version ?? '1',
  ].join(';');
const list = (...lines: string[]) => [headings, ...lines].join('\n');

describe('a list of residents', () => {
  test('is looked at cell by cell, each bad one named by row and column, and nothing is written', async () => {
    const { found, cells } = await checked(
      cast,
      'residents',
      list(
        line('Trần Thị Soi'),
        line('', { born: '19x5' }),
        line('Ngô 123', { gender: 'bé', phone: '12', of: 'hàng xóm' }),
        line('Lê Văn Soi', { village: 'Thôn Không Có', on: '31/02/2026', version: '9' }),
        line('Phạm Thị Soi', { born: '2999', on: '' }),
        line('Đỗ Thị Soi', { on: '02/03/2090' }),
        line('Vũ Thị Soi', { on: '01/01/2024' }),
      ),
    );
    expect(found).toMatchObject({ rows: 7, good: 1, bad: 6, warned: 0 });
    expect(cells.map(({ row, at, reason, value }) => `${at}${row} ${reason} ${value}`.trim())).toEqual([
      'A3 nameRequired',
      'B3 birthYearShape 19x5',
      'A4 nameShape Ngô 123',
      'C4 genderWord bé',
      'D4 phoneShape 12',
      'E4 phoneOfWord hàng xóm',
      'F5 placeUnknown Thôn Không Có',
      'G5 dayUnknown 31/02/2026',
      'H5 consentVersionUnknown 9',
      'B6 birthYearFuture 2999',
      'G6 consentDayMissing',
      'G7 consentDayAhead 02/03/2090',
      'G8 consentBeforeWords 01/01/2024',
    ]);
    expect(await peopleNamed('% Soi')).toBe(0);
  });

  test('is written all or nothing: one bad cell and nothing is there; none and everybody is, with phone, consent and village', async () => {
    const bad = await checked(cast, 'residents', list(line('Trần Thị Gộp'), line('Lê Văn Gộp', { born: 'x' })));
    expect(await written(cast, bad.id, 'all')).toMatchObject({ state: 'failed', reason: 'importNotClean' });
    expect(await peopleNamed('% Gộp')).toBe(0);
    const good = await checked(
      cast,
      'residents',
      list(
        line('Trần Thị Gộp', { born: '12/03/1954', phone: '0912 345 678', of: 'Người thân' }),
        line('Lê Văn Gộp', { born: '', gender: '' }),
      ),
    );
    expect(await written(cast, good.id, 'all')).toMatchObject({
      state: 'done',
      wrote: { written: 2, bad: 0, warned: 0 },
    });
    const rows = await cast.owner`
      select p.full_name, p.given_name, p.name_folded, p.birth_year, p.gender, p.area_id, p.phone_hint, n.phone, n.belongs_to,
        c.how, c.text_version, c.at::date::text as on, c.taken_by = p.created_by as by_whom, p.created_by
      from person p left join person_phone n on n.person_id = p.id join consent c on c.person_id = p.id where p.full_name like '% Gộp' order by 1 desc`;
    const by = await cast.accountOf('organiser', cast.here);
    const common = {
      areaId: cast.here.villageId,
      how: 'paper',
      textVersion: 1,
      on: '2026-03-02',
      byWhom: true,
      createdBy: by,
      givenName: 'Gộp',
    };
    expect(rows.map((row) => ({ ...row }))).toEqual([
      {
        fullName: 'Trần Thị Gộp',
        nameFolded: 'tran thi gop',
        birthYear: 1954,
        gender: 'female',
        phoneHint: '••• 678',
        phone: '+84912345678',
        belongsTo: 'relative',
        ...common,
      },
      {
        fullName: 'Lê Văn Gộp',
        nameFolded: 'le van gop',
        birthYear: null,
        gender: null,
        phoneHint: null,
        phone: null,
        belongsTo: null,
        ...common,
      },
    ]);
  });

  test('is written in its good rows only, where that was chosen; its file is gone after that and cannot be written twice', async () => {
    const { id } = await checked(
      cast,
      'residents',
      list(line('Trần Thị Lọc'), line('Lê Văn Lọc', { born: 'x' }), line('Ngô Thị Lọc')),
    );
    expect(await written(cast, id, 'good')).toMatchObject({ state: 'done', wrote: { written: 2, bad: 1 } });
    expect(await peopleNamed('% Lọc')).toBe(2);
    expect(await written(cast, id, 'good')).toMatchObject({ state: 'failed', reason: 'fileErased' });
    expect(await peopleNamed('% Lọc')).toBe(2);
  });

  test('names who may be there already, in the portal or further up, and writes them only when told so', async () => {
    const twice = list(
      line('Nguyễn Thị Thử', { born: '1954' }),
      line('NGUYEN THI THU', { born: '1955' }),
      line('Hồ Thị Đôi', { born: '1960' }),
      line('Hồ Thị Đôi', { born: '1961' }),
      line('Hồ Thị Đôi', { born: '1975', village: village }),
    );
    const { id, cells, found } = await checked(cast, 'residents', twice);
    expect(cells.map(({ row, reason, warning }) => [row, reason, warning])).toEqual([
      [2, 'likelyThere', true],
      [3, 'likelyThere', true],
      [5, 'likelyTwice', true],
    ]);
    expect(found).toMatchObject({ rows: 5, good: 5, bad: 0, warned: 3 });
    expect(await written(cast, id, 'all')).toMatchObject({ wrote: { written: 2, warned: 3 } });
    const again = await checked(cast, 'residents', list(line('Hồ Thị Đôi', { born: '1960' })));
    expect(await written(cast, again.id, 'all', true)).toMatchObject({ wrote: { written: 1, warned: 0 } });
    expect(await peopleNamed('Hồ Thị Đôi')).toBe(3);
  });

  test('finds villages with or without marks and kind words, and never one of another unit', async () => {
    const there = `Thôn Thử ${cast.there.villageId}`;
    const { cells } = await checked(
      cast,
      'residents',
      list(
        line('Trần Thị Nơi', { village: `thon thu ${cast.here.villageId}` }),
        line('Lê Thị Nơi', { village: String(cast.here.villageId).replace(/^/, 'Thử ') }),
        line('Ngô Thị Nơi', { village: there }),
        line('Vũ Thị Nơi', { village: '' }),
      ),
    );
    expect(cells.map(({ row, at, reason }) => `${at}${row} ${reason}`)).toEqual([
      'F4 placeUnknown',
      ' 5 placeMissing'.trim(),
    ]);
  });

  test('in English, in another order, below a title, with columns nobody asked for, is read as well', async () => {
    const { found, cells } = await checked(
      cast,
      'residents',
      `DANH SÁCH\n\nNo,Consent signed on,Full name (*),Village or residential group,Version of the consent words,Whatever\n1,2026-03-02,Trần Thị Tiêu,${village},1,x\n`,
    );
    expect(cells).toEqual([]);
    expect(found).toMatchObject({ rows: 1, good: 1 });
  });
});

describe('a list that cannot be read as one', () => {
  test('says what is missing: no heading, a column missing, a column twice', async () => {
    expect(await checked(cast, 'residents', 'a;b\n1;2\n')).toMatchObject({ state: 'failed', reason: 'headingUnknown' });
    const { cells, found } = await checked(cast, 'residents', 'Họ và tên;Năm sinh;Năm sinh;Ngày ký đồng ý\nA;1;2;3\n');
    expect(cells.map(({ at, column, reason }) => `${at} ${column} ${reason}`)).toEqual([
      ' consentVersion columnMissing',
      'C birthYear columnTwice',
    ]);
    expect(found).toMatchObject({ good: 0, bad: 1 });
  });

  test('with formulas or merged cells names each of them, and writes no such row', async () => {
    const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const heading = ['Họ và tên', 'Năm sinh', 'Thôn, bản, tổ dân phố', 'Ngày ký đồng ý', 'Bản lời đồng ý']
      .map((name, at) => cell(`${'ABCDE'[at]}1`, name))
      .join('');
    const row = (at: number, born: string) =>
      `<row r="${at}">${cell(`A${at}`, `Trần Thị Ô${'abc'[at - 2]}`)}${born}${cell(`C${at}`, village)}${cell(`D${at}`, '02/03/2026')}${cell(`E${at}`, '1')}</row>`;
    const bytes = book(
      `<sheetData><row r="1">${heading}</row>${row(2, '<c r="B2"><f>1900+54</f><v>1954</v></c>')}${row(3, '<c r="B3"><v>1950</v></c>')}${row(4, '')}</sheetData><mergeCells><mergeCell ref="B3:B4"/><mergeCell ref="A1:B1"/></mergeCells>`,
    );
    const { cells, found } = await checked(cast, 'residents', bytes, 'x.xlsx');
    expect(cells.map(({ row: at, at: letters, reason }) => `${letters}${at} ${reason}`)).toEqual([
      'B2 cellFormula',
      'B3 cellsMerged',
    ]);
    expect(found).toMatchObject({ rows: 3, bad: 2 });
  });

  test('gives its bad rows back with the reasons behind them and the cells coloured, in the format they came in', async () => {
    const sheet = await readSheet(
      Buffer.from(list(line('Trần Thị Trả'), line('Lê', { born: '=1+1' }), line('', { phone: '1' }))),
    );
    if (isRefusal(sheet)) throw new Error('read');
    const [heading, ...rows] = sheet.rows.map(({ cells }) => cells);
    const bytes = await writeSheet('xlsx', {
      name: 'x',
      columns: (heading ?? []).map((header) => ({ header })),
      rows: rows.map((cells) => ({ cells })),
    });
    const { id } = await checked(cast, 'residents', bytes, 'danh sách.xlsx');
    const made = await as(cast, (tx) => jobOutput(tx, id));
    expect(made?.outputName).toMatch(/\.xlsx$/);
    const back = await readSheet(made?.output ?? Buffer.alloc(0));
    expect(isRefusal(back) ? [] : back.rows.map(({ cells }) => cells.slice(-2))).toEqual([
      ['Dòng trong tệp', 'Vì sao'],
      ['3', expect.stringContaining('Năm sinh: ')],
      ['4', expect.stringContaining('Điện thoại: ')],
    ]);
    const xml = strFromU8(unzipSync(made?.output ?? Buffer.alloc(0))['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(xml).toContain('<c r="B2" s="2" t="inlineStr">');
  });
});

describe('whoever may not', () => {
  test('import a kind is told that it is not there; a right lost before the writing stops it', async () => {
    const send = (role: 'helper' | 'unit_leader') =>
      as(cast, (tx, caller) => checkList(tx, caller, 'vi', { kind: 'residents', bytes: Buffer.from('x'), name: 'x' }), {
        role,
      });
    expect(await send('helper')).toEqual({ refused: 'notFound', field: 'kind' });
    expect(await send('unit_leader')).toEqual({ refused: 'notFound', field: 'kind' });
    const { id } = await checked(cast, 'residents', list(line('Trần Thị Mất')));
    const left = await as(cast, (tx, caller) =>
      writeList(tx, caller, 'vi', { checkId: id, which: 'all', warned: false }),
    );
    const account = await cast.accountOf('organiser', cast.here);
    await cast.owner`update account_grant set role = 'helper' where account_id = ${account}`;
    await runNextJob(importHandlers);
    await cast.owner`update account_grant set role = 'organiser' where account_id = ${account}`;
    expect(await as(cast, (tx) => jobShown(tx, isRefusal(left) ? '' : left.id))).toMatchObject({
      state: 'failed',
      reason: 'rightsGone',
    });
    expect(await peopleNamed('% Mất')).toBe(0);
  });

  test('own a check cannot write it', async () => {
    const { id } = await checked(cast, 'residents', list(line('Trần Thị Lạ')));
    const foreign = await as(
      cast,
      (tx, caller) => writeList(tx, caller, 'vi', { checkId: id, which: 'all', warned: false }),
      { place: cast.there },
    );
    expect(foreign).toEqual({ refused: 'notFound' });
  });
});

test.each([1, 2, 3, 4])(
  'stopped in the middle of the writing, at moment %i, nobody of the list is there',
  async (moment) => {
    const letters = 'abcdefghijklmnopqrst';
    const many = list(
      ...Array.from({ length: 1200 }, (_, at) =>
        line(`Trần ${letters[at % 20]} Dừng${letters[Math.floor(at / 20) % 20]}${letters[Math.floor(at / 400)]}`),
      ),
    );
    const { id, found } = await checked(cast, 'residents', many);
    expect(found).toMatchObject({ good: 1200 });
    const left = await as(cast, (tx, caller) =>
      writeList(tx, caller, 'vi', { checkId: id, which: 'good', warned: true }),
    );
    if (isRefusal(left)) throw new Error(left.refused);
    let moments = 0;
    const { import_write: writing } = importHandlers;
    const stopping: JobHandlers = {
      import_write: {
        may: 'signedIn',
        run: async (job) =>
          writing?.run({
            ...job,
            progress: async (done, total) => {
              moments += 1;
              if (moments === moment) await as(cast, (tx) => cancelJob(tx, left.id));
              await job.progress(done, total);
            },
          }),
      },
    };
    await runNextJob(stopping);
    expect(moments).toBeGreaterThanOrEqual(moment);
    expect(await peopleNamed('% Dừng%')).toBe(0);
    expect(await as(cast, (tx) => jobShown(tx, left.id))).toMatchObject({ state: 'cancelled', hasFile: false });
  },
);

test('what to write in each column is said in full, the version of the words that are signed too', () => {
  for (const language of ['vi', 'en'] as const) {
    const hints = importKinds.flatMap((kind) => columnsToFill(language, kind, 77).map(({ hint }) => hint));
    expect(hints.filter((hint) => /[{}]|^import\./.test(hint))).toEqual([]);
    expect(hints.filter((hint) => hint.includes('77'))).toHaveLength(1);
  }
});

test.each(importKinds)(
  'the template of %s is read back by its own rules, in both languages and formats, and names each column',
  async (kind) => {
    for (const language of ['vi', 'en'] as const)
      for (const format of ['xlsx', 'csv'] as const) {
        const made = await openScoped('read only', 'camtay_app', await cast.token('organiser', cast.here), (tx) =>
          templateSheet(tx, language, kind, format),
        );
        const sheet = await readSheet(made.bytes);
        if (isRefusal(sheet)) throw new Error(sheet.refused);
        const found = await as(cast, (tx, caller) => kinds[kind].check(tx, caller, sheet, async () => {}));
        if (isRefusal(found)) throw new Error(found.refused);
        expect(sheet.rows[0]?.cells).toHaveLength(Object.keys(kinds[kind].columns).length);
        expect(found.problems.filter(({ reason }) => reason === 'columnMissing')).toEqual([]);
      }
  },
);
