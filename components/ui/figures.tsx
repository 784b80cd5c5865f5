import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '@/lib/i18n/navigation';
import { cx } from './cx';
import { Icon } from './icons';

export type Trend = { direction: 'up' | 'down' | 'flat'; text: string };

/**
 * One headline figure. `value` is already in the reader's number format; undefined or null is "—", never 0. `href` opens what it is made of;
 * `definition` opens in place.
 */
export function StatFigure({
  label,
  value,
  unit,
  target,
  trend,
  definition,
  href,
}: {
  label: ReactNode;
  value: string | null | undefined;
  unit?: string;
  target?: ReactNode;
  trend?: Trend | null;
  definition?: ReactNode;
  href?: string;
}) {
  const t = useTranslations('ui');
  return (
    <div className="flex min-w-0 flex-col rounded-card border-[1.5px] border-line bg-surface p-5 print:p-3">
      <p className="text-muted">{label}</p>
      <p className="mt-1 text-3xl font-bold tabular-nums">
        {href && value ? (
          <Link
            href={href}
            prefetch={false}
            className="inline-flex min-h-target items-center underline decoration-2 underline-offset-8 hover:decoration-4"
          >
            {value}
          </Link>
        ) : (
          (value ?? (
            <>
              <span aria-hidden>—</span>
              <span className="sr-only">{t('missing')}</span>
            </>
          ))
        )}
        {unit && value ? <span className="ml-2 text-base font-normal">{unit}</span> : null}
      </p>
      {target ? <div className="mt-2 text-sm">{target}</div> : null}
      {trend ? (
        <p className="mt-2 flex items-center gap-1.5 text-sm">
          <Icon
            name={trend.direction === 'up' ? 'up' : trend.direction === 'down' ? 'down' : 'arrow'}
            className="size-4"
          />
          {trend.text}
        </p>
      ) : null}
      {definition ? (
        <details className="mt-auto pt-2 print:not-open:hidden">
          <summary className="link inline-flex min-h-target items-center text-sm">{t('howCounted')}</summary>
          <div className="text-sm text-muted">{definition}</div>
        </details>
      ) : null}
    </div>
  );
}

const fills = { field: 'bg-field', action: 'bg-action', info: 'bg-info', warn: 'bg-warn' } as const;

/** A bar with its words above: the words carry the figure, the bar only shows it. `max` 0 or missing shows an empty bar. */
export function Meter({
  label,
  text,
  value,
  max,
  tone = 'field',
}: {
  label: ReactNode;
  /** The figure in words, such as "412 trong 1.930 (21 %)". */
  text: string;
  value: number | null;
  max: number | null;
  tone?: keyof typeof fills;
}) {
  const share = value !== null && max ? Math.min(100, Math.max(0, (100 * value) / max)) : 0;
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span>{label}</span>
        <span className="font-bold tabular-nums">{text}</span>
      </p>
      <div aria-hidden className="mt-1.5 h-3.5 overflow-hidden rounded-full border-[1.5px] border-edge bg-surface">
        <div
          className={cx('h-full rounded-full forced-color-adjust-none [print-color-adjust:exact]', fills[tone])}
          style={{ width: `${share.toFixed(1)}%` }}
        />
      </div>
    </div>
  );
}
