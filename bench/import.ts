// `npm run bench import`: what importing a list takes in time and memory, hostile files included. Each case runs in a process of its own,
// so that its peak memory is its own; the portal's worker does the same work in the same code.
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import postgres from 'postgres';
import { z } from 'zod';
import { connectionOptions } from '../db/connection';
import { startEmbedded } from '../db/embedded';
import { migrate } from '../db/migrate';
import { seed } from '../db/seed';
import { closePool, openScoped, type Caller, type ScopedTx } from '../lib/access/scoped';
import { checkList, writeList } from '../lib/import/commands';
import { importHandlers } from '../lib/import/jobs';
import { cellProblem, checkResult, writeResult } from '../lib/import/schema';
import { cancelJob } from '../lib/job/commands';
import { jobResultPart, jobShown } from '../lib/job/queries';
import { runNextJob } from '../lib/job/worker';
import { isRefusal } from '../lib/kernel/result';
import { fold } from '../lib/kernel/text';
import { writeSheet } from '../lib/sheet/commands';
import { bomb, book, rowsOf } from '../tests/sheet/books';
import { signedInAs } from './signed-in';

const ward = 18859;
const rows = 10_000;
const badRows = 500;

const headings =
  'Họ và tên,Năm sinh,Giới tính,Điện thoại,Điện thoại của ai,Thôn bản tổ dân phố,Ngày ký đồng ý,Bản lời đồng ý'.split(
    ',',
  );
headings[5] = 'Thôn, bản, tổ dân phố';
const syllables =
  'An Bình Châu Dung Giang Hà Hiền Hoa Hương Khánh Lan Liên Loan Mai Minh Nga Ngọc Nhung Oanh Phúc Quý Sen Tâm Thảo Thu Trang Tú Vân Xuân Yến'.split(
    ' ',
  );
const families = 'Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô'.split(' ');

/** Row `at` of the list, no two alike, with the columns of it that are bad: one or two of them in every twentieth row. */
function lineAt(at: number): { cells: string[]; bad: string[] } {
  const nth = at * 50;
  const middle = [at, at / 30, at / 900].map((one) => syllables[Math.floor(one) % 30]).join(' ');
  const name = `${families[Math.floor(nth / 30) % 12]} ${middle} ${syllables[nth % 30]}`;
  const phone = at % 3 ? '' : `09${String(10_000_000 + at)}`;
  const village = `Tổ dân phố Đo ${1 + (Math.floor(nth / 25_200) % 20)}`;
  const born = String(1930 + (Math.floor(nth / 360) % 70));
  const cells = [name, born, at % 2 ? 'Nữ' : 'Nam', phone, '', village, '02/03/2026', '1'];
  if (at % (rows / badRows) !== 0) return { cells, bad: [] };
  const which = (at / 20) % 4;
  if (which === 0) cells[1] = '19x5';
  if (which === 1) cells[3] = '12';
  if (which === 2) cells[5] = 'Thôn Không Có';
  if (which === 3) [cells[0], cells[6]] = ['', '31/02/2026'];
  return { cells, bad: [['B'], ['D'], ['F'], ['A', 'G']][which] ?? [] };
}

const outcome = z.object({ ms: z.number(), mb: z.number(), said: z.string() });
type Outcome = z.output<typeof outcome>;

/** What one case does, in the child. */
async function work(what: string, file: string, token: string, more: string): Promise<string> {
  const as = <R>(act: (tx: ScopedTx, caller: Caller) => Promise<R>): Promise<R> =>
    openScoped('read write', 'camtay_app', token, async (tx) => {
      const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
      if (!row?.caller) throw new Error('nobody signed in');
      return act(tx, row.caller);
    });
  if (what === 'check') {
    const bytes = await readFile(file);
    const left = await as((tx, caller) =>
      checkList(tx, caller, 'vi', { kind: 'residents', bytes, name: path.basename(file) }),
    );
    if (isRefusal(left)) return left.refused;
    await runNextJob(importHandlers);
    const shown = await as((tx) => jobShown(tx, left.id, ['cells']));
    if (shown?.state !== 'done') return `refused: ${shown?.reason}`;
    const found = checkResult.parse(shown.result);
    const cells = (await as((tx) => jobResultPart(tx, left.id, { list: 'cells', from: 0, most: 20_000 }))).map((one) =>
      cellProblem.parse(one),
    );
    const named = cells.filter(({ warning }) => !warning).map(({ at, row }) => `${at}${row}`);
    const due =
      more === ''
        ? named
        : Array.from({ length: rows }, (_, at) => lineAt(at).bad.map((column) => `${column}${at + 2}`)).flat();
    const missed = due.filter((one) => !named.includes(one)).length;
    return `${left.id} ${found.rows} rows, ${found.bad} bad, ${named.length} cells named, ${missed} missed, ${named.length - due.length + missed} too many`;
  }
  const left = await as((tx, caller) => writeList(tx, caller, 'vi', { checkId: file, which: 'good', warned: true }));
  if (isRefusal(left)) return left.refused;
  const running = runNextJob(importHandlers);
  if (what === 'stop') {
    await new Promise((resolve) => setTimeout(resolve, Number(more)));
    await as((tx) => cancelJob(tx, left.id));
  }
  await running;
  const shown = await as((tx) => jobShown(tx, left.id));
  const written = shown?.state === 'done' ? writeResult.parse(shown.result).written : 0;
  return `${shown?.state}, ${written} written`;
}

