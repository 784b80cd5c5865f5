'use client';

import { useTranslations } from 'next-intl';
import type { PlaceChoice } from '@/lib/area/schema';
import type { ClassCard as CardData } from '@/lib/class/schema';
import type { Locale } from '@/lib/i18n/routing';
import { ClassCard } from './class-card';

type Looked = { label: string; isUnit: boolean; unitName: string | null };

function Cards({ classes, locale }: { classes: readonly CardData[]; locale: Locale }) {
  return classes.map((card) => <ClassCard key={card.id} card={card} locale={locale} heading="h3" />);
}

/** The classes found; for a village those in it first, then the rest of its unit's, each under a plain heading. */
export function ClassRings({
  classes,
  place,
  locale,
}: {
  classes: readonly CardData[];
  place: Looked | null;
  locale: Locale;
}) {
  const t = useTranslations('class');
  if (!place || place.isUnit) return <Cards classes={classes} locale={locale} />;
  const own = classes.filter(({ ring }) => ring === 1);
  const rest = classes.filter(({ ring }) => ring === 2);
  const other = classes.filter(({ ring }) => ring === null);
  return (
    <>
      {own.length > 0 ? <h3 className="text-xl">{t('near.own', { place: place.label })}</h3> : null}
      <Cards classes={own} locale={locale} />
      {rest.length > 0 ? <h3 className="mt-4 text-xl">{t('near.unit', { unit: place.unitName ?? '' })}</h3> : null}
      <Cards classes={rest} locale={locale} />
      <Cards classes={other} locale={locale} />
    </>
  );
}

/** Classes of the units next door, the nearest first, and how far those are. */
export function Neighbours({
  classes,
  near,
  locale,
}: {
  classes: readonly CardData[];
  near: readonly (PlaceChoice & { km: number })[];
  locale: Locale;
}) {
  const t = useTranslations('class');
  const those = near.filter((_, at) => classes.some(({ ring }) => ring === at + 1));
  return (
    <>
      <div className="mt-6">
        <h3 className="text-xl">{t('near.neighbours')}</h3>
        <p className="mt-1 text-muted">
          {t('near.distances', { places: those.map(({ name, km }) => t('near.distance', { name, km })).join(', ') })}
        </p>
      </div>
      <Cards classes={classes} locale={locale} />
    </>
  );
}
