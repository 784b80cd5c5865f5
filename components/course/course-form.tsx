'use client';

import { useTranslations } from 'next-intl';
import { useActionState, type ReactNode } from 'react';
import { Hidden } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldSet } from '@/components/ui/field';
import { Select, TextArea, TextInput, type Choice } from '@/components/ui/inputs';
import { summaryOf } from '@/components/ui/refused';
import { SubmitButton } from '@/components/ui/submit-button';
import { afterStep, lessonField, lessonsTyped, codesOf, mostLessons, stepOf } from '@/lib/course/rules';
import { untouched } from '@/lib/kernel/result';
import { LessonFields, type SkillChoice } from './lesson-fields';

type Values = Readonly<Record<string, string>>;

const before = ['titleVi', 'titleEn', 'summaryVi', 'summaryEn', 'bringVi', 'bringEn', 'learnersPerHelper'];
const ofLesson = ['titleVi', 'titleEn', 'minutes', 'skills'];

/**
 * A course and its lessons, line by line. Adding, moving and removing a lesson sends the form and shows it again: nothing typed is lost, with
 * JavaScript or without; only "save" writes. `now` is what the form begins with.
 */
export function CourseForm(props: {
  action: FormAction;
  now: Values;
  owners: Choice[];
  skills: readonly SkillChoice[];
  saveLabel: string;
  back: ReactNode;
}) {
  const [state, send] = useActionState(props.action, untouched);
  const values = state === untouched || state.values.step === undefined ? props.now : state.values;
  const step = state.errors.step === 'again' ? values.step : undefined;
  // Made anew with every answer: a box that was moved must not keep what its neighbour was ticked with.
  return (
    <form action={send} noValidate>
      <Outline {...props} key={JSON.stringify(values)} values={values} step={step} errors={state.errors} />
    </form>
  );
}

function Outline({
  values,
  step,
  errors,
  owners,
  skills,
  saveLabel,
  back,
}: {
  values: Values;
  step: string | undefined;
  errors: Values;
  owners: Choice[];
  skills: readonly SkillChoice[];
  saveLabel: string;
  back: ReactNode;
}) {
  const t = useTranslations('course');
  const say = useTranslations('errors');
  const typed = lessonsTyped(values);
  const lessons = afterStep(typed, step);
  const said = Object.fromEntries(
    Object.entries(errors).flatMap(([name, key]) => (key === 'again' ? [] : [[name, say(key)]])),
  );
  const ofLessons = lessons.flatMap((_, at) => ofLesson.map((name) => lessonField(name, at)));
  const summary = summaryOf(said, [
    ...(owners.length === 1 ? [] : ['areaId']),
    ...before,
    ...ofLessons,
    'rule',
    'lessonsRequired',
  ]);
  const field = (name: string) => ({ name, defaultValue: values[name] ?? '', error: said[name] });
  const pressed = stepOf(step);
  const cameTo = pressed
    ? pressed.at + { up: -1, down: 1, remove: 0 }[pressed.act]
    : step === 'add'
      ? lessons.length - 1
      : -1;
  const [owner] = owners;
  const { courseId, changedAt } = values;
  const given: Values = courseId && changedAt ? { courseId, changedAt } : {};
  return (
    <div className="grid gap-8">
      <ErrorSummary errors={summary} />
      <Hidden fields={{ ...given, lines: String(lessons.length) }} />
      {/* Enter in a field saves, as in every form, and does not press the first button there is. */}
      <button type="submit" name="step" value="save" tabIndex={-1} aria-hidden className="sr-only" />
      <section className="grid gap-5">
        <h2 className="text-xl">{t('form.about')}</h2>
        {owners.length === 1 && owner ? (
          <Hidden fields={{ areaId: owner.value }} />
        ) : (
          <Select {...field('areaId')} label={t('form.owner')} choices={owners} empty={t('form.choose')} width="name" />
        )}
        <div className="grid gap-5 lg:grid-cols-2">
          <TextInput {...field('titleVi')} label={t('form.titleVi')} maxLength={200} />
          <TextInput {...field('titleEn')} label={t('form.titleEn')} optional maxLength={200} lang="en" />
          <TextArea
            {...field('summaryVi')}
            label={t('form.summaryVi')}
            hint={t('form.summaryHint')}
            rows={3}
            maxLength={600}
          />
          <TextArea
            {...field('summaryEn')}
            label={t('form.summaryEn')}
            hint={t('form.englishHint')}
            optional
            rows={3}
            maxLength={600}
            lang="en"
          />
          <TextArea {...field('bringVi')} label={t('form.bringVi')} rows={2} maxLength={400} />
          <TextArea {...field('bringEn')} label={t('form.bringEn')} optional rows={2} maxLength={400} lang="en" />
        </div>
        <TextInput
          {...field('learnersPerHelper')}
          label={t('form.helpers')}
          hint={t('form.helpersHint')}
          inputMode="numeric"
          width="short"
        />
      </section>
      <section className="grid gap-5">
        <h2 className="text-xl">{t('form.lessons')}</h2>
        <ol className="grid gap-5">
          {lessons.map((lesson, at) => (
            <LessonFields
              key={at}
              at={at}
              count={lessons.length}
              lesson={lesson}
              skills={skills}
              errors={said}
              cameHere={at === Math.min(cameTo, lessons.length - 1)}
            />
          ))}
        </ol>
        {lessons.length < mostLessons ? (
          <div>
            <SubmitButton name="step" value="add" variant="secondary" icon="plus" pendingLabel={t('form.working')}>
              {t('form.addLesson')}
            </SubmitButton>
          </div>
        ) : null}
      </section>
      <Completion values={values} lessons={lessons} skills={skills} errors={said} />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton name="step" value="save" icon="check" wide pendingLabel={t('form.saving')}>
          {saveLabel}
        </SubmitButton>
        {back}
      </div>
    </div>
  );
}

