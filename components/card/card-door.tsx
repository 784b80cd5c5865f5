import { useTranslations } from 'next-intl';
import { BackLink, PageHeading } from '@/components/ui/headings';
import type { FormState } from '@/lib/kernel/result';
import { FactorsForm } from './factors-form';
import { useCardErrors, useFactorWords } from './words';

/** Asks whoever has a slip in hand for what only the learner knows, before their card opens. */
export function CardDoor({ action }: { action: (before: FormState, form: FormData) => Promise<FormState> }) {
  const t = useTranslations('card');
  const words = useFactorWords();
  const errors = useCardErrors();
  return (
    <div className="grid gap-8">
      <BackLink href="/my">{t('backToSlip')}</BackLink>
      <PageHeading lead={t('doorLead')}>{t('door')}</PageHeading>
      <FactorsForm
        action={action}
        errorWords={errors}
        words={{ ...words, open: t('openCard'), opening: t('opening') }}
      />
    </div>
  );
}
