'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { TextInput } from '@/components/ui/inputs';
import { formatDate, formatNumber } from '@/lib/i18n/format';
import { hoursOf } from '@/lib/team/rules';
import type { TrainingLine } from '@/lib/team/schema';
import { SaidForm, SaidLine } from './said';

/** The trainings somebody of a team went to: what, when, given by whom, how long; noted by those who plan with them. */
export function TrainingBox({
  memberId,
  rows,
  acts,
}: {
  memberId: string;
  rows: readonly TrainingLine[];
  acts: { note: FormAction; drop: FormAction } | null;
}) {
  const t = useTranslations('duty.training');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const hours = (minutes: number) => formatNumber(locale, hoursOf(minutes), 1);
  return (
    <section id="training" aria-labelledby="training-heading" className="grid grid-cols-1 gap-4">
      <h2 id="training-heading" className="text-xl">
        {t('heading')}
      </h2>
      {rows.length === 0 ? <p>{t('none')}</p> : null}
      <ul className="grid gap-3">
        {rows.map((row) => (
          <SaidLine key={row.id} id={row.id} drop={acts ? { action: acts.drop, label: t('drop') } : null}>
            <b>{row.title}</b>
            <span className="block text-muted">
              {t('line', { day: formatDate(locale, row.heldOn), by: row.givenBy, hours: hours(row.minutes) })}
            </span>
          </SaidLine>
        ))}
      </ul>
      {rows.length > 1 ? (
        <p className="font-bold">{t('total', { hours: hours(rows.reduce((sum, { minutes }) => sum + minutes, 0)) })}</p>
      ) : null}
      {acts ? <TrainingForm action={acts.note} memberId={memberId} /> : null}
    </section>
  );
}

function TrainingForm({ action, memberId }: { action: FormAction; memberId: string }) {
  const t = useTranslations('duty.training');
  const { send, errors, field } = useForm(action, ['title', 'heldOn', 'givenBy', 'hours'], 'training');
  return (
    <SaidForm summary={t('add')} errors={errors} send={send} memberId={memberId} save={t('save')}>
      <TextInput {...field('title')} label={t('what')} hint={t('whatHint')} maxLength={160} autoComplete="off" />
      <TextInput {...field('heldOn')} label={t('heldOn')} type="date" width="date" />
      <TextInput {...field('givenBy')} label={t('by')} hint={t('byHint')} maxLength={120} autoComplete="off" />
      <TextInput
        {...field('hours')}
        label={t('hours')}
        hint={t('hoursHint')}
        inputMode="decimal"
        maxLength={5}
        autoComplete="off"
        width="short"
      />
    </SaidForm>
  );
}
