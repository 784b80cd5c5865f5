import { useTranslations } from 'next-intl';
import { Icon, skillIcon } from '@/components/ui/icons';
import { ButtonLink } from '@/components/ui/button';
import { Steps } from '@/components/ui/disclosure';
import { addressWith } from '@/components/ui/address';
import type { ClassCard } from '@/lib/class/schema';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { OfClass } from './class-named';

/** What happens once one has signed up, in three steps; where the class is full, the way to ask for one more. */
export function AfterSigningUp({ full, area, skill }: { full: boolean; area: number; skill: string | undefined }) {
  const t = useTranslations('class');
  return (
    <section aria-labelledby="after" className="grid gap-5">
      <h2 id="after" className="text-2xl">
        {t('after.heading')}
      </h2>
      <Steps
        items={(['slip', 'call', 'come'] as const).map((step) => ({
          title: t(`after.${step}`),
          body: t(`after.${step}Body`),
        }))}
      />
      {full ? (
        <div className="grid gap-3">
          <p className="max-w-prose">{t('after.full')}</p>
          <div>
            <ButtonLink
              href={addressWith({ path: '/ask', params: {} }, { area: String(area), skill })}
              variant="secondary"
              icon="hand"
              rel="nofollow"
              wide
            >
              {t('after.ask')}
            </ButtonLink>
          </div>
        </div>
      ) : null}
    </section>
  );
}

/** The nearest other classes with room, in short. */
export function OtherClasses({ classes, locale }: { classes: readonly ClassCard[]; locale: Locale }) {
  const t = useTranslations('class');
  if (classes.length === 0) return null;
  return (
    <section aria-labelledby="others" className="grid gap-4 print:hidden">
      <h2 id="others" className="text-2xl">
        {t('others')}
      </h2>
      <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
        {classes.map((one) => (
          <li key={one.id} className="flex gap-3.5 p-4">
            <Icon name={skillIcon(one.skillCode ?? 'Z')} className="mt-0.5 size-7 text-field" />
            <div className="min-w-0">
              <Link
                href={`/classes/${one.id}`}
                prefetch={false}
                className="link inline-flex min-h-target items-center font-bold"
              >
                {one.title}
                <OfClass card={one} locale={locale} />
              </Link>
              <p>
                {formatDay(locale, one.nextStartsAt)}, {formatTimeRange(locale, one.nextStartsAt, one.nextEndsAt)}
              </p>
              <p className="text-muted">
                {[one.placeName, one.unitName].filter(Boolean).join(', ')}. {t('seatsLeft', { count: one.seatsLeft })}.
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
