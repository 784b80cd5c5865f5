import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createElement } from 'react';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ReportPicture } from '@/components/report/report-picture';
import { closePool } from '@/lib/access/scoped';
import { fileName, pictureText, reportFile } from '@/lib/report/files';
import { officialPaper } from '@/lib/report/paper';
import { drawable } from '@/lib/report/rules';
import { fileAddress, type ReportFileKind, type ReportInFull } from '@/lib/report/schema';
import { writeRemarks } from '@/lib/report/commands';
import { reportInFull } from '@/lib/report/queries';
import { readSheet } from '@/lib/sheet/queries';
import { footOf } from './png';
import { done, indicator, province, reportScene } from './scene';

let scene: Awaited<ReturnType<typeof reportScene>>;
let signed: ReportInFull;
let english: ReportInFull;
let draft: ReportInFull;
let ofVillage: ReportInFull;
let ofProvince: ReportInFull;

const must = <T>(value: T | null): T => {
  if (value === null) throw new Error('nothing there');
  return value;
};

beforeAll(async () => {
  scene = await reportScene();
  await scene.clear();
  const { here } = scene.cast;
  scene.book.set('all', [
    indicator('R01', 12, { nameVi: 'Số lớp, buổi đã tổ chức' }),
    indicator('R03', 412, { nameVi: 'Số người tham gia (không trùng)', of: 1930 }),
    indicator('R22', null, { nameVi: 'Số người cao tuổi (60+) được hỗ trợ', hidden: true }),
    indicator('R27', null, { nameVi: 'Số lượt thăm nhà' }),
    indicator('R12', 61.5, {
      nameVi: '=cmd|Tỷ lệ có tài khoản',
      kind: 'declared',
      source: 'Công an phường',
      asOf: '2026-11-10',
    }),
  ]);
  const village = done(await scene.begin('organiser', here, here.villageId)).id;
  const write = (report: string, version: number, obstacles: string) =>
    scene.as('organiser', here, (tx, caller) =>
      writeRemarks(tx, { report, version, number: '07', obstacles, proposals: 'Mở lớp buổi tối' }, caller),
    );
  done(await write(village, 1, 'Nhà văn hóa chưa có điện'));
  done(await scene.sign('organiser', here, village, 2));
  const unit = await scene.brought(here, 'draft');
  done(await write(unit, 1, 'Thôn 3 mất sóng buổi tối.\n<b>&"Thiếu</b> máy'));
  draft = must(await scene.view('organiser', here, unit));
  done(await scene.sign('unit_leader', here, unit, 2));
  signed = must(await scene.view('province_leader', here, unit));
  english = must(await scene.as('unit_leader', here, (tx) => reportInFull(tx, 'en', unit, scene.figures)));
  ofVillage = must(await scene.view('unit_leader', here, village));
  const whole = done(await scene.begin('province_leader', here, province)).id;
  done(await scene.sign('province_leader', here, whole));
  ofProvince = must(await scene.view('province_leader', here, whole));
});
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

const bytes = async (report: ReportInFull, file: ReportFileKind, language: 'vi' | 'en' = 'vi') => {
  const answer = await reportFile(report, file, language, (words) => createElement(ReportPicture, { words }));
  return Buffer.from(await answer.arrayBuffer());
};

/** A document of Word as it stands: its paragraphs in order, tables cell by cell; and what its sections say of the page. */
function wordOf(file: Buffer) {
  const parts = unzipSync(new Uint8Array(file));
  const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
  const paragraphs: string[] = [];
  const attributes: Record<string, Record<string, string>> = {};
  let text = '';
  let inText = false;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes: given }) => {
    if (name === 'w:p') text = '';
    if (name === 'w:t') inText = true;
    attributes[name] = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
  });
  parser.on('text', (piece) => {
    if (inText) text += piece;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') inText = false;
    if (name === 'w:p' && text !== '') paragraphs.push(text);
  });
  parser.write(xml).close();
  return {
    paragraphs,
    attributes,
    names: Object.keys(parts),
    styles: strFromU8(parts['word/styles.xml'] ?? new Uint8Array()),
    xml,
  };
}

