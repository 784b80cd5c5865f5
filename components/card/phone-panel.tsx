import { useTranslations } from 'next-intl';
import { BackLink, PageHeading } from '@/components/ui/headings';
import type { FormState } from '@/lib/kernel/result';
import { PhoneChangeForm } from './phone-change-form';
import { useCardErrors } from './words';

/** Changing the phone: which one is known (its end only), and the form for another. */
export function PhonePanel({
  phoneHint,
  action,
}: {
  phoneHint: string | null;
  action: (before: FormState, form: FormData) => Promise<FormState>;
}) {
  const t = useTranslations('card');
  const errors = useCardErrors();
  return (
    <div className="grid gap-8">
      <BackLink href="/my/card">{t('back')}</BackLink>
      <PageHeading lead={phoneHint ? t('phoneNow', { hint: phoneHint }) : t('phoneNone')}>
        {t('changePhone')}
      </PageHeading>
      <PhoneChangeForm
        action={action}
        errorWords={errors}
        words={{
          phone: t('phoneNew'),
          phoneHint: t('phoneNewHint'),
          whose: t('phoneWhose'),
          mine: t('phoneMine'),
          relatives: t('phoneRelatives'),
          next: t('phoneNext'),
          sending: t('sending'),
          confirmTitle: t('phoneConfirm'),
          confirmBody: t('phoneConfirmBody'),
          confirmYes: t('phoneYes'),
          confirmNo: t('phoneNo'),
        }}
      />
    </div>
  );
}
