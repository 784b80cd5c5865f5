'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction, type HiddenFields } from '@/components/class/use-sent';
import { RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Folded, type Fold } from '@/components/ui/folded-form';
import { FieldSet } from '@/components/ui/field';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { fieldOf, stepAnswers, stepSources, type StepAnswer, type StepStanding } from '@/lib/step/schema';

/**
 * All steps on one screen, one tap each: what is left alone says nothing. Nothing is chosen beforehand, since what was known before was not
 * asked again by opening the form; it stands beside the question. Without JavaScript it is a form of radio buttons.
 */
export function StepsForm({
  action,
  fields,
  steps,
  today,
  fold,
}: {
  action: FormAction;
  /** Whom it is about, and the key of this rendering: sent twice it is one. */
  fields: HiddenFields;
  steps: readonly StepStanding[];
  today: string;
  fold?: Fold;
}) {
  const t = useTranslations('steps');
  const names = steps.map(({ code }) => fieldOf(code));
  const { send, typed, error, summary, refused } = useSent(action, [...names, 'source', 'on']);
  return (
    <Folded fold={fold} refused={refused}>
      <form action={send} noValidate className="grid max-w-2xl gap-4" aria-label={t('title')}>
        <ErrorSummary errors={summary} />
        <Hidden fields={fields} />
        <div className="grid gap-2.5 rounded-card border-[1.5px] border-line bg-surface p-3.5 sm:gap-4 sm:p-5">
          {steps.map((step) => (
            <Question
              key={step.code}
              step={step}
              error={error(fieldOf(step.code))}
              chosen={stepAnswers.find((one) => one === typed[fieldOf(step.code)])}
            />
          ))}
        </div>
        <RadioGroup
          name="source"
          legend={t('form.source')}
          defaultValue={typed.source ?? 'self'}
          error={error('source')}
          choices={stepSources.map((value) => ({ value, label: t(`sources.${value}`) }))}
          inline
        />
        <TextInput
          name="on"
          type="date"
          max={today}
          label={t('form.on')}
          hint={t('form.onHint')}
          width="date"
          defaultValue={typed.on}
          error={error('on')}
        />
        <div className="grid gap-2">
          <div>
            <SubmitButton icon="check" pendingLabel={t('form.saving')} wide>
              {t('form.save')}
            </SubmitButton>
          </div>
          <p className="text-sm text-muted">{t('form.never')}</p>
        </div>
      </form>
    </Folded>
  );
}

function Question({
  step: { code, name, ask, answer },
  error,
  chosen,
}: {
  step: StepStanding;
  error: string | undefined;
  chosen: StepAnswer | undefined;
}) {
  const t = useTranslations('steps');
  const field = fieldOf(code);
  return (
    <FieldSet
      id={`${field}-group`}
      role="radiogroup"
      error={error}
      legend={
        <>
          {name}
          {answer ? (
            <span className="ml-2 text-sm font-normal text-muted">
              {t('standingNow', { answer: t(`answers.${answer}`) })}
            </span>
          ) : null}
          <span className="hidden text-sm font-normal text-muted sm:block">{ask}</span>
        </>
      }
    >
      <div className="-mt-1 grid grid-cols-3 gap-1.5">
        {stepAnswers.map((value, at) => (
          <label
            key={`${value} ${chosen ?? ''}`}
            className="relative flex min-h-target cursor-pointer items-center justify-center rounded-control border-2 border-edge bg-surface px-2 py-1 text-center leading-tight has-checked:border-field has-checked:bg-field has-checked:font-bold has-checked:text-field-ink has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--focus)"
          >
            <input
              type="radio"
              name={field}
              id={at === 0 ? field : `${field}-${value}`}
              value={value}
              defaultChecked={chosen === value}
              className="absolute inset-0 size-full cursor-pointer appearance-none rounded-control opacity-0"
            />
            {t(`short.${value}`)}
          </label>
        ))}
      </div>
    </FieldSet>
  );
}
