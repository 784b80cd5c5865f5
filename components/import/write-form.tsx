'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { Card } from '@/components/ui/card';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import type { CheckResult } from '@/lib/import/schema';

/** Asks how a checked list is to be written: whole, or its good rows; with those who may be there already, or without. */
export function WriteForm({
  action,
  checkId,
  found,
  language,
}: {
  action: FormAction;
  checkId: string;
  found: CheckResult;
  language: string;
}) {
  const t = useTranslations('import.write');
  const { send, typed, error, summary } = useSent(action, ['which', 'warned']);
  const clean = found.bad === 0;
  return (
    <Card as="section" labelledBy="write">
      <h2 id="write" className="text-xl">
        {t('title')}
      </h2>
      <form action={send} noValidate className="mt-4 grid gap-5">
        <ErrorSummary errors={summary} />
        <Hidden fields={{ checkId, language }} />
        <RadioGroup
          key={`which-${typed.which}`}
          name="which"
          legend={t('which')}
          error={error('which')}
          defaultValue={typed.which ?? (clean ? 'all' : undefined)}
          choices={[
            { value: 'all', label: t('all'), hint: t('allHint'), disabled: !clean },
            { value: 'good', label: t('good'), hint: t('goodHint', { good: found.good - found.warned }) },
          ]}
        />
        {found.warned > 0 ? (
          <Checkbox
            name="warned"
            label={t('warned', { warned: found.warned })}
            hint={t('warnedHint')}
            error={error('warned')}
          />
        ) : null}
        <div>
          <SubmitButton icon="check" pendingLabel={t('submitting')} wide>
            {t('submit')}
          </SubmitButton>
        </div>
      </form>
    </Card>
  );
}
