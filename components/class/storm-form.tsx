import { useLocale, useTranslations } from 'next-intl';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldSet } from '@/components/ui/field';
import { TextInput, type Choice } from '@/components/ui/inputs';
import { summaryOf } from '@/components/ui/refused';
import { SubmitButton } from '@/components/ui/submit-button';
import { getPathname } from '@/lib/i18n/navigation';

const asked = ['areas', 'firstDay', 'lastDay', 'instead', 'reason'];

/** Where, on which days, what happens instead and why; it goes into the address (GET), and what it makes of each class is shown below. */
export function StormForm({
  path,
  areas,
  values,
  errors,
  again,
}: {
  path: string;
  areas: Choice[];
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
  again: boolean;
}) {
  const t = useTranslations('edits.storm');
  const say = useTranslations('errors');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const messages = Object.fromEntries(Object.entries(errors).map(([name, key]) => [name, say(key)]));
  const field = (name: string) => ({ name, defaultValue: values[name], error: messages[name] });
  const ticked = (values.areas ?? '').split(',');
  return (
    <form method="get" action={`${getPathname({ href: path, locale })}#preview`} noValidate className="grid gap-6">
      <ErrorSummary errors={summaryOf(messages, asked)} />
      <input type="hidden" name="step" value="preview" />
      <FieldSet id="areas" legend={t('areas')} error={messages.areas}>
        <div
          className={areas.length > 30 ? 'max-h-96 overflow-y-auto rounded-card border-[1.5px] border-line p-3' : ''}
        >
          <div className="grid gap-2.5 sm:grid-cols-2 lg:grid-cols-3">
            {areas.map(({ value, label }) => (
              <Checkbox
                key={value}
                name="areas"
                value={value}
                label={label}
                defaultChecked={ticked.includes(value)}
                aria-invalid={messages.areas ? true : undefined}
              />
            ))}
          </div>
        </div>
      </FieldSet>
      <div className="flex flex-wrap items-start gap-5">
        <TextInput {...field('firstDay')} type="date" label={t('firstDay')} width="date" />
        <TextInput
          {...field('lastDay')}
          type="date"
          label={t('lastDay')}
          hint={t('lastDayHint')}
          optional
          width="date"
        />
      </div>
      <RadioGroup
        {...field('instead')}
        legend={t('instead')}
        choices={[
          { value: 'move', label: t('move'), hint: t('moveHint') },
          { value: 'cancel', label: t('cancelThem') },
        ]}
      />
      <TextInput {...field('reason')} label={t('reason')} hint={t('reasonHint')} width="name" maxLength={200} />
      <div>
        <SubmitButton variant={again ? 'secondary' : 'primary'} pendingLabel={t('doing')} icon="calendar" wide>
          {t(again ? 'previewAgain' : 'preview')}
        </SubmitButton>
      </div>
    </form>
  );
}
