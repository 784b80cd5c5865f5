'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction, type HiddenFields } from '@/components/class/use-sent';
import { RadioTiles } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { buttonClass } from '@/components/ui/button-class';
import { cx } from '@/components/ui/cx';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { spentThere, type Outcome } from '@/lib/task/schema';

/** Outcomes nobody takes back with a tap: a second question comes before them, opened without JavaScript too. */
const askedTwice = ['moved', 'died'] as const satisfies readonly Outcome[];

/** What came of a task, one big button each; words more only if somebody wants to. `done` is not offered where only the fact settles it. */
export function OutcomeForm({
  action,
  fields,
  formId,
  outcomes,
  corrects,
  name,
  stay,
}: {
  action: FormAction;
  fields: HiddenFields;
  formId: string;
  outcomes: readonly Outcome[];
  /** The task asks to correct a record: "done" means that it is as was reported. */
  corrects: boolean;
  /** Whom it is about. */
  name: string;
  /** Rang, or how long they were there, as long as nothing else is said; null where nobody goes anywhere for it. */
  stay: string | null;
}) {
  const t = useTranslations('tasks');
  const { send, typed, error, summary } = useSent(action, ['spent', 'note'], (name) => `${name}-${formId}`);
  return (
    <form action={send} noValidate className="grid gap-3 print:hidden">
      <ErrorSummary errors={summary} />
      <Hidden fields={fields} />
      {stay === null ? null : (
        <RadioTiles
          name="spent"
          id={`spent-${formId}`}
          legend={t('spent.ask')}
          error={error('spent')}
          defaultValue={typed.spent ?? stay}
          columns="grid-cols-3 sm:grid-cols-5"
          choices={spentThere.map((value) => ({
            value,
            label: value === 'call' ? t('spent.call') : t('spent.minutes', { minutes: Number(value) }),
          }))}
        />
      )}
      <div className="grid grid-cols-2 gap-2.5 sm:grid-cols-3 lg:grid-cols-4 [&>button]:h-full [&>button]:w-full">
        {outcomes.map((outcome) => {
          const twice = askedTwice.find((one) => one === outcome);
          return twice ? (
            <details
              key={outcome}
              className="group open:col-span-full open:rounded-control open:border-2 open:border-bad open:p-3"
            >
              <summary className={cx(buttonClass('secondary'), 'h-full w-full group-open:h-auto')}>
                {t(`outcome.${twice}`)}
              </summary>
              <p className="py-3">{t(`sure.${twice}`, { name })}</p>
              <SubmitButton name="outcome" value={twice} variant="danger" pendingLabel={t('saving')}>
                {t(`sure.${twice}Yes`)}
              </SubmitButton>
            </details>
          ) : (
            <SubmitButton
              key={outcome}
              name="outcome"
              value={outcome}
              variant={outcome === 'done' ? 'primary' : 'secondary'}
              pendingLabel={t('saving')}
            >
              {corrects && outcome === 'done' ? t('confirm') : t(`outcome.${outcome}`)}
            </SubmitButton>
          );
        })}
      </div>
      <details open={Boolean(typed.note || error('note'))}>
        <summary className="link inline-flex min-h-target items-center">{t('word')}</summary>
        <TextInput
          name="note"
          id={`note-${formId}`}
          label={t('word')}
          maxLength={300}
          autoComplete="off"
          defaultValue={typed.note}
          error={error('note')}
        />
      </details>
    </form>
  );
}
