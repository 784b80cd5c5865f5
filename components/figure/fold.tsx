import type { ReactNode } from 'react';
import { Icon } from '@/components/ui/icons';

/**
 * A section that opens on a phone, without JavaScript too. On a wide screen and on paper it stands open, where the browser can do that (`.fold` in globals.css);
 * a jump to its heading opens it.
 */
export function Fold({ title, open, children }: { title: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="fold group">
      <summary className="flex min-h-target items-center justify-between gap-4 rounded-card border-[1.5px] border-line bg-surface px-4 py-2 text-lg font-bold">
        <span className="min-w-0">{title}</span>
        <Icon name="chevron" className="size-6 text-lotus group-open:rotate-180" />
      </summary>
      <div className="fold-inside">{children}</div>
    </details>
  );
}
