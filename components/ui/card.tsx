import type { ReactNode } from 'react';
import { cx } from './cx';

/** A sheet on the paper. `as="article"` for one thing of a list, `section` for a part of a page. `tone="field"` lifts one out. */
export function Card({
  as: Tag = 'div',
  tone = 'plain',
  tight,
  children,
  labelledBy,
}: {
  as?: 'div' | 'article' | 'section' | 'li';
  tone?: 'plain' | 'field' | 'sunk';
  tight?: boolean;
  labelledBy?: string;
  children: ReactNode;
}) {
  return (
    <Tag
      aria-labelledby={labelledBy}
      className={cx(
        'min-w-0 rounded-card border-[1.5px]',
        tight ? 'p-4' : 'p-5 sm:p-6',
        tone === 'plain' && 'border-line bg-surface',
        tone === 'field' && 'border-field bg-field-tint',
        tone === 'sunk' && 'border-line bg-sunk',
      )}
    >
      {children}
    </Tag>
  );
}
