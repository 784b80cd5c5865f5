import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { StatusPill } from '@/components/ui/pill';
import { openInSpite } from '@/lib/dayoff/rules';
import type { DayOffLine } from '@/lib/dayoff/schema';
import { formatDay, formatWeekday } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';

/** Entries of a calendar: when, why, whose; with the way to change one's own, and to hold classes in spite of another's. */
export function DayOffTable({
  caption,
  rows,
  all,
  locale,
  owner,
  path,
}: {
  caption: string;
  rows: readonly DayOffLine[];
  /** The whole calendar: it says on which days there are classes all the same. */
  all: readonly DayOffLine[];
  locale: Locale;
  owner: { id: number; mayWrite: boolean };
  path: string;
}) {
  const t = useTranslations('calendar');
  const change = (row: DayOffLine) => (
    <Link
      href={`${path}?area=${owner.id}&${row.areaId === owner.id ? 'edit' : 'open'}=${row.id}#day-heading`}
      prefetch={false}
      className="link inline-flex min-h-target items-center"
    >
      {row.areaId === owner.id ? t('edit') : t('openLink')}
      <span className="sr-only">: {row.name}</span>
    </Link>
  );
  const last = {
    key: 'change',
    header: t('whatToDo'),
    cell: (row: DayOffLine) => (row.kind === 'exception' && row.areaId !== owner.id ? '—' : change(row)),
  };
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          header: t('day'),
          cell: (row) => (
            <span className="block min-w-40">
              {row.name}
              <span className="block text-sm font-normal text-muted">{t(`reasons.${row.reason}`)}</span>
            </span>
          ),
        },
        { key: 'when', header: t('when'), cell: (row) => <When row={row} locale={locale} /> },
        { key: 'state', header: t('state'), cell: (row) => <Holds row={row} all={all} /> },
        { key: 'whose', header: t('of'), cell: (row) => row.area },
        ...(owner.mayWrite ? [last] : []),
      ]}
    />
  );
}

function When({ row, locale }: { row: DayOffLine; locale: Locale }) {
  const t = useTranslations('calendar');
  const { weekday, firstDay, lastDay } = row;
  const first = firstDay && formatDay(locale, firstDay);
  const last = lastDay && formatDay(locale, lastDay);
  if (weekday !== null)
    return (
      <>
        {t('everyWeekday', { weekday: formatWeekday(locale, weekday) })}
        {first ? <span className="block text-sm text-muted">{t('fromDay', { day: first })}</span> : null}
        {last ? <span className="block text-sm text-muted">{t('untilDay', { day: last })}</span> : null}
      </>
    );
  if (!first || !last) return '—';
  return firstDay === lastDay ? first : t('fromTo', { first, last });
}

/** Whether it keeps classes away here: wholly, in part, or not at all because a nearer calendar says otherwise. */
function Holds({ row, all }: { row: DayOffLine; all: readonly DayOffLine[] }) {
  const t = useTranslations('calendar');
  const { days, open } = openInSpite(row, all);
  if (row.kind === 'exception' || (days > 0 && open === days))
    return <StatusPill tone="good">{t('classes')}</StatusPill>;
  if (open > 0) return <StatusPill tone="warn">{t('partly', { open, days })}</StatusPill>;
  return <StatusPill icon="cross">{t('noClasses')}</StatusPill>;
}
