import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DashboardPage } from '@/components/figure/dashboard-page';
import { ReportTurnNotice } from '@/components/report/report-turn';
import { OverdueTasks } from '@/components/task/overdue-tasks';
import { parseSort } from '@/components/ui/data-table';
import { read } from '@/lib/access/doors';
import { dashboard } from '@/lib/figure/queries';
import { dashboardAddress, placeSorts } from '@/lib/figure/schema';
import { dayOf } from '@/lib/kernel/clock';
import { periodAround, periodOf } from '@/lib/period/rules';
import { reportTurn } from '@/lib/report/turn';
import { overdueUnder } from '@/lib/task/overdue';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('dashboard');
  return { title: t('title') };
}

/** One dashboard for every level: the scope is data. `?area=` narrows; an area outside the caller's is not found. */
export default async function Page({ searchParams }: Props) {
  const asked = dashboardAddress.safeParse(await searchParams);
  const now = new Date();
  const sort = parseSort(asked.data?.sort, placeSorts, '-unreached');
  const by = placeSorts.find((key) => key === sort.by) ?? 'unreached';
  const found = await read('figures.read', async (tx, caller) => {
    if (!asked.success) return null;
    const { area, period: key, with: beside } = asked.data;
    // The year as the administration counts it, unless told otherwise: what leaders are asked about.
    const period = periodOf(key ?? '') ?? periodAround(dayOf(now), 'administrative', 'year');
    const board = await dashboard(tx, { area, period, with: periodOf(beside ?? ''), rank: { ...sort, by } }, now);
    if (!board) return null;
    const [overdue, turn] = await Promise.all([
      overdueUnder(tx, caller, board.area.id, now),
      reportTurn(tx, board.area.id, now),
    ]);
    return { board, overdue, turn };
  });
  if (!found || !asked.success) notFound();
  return (
    <DashboardPage
      dashboard={found.board}
      asked={asked.data}
      sort={sort}
      now={now}
      turn={<ReportTurnNotice turn={found.turn} areaId={found.board.area.id} />}
      overdue={found.overdue === null ? null : <OverdueTasks late={found.overdue} />}
    />
  );
}
