'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { addableKinds } from '@/lib/area/schema';

/** A new village, hamlet or residential group under a place. */
export function AddAreaForm({ action, parent, today }: { action: FormAction; parent: number; today: string }) {
  const t = useTranslations('admin');
  const { send, errors, field } = useForm(action, ['kind', 'name', 'from'], 'add');
  const kind = field('kind', 'village');
  return (
    <Disclosure summary={t('addAreaTitle')} open={errors.length > 0 || undefined}>
      <form action={send} className="grid gap-5" noValidate>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="parent" value={parent} />
        <Select
          {...kind}
          label={t('areaKind')}
          choices={addableKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          width="phone"
        />
        <TextInput {...field('name')} label={t('areaName')} hint={t('areaNameHint')} width="name" autoComplete="off" />
        <TextInput {...field('from', today)} type="date" label={t('fromDay')} width="date" />
        <div>
          <SubmitButton pendingLabel={t('saving')}>{t('addArea')}</SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}

/** A new name; the old one stays findable. */
export function RenameAreaForm({
  action,
  area,
  name,
  today,
}: {
  action: FormAction;
  area: number;
  name: string;
  today: string;
}) {
  const t = useTranslations('admin');
  const { send, errors, field } = useForm(action, ['name', 'from'], 'rename');
  return (
    <Disclosure summary={t('renameTitle')} open={errors.length > 0 || undefined}>
      <form action={send} className="grid gap-5" noValidate>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="area" value={area} />
        <TextInput {...field('name', name)} label={t('newAreaName')} width="name" autoComplete="off" />
        <TextInput {...field('from', today)} type="date" label={t('fromDay')} width="date" />
        <div>
          <SubmitButton variant="secondary" pendingLabel={t('saving')}>
            {t('renameArea')}
          </SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}

/** The day a place ceases to be. */
export function CloseAreaForm({ action, area, today }: { action: FormAction; area: number; today: string }) {
  const t = useTranslations('admin');
  const { send, errors, field } = useForm(action, ['from'], 'close');
  return (
    <Disclosure summary={t('closeTitle')} open={errors.length > 0 || undefined}>
      <p className="mb-4">{t('closeLead')}</p>
      <form action={send} className="grid gap-5" noValidate>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="area" value={area} />
        <TextInput {...field('from', today)} type="date" label={t('closeDay')} width="date" />
        <div>
          <SubmitButton variant="danger" pendingLabel={t('saving')}>
            {t('closeArea')}
          </SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}
