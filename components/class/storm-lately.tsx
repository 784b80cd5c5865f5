import { useLocale, useTranslations } from 'next-intl';
import { StatusPill } from '@/components/ui/pill';
import { formatDateTime, formatDay } from '@/lib/i18n/format';
import { ActForm } from './act-form';
import type { FormAction } from './use-sent';

interface Press {
  pressId: string;
  units: readonly string[];
  firstDay: string;
  lastDay: string;
  instead: 'move' | 'cancel';
  reason: string;
  at: Date;
  undoneAt: Date | null;
  sessions: number;
  mayUndo: boolean;
}

/** How many units are named before the rest is only counted. */
const unitsNamed = 4;

/** What was put off lately, each with the way to take it back. */
export function StormLately({ presses, undo }: { presses: readonly Press[]; undo: FormAction }) {
  const t = useTranslations('edits.storm');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  if (presses.length === 0) return <p className="text-muted">{t('none')}</p>;
  return (
    <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {presses.map((one) => (
        <li key={one.pressId} className="flex flex-wrap items-center justify-between gap-x-5 gap-y-2 px-4 py-3">
          <div className="min-w-0 grow basis-64">
            <p className="font-bold">
              {one.units.slice(0, unitsNamed).join(', ')}
              {one.units.length > unitsNamed ? ` +${one.units.length - unitsNamed}` : ''}
            </p>
            <p className="text-sm text-muted">
              {t('line', {
                sessions: one.sessions,
                first: formatDay(locale, one.firstDay),
                last: formatDay(locale, one.lastDay),
              })}{' '}
              · {t(one.instead === 'move' ? 'moved' : 'cancelled')} · {one.reason} ·{' '}
              {t('at', { when: formatDateTime(locale, one.at) })}
            </p>
          </div>
          {one.undoneAt ? <StatusPill>{t('takenBack')}</StatusPill> : null}
          {one.mayUndo ? (
            <ActForm
              action={undo}
              fields={{ pressId: one.pressId }}
              variant="secondary"
              label={t('undo')}
              pendingLabel={t('undoing')}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
