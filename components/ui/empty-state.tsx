import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons';

/** An empty list says why it is empty and offers the next step. */
export function EmptyState({
  icon = 'search',
  title,
  children,
  action,
}: {
  icon?: IconName;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-start gap-4 rounded-card border-2 border-dashed border-edge p-6 sm:flex-row sm:p-8">
      <span className="grid size-16 shrink-0 place-items-center rounded-full bg-sun text-sun-ink">
        <Icon name={icon} className="size-8" />
      </span>
      <div className="min-w-0 max-w-prose">
        <p className="text-xl font-bold">{title}</p>
        {children ? <div className="mt-1 text-muted">{children}</div> : null}
        {action ? <div className="mt-4 flex flex-wrap gap-3">{action}</div> : null}
      </div>
    </div>
  );
}
