import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { BackLink, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import type { FormState } from '@/lib/kernel/result';
import { ActPanel } from './act-panel';
import { useCardErrors } from './words';

/** What withdrawing consent means, before it is asked for a second time. */
export function WithdrawPanel({
  classes,
  asking,
  action,
}: {
  /** The classes that would be left. */
  classes: readonly string[];
  asking: boolean;
  action: (before: FormState, form: FormData) => Promise<FormState>;
}) {
  const t = useTranslations('card');
  const errors = useCardErrors();
  return (
    <div className="grid max-w-prose gap-8">
      <BackLink href="/my/card">{t('back')}</BackLink>
      <PageHeading lead={t('withdrawLead')}>{t('withdraw')}</PageHeading>
      <div className="grid gap-3">
        <h2 className="text-xl">{t('withdrawWhat')}</h2>
        <ul className="grid list-disc gap-2 pl-6">
          <li>
            {classes.length > 0
              ? t('withdrawClasses', { count: classes.length, classes: classes.join('; ') })
              : t('withdrawNoClasses')}
          </li>
          <li>{t('withdrawErased')}</li>
          <li>{t('withdrawKept')}</li>
          <li>{t('withdrawCard')}</li>
        </ul>
      </div>
      <Notice tone="warn" title={t('withdrawFinal')}>
        <p>{t('withdrawStill')}</p>
      </Notice>
      {asking ? (
        <ActPanel
          action={action}
          errorWords={errors}
          back="/my/card"
          danger
          tick={{ name: 'understood', label: t('withdrawTick') }}
          words={{
            title: t('withdrawSure'),
            yes: t('withdrawYes'),
            sending: t('sending'),
            no: t('withdrawNo'),
          }}
        >
          <p>{t('withdrawSureBody')}</p>
        </ActPanel>
      ) : (
        <div className="flex flex-wrap gap-3">
          <ButtonLink href="/my/card" wide>
            {t('withdrawNo')}
          </ButtonLink>
          <ButtonLink href="/my/card/withdraw?sure=1" variant="danger" wide>
            {t('withdrawGoOn')}
          </ButtonLink>
        </div>
      )}
    </div>
  );
}
