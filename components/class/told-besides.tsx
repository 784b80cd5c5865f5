import { useTranslations } from 'next-intl';
import { Written } from '@/components/ui/written';
import { formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

/** What is said of just one session: that it was moved, and from when; that it is elsewhere; a note. */
export function ToldBesides({
  session: { movedFrom, venue, note },
  locale,
}: {
  session: { movedFrom: Date | null; venue?: string | null; note: string };
  locale: Locale;
}) {
  const t = useTranslations('class');
  const lines = [venue, note].filter((line) => line !== null && line !== undefined && line !== '');
  if (!movedFrom && lines.length === 0) return null;
  return (
    <span className="block font-normal">
      {movedFrom ? (
        <span className="block text-warn">{t('movedFrom', { when: formatDateTime(locale, movedFrom) })}</span>
      ) : null}
      {lines.map((line) => (
        <span key={line} className="block">
          <Written>{line}</Written>
        </span>
      ))}
    </span>
  );
}
