import type { ReactNode } from 'react';
import { Icon } from './icons';

/** More, for who wants it. Native, so it opens without JavaScript and is found by "search in page". */
export function Disclosure({
  summary,
  open,
  wide = false,
  children,
}: {
  summary: ReactNode;
  open?: boolean;
  /** Holds lists, not words to be read. */
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <details open={open} className="group rounded-card border-[1.5px] border-line bg-surface">
      <summary className="flex min-h-target items-center justify-between gap-4 rounded-card px-5 py-3 font-bold">
        <span className="min-w-0">{summary}</span>
        <Icon name="chevron" className="size-6 text-lotus group-open:rotate-180" />
      </summary>
      <div className={wide ? 'pb-1' : 'max-w-prose px-5 pb-5'}>{children}</div>
    </details>
  );
}

/** What to do, one after the other. `done` and `current` for progress through something; without them a plain numbered list. */
export function Steps({
  items,
}: {
  items: { title: ReactNode; body?: ReactNode; state?: 'done' | 'current' | 'next' }[];
}) {
  return (
    <ol className="grid gap-5">
      {items.map((item, index) => (
        <li key={index} aria-current={item.state === 'current' ? 'step' : undefined} className="flex gap-4">
          <span
            aria-hidden
            className={
              item.state === 'next'
                ? 'grid size-11 shrink-0 place-items-center rounded-full border-2 border-edge font-bold'
                : 'grid size-11 shrink-0 place-items-center rounded-full bg-field font-bold text-field-ink'
            }
          >
            {item.state === 'done' ? <Icon name="check" className="size-6" /> : index + 1}
          </span>
          <div className="min-w-0 max-w-prose pt-1.5">
            <p className="font-bold">{item.title}</p>
            {item.body ? <div className="mt-0.5 text-muted">{item.body}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
