'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Folded, type Fold } from '@/components/ui/folded-form';
import { Select, TextArea, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { writeHours } from '@/lib/desk/rules';
import { deskKinds, weekdayFields, type DeskRecord } from '@/lib/desk/schema';
import { formatWeekday } from '@/lib/i18n/format';

const fields = ['areaId', 'kind', 'name', 'address', 'wayThere', ...weekdayFields];

/** A desk: a new one in one of `areas`, or the one of `now`; its hours day by day, as one writes them. */
export function DeskForm({
  action,
  areas,
  now,
  fold,
}: {
  action: FormAction;
  areas?: Choice[];
  now?: DeskRecord;
  fold?: Fold;
}) {
  const t = useTranslations('desk');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const { send, errors, field, values } = useForm(action, fields, 'desk');
  return (
    <Folded fold={fold} refused={errors.length > 0}>
      <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        {now ? <input type="hidden" name="id" value={now.id} /> : null}
        {areas ? (
          <Select {...field('areaId')} label={t('areaId')} empty={t('choose')} choices={areas} width="name" />
        ) : null}
        <Select
          {...field('kind', now?.kind)}
          label={t('kind')}
          empty={t('choose')}
          choices={deskKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          width="name"
        />
        <TextInput
          {...field('name', now?.name)}
          label={t('name')}
          hint={t('nameHint')}
          maxLength={120}
          autoComplete="off"
        />
        <TextInput {...field('address', now?.address)} label={t('address')} maxLength={200} autoComplete="off" />
        <TextArea {...field('wayThere', now?.wayThere)} label={t('wayThere')} optional rows={2} maxLength={300} />
        <fieldset className="grid gap-3">
          <legend className="font-bold">{t('hours')}</legend>
          <p className="mb-3 text-muted">{t('hoursHint')}</p>
          <div className="grid gap-3 sm:grid-cols-2">
            {weekdayFields.map((name, at) => (
              <TextInput
                key={name}
                {...field(name, writeHours((now?.hours ?? []).filter(({ weekday }) => weekday === at + 1)))}
                label={formatWeekday(locale, at + 1)}
                autoComplete="off"
                maxLength={200}
              />
            ))}
          </div>
        </fieldset>
        <div>
          <SubmitButton icon="check" pendingLabel={t('saving')} wide>
            {t(now ? 'saveChanges' : 'save')}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}
