'use client';

import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Icon, skillIcon } from '@/components/ui/icons';
import type { ClassCard as CardData } from '@/lib/class/schema';
import type { Locale } from '@/lib/i18n/routing';
import { ClassFacts } from './class-facts';
import { whichClass } from './class-named';

/**
 * A class in a list: what I will be able to do, then the facts, then one button. Drawn from its data in the browser too: sent as
 * elements it was five times the bytes. Needs the words of `class` (ClientWords).
 */
export function ClassCard({
  card,
  locale,
  heading: Heading = 'h2',
}: {
  card: CardData;
  locale: Locale;
  heading?: 'h2' | 'h3';
}) {
  const t = useTranslations('class');
  return (
    <Card as="article" labelledBy={`class-${card.id}`}>
      <div className="grid gap-x-10 gap-y-5 md:grid-cols-2">
        <div>
          <div className="flex items-start gap-3.5">
            <span className="grid size-14 shrink-0 place-items-center rounded-card bg-sun text-sun-ink print:border">
              <Icon name={skillIcon(card.skillCode ?? 'Z')} className="size-9" />
            </span>
            <Heading id={`class-${card.id}`} className="min-w-0 text-xl">
              {card.title}
            </Heading>
          </div>
          {card.canDo.length > 0 ? (
            <>
              <p className="mt-4 text-sm text-muted">{t('canDo')}</p>
              <ul className="mt-1 grid gap-1.5">
                {card.canDo.map((line) => (
                  <li key={line} className="flex gap-2.5 max-sm:nth-3:hidden">
                    <Icon name="check" className="mt-[0.1em] size-[1.3em] text-field" />
                    <span className="min-w-0">{line}</span>
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <p className="mt-4">{card.summary}</p>
          )}
        </div>
        <ClassFacts
          locale={locale}
          facts={card}
          next={{ startsAt: card.nextStartsAt, endsAt: card.nextEndsAt }}
          sessionsToCome={card.sessionsToCome}
          brief
        />
      </div>
      <div className="mt-6 md:flex md:justify-end">
        <ButtonLink
          href={`/classes/${card.id}`}
          icon="arrow"
          wide
          aria-label={t('openOf', { title: card.title, which: whichClass(locale, card) })}
        >
          {t('open')}
        </ButtonLink>
      </div>
    </Card>
  );
}
