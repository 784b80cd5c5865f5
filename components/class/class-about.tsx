import { useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button-class';
import { Card } from '@/components/ui/card';
import { PageHeading } from '@/components/ui/headings';
import { Icon, skillIcon } from '@/components/ui/icons';
import { ReadAloudButton } from '@/components/ui/read-aloud-button';
import { Written } from '@/components/ui/written';
import type { ClassDetails } from '@/lib/class/schema';
import { formatDateTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { ClassFacts } from './class-facts';
import { Hotline } from './hotline';
import { SessionList } from './session-list';

/** All a class says of itself: what one will be able to do, the facts, every meeting. */
export function ClassAbout({ found, locale, open }: { found: ClassDetails; locale: Locale; open: boolean }) {
  const t = useTranslations('class');
  const toCome = found.sessions.filter((session) => session.state === 'toCome');
  const next = toCome[0] ?? null;
  const room = found.seatsLeft > 0 ? t('seatsLeft', { count: found.seatsLeft }) : t('full');
  const toForm = (
    <a href="#enrol" className={buttonClass('primary', true)}>
      <Icon name="check" />
      {found.seatsLeft > 0 ? t('toForm') : t('toQueue')}
    </a>
  );
  return (
    <div className="grid gap-8">
      <PageHeading above={found.placeName} lead={found.summary}>
        {found.title}
      </PageHeading>
      {open ? (
        <div className="flex flex-wrap gap-3 max-sm:[&:not(:has(button:not([hidden])))]:hidden print:hidden">
          <div className="hidden sm:block">{toForm}</div>
          {next ? (
            <ReadAloudButton
              lang={locale}
              label={t('listen')}
              stopLabel={t('stopListening')}
              text={t('aloud', {
                title: found.title,
                when: formatDateTimeRange(locale, next.startsAt, next.endsAt),
                where: `${found.venue}, ${found.address}`,
                room,
                who: found.teamName,
                bring: found.bring,
              })}
            />
          ) : null}
        </div>
      ) : null}
      <div className="grid items-start gap-8 lg:grid-cols-2">
        <Card>
          <ClassFacts
            locale={locale}
            facts={found}
            next={open ? next : null}
            sessionsToCome={toCome.length}
            wayThere={found.wayThere}
            more={[
              { icon: 'info', term: t('note'), value: found.note ? <Written>{found.note}</Written> : null },
              { icon: 'phone', term: t('hotline'), value: found.hotline ? <Hotline number={found.hotline} /> : null },
            ]}
          />
        </Card>
        {found.skills.length > 0 ? (
          <section aria-labelledby="skills">
            <h2 id="skills" className="mb-4 text-2xl">
              {t('canDo')}
            </h2>
            <ul className="grid gap-4">
              {found.skills.map((skill) => (
                <li key={skill.code} className="flex gap-3.5">
                  <span className="grid size-11 shrink-0 place-items-center rounded-full bg-sun text-sun-ink print:border">
                    <Icon name={skillIcon(skill.code)} className="size-7" />
                  </span>
                  <span className="min-w-0 self-center">{skill.canDo}</span>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
      <section aria-labelledby="sessions">
        <h2 id="sessions" className="mb-4 text-2xl">
          {t('sessions', { count: found.sessions.length })}
        </h2>
        <SessionList sessions={found.sessions} locale={locale} reasonSaid={found.statusReason} />
      </section>
      {open ? (
        // On a phone the one thing to do stays at the thumb; where the form begins it goes behind it.
        <div className="sticky bottom-0 z-10 -mx-4 -mb-[6.75rem] bg-linear-to-t from-paper from-75% to-transparent px-4 pt-5 pb-3 sm:hidden print:hidden [@media(max-height:26rem)]:static [@media(max-height:26rem)]:mb-0">
          {toForm}
        </div>
      ) : null}
    </div>
  );
}
