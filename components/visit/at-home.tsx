import { useTranslations } from 'next-intl';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { PackedHome } from '@/lib/visit/rules';
import { useTaskWords } from '../task/words';

/** Who lives here, what happened last with whom one visits, and what is due with each. */
export function AtHomeBox({ home: { household, events }, locale }: { home: PackedHome; locale: Locale }) {
  const t = useTranslations('visits');
  const words = useTaskWords();
  if (household.length === 0 && events.length === 0) return null;
  return (
    <section aria-labelledby="at-home" className="grid grid-cols-1 gap-3">
      <h2 id="at-home" className="text-xl">
        {t('atHomeTitle')}
      </h2>
      <ul className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
        {household.map(({ id, fullName, birthYear, due }, at) => (
          <li key={id} className="grid grid-cols-1 gap-1 py-2.5">
            <p>
              <b>{fullName}</b>
              {birthYear ? <span className="text-muted"> ({birthYear})</span> : null}
            </p>
            {due.length > 0 ? (
              <p>{t('dueAtHome', { what: due.map(words).join(' · ') })}</p>
            ) : (
              <p className="text-muted">{t('nothingDue')}</p>
            )}
            {at === 0
              ? events.map((event, number) => (
                  <p key={number} className="text-sm text-muted">
                    {formatDate(locale, event.at)}: {t(`events.${event.kind}`, { what: event.what })}
                  </p>
                ))
              : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
