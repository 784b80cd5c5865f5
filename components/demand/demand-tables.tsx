import { useTranslations } from 'next-intl';
import { DataTable, parseSort, sortRows } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import type { DemandGroup, DemandLine, DemandSettled, DemandTime } from '@/lib/demand/schema';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';

function useTimes(): (times: readonly DemandTime[]) => string {
  const t = useTranslations('ask');
  return (times) => (times.length === 0 ? '—' : times.map((time) => t(`time.${time}`)).join(', '));
}

const values = {
  skill: (row: DemandGroup) => row.skill,
  asked: (row: DemandGroup) => row.asked,
  people: (row: DemandGroup) => row.people,
  latest: (row: DemandGroup) => row.latest.getTime(),
};

/** What is asked for, by place and skill: most asked first, or as the address asks. The unit is named where there are several. */
export function DemandGroups({
  groups,
  locale,
  asked,
}: {
  groups: readonly DemandGroup[];
  locale: Locale;
  /** `?sort=`. */
  asked: string | undefined;
}) {
  const order = parseSort(asked, Object.keys(values), '');
  const several = new Set(groups.map(({ unit }) => unit)).size > 1;
  const t = useTranslations('demand');
  const times = useTimes();
  return (
    <DataTable
      caption={t('open')}
      rows={sortRows(groups, order, values)}
      sort={{ ...order, address: { path: '/manage/demand', params: { sort: asked } } }}
      rowKey={({ areaId, skillCode }) => `${areaId}-${skillCode ?? ''}`}
      empty={
        <EmptyState icon="hand" title={t('none')}>
          {t('noneBody')}
        </EmptyState>
      }
      columns={[
        {
          key: 'skill',
          header: t('what'),
          sortable: true,
          cell: (row) => (
            <>
              <Link
                href={`/manage/demand?area=${row.areaId}&skill=${row.skillCode ?? 'other'}`}
                prefetch={false}
                className="link block w-fit min-w-36 font-bold"
              >
                {row.skill ?? t('otherWishes')}
                <span className="sr-only">, {row.place}</span>
              </Link>
              <span className="block text-sm font-normal text-muted" aria-hidden>
                {several && row.unit ? `${row.place}, ${row.unit}` : row.place}
              </span>
            </>
          ),
        },
        { key: 'asked', header: t('asked'), sortable: true, align: 'end', cell: (row) => row.asked },
        { key: 'people', header: t('people'), sortable: true, align: 'end', cell: (row) => row.people },
        { key: 'times', header: t('times'), cell: (row) => times(row.times) },
        { key: 'latest', header: t('latest'), sortable: true, cell: (row) => formatDate(locale, row.latest) },
      ]}
    />
  );
}

/** Who asked, in a group: names and numbers only where the caller plans classes, and only what was left with consent. */
export function DemandLines({
  lines,
  locale,
  mayWrite,
}: {
  lines: readonly DemandLine[];
  locale: Locale;
  mayWrite: boolean;
}) {
  const t = useTranslations('demand');
  const times = useTimes();
  const who = [
    {
      key: 'who',
      header: t('who'),
      cell: (line: DemandLine) =>
        line.fullName || line.phone ? (
          <>
            {line.fullName}
            {line.phone ? (
              <a href={`tel:${line.phone}`} className="link block whitespace-nowrap">
                {line.phone.replace(/^\+84/, '0')}
              </a>
            ) : null}
          </>
        ) : (
          t('nobody')
        ),
    },
  ];
  return (
    <DataTable
      caption={t('asks')}
      captionHidden
      rows={lines}
      rowKey={({ id }) => id}
      columns={[
        { key: 'day', header: t('day'), cell: (line) => formatDate(locale, line.createdAt) },
        { key: 'wish', header: t('wish'), cell: (line) => line.wish || '—' },
        { key: 'people', header: t('people'), align: 'end', cell: (line) => line.people },
        { key: 'times', header: t('times'), cell: (line) => times(line.times) },
        ...(mayWrite ? who : []),
      ]}
    />
  );
}

/** What was answered of late, and how. */
export function SettledList({ settled, locale }: { settled: readonly DemandSettled[]; locale: Locale }) {
  const t = useTranslations('demand');
  return (
    <DataTable
      caption={t('settled')}
      rows={settled}
      rowKey={(row) => `${row.place}-${row.skill ?? ''}-${row.at.getTime()}`}
      columns={[
        { key: 'place', header: t('place'), cell: (row) => row.place },
        { key: 'skill', header: t('skill'), cell: (row) => row.skill ?? t('otherWishes') },
        { key: 'asked', header: t('asked'), align: 'end', cell: (row) => row.asked },
        {
          key: 'outcome',
          header: t('outcome'),
          cell: (row) => (
            <>
              {row.classId ? (
                <Link href={`/manage/classes/${row.classId}`} prefetch={false} className="link">
                  {t(`outcomes.${row.outcome}`)}
                </Link>
              ) : (
                t(`outcomes.${row.outcome}`)
              )}
              {row.note ? <span className="block text-sm text-muted">{row.note}</span> : null}
            </>
          ),
        },
        { key: 'at', header: t('day'), cell: (row) => formatDate(locale, row.at) },
      ]}
    />
  );
}
