import { useLocale } from 'next-intl';
import type { ReactNode } from 'react';
import { buttonClass, type ButtonVariant } from './button-class';
import { Icon } from './icons';

/** A file to keep: looks like a button, and the browser saves what it gets. `href` without language prefix. */
export function DownloadLink({
  href,
  variant = 'secondary',
  children,
}: {
  href: string;
  variant?: ButtonVariant;
  children: ReactNode;
}) {
  const locale = useLocale();
  return (
    <a href={locale === 'en' ? `/en${href}` : href} download className={buttonClass(variant)}>
      <Icon name="download" />
      {children}
    </a>
  );
}
