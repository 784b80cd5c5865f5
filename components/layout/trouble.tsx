import type { ReactNode } from 'react';
import { Icon, type IconName } from '../ui/icons';

/** A page for when things are not as hoped: what happened, that it is not the reader's fault, and where to go now. */
export function Trouble({
  icon,
  title,
  children,
  actions,
}: {
  icon: IconName;
  title: string;
  children: ReactNode;
  actions: ReactNode;
}) {
  return (
    <div className="grid max-w-prose gap-6 py-6 sm:py-12">
      <span className="grid size-20 place-items-center rounded-full bg-sun text-sun-ink">
        <Icon name={icon} className="size-10" />
      </span>
      <div>
        <h1 className="text-3xl">{title}</h1>
        <div className="mt-3 grid gap-3 text-lg">{children}</div>
      </div>
      <div className="flex flex-wrap gap-3">{actions}</div>
    </div>
  );
}
