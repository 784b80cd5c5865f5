import { useTranslations } from 'next-intl';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { EarlierVisit } from '@/lib/visit/rules';

/** What whoever went before says to whoever goes now. */
export function EarlierVisits({ earlier, locale }: { earlier?: readonly EarlierVisit[]; locale: Locale }) {
  const t = useTranslations('visits');
  if (!earlier || earlier.length === 0) return null;
  return (
    <section aria-labelledby="earlier" className="grid grid-cols-1 gap-2">
      <h2 id="earlier" className="text-xl">
        {t('earlier')}
      </h2>
      <ul className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
        {earlier.map(({ id, day, outcome, words }) => (
          <li key={id} className="py-2">
            <span className="text-muted">{formatDate(locale, day)}:</span> {t(`outcomes.${outcome}`)}
            {words ? <b className="block">{words}</b> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
