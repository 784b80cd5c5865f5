'use client';

import { useLocale, useTranslations } from 'next-intl';
import { isNoNetwork } from '@/components/class/no-network';
import type { FormAction } from '@/components/class/use-sent';
import { useLive, wrong } from '@/components/register/live';
import { deviceTime, newOperationId } from '@/components/register/portal';
import { queueOf } from '@/components/register/queue';
import { useQueue } from '@/components/register/use-register';
import { Notice } from '@/components/ui/notice';
import { formatTime } from '@/lib/i18n/format';
import { fieldsOf, problemsOf } from '@/lib/kernel/input';
import { untouched } from '@/lib/kernel/result';
import { keyOf, workInput, type Outcome, type TaskLine } from '@/lib/task/schema';
import { hereOf } from './local-door';
import { OutcomeForm } from './outcome-form';
import { useTaskWords } from './words';

/**
 * What came of a task, at the door. With a network its form goes to the portal; where that is not reached, or on a page that was opened without one (`plain` null), it
 * goes into the phone's own queue under the form's key, so that what arrived although its answer was lost is there once.
 */
export function DoorWork({
  owner,
  task,
  name,
  at,
  formKey,
  sinceMs,
  plain,
  outcomes,
  corrects,
  stay,
}: {
  /** The account that records. */
  owner: string;
  task: TaskLine;
  /** Whom it is about. */
  name: string;
  /** At whose door the form stands. */
  at: string;
  formKey: string;
  /** When the portal told what this page shows, in milliseconds since 1970. */
  sinceMs: number;
  plain: FormAction | null;
  outcomes: readonly Outcome[];
  corrects: boolean;
  stay: string | null;
}) {
  const t = useTranslations('tasks');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const words = useTaskWords();
  const live = useLive();
  const view = useQueue(owner);
  const { done, leftAlone } = hereOf(task, view.operations, sinceMs);
  const keep: FormAction = async (_before, form) => {
    const typed = workInput.safeParse(fieldsOf(form));
    if (!typed.success) return wrong(form, problemsOf(typed.error));
    const { formKey: key, task: of, outcome, spent, note } = typed.data;
    const id = view.operations.some((row) => row.id === key) ? newOperationId() : key;
    const said = { id, kind: 'work', at: deviceTime(), task: keyOf(of), outcome, spent: spent ?? null, note } as const;
    queueOf(owner).add(said, { label: `${name} · ${words(task)}`, endsAtMs: Date.parse(said.at) });
    return untouched;
  };
  const record: FormAction = async (before, form) => {
    if (!plain) return keep(before, form);
    try {
      return await plain(before, form);
    } catch (error) {
      if (!isNoNetwork(error)) throw error;
      return keep(before, form);
    }
  };
  const over = leftAlone || (done !== null && done.outcome !== 'not_home');
  return (
    <>
      {done ? (
        <Notice
          tone="good"
          live
          title={t('door.kept', { outcome: t(`outcome.${done.outcome}`), time: formatTime(locale, done.at) })}
        >
          {t(done.waits ? 'door.waits' : 'door.taken')}
        </Notice>
      ) : null}
      {over && !done ? <p className="text-muted">{t('door.leftAlone')}</p> : null}
      {over ? null : (
        <OutcomeForm
          action={live || !plain ? record : plain}
          fields={{ formKey, person: at, task: task.key }}
          formId={task.key}
          outcomes={outcomes}
          corrects={corrects}
          name={name}
          stay={stay}
        />
      )}
    </>
  );
}
