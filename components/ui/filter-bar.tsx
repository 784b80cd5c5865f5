import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { getPathname, Link } from '@/lib/i18n/navigation';
import { Button } from './button';

/**
 * A form that puts its answers in the address (GET), so it works without JavaScript and can be passed on. Children are Select and
 * TextInput; `path` without language; `active` shows the way back to everything. `more` holds the rarer questions, closed at first
 * unless `moreOpen` (one of them is answered).
 */
export function FilterBar({
  path,
  label,
  submitLabel,
  active,
  landing,
  children,
  more,
  moreLabel,
  moreOpen,
}: {
  path: string;
  label: string;
  submitLabel?: string;
  active?: boolean;
  /** The id of the heading over what is found: a phone lands there and not on the same questions again. */
  landing?: string;
  children: ReactNode;
  more?: ReactNode;
  moreLabel?: string;
  moreOpen?: boolean;
}) {
  const t = useTranslations('ui');
  const locale = useLocale();
  return (
    <form
      method="get"
      role="search"
      aria-label={label}
      action={getPathname({ href: path, locale: locale === 'en' ? 'en' : 'vi' }) + (landing ? `#${landing}` : '')}
      className="rounded-card border-[1.5px] border-line bg-sunk p-4 sm:p-5 print:hidden"
    >
      <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-[repeat(auto-fit,minmax(17rem,1fr))]">
        {children}
      </div>
      {more ? (
        <details open={moreOpen} className="mt-3">
          <summary className="link inline-flex min-h-target items-center font-bold">
            {moreLabel ?? t('moreFilters')}
          </summary>
          <div className="grid gap-4 pt-2 sm:grid-cols-2 lg:grid-cols-3">{more}</div>
        </details>
      ) : null}
      <div className="mt-4 flex flex-wrap items-center gap-x-5 gap-y-2">
        <Button type="submit" icon="search" wide>
          {submitLabel ?? t('filter')}
        </Button>
        {active ? (
          <Link href={path} prefetch={false} className="link inline-flex min-h-target items-center">
            {t('clearFilters')}
          </Link>
        ) : null}
      </div>
    </form>
  );
}
