'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { eligibleGroups } from '@/lib/eligible/schema';

/** How many live in one place, by group; what is left empty is not said. */
export function EligibleForm({
  action,
  areaId,
  place,
  back,
}: {
  action: FormAction;
  areaId: number;
  place: string;
  back: string;
}) {
  const t = useTranslations('eligible');
  const { send, errors, field, values } = useForm(action, [...eligibleGroups, 'source', 'asOf'], 'eligible');
  return (
    <Card as="section" labelledBy="eligible-heading">
      <h2 id="eligible-heading" className="text-xl">
        {t('fillFor', { place })}
      </h2>
      <p className="mt-2 mb-5 text-muted">{t('countsHint')}</p>
      <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="areaId" value={areaId} />
        <div className="grid grid-cols-[repeat(auto-fill,minmax(min(11rem,100%),1fr))] items-end gap-5">
          {eligibleGroups.map((group) => (
            <TextInput
              key={group}
              {...field(group)}
              label={t(`groups.${group}`)}
              inputMode="numeric"
              width="short"
              autoComplete="off"
            />
          ))}
        </div>
        <TextInput
          {...field('source')}
          label={t('source')}
          hint={t('sourceHint')}
          width="name"
          maxLength={200}
          autoComplete="off"
        />
        <TextInput {...field('asOf')} type="date" label={t('asOf')} hint={t('asOfHint')} width="date" />
        <div className="flex flex-wrap gap-3">
          <SubmitButton icon="check" pendingLabel={t('working')}>
            {t('submit')}
          </SubmitButton>
          <ButtonLink href={back} variant="quiet">
            {t('leave')}
          </ButtonLink>
        </div>
      </form>
    </Card>
  );
}
