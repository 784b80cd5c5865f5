import { useTranslations } from 'next-intl';
import type { FormAction } from '@/components/account/use-form';
import { ActForm } from '@/components/class/act-form';
import { StatusPill } from '@/components/ui/pill';
import { DataTable } from '@/components/ui/data-table';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import type { AskLine } from '@/lib/team/schema';
import { AnswerState } from './helper-rows';

/** Every session a member was asked for, the newest first; whether they came may be corrected. */
export function AskTable({
  rows,
  locale,
  mayCorrect,
  presence,
}: {
  rows: readonly AskLine[];
  locale: Locale;
  mayCorrect: boolean;
  presence: FormAction;
}) {
  const t = useTranslations('teams');
  return (
    <DataTable
      caption={t('asks')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={
        <section className="grid gap-3">
          <h2 className="text-xl">{t('asks')}</h2>
          <p>{t('asksNone')}</p>
        </section>
      }
      columns={[
        {
          key: 'session',
          header: t('session'),
          cell: (row) => (
            <span className="block min-w-40 font-normal lg:min-w-64">
              <b className="tabular-nums">{formatDay(locale, row.startsAt)}</b>{' '}
              <span className="tabular-nums">{formatTimeRange(locale, row.startsAt, row.endsAt)}</span>
              {row.inScope ? (
                <Link href={`/manage/classes/${row.classId}`} prefetch={false} className="link block">
                  {row.title}
                </Link>
              ) : (
                <span className="block">{row.title}</span>
              )}
              <span className="block text-sm text-muted">{row.venue}</span>
            </span>
          ),
        },
        { key: 'role', header: t('did'), cell: (row) => t(`helperRole.${row.role}`) },
        {
          key: 'state',
          header: t('stateHead'),
          cell: (row) => (
            <span className="grid justify-items-start gap-1.5">
              {row.calledOff ? (
                <StatusPill tone="bad">{t('state.off')}</StatusPill>
              ) : (
                <AnswerState helper={{ ...row, moved: row.movedAt !== null }} over={row.tookPlace} />
              )}
              {row.reason ? <span className="text-sm">“{row.reason}”</span> : null}
              {mayCorrect && row.tookPlace && row.state === 'yes' && !row.calledOff ? (
                <ActForm
                  action={presence}
                  fields={{ id: row.id, came: row.absent ? 'yes' : 'no' }}
                  label={t(row.absent ? 'cameAfterAll' : 'didNotCome')}
                  pendingLabel={t('working')}
                  variant="quiet"
                />
              ) : null}
            </span>
          ),
        },
      ]}
    />
  );
}
