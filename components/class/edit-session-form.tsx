import { useLocale, useTranslations } from 'next-intl';
import { RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { summaryOf } from '@/components/ui/refused';
import { SubmitButton } from '@/components/ui/submit-button';
import { getPathname } from '@/lib/i18n/navigation';

const asked = ['scope', 'day', 'time', 'minutes', 'venueId', 'note'];

/**
 * What a session is to become, and which others with it. It goes into the address (GET); what it makes of each session is shown below on
 * the same page. Without `counts` it is about this one alone.
 */
export function EditSessionForm({
  path,
  values,
  errors,
  venues,
  counts,
  again,
}: {
  path: string;
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
  venues: Choice[];
  counts: { following: number; all: number } | null;
  /** The sessions are shown below already. */
  again: boolean;
}) {
  const t = useTranslations('edits');
  const say = useTranslations('errors');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const messages = Object.fromEntries(Object.entries(errors).map(([name, key]) => [name, say(key)]));
  const field = (name: string) => ({ name, defaultValue: values[name], error: messages[name] });
  return (
    <form method="get" action={`${getPathname({ href: path, locale })}#preview`} noValidate className="grid gap-5">
      <ErrorSummary errors={summaryOf(messages, asked)} />
      <input type="hidden" name="step" value="preview" />
      {counts ? (
        <RadioGroup
          {...field('scope')}
          legend={t('scope')}
          hint={t('scopeHint')}
          choices={[
            { value: 'this', label: t('scopes.this') },
            { value: 'following', label: t('scopes.following', { count: counts.following }) },
            { value: 'all', label: t('scopes.all', { count: counts.all }) },
          ]}
        />
      ) : (
        <input type="hidden" name="scope" value="this" />
      )}
      <div className="flex flex-wrap items-end gap-5">
        <TextInput {...field('day')} type="date" label={t('day')} width="date" />
        <TextInput {...field('time')} type="time" label={t('time')} width="short" />
        <TextInput {...field('minutes')} label={t('minutes')} inputMode="numeric" width="short" />
      </div>
      <div className="grid gap-5 lg:grid-cols-2">
        <Select {...field('venueId')} label={t('venue')} empty={t('choose')} choices={venues} />
        <TextInput {...field('note')} label={t('note')} hint={t('noteHint')} optional maxLength={200} />
      </div>
      <div>
        <SubmitButton variant={again ? 'secondary' : 'primary'} pendingLabel={t('previewing')} icon="calendar" wide>
          {t(again ? 'previewAgain' : 'preview')}
        </SubmitButton>
      </div>
    </form>
  );
}
