import type { ReactNode } from 'react';
import { Link } from '@/lib/i18n/navigation';

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
