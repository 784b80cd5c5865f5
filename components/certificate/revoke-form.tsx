'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextArea } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { revokedBecause } from '@/lib/certificate/schema';

/** Revokes a certificate, for good: why, in a kind and in words. */
export function RevokeForm({ action, serial }: { action: FormAction; serial: string }) {
  const t = useTranslations('certificate.revoke');
  const { send, typed, error, summary } = useSent(action, ['code', 'note']);
  return (
    <form action={send} noValidate className="grid gap-5">
      <ErrorSummary errors={summary} />
      <p>{t('means')}</p>
      <Hidden fields={{ serial }} />
      <RadioGroup
        name="code"
        legend={t('why')}
        defaultValue={typed.code}
        error={error('code')}
        choices={revokedBecause.map((value) => ({ value, label: t(`because.${value}`) }))}
      />
      <TextArea
        name="note"
        label={t('note')}
        hint={t('noteHint')}
        rows={2}
        maxLength={300}
        defaultValue={typed.note}
        error={error('note')}
      />
      <div>
        <SubmitButton variant="danger" pendingLabel={t('working')}>
          {t('do')}
        </SubmitButton>
      </div>
    </form>
  );
}
