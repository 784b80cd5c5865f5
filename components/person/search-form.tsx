'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction, type HiddenFields } from '@/components/class/use-sent';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** Looks somebody up. Posted, never in the address: what is typed here is a name. */
export function SearchForm({
  action,
  last,
  areas,
  fields,
}: {
  action: FormAction;
  last: Readonly<Record<'name' | 'birthYear' | 'area' | 'phone', string>>;
  areas: Choice[];
  fields?: HiddenFields;
}) {
  const t = useTranslations('people');
  const { send, typed, error, summary } = useSent(action, ['name', 'birthYear', 'area', 'phone']);
  return (
    <form
      action={send}
      noValidate
      role="search"
      aria-label={t('search')}
      className="grid gap-5 rounded-card border-[1.5px] border-line bg-sunk p-4 sm:p-5"
    >
      <ErrorSummary errors={summary} />
      {fields ? <Hidden fields={fields} /> : null}
      <div className="grid items-end gap-5 sm:grid-cols-[2fr_1fr] lg:grid-cols-[5fr_3fr_5fr_4fr]">
        <TextInput
          name="name"
          label={t('name')}
          autoComplete="off"
          maxLength={100}
          defaultValue={typed.name ?? last.name}
          error={error('name')}
        />
        <TextInput
          name="birthYear"
          label={t('birthYear')}
          optional
          inputMode="numeric"
          autoComplete="off"
          defaultValue={typed.birthYear ?? last.birthYear}
          error={error('birthYear')}
        />
        <Select
          name="area"
          label={t('village')}
          empty={t('anyVillage')}
          choices={areas}
          defaultValue={typed.area ?? last.area}
          error={error('area')}
        />
        <TextInput
          name="phone"
          type="tel"
          label={t('phone')}
          optional
          autoComplete="off"
          maxLength={40}
          defaultValue={typed.phone ?? last.phone}
          error={error('phone')}
        />
      </div>
      <div>
        <SubmitButton icon="search" pendingLabel={t('searching')} wide>
          {t('doSearch')}
        </SubmitButton>
      </div>
    </form>
  );
}
