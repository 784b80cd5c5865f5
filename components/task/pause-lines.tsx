import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { Notice } from '@/components/ui/notice';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { Pause } from '@/lib/task/schema';

/** Who is left alone for now, why and until when; each can be ended earlier, one that is for good by whoever plans there. */
export function PauseLines({
  pauses,
  personId,
  locale,
  resume,
}: {
  pauses: readonly Pause[];
  personId: string;
  locale: Locale;
  /** Null on a page that was opened without a network. */
  resume: FormAction | null;
}) {
  const t = useTranslations('tasks.pause');
  return pauses.map(({ id, who, reason, until, household, mayEnd }) => {
    const words = { who: household ? t('home') : (who ?? ''), reason: t(`reasons.${reason}`) };
    return (
      <Notice
        key={id}
        tone="warn"
        title={until ? t('now', { ...words, day: formatDate(locale, until) }) : t('forGood', words)}
        action={
          mayEnd && resume ? (
            <ActForm
              action={resume}
              fields={{ pauseId: id, personId }}
              label={t('end')}
              pendingLabel={t('saving')}
              variant="secondary"
            />
          ) : null
        }
      />
    );
  });
}