/** What counts as done: how many lessons, and which skills must be done alone. */
function Completion({
  values,
  lessons,
  skills,
  errors,
}: {
  values: Values;
  lessons: ReturnType<typeof lessonsTyped>;
  skills: readonly SkillChoice[];
  errors: Values;
}) {
  const t = useTranslations('course');
  const taught = skills.filter(({ code }) => lessons.some((lesson) => lesson.skills.includes(code)));
  const shown = codesOf(values.shown);
  const required = codesOf(values.required);
  return (
    <section className="grid gap-5">
      <h2 className="text-xl">{t('form.completion')}</h2>
      <RadioGroup
        name="rule"
        legend={t('form.rule')}
        defaultValue={values.rule === 'some' ? 'some' : 'all'}
        error={errors.rule}
        choices={[
          { value: 'all', label: t('form.ruleAll') },
          { value: 'some', label: t('form.ruleSome') },
        ]}
      />
      <TextInput
        name="lessonsRequired"
        label={t('form.lessonsRequired')}
        hint={t('form.lessonsRequiredHint')}
        optional
        inputMode="numeric"
        width="short"
        defaultValue={values.lessonsRequired ?? ''}
        error={errors.lessonsRequired}
      />
      <Hidden fields={{ shown: taught.map(({ code }) => code).join(',') }} />
      {taught.length > 0 ? (
        <FieldSet id="required" legend={t('form.required')} hint={t('form.requiredHint')} error={errors.required}>
          {taught.map(({ code, title, core }) => (
            <Checkbox
              key={code}
              name="required"
              value={code}
              plain
              label={`${code} · ${title}`}
              defaultChecked={shown.includes(code) ? required.includes(code) : core}
            />
          ))}
        </FieldSet>
      ) : (
        <p className="text-muted">{t('form.nothingTaught')}</p>
      )}
      <div>
        <SubmitButton name="step" value="look" variant="quiet" pendingLabel={t('form.working')}>
          {t('form.look')}
        </SubmitButton>
      </div>
    </section>
  );
}
