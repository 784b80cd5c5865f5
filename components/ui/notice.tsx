import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cx } from './cx';
import { Icon, type IconName } from './icons';

export type Tone = 'info' | 'good' | 'warn' | 'bad';

const looks: Record<Tone, { frame: string; words: string; icon: IconName }> = {
  info: { frame: 'border-info bg-info-tint', words: 'text-info', icon: 'info' },
  good: { frame: 'border-field bg-field-tint', words: 'text-field', icon: 'check' },
  warn: { frame: 'border-warn bg-warn-tint', words: 'text-warn', icon: 'warning' },
  bad: { frame: 'border-bad bg-bad-tint', words: 'text-bad', icon: 'stop' },
};

/**
 * Something to know before going on. Says its kind by word and sign, not by colour alone. `live` has it read out when it appears after
 * an action; `action` is the next step (a ButtonLink). `opensPage`: the page was opened to say this, so reading begins here.
 */
export function Notice({
  tone = 'info',
  title,
  children,
  action,
  live,
  opensPage,
}: {
  tone?: Tone;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  live?: boolean;
  opensPage?: boolean;
}) {
  const t = useTranslations('ui');
  const look = looks[tone];
  return (
    <div
      role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}
      tabIndex={opensPage ? -1 : undefined}
      autoFocus={opensPage}
      className={cx('flex gap-3.5 rounded-card border-2 p-4 sm:p-5', look.frame)}
    >
      <Icon name={look.icon} className={cx('size-7', look.words)} />
      <div className="min-w-0 max-w-prose">
        <p className={cx('font-bold', look.words)}>
          <span className="sr-only">{t(`tone.${tone}`)} </span>
          {title}
        </p>
        {children ? <div className="mt-1">{children}</div> : null}
        {action ? <div className="mt-3 flex flex-wrap gap-3">{action}</div> : null}
      </div>
    </div>
  );
}
