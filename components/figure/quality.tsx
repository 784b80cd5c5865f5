import { useTranslations } from 'next-intl';
import { addressWith } from '@/components/ui/address';
import type { Dashboard } from '@/lib/figure/schema';
import { Link } from '@/lib/i18n/navigation';
import { Missing } from './missing';
import { RowsLink } from './rows-link';
import { cellOf, useFigureWords } from './words';

/** Whether the figures can be trusted: registers not taken, registers taken late. */
export function Quality({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard.quality');
  const { number } = useFigureWords();
  const late = cellOf(dashboard.figures, 'registers_late');
  return (
    <section aria-labelledby="quality" className="grid gap-4">
      <h2 id="quality" className="text-2xl">
        {t('title')}
      </h2>
      <Missing missing={dashboard.missing} area={dashboard.area.id} />
      {late ? (
        <p>
          {late.value > 0 ? (
            <RowsLink area={dashboard.area.id} period={dashboard.period.key} measure="registers_late" cell={late}>
              {t('late', { count: number(late.value) ?? '', held: number(late.of) ?? '' })}
            </RowsLink>
          ) : (
            t('lateNone')
          )}
        </p>
      ) : null}
      <p className="print:hidden">
        <Link
          href={addressWith({ path: '/dashboard/quality', params: {} }, { area: String(dashboard.area.id) })}
          prefetch={false}
          className="link inline-flex min-h-target items-center"
        >
          {t('doubts')}
        </Link>
      </p>
    </section>
  );
}
