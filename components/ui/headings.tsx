import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '@/lib/i18n/navigation';
import { Icon } from './icons';

/** The page's heading, a sentence one would say, with a lead below and at most a few actions beside it. The only h1. */
export function PageHeading({
  children,
  lead,
  above,
  actions,
}: {
  children: ReactNode;
  lead?: ReactNode;
  /** Small words over the heading: where one is. */
  above?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="min-w-0 max-w-prose">
        {above ? <p className="mb-1 font-bold text-field">{above}</p> : null}
        <h1 className="text-3xl">{children}</h1>
        {lead ? <div className="mt-3 text-lg text-muted">{lead}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-3 print:hidden">{actions}</div> : null}
    </header>
  );
}

/** The way back to the list one came from, where a trail would only say the heading twice. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="link -mt-2 -mb-4 inline-flex min-h-target items-center gap-2 justify-self-start print:hidden"
    >
      <Icon name="back" className="size-5" />
      {children}
    </Link>
  );
}

/** The way back up. The last one is where one is, and no link. */
export function Breadcrumbs({ items }: { items: { label: string; href?: string }[] }) {
  const t = useTranslations('ui');
  return (
    <nav aria-label={t('breadcrumbs')} className="print:hidden">
      <ol className="flex flex-wrap items-center gap-x-2 text-sm">
        {items.map((item, index) => (
          <li key={`${index}-${item.label}`} className="flex min-w-0 items-center gap-2">
            {index > 0 ? <Icon name="chevron" className="size-4 -rotate-90 text-muted" /> : null}
            {item.href ? (
              <Link href={item.href} prefetch={false} className="link inline-flex min-h-target items-center">
                {item.label}
              </Link>
            ) : (
              <span aria-current="page" className="inline-flex min-h-target items-center">
                {item.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