describe('the Word file', () => {
  test('stands on A4 in Times New Roman with the decree’s margins', async () => {
    const { attributes, styles } = wordOf(await bytes(signed, 'docx'));
    const millimetres = (value: string | undefined) => Math.round((Number(value) * 25.4) / 1440);
    const size = attributes['w:pgSz'];
    const margins = attributes['w:pgMar'];
    expect([millimetres(size?.['w:w']), millimetres(size?.['w:h'])]).toEqual([210, 297]);
    const sides = ['w:top', 'w:bottom', 'w:left', 'w:right'].map((side) => millimetres(margins?.[side]));
    expect(sides).toEqual([20, 20, 30, 15]);
    expect(styles).toContain('w:ascii="Times New Roman"');
    expect(styles).toContain('<w:sz w:val="28"/>');
  });

  test('opens whatever was typed: signs no XML may hold are left out of every line, those from below too', async () => {
    const typed = 'mất \uffffđiện\ufffe ]]> _x0041_';
    const below = [{ areaId: 1, name: 'Thôn \uffff1', obstacles: typed, proposals: '' }];
    const { paragraphs, xml } = wordOf(
      await bytes({ ...signed, obstacles: typed, signedBy: 'Lê\ufffe', below }, 'docx'),
    );
    expect(paragraphs).toContain('mất điện ]]> _x0041_');
    expect(paragraphs).toContain('Khó khăn, vướng mắc: mất điện ]]> _x0041_');
    expect(paragraphs).toContain('1. Thôn 1');
    expect(xml).not.toMatch(/[\ufffe\uffff]/);
  });

  test('says what the page says: title, agencies, number, place and date, every figure, the words, who gets it, who signed', async () => {
    const { paragraphs } = wordOf(await bytes(signed, 'docx'));
    const paper = officialPaper(signed);
    expect(paragraphs).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    expect(paragraphs).toContain('Độc lập - Tự do - Hạnh phúc');
    expect(paragraphs).toContain('PHƯỜNG ĐỒNG THUẬN');
    expect(paragraphs).toContain('TỈNH QUẢNG TRỊ');
    expect(paragraphs).toContain('Số: 07/BC-MTTQ');
    expect(paragraphs.find((text) => /^Đồng Thuận, ngày \d\d tháng \d{1,2} năm 20\d\d$/.test(text))).toBeDefined();
    expect(paragraphs).toContain('BÁO CÁO');
    for (const line of [...paper.abstract, paper.foot, 'Nơi nhận:', ...paper.recipients.map((text) => `- ${text}`)])
      expect(paragraphs).toContain(line);
    const at = paragraphs.indexOf('Nguồn, ngày số liệu') + 1;
    const cells = paper.sections.flatMap(({ figures = [] }) =>
      figures.flatMap(({ number, name, value, note }) => [String(number), name, value, ...(note === '' ? [] : [note])]),
    );
    expect(paragraphs.slice(at, at + cells.length)).toEqual(cells);
    expect(cells).toContain('412 / 1.930 (21,3\u00a0%)');
    expect(cells).toContain('không nêu');
    expect(paper.foot).toContain('“Không nêu”');
    expect(cells).toContain('—');
    expect(cells).toContain('Công an phường, 10/11/2026');
    expect(paragraphs).toContain('Thôn 3 mất sóng buổi tối.');
    expect(paragraphs).toContain('<b>&"Thiếu</b> máy');
    expect(paragraphs).toContain('Khó khăn, vướng mắc: Nhà văn hóa chưa có điện');
    expect(paragraphs.slice(-3)).toEqual(['TM. BAN THƯỜNG TRỰC', 'CHỦ TỊCH', signed.signedBy]);
    expect(paragraphs).not.toContain('DỰ THẢO');
  });

  test('numbers its pages in the middle of the top margin, from the second on', async () => {
    const parts = unzipSync(new Uint8Array(await bytes(signed, 'docx')));
    const xml = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
    const headers = Object.keys(parts).filter((name) => /^word\/header\d+\.xml$/.test(name));
    const numbered = headers.filter((name) => />PAGE</.test(xml(name)));
    expect([headers.length, numbered.length]).toEqual([2, 1]);
    expect(xml(numbered[0] ?? '')).toContain('<w:jc w:val="center"/>');
    const document = xml('word/document.xml');
    expect(document).toContain('<w:titlePg/>');
    const target = (type: string) => {
      const id = new RegExp(`<w:headerReference w:type="${type}" r:id="([^"]+)"`).exec(document)?.[1] ?? '';
      const relation = xml('word/_rels/document.xml.rels')
        .match(/<Relationship [^>]*>/g)
        ?.find((one) => one.includes(`Id="${id}"`));
      return `word/${/Target="([^"]+)"/.exec(relation ?? '')?.[1]}`;
    };
    expect([target('default'), headers.includes(target('first'))]).toEqual([numbered[0], true]);
    expect(target('first')).not.toBe(numbered[0]);
  });

  test('holds nothing that runs or reaches out', async () => {
    const { names, xml } = wordOf(await bytes(signed, 'docx'));
    expect(names.filter((name) => /vba|macro|embed|activeX/i.test(name))).toEqual([]);
    expect(xml).not.toMatch(/instrText|HYPERLINK|r:link|DDE/);
  });

  test('of a draft says so and names nobody; of a village it is the Front’s committee there; of the province it gathers the units', async () => {
    const begun = wordOf(await bytes(draft, 'docx')).paragraphs;
    expect(begun).toContain('DỰ THẢO');
    expect(begun.at(-1)).toBe('CHỦ TỊCH');
    expect(begun.some((text) => text.includes('Số liệu tạm tính, chưa chốt.'))).toBe(true);
    const village = wordOf(await bytes(ofVillage, 'docx')).paragraphs;
    expect(village).toContain('BAN CÔNG TÁC MẶT TRẬN');
    expect(village).toContain('Số: 07/BC-BCTMT');
    const whole = wordOf(await bytes(ofProvince, 'docx')).paragraphs;
    expect(whole).toContain('MẶT TRẬN TỔ QUỐC VIỆT NAM');
    expect(whole).toContain('IV. Ý KIẾN CỦA CÁC XÃ, PHƯỜNG, ĐẶC KHU');
    expect(whole).toContain('1. Phường Đồng Thuận');
  });
});

