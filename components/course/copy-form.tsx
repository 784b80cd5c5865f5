'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** Copies a course to a place of one's own; which one is asked only of those who have several. */
export function CopyForm({ action, courseId, owners }: { action: FormAction; courseId: string; owners: Choice[] }) {
  const t = useTranslations('course');
  const [only, another] = owners;
  const { send, typed, error, summary } = useSent(action, only && !another ? [] : ['areaId']);
  return (
    <form action={send} noValidate className="grid gap-3">
      <ErrorSummary errors={summary} />
      <Hidden fields={{ courseId }} />
      {only && !another ? (
        <Hidden fields={{ areaId: only.value }} />
      ) : (
        <Select
          key={typed.areaId}
          name="areaId"
          label={t('copyTo')}
          empty={t('form.choose')}
          choices={owners}
          width="name"
          defaultValue={typed.areaId}
          error={error('areaId')}
        />
      )}
      <div>
        <SubmitButton variant="secondary" icon="plus" pendingLabel={t('form.working')}>
          {only && !another ? t('copyHere', { place: only.label }) : t('copy')}
        </SubmitButton>
      </div>
    </form>
  );
}
