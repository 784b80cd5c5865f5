'use client';

import { useTranslations } from 'next-intl';
import { useState, type SyntheticEvent } from 'react';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import type { RoundHelper } from '@/lib/visit/rules';
import { useLive } from '../register/live';
import { useHelperNames } from './helper-names';

const fields = ['areaId', 'day', 'from', 'until', 'first', 'second'];

/** Where, when, and which two of one team go. */
export function RoundForm({
  action,
  formKey,
  areas,
  area,
  first = '',
  together,
  firstDay,
  helpers,
}: {
  action: FormAction;
  formKey: string;
  areas: Choice[];
  area: string;
  /** Who goes, where that is known. */
  first?: string | undefined;
  /** Those who stop at a step there, who may go on it at once. */
  together: { step: string; name: string; people: number } | null;
  firstDay: string;
  helpers: readonly RoundHelper[];
}) {
  const t = useTranslations('visits');
  const { send, errors, field, values } = useForm(action, fields);
  const [when, setWhen] = useState<Record<string, string>>({});
  const said = (name: string, otherwise: string) => when[name] ?? values[name] ?? otherwise;
  const then = { day: said('day', firstDay), from: said('from', '08:00'), until: said('until', '11:00') };
  // Without JavaScript the names cannot follow the time that is typed: then only the portal's answer tells.
  const [live, named] = [useLive(), useHelperNames()];
  const choices = [...new Set(helpers.map(({ team }) => team))].map((team) => ({
    label: team,
    choices: named(
      helpers.filter((one) => one.team === team),
      live ? then : null,
    ),
  }));
  const note = ({ target }: SyntheticEvent<HTMLFormElement>) => {
    if (target instanceof HTMLInputElement && target.name in then) setWhen({ ...when, [target.name]: target.value });
  };
  return (
    <form action={send} onChange={note} noValidate className="grid gap-5" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="formKey" value={values.formKey ?? formKey} />
      <Select {...field('areaId', area)} label={t('village')} empty={t('choose')} choices={areas} width="name" />
      <TextInput {...field('day', firstDay)} type="date" label={t('day')} width="date" />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextInput {...field('from', '08:00')} type="time" label={t('from')} width="short" />
        <TextInput {...field('until', '11:00')} type="time" label={t('until')} width="short" />
      </div>
      <Select
        {...field('first', first)}
        label={t('first')}
        hint={t('helpersHint')}
        empty={t('choose')}
        choices={choices}
      />
      <Select {...field('second')} label={t('second')} empty={t('choose')} choices={choices} />
      {together ? (
        together.people > 0 ? (
          <Checkbox
            name="step"
            value={together.step}
            defaultChecked={values.areaId === undefined || values.step === together.step}
            label={t('together', { step: together.name, count: together.people })}
            hint={t('togetherHint')}
          />
        ) : (
          <p className="max-w-prose text-muted">{t('togetherNobody', { step: together.name })}</p>
        )
      ) : null}
      <Checkbox name="point" defaultChecked={values.point === 'on'} label={t('pointAsk')} hint={t('pointHint')} />
      <div>
        <SubmitButton icon="check" pendingLabel={t('saving')} wide>
          {t('planRound')}
        </SubmitButton>
      </div>
    </form>
  );
}
