'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/choices';
import { ErrorSummary } from '../ui/error-summary';
import { Select, TextInput } from '../ui/inputs';
import type { NewPerson } from './use-register';

type Errors = Partial<Record<'fullName' | 'birthYear' | 'areaId' | 'phone' | 'consent', string>>;

/**
 * Somebody who came without being on the roll. Checked here so that it works without a signal; the portal checks again, and what it
 * found `wrong` is put right in the same form, with what was `typed`.
 */
export function WalkInForm({
  villages,
  areaId,
  typed: before,
  wrong,
  submit,
  add,
  cancel,
}: {
  villages: readonly { id: number; name: string }[];
  areaId: number;
  typed?: Partial<NewPerson> & { id: string };
  wrong?: Errors;
  submit?: string;
  add: (person: NewPerson) => void;
  cancel?: () => void;
}) {
  const t = useTranslations('register');
  const say = useTranslations('errors');
  const [errors, setErrors] = useState<Errors>(wrong ?? {});
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = (name: string) => String(form.get(name) ?? '').trim();
    const found = problemsIn(typed);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    add({
      fullName: typed('fullName'),
      birthYear: typed('birthYear') ? Number(typed('birthYear')) : undefined,
      areaId: Number(typed('areaId')),
      phone: typed('phone') || undefined,
    });
  };
  const field = (name: keyof Errors) => ({
    name,
    id: before ? `${name}-${before.id}` : name,
    error: errors[name] ? say(errors[name]) : undefined,
  });
  return (
    <form
      onSubmit={send}
      noValidate
      className="grid grid-cols-1 gap-4 rounded-card border-2 border-field bg-surface p-4"
    >
      {before ? null : (
        <ErrorSummary errors={Object.entries(errors).map(([name, key]) => ({ field: name, message: say(key) }))} />
      )}
      <TextInput
        {...field('fullName')}
        label={t('name')}
        defaultValue={before?.fullName}
        autoComplete="off"
        autoFocus={!before}
        maxLength={120}
      />
      <TextInput
        {...field('birthYear')}
        label={t('birthYear')}
        defaultValue={before?.birthYear === undefined ? undefined : String(before.birthYear)}
        optional
        inputMode="numeric"
        width="short"
        maxLength={4}
        autoComplete="off"
      />
      <Select
        {...field('areaId')}
        label={t('village')}
        defaultValue={String(areaId)}
        choices={villages.map((village) => ({ value: String(village.id), label: village.name }))}
      />
      <TextInput
        {...field('phone')}
        label={t('phone')}
        defaultValue={before?.phone ?? undefined}
        optional
        type="tel"
        width="phone"
        maxLength={20}
        autoComplete="off"
      />
      <Checkbox
        {...field('consent')}
        value="oral"
        label={t('consent')}
        hint={t('consentHint')}
        defaultChecked={before !== undefined}
      />
      <div className="flex gap-2">
        <Button type="submit" className="flex-1" icon="plus">
          {submit ?? t('addDone')}
        </Button>
        {cancel ? (
          <Button variant="quiet" onClick={cancel}>
            {t('cancel')}
          </Button>
        ) : null}
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
