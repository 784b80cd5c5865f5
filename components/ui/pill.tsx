import type { ReactNode } from 'react';
import { cx } from './cx';
import { Icon, type IconName } from './icons';
import type { Tone } from './notice';

const looks: Record<Tone | 'plain', { frame: string; icon: IconName }> = {
  plain: { frame: 'border-edge bg-sunk text-ink', icon: 'dot' },
  info: { frame: 'border-info bg-info-tint text-info', icon: 'clock' },
  good: { frame: 'border-field bg-field-tint text-field', icon: 'check' },
  warn: { frame: 'border-warn bg-warn-tint text-warn', icon: 'warning' },
  bad: { frame: 'border-bad bg-bad-tint text-bad', icon: 'stop' },
};

/** The state of a thing: a word and a shape; the colour only repeats it. It folds where room is narrow, but not in a table, whose frame scrolls. */
export function StatusPill({
  tone = 'plain',
  icon,
  children,
}: {
  tone?: Tone | 'plain';
  icon?: IconName;
  children: ReactNode;
}) {
  const look = looks[tone];
  return (
    <span
      className={cx(
        'inline-flex w-fit max-w-full in-[td]:w-max in-[td]:max-w-none items-center gap-1.5 rounded-full border-[1.5px] py-0.5 pr-3 pl-2 text-sm leading-snug font-bold',
        look.frame,
      )}
    >
      <Icon name={icon ?? look.icon} className="size-[1.15em]" />
      <span className="min-w-0">{children}</span>
    </span>
  );
}

/** A small neutral tag: a kind, a count. */
export function Badge({ icon, children }: { icon?: IconName; children: ReactNode }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 rounded-lg bg-sunk px-2.5 py-0.5 text-sm leading-snug text-ink print:border">
      {icon ? <Icon name={icon} className="size-[1.15em]" /> : null}
      <span className="min-w-0">{children}</span>
    </span>
  );
}
