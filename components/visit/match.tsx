'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ActForm } from '@/components/class/act-form';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { EmptyState } from '@/components/ui/empty-state';
import { FoldedForm } from '@/components/ui/folded-form';
import { SubmitButton } from '@/components/ui/submit-button';
import type { PersonFound } from '@/lib/person/schema';

/** Who may be meant, found by a search: one of them is said to be it. */
export function FoundPeople({
  found,
  requestId,
  match,
}: {
  found: { people: readonly PersonFound[]; more: boolean };
  requestId: string;
  match: FormAction;
}) {
  const t = useTranslations('visits');
  const people = useTranslations('people');
  if (found.people.length === 0) return <EmptyState title={people('noneFound')}>{t('noneFoundBody')}</EmptyState>;
  return (
    <div>
      <ul className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
        {found.people.map((person) => (
          <li key={person.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
            <p className="min-w-0">
              <b className="block">{person.fullName}</b>
              <span className="text-sm text-muted">
                {[person.birthYear ?? people('noYear'), person.village, person.phoneHint].filter(Boolean).join(' · ')}
              </span>
            </p>
            <ActForm
              action={match}
              fields={{ requestId, personId: person.id }}
              variant="secondary"
              label={t('isThis', { name: person.fullName })}
              pendingLabel={t('saving')}
            />
          </li>
        ))}
      </ul>
      {found.more ? <p className="mt-2 text-muted">{people('more')}</p> : null}
    </div>
  );
}

/** Nobody of them: written down anew, with the consent of being on a list. Folded away while somebody may be meant. */
export function NewPersonForm({
  action,
  requestId,
  open,
  birthYear,
  phone,
}: {
  action: FormAction;
  requestId: string;
  /** Nobody was found: it is what there is to do. */
  open: boolean;
  birthYear: number | null;
  /** The one given for the visit, as it is read; null where there is none. */
  phone: string | null;
}) {
  const t = useTranslations('visits');
  const { send, errors, field, values } = useForm(action, ['how', 'consent'], 'new');
  const how = field('how', 'oral');
  return (
    <FoldedForm summary={t('newPerson')} open={open} errors={errors} send={send} key={JSON.stringify(values)}>
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="birthYear" value={birthYear ?? ''} />
      <p className="max-w-prose">{t('newPersonBody')}</p>
      <RadioGroup
        name="how"
        id={how.id}
        legend={t('consentHow')}
        error={how.error}
        defaultValue={how.defaultValue}
        choices={[
          { value: 'oral', label: t('consentOral') },
          { value: 'paper', label: t('consentPaper') },
        ]}
      />
      <Checkbox
        name="consent"
        id={field('consent').id}
        label={t('consentGiven')}
        error={field('consent').error}
        defaultChecked={values.consent === 'on'}
      />
      {phone === null ? null : (
        <Checkbox
          name="keepPhone"
          id={field('keepPhone').id}
          label={t('keepPhone', { phone })}
          hint={t('keepPhoneHint')}
          defaultChecked={values.keepPhone === 'on'}
        />
      )}
      <div>
        <SubmitButton icon="plus" pendingLabel={t('saving')}>
          {t('writeDown')}
        </SubmitButton>
      </div>
    </FoldedForm>
  );
}
