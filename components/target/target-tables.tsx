import { useTranslations } from 'next-intl';
import { Counted, useIndicatorNumbers } from '@/components/indicator/numbers';
import { usePeriodWords } from '@/components/period/period-words';
import { DataTable } from '@/components/ui/data-table';
import { StatusPill } from '@/components/ui/pill';
import { formatDate, formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { periodOf } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import type { Standing, TargetLine } from '@/lib/target/schema';

/** Each target with where one stands, should stand, is heading, and what it takes. */
export function StandingTable({ rows, areaId, period }: { rows: readonly Standing[]; areaId: number; period: Period }) {
  const t = useTranslations('target');
  const { name, shown } = useIndicatorNumbers();
  return (
    <DataTable
      caption={t('table')}
      rows={rows}
      rowKey={({ code }) => code}
      columns={[
        {
          key: 'indicator',
          header: t('indicator'),
          cell: (row) => (
            <Link
              href={`/dashboard/indicators/${row.code}`}
              prefetch={false}
              className="link inline-flex min-h-target min-w-36 items-center"
            >
              {name(row)}
            </Link>
          ),
        },
        {
          key: 'actual',
          header: t('actual'),
          align: 'end',
          cell: (row) =>
            row.hidden ? (
              t('hidden')
            ) : (
              <span className="grid justify-items-end gap-1">
                <Counted value={row.actual} of={wholeOf(row)} shownAs={row.shownAs} />
                <OnPace row={row} />
              </span>
            ),
        },
        {
          key: 'aim',
          header: t('aim'),
          align: 'end',
          cell: (row) => <Aim row={row} areaId={areaId} period={period} />,
        },
        { key: 'pace', header: t('pace'), align: 'end', cell: ({ pace, shownAs }) => shown(pace, shownAs) },
        {
          key: 'forecast',
          header: t('forecast'),
          align: 'end',
          cell: ({ forecast, shownAs, byYear }) =>
            forecast === null ? (
              '—'
            ) : (
              <span className="block min-w-28">
                {shown(forecast.value, shownAs)}
                <span className="block text-sm text-muted">
                  {forecast.band
                    ? t('band', { low: shown(forecast.band.low, shownAs), high: shown(forecast.band.high, shownAs) })
                    : t('noBand')}
                </span>
                {byYear ? <span className="block text-sm text-muted">{t('byYear')}</span> : null}
              </span>
            ),
        },
        { key: 'sessions', header: t('sessions'), align: 'end', cell: (row) => <Needed row={row} /> },
      ]}
    />
  );
}

const wholeOf = ({ shownAs, of }: Standing) => (shownAs === 'share' ? of : null);

const standing = ({ actual, of, shownAs }: Standing) =>
  shownAs === 'count' || actual === null ? actual : of ? (100 * actual) / of : null;

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function Aim({ row: { target, shownAs }, areaId, period }: { row: Standing; areaId: number; period: Period }) {
  const t = useTranslations('target');
  const { shown, locale } = useIndicatorNumbers();
  if (!target) return '—';
  const place = locale === 'en' ? target.areaNameEn : target.areaNameVi;
  return (
    <span className="block min-w-24">
      {shown(target.value, shownAs)}
      {target.areaId === areaId ? null : <span className="block text-sm text-muted">{t('from', { place })}</span>}
      <SetFor other={target.period} period={period} />
    </span>
  );
}

/** For which period a target was set, where that is not the one looked at. */
function SetFor({ other, period }: { other: string; period: Period }) {
  const t = useTranslations('target');
  const { name } = usePeriodWords();
  const found = other === period.key ? null : periodOf(other);
  if (!found) return null;
  return <span className="block text-sm text-muted">{t('setFor', { period: lowerFirst(name(found)) })}</span>;
}

/** Beside what one has, where a phone shows it at once. */
function OnPace({ row }: { row: Standing }) {
  const t = useTranslations('target');
  const now = standing(row);
  if (row.pace === null || now === null) return null;
  const behind = now < row.pace;
  return <StatusPill tone={behind ? 'warn' : 'good'}>{t(behind ? 'behind' : 'ahead')}</StatusPill>;
}

function Needed({ row }: { row: Standing }) {
  const t = useTranslations('target');
  const { count } = useIndicatorNumbers();
  if (row.sessions === null) return '—';
  if (row.sessions === 0) return t('reached');
  return (
    <span className="block min-w-28">
      {t('sessionCount', { shown: count(row.sessions) })}
      {row.room === null ? null : (
        <span className="block text-sm text-muted">{t('room', { shown: count(row.room) })}</span>
      )}
    </span>
  );
}

/** What was set, by whom and when; a target taken back is a line of its own. */
export function TargetHistory({ rows, period }: { rows: readonly TargetLine[]; period: Period }) {
  const t = useTranslations('target');
  const { name, shown, locale } = useIndicatorNumbers();
  return (
    <DataTable
      caption={t('history')}
      rows={rows}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          key: 'indicator',
          header: t('indicator'),
          cell: (row) => <span className="block min-w-36">{name(row)}</span>,
        },
        {
          key: 'value',
          header: t('aim'),
          align: 'end',
          cell: (row) => (
            <span className="block min-w-24">
              {row.value === null ? t('takenBack') : shown(row.value, row.shownAs)}
              <SetFor other={row.period} period={period} />
            </span>
          ),
        },
        { key: 'source', header: t('source'), cell: (row) => row.source || '—' },
        {
          key: 'who',
          header: t('who'),
          cell: (row) => (
            <span className="block min-w-36">
              {row.by ?? t('cameWith')}
              <span className="block text-sm text-muted">
                {formatDate(locale, row.at)}, {formatTime(locale, row.at)}
              </span>
            </span>
          ),
        },
      ]}
    />
  );
}
