import { useTranslations } from 'next-intl';
import type { Dashboard } from '@/lib/figure/schema';
import { capital, cellOf, useFigureWords } from './words';

/** The state of a place in one sentence a person would say, before any figure. */
export function Sentence({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard.sentence');
  const { number, period, locale } = useFigureWords();
  const { area, figures, places, coreSkills, placeKind: kind } = dashboard;
  const when = period(dashboard.period);
  const place = locale === 'en' ? area.fullNameEn : area.fullNameVi;
  const reached = cellOf(figures, 'people_reached')?.value ?? 0;
  const older = cellOf(figures, 'people_reached', 'age60')?.value ?? 0;
  const core = cellOf(figures, 'core_attained')?.value ?? 0;
  const left = dashboard.unreached.length;

  const parts = [
    reached === 0
      ? t('reachedNobody', { when, place })
      : older === 0
        ? t('reached', { place, when, count: number(reached) ?? '' })
        : t('reachedOlder', { place, when, count: number(reached) ?? '', older: number(older) ?? '' }),
  ];
  const skills = coreSkills;
  if (reached > 0 || core > 0)
    parts.push(core > 0 ? t('core', { count: number(core) ?? '', skills }) : t('coreNobody', { skills }));
  if (places.length > 0 && reached > 0)
    parts.push(left > 0 ? t('unreached', { count: number(left) ?? '', kind }) : t('allReached', { kind }));
  return <p className="max-w-prose text-xl leading-normal font-bold text-ink">{`${capital(parts.join('; '))}.`}</p>;
}
