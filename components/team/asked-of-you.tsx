import { useLocale, useTranslations } from 'next-intl';
import type { FormAction } from '@/components/account/use-form';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icons';
import { StatusPill } from '@/components/ui/pill';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import { phoneForReading } from '@/lib/kernel/phone';
import type { AskLine } from '@/lib/team/schema';
import { AnswerForm, YesToAllForm } from './answer-form';

/** One session somebody is asked for: what, when, where, as what. */
function Ask({ ask, answer, first }: { ask: AskLine; answer: FormAction; first: boolean }) {
  const t = useTranslations('teams');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  return (
    <li className="grid gap-x-6 gap-y-2 px-4 py-3 lg:grid-cols-[14rem_1fr_minmax(14rem,20rem)]">
      <p className="tabular-nums">
        <b>{formatDay(locale, ask.startsAt)}</b>
        <span className="block">{formatTimeRange(locale, ask.startsAt, ask.endsAt)}</span>
      </p>
      <div className="min-w-0">
        <p>
          <b>{ask.title}</b>
          {ask.lesson ? <span className="text-muted"> · {ask.lesson}</span> : null}
        </p>
        <p className="text-sm text-muted">
          {[ask.venue, ask.venue.includes(ask.area) ? '' : ask.area, t('mine.enrolled', { count: ask.enrolled })]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <div className="mt-1 flex flex-wrap gap-2">
          <StatusPill icon={ask.role === 'teaches' ? 'person' : 'hand'}>{t(`helperRole.${ask.role}`)}</StatusPill>
          {ask.state === 'yes' ? <StatusPill tone="good">{t('state.yes')}</StatusPill> : null}
          {ask.state === 'no' ? <StatusPill tone="bad">{t('state.said')}</StatusPill> : null}
        </div>
        {ask.movedAt && ask.state === 'asked' ? <p className="mt-1 font-bold text-warn">{t('mine.moved')}</p> : null}
        {ask.hotline ? (
          <p className="mt-1 text-sm">{t('mine.callOrganiser', { phone: phoneForReading(ask.hotline) })}</p>
        ) : null}
      </div>
      <AnswerForm action={answer} id={ask.id} state={ask.state} strong={first && ask.state === 'asked'} />
    </li>
  );
}

function Asks({ asks, answer }: { asks: readonly AskLine[]; answer: FormAction }) {
  return (
    <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {asks.map((ask, at) => (
        <Ask key={ask.id} ask={ask} answer={answer} first={at === 0} />
      ))}
    </ul>
  );
}

/** What a helper is asked for, to be answered here; then what they agreed to, or said no to, which they may still say otherwise. */
export function AskedOfYou({
  asks,
  answer,
  ownPage,
}: {
  asks: readonly AskLine[];
  answer: FormAction;
  /** Where their hours are. */
  ownPage: string;
}) {
  const t = useTranslations('teams');
  const waiting = asks.filter(({ state }) => state === 'asked');
  const told = asks.filter(({ state }) => state !== 'asked');
  const classes = [...new Set(waiting.map(({ classId }) => classId))]
    .map((classId) => waiting.filter((one) => one.classId === classId))
    .filter((group) => group.length > 1);
  return (
    <section className="grid grid-cols-1 gap-3" id="asked">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 className="text-xl">{t(waiting.length > 0 ? 'mine.title' : 'mine.heading')}</h2>
        <ButtonLink href={ownPage} variant="quiet" icon="clock">
          {t('mine.hours')}
        </ButtonLink>
      </div>
      {waiting.length > 0 ? (
        <>
          <p className="max-w-prose text-muted">{t('mine.lead')}</p>
          <Asks asks={waiting} answer={answer} />
          {classes.map((group) => (
            <div key={group[0]?.classId} className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <span>{group[0]?.title}:</span>
              <YesToAllForm action={answer} ids={group.map(({ id }) => id)} />
            </div>
          ))}
        </>
      ) : null}
      {told.length > 0 ? (
        <details className="group">
          <summary className="flex min-h-target cursor-pointer items-center gap-3 rounded-control">
            <Icon name="chevron" className="size-5 -rotate-90 text-lotus group-open:rotate-0" />
            <h3 className="text-base">{t('mine.agreed', { count: told.length })}</h3>
          </summary>
          <Asks asks={told} answer={answer} />
        </details>
      ) : null}
      {asks.length === 0 ? <p className="text-muted">{t('mine.none')}</p> : null}
    </section>
  );
}
