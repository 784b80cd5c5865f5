import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { StatusPill } from '@/components/ui/pill';
import { writeHours } from '@/lib/desk/rules';
import type { DeskLine, DeskRecord, ShiftLine, StaffLine } from '@/lib/desk/schema';
import {
  formatDate,
  formatDateTime,
  formatDay,
  formatNumber,
  formatTime,
  formatTimeRange,
  formatWeekday,
} from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';

/** The desks, and who is there now. */
export function DeskTable({ rows, path }: { rows: readonly DeskLine[]; path: string }) {
  const t = useTranslations('desk');
  return (
    <DataTable
      caption={t('desks')}
      captionHidden
      rows={rows}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="place" title={t('none')}>
          {t('noneBody')}
        </EmptyState>
      }
      columns={[
        {
          key: 'name',
          header: t('name'),
          cell: (desk) => (
            <>
              <Link href={`${path}/${desk.id}`} prefetch={false} className="link block w-fit min-w-36">
                {desk.name}
              </Link>
              {desk.retired ? <StatusPill>{t('closed')}</StatusPill> : null}
            </>
          ),
        },
        { key: 'kind', header: t('kind'), cell: (desk) => t(`kinds.${desk.kind}`) },
        { key: 'area', header: t('area'), cell: (desk) => desk.area },
        { key: 'onDuty', header: t('onDutyNow'), cell: (desk) => desk.onDuty.join(', ') || '—' },
        { key: 'today', header: t('todayCount'), align: 'end', cell: (desk) => desk.today },
      ]}
    />
  );
}

/** When a desk is open, day by day; of one that goes by its shifts, that it does. */
export function OpeningHours({ hours, locale }: { hours: DeskRecord['hours']; locale: Locale }) {
  const t = useTranslations('desk');
  if (hours.length === 0) return <p className="text-muted">{t('hoursNone')}</p>;
  return (
    <ul>
      {[1, 2, 3, 4, 5, 6, 7].map((weekday) => {
        const ofDay = hours.filter((one) => one.weekday === weekday);
        return (
          <li key={weekday} className="flex flex-wrap gap-x-3">
            <span className="min-w-24">{formatWeekday(locale, weekday)}</span>
            <span className={ofDay.length === 0 ? 'text-muted' : undefined}>
              {ofDay.length === 0 ? t('closedThen') : writeHours(ofDay)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** The rounds that bring a mobile point, each with the way to it. */
export function RoundsTable({
  rows,
  locale,
}: {
  rows: readonly { readonly id: string; readonly startsAt: Date; readonly endsAt: Date }[];
  locale: Locale;
}) {
  const t = useTranslations('desk');
  return (
    <DataTable
      caption={t('rounds')}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'day',
          header: t('day'),
          cell: (round) => (
            <Link href={`/manage/visits/rounds/${round.id}`} prefetch={false} className="link">
              {formatDay(locale, round.startsAt)}
            </Link>
          ),
        },
        {
          key: 'time',
          header: t('time'),
          cell: (round) => (
            <span className="whitespace-nowrap">{formatTimeRange(locale, round.startsAt, round.endsAt)}</span>
          ),
        },
      ]}
    />
  );
}

/** Who is on duty when, from today on; shifts can be called off by those who keep the desk. */
export function DutyTable({
  rows,
  locale,
  callOff,
}: {
  rows: readonly ShiftLine[];
  locale: Locale;
  callOff: FormAction | null;
}) {
  const t = useTranslations('desk');
  return (
    <DataTable
      caption={t('duty')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="clock" title={t('dutyNone')}>
          {t('dutyNoneBody')}
        </EmptyState>
      }
      columns={[
        { key: 'day', header: t('day'), cell: (shift) => formatDay(locale, shift.startsAt) },
        {
          key: 'time',
          header: t('time'),
          cell: (shift) => (
            <span className="whitespace-nowrap">{formatTimeRange(locale, shift.startsAt, shift.endsAt)}</span>
          ),
        },
        { key: 'who', header: t('onDuty'), cell: (shift) => shift.fullName },
        ...(callOff
          ? [
              {
                key: 'off',
                header: <span className="sr-only">{t('callOff')}</span>,
                cell: (shift: ShiftLine) => (
                  <ActForm
                    action={callOff}
                    fields={{ shiftId: shift.id }}
                    variant="quiet"
                    label={t('callOffThat', {
                      time: formatTime(locale, shift.startsAt),
                      day: formatDate(locale, shift.startsAt),
                    })}
                    pendingLabel={t('saving')}
                  />
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

/** Who staffs a desk, and for how long they were there; nobody types hours. */
export function StaffTable({ rows, locale }: { rows: readonly StaffLine[]; locale: Locale }) {
  const t = useTranslations('desk');
  if (rows.length === 0) return null;
  return (
    <DataTable
      caption={t('staff')}
      rows={rows}
      rowKey={({ whoId }) => whoId}
      columns={[
        { key: 'who', header: t('onDuty'), cell: (one) => one.fullName },
        {
          key: 'hours',
          header: t('hoursDone'),
          align: 'end',
          cell: (one) => (
            <span className="whitespace-nowrap">
              {t('hoursUnit', { hours: formatNumber(locale, Math.round(one.minutes / 30) / 2, 1) })}
            </span>
          ),
        },
        {
          key: 'next',
          header: t('next'),
          cell: (one) => (one.nextAt ? formatDateTime(locale, one.nextAt) : '—'),
        },
      ]}
    />
  );
}
