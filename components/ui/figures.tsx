import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '@/lib/i18n/navigation';
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
    <div className="flex min-w-0 break-inside-avoid flex-col rounded-card border-[1.5px] border-line bg-surface p-5 print:p-3">
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
