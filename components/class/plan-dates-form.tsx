'use client';

import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldError } from '@/components/ui/field';
import { Select, TextArea, TextInput, type Choice } from '@/components/ui/inputs';
import { StatusPill } from '@/components/ui/pill';
import { SubmitButton } from '@/components/ui/submit-button';
import { Hidden } from './act-form';
import { useSent, type FormAction } from './use-sent';

export interface DateView {
  day: string;
  words: string;
  time: string;
  verdict: 'fine' | 'fewSeats' | 'venueTaken' | 'past';
}

const venue = ['venueName', 'venueAreaId', 'venueAddress', 'venueWayThere', 'venueSeats', 'venueStepFree'];

/**
 * Second step: every date with what is to be known about it, each can be left out; then what the first step left open; then
 * save or publish. Lessons follow the dates that are kept.
 */
export function PlanDatesForm({
  action,
  rule,
  weekdays,
  dates,
  lessons,
  areas,
  back,
}: {
  action: FormAction;
  rule: Readonly<Record<string, string>>;
  weekdays: readonly string[];
  dates: readonly DateView[];
  lessons: readonly string[];
  /** Where a new venue may lie; null when one was chosen. */
  areas: Choice[] | null;
  back: ReactNode;
}) {
  const t = useTranslations('planning');
  const { send, typed, error, summary } = useSent(action, [
    'dates',
    ...dates.map((date) => `date-${date.day}`),
    ...(areas ? venue : []),
    'hotline',
    'note',
  ]);
  const possible = dates
    .filter((date) => date.verdict === 'fine' || date.verdict === 'fewSeats')
    .map((date) => date.day);
  const ticked = typed.dates === undefined ? possible : typed.dates.split(',');
  const [kept, setKept] = useState<readonly string[]>(ticked);
  const text = (name: string) => ({ name, label: t(name), defaultValue: typed[name], error: error(name) });
  const order = dates.filter((date) => kept.includes(date.day)).map((date) => date.day);
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
            <li key={date.day} className="flex flex-wrap items-center justify-between gap-x-5 gap-y-1 px-4 py-1.5">
              <Checkbox
                plain
                id={`date-${date.day}`}
                name="dates"
                value={date.day}
                disabled={!possible.includes(date.day)}
                defaultChecked={ticked.includes(date.day)}
                onChange={(event) => {
                  const { checked } = event.target;
                  setKept((before) => (checked ? [...before, date.day] : before.filter((day) => day !== date.day)));
                }}
                error={error(`date-${date.day}`)}
                aria-invalid={error('dates') ? true : undefined}
                label={
                  <>
                    <b className="tabular-nums">{date.words}</b>{' '}
                    <span className="whitespace-nowrap tabular-nums">{date.time}</span>
                  </>
                }
              />
              <span className="flex flex-wrap items-center gap-3 text-sm">
                {order.includes(date.day) ? (
                  <span className="text-muted">{lessons[order.indexOf(date.day)] ?? t('noLesson')}</span>
                ) : null}
                <StatusPill tone={date.verdict === 'fine' ? 'good' : date.verdict === 'fewSeats' ? 'warn' : 'bad'}>
                  {possible.includes(date.day) && !order.includes(date.day)
                    ? t('leftOut')
                    : t(`verdict.${date.verdict}`)}
                </StatusPill>
              </span>
            </li>
          ))}
        </ol>
      </fieldset>
      {areas ? (
        <section className="grid gap-5">
          <h2 className="text-xl">{t('newVenue')}</h2>
          <div className="grid gap-5 lg:grid-cols-2">
            <TextInput {...text('venueName')} maxLength={120} />
            <Select key={typed.venueAreaId} {...text('venueAreaId')} empty={t('choose')} choices={areas} />
            <TextInput {...text('venueAddress')} hint={t('venueAddressHint')} maxLength={200} />
            <TextInput {...text('venueWayThere')} optional maxLength={300} />
          </div>
          <TextInput {...text('venueSeats')} optional inputMode="numeric" width="short" />
          <Checkbox name="venueStepFree" label={t('venueStepFree')} defaultChecked={typed.venueStepFree === 'on'} />
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
        {back}
      </div>
    </form>
  );
}
