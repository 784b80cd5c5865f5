'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldSet } from '@/components/ui/field';
import { SubmitButton } from '@/components/ui/submit-button';

/** Whom else a round goes to. Those given to whoever goes (`ticked`) are chosen beforehand; what was chosen stays so when the form was refused. */
export function PutOnForm({
  action,
  roundId,
  choices,
}: {
  action: FormAction;
  roundId: string;
  choices: readonly { value: string; label: string; hint: string; ticked?: boolean }[];
}) {
  const t = useTranslations('visits');
  const { send, errors, field, values } = useForm(action, ['homes']);
  const chosen = values.roundId === undefined ? null : (values.homes ?? '').split(',');
  const { error } = field('homes');
  return (
    <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="roundId" value={roundId} />
      <FieldSet id="homes" legend={t('putOnLegend')} error={error}>
        {choices.map(({ value, label, hint, ticked }) => (
          <Checkbox
            key={value}
            name="homes"
            value={value}
            label={
              <>
                <b>{label}</b>
                <span className="block text-sm text-muted">{hint}</span>
              </>
            }
            defaultChecked={chosen ? chosen.includes(value) : ticked === true}
            aria-invalid={error ? true : undefined}
          />
        ))}
      </FieldSet>
      <div>
        <SubmitButton icon="plus" pendingLabel={t('saving')}>
          {t('putOn')}
        </SubmitButton>
      </div>
    </form>
  );
}