async function child([what = '', file = '', token = '', more = '']: string[]): Promise<void> {
  const began = performance.now();
  const said = await work(what, file, token, more);
  const told: Outcome = { ms: performance.now() - began, mb: process.resourceUsage().maxRSS / 1024, said };
  await closePool();
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

function inChild(args: readonly string[]): Outcome {
  const out = execFileSync(process.execPath, ['--import', 'tsx', 'bench/import.ts', 'child', ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return outcome.parse(JSON.parse(out.trim().split('\n').at(-1) ?? ''));
}

/** Files somebody may send by mistake or on purpose. */
async function hostile(folder: string): Promise<[string, string][]> {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const heading = `<row r="1">${headings.map(cell).join('')}</row>`;
  const files: Record<string, Buffer> = {
    'zip bomb, 400 MB in 0.4 MB': bomb(400),
    'zip bomb that says it holds 1 kB': bomb(400, 1000),
    '1 000 columns': book(rowsOf([Array.from({ length: 1000 }, (_, at) => `c${at}`)])),
    '60 000 rows': book(rowsOf(Array.from({ length: 60_000 }, () => ['x', 'y']))),
    'formulas in 2 000 rows': book(
      `<sheetData>${heading}${Array.from({ length: 2000 }, (_, at) => `<row r="${at + 2}"><c><f>WEBSERVICE("http://x")</f><v>1</v></c></row>`).join('')}</sheetData>`,
    ),
    'merged cells': book(
      `<sheetData>${heading}<row r="2">${cell('Trần Thị Gộp')}</row></sheetData><mergeCells><mergeCell ref="A2:A9"/></mergeCells>`,
    ),
    entities: book('', {
      'xl/worksheets/sheet1.xml': `<!DOCTYPE x [${'<!ENTITY a "aaaaaaaaaa">'}]><worksheet>&a;</worksheet>`,
    }),
    'a PDF called .xlsx': Buffer.from('%PDF-1.7 and so on'),
    'a CSV called .xlsx': Buffer.from(
      `${headings.map((one) => `"${one}"`).join(',')}\nTrần Thị Đổi,1950,Nữ,,,Tổ dân phố Đo 1,02/03/2026,1\n`,
    ),
    'an .xls called .xlsx': Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
  };
  const written: [string, string][] = [];
  for (const [name, bytes] of Object.entries(files)) {
    const file = path.join(folder, `${written.length}.xlsx`);
    await writeFile(file, bytes.subarray(0, 1_899_000));
    written.push([name, file]);
  }
  return written;
}

async function furnish(sql: postgres.Sql): Promise<void> {
  for (let at = 1; at <= 20; at += 1) {
    const [id, name] = [1_950_000 + at, `Tổ dân phố Đo ${at}`];
    await sql`insert into area (id, kind, name_vi, name_en, full_name_vi, full_name_en, name_folded, valid_from)
      values (${id}, 'residential_group', ${name}, ${name}, ${name}, ${name}, ${fold(name)}, '2025-07-01')`;
    await sql`insert into area_parent (area_id, parent_id, valid_from) values (${id}, ${ward}, '2025-07-01')`;
  }
  await sql`select rebuild_area_tree()`;
}

/** Measures all cases against a database of their own and writes bench/results/import.md. */
async function benchImport(): Promise<void> {
  const folder = path.join(os.tmpdir(), `camtay-bench-${process.pid}`);
  const embedded = await startEmbedded({ dataDir: folder, purpose: 'portal' });
  process.env.DATABASE_URL = embedded.url;
  const sql = postgres({ ...connectionOptions(embedded.url), max: 2, onnotice: () => {} });
  const lines: string[] = [];
  const note = (name: string, { ms, mb, said }: Outcome) =>
    lines.push(
      `| ${name} | ${said.replace(/^[0-9a-f-]{36} /, '')} | ${(ms / 1000).toFixed(1)} s | ${Math.round(mb)} MB |`,
    );
  try {
    await migrate(embedded.url);
    await seed(embedded.url, { demo: false });
    await furnish(sql);
    const token = await signedInAs(sql, 'organiser', ward);
    const list = {
      name: 'S',
      columns: headings.map((header) => ({ header })),
      rows: Array.from({ length: rows }, (_, at) => ({ cells: lineAt(at).cells })),
    };
    const count = async () => (await sql`select from person where created_by is not null`).count;
    const ids: string[] = [];
    for (const format of ['xlsx', 'csv', 'xlsx', 'xlsx'] as const) {
      const file = path.join(folder, `list.${format}`);
      await writeFile(file, await writeSheet(format, list));
      const told = inChild(['check', file, token, 'list']);
      ids.push(told.said.slice(0, 36));
      if (ids.length <= 2) note(`check ${rows} residents, ${badRows} bad rows, ${format}`, told);
    }
    for (const [at, after] of ['700', '2500'].entries()) {
      const told = inChild(['stop', ids[at + 2] ?? '', token, after]);
      note(`write it, stopped after ${after} ms`, { ...told, said: `${told.said}; ${await count()} left behind` });
    }
    note('write its good rows', inChild(['write', ids[0] ?? '', token]));
    for (const [name, file] of await hostile(folder)) note(name, inChild(['check', file, token]));
    const text = `# import\n\n- ${os.cpus().length} cores (${os.cpus()[0]?.model ?? 'unknown'}), Node ${process.version}, embedded Postgres; load average ${os.loadavg()[0]?.toFixed(1)} at the end\n- each case in a process of its own, from leaving the job to its end; memory is the peak of the whole process (RSS), of which Node and the portal's code are about 150 MB before it begins\n\n| case | answer | time | memory |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`;
    await mkdir('bench/results', { recursive: true });
    await writeFile('bench/results/import.md', text);
    console.log(text);
  } finally {
    await sql.end();
    await embedded.stop();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await (process.argv[2] === 'child' ? child(process.argv.slice(3)) : benchImport());
