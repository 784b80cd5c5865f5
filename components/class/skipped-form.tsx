'use client';

import { Disclosure } from '@/components/ui/disclosure';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { Hidden } from './act-form';
import { useSent, type FormAction } from './use-sent';

/**
 * Days left out, folded away, each with a button of one form: so the fold knows that one was refused and stands open, also without JavaScript. What is wrong
 * is said at the day it is about.
 */
export function SkippedForm({
  action,
  classId,
  summary,
  lead,
  days,
  label,
  pendingLabel,
}: {
  action: FormAction;
  classId: string;
  summary: string;
  lead: string;
  days: readonly { day: string; name: string; why: string; ahead: boolean }[];
  label: string;
  pendingLabel: string;
}) {
  const { send, typed, summary: errors, refused } = useSent(action, []);
  const about = days.find(({ day }) => day === typed.day)?.day;
  return (
    <Disclosure summary={summary} open={refused || undefined}>
      <form action={send}>
        {about === undefined ? <ErrorSummary errors={errors} /> : null}
        <Hidden fields={{ classId }} />
        <p className="text-muted">{lead}</p>
        <ul className="mt-2 divide-y-[1.5px] divide-line">
          {days.map(({ day, name, why, ahead }) => (
            <li key={day} className="grid gap-3 py-2">
              {day === about ? <ErrorSummary errors={errors} /> : null}
              <div className="flex flex-wrap items-center justify-between gap-x-5 gap-y-2">
                <p className="min-w-0">
                  <b className="block tabular-nums">{name}</b>
                  <span className="text-sm text-muted">{why}</span>
                </p>
                {ahead ? (
                  <SubmitButton name="day" value={day} variant="quiet" pendingLabel={pendingLabel}>
                    {label}
                    <span className="sr-only">: {name}</span>
                  </SubmitButton>
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      </form>
    </Disclosure>
  );
}
