'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldSet } from '@/components/ui/field';
import { Select, TextInput, type ChoiceGroup } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import type { PlaceChoice } from '@/lib/area/schema';
import { Link } from '@/lib/i18n/navigation';

const fields = ['area', 'skill', 'wish', 'times', 'people', 'fullName', 'phone', 'consent'];
const times = ['morning', 'afternoon', 'evening', 'weekend'] as const;

/** What somebody wants to learn, and when; who they are only if they like. Works without JavaScript. */
export function AskForm({
  action,
  formKey,
  place,
  unit,
  villages,
  skills,
  skill,
  consentVersion,
  consentText,
}: {
  action: FormAction;
  formKey: string;
  place: PlaceChoice;
  unit: PlaceChoice | null;
  villages: readonly PlaceChoice[];
  skills: readonly { code: string; title: string; domain: string }[];
  skill: string | undefined;
  consentVersion: number;
  consentText: ReactNode;
}) {
  const t = useTranslations('ask');
  const { send, errors, field, values } = useForm(action, fields);
  const domains = new Map<string, ChoiceGroup>();
  for (const { code, title, domain } of skills) {
    const group = domains.get(domain) ?? { label: domain, choices: [] };
    group.choices.push({ value: code, label: title });
    domains.set(domain, group);
  }
  const homes = [
    ...villages.map(({ id, name }) => ({ value: String(id), label: name })),
    ...(unit
      ? [{ value: String(unit.id), label: villages.length > 0 ? t('anywhereIn', { unit: unit.name }) : unit.name }]
      : []),
  ];
  const chosen = (values.times ?? '').split(',');
  return (
    <Card as="section" labelledBy="found">
      <h2 id="found" tabIndex={-1} className="text-2xl">
        {t('formHeading', { place: unit?.name ?? place.name })}
      </h2>
      <p className="mt-1 mb-6">
        <Link href="/ask" prefetch={false} className="link inline-flex min-h-target items-center">
          {t('elsewhere')}
        </Link>
      </p>
      <form action={send} noValidate className="grid gap-6" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="formKey" value={values.formKey ?? formKey} />
        <input type="hidden" name="consentVersion" value={consentVersion} />
        <Select {...field('area', String(place.id))} label={t('village')} choices={homes} width="name" />
        <Select
          {...field('skill', skill ?? '')}
          label={t('skill')}
          hint={t('skillHint')}
          empty={t('otherSkill')}
          choices={[...domains.values()]}
          width="name"
        />
        <TextInput
          {...field('wish')}
          label={t('wish')}
          hint={t('wishHint')}
          optional
          maxLength={200}
          autoComplete="off"
        />
        <FieldSet id="times" legend={t('times')} hint={t('timesHint')} error={field('times').error}>
          {times.map((time) => (
            <Checkbox
              key={time}
              name="times"
              value={time}
              label={t(`time.${time}`)}
              defaultChecked={chosen.includes(time)}
              aria-invalid={field('times').error ? true : undefined}
            />
          ))}
        </FieldSet>
        <TextInput
          {...field('people', '1')}
          label={t('people')}
          hint={t('peopleHint')}
          inputMode="numeric"
          width="short"
          maxLength={3}
          autoComplete="off"
        />
        <div className="grid gap-6 border-t-[1.5px] border-line pt-6">
          <div>
            <h3 className="text-xl">{t('whoHeading')}</h3>
            <p className="mt-1 text-muted">{t('whoBody')}</p>
          </div>
          <TextInput
            {...field('fullName')}
            label={t('fullName')}
            optional
            width="name"
            maxLength={100}
            autoComplete="name"
          />
          <TextInput
            {...field('phone')}
            label={t('phone')}
            optional
            type="tel"
            inputMode="tel"
            width="phone"
            maxLength={30}
            autoComplete="tel"
          />
          {consentText}
          <Checkbox
            name="consent"
            label={t('consent')}
            hint={t('consentHint')}
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
