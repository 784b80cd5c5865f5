import type { ReactNode } from 'react';
import { Link } from '@/lib/i18n/navigation';
import { Icon } from './icons';

/** A part of a page that shows the first of something, and the way to all of it. */
export function Part({
  title,
  lead,
  more,
  children,
}: {
  title: string;
  lead?: string | undefined;
  more?: { href: string; words: string } | null;
  children: ReactNode;
}) {
  return (
    <section className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 className="text-xl">{title}</h2>
        {more ? (
          <Link href={more.href} prefetch={false} className="link inline-flex min-h-target items-center">
            {more.words}
          </Link>
        ) : null}
      </div>
      {lead ? <p className="max-w-prose text-muted">{lead}</p> : null}
      {children}
    </section>
  );
}

/** A part that is rarely needed and never due: its title and how much there is of it, the rest one press away. */
export function FoldedPart({
  title,
  count,
  lead,
  more,
  children,
}: {
  title: string;
  count: string;
  lead?: string | undefined;
  more?: { href: string; words: string } | null;
  children: ReactNode;
}) {
  return (
    <details className="group">
      <summary className="flex min-h-target cursor-pointer items-center gap-3 rounded-control">
        <Icon name="chevron" className="size-5 shrink-0 -rotate-90 text-lotus group-open:rotate-0" />
        <h2 className="text-xl">{title}</h2>
        <span className="text-muted">{count}</span>
      </summary>
      <div className="grid grid-cols-1 gap-3 pt-2">
        {lead ? <p className="max-w-prose text-muted">{lead}</p> : null}
        {children}
        {more ? (
          <Link href={more.href} prefetch={false} className="link inline-flex min-h-target items-center">
            {more.words}
          </Link>
        ) : null}
      </div>
    </details>
  );
}
