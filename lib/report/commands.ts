import { attempt, type Caller, type ScopedTx } from '@/lib/access/scoped';
import type { IndicatorValue } from '@/lib/indicator/schema';
import { dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { periodAfter, periodOf } from '@/lib/period/rules';
import { shownFigures, wordsBelow, type Figures } from './queries';
import { hasClosed } from './rules';
import type { ReportHand, ReportState } from './schema';

type Staff = Pick<Caller, 'accountId'>;
type Done = { id: string };

/** What the database says no with, as a reason people are told. */
const reasons: Readonly<Record<string, string>> = {
  report_hand: 'reportNotYours',
  report_once_idx: 'reportThere',
  report_step_follows: 'reportMoved',
  report_begins: 'reportMoved',
  report_words_stand: 'reportMoved',
  report_period_closed: 'reportPeriodRuns',
};

/** Does what the database judges, in a savepoint: two who act at once take turns in it, and the second is refused in words. */
async function judged<R>(tx: ScopedTx, work: (tx: ScopedTx) => Promise<R>): Promise<R | Refusal> {
  try {
    return await attempt(tx, work);
  } catch (error) {
    const name = typeof error === 'object' && error !== null && 'constraint_name' in error ? error.constraint_name : '';
    const known = reasons[String(name)];
    if (known === undefined) throw error;
    return refuse(known);
  }
}

async function audit(tx: ScopedTx, caller: Staff, action: string, id: string, areaId: number): Promise<void> {
  await tx`insert into audit_event (account_id, action, subject_kind, subject_id, area_id)
    values (${caller.accountId}, ${action}, 'report', ${id}, ${areaId})`;
}

interface Held {
  readonly id: string;
  readonly areaId: number;
  readonly period: string;
  readonly revision: number;
  readonly state: ReportState;
  readonly hands: readonly ReportHand[];
  readonly top: boolean;
}

async function held(tx: ScopedTx, id: string): Promise<Held | null> {
  const [row] = await tx<Held[]>`
    select r.id, r.area_id, r.period, r.revision, r.state, report_hands(r.area_id) as hands,
      not exists (select from area_tree t where t.area_id = r.area_id and t.depth > 0) as top
    from report r where r.id = ${id}`;
  return row ?? null;
}

/** A report of the caller's and whether the act is theirs; the database asks the same again. */
async function heldFor(tx: ScopedTx, id: string, hand: ReportHand): Promise<Held | Refusal> {
  const found = await held(tx, id);
  if (!found) return refuse('notFound');
  return found.hands.includes(hand) ? found : refuse('reportNotYours');
}

/**
 * Begins the report of an area and period as a draft, with the words of the last one of its kind to go on from. Refuses: notFound, reportNotYours,
 * reportThere (there is one), periodAhead (it has not begun).
 */
export async function beginReport(
  tx: ScopedTx,
  { area, period: key }: { readonly area: number; readonly period: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | Done> {
  const period = periodOf(key);
  if (!period) return refuse('wrong', 'period');
  if (period.from > dayOf(now)) return refuse('periodAhead', 'period');
  const [place] = await tx<{ hands: ReportHand[] }[]>`
    select report_hands(id) as hands from area where id = ${area} and id = any(coalesce((select may_areas('figures.read')), '{}'))`;
  if (!place) return refuse('notFound', 'area');
  if (!place.hands.includes('write')) return refuse('reportNotYours', 'area');
  const before = periodAfter(period, -1).key;
  const id = newId();
  return judged(tx, async (inner) => {
    await inner`insert into report (id, area_id, period, closes_on, created_by) values (${id}, ${area}, ${key}, ${period.to}, ${caller.accountId})`;
    await inner`insert into report_step (report_id, area_id, to_state) values (${id}, ${area}, 'draft')`;
    await inner`
      insert into report_remark (report_id, area_id, obstacles, proposals, carried_from, updated_by)
      select ${id}, ${area}, coalesce(m.obstacles, ''), coalesce(m.proposals, ''),
        case when m.obstacles <> '' or m.proposals <> '' then ${before} end, ${caller.accountId}
      from (select) one left join lateral (
        select m.obstacles, m.proposals from report r join report_remark m on m.report_id = r.id
        where r.area_id = ${area} and r.period = ${before} order by r.revision desc limit 1) m on true`;
    await audit(inner, caller, 'report.begin', id, area);
    return { id };
  });
}

/**
 * Writes down what a report says in words, while it is a draft or was given back. Refuses: notFound, reportNotYours, changedMeanwhile (somebody
 * has written since the page was opened), reportMoved (it was handed in).
 */
export async function writeRemarks(
  tx: ScopedTx,
  {
    report,
    version,
    number,
    obstacles,
    proposals,
  }: { report: string; version: number; number: string; obstacles: string; proposals: string },
  caller: Staff,
): Promise<Refusal | Done> {
  const found = await heldFor(tx, report, 'write');
  if ('refused' in found) return found;
  return judged(tx, async (inner) => {
    const written = await inner`
      update report_remark set number = ${number}, obstacles = ${obstacles}, proposals = ${proposals}, version = version + 1,
        updated_at = now(), updated_by = ${caller.accountId}
      where report_id = ${report} and version = ${version}`;
    if (written.count === 0) return refuse('changedMeanwhile');
    await audit(inner, caller, 'report.write', report, found.areaId);
    return { id: report };
  });
}

/**
 * Signs a report and hands it in: its words and figures stand from now on. Where nobody is above, the signature approves as well. Refuses:
 * notFound, reportNotYours, reportPeriodRuns, changedMeanwhile (the words are not those that were on the page), reportMoved.
 */
export async function signReport(
  tx: ScopedTx,
  { report, version }: { readonly report: string; readonly version: number },
  caller: Staff,
  now: Date,
  figures: Figures = shownFigures,
): Promise<Refusal | Done> {
  const found = await heldFor(tx, report, 'sign');
  if ('refused' in found) return found;
  const period = periodOf(found.period);
  if (!period || !hasClosed(period, dayOf(now))) return refuse('reportPeriodRuns');
  if (found.state !== 'draft' && found.state !== 'returned') return refuse('reportMoved');
  // Held until the end: whoever writes at this moment waits, and is then told that it was handed in.
  const [text] = await tx<{ version: number; number: string; obstacles: string; proposals: string }[]>`
    select version, number, obstacles, proposals from report_remark where report_id = ${report} for update`;
  if (text?.version !== version) return refuse('changedMeanwhile');
  const below = await wordsBelow(tx, found.areaId, found.period);
  const values = await figures(tx, found.areaId, period);
  return judged(tx, async (inner) => {
    const stepId = newId();
    const { number, obstacles, proposals } = text;
    const content = { number, obstacles, proposals, below: below.map((one) => ({ ...one })) };
    await inner`
      insert into report_step (id, report_id, area_id, from_state, to_state, content)
      values (${stepId}, ${report}, ${found.areaId}, ${found.state}, 'submitted', ${inner.json(content)})`;
    if (values.length > 0)
      await inner`insert into report_figure ${inner(values.map(frozen(stepId, report, found.areaId)))}`;
    if (found.top)
      await inner`insert into report_step (report_id, area_id, from_state, to_state) values (${report}, ${found.areaId}, 'submitted', 'approved')`;
    await audit(inner, caller, 'report.sign', report, found.areaId);
    return { id: report };
  });
}

/** A figure as it is kept from the submission on. */
const frozen = (stepId: string, reportId: string, areaId: number) => (one: IndicatorValue, position: number) => {
  const { code, nameVi, nameEn, unit, kind, hidden, source, asOf, computedAt } = one;
  const said = hidden ? { value: null, of: null } : { value: one.value, of: one.of };
  return {
    stepId,
    reportId,
    areaId,
    position,
    code,
    nameVi,
    nameEn,
    unit,
    kind,
    hidden,
    source,
    asOf,
    computedAt,
    ...said,
  };
};

async function answer(
  tx: ScopedTx,
  report: string,
  [from, to]: readonly [ReportState, ReportState],
  reason: string,
  caller: Staff,
): Promise<Refusal | Done> {
  const found = await heldFor(tx, report, 'approve');
  if ('refused' in found) return found;
  return judged(tx, async (inner) => {
    await inner`insert into report_step (report_id, area_id, from_state, to_state, reason) values (${report}, ${found.areaId}, ${from}, ${to}, ${reason})`;
    await audit(inner, caller, `report.${to}`, report, found.areaId);
    return { id: report };
  });
}

/** Gives a report back to be mended, with the reason. Refuses: notFound, reportNotYours (of the level above alone), reportMoved. */
export const giveBackReport = (tx: ScopedTx, { report, reason }: { report: string; reason: string }, caller: Staff) =>
  answer(tx, report, ['submitted', 'returned'], reason, caller);

/** Approves a report as it was handed in, with its figures. Refuses: notFound, reportNotYours, reportMoved (somebody was quicker). */
export const approveReport = (tx: ScopedTx, { report }: { report: string }, caller: Staff) =>
  answer(tx, report, ['submitted', 'approved'], '', caller);

/** Locks an approved report: what comes later goes into a new revision. Refuses: notFound, reportNotYours, reportMoved. */
export const lockReport = (tx: ScopedTx, { report }: { report: string }, caller: Staff) =>
  answer(tx, report, ['approved', 'locked'], '', caller);

/**
 * Reopens a locked report as a new revision, with the reason and the words it had; the locked one stays to be read. Refuses: notFound,
 * reportNotYours, reportMoved (not locked), reportThere (somebody reopened it at the same time).
 */
export async function reopenReport(
  tx: ScopedTx,
  { report, reason }: { readonly report: string; readonly reason: string },
  caller: Staff,
): Promise<Refusal | Done> {
  const found = await heldFor(tx, report, 'approve');
  if ('refused' in found) return found;
  if (found.state !== 'locked') return refuse('reportMoved');
  const id = newId();
  return judged(tx, async (inner) => {
    await inner`
      insert into report (id, area_id, period, closes_on, revision, created_by)
      select ${id}, area_id, period, closes_on, revision + 1, ${caller.accountId} from report where id = ${report}`;
    await inner`insert into report_step (report_id, area_id, to_state, reason) values (${id}, ${found.areaId}, 'draft', ${reason})`;
    await inner`
      insert into report_remark (report_id, area_id, obstacles, proposals, updated_by)
      select ${id}, area_id, obstacles, proposals, ${caller.accountId} from report_remark where report_id = ${report}`;
    await audit(inner, caller, 'report.reopen', id, found.areaId);
    return { id };
  });
}

/** Sets the day of the month by which those below an area hand in. Refuses: notFound (not the caller's to say). */
export async function setDueDay(
  tx: ScopedTx,
  { area, day }: { readonly area: number; readonly day: number },
  caller: Staff,
): Promise<Refusal | { area: number }> {
  const set = await tx`
    insert into report_due (area_id, day, set_by)
    select ${area}, ${day}, ${caller.accountId} where ${area} = any(coalesce((select may_areas('report.approve')), '{}'))
    on conflict (area_id) do update set day = excluded.day, set_at = now(), set_by = excluded.set_by`;
  if (set.count === 0) return refuse('notFound', 'area');
  await tx`insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, 'report.due', 'area', ${String(area)}, ${area}, ${tx.json({ day })})`;
  return { area };
}
