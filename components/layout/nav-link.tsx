'use client';

import type { ReactNode } from 'react';
import { Link, usePathname } from '@/lib/i18n/navigation';

/**
 * A link of a menu that knows whether it is where one is (`aria-current`). Of several that match, `among` (all addresses of the menu)
 * makes the longest win, so "/manage" is not marked on "/manage/people".
 */
export function NavLink({
  href,
  among,
  className,
  children,
}: {
  href: string;
  among: string[];
  className: string;
  children: ReactNode;
}) {
  const here = usePathname();
  const isAt = (address: string) => here === address || here.startsWith(address === '/' ? '//' : `${address}/`);
  const best = among.filter(isAt).sort((a, b) => b.length - a.length)[0] ?? '';
  return (
    <Link href={href} prefetch={false} aria-current={best === href ? 'page' : undefined} className={className}>
      {children}
    </Link>
  );
}
