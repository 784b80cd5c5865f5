import { recordReading, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { classRoster } from '@/lib/enrolment/queries';
import { formatDate, formatTime } from '@/lib/i18n/format';
import { speaker } from '@/lib/i18n/messages';
import type { JobHandlers, RunningJob } from '@/lib/job/commands';
import { dayOf } from '@/lib/kernel/clock';
import { phoneForReading } from '@/lib/kernel/phone';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { writeSheet } from '@/lib/sheet/commands';
import type { SheetRowToWrite } from '@/lib/sheet/schema';
import { mayExport } from './commands';
import { areasGranted, classToExport, marksOfClass, peopleExported, peopleOfMine } from './queries';
import { runFiguresExport } from './places';
import { exportAsked, figuresExportAsked, mostExported, type ExportAsked, type ExportKind } from './schema';

/** What an export holds: its rows, whether it was cut, whose area it is of, and the areas it follows from. */
interface Taken {
  readonly rows: readonly SheetRowToWrite[];
  readonly cut: boolean;
  readonly areaId: number;
  readonly areas: readonly number[];
}

type Take = (tx: ScopedTx, caller: Caller, asked: ExportAsked) => Promise<Refusal | Taken>;

const columns: Readonly<Record<ExportKind, readonly string[]>> = {
  people: ['fullName', 'birthYear', 'village', 'phone', 'classes'],
  roster: ['fullName', 'birthYear', 'village', 'phone', 'phoneOf', 'status', 'signedUpBy'],
  registers: ['date', 'time', 'fullName', 'birthYear', 'village', 'state', 'minutesLate', 'walkIn'],
};

const people: Take = async (tx, caller, { language }) => {
  const ids = await peopleOfMine(tx);
  const recorded = await recordReading(tx, caller, ids.slice(0, mostExported), 'export');
  const rows = await peopleExported(recorded, language, ids.slice(0, mostExported));
  return {
    rows: rows.map((one) => ({ cells: [one.fullName, one.birthYear, one.village, one.phoneHint, one.classes] })),
    cut: ids.length > mostExported,
    areaId: caller.areaId,
    areas: await areasGranted(tx, caller, mayExport.people),
  };
};

const roster: Take = async (tx, caller, { language, classId }) => {
  const found = classId === null ? null : await classToExport(tx, language, classId);
  if (!found || classId === null) return refuse('notFound');
  const t = speaker(language, 'exports');
  const status = speaker(language, 'people');
  const lines = await classRoster(tx, language, classId);
  await recordReading(
    tx,
    caller,
    lines.map(({ personId }) => personId),
    'export',
  );
  return {
    rows: lines.map((one) => ({
      cells: [
        one.fullName,
        one.birthYear,
        one.village,
        // The whole number only where the wall let it through, as on screen.
        one.phone === null ? one.phoneHint : phoneForReading(one.phone),
        one.phoneHint === null ? null : t(one.phoneOfRelative ? 'relative' : 'self'),
        status(`enrolment.${one.status}`),
        one.signedUpBy,
      ],
    })),
    cut: false,
    areaId: found.areaId,
    areas: [found.areaId],
  };
};

const registers: Take = async (tx, caller, { language, classId }) => {
  const found = classId === null ? null : await classToExport(tx, language, classId);
  if (!found || classId === null) return refuse('notFound');
  const t = speaker(language, 'exports');
  const state = speaker(language, 'register');
  const marks = await marksOfClass(tx, language, classId);
  const shown = marks.slice(0, mostExported);
  await recordReading(tx, caller, [...new Set(shown.map(({ personId }) => personId))], 'export');
  return {
    rows: shown.map((one) => ({
      cells: [
        formatDate(language, one.startsAt),
        formatTime(language, one.startsAt),
        one.fullName,
        one.birthYear,
        one.village,
        state(`state.${one.state}`),
        one.minutesLate,
        one.walkIn ? t('yes') : null,
      ],
    })),
    cut: marks.length > mostExported,
    areaId: found.areaId,
    areas: [found.areaId],
  };
};

const takes: Readonly<Record<ExportKind, Take>> = { people, roster, registers };

/**
 * Makes the file that was asked for, of what its account may see at this time. Everybody in it has the reading written into their
 * record, and the reason stands in the audit, in the transaction that reads.
 */
async function run(job: RunningJob): Promise<Refusal | void> {
  if (figuresExportAsked.safeParse(job.input).success) return runFiguresExport(job);
  const asked = exportAsked.parse(job.input);
  const t = speaker(asked.language, 'exports');
  await job.finish(async (tx, caller) => {
    if (!caller.capabilities.includes(mayExport[asked.what])) return refuse('rightsGone');
    const taken = await takes[asked.what](tx, caller, asked);
    if ('refused' in taken) return taken;
    await tx`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      values (${caller.accountId}, 'export.make', ${asked.classId === null ? 'area' : 'class'}, ${asked.classId ?? String(taken.areaId)}, ${taken.areaId},
        ${tx.json({ what: asked.what, rows: taken.rows.length, reason: asked.reason })})`;
    const bytes = await writeSheet(asked.format, {
      name: t(`kinds.${asked.what}.title`),
      columns: columns[asked.what].map((key) => ({ header: t(`columns.${key}`), width: key === 'fullName' ? 30 : 18 })),
      rows: taken.rows,
    });
    return {
      result: { what: asked.what, rows: taken.rows.length, cut: taken.cut },
      needs: [{ may: mayExport[asked.what], areas: taken.areas }],
      output: { bytes, name: `${t(`kinds.${asked.what}.file`)}-${dayOf(new Date())}.${asked.format}` },
    };
  });
}

/** The work of exports, for the portal's worker. What each asks of its account is asked when it runs. */
export const exportHandlers: JobHandlers = { export: { may: 'signedIn', run } };