describe('the sheets', () => {
  test.each(['xlsx', 'csv'] as const)(
    '%s holds the page’s figures, as numbers and without a formula',
    async (format) => {
      const sheet = await readSheet(await bytes(signed, format));
      if ('refused' in sheet) throw new Error(sheet.refused);
      const [, ...rows] = sheet.rows.map(({ cells }) => cells);
      expect(rows.map(([code, , value, of, share]) => [code, value, of ?? '', share ?? ''])).toEqual([
        ['R01', '12', '', ''],
        ['R03', '412', '1930', '21.3'],
        ['R22', 'không nêu', '', ''],
        ['R27', '—', '', ''],
        ['R12', '61.5', '', ''],
      ]);
      const name = rows.at(-1)?.[1] ?? '';
      expect(name).toBe(format === 'csv' ? "'=cmd|Tỷ lệ có tài khoản" : '=cmd|Tỷ lệ có tài khoản');
      expect(sheet.rows.every(({ formulas = [] }) => formulas.length === 0)).toBe(true);
    },
  );

  test('speak the reader’s language', async () => {
    const sheet = await readSheet(await bytes(english, 'csv', 'en'));
    if ('refused' in sheet) throw new Error(sheet.refused);
    expect(sheet.rows[0]?.cells[1]).toBe('Indicator');
    expect(sheet.rows[3]?.cells[2]).toBe('not told');
  });
});

