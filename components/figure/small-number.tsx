import { useLocale, useTranslations } from 'next-intl';
import { tellsGroups } from '@/lib/figure/rules';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { Period } from '@/lib/period/schema';

/** A number, or the one sign for whatever is not told: whether it is small or beside a small one would itself tell something. */
export function SmallNumber({ value, hidden = false }: { value: number | null; hidden?: boolean }) {
  const t = useTranslations('smallNumbers');
  const locale = useLocale() as Locale;
  if (hidden) return <span className="text-muted">{t('hidden')}</span>;
  return <>{value === null ? '–' : formatNumber(locale, value)}</>;
}

/**
 * Says once, under what shows such numbers, what the sign means; `apart` false where nothing and hidden are not told apart. `period`: where groups are shown of one
 * that groups are never told of, that too.
 */
export function SmallNumberNote({ apart = true, period }: { apart?: boolean; period?: Pick<Period, 'key'> }) {
  const t = useTranslations('smallNumbers');
  return (
    <p className="max-w-prose text-sm text-muted">
      {t(apart ? 'why' : 'none')} {period && !tellsGroups(period) ? t('groups') : null}
    </p>
  );
}

/** A declared number, and how many places with few people it leaves out. */
export function LeftOut({ said, places }: { said: string; places: number }) {
  const t = useTranslations('smallNumbers');
  if (places === 0) return <>{said}</>;
  return (
    <>
      {said}
      <span className="block min-w-24 text-sm text-muted">{t('leftOut', { places })}</span>
    </>
  );
}
