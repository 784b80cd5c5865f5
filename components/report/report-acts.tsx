import { useLocale, useTranslations } from 'next-intl';
import type { FormAction } from '@/components/account/use-form';
import { ActForm, ReasonForm } from '@/components/class/act-form';
import { formatDate } from '@/lib/i18n/format';
import { hasClosed } from '@/lib/report/rules';
import type { ReportInFull } from '@/lib/report/schema';

export type ReportActions = Readonly<Record<'sign' | 'giveBack' | 'approve' | 'lock' | 'reopen', FormAction>>;

/** The step that is the reader's to take, if there is one; what it means is said before it is taken. */
export function ReportActs({
  report,
  actions,
  today,
}: {
  report: ReportInFull;
  actions: ReportActions;
  today: string;
}) {
  const t = useTranslations('reports.act');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const { id, state, hands, period, version } = report;
  const open = state === 'draft' || state === 'returned';
  const approves = hands.includes('approve');
  const fields = { report: id };
  const newest = report.revisions[0]?.id === id;
  if (open && hands.includes('sign'))
    return hasClosed(period, today) ? (
      <div className="grid gap-3">
        <p className="max-w-prose">{t('signLead')}</p>
        <ActForm
          action={actions.sign}
          fields={{ ...fields, version: String(version) }}
          label={t('sign')}
          pendingLabel={t('signing')}
          icon="check"
        />
      </div>
    ) : (
      <p className="max-w-prose text-muted">{t('notClosed', { day: formatDate(locale, period.to) })}</p>
    );
  if (open && hands.includes('write')) return <p className="max-w-prose text-muted">{t('waitsForSign')}</p>;
  if (state === 'submitted' && approves)
    return (
      <div className="grid gap-5">
        <div className="grid gap-3">
          <p className="max-w-prose">{t('approveLead')}</p>
          <ActForm
            action={actions.approve}
            fields={fields}
            label={t('approve')}
            pendingLabel={t('approving')}
            icon="check"
          />
        </div>
        <ReasonForm
          folded={t('giveBack')}
          action={actions.giveBack}
          fields={fields}
          reasonId="give-back-reason"
          reasonLabel={t('giveBackReason')}
          label={t('giveBack')}
          pendingLabel={t('givingBack')}
          back={null}
        />
      </div>
    );
  if (state === 'approved' && approves)
    return (
      <div className="grid gap-3">
        <p className="max-w-prose">{t('lockLead')}</p>
        <ActForm action={actions.lock} fields={fields} label={t('lock')} pendingLabel={t('locking')} icon="lock" />
      </div>
    );
  if (state === 'locked' && approves && newest)
    return (
      <ReasonForm
        folded={t('reopen')}
        action={actions.reopen}
        fields={fields}
        reasonId="reopen-reason"
        reasonLabel={t('reopenReason')}
        label={t('reopen')}
        pendingLabel={t('reopening')}
        back={null}
      >
        <p>{t('reopenLead')}</p>
      </ReasonForm>
    );
  return null;
}
