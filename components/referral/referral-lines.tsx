import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/pill';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import type { ReferralLine } from '@/lib/referral/schema';

/** Referrals as lines, each opening its own page. */
export function ReferralLines({
  title,
  lines,
  none,
  side,
  locale,
}: {
  title: string;
  lines: readonly ReferralLine[];
  none: string;
  side: 'in' | 'out';
  locale: Locale;
}) {
  const t = useTranslations('referral');
  return (
    <section className="grid min-w-0 gap-3">
      <h2 className="text-xl">{title}</h2>
      {lines.length === 0 ? <p className="text-muted">{none}</p> : null}
      <ul className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line empty:hidden">
        {lines.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3">
            <p className="min-w-0">
              <Link href={`/manage/referrals/${one.id}`} prefetch={false} className="link font-bold">
                {one.name}
              </Link>
              <span className="block text-sm text-muted">
                {[
                  t(side === 'in' ? 'fromUnit' : 'toUnit', { unit: one.unit }),
                  one.course ? t('askCourse', { course: one.course }) : t(`askWords.${one.asks}`),
                  formatDate(locale, one.sentAt),
                ].join(' · ')}
              </span>
            </p>
            <Badge>{t(`states.${one.expired ? 'expired' : one.state}`)}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}
