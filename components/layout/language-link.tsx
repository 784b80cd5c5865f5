'use client';

import { useLocale } from 'next-intl';
import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { getPathname, usePathname } from '@/lib/i18n/navigation';

/** The same page in the other language, with the same filters: a plain link, also without JavaScript. */
export function LanguageLink({ className, children }: { className: string; children: ReactNode }) {
  const other = useLocale() === 'vi' ? 'en' : 'vi';
  const path = usePathname();
  const query = useSearchParams().toString();
  const address = getPathname({ href: path, locale: other });
  return (
    <a href={query ? `${address}?${query}` : address} hrefLang={other} lang={other} className={className}>
      {children}
    </a>
  );
}
