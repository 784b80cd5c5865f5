'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { RadioGroup } from '@/components/ui/choices';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextArea, TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { visitOutcomes, type VisitOutcome } from '@/lib/visit/schema';

const levels = ['0', '1', '2', '3', '4'] as const;

/** What came of a visit, and which skills were seen. Saying it again corrects it: what was said before stays. */
export function OutcomeForm({
  action,
  visitId,
  formKey,
  last,
  skills,
  known,
  tomorrow,
}: {
  action: FormAction;
  visitId: string;
  formKey: string;
  last: { outcome: VisitOutcome; minutes: number | null } | null;
  skills: readonly { code: string; title: string; level: number | null; here: number | null }[];
  /** Whether it is known who lives there: skills are somebody's. */
  known: boolean;
  tomorrow: string;
}) {
  const t = useTranslations('visits');
  const people = useTranslations('people');
  const names = ['outcome', 'minutes', ...skills.map(({ code }) => `level.${code}`), 'nextOn', 'words'];
  const { send, errors, field, values } = useForm(action, names);
  const outcome = field('outcome', last?.outcome ?? '');
  const seen = (skill: (typeof skills)[number]) => (
    <Select
      key={skill.code}
      {...field(`level.${skill.code}`)}
      label={skill.title}
      hint={t('levelNow', { level: people(`level.${level(skill.level)}`) })}
      empty={t('notSeen')}
      choices={levels.map((value) => ({ value, label: people(`level.${value}`) }))}
    />
  );
  // What they could do alone before is folded away, so that at the door what is still to be learnt comes first.
  const alone = (skill: (typeof skills)[number]) => (skill.level ?? 0) >= 3 && skill.here === null;
  const could = skills.filter(alone);
  return (
    <form action={send} noValidate className="grid gap-6" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="formKey" value={values.formKey ?? formKey} />
      <input type="hidden" name="visitId" value={visitId} />
      <RadioGroup
        name="outcome"
        id={outcome.id}
        legend={last ? t('outcomeAgain') : t('outcomeAsked')}
        error={outcome.error}
        defaultValue={outcome.defaultValue}
        choices={visitOutcomes.map((value) => ({ value, label: t(`outcomes.${value}`) }))}
      />
      <TextInput
        {...field('minutes', last?.minutes ? String(last.minutes) : '')}
        label={t('minutes')}
        hint={t('minutesHint')}
        inputMode="numeric"
        width="short"
        maxLength={3}
        autoComplete="off"
      />
      {skills.length > 0 ? (
        <fieldset className="grid gap-4">
          <legend className="mb-1 font-bold">{t('skills')}</legend>
          <p className="text-muted">{t('skillsHint')}</p>
          {skills.filter((skill) => !alone(skill)).map(seen)}
          {could.length > 0 ? (
            <Disclosure
              summary={t('skillsAlone', { count: could.length })}
              open={could.some(({ code }) => field(`level.${code}`).error) || undefined}
            >
              <div className="grid gap-4">{could.map(seen)}</div>
            </Disclosure>
          ) : null}
        </fieldset>
      ) : known ? null : (
        <p className="text-muted">{t('notKnownYet')}</p>
      )}
      <TextInput
        {...field('nextOn')}
        type="date"
        min={tomorrow}
        label={t('nextOn')}
        hint={t('nextHint')}
        optional
        width="date"
      />
      <TextArea
        {...field('words')}
        label={t('wordsNoted')}
        hint={t('wordsNotedHint')}
        optional
        rows={2}
        maxLength={300}
      />
      <div>
        <SubmitButton icon="check" pendingLabel={t('saving')} wide>
          {t('record')}
        </SubmitButton>
      </div>
    </form>
  );
}

const level = (value: number | null) => levels.find((known) => known === String(value)) ?? 'none';
