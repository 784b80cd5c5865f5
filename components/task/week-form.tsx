'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Folded, type Fold } from '@/components/ui/folded-form';
import { SubmitButton } from '@/components/ui/submit-button';

/** Whom a helper might see this week, all ticked: one press gives them. A person's tasks go along together. */
export function WeekForm({
  action,
  memberId,
  label,
  legend,
  people,
  fold,
}: {
  action: FormAction;
  memberId: string;
  label: string;
  legend: string;
  people: readonly { id: string; tasks: readonly string[]; name: string; village: string; why: string }[];
  fold?: Fold;
}) {
  const t = useTranslations('tasks.give');
  const { send, summary, refused } = useSent(action, ['task'], (name) => `${name}-${memberId}`);
  return (
    <Folded fold={fold} refused={refused}>
      <form action={send} noValidate className="grid gap-3">
        <ErrorSummary errors={summary} />
        <Hidden fields={{ to: memberId, back: 'week' }} />
        <fieldset id={`task-${memberId}`} tabIndex={-1}>
          <legend className="font-bold">{legend}</legend>
          <ul className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
            {people.map(({ id, tasks, name, village, why }) => (
              <li key={id} className="py-1">
                <Checkbox
                  name="task"
                  id={`see-${memberId}-${id}`}
                  value={tasks.join(' ')}
                  plain
                  defaultChecked
                  label={
                    <>
                      <b>{name}</b> · {village}
                      <span className="block text-sm text-muted">{why}</span>
                    </>
                  }
                />
              </li>
            ))}
          </ul>
        </fieldset>
        <div>
          <SubmitButton pendingLabel={t('saving')} wide>
            {label}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}
