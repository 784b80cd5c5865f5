import { useTranslations } from 'next-intl';
import { Hotline } from '@/components/class/hotline';
import { placeAfter } from '@/components/class/class-facts';
import { ToldBesides } from '@/components/class/told-besides';
import { KeyFacts } from '@/components/ui/facts';
import { Logo } from '@/components/ui/logo';
import { Written } from '@/components/ui/written';
import type { Slip as SlipData } from '@/lib/enrolment/schema';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

const sessionsShown = 6;

/** The slip itself: the code in big print, then who, when, where. One half of a page on paper. */
export function Slip({ slip, locale, address }: { slip: SlipData; locale: Locale; address: string }) {
  const t = useTranslations('my');
  const c = useTranslations('class');
  const shown = slip.sessions.slice(0, sessionsShown);
  const live = ['confirmed', 'offered', 'waitlisted'].includes(slip.status);
  return (
    <section
      aria-labelledby="slip"
      className="overflow-hidden rounded-card border-2 border-field bg-surface print:border-ink"
    >
      <div className="flex items-center gap-3 border-b-2 border-dashed border-edge bg-field-tint px-5 py-3 sm:px-6">
        <Logo className="size-10" />
        <h2 id="slip" className="text-lg text-field">
          {slip.status === 'offered' ? t('slipOffered') : slip.status === 'waitlisted' ? t('slipWaiting') : t('slip')}
        </h2>
      </div>
      <div className="grid gap-6 p-5 sm:p-6 md:grid-cols-2 print:grid-cols-2">
        <div>
          <p className="text-muted">{t('yourCode')}</p>
          <p
            className={`mt-1 flex flex-wrap gap-x-[0.35em] font-bold tracking-[0.08em] [font-size:clamp(2.25rem,1.5rem+3.5vw,3.5rem)] leading-tight print:[font-size:26pt] ${live ? '' : 'line-through'}`}
          >
            <span>{slip.code.slice(0, 4)}</span>
            <span>{slip.code.slice(4)}</span>
          </p>
          {live ? <p className="mt-3 max-w-prose print:hidden">{t('keep')}</p> : null}
          <dl className="mt-5 grid gap-3">
            <div>
              <dt className="text-sm text-muted">{t('learner')}</dt>
              <dd className="text-lg font-bold">{slip.fullName}</dd>
            </div>
            {slip.signedUpBy ? (
              <div>
                <dt className="text-sm text-muted">{t('signedUpBy')}</dt>
                <dd>{slip.signedUpBy}</dd>
              </div>
            ) : null}
          </dl>
        </div>
        <div>
          <h3 className="mb-4 text-xl">{slip.classTitle}</h3>
          <KeyFacts
            items={[
              {
                icon: 'clock',
                term: t('dates'),
                value:
                  shown.length === 0 ? null : (
                    <ul className="grid gap-1 font-bold">
                      {shown.map((session) => (
                        <li key={session.startsAt.getTime()} className={session.cancelled ? 'line-through' : undefined}>
                          {formatDay(locale, session.startsAt)},{' '}
                          {formatTimeRange(locale, session.startsAt, session.endsAt)}
                          {session.cancelled ? ` (${t('sessionOff')})` : null}
                          {session.cancelled ? null : <ToldBesides session={session} locale={locale} />}
                        </li>
                      ))}
                      {slip.sessions.length > shown.length ? (
                        <li className="font-normal text-muted">
                          {t('moreSessions', { count: slip.sessions.length - shown.length })}
                        </li>
                      ) : null}
                    </ul>
                  ),
              },
              {
                icon: 'place',
                term: c('where'),
                value: (
                  <>
                    <span className="block font-bold">
                      <Written>{slip.venue}</Written>
                    </span>
                    <span className="block">{placeAfter(slip.venue, slip.address.split(', '))}</span>
                    {slip.wayThere ? (
                      <span className="block">
                        <Written>{slip.wayThere}</Written>
                      </span>
                    ) : null}
                  </>
                ),
              },
              { icon: 'people', term: c('who'), value: <Written>{slip.teamName}</Written> },
              { icon: 'bag', term: c('bring'), value: slip.bring },
              { icon: 'phone', term: c('hotline'), value: slip.hotline ? <Hotline number={slip.hotline} /> : null },
            ]}
          />
        </div>
      </div>
      <p className="border-t-2 border-dashed border-edge px-5 py-3 text-sm text-muted sm:px-6">
        {t('footer', { address })}
      </p>
    </section>
  );
}
