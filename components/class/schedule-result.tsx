import { useTranslations } from 'next-intl';
import { addressWith, type Address } from '@/components/ui/address';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icons';
import { VisuallyHidden } from '@/components/ui/hidden';
import type { ClassCard as CardData, FilterName, ScheduleFilters } from '@/lib/class/schema';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { ClassCard } from './class-card';
import { useDayWords } from './find-form';

/** What is being looked for, each with the way to drop it. */
export function Chips({
  locale,
  address,
  filters,
  placeName,
  skillTitle,
}: {
  locale: Locale;
  address: Address;
  filters: ScheduleFilters;
  placeName: string | null;
  skillTitle: string | null;
}) {
  const t = useTranslations('schedule');
  const dayWords = useDayWords(locale);
  const words: Partial<Record<FilterName, string | null>> = {
    area: placeName,
    q: filters.q && t('chips.q', { value: filters.q }),
    skill: filters.skill && (skillTitle ?? filters.skill),
    day: filters.day && dayWords(filters.day),
    part: filters.part && t('chips.part', { value: t(`parts.${filters.part}`).toLowerCase() }),
    lang: filters.lang && t(`languages.${filters.lang}`),
    stepFree: filters.stepFree && t('chips.stepFree'),
    open: filters.open && t('chips.open'),
  };
  const chips = Object.entries(words).filter((entry): entry is [string, string] => Boolean(entry[1]));
  if (chips.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 print:hidden">
      <p className="text-muted">{t('narrowed')}</p>
      <ul className="flex flex-wrap gap-2.5">
        {chips.map(([name, word]) => (
          <li key={name}>
            <Link
              href={`${addressWith(address, { [name]: undefined, page: undefined })}#found`}
              prefetch={false}
              className="inline-flex min-h-target items-center gap-2 rounded-full border-2 border-field bg-field-tint px-4 font-bold text-field"
            >
              <VisuallyHidden>{t('without', { what: '' })}</VisuallyHidden>
              {word}
              <Icon name="cross" className="size-5" />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Nothing found: which conditions keep everything out, and the way to ask for a class of one's own. */
export function NothingFound({
  address,
  without,
  ask,
}: {
  address: Address;
  without: readonly { filter: FilterName; total: number }[];
  ask: { area: number | undefined; skill: string | undefined };
}) {
  const t = useTranslations('schedule');
  const narrowed = Object.values(address.params).some(Boolean);
  const toAsk = addressWith(
    { path: '/ask', params: {} },
    { area: ask.area ? String(ask.area) : undefined, skill: ask.skill },
  );
  return (
    <EmptyState
      icon={narrowed ? 'search' : 'calendar'}
      title={!narrowed ? t('noneAtAll') : without.length === 0 ? t('noneHard') : t('noneBody')}
      action={
        <>
          {without.map(({ filter, total }) => (
            <ButtonLink
              key={filter}
              variant="secondary"
              href={`${addressWith(address, { [filter]: undefined, page: undefined })}#found`}
            >
              {t(`loosen.${filter}`, { count: total })}
            </ButtonLink>
          ))}
          <ButtonLink href={toAsk} icon="hand" rel="nofollow">
            {t('ask')}
          </ButtonLink>
          {narrowed && without.length === 0 ? (
            <ButtonLink href="/classes" variant="secondary">
              {t('all')}
            </ButtonLink>
          ) : null}
        </>
      }
    >
      {narrowed ? null : <p>{t('noneAtAllBody')}</p>}
    </EmptyState>
  );
}

/** What comes nearest to what was looked for. */
export function NextBest({ classes, locale }: { classes: readonly CardData[]; locale: Locale }) {
  const t = useTranslations('schedule');
  return (
    <>
      <h3 className="mt-6 text-xl">{t('nextBest')}</h3>
      {classes.map((card) => (
        <ClassCard key={card.id} card={card} locale={locale} heading="h3" />
      ))}
    </>
  );
}
