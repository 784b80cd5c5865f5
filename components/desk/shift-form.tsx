'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Folded, type Fold } from '@/components/ui/folded-form';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

const fields = ['who', 'day', 'from', 'until', 'weeks'];

/** Puts somebody on duty, once or the same day of several weeks. */
export function ShiftForm({
  action,
  deskId,
  people,
  firstDay,
  fold,
}: {
  action: FormAction;
  deskId: string;
  people: Choice[];
  firstDay: string;
  fold?: Fold;
}) {
  const t = useTranslations('desk');
  const { send, errors, field, values } = useForm(action, fields, 'shift');
  return (
    <Folded fold={fold} refused={errors.length > 0}>
      <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="deskId" value={deskId} />
        <Select {...field('who')} label={t('whoAsked')} empty={t('choose')} choices={people} />
        <TextInput {...field('day', firstDay)} type="date" label={t('dayAsked')} width="date" />
        <div className="grid gap-5 sm:grid-cols-2">
          <TextInput {...field('from', '07:30')} type="time" label={t('from')} width="short" />
          <TextInput {...field('until', '11:30')} type="time" label={t('until')} width="short" />
        </div>
        <TextInput
          {...field('weeks', '1')}
          inputMode="numeric"
          label={t('weeks')}
          hint={t('weeksHint')}
          width="short"
          autoComplete="off"
        />
        <div>
          <SubmitButton icon="check" pendingLabel={t('saving')} wide>
            {t('plan')}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}
