'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Card } from '@/components/ui/card';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** How many paid messages one place may send this month. */
export function BudgetForm({ action, month, places }: { action: FormAction; month: string; places: Choice[] }) {
  const t = useTranslations('messages');
  const { send, errors, field, values } = useForm(action, ['areaId', 'allowed'], 'budget');
  return (
    <Card as="section" labelledBy="budget-heading">
      <h2 id="budget-heading" className="mb-5 text-xl">
        {t('admin.set')}
      </h2>
      <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="month" value={month} />
        <Select {...field('areaId')} label={t('admin.unit')} empty={t('admin.choose')} choices={places} width="name" />
        <TextInput
          {...field('allowed')}
          label={t('admin.number')}
          hint={t('admin.numberHint')}
          inputMode="numeric"
          width="date"
          autoComplete="off"
        />
        <div>
          <SubmitButton icon="check" pendingLabel={t('working')}>
            {t('admin.save')}
          </SubmitButton>
        </div>
      </form>
    </Card>
  );
}
