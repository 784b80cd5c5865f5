'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Hidden } from '@/components/class/act-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Folded, type Fold } from '@/components/ui/folded-form';
import { TextArea } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** The owning unit ends a reading that runs, objects to it, or both. */
export function AnswerForm({
  action,
  readingId,
  live,
  fold,
}: {
  action: FormAction;
  readingId: string;
  live: boolean;
  fold?: Fold;
}) {
  const t = useTranslations('lookup');
  const { send, errors, field, values } = useForm(action, ['objection'], `answer-${readingId}`);
  return (
    <Folded fold={fold} refused={errors.length > 0}>
      <form action={send} noValidate className="grid max-w-prose gap-3" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        <Hidden fields={{ readingId }} />
        <TextArea
          {...field('objection')}
          label={t('objection')}
          hint={t(live ? 'objectionLiveHint' : 'objectionHint')}
          optional={live}
          rows={2}
          maxLength={500}
        />
        <div>
          <SubmitButton variant={live ? 'danger' : 'secondary'} pendingLabel={t('ending')}>
            {t(live ? 'end' : 'object')}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}
