'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction, type HiddenFields } from '@/components/class/use-sent';
import { RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextArea } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { recheckPlaces } from '@/lib/recheck/schema';

/** What was seen: the level, where, and what help was given. */
export function RecheckForm({ action, fields }: { action: FormAction; fields: HiddenFields }) {
  const t = useTranslations('recheck.form');
  const { send, typed, error, summary } = useSent(action, ['level', 'place', 'help']);
  return (
    <form action={send} noValidate className="grid gap-6">
      <ErrorSummary errors={summary} />
      <Hidden fields={fields} />
      <RadioGroup
        name="level"
        legend={t('level')}
        defaultValue={typed.level}
        error={error('level')}
        choices={(['3', '4', '2', '1', '0'] as const).map((value) => ({ value, label: t(`levels.${value}`) }))}
      />
      <RadioGroup
        name="place"
        legend={t('place')}
        defaultValue={typed.place ?? 'home'}
        error={error('place')}
        choices={recheckPlaces.map((value) => ({ value, label: t(`places.${value}`) }))}
        inline
      />
      <TextArea
        name="help"
        label={t('help')}
        optional
        rows={2}
        maxLength={300}
        defaultValue={typed.help}
        error={error('help')}
      />
      <div>
        <SubmitButton icon="check" pendingLabel={t('saving')} wide>
          {t('save')}
        </SubmitButton>
      </div>
    </form>
  );
}
