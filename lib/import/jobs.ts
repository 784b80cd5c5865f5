import { setImmediate as breathe } from 'node:timers/promises';
import type { Capability } from '@/db/capabilities';
import type { Caller } from '@/lib/access/scoped';
import { jobFile } from '@/lib/job/queries';
import { eraseJobFiles, type JobHandlers, type RunningJob } from '@/lib/job/commands';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { speaker } from '@/lib/i18n/messages';
import { writeSheet } from '@/lib/sheet/commands';
import { readSheet } from '@/lib/sheet/queries';
import type { Sheet } from '@/lib/sheet/schema';
import { cellAt } from '@/lib/sheet/rules';
import type { Checked, Kind } from './kinds';
import { kinds } from './queries';
import { checkAsked, writeAsked, type CellProblem, type CheckResult, type WriteResult } from './schema';
import { inWords } from './words';

type Language = 'vi' | 'en';

const mayUse = ({ capabilities }: Caller, may: Capability) => capabilities.includes(may);

/** The rows something is wrong with, as they were sent, with the reasons in words behind them and the cells coloured. */
async function badRows(language: Language, kind: Kind, sheet: Sheet, checked: Checked, name: string) {
  const t = speaker(language, 'import');
  const byRow = new Map<number, CellProblem[]>();
  for (const one of checked.problems) byRow.set(one.row, [...(byRow.get(one.row) ?? []), one]);
  const heading = sheet.rows.find(({ number }) => number === checked.headingRow)?.cells ?? [];
  const columns = [
    ...heading.map((header) => ({ header })),
    { header: t('rowNumber') },
    { header: t('reasons'), width: 70 },
  ];
  const rows = [];
  for (const { number, cells } of sheet.rows) {
    const problems = byRow.get(number);
    if (!problems || number <= checked.headingRow) continue;
    if (rows.length % 200 === 0) await breathe();
    const marked = problems.flatMap(({ at }) => cellAt(`${at}1`)?.column ?? []);
    const own = heading.map((_, column) => cells[column] ?? '');
    rows.push({
      cells: [...own, number, problems.map((one) => inWords(language, kind.kind, one)).join(' · ')],
      marked,
    });
  }
  if (rows.length === 0) return undefined;
  const bytes = await writeSheet(sheet.format, { name: t('badRows'), columns, rows });
  return { bytes, name: `${name.replace(/\.\w+$/, '').slice(0, 60)}-${t('badRowsFile')}.${sheet.format}` };
}

/** Checks every cell of a list and writes nothing: whatever it tried is undone. */
async function check(job: RunningJob): Promise<Refusal | void> {
  const kind = kinds[checkAsked.parse(job.input).kind];
  if (!job.file) return refuse('fileErased');
  const sheet = await readSheet(job.file.bytes);
  if (isRefusal(sheet)) return sheet;
  const checked = await job.look(async (tx, caller) =>
    mayUse(caller, kind.may) ? kind.check(tx, caller, sheet, job.progress) : refuse('rightsGone'),
  );
  if (isRefusal(checked)) return checked;
  const { rows, bad, warned, problems } = checked;
  const headless = problems.some(({ reason }) => reason === 'columnMissing' || reason === 'columnTwice');
  const result: CheckResult = {
    kind: kind.kind,
    rows,
    good: headless ? 0 : rows - bad.size,
    bad: headless ? rows : bad.size,
    warned: headless ? 0 : warned.size,
    problems: problems.length,
  };
  const output = await badRows(job.language, kind, sheet, checked, job.file.name);
  await job.finish(async () => ({ result: { ...result, cells: problems }, output }));
}

/** Writes a list that was checked: all of it or nothing, or its good rows. Its file is erased in the same transaction. */
async function write(job: RunningJob): Promise<Refusal | void> {
  const asked = writeAsked.parse(job.input);
  const kind = kinds[asked.kind];
  const sent = await job.look(async (tx) => (await jobFile(tx, asked.checkId)) ?? refuse('fileErased'));
  if (isRefusal(sent)) return sent;
  const sheet = await readSheet(sent.file);
  if (isRefusal(sheet)) return sheet;
  await job.finish(async (tx, caller) => {
    if (!mayUse(caller, kind.may)) return refuse('rightsGone');
    const how = { all: asked.which === 'all', warned: asked.warned };
    const done = await kind.write(tx, caller, sheet, how, job.progress);
    if (isRefusal(done)) return done;
    const erased = await eraseJobFiles(tx, asked.checkId);
    if (isRefusal(erased)) return erased;
    const result: WriteResult = {
      kind: kind.kind,
      written: done.written,
      bad: done.bad.size,
      warned: how.warned ? 0 : done.warned.size,
    };
    return { result };
  });
}

/** The work of imports, for the portal's worker. What each kind of list asks of its account is asked when it runs. */
export const importHandlers: JobHandlers = {
  import_check: { may: 'signedIn', run: check },
  import_write: { may: 'signedIn', run: write },
};