describe('the picture', () => {
  test('is one screen of 1080 × 1350 and asks nobody outside, whatever the names hold', async () => {
    const asked: string[] = [];
    const { fetch } = globalThis;
    const watched = vi.spyOn(globalThis, 'fetch').mockImplementation(async (...given) => {
      // The library carries its own layout engine as data: that is no network.
      const address = String(given[0]);
      if (address.startsWith('data:')) return fetch(...given);
      asked.push(address.slice(0, 200));
      throw new Error('no network');
    });
    const odd = { ...signed, areaName: 'Phường Đồng Thuận 👵🏽 漢字 ไทย', figures: signed.figures };
    const picture = await bytes(odd, 'png');
    watched.mockRestore();
    expect(asked).toEqual([]);
    expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1080, 1350]);
    expect(picture.length).toBeGreaterThan(20_000);
    if (process.env.KEEP_FILES)
      writeFileSync(path.join(process.env.KEEP_FILES, 'report.png'), await bytes(signed, 'png'));
  });

  test('keeps its foot whole under as many long names as fit: whether the figures stand is never cut off', async () => {
    const long = 'Tỷ lệ người trưởng thành dùng được thiết bị, nền tảng số cơ bản và dịch vụ công';
    const figures = ['R03', 'R28', 'R22', 'R01', 'R20', 'R26', 'R02'].map((code) => ({
      ...must(signed.figures.find((one) => one.code === 'R03') ?? null),
      code,
      name: `${long} ${code}`,
    }));
    const areaName = 'Phường Đồng Thuận Bắc Gianh Quảng Trạch';
    const [full, empty] = await Promise.all(
      [figures, []].map(async (shown) => footOf(await bytes({ ...signed, areaName, figures: shown }, 'png'))),
    );
    expect(full).toEqual(empty);
    if (process.env.KEEP_FILES)
      writeFileSync(
        path.join(process.env.KEEP_FILES, 'full.png'),
        await bytes({ ...signed, areaName, figures }, 'png'),
      );
  });

  test('says the page’s figures, never a hidden one', () => {
    const words = pictureText('vi', signed);
    expect(words.figures.map(({ value, more }) => [value, more])).toEqual([
      ['412', 'trên 1.930 · 21,3 %'],
      ['12', ''],
      ['61,5', ''],
    ]);
    expect(drawable('Đồng Thuận 👵🏽 “ạ” 漢')).toBe('Đồng Thuận “ạ”');
    expect(pictureText('vi', { ...signed, figures: [] }).figures).toEqual([]);
  });
});

test('files are named by place and period, and only known kinds are made', () => {
  expect(fileName(signed, 'docx')).toMatch(/^bao-cao-phuong-dong-thuan-20\d\d-\d\d\.docx$/);
  expect(fileName({ ...signed, revision: 2 }, 'png')).toMatch(/-lan-2\.png$/);
  expect(fileAddress.safeParse({ id: signed.id, file: 'exe' }).success).toBe(false);
});

const office = spawnSync('soffice', ['--version']).status === 0;

describe.skipIf(!office)('in LibreOffice (skipped where soffice is not installed)', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cam-tay-office-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const convert = (name: string, to: string) => {
    execFileSync(
      'soffice',
      [
        '--headless',
        `-env:UserInstallation=file://${folder}/profile`,
        '--convert-to',
        to,
        '--outdir',
        folder,
        path.join(folder, name),
      ],
      { stdio: 'pipe', timeout: 120_000 },
    );
    const made = path.join(folder, `${name.split('.')[0]}.${to.split(':')[0]}`);
    return existsSync(made) ? readFileSync(made) : null;
  };

  test('the Word file opens and becomes a PDF on A4 with the page’s figures', async () => {
    writeFileSync(path.join(folder, 'report.docx'), await bytes(signed, 'docx'));
    const pdf = convert('report.docx', 'pdf');
    if (!pdf) throw new Error('no PDF was made');
    if (process.env.KEEP_FILES) writeFileSync(path.join(process.env.KEEP_FILES, 'report.pdf'), pdf);
    const document = await getDocumentProxy(new Uint8Array(pdf));
    const viewport = (await document.getPage(1)).getViewport({ scale: 1 });
    expect([Math.round(viewport.width), Math.round(viewport.height)]).toEqual([595, 842]);
    const { text } = await extractText(document, { mergePages: true });
    const flat = text.replace(/\s+/g, ' ');
    // Only what has no letters a substitute font may take from another: Times New Roman is not on every machine.
    for (const words of ['07/BC-MTTQ', 'BÁO CÁO', '412 / 1.930 (21,3 %)', '61,5', '10/11/2026'])
      expect(flat).toContain(words);
  }, 150_000);

  test('the sheet opens as it is, with the same figures', async () => {
    writeFileSync(path.join(folder, 'sheet.xlsx'), await bytes(signed, 'xlsx'));
    const csv = convert('sheet.xlsx', 'csv:Text - txt - csv (StarCalc):44,34,76,1');
    const lines = csv?.toString('utf8').split('\n') ?? [];
    expect(lines[2]).toContain('R03');
    expect(lines[2]).toContain('412');
    expect(lines[3]).toContain('không nêu');
  }, 150_000);
});
