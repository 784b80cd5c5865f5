'use client';

import { useTranslations } from 'next-intl';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldError } from '@/components/ui/field';
import { Select } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

const Ticked = createContext<{ keys: readonly string[]; refused: boolean }>({ keys: [], refused: false });

/** Gives out the tasks ticked below it (`TaskTick`), or takes them back: one choice for all of them. */
export function GiveForm({
  action,
  hands,
  children,
}: {
  action: FormAction;
  hands: readonly { value: string; label: string }[];
  children: ReactNode;
}) {
  const t = useTranslations('tasks.give');
  const { send, typed, error, summary } = useSent(action, ['task', 'to']);
  const [chosen, refused] = [typed.task, error('task') !== undefined];
  const ticked = useMemo(() => ({ keys: chosen?.split(',') ?? [], refused }), [chosen, refused]);
  return (
    <form action={send} noValidate className="grid grid-cols-1 gap-5">
      <ErrorSummary errors={summary} />
      <input type="hidden" name="back" value="list" />
      <Ticked value={ticked}>
        <fieldset
          id="task"
          tabIndex={-1}
          aria-describedby={error('task') ? 'task-error' : undefined}
          className="min-w-0"
        >
          <legend className="sr-only">{t('which')}</legend>
          {error('task') ? <FieldError id="task-error">{error('task')}</FieldError> : null}
          {children}
        </fieldset>
      </Ticked>
      <div className="sticky bottom-20 grid items-end gap-x-4 gap-y-3 rounded-card border-2 border-field bg-surface p-4 shadow-lg sm:grid-cols-[minmax(0,1fr)_auto] lg:bottom-4 print:hidden [@media(max-height:26rem)]:static">
        <Select
          name="to"
          label={t('title')}
          empty={t('choose')}
          defaultValue={typed.to}
          error={error('to')}
          choices={[...hands]}
        />
        <SubmitButton pendingLabel={t('saving')} wide>
          {t('submit')}
        </SubmitButton>
      </div>
    </form>
  );
}

/** One task to give out. Stays ticked when the form was refused. */
export function TaskTick({ value, label }: { value: string; label: ReactNode }) {
  const { keys, refused } = useContext(Ticked);
  return (
    <Checkbox
      name="task"
      value={value}
      plain
      defaultChecked={keys.includes(value)}
      aria-invalid={refused ? true : undefined}
      label={label}
    />
  );
}
