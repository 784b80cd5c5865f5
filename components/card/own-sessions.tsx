import { useTranslations } from 'next-intl';
import { Hotline } from '@/components/class/hotline';
import { ToldBesides } from '@/components/class/told-besides';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { KeyFacts } from '@/components/ui/facts';
import { VisuallyHidden } from '@/components/ui/hidden';
import { StatusPill } from '@/components/ui/pill';
import { Written } from '@/components/ui/written';
import type { OwnSession } from '@/lib/card/schema';
import { formatDateTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

interface Lines {
  sessions: readonly OwnSession[];
  /** Those one may still excuse oneself from, in the order the address counts them. */
  excusable: readonly OwnSession[];
  locale: Locale;
  now: Date;
}

const isOff = (session: OwnSession) => session.status === 'cancelled' || session.status === 'did_not_happen';
const nextOf = ({ sessions, now }: Pick<Lines, 'sessions' | 'now'>) =>
  sessions.find((session) => session.endsAt > now && !isOff(session));
const addressOf = (session: OwnSession, excusable: readonly OwnSession[]) =>
  `/my/card?excuse=${excusable.indexOf(session) + 1}`;

/** The next session: when, where, what to bring, what it will teach. */
export function NextSession({ sessions, excusable, locale, now }: Lines) {
  const t = useTranslations('card');
  const c = useTranslations('class');
  const next = nextOf({ sessions, now });
  return (
    <section aria-labelledby="next" className="grid gap-4">
      <h2 id="next" className="text-2xl">
        {t('next')}
      </h2>
      {next ? (
        <Card tone="field">
          <div className="grid gap-5">
            <div className="grid justify-items-start gap-2">
              <p className="text-xl font-bold">{next.lesson ?? next.classTitle}</p>
              {next.lesson ? <p>{next.classTitle}</p> : null}
              {next.state === 'excused' ? (
                <StatusPill tone="warn" icon="minus">
                  {t('excusedAlready')}
                </StatusPill>
              ) : null}
            </div>
            <KeyFacts
              items={[
                {
                  icon: 'clock',
                  term: t('when'),
                  value: (
                    <>
                      <b>{formatDateTimeRange(locale, next.startsAt, next.endsAt)}</b>
                      <ToldBesides session={{ ...next, venue: null }} locale={locale} />
                    </>
                  ),
                },
                {
                  icon: 'place',
                  term: c('where'),
                  value: (
                    <>
                      <span className="block font-bold">
                        <Written>{next.venue}</Written>
                      </span>
                      <span className="block">{next.address}</span>
                      {next.wayThere ? (
                        <span className="block">
                          <Written>{next.wayThere}</Written>
                        </span>
                      ) : null}
                    </>
                  ),
                },
                { icon: 'bag', term: c('bring'), value: next.bring },
                {
                  icon: 'hand',
                  term: t('willLearn'),
                  value:
                    next.skills.length === 0 ? null : (
                      <ul className="grid gap-1">
                        {next.skills.map((skill) => (
                          <li key={skill}>{skill}</li>
                        ))}
                      </ul>
                    ),
                },
                { icon: 'phone', term: c('hotline'), value: next.hotline ? <Hotline number={next.hotline} /> : null },
              ]}
            />
            {excusable.includes(next) ? (
              <div>
                <ButtonLink href={addressOf(next, excusable)} variant="secondary" wide>
                  {t('excuse')}
                </ButtonLink>
              </div>
            ) : null}
          </div>
        </Card>
      ) : (
        <p className="max-w-prose">{t('nextNone')}</p>
      )}
    </section>
  );
}

/** The sessions besides the next one: those to come, and those of the last days with what stands in the register. */
export function SessionLines({ sessions, excusable, locale, now }: Lines) {
  const t = useTranslations('card');
  const next = nextOf({ sessions, now });
  const others = sessions.filter((session) => session !== next).slice(0, 12);
  if (others.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h3 className="text-xl">{t('sessions')}</h3>
      <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
        {others.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
            <span className="min-w-0">
              <span className="block font-bold">{formatDateTimeRange(locale, session.startsAt, session.endsAt)}</span>
              <span className="block">{session.lesson ?? session.classTitle}</span>
              {isOff(session) || session.endsAt <= now ? null : (
                <ToldBesides session={{ ...session, venue: null }} locale={locale} />
              )}
              {isOff(session) ? (
                <span className="block text-bad">{t('sessionOff')}</span>
              ) : session.state ? (
                <span className="block text-muted">{t(`mark.${session.state}`)}</span>
              ) : null}
            </span>
            {excusable.includes(session) ? (
              <ButtonLink href={addressOf(session, excusable)} variant="quiet">
                {t(session.endsAt > now ? 'excuse' : 'excuseLate')}
                <VisuallyHidden>: {formatDateTimeRange(locale, session.startsAt, session.endsAt)}</VisuallyHidden>
              </ButtonLink>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
