import { useLocale, useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldSet } from '@/components/ui/field';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { summaryOf } from '@/components/ui/refused';
import { SubmitButton } from '@/components/ui/submit-button';
import { formatWeekday } from '@/lib/i18n/format';
import { getPathname } from '@/lib/i18n/navigation';
import { PlacesFields } from './places-fields';

export interface PlanChoices {
  courses: Choice[];
  venues: Choice[];
  teams: Choice[];
  languages: Choice[];
}

const asked = [
  'courseId',
  'venueId',
  'teamId',
  'language',
  'capacity',
  'minimumToRun',
  'reservedPlaces',
  'reservedFor',
  'offerHours',
  'weekdays',
  'firstDay',
  'startTime',
  'minutes',
  'count',
  'until',
];

/**
 * What a class is, where, by whom, and its weekly rule; the dates it makes are shown below on the same page. It goes into the address (GET), so the preview can be
 * gone back from and passed on; nothing in it is about a person.
 */
export function PlanRuleForm({
  path,
  choices,
  values,
  errors,
  again,
}: {
  path: string;
  choices: PlanChoices;
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
  /** The dates are shown below already. */
  again: boolean;
}) {
  const t = useTranslations('planning');
  const say = useTranslations('errors');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const messages = Object.fromEntries(Object.entries(errors).map(([name, key]) => [name, say(key)]));
  const error = (field: string) => messages[field];
  const ticked = (values.weekdays ?? '').split(',');
  return (
    <form method="get" action={`${getPathname({ href: path, locale })}#preview`} noValidate className="grid gap-8">
      <ErrorSummary errors={summaryOf(messages, asked)} />
      <input type="hidden" name="step" value="preview" />
      {values.modelId ? <input type="hidden" name="modelId" value={values.modelId} /> : null}
      <section className="grid gap-5">
        <h2 className="text-xl">{t('what')}</h2>
        <div className="grid gap-5 lg:grid-cols-2">
          <Select
            name="courseId"
            label={t('course')}
            empty={t('choose')}
            choices={choices.courses}
            defaultValue={values.courseId}
            error={error('courseId')}
          />
          <Select
            name="venueId"
            label={t('venue')}
            empty={t('choose')}
            choices={choices.venues}
            defaultValue={values.venueId}
            error={error('venueId')}
          />
          <Select
            name="teamId"
            label={t('team')}
            empty={t('choose')}
            choices={choices.teams}
            defaultValue={values.teamId}
            error={error('teamId')}
          />
          <Select
            name="language"
            label={t('language')}
            choices={choices.languages}
            defaultValue={values.language}
            error={error('language')}
          />
        </div>
        <div className="flex flex-wrap gap-5">
          <TextInput
            name="capacity"
            label={t('capacity')}
            inputMode="numeric"
            width="short"
            defaultValue={values.capacity}
            error={error('capacity')}
          />
          <TextInput
            name="minimumToRun"
            label={t('minimum')}
            inputMode="numeric"
            width="short"
            defaultValue={values.minimumToRun}
            error={error('minimumToRun')}
          />
        </div>
        <PlacesFields
          places={{ name: 'reservedPlaces', defaultValue: values.reservedPlaces, error: error('reservedPlaces') }}
          group={{ name: 'reservedFor', defaultValue: values.reservedFor, error: error('reservedFor') }}
          hours={{ name: 'offerHours', defaultValue: values.offerHours, error: error('offerHours') }}
        />
      </section>
      <section className="grid gap-5">
        <h2 className="text-xl">{t('when')}</h2>
        <FieldSet id="weekdays" legend={t('weekdays')} error={error('weekdays')}>
          <div className="grid grid-cols-2 gap-2.5 sm:grid-cols-4">
            {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
              <Checkbox
                key={weekday}
                name="weekdays"
                value={String(weekday)}
                label={formatWeekday(locale, weekday)}
                defaultChecked={ticked.includes(String(weekday))}
                aria-invalid={error('weekdays') ? true : undefined}
              />
            ))}
          </div>
        </FieldSet>
        <div className="flex flex-wrap items-end gap-5">
          <TextInput
            name="firstDay"
            type="date"
            label={t('firstDay')}
            width="date"
            defaultValue={values.firstDay}
            error={error('firstDay')}
          />
          <TextInput
            name="startTime"
            type="time"
            label={t('startTime')}
            width="short"
            defaultValue={values.startTime}
            error={error('startTime')}
          />
          <TextInput
            name="minutes"
            label={t('minutes')}
            inputMode="numeric"
            width="short"
            defaultValue={values.minutes}
            error={error('minutes')}
          />
        </div>
        <div className="flex flex-wrap items-end gap-5">
          <TextInput
            name="count"
            label={t('count')}
            inputMode="numeric"
            width="short"
            defaultValue={values.count}
            error={error('count')}
          />
          <TextInput
            name="until"
            type="date"
            label={t('until')}
            optional
            width="date"
            defaultValue={values.until}
            error={error('until')}
          />
        </div>
      </section>
      <div>
        <SubmitButton variant={again ? 'secondary' : 'primary'} pendingLabel={t('previewing')} icon="calendar" wide>
          {t(again ? 'previewAgain' : 'preview')}
        </SubmitButton>
      </div>
    </form>
  );
}
