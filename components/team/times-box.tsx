'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Checkbox } from '@/components/ui/choices';
import { FieldSet } from '@/components/ui/field';
import { TextInput } from '@/components/ui/inputs';
import { formatDate, formatWeekday } from '@/lib/i18n/format';
import { dayParts, type AwayLine, type FreePart } from '@/lib/team/schema';
import { SaidForm, SaidLine } from './said';

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** What may be done with somebody's times; null for who only reads. */
export interface TimesActs {
  free: FormAction;
  away: FormAction;
  notAway: FormAction;
}

/** When a member can usually help and when they are not there; said by themselves, or by those who plan with them. */
export function TimesBox({
  memberId,
  free,
  away,
  acts,
}: {
  memberId: string;
  free: readonly FreePart[];
  away: readonly AwayLine[];
  acts: TimesActs | null;
}) {
  const t = useTranslations('duty.times');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const days = weekdays.filter((weekday) => free.some((one) => one.weekday === weekday));
  const partsOf = (weekday: number) =>
    dayParts
      .filter((part) => free.some((one) => one.weekday === weekday && one.part === part))
      .map((part) => t(`parts.${part}`));
  return (
    <section id="times" aria-labelledby="times-heading" className="grid grid-cols-1 gap-4">
      <h2 id="times-heading" className="text-xl">
        {t('heading')}
      </h2>
      {days.length === 0 ? (
        <p className="max-w-prose">{t('nothing')}</p>
      ) : (
        <ul className="flex flex-wrap gap-x-6 gap-y-1">
          {days.map((weekday) => (
            <li key={weekday}>
              <b>{formatWeekday(locale, weekday)}</b>: {partsOf(weekday).join(', ')}
            </li>
          ))}
        </ul>
      )}
      <h3 className="text-base">{t('awayHeading')}</h3>
      {away.length === 0 ? <p>{t('noneAway')}</p> : null}
      <ul className="grid gap-3">
        {away.map((one) => (
          <SaidLine key={one.id} id={one.id} drop={acts ? { action: acts.notAway, label: t('takeBack') } : null}>
            <b className="tabular-nums">
              {t(one.firstDay === one.lastDay ? 'oneDay' : 'range', {
                from: formatDate(locale, one.firstDay),
                to: formatDate(locale, one.lastDay),
              })}
            </b>
            {one.agreed > 0 ? <span className="block text-warn">{t('agreed', { count: one.agreed })}</span> : null}
          </SaidLine>
        ))}
      </ul>
      {acts ? (
        <>
          <FreeForm action={acts.free} memberId={memberId} free={free} />
          <AwayForm action={acts.away} memberId={memberId} />
        </>
      ) : null}
    </section>
  );
}

function FreeForm({ action, memberId, free }: { action: FormAction; memberId: string; free: readonly FreePart[] }) {
  const t = useTranslations('duty.times');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const { send, errors, field, values } = useForm(action, ['free'], 'times');
  // Once sent, what comes back decides: a box that is not there was not ticked.
  const sent = Object.keys(values).length > 0;
  const ticked = sent ? (values.free ?? '').split(',') : free.map(({ weekday, part }) => `${weekday}.${part}`);
  const own = field('free');
  return (
    <SaidForm
      summary={t('say')}
      errors={errors}
      send={send}
      memberId={memberId}
      save={t('save')}
      key={JSON.stringify(values)}
    >
      <FieldSet id={own.id} legend={t('legend')} hint={`${t('hint')} ${t('partHours')}`} error={own.error}>
        {weekdays.map((weekday) => (
          <fieldset key={weekday} className="min-w-0">
            <legend className="font-bold">{formatWeekday(locale, weekday)}</legend>
            <div className="grid grid-cols-3 gap-x-3">
              {dayParts.map((part) => (
                <Checkbox
                  key={part}
                  name="free"
                  value={`${weekday}.${part}`}
                  plain
                  label={t(`parts.${part}`)}
                  defaultChecked={ticked.includes(`${weekday}.${part}`)}
                  aria-invalid={own.error ? true : undefined}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </FieldSet>
    </SaidForm>
  );
}

function AwayForm({ action, memberId }: { action: FormAction; memberId: string }) {
  const t = useTranslations('duty.times');
  const { send, errors, field } = useForm(action, ['firstDay', 'lastDay'], 'away');
  return (
    <SaidForm summary={t('sayAway')} errors={errors} send={send} memberId={memberId} save={t('saveAway')}>
      <TextInput {...field('firstDay')} type="date" label={t('firstDay')} hint={t('awayHint')} width="date" />
      <TextInput {...field('lastDay')} type="date" label={t('lastDay')} width="date" />
    </SaidForm>
  );
}
