import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

interface Merged {
  readonly id: string;
  readonly fullName: string;
  readonly at: Date;
  readonly by: string;
  readonly undoneAt: Date | null;
  readonly mayUndo: boolean;
}

/** Records that were joined to this one, and the way to take one apart again while that can be done. */
export function MergedRecords({
  merges,
  locale,
  undo,
}: {
  merges: readonly Merged[];
  locale: Locale;
  undo: FormAction | null;
}) {
  const t = useTranslations('people');
  return (
    <ul className="grid gap-3">
      {merges.map((one) => (
        <li key={one.id} className="grid gap-2 rounded-card border-[1.5px] border-line p-4">
          <p>
            {t('merges.line', { name: one.fullName, day: formatDate(locale, one.at), by: one.by })}
            {one.undoneAt ? ` ${t('merges.undone', { day: formatDate(locale, one.undoneAt) })}` : null}
          </p>
          {undo && one.mayUndo ? (
            <ActForm
              action={undo}
              fields={{ mergeId: one.id }}
              variant="secondary"
              label={t('merges.undo')}
              pendingLabel={t('saving')}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
