import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { Steps } from '@/components/ui/disclosure';
import { addressWith } from '@/components/ui/address';
import type { ClassCard } from '@/lib/class/schema';
import type { Locale } from '@/lib/i18n/routing';
import { ClassShorts } from './class-shorts';

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
      <ClassShorts classes={classes} locale={locale} />
    </section>
  );
}
