'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldError } from '@/components/ui/field';
import { Select, TextArea, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { Hidden } from './act-form';
import { MoveFields, moveNames, VerdictPill, type VerdictView } from './plan-date';
import { useSent, type FormAction } from './use-sent';

export interface DateView extends VerdictView {
  day: string;
  words: string;
  time: string;
  startsAt: number;
  kept: boolean;
  /** Whether it can be kept at all. */
  possible: boolean;
  moved: (VerdictView & { words: string; startsAt: number }) | null;
}

const venue = ['venueName', 'venueAreaId', 'venueAddress', 'venueWayThere', 'venueSeats', 'venueStepFree'];

/**
 * The preview: every date with what is to be known about it; each is kept, left out, or moved to another day or time. Then what the
 * rule left open; then look again, save or publish. Lessons follow the order in time. Works without JavaScript.
 */
export function PlanDatesForm({
  action,
  rule,
  given,
  weekdays,
  dates,
  lessons,
  areas,
}: {
  action: FormAction;
  rule: Readonly<Record<string, string>>;
  /** What was typed before the dates were looked at again. */
  given: Readonly<Record<string, string>>;
  weekdays: readonly string[];
  dates: readonly DateView[];
  lessons: readonly string[];
  /** Where a new venue may lie; null when one was chosen. */
  areas: Choice[] | null;
}) {
  const t = useTranslations('planning');
  const { send, typed, error, summary } = useSent(action, [
    'dates',
    ...dates.flatMap(({ day }) => [`date-${day}`, ...moveNames(day)]),
    ...(areas ? venue : []),
    'hotline',
    'note',
  ]);
  const sent = Object.keys(typed).length > 0;
  const atFirst = sent ? (typed.dates ?? '').split(',') : dates.filter(({ kept }) => kept).map(({ day }) => day);
  const [kept, setKept] = useState<readonly string[]>(atFirst);
  const before = (name: string) => typed[name] ?? given[name];
  const text = (name: string) => ({ name, label: t(name), defaultValue: before(name), error: error(name) });
  const order = dates
    .flatMap(({ day, startsAt, moved }) =>
      (moved ?? kept.includes(day)) ? [{ day, at: moved?.startsAt ?? startsAt }] : [],
    )
    .sort((one, other) => one.at - other.at)
    .map(({ day }) => day);
  return (
    <form action={send} noValidate className="grid gap-8">
      <ErrorSummary errors={summary} />
      <Hidden fields={rule} />
      {weekdays.map((weekday) => (
        <input key={weekday} type="hidden" name="weekdays" value={weekday} />
      ))}
      <fieldset
        id="dates"
        tabIndex={-1}
        aria-describedby={error('dates') ? 'dates-hint dates-error' : 'dates-hint'}
        className="min-w-0"
      >
        <legend className="text-xl font-bold">{t('dates', { count: order.length })}</legend>
        <p id="dates-hint" className="mt-1 text-muted">
          {t('datesHint')}
        </p>
        {error('dates') ? <FieldError id="dates-error">{error('dates')}</FieldError> : null}
        <ol className="mt-3 divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
          {dates.map((date) => (
            <li key={date.day} className="grid gap-x-5 px-4 py-1.5 lg:grid-cols-[minmax(22rem,2fr)_3fr]">
              <Checkbox
                plain
                id={`date-${date.day}`}
                name="dates"
                value={date.day}
                disabled={!date.possible}
                defaultChecked={atFirst.includes(date.day)}
                onChange={(event) => {
                  const { checked } = event.target;
                  setKept((all) => (checked ? [...all, date.day] : all.filter((day) => day !== date.day)));
                }}
                error={error(`date-${date.day}`)}
                aria-invalid={error('dates') ? true : undefined}
                label={
                  <>
                    <b className="tabular-nums">{date.words}</b>{' '}
                    <span className="whitespace-nowrap tabular-nums">{date.time}</span>
                    {order.includes(date.day) ? (
                      <span className="block text-sm text-muted">
                        {lessons[order.indexOf(date.day)] ?? t('noLesson')}
                      </span>
                    ) : null}
                  </>
                }
              />
              <div className="min-w-0 pb-1.5 lg:pt-2">
                <VerdictPill told={date} out={!date.moved && !kept.includes(date.day)} />
                <MoveFields day={date.day} words={date.words} moved={date.moved} before={before} error={error} />
              </div>
            </li>
          ))}
        </ol>
        <div className="mt-3">
          <SubmitButton name="saveAs" value="check" variant="secondary" pendingLabel={t('previewing')} icon="calendar">
            {t('checkAgain')}
          </SubmitButton>
        </div>
      </fieldset>
      {areas ? (
        <section className="grid gap-5">
          <h2 className="text-xl">{t('newVenue')}</h2>
          <div className="grid gap-5 lg:grid-cols-2">
            <TextInput {...text('venueName')} maxLength={120} />
            <Select {...text('venueAreaId')} empty={t('choose')} choices={areas} />
            <TextInput {...text('venueAddress')} hint={t('venueAddressHint')} maxLength={200} />
            <TextInput {...text('venueWayThere')} optional maxLength={300} />
          </div>
          <TextInput {...text('venueSeats')} optional inputMode="numeric" width="short" />
          <Checkbox name="venueStepFree" label={t('venueStepFree')} defaultChecked={before('venueStepFree') === 'on'} />
        </section>
      ) : null}
      <section className="grid gap-5">
        <h2 className="text-xl">{t('alsoSay')}</h2>
        <TextInput {...text('hotline')} hint={t('hotlineHint')} optional type="tel" width="phone" maxLength={40} />
        <TextArea {...text('note')} hint={t('noteHint')} optional rows={2} maxLength={500} />
      </section>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton name="saveAs" value="publish" pendingLabel={t('saving')} icon="check" wide>
          {t('publishNow')}
        </SubmitButton>
        <SubmitButton name="saveAs" value="draft" variant="secondary" pendingLabel={t('saving')} wide>
          {t('saveDraft')}
        </SubmitButton>
      </div>
    </form>
  );
}
