'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

const fields = ['outcome', 'classId', 'note'];

/** Settles the asks shown, and only those: what came since stays open. */
export function SettleForm({
  action,
  ids,
  classes,
}: {
  action: FormAction;
  ids: readonly string[];
  classes: Choice[];
}) {
  const t = useTranslations('demand');
  const { send, errors, field, values } = useForm(action, fields, 'settle');
  const outcome = field('outcome');
  const classId = field('classId');
  return (
    <Card as="section" labelledBy="settle">
      <h2 id="settle" className="text-xl">
        {t('settle', { count: ids.length })}
      </h2>
      <p className="mt-1 mb-5 max-w-prose text-muted">{t('settleBody')}</p>
      <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        {ids.map((id) => (
          <input key={id} type="hidden" name="ids" value={id} />
        ))}
        <RadioGroup
          name="outcome"
          id={outcome.id}
          legend={t('outcome')}
          error={outcome.error}
          defaultValue={outcome.defaultValue}
          choices={[
            { value: 'class_made', label: t('outcomes.class_made') },
            { value: 'referred', label: t('outcomes.referred') },
            { value: 'no_longer_needed', label: t('outcomes.no_longer_needed') },
          ]}
        />
        <Select {...classId} label={t('class')} hint={t('classHint')} empty={t('noClass')} choices={classes} optional />
        <TextInput
          {...field('note')}
          label={t('note')}
          hint={t('noteHint')}
          optional
          maxLength={300}
          autoComplete="off"
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton icon="check" pendingLabel={t('working')}>
            {t('doSettle')}
          </SubmitButton>
          <ButtonLink href="/manage/classes/new" variant="secondary" icon="plus">
            {t('makeClass')}
          </ButtonLink>
        </div>
      </form>
    </Card>
  );
}
