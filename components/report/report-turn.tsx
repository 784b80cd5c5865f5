import { useLocale, useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Period } from '@/lib/period/schema';
import { periodWords } from '@/lib/report/rules';
import type { ReportTurn } from '@/lib/report/schema';

/** On the dashboard: the reports that wait for the reader's hand, each with the way there; nothing where none does. */
export function ReportTurnNotice({ turn: { own, waiting }, areaId }: { turn: ReportTurn; areaId: number }) {
  const t = useTranslations('reports');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  if (!own && waiting.length === 0) return null;
  const list = (period: Period) =>
    `/dashboard/reports?${new URLSearchParams({ area: String(areaId), period: period.key })}`;
  const link = 'link inline-flex min-h-target items-center font-bold';
  return (
    <div className="print:hidden">
      <Notice tone={own?.overdue || own?.state === 'returned' ? 'warn' : 'info'} title={t('turn.title')}>
        <ul>
          {own ? (
            <li>
              <Link
                href={own.reportId ? `/dashboard/reports/${own.reportId}` : list(own.period)}
                prefetch={false}
                className={link}
              >
                {t(`turn.own.${own.state === 'draft' || own.state === 'returned' ? own.state : 'none'}`, {
                  period: periodWords(locale, own.period),
                })}
              </Link>{' '}
              {t(own.overdue ? 'turn.late' : 'turn.due', { day: formatDate(locale, own.dueOn) })}
            </li>
          ) : null}
          {waiting.map(({ period, count }) => (
            <li key={period.key}>
              <Link href={list(period)} prefetch={false} className={link}>
                {t('turn.waiting', { count, period: periodWords(locale, period) })}
              </Link>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
