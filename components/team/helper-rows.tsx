import { useTranslations } from 'next-intl';
import type { FormAction } from '@/components/account/use-form';
import { ActForm } from '@/components/class/act-form';
import { StatusPill } from '@/components/ui/pill';
import { phoneForReading } from '@/lib/kernel/phone';
import type { HelperLine } from '@/lib/team/schema';
import { AnswerForm } from './answer-form';

/** What somebody answered, or why they are not counted on; `over`: whether they came. */
export function AnswerState({
  helper,
  over,
}: {
  helper: Pick<HelperLine, 'state' | 'noBecause' | 'moved' | 'absent'>;
  over: boolean;
}) {
  const t = useTranslations('teams');
  if (helper.state === 'yes')
    return helper.absent ? (
      <StatusPill tone="bad">{t('state.absent')}</StatusPill>
    ) : (
      <StatusPill tone="good">{t(over ? 'state.came' : 'state.yes')}</StatusPill>
    );
  if (helper.state === 'asked') return <StatusPill tone="info">{t(helper.moved ? 'moved' : 'state.asked')}</StatusPill>;
  return (
    <StatusPill tone={helper.noBecause === 'withdrawn' ? 'plain' : 'bad'}>
      {t(`state.${helper.noBecause ?? 'said'}`)}
    </StatusPill>
  );
}

/** What may be done with those asked; null for who only reads. */
export interface HelperActs {
  answer: FormAction;
  withdraw: FormAction;
  presence: FormAction;
}

/** Those asked for one session, who teaches first: what they said, and what may be noted of them. */
export function HelperRows({
  helpers,
  over,
  tookPlace,
  acts,
}: {
  helpers: readonly HelperLine[];
  /** The session has begun or is over. */
  over: boolean;
  tookPlace: boolean;
  acts: HelperActs | null;
}) {
  const t = useTranslations('teams');
  return (
    <ul className="grid gap-2">
      {helpers.map((helper) => (
        <li
          key={helper.id}
          className="grid items-start gap-x-5 gap-y-1.5 border-t-[1.5px] border-line pt-2 sm:grid-cols-[minmax(12rem,1fr)_1fr]"
        >
          <div className="min-w-0">
            <p>
              <b>{helper.fullName}</b> <span className="text-muted">· {helper.team}</span>
            </p>
            <p className="text-sm text-muted">
              {t(`helperRole.${helper.role}`)}
              {acts ? ' · ' : null}
              {acts && helper.phone ? (
                <a href={`tel:${helper.phone}`} className="link whitespace-nowrap">
                  {phoneForReading(helper.phone)}
                </a>
              ) : null}
              {acts && !helper.phone ? t('staff.noPhone') : null}
            </p>
            {helper.reason ? <p className="text-sm">“{helper.reason}”</p> : null}
            {acts && !over && helper.state === 'asked' && !helper.hasAccount ? (
              <p className="text-sm text-muted">{t('staff.noAnswerYet')}</p>
            ) : null}
          </div>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <AnswerState helper={helper} over={tookPlace} />
            {acts ? <Acts helper={helper} over={over} tookPlace={tookPlace} acts={acts} /> : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Acts({
  helper,
  over,
  tookPlace,
  acts,
}: {
  helper: HelperLine;
  over: boolean;
  tookPlace: boolean;
  acts: HelperActs;
}) {
  const t = useTranslations('teams');
  if (tookPlace && helper.state === 'yes')
    return (
      <ActForm
        action={acts.presence}
        fields={{ id: helper.id, came: helper.absent ? 'yes' : 'no' }}
        label={t(helper.absent ? 'cameAfterAll' : 'didNotCome')}
        pendingLabel={t('working')}
        variant="quiet"
      />
    );
  if (over || helper.noBecause === 'withdrawn' || helper.noBecause === 'left') return null;
  return (
    <details className="grow">
      <summary className="link inline-flex min-h-target items-center">{t('staff.note')}</summary>
      <AnswerForm action={acts.answer} id={helper.id} state={helper.state} />
      {helper.state === 'no' ? null : (
        <ActForm
          action={acts.withdraw}
          fields={{ id: helper.id }}
          label={t('staff.withdraw')}
          pendingLabel={t('working')}
          variant="quiet"
        />
      )}
    </details>
  );
}
