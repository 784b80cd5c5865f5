import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { dayOf } from '@/lib/kernel/clock';
import { periodOf } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import { dueDay } from './queries';
import { dueOn, isOverdue, lastClosed } from './rules';
import type { ReportHand, ReportState, ReportTurn } from './schema';

/**
 * What of an area's reports waits for the caller: its own of the month that closed last, where it is theirs to write or to sign (a village's once somebody began one),
 * and those right below that wait for their answer, of any month. Nothing for whoever only reads.
 */
export async function reportTurn(tx: ScopedTx, areaId: number, now: Date): Promise<ReportTurn> {
  const today = dayOf(now);
  const period = lastClosed(today);
  const [own] = await tx<
    {
      reportId: string | null;
      state: ReportState | null;
      hands: readonly ReportHand[];
      expected: boolean;
      day: number;
    }[]
  >`
    select r.id as report_id, r.state, report_hands(a.id) as hands,
      r.id is not null or a.kind in ${tx([...unitKinds, 'province'])} as expected, ${dueDay(tx, tx`a.id`)} as day
    from area a
      left join lateral (select id, state from report r where r.area_id = a.id and r.period = ${period.key} order by revision desc limit 1) r on true
    where a.id = ${areaId}`;
  const waiting = await tx<{ period: string; count: number }[]>`
    select r.period, count(*) as count
    from area_tree t join report r on r.area_id = t.area_id
    where t.ancestor_id = ${areaId} and t.depth = 1 and r.state = 'submitted' and 'approve' = any (report_hands(r.area_id))
    group by r.period, r.closes_on order by r.closes_on`;
  return {
    own: own && own.expected && isTurn(own) ? ownTurn(own, period, today) : null,
    waiting: waiting.flatMap(({ period: key, count }) => {
      const found = periodOf(key);
      return found ? [{ period: found, count }] : [];
    }),
  };
}

/** Whoever signs has it before them until it is signed; whoever only writes, until it is written. */
const isTurn = ({ state, hands }: { state: ReportState | null; hands: readonly ReportHand[] }) =>
  hands.includes('sign')
    ? state === null || state === 'draft' || state === 'returned'
    : hands.includes('write') && (state === null || state === 'returned');

function ownTurn(
  {
    reportId,
    state,
    hands,
    day,
  }: Pick<NonNullable<ReportTurn['own']>, 'reportId' | 'state' | 'hands'> & { day: number },
  period: Period,
  today: string,
): ReportTurn['own'] {
  const due = dueOn(period, day);
  return { period, reportId, state, hands, dueOn: due, overdue: isOverdue(state, due, today) };
}
