'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction, type HiddenFields } from '@/components/class/use-sent';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldSet } from '@/components/ui/field';
import { Select, TextArea, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { formatWeekday } from '@/lib/i18n/format';
import { audiences, venueKinds } from '@/lib/model/schema';

const fields = [
  'name',
  'what',
  'audience',
  'forWhom',
  'materials',
  'adapted',
  'courseId',
  'weekdays',
  'startTime',
  'minutes',
  'sessions',
  'capacity',
  'minimumToRun',
  'venueKind',
];

/** A model in words, and the plan of a class by it. `now` is what it says so far; `areas` whose it may become, null for one that is there. */
export function ModelForm({
  action,
  hidden,
  now,
  areas,
  courses,
  isCopy,
  saveLabel,
  back,
}: {
  action: FormAction;
  hidden: HiddenFields;
  now: Readonly<Record<string, string>>;
  areas: Choice[] | null;
  courses: Choice[];
  isCopy: boolean;
  saveLabel: string;
  back: ReactNode;
}) {
  const t = useTranslations('model');
  const p = useTranslations('planning');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const { send, typed, error, summary, refused } = useSent(action, areas ? ['areaId', ...fields] : fields);
  const value = (name: string) => typed[name] ?? (refused ? '' : (now[name] ?? ''));
  const field = (name: string) => ({ name, defaultValue: value(name), error: error(name) });
  const ticks = (name: string) => value(name).split(',');
  const short = (name: string, label: string) => (
    <TextInput {...field(name)} label={label} inputMode="numeric" width="short" maxLength={10} autoComplete="off" />
  );
  return (
    <form action={send} noValidate className="grid gap-8" key={JSON.stringify(typed)}>
      <ErrorSummary errors={summary} />
      <Hidden fields={hidden} />
      <section className="grid gap-5">
        <h2 className="text-xl">{t('form.said')}</h2>
        {areas ? (
          <Select {...field('areaId')} label={t('form.areaId')} empty={t('choose')} choices={areas} width="name" />
        ) : null}
        <TextInput
          {...field('name')}
          label={t('form.name')}
          hint={t('form.nameHint')}
          maxLength={120}
          autoComplete="off"
        />
        <TextArea {...field('what')} label={t('form.what')} hint={t('form.whatHint')} rows={6} maxLength={2000} />
        <FieldSet id="audience" legend={t('form.audience')} error={error('audience')}>
          <div className="grid gap-2.5 sm:grid-cols-2 lg:grid-cols-3">
            {audiences.map((one) => (
              <Checkbox
                key={one}
                name="audience"
                value={one}
                label={t(`audiences.${one}`)}
                defaultChecked={ticks('audience').includes(one)}
                aria-invalid={error('audience') ? true : undefined}
              />
            ))}
          </div>
        </FieldSet>
        <TextInput
          {...field('forWhom')}
          label={t('form.forWhom')}
          hint={t('form.forWhomHint')}
          optional
          maxLength={300}
          autoComplete="off"
        />
        <TextArea
          {...field('materials')}
          label={t('form.materials')}
          hint={t('form.materialsHint')}
          optional
          rows={4}
          maxLength={3000}
        />
        {isCopy ? (
          <TextArea
            {...field('adapted')}
            label={t('form.adapted')}
            hint={t('form.adaptedHint')}
            optional
            rows={3}
            maxLength={1000}
          />
        ) : null}
      </section>
      <section className="grid gap-5">
        <div>
          <h2 className="text-xl">{t('form.plan')}</h2>
          <p className="mt-1 max-w-prose text-muted">{t('form.planHint')}</p>
        </div>
        <Select {...field('courseId')} label={t('course')} empty={t('choose')} choices={courses} />
        <FieldSet id="weekdays" legend={p('weekdays')} hint={t('form.perWeekHint')} error={error('weekdays')}>
          <div className="grid grid-cols-2 gap-2.5 sm:grid-cols-4">
            {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
              <Checkbox
                key={weekday}
                name="weekdays"
                value={String(weekday)}
                label={formatWeekday(locale, weekday)}
                defaultChecked={ticks('weekdays').includes(String(weekday))}
                aria-invalid={error('weekdays') ? true : undefined}
              />
            ))}
          </div>
        </FieldSet>
        <div className="flex flex-wrap items-end gap-5">
          <TextInput {...field('startTime')} type="time" label={p('startTime')} width="short" />
          {short('minutes', p('minutes'))}
          {short('sessions', p('count'))}
          {short('capacity', p('capacity'))}
          {short('minimumToRun', p('minimum'))}
        </div>
        <Select
          {...field('venueKind')}
          label={t('form.venueKind')}
          empty={t('choose')}
          choices={venueKinds.map((one) => ({ value: one, label: t(`venueKinds.${one}`) }))}
          width="name"
        />
      </section>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton icon="check" pendingLabel={t('form.saving')} wide>
          {saveLabel}
        </SubmitButton>
        {back}
      </div>
    </form>
  );
}

/** Counts a class or a round of visits with a model. */
export function HeldForm({
  action,
  modelId,
  classes,
  rounds,
}: {
  action: FormAction;
  modelId: string;
  classes: Choice[];
  rounds: Choice[];
}) {
  const t = useTranslations('model');
  const { send, typed, error, summary } = useSent(action, ['held']);
  return (
    <form action={send} noValidate className="grid gap-3">
      <ErrorSummary errors={summary} />
      <Hidden fields={{ modelId }} />
      <Select
        name="held"
        label={t('held.which')}
        empty={t('choose')}
        choices={[
          ...(classes.length > 0 ? [{ label: t('held.classes'), choices: classes }] : []),
          ...(rounds.length > 0 ? [{ label: t('held.roundsGroup'), choices: rounds }] : []),
        ]}
        defaultValue={typed.held}
        error={error('held')}
      />
      <div>
        <SubmitButton variant="secondary" icon="plus" pendingLabel={t('working')}>
          {t('held.link')}
        </SubmitButton>
      </div>
    </form>
  );
}
