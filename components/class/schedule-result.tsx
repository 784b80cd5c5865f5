import { useTranslations } from 'next-intl';
import { addressWith, type Address } from '@/components/ui/address';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icons';
import { VisuallyHidden } from '@/components/ui/hidden';
import type { FilterName, ScheduleFilters } from '@/lib/class/schema';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
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

/** Nothing found: why, and which one filter less would help. */
export function NothingFound({
  address,
  without,
}: {
  address: Address;
  without: readonly { filter: FilterName; total: number }[];
}) {
  const t = useTranslations('schedule');
  const narrowed = Object.values(address.params).some(Boolean);
  if (!narrowed)
    return (
      <EmptyState icon="calendar" title={t('noneAtAll')}>
        <p>{t('noneAtAllBody')}</p>
      </EmptyState>
    );
  return (
    <EmptyState
      title={without.length === 0 ? t('noneHard') : t('noneBody')}
      action={
        without.length === 0 ? (
          <ButtonLink href="/classes">{t('all')}</ButtonLink>
        ) : (
          without.map(({ filter, total }) => (
            <ButtonLink
              key={filter}
              variant="secondary"
              href={`${addressWith(address, { [filter]: undefined, page: undefined })}#found`}
            >
              {t(`loosen.${filter}`, { count: total })}
            </ButtonLink>
          ))
        )
      }
    />
  );
}
