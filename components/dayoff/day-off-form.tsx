'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

type Asked = 'name' | 'reason' | 'kind' | 'weekday' | 'firstDay' | 'lastDay';
const fields: readonly Asked[] = ['name', 'reason', 'kind', 'weekday', 'firstDay', 'lastDay'];

/** One entry of an area's calendar, new or to change. */
export function DayOffForm({
  action,
  areaId,
  id,
  title,
  begin,
  weekdays,
  reasons,
  back,
}: {
  action: FormAction;
  areaId: number;
  id: string | null;
  title: string;
  begin: Readonly<Record<Asked, string>>;
  weekdays: Choice[];
  reasons: Choice[];
  /** Where leaving it leads; null where there is nothing to leave. */
  back: string | null;
}) {
  const t = useTranslations('calendar');
  const { send, errors, field, values } = useForm(action, fields, 'day');
  const shown = (name: Asked) => field(name, begin[name]);
  const kind = shown('kind');
  return (
    <Card as="section" labelledBy="day-heading">
      <h2 id="day-heading" className="mb-5 text-xl">
        {title}
      </h2>
      <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="areaId" value={areaId} />
        {id ? <input type="hidden" name="id" value={id} /> : null}
        <TextInput
          {...shown('name')}
          label={t('name')}
          hint={t('nameHint')}
          width="name"
          maxLength={120}
          autoComplete="off"
        />
        <Select {...shown('reason')} label={t('reason')} empty={t('choose')} choices={reasons} width="name" />
        <RadioGroup
          name="kind"
          id={kind.id}
          legend={t('kind')}
          error={kind.error}
          defaultValue={kind.defaultValue}
          choices={[
            { value: 'dates', label: t('kinds.dates') },
            { value: 'weekly', label: t('kinds.weekly') },
            { value: 'exception', label: t('kinds.exception'), hint: t('kinds.exceptionHint') },
          ]}
        />
        <Select
          {...shown('weekday')}
          label={t('weekday')}
          optional
          empty={t('choose')}
          choices={weekdays}
          width="date"
        />
        <div className="flex flex-wrap gap-5">
          <TextInput {...shown('firstDay')} type="date" label={t('firstDay')} width="date" />
          <TextInput {...shown('lastDay')} type="date" label={t('lastDay')} optional width="date" />
        </div>
        <div className="flex flex-wrap gap-3">
          <SubmitButton icon="check" pendingLabel={t('working')}>
            {t('save')}
          </SubmitButton>
          {back ? (
            <ButtonLink href={back} variant="quiet">
              {t('leave')}
            </ButtonLink>
          ) : null}
        </div>
      </form>
    </Card>
  );
}
