import { useLocale } from 'next-intl';
import type { ReactNode } from 'react';

/** What people wrote into the portal is Vietnamese on a page in any language; a voice that reads aloud is told so. */
export function Written({ children }: { children: ReactNode }) {
  return useLocale() === 'vi' ? children : <span lang="vi">{children}</span>;
}
