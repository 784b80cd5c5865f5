import { useTranslations } from 'next-intl';
import { Counted, useIndicatorNumbers } from '@/components/indicator/numbers';
import { Card } from '@/components/ui/card';
import { Written } from '@/components/ui/written';
import type { Dashboard } from '@/lib/figure/schema';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { indicatorHref } from './rows-link';
import { useFigureWords } from './words';

/** Adults: what the portal saw of them beside what the state attests, each with where it comes from. Two numbers, which are never one. */
export function Adults({ adults, area, period }: Pick<Dashboard, 'adults' | 'area' | 'period'>) {
  const t = useTranslations('dashboard.adults');
  const { hidden } = useFigureWords();
  const { name, locale } = useIndicatorNumbers();
  return (
    <Card as="section">
      <h2 className="text-lg font-bold">{t('title')}</h2>
      <dl className="mt-2 grid gap-x-8 gap-y-3 sm:grid-cols-2">
        {adults.map((one) => (
          <div key={one.code} className="min-w-0">
            <dt>
              <Link
                href={indicatorHref(one.code, area.id, period.key)}
                prefetch={false}
                className="link inline-flex min-h-target items-center"
              >
                {name(one)}
              </Link>
            </dt>
            <dd className="text-xl font-bold">
              {one.hidden ? hidden : <Counted value={one.value} of={one.of} shownAs="share" />}
              <span className="block text-sm font-normal text-muted">
                {one.kind === 'computed' ? (
                  t('computed')
                ) : one.source === null ? (
                  t('undeclared')
                ) : (
                  <Written>{`${one.source}${one.asOf ? `, ${formatDate(locale, one.asOf)}` : ''}`}</Written>
                )}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
