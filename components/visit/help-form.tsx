'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Card } from '@/components/ui/card';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import type { PlaceChoice } from '@/lib/area/schema';
import { Link } from '@/lib/i18n/navigation';
import { NeedsAndTimes } from './needs-and-times';

const fields = ['askedBy', 'fullName', 'born', 'area', 'needs', 'times', 'words', 'phone', 'phoneOf', 'consent'];

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
  const { send, errors, field, values } = useForm(action, fields);
  // Whoever named only the commune chooses the village: a round goes into one, and the number they are told is right there.
  const asks = villages.length > 0 && place.id === unit?.id;
  const homes = [...villages, ...(unit ? [villages.length > 0 ? { ...unit, name: t('villageUnknown') } : unit] : [])];
  const radio = (name: string, otherwise = '') => {
    const { id, error, defaultValue } = field(name, otherwise);
    return { name, id, error, defaultValue };
  };
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
          {...radio('askedBy')}
          legend={t('askedBy')}
          choices={[
            { value: 'self', label: t('askedBySelf') },
            { value: 'relative', label: t('askedByRelative') },
          ]}
        />
        <TextInput
          {...field('fullName')}
          label={t('fullName')}
          hint={t('fullNameHint')}
          width="name"
          maxLength={100}
          autoComplete="off"
        />
        <TextInput
          {...field('born')}
          label={t('born')}
          hint={t('bornHint')}
          optional
          inputMode="numeric"
          width="short"
          maxLength={10}
          autoComplete="off"
        />
        <Select
          {...field('area', asks ? '' : String(place.id))}
          label={t('village')}
          empty={t('chooseVillage')}
          choices={homes.map(({ id, name }) => ({ value: String(id), label: name }))}
          width="name"
        />
        <NeedsAndTimes
          needsError={field('needs').error}
          timesError={field('times').error}
          needs={values.needs}
          times={values.times}
        />
        <TextInput
          {...field('words')}
          label={t('words')}
          hint={t('wordsHint')}
          optional
          maxLength={200}
          autoComplete="off"
        />
        <TextInput
          {...field('phone')}
          label={t('phone')}
          hint={t('phoneHint')}
          optional
          type="tel"
          inputMode="tel"
          width="phone"
          maxLength={30}
          autoComplete="off"
        />
        <RadioGroup
          {...radio('phoneOf', 'self')}
          legend={t('phoneOf')}
          choices={[
            { value: 'self', label: t('phoneOfSelf') },
            { value: 'relative', label: t('phoneOfRelative') },
          ]}
        />
        <div className="grid gap-6 border-t-[1.5px] border-line pt-6">
          {consentText}
          <Checkbox
            name="consent"
            label={t('consent')}
            error={field('consent').error}
            defaultChecked={values.consent === 'on'}
          />
        </div>
        <div>
          <SubmitButton icon="check" wide pendingLabel={t('sending')}>
            {t('submit')}
          </SubmitButton>
        </div>
      </form>
    </Card>
  );
}
