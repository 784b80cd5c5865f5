'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/choices';
import { ErrorSummary } from '../ui/error-summary';
import { Select, TextInput } from '../ui/inputs';
import type { NewPerson } from './use-register';

type Errors = Partial<Record<'fullName' | 'birthYear' | 'phone' | 'consent', string>>;

/** Somebody who came without being on the roll. Checked here so that it works without a signal; the portal checks again. */
export function WalkInForm({
  villages,
  areaId,
  add,
  cancel,
}: {
  villages: readonly { id: number; name: string }[];
  areaId: number;
  add: (person: NewPerson) => void;
  cancel: () => void;
}) {
  const t = useTranslations('register');
  const say = useTranslations('errors');
  const [errors, setErrors] = useState<Errors>({});
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = (name: string) => String(form.get(name) ?? '').trim();
    const found = problemsIn(typed);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const village = Number(typed('areaId'));
    add({
      fullName: typed('fullName'),
      birthYear: typed('birthYear') ? Number(typed('birthYear')) : undefined,
      areaId: village,
      village: villages.find((each) => each.id === village)?.name ?? '',
      phone: typed('phone') || undefined,
    });
  };
  const error = (field: keyof Errors) => (errors[field] ? say(errors[field]) : undefined);
  return (
    <form
      onSubmit={send}
      noValidate
      className="grid grid-cols-1 gap-4 rounded-card border-2 border-field bg-surface p-4"
    >
      <ErrorSummary errors={Object.entries(errors).map(([field, key]) => ({ field, message: say(key) }))} />
      <TextInput
        name="fullName"
        label={t('name')}
        error={error('fullName')}
        autoComplete="off"
        autoFocus
        maxLength={120}
      />
      <TextInput
        name="birthYear"
        label={t('birthYear')}
        error={error('birthYear')}
        optional
        inputMode="numeric"
        width="short"
        maxLength={4}
        autoComplete="off"
      />
      <Select
        name="areaId"
        label={t('village')}
        defaultValue={String(areaId)}
        choices={villages.map((village) => ({ value: String(village.id), label: village.name }))}
      />
      <TextInput
        name="phone"
        label={t('phone')}
        error={error('phone')}
        optional
        type="tel"
        width="phone"
        maxLength={20}
        autoComplete="off"
      />
      <Checkbox
        name="consent"
        id="consent"
        value="oral"
        label={t('consent')}
        hint={t('consentHint')}
        error={error('consent')}
      />
      <div className="flex gap-2">
        <Button type="submit" className="flex-1" icon="plus">
          {t('addDone')}
        </Button>
        <Button variant="quiet" onClick={cancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

function problemsIn(typed: (name: string) => string): Errors {
  const year = typed('birthYear');
  const digits = typed('phone').replace(/\D/g, '');
  return {
    ...(typed('fullName') ? {} : { fullName: 'nameMissing' }),
    ...(year && !/^(19|20)\d\d$/.test(year) ? { birthYear: 'birthYearShape' } : {}),
    ...(Number(year) > new Date().getFullYear() ? { birthYear: 'birthYearFuture' } : {}),
    ...(typed('phone') && (digits.length < 9 || digits.length > 12) ? { phone: 'phoneShape' } : {}),
    ...(typed('consent') ? {} : { consent: 'consentMissing' }),
  };
}
