import { useTranslations } from 'next-intl';
import { Link } from '@/lib/i18n/navigation';
import { addressWith, type Address } from './address';
import { buttonClass } from './button-class';
import { Icon } from './icons';

/** Page by page, in words: "Trang 2 trong 5". Writes `?page=`; shows nothing when all fits on one page. */
export function Pagination({
  address,
  page,
  pageCount,
  landing,
}: {
  address: Address;
  page: number;
  pageCount: number;
  /** The id of the heading over the list, where the next page begins for the reader. */
  landing?: string;
}) {
  const t = useTranslations('ui');
  if (pageCount <= 1) return null;
  const to = (target: number) =>
    addressWith(address, { page: target === 1 ? undefined : String(target) }) + (landing ? `#${landing}` : '');
  return (
    <nav aria-label={t('pages')} className="flex flex-wrap items-center gap-x-5 gap-y-3 print:hidden">
      {page > 1 ? (
        <Link href={to(page - 1)} prefetch={false} rel="prev" className={buttonClass('secondary')}>
          <Icon name="back" />
          {t('previousPage')}
        </Link>
      ) : null}
      <p>{t('pageOf', { page, pageCount })}</p>
      {page < pageCount ? (
        <Link href={to(page + 1)} prefetch={false} rel="next" className={buttonClass('secondary')}>
          {t('nextPage')}
          <Icon name="arrow" />
        </Link>
      ) : null}
    </nav>
  );
}
