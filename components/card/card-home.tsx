import { useTranslations } from 'next-intl';
import { Link } from '@/lib/i18n/navigation';
import { CloseForm } from '@/components/enrolment/slip-actions';
import { ButtonLink } from '@/components/ui/button';
import { Icon, type IconName } from '@/components/ui/icons';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { countStamps, mayExcuse } from '@/lib/card/rules';
import type { Holder, OwnEnrolment, OwnSession, StampDomain } from '@/lib/card/schema';
import type { ClassCard } from '@/lib/class/schema';
import { formatDateTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { FormState } from '@/lib/kernel/result';
import { ActPanel } from './act-panel';
import { NextSession, SessionLines } from './own-sessions';
import { StampList } from './stamp';
import { useCardErrors } from './words';

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

const things: readonly { href: string; key: 'changePhone' | 'readers' | 'data' | 'withdraw'; icon: IconName }[] = [
  { href: '/my/card/phone', key: 'changePhone', icon: 'phone' },
  { href: '/my/card/readers', key: 'readers', icon: 'people' },
  { href: '/my/card/data', key: 'data', icon: 'download' },
  { href: '/my/card/withdraw', key: 'withdraw', icon: 'stop' },
];

/** A learner's own page: when and where next, what was learnt, what comes, and what they may do about it. */
export function CardHome({
  holder,
  sessions,
  enrolments,
  domains,
  open,
  locale,
  now,
  asked,
  excuse,
  leave,
  close,
}: {
  holder: Holder;
  sessions: readonly OwnSession[];
  enrolments: readonly OwnEnrolment[];
  domains: readonly StampDomain[];
  /** Classes with room where the holder lives. */
  open: readonly ClassCard[];
  locale: Locale;
  now: Date;
  /** What the reader pressed: `?excuse=2` or `?leave=1` ask about the second session, the first class; no id is in an address. */
  asked: Readonly<Record<string, string | string[] | undefined>>;
  excuse: FormAction;
  leave: FormAction;
  close: FormAction;
}) {
  const t = useTranslations('card');
  const errors = useCardErrors();
  const { filled, of } = countStamps(domains);
  const excusable = sessions.filter((session) => mayExcuse(session, now));
  const session = excusable[Number(asked.excuse) - 1];
  const enrolment = enrolments[Number(asked.leave) - 1];
  const done = (['excused', 'left', 'phone'] as const).find((act) => act === asked.done);
  const when = (one: OwnSession) => formatDateTimeRange(locale, one.startsAt, one.endsAt);
  return (
    <div className="grid gap-10">
      <div className="grid gap-6">
        {done ? <Notice tone="good" live title={t(`done.${done}`)} /> : null}
        <PageHeading lead={t('lead')} above={t('title')}>
          {t.rich('heading', {
            name: holder.fullName,
            whole: (name) => <span className="inline-block">{name}</span>,
          })}
        </PageHeading>
        {session ? (
          <ActPanel
            action={excuse}
            errorWords={errors}
            fields={{ sessionId: session.id }}
            back="/my/card"
            words={{ title: t('excuseTitle'), yes: t('excuseYes'), sending: t('sending'), no: t('excuseNo') }}
          >
            <p>
              <b>{session.lesson ?? session.classTitle}</b>, {when(session)}
            </p>
            <p>{t('excuseBody')}</p>
          </ActPanel>
        ) : null}
        {enrolment ? (
          <ActPanel
            action={leave}
            errorWords={errors}
            fields={{ enrolmentId: enrolment.id }}
            back="/my/card"
            danger
            words={{ title: t('leaveTitle'), yes: t('leaveYes'), sending: t('sending'), no: t('leaveNo') }}
          >
            <p>
              <b>{enrolment.title}</b>, {enrolment.placeName}
            </p>
            <p>{t('leaveBody')}</p>
          </ActPanel>
        ) : null}
      </div>
      <NextSession sessions={sessions} excusable={excusable} locale={locale} now={now} />
      <section aria-labelledby="learnt" className="grid gap-4">
        <h2 id="learnt" className="text-2xl">
          {t('learnt', { filled, of })}
        </h2>
        <p className="max-w-prose text-muted">{t('learntBody')}</p>
        <StampList domains={domains} />
        <div>
          <ButtonLink href="/my/card/print" icon="print" wide>
            {t('print')}
          </ButtonLink>
        </div>
      </section>
      <section aria-labelledby="coming" className="grid gap-4">
        <h2 id="coming" className="text-2xl">
          {t('coming')}
        </h2>
        <SessionLines sessions={sessions} excusable={excusable} locale={locale} now={now} />
        <Classes enrolments={enrolments} open={open} locale={locale} />
      </section>
      <section aria-labelledby="mine" className="grid gap-4">
        <h2 id="mine" className="text-2xl">
          {t('mine')}
        </h2>
        <ul className="grid gap-3 sm:grid-cols-2">
          {things.map(({ href, key, icon }) => (
            <li key={key}>
              <Link
                href={href}
                prefetch={false}
                className="flex min-h-target items-center gap-3 rounded-card border-[1.5px] border-line bg-surface px-4 py-3 font-bold underline decoration-1 underline-offset-4 hover:decoration-2"
              >
                <Icon name={icon} className="size-7 text-field" />
                <span className="min-w-0">{t(key)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <div className="grid max-w-prose gap-2">
        <p className="text-muted">{t('closeHint')}</p>
        <CloseForm action={close} sending={t('sending')}>
          {t('close')}
        </CloseForm>
      </div>
    </div>
  );
}

/** Classes one is in, each with the way out, and classes near with room. */
function Classes({
  enrolments,
  open,
  locale,
}: {
  enrolments: readonly OwnEnrolment[];
  open: readonly ClassCard[];
  locale: Locale;
}) {
  const t = useTranslations('card');
  return (
    <>
      {enrolments.length > 0 ? (
        <div className="grid gap-2">
          <h3 className="text-xl">{t('myClasses')}</h3>
          <ul className="grid gap-3">
            {enrolments.map((enrolment, at) => (
              <li
                key={enrolment.id}
                className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-card border-[1.5px] border-line bg-surface px-4 py-3"
              >
                <span className="min-w-0">
                  <span className="block font-bold">{enrolment.title}</span>
                  <span className="block text-muted">
                    {t(`enrolment.${enrolment.status}`)} · {enrolment.placeName}
                  </span>
                </span>
                <ButtonLink href={`/my/card?leave=${at + 1}`} variant="quiet">
                  {t('leave')}
                </ButtonLink>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <div className="grid gap-2">
        <h3 className="text-xl">{t('open')}</h3>
        {open.length === 0 ? <p className="text-muted">{t('openNone')}</p> : null}
        <ul className="grid gap-3">
          {open.map((one) => (
            <li key={one.id} className="rounded-card border-[1.5px] border-line bg-surface px-4 py-3">
              <Link
                href={`/classes/${one.id}`}
                prefetch={false}
                className="link inline-flex min-h-target items-center font-bold"
              >
                {one.title}
              </Link>
              <span className="block">{formatDateTimeRange(locale, one.nextStartsAt, one.nextEndsAt)}</span>
              <span className="block text-muted">
                {one.venue} · {t('seats', { count: one.seatsLeft })}
              </span>
            </li>
          ))}
        </ul>
        <div>
          <ButtonLink href="/classes" variant="secondary" icon="search" wide>
            {t('findClasses')}
          </ButtonLink>
        </div>
      </div>
    </>
  );
}
