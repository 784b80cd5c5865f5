import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/ui/empty-state';
import { StatusPill } from '@/components/ui/pill';
import { Written } from '@/components/ui/written';
import { formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { WorkDone } from '@/lib/task/schema';
import { useTaskWords } from './words';

const tones = { open: 'info', closed: 'good', gone: 'plain' } as const;

/** Work that was recorded, the latest first, and what became of each task. */
export function DoneList({ done, locale }: { done: readonly WorkDone[]; locale: Locale }) {
  const t = useTranslations('tasks');
  const words = useTaskWords();
  if (done.length === 0)
    return (
      <EmptyState icon="list" title={t('history.none')}>
        {t('history.noneBody')}
      </EmptyState>
    );
  return (
    <ol className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {done.map((one) => (
        <li key={one.id} className="grid gap-1 px-4 py-3">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {one.fullName ? <b>{one.fullName}</b> : null}
            <span>{t(`outcome.${one.outcome}`)}</span>
            <StatusPill tone={tones[one.became]}>{t(`history.became.${one.became}`)}</StatusPill>
          </p>
          <p>{words({ kind: one.kind, label: null })}</p>
          {one.note ? (
            <p className="text-sm">
              <Written>{one.note}</Written>
            </p>
          ) : null}
          <p className="text-sm text-muted">
            {one.by
              ? t('history.by', { name: one.by, at: formatDateTime(locale, one.at) })
              : formatDateTime(locale, one.at)}
          </p>
        </li>
      ))}
    </ol>
  );
}
