'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldError } from '@/components/ui/field';
import { SubmitButton } from '@/components/ui/submit-button';
import { Hidden } from './act-form';
import { VerdictPill, type VerdictView } from './plan-date';
import { useSent, type FormAction, type HiddenFields } from './use-sent';

/** One session that a change would touch, in the reader's words. */
export interface EditView extends VerdictView {
  id: string;
  before: string;
  after: string;
  /** Only what differs. */
  venue: string | null;
  note: string | null;
  kept: boolean;
  possible: boolean;
}

/** The preview of a change: each session as it is and as it would be, with what is to be known; unticked it stays as it is. */
export function EditDatesForm({
  action,
  fields,
  edits,
  tell,
  back,
}: {
  action: FormAction;
  fields: HiddenFields;
  edits: readonly EditView[];
  /** Who will hear of it. */
  tell: string;
  back: ReactNode;
}) {
  const t = useTranslations('edits');
  const names = edits.map(({ id }) => `session-${id}`);
  const { send, typed, error, summary } = useSent(action, [...names, 'sessions']);
  const sent = Object.keys(typed).length > 0;
  const ticked = sent ? (typed.sessions ?? '').split(',') : edits.filter(({ kept }) => kept).map(({ id }) => id);
  return (
    <form action={send} noValidate className="grid gap-6">
      <ErrorSummary errors={summary} />
      <Hidden fields={fields} />
      <fieldset
        id="sessions"
        tabIndex={-1}
        aria-describedby={error('sessions') ? 'sessions-error' : undefined}
        className="min-w-0"
      >
        <legend className="text-xl font-bold">{t('which')}</legend>
        {error('sessions') ? <FieldError id="sessions-error">{error('sessions')}</FieldError> : null}
        <ol className="mt-3 divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
          {edits.map((edit) => (
            <li key={edit.id} className="grid gap-x-5 px-4 py-1.5 lg:grid-cols-[minmax(24rem,3fr)_2fr]">
              <Checkbox
                plain
                id={`session-${edit.id}`}
                name="sessions"
                value={edit.id}
                disabled={!edit.possible}
                defaultChecked={ticked.includes(edit.id)}
                error={error(`session-${edit.id}`)}
                aria-invalid={error('sessions') ? true : undefined}
                label={
                  <>
                    <span className="sr-only">{t('to')} </span>
                    <b className="block tabular-nums">{edit.after}</b>
                    {edit.venue ? <span className="block text-sm">{edit.venue}</span> : null}
                    {edit.note ? <span className="block text-sm">{t('noteWill', { note: edit.note })}</span> : null}
                    {edit.before === edit.after ? null : (
                      <span className="block text-sm text-muted tabular-nums">
                        {t('from')}: {edit.before}
                      </span>
                    )}
                  </>
                }
              />
              <div className="min-w-0 pb-1.5 lg:pt-2">
                <VerdictPill told={edit} />
                {edit.possible ? null : <p className="text-sm">{t('stays')}</p>}
              </div>
            </li>
          ))}
        </ol>
      </fieldset>
      <p className="max-w-prose">{tell}</p>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pendingLabel={t('saving')} icon="check" wide>
          {t('save')}
        </SubmitButton>
        {back}
      </div>
    </form>
  );
}
