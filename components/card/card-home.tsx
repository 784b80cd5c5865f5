import { useTranslations } from 'next-intl';
import { Link } from '@/lib/i18n/navigation';
import { CloseForm } from '@/components/enrolment/slip-actions';
import { ButtonLink } from '@/components/ui/button';
import { Icon, type IconName } from '@/components/ui/icons';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { countStamps, mayExcuse } from '@/lib/card/rules';
import type { Holder, OwnEnrolment, OwnSession, StampDomain } from '@/lib/card/schema';
import type { OwnCertificate } from '@/lib/certificate/schema';
import type { ClassCard } from '@/lib/class/schema';
import { formatDateTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { FormState } from '@/lib/kernel/result';
import { ActPanel } from './act-panel';
import { NextSession, SessionLines } from './own-sessions';
import { OwnClasses } from './own-classes';
import { OwnPaths, type OwnPath } from './own-paths';
import { OwnOffers } from './own-offers';
import { StampList } from './stamp';
import { useCardErrors } from './words';

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

const things: readonly {
  href: string;
  key: 'changePhone' | 'fewerMessages' | 'readers' | 'data' | 'withdraw';
  icon: IconName;
}[] = [
  { href: '/my/card/phone', key: 'changePhone', icon: 'phone' },
  { href: '/my/card/messages', key: 'fewerMessages', icon: 'pause' },
  { href: '/my/card/readers', key: 'readers', icon: 'people' },
  { href: '/my/card/data', key: 'data', icon: 'download' },
  { href: '/my/card/withdraw', key: 'withdraw', icon: 'stop' },
];

/** A learner's own page: when and where next, what was learnt, what comes, and what they may do about it. */
export function CardHome({
  holder,
  sessions,
  enrolments,
  gone,
  domains,
  paths,
  certificates,
  open,
  locale,
  now,
  asked,
  answer,
  excuse,
  leave,
  close,
}: {
  holder: Holder;
  sessions: readonly OwnSession[];
  enrolments: readonly OwnEnrolment[];
  /** Offers nobody answered in time. */
  gone: readonly { id: string; classId: string; title: string }[];
  domains: readonly StampDomain[];
  paths: readonly OwnPath[];
  certificates: readonly OwnCertificate[];
  /** Classes with room where the holder lives. */
  open: readonly ClassCard[];
  locale: Locale;
  now: Date;
  /** What the reader pressed: `?excuse=2` or `?leave=1` ask about the second session, the first class; no id is in an address. */
  asked: Readonly<Record<string, string | string[] | undefined>>;
  answer: FormAction;
  excuse: FormAction;
  leave: FormAction;
  close: FormAction;
}) {
  const t = useTranslations('card');
  const m = useTranslations('my');
  const errors = useCardErrors();
  const { filled, of } = countStamps(domains);
  const excusable = sessions.filter((session) => mayExcuse(session, now));
  const session = excusable[Number(asked.excuse) - 1];
  const enrolment = enrolments[Number(asked.leave) - 1];
  const waits = enrolment?.status === 'waitlisted';
  const done = (['accepted', 'declined', 'excused', 'left', 'phone', 'messages'] as const).find(
    (act) => act === asked.done,
  );
  const when = (one: OwnSession) => formatDateTimeRange(locale, one.startsAt, one.endsAt);
  return (
    <div className="grid gap-10">
      <div className="grid gap-6">
        {done ? <Notice tone="good" live opensPage title={t(`done.${done}`)} /> : null}
        <PageHeading lead={t('lead')} above={t('title')}>
          {t.rich('heading', {
            name: holder.fullName,
            whole: (name) => <span className="inline-block">{name}</span>,
          })}
        </PageHeading>
        <OwnOffers enrolments={enrolments} locale={locale} answer={answer} />
        {gone.map(({ id, classId, title }) => (
          <Notice
            key={id}
            tone="warn"
            title={t('offerGone', { class: title })}
            action={
              <ButtonLink href={`/classes/${classId}`} variant="secondary" icon="arrow" wide>
                {t('signUpAgain')}
              </ButtonLink>
            }
          >
            <p>{t('offerGoneBody')}</p>
          </Notice>
        ))}
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
            words={{
              title: waits ? m('cancelTitleQueue') : t('leaveTitle'),
              yes: waits ? m('cancelYesQueue') : t('leaveYes'),
              sending: t('sending'),
              no: waits ? m('cancelNoQueue') : t('leaveNo'),
            }}
          >
            <p>
              <b>{enrolment.title}</b>, {enrolment.placeName}
            </p>
            <p>{waits ? m('cancelBodyQueue') : t('leaveBody')}</p>
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
      <OwnPaths paths={paths} certificates={certificates} locale={locale} />
      <section aria-labelledby="coming" className="grid gap-4">
        <h2 id="coming" className="text-2xl">
          {t('coming')}
        </h2>
        <SessionLines sessions={sessions} excusable={excusable} locale={locale} now={now} />
        <OwnClasses enrolments={enrolments} open={open} locale={locale} />
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
