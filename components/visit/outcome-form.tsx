'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useForm, type FormAction } from '@/components/account/use-form';
import { RadioTiles } from '@/components/ui/choices';
import { cx } from '@/components/ui/cx';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextArea, TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { visitMinutes, visitOutcomes, type VisitOutcome } from '@/lib/visit/schema';
import { SkillFields, type SkillAsked } from './skill-fields';

/**
 * What came of a visit: the outcome first, and only where somebody was helped the minutes and the skills seen. Saying it again corrects it: what
 * was said before stays, and stands in the form, so that only what is changed need be said.
 */
export function OutcomeForm({
  action,
  live,
  visitId,
  formKey,
  last,
  skills,
  known,
  tomorrow,
}: {
  action: FormAction;
  /** The page's scripts run: without them what is asked of a help waits in a box. */
  live: boolean;
  visitId: string;
  formKey: string;
  last: { outcome: VisitOutcome; minutes: number | null; nextOn: string | null; words: string } | null;
  skills: readonly SkillAsked[];
  /** Whether it is known who lives there: skills are somebody's. */
  known: boolean;
  tomorrow: string;
}) {
  const t = useTranslations('visits');
  const names = ['outcome', 'minutes', ...skills.map(({ code }) => `level.${code}`), 'nextOn', 'words'];
  const { send, errors, field, values } = useForm(action, names);
  const outcome = field('outcome', last?.outcome ?? '');
  const minutes = field('minutes', last?.minutes ? String(last.minutes) : '');
  const told = last?.minutes && !visitMinutes.some((known) => known === last.minutes) ? [last.minutes] : [];
  const ofHelp = skills.flatMap(({ code }) => field(`level.${code}`).error ?? []);
  return (
    <form action={send} noValidate className="group/outcome grid gap-5" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="formKey" value={values.formKey ?? formKey} />
      <input type="hidden" name="visitId" value={visitId} />
      <RadioTiles
        name="outcome"
        id={outcome.id}
        legend={last ? t('outcomeAgain') : t('outcomeAsked')}
        error={outcome.error}
        defaultValue={outcome.defaultValue}
        columns="grid-cols-2"
        choices={visitOutcomes.map((value) => ({ value, label: t(`outcomes.${value}`), wide: value === 'done' }))}
      />
      <WhereHelped live={live} open={Boolean(minutes.error) || ofHelp.length > 0 || outcome.defaultValue === 'done'}>
        <RadioTiles
          name="minutes"
          id={minutes.id}
          legend={t('minutes')}
          error={minutes.error}
          defaultValue={minutes.defaultValue}
          columns="grid-cols-4 tabular-nums sm:grid-cols-8"
          choices={[...visitMinutes, ...told]
            .toSorted((one, other) => one - other)
            .map((value) => ({ value: String(value), label: value }))}
        />
        {skills.length > 0 ? (
          <SkillFields skills={skills} field={field} open={ofHelp.length > 0} />
        ) : known ? null : (
          <p className="text-muted">{t('notKnownYet')}</p>
        )}
      </WhereHelped>
      <TextArea
        {...field('words', last?.words)}
        label={t('wordsNoted')}
        hint={t('wordsNotedHint')}
        optional
        rows={2}
        maxLength={300}
      />
      <TextInput
        {...field('nextOn', last?.nextOn && last.nextOn >= tomorrow ? last.nextOn : '')}
        type="date"
        min={tomorrow}
        label={t('nextOn')}
        optional
        width="date"
      />
      <div>
        <SubmitButton icon="check" pendingLabel={t('saving')} wide>
          {t('record')}
        </SubmitButton>
      </div>
    </form>
  );
}

/** With the page's scripts it is there while "helped" is chosen, and not otherwise; without them, in a box that says what for. */
function WhereHelped({ live, open, children }: { live: boolean; open: boolean; children: ReactNode }) {
  const t = useTranslations('visits');
  if (!live)
    return (
      <Disclosure summary={t('ifHelped')} open={open}>
        <div className="grid gap-5">{children}</div>
      </Disclosure>
    );
  return (
    <div
      data-helped=""
      className={cx('hidden gap-5', 'group-has-[input[name=outcome][value=done]:checked]/outcome:grid')}
    >
      {children}
    </div>
  );
}
