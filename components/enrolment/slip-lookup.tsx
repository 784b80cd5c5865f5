import { useTranslations } from 'next-intl';
import { useCardErrors, useFactorWords } from '@/components/card/words';
import { ButtonLink } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import type { FormState } from '@/lib/kernel/result';
import { SlipForm } from './slip-form';

/** Asks for the code on a slip or on a card. `gone`: the paper in hand opens nothing any more; `open`: a card is in hand. */
export function SlipLookup({
  action,
  gone,
  open,
}: {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  gone: boolean;
  open?: boolean;
}) {
  const t = useTranslations('my');
  const errors = useCardErrors();
  const factors = useFactorWords();
  return (
    <div className="grid gap-8">
      <PageHeading lead={t('lead')}>{t('heading')}</PageHeading>
      {gone ? <Notice tone="warn" title={t('gone')} /> : null}
      {open ? (
        <Notice tone="good" title={t('cardOpen')} action={<ButtonLink href="/my/card">{t('toCard')}</ButtonLink>} />
      ) : null}
      <SlipForm
        action={action}
        errorWords={errors}
        words={{
          code: t('code'),
          codeHint: t('codeHint'),
          name: t('name'),
          nameHint: t('nameHint'),
          show: t('show'),
          showing: t('showing'),
          second: t('second'),
          secondBody: t('secondBody'),
          open: t('openCard'),
          opening: t('openingCard'),
          factors,
        }}
      />
      <div className="max-w-prose">
        <Disclosure summary={t('lost')}>
          <p>{t('lostBody')}</p>
        </Disclosure>
      </div>
    </div>
  );
}
