'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

const asked = ['fullName', 'birthYear', 'gender', 'areaId', 'homeHow', 'movedOn', 'phone', 'phoneOf'];

/** Corrects somebody's details. `phone` is left out where the caller may not see the present one. */
export function CorrectForm({
  action,
  personId,
  now,
  areas,
  genders,
  mayPhone,
  back,
}: {
  action: FormAction;
  personId: string;
  now: Readonly<Record<'fullName' | 'birthYear' | 'gender' | 'areaId' | 'phone' | 'phoneOf', string>>;
  areas: Choice[];
  genders: Choice[];
  mayPhone: boolean;
  back: ReactNode;
}) {
  const t = useTranslations('people');
  const { send, typed, error, summary } = useSent(action, asked);
  const field = (name: keyof typeof now) => ({ name, defaultValue: typed[name] ?? now[name], error: error(name) });
  return (
    <form action={send} noValidate className="grid gap-6">
      <ErrorSummary errors={summary} />
      <Hidden fields={{ personId }} />
      <TextInput {...field('fullName')} label={t('fullName')} autoComplete="off" maxLength={100} width="name" />
      <TextInput
        {...field('birthYear')}
        label={t('birthYear')}
        optional
        inputMode="numeric"
        autoComplete="off"
        width="short"
      />
      <Select {...field('gender')} label={t('gender')} optional empty={t('notSaid')} choices={genders} width="name" />
      <Select {...field('areaId')} label={t('village')} choices={areas} width="name" />
      <Disclosure summary={t('home.changed')} open={Boolean(typed.homeHow ?? typed.movedOn)}>
        <div className="grid gap-5" key={`home-${typed.homeHow}`}>
          <RadioGroup
            name="homeHow"
            legend={t('home.how')}
            defaultValue={typed.homeHow ?? 'corrected'}
            error={error('homeHow')}
            choices={[
              { value: 'corrected', label: t('home.corrected') },
              { value: 'moved', label: t('home.moved'), hint: t('home.movedHint') },
            ]}
          />
          <TextInput
            name="movedOn"
            label={t('home.movedOn')}
            hint={t('home.movedOnHint')}
            optional
            type="date"
            width="short"
            defaultValue={typed.movedOn ?? ''}
            error={error('movedOn')}
          />
        </div>
      </Disclosure>
      {mayPhone ? (
        <>
          <TextInput
            {...field('phone')}
            label={t('phone')}
            hint={t('phoneKeeps')}
            optional
            type="tel"
            autoComplete="off"
            width="phone"
            maxLength={40}
          />
          <Checkbox
            name="phoneOf"
            id="phoneOf"
            value="relative"
            label={t('phoneOfRelative')}
            defaultChecked={(typed.phoneOf ?? now.phoneOf) === 'relative'}
            error={error('phoneOf')}
          />
        </>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton icon="check" pendingLabel={t('saving')} wide>
          {t('save')}
        </SubmitButton>
        {back}
      </div>
    </form>
  );
}
