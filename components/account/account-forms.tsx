'use client';

import { useTranslations } from 'next-intl';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput, type Choice, type ChoiceGroup } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { roles } from '@/lib/account/schema';
import { useForm, type FormAction } from './use-form';

type Areas = (Choice | ChoiceGroup)[];

function RoleSelect({ field }: { field: ReturnType<typeof useForm>['field'] }) {
  const t = useTranslations('admin');
  const account = useTranslations('account');
  const wiring = field('role');
  return (
    <Select
      {...wiring}
      label={t('role')}
      empty={t('choose')}
      choices={roles.map((role) => ({ value: role, label: account(`roles.${role}`) }))}
      width="name"
    />
  );
}

function AreaSelect({
  field,
  areas,
  otherwise,
}: {
  field: ReturnType<typeof useForm>['field'];
  areas: Areas;
  otherwise?: string;
}) {
  const t = useTranslations('admin');
  const wiring = field('area', otherwise);
  return <Select {...wiring} label={t('where')} empty={t('choose')} choices={areas} width="name" />;
}

/** Finds people by name. Posted, so that a name never stands in an address. */
export function FindAccountForm({ action }: { action: FormAction }) {
  const t = useTranslations('admin');
  const { send, errors, field } = useForm(action, ['name'], 'find');
  return (
    <form action={send} className="flex flex-wrap items-end gap-4" noValidate>
      <ErrorSummary errors={errors} />
      <div className="w-full sm:w-96">
        <TextInput {...field('name')} label={t('findByName')} type="search" autoComplete="off" />
      </div>
      <SubmitButton icon="search" variant="secondary" pendingLabel={t('searching')}>
        {t('find')}
      </SubmitButton>
    </form>
  );
}

/** A new account with its first task. The suggested password is to be handed over by word or on paper. */
export function CreateAccountForm({
  action,
  areas,
  suggestion,
}: {
  action: FormAction;
  areas: Areas;
  suggestion: string;
}) {
  const t = useTranslations('admin');
  const asked = ['fullName', 'username', 'phone', 'role', 'area', 'newPassword'];
  const { send, errors, field } = useForm(action, asked);
  return (
    <form action={send} className="grid gap-6" noValidate>
      <ErrorSummary errors={errors} />
      <TextInput {...field('fullName')} label={t('fullName')} autoComplete="off" width="name" />
      <TextInput
        {...field('username')}
        label={t('username')}
        hint={t('usernameHint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        width="name"
      />
      <TextInput {...field('phone')} label={t('phone')} type="tel" optional autoComplete="off" width="phone" />
      <RoleSelect field={field} />
      <AreaSelect field={field} areas={areas} />
      <TextInput
        {...field('newPassword', suggestion)}
        label={t('firstPassword')}
        hint={t('passwordShownOnce')}
        autoComplete="off"
        spellCheck={false}
        width="name"
      />
      <div>
        <SubmitButton pendingLabel={t('saving')}>{t('createAccount')}</SubmitButton>
      </div>
    </form>
  );
}

/** One more task for somebody: what, where, from when, until when. */
export function AddGrantForm({
  action,
  account,
  areas,
  home,
  today,
}: {
  action: FormAction;
  account: string;
  areas: Areas;
  home: number;
  today: string;
}) {
  const t = useTranslations('admin');
  const { send, errors, field } = useForm(action, ['role', 'area', 'from', 'until'], 'grant');
  return (
    <Disclosure summary={t('addGrantTitle')} open={errors.length > 0 || undefined}>
      <form action={send} className="grid gap-5" noValidate>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="account" value={account} />
        <RoleSelect field={field} />
        <AreaSelect field={field} areas={areas} otherwise={String(home)} />
        <div className="flex flex-wrap gap-5">
          <TextInput {...field('from', today)} type="date" label={t('fromDay')} width="date" />
          <TextInput {...field('until')} type="date" label={t('untilDay')} optional width="date" />
        </div>
        <div>
          <SubmitButton variant="secondary" pendingLabel={t('saving')}>
            {t('addGrant')}
          </SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}
