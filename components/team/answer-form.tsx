'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Hidden } from '@/components/class/act-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextArea } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import type { HelperState } from '@/lib/team/schema';

/**
 * Yes in one press; no with a short reason, one press further. Of a question that was answered the other answer is offered. For the
 * helper, and for whoever rang them.
 */
export function AnswerForm({
  action,
  id,
  state,
  strong,
}: {
  action: FormAction;
  id: string;
  state: HelperState;
  /** The main thing of its page. */
  strong?: boolean;
}) {
  const t = useTranslations('teams');
  const { send, errors, field } = useForm(action, ['reason'], `answer-${id}`);
  const reason = field('reason');
  return (
    <form action={send} noValidate className="grid gap-2">
      <ErrorSummary errors={errors} />
      <Hidden fields={{ ids: id }} />
      {state === 'yes' ? null : (
        <div>
          <SubmitButton
            name="answer"
            value="yes"
            icon="check"
            variant={strong ? 'primary' : 'secondary'}
            pendingLabel={t('mine.sending')}
          >
            {t(state === 'no' ? 'mine.yesAfterAll' : 'mine.yes')}
          </SubmitButton>
        </div>
      )}
      {state === 'no' ? null : (
        <details open={reason.error !== undefined}>
          <summary className="link inline-flex min-h-target items-center">
            {t(state === 'yes' ? 'mine.sayNo' : 'mine.no')}
          </summary>
          <div className="mt-2 grid gap-3">
            <TextArea
              {...reason}
              label={t('mine.reason')}
              hint={t('mine.reasonHint')}
              optional
              rows={2}
              maxLength={200}
            />
            <div>
              <SubmitButton name="answer" value="no" variant="danger" pendingLabel={t('mine.sending')}>
                {t('mine.noLong')}
              </SubmitButton>
            </div>
          </div>
        </details>
      )}
    </form>
  );
}

/** Yes to several questions at once. */
export function YesToAllForm({ action, ids }: { action: FormAction; ids: readonly string[] }) {
  const t = useTranslations('teams');
  const { send, errors } = useForm(action, [], `all-${ids[0] ?? ''}`);
  return (
    <form action={send} className="grid gap-2">
      <ErrorSummary errors={errors} />
      {ids.map((id) => (
        <input key={id} type="hidden" name="ids" value={id} />
      ))}
      <div>
        <SubmitButton name="answer" value="yes" icon="check" variant="secondary" pendingLabel={t('mine.sending')}>
          {t('mine.allOf', { count: ids.length })}
        </SubmitButton>
      </div>
    </form>
  );
}
