'use client';

import { useTranslations } from 'next-intl';
import { createContext, useContext, type ReactNode } from 'react';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

const Ticked = createContext<string | undefined>(undefined);

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
  return (
    <form action={send} noValidate className="grid grid-cols-1 gap-5">
      <ErrorSummary errors={summary} />
      <input type="hidden" name="back" value="list" />
      <Ticked value={typed.task}>
        <div id="task" tabIndex={-1}>
          {children}
        </div>
      </Ticked>
      <div className="sticky bottom-20 grid items-end gap-x-4 gap-y-3 rounded-card border-2 border-field bg-surface p-4 shadow-lg sm:grid-cols-[minmax(0,1fr)_auto] lg:bottom-4 print:hidden">
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
  const typed = useContext(Ticked);
  return <Checkbox name="task" value={value} plain defaultChecked={typed?.split(',').includes(value)} label={label} />;
}
