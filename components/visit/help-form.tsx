'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Card } from '@/components/ui/card';
import { RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import type { PlaceChoice } from '@/lib/area/schema';
import { Link } from '@/lib/i18n/navigation';
import { askedFields, AskedFields } from './asked-fields';

/** Asks that somebody comes to one's home. Works without JavaScript. */
export function HelpForm({
  action,
  formKey,
  stamp,
  place,
  unit,
  villages,
  consentVersion,
  consentText,
}: {
  action: FormAction;
  formKey: string;
  stamp: string;
  place: PlaceChoice;
  unit: PlaceChoice | null;
  villages: readonly PlaceChoice[];
  consentVersion: number;
  consentText: ReactNode;
}) {
  const t = useTranslations('help');
  const form = useForm(action, ['askedBy', ...askedFields]);
  const { send, errors, field, values } = form;
  // Whoever named only the commune chooses the village: a round goes into one, and the number they are told is right there.
  const asks = villages.length > 0 && place.id === unit?.id;
  const homes = [...villages, ...(unit ? [villages.length > 0 ? { ...unit, name: t('villageUnknown') } : unit] : [])];
  const { id, error, defaultValue } = field('askedBy');
  return (
    <Card as="section" labelledBy="found">
      <h2 id="found" tabIndex={-1} className="text-2xl">
        {t('formHeading', { place: unit?.name ?? place.name })}
      </h2>
      <p className="mt-1 mb-6">
        <Link href="/help" prefetch={false} className="link inline-flex min-h-target items-center">
          {t('elsewhere')}
        </Link>
      </p>
      <form action={send} noValidate className="grid gap-6" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="formKey" value={values.formKey ?? formKey} />
        <input type="hidden" name="stamp" value={values.stamp ?? stamp} />
        <input type="hidden" name="consentVersion" value={consentVersion} />
        <RadioGroup
          name="askedBy"
          id={id}
          error={error}
          defaultValue={defaultValue}
          legend={t('askedBy')}
          choices={[
            { value: 'self', label: t('askedBySelf') },
            { value: 'relative', label: t('askedByRelative') },
          ]}
        />
        <AskedFields
          form={form}
          homes={homes.map(({ id, name }) => ({ value: String(id), label: name }))}
          home={asks ? '' : String(place.id)}
          consentText={consentText}
        />
        <div>
          <SubmitButton icon="check" wide pendingLabel={t('sending')}>
            {t('submit')}
          </SubmitButton>
        </div>
      </form>
    </Card>
  );
}
