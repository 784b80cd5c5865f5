'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput, type Choice, type ChoiceGroup } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

const fields = ['areaId', 'day', 'from', 'until', 'first', 'second'];

/** Where, when, and which two of one team go. */
export function RoundForm({
  action,
  formKey,
  areas,
  area,
  firstDay,
  helpers,
}: {
  action: FormAction;
  formKey: string;
  areas: Choice[];
  area: string;
  firstDay: string;
  helpers: readonly { id: string; fullName: string; team: string }[];
}) {
  const t = useTranslations('visits');
  const { send, errors, field, values } = useForm(action, fields);
  const teams = new Map<string, ChoiceGroup>();
  for (const { id, fullName, team } of helpers) {
    const group = teams.get(team) ?? { label: team, choices: [] };
    group.choices.push({ value: id, label: fullName });
    teams.set(team, group);
  }
  const people = [...teams.values()];
  return (
    <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="formKey" value={values.formKey ?? formKey} />
      <Select {...field('areaId', area)} label={t('village')} empty={t('choose')} choices={areas} width="name" />
      <TextInput {...field('day', firstDay)} type="date" label={t('day')} width="date" />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextInput {...field('from', '08:00')} type="time" label={t('from')} width="short" />
        <TextInput {...field('until', '11:00')} type="time" label={t('until')} width="short" />
      </div>
      <Select {...field('first')} label={t('first')} hint={t('helpersHint')} empty={t('choose')} choices={people} />
      <Select {...field('second')} label={t('second')} empty={t('choose')} choices={people} />
      <Checkbox name="point" defaultChecked={values.point === 'on'} label={t('pointAsk')} hint={t('pointHint')} />
      <div>
        <SubmitButton icon="check" pendingLabel={t('saving')} wide>
          {t('planRound')}
        </SubmitButton>
      </div>
    </form>
  );
}
