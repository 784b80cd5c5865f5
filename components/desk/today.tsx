import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { StatusPill } from '@/components/ui/pill';
import { formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import type { LoggedLine } from './local-log';

/** Who was helped at a desk today, the newest first; what one logged oneself a moment ago, or the phone has not sent yet, can be taken back. */
export function AssistsToday({
  rows,
  locale,
  undo,
}: {
  rows: readonly LoggedLine[];
  locale: Locale;
  undo: FormAction;
}) {
  const t = useTranslations('desk');
  return (
    <DataTable
      caption={t('todayCaption', { count: rows.length })}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState icon="hand" title={t('todayNone')} />}
      columns={[
        {
          key: 'at',
          header: t('at'),
          cell: (line) => (
            <>
              {formatTime(locale, line.at)} · {line.need}
              {line.waits ? (
                <span className="mt-1 block">
                  <StatusPill tone="warn">{t('phone.waits')}</StatusPill>
                </span>
              ) : null}
            </>
          ),
        },
        { key: 'help', header: t('help'), cell: (line) => t(`levelsDone.${level(line.level)}`) },
        {
          key: 'minutes',
          header: t('minutes'),
          align: 'end',
          cell: (line) => <span className="whitespace-nowrap">{t('minutesShort', { minutes: line.minutes })}</span>,
        },
        {
          key: 'outcome',
          header: t('outcome'),
          cell: (line) =>
            // Promised and nobody knows to whom: left for later, it can be said here.
            line.referredTo === 'home_visit' && line.person === null && !line.waits ? (
              <Link
                href={`/manage/desk/visit?assist=${line.id}`}
                prefetch={false}
                className="link inline-flex min-h-target items-center"
              >
                {t('outcomes.home_visit')}
              </Link>
            ) : (
              t(`outcomes.${line.referredTo ?? 'settled'}`)
            ),
        },
        {
          key: 'person',
          header: t('who'),
          cell: (line) => (line.person === null ? t('noName') : line.person || t('nameHidden')),
        },
        {
          key: 'undo',
          header: <span className="sr-only">{t('undo')}</span>,
          cell: (line) =>
            line.undoable ? (
              <ActForm
                action={undo}
                fields={{ assistId: line.id }}
                variant="quiet"
                label={t('undoAt', { time: formatTime(locale, line.at) })}
                pendingLabel={t('undoing')}
              />
            ) : null,
        },
      ]}
    />
  );
}

const level = (value: number) => (['0', '1', '2', '3', '4'] as const)[value] ?? '0';
