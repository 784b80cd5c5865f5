import { useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button-class';
import { Card } from '@/components/ui/card';
import { PageHeading } from '@/components/ui/headings';
import { Icon, skillIcon } from '@/components/ui/icons';
import { ReadAloudButton } from '@/components/ui/read-aloud-button';
import type { ClassDetails } from '@/lib/class/schema';
import { formatDateTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { ClassFacts } from './class-facts';
import { SessionList } from './session-list';

/** All a class says of itself: what one will be able to do, the facts, every meeting. */
export function ClassAbout({ found, locale, open }: { found: ClassDetails; locale: Locale; open: boolean }) {
  const t = useTranslations('class');
  const toCome = found.sessions.filter((session) => session.state === 'toCome');
  const next = toCome[0] ?? null;
  const room = found.seatsLeft > 0 ? t('seatsLeft', { count: found.seatsLeft }) : t('full');
  return (
    <>
      <PageHeading above={found.placeName} lead={found.summary}>
        {found.title}
      </PageHeading>
      <div className="flex flex-wrap gap-3 print:hidden">
        {open ? (
          <a href="#enrol" className={buttonClass('primary', true)}>
            <Icon name="check" />
            {found.seatsLeft > 0 ? t('toForm') : t('toQueue')}
          </a>
        ) : null}
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
      <div className="grid items-start gap-8 lg:grid-cols-2">
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
        <Card>
          <ClassFacts
            locale={locale}
            facts={found}
            next={next}
            sessionsToCome={toCome.length}
            wayThere={found.wayThere}
          />
          {found.note ? (
            <p className="mt-5">
              <b>{t('note')}:</b> {found.note}
            </p>
          ) : null}
          {found.hotline ? (
            <p className="mt-3">
              <b>{t('hotline')}:</b>{' '}
              <a
                className="link inline-flex min-h-target items-center"
                href={`tel:${found.hotline.replace(/[^+\d]/g, '')}`}
              >
                {found.hotline}
              </a>
            </p>
          ) : null}
        </Card>
      </div>
      <section aria-labelledby="sessions">
        <h2 id="sessions" className="mb-4 text-2xl">
          {t('sessions', { count: found.sessions.length })}
        </h2>
        <SessionList sessions={found.sessions} locale={locale} />
      </section>
    </>
  );
}
