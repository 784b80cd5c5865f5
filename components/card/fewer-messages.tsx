import { useTranslations } from 'next-intl';
import { BackLink, PageHeading } from '@/components/ui/headings';
import type { FormState } from '@/lib/kernel/result';
import { FewerMessagesForm } from './fewer-messages-form';
import { useCardErrors } from './words';

interface OwnChoiceView {
  readonly zalo: boolean;
  readonly sms: boolean;
  readonly email: string | null;
  readonly noCalls: boolean;
}

/** By which ways a learner is told, each to be unticked; more is asked for by somebody. */
export function FewerMessages({
  now,
  action,
}: {
  now: OwnChoiceView;
  action: (before: FormState, form: FormData) => Promise<FormState>;
}) {
  const t = useTranslations('messages');
  const c = useTranslations('card');
  const errors = useCardErrors();
  const ways = [
    ...(now.zalo ? [{ name: 'zalo', label: t('choice.zalo') }] : []),
    ...(now.sms ? [{ name: 'sms', label: t('choice.sms') }] : []),
    ...(now.email ? [{ name: 'email', label: t('own.email', { email: now.email }) }] : []),
  ];
  return (
    <div className="grid max-w-prose gap-8">
      <BackLink href="/my/card">{c('back')}</BackLink>
      <PageHeading lead={ways.length > 0 ? t('own.lead') : t('own.none')}>{t('own.title')}</PageHeading>
      {ways.length === 0 && now.noCalls ? null : (
        <FewerMessagesForm
          action={action}
          ways={ways}
          noCalls={now.noCalls}
          errorWords={errors}
          words={{
            by: t('own.by'),
            noCalls: t('own.noCalls'),
            noCallsHint: t('own.noCallsHint'),
            save: t('own.save'),
            sending: c('sending'),
          }}
        />
      )}
      {now.noCalls ? <p>{t('own.noCallsSet')}</p> : null}
      <p>{t('own.more')}</p>
    </div>
  );
}
