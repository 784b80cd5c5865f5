import type { Role } from '@/db/capabilities';
import { openScoped, type ScopedTx } from '@/lib/access/scoped';
import type { IndicatorValue } from '@/lib/indicator/schema';
import { dayOf } from '@/lib/kernel/clock';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import { periodAfter } from '@/lib/period/rules';
import { approveReport, beginReport, lockReport, signReport } from '@/lib/report/commands';
import { reportInFull, type Figures } from '@/lib/report/queries';
import { lastClosed } from '@/lib/report/rules';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

type Staff = { accountId: string };
export type Work<R> = (tx: ScopedTx, caller: Staff) => Promise<R>;

export const now = new Date();
export const closed = lastClosed(dayOf(now));
export const before = periodAfter(closed, -1);
export const province = 44;

/** An indicator as the registry would give it. */
export function indicator(code: string, value: number | null, more: Partial<IndicatorValue> = {}): IndicatorValue {
  return {
    code,
    nameVi: `Chỉ số ${code}`,
    nameEn: `Indicator ${code}`,
    unit: 'people',
    kind: 'computed',
    value,
    of: null,
    hidden: false,
    source: null,
    asOf: null,
    computedAt: new Date('2026-11-15T01:00:00Z'),
    ...more,
  };
}

/** What the figures say at this moment of the test, of every area alike unless one is named. */
export function bookOfFigures() {
  const book = new Map<number | 'all', IndicatorValue[]>();
  const figures: Figures = async (_tx, areaId) => book.get(areaId) ?? book.get('all') ?? [];
  return { book, figures };
}

/** The small world with what suites of reports need. */
export async function reportScene() {
  const cast: Cast = await setTheScene((await testDatabase()).url);
  const { book, figures } = bookOfFigures();
  book.set('all', [
    indicator('R01', 12),
    indicator('R03', 412, { of: 1930 }),
    indicator('R22', null, { hidden: true }),
    indicator('R09', null),
    indicator('R12', 61.5, { kind: 'declared', unit: 'percent', source: 'Công an xã', asOf: '2026-11-10' }),
  ]);
  const as = async <R>(role: Role, place: Place, work: Work<R>): Promise<R> => {
    const accountId = await cast.accountOf(role, place);
    return openScoped('read write', 'camtay_app', await cast.token(role, place), (tx) => work(tx, { accountId }));
  };
  const begin = (role: Role, place: Place, area = place.unitId, period = closed.key) =>
    as(role, place, (tx, caller) => beginReport(tx, { area, period }, caller, now));
  const sign = (role: Role, place: Place, report: string, version = 1) =>
    as(role, place, (tx, caller) => signReport(tx, { report, version }, caller, now, figures));
  const approve = (role: Role, place: Place, report: string) =>
    as(role, place, (tx, caller) => approveReport(tx, { report }, caller));
  const lock = (role: Role, place: Place, report: string) =>
    as(role, place, (tx, caller) => lockReport(tx, { report }, caller));
  const view = (role: Role, place: Place, report: string) =>
    as(role, place, (tx) => reportInFull(tx, 'vi', report, figures));
  /** A report of the unit (or area) brought as far as a state, by the hands it takes. */
  const brought = async (
    place: Place,
    to: 'draft' | 'submitted' | 'approved' | 'locked',
    period = closed.key,
    area = place.unitId,
  ): Promise<string> => {
    const { id } = done(await begin('organiser', place, area, period));
    const village = area !== place.unitId;
    if (to === 'draft') return id;
    done(await sign(village ? 'organiser' : 'unit_leader', place, id));
    if (to === 'submitted') return id;
    const above = village ? 'unit_leader' : 'province_leader';
    done(await approve(above, place, id));
    if (to === 'locked') done(await lock(above, place, id));
    return id;
  };
  /** All reports gone, for the next test. */
  const clear = async () => {
    for (const table of ['report_figure', 'report_remark', 'report_step', 'report', 'report_due'])
      await cast.owner`delete from ${cast.owner(table)}`;
  };
  return { cast, book, figures, as, begin, sign, approve, lock, view, brought, clear };
}

/** What was done, or the test ends with the reason. */
export function done<R extends object>(result: R | Refusal): R {
  if (isRefusal(result)) throw new Error(result.refused);
  return result;
}
