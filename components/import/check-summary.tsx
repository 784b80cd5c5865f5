import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { StatFigure } from '@/components/ui/figures';
import { Notice } from '@/components/ui/notice';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { CheckResult, WriteResult } from '@/lib/import/schema';

/** What a check found, in a sentence and four figures. */
export function CheckSummary({ found, locale, kept }: { found: CheckResult; locale: Locale; kept: boolean }) {
  const t = useTranslations('import.result');
  const shown = (count: number) => formatNumber(locale, count);
  const told = found.good === 0 ? t('none') : found.bad === 0 ? t('clean') : t('notClean', { bad: found.bad });
  return (
    <div className="grid gap-4">
      <Notice tone={found.bad === 0 ? 'good' : 'warn'} live title={told} />
      {kept ? null : <Notice title={t('erased')} />}
      <div className="grid grid-cols-2 gap-4 max-[20rem]:grid-cols-1 lg:grid-cols-4">
        <StatFigure label={t('rows')} value={shown(found.rows)} />
        <StatFigure label={t('good')} value={shown(found.good)} />
        <StatFigure label={t('bad')} value={shown(found.bad)} />
        <StatFigure label={t('warned')} value={shown(found.warned)} />
      </div>
    </div>
  );
}

/** Where what was written is: people of whom only the name is known stand among those nobody met yet. */
const places = {
  residents: '/manage/unreached/people?band=never',
  classes: '/manage/classes?state=draft',
  helpers: '/manage/teams',
  eligible: '/manage/eligible',
} as const;

/** What was written and what was left out. */
export function WriteSummary({ wrote, locale }: { wrote: WriteResult; locale: Locale }) {
  const t = useTranslations('import.result');
  const shown = (count: number) => formatNumber(locale, count);
  return (
    <div className="grid gap-4">
      <Notice
        tone={wrote.written > 0 ? 'good' : 'info'}
        live
        title={t('done', { written: wrote.written })}
        action={
          <ButtonLink href={places[wrote.kind]} variant="secondary" icon="arrow">
            {t(`see.${wrote.kind}`)}
          </ButtonLink>
        }
      />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
        <StatFigure label={t('written')} value={shown(wrote.written)} />
        <StatFigure label={t('left')} value={shown(wrote.bad)} />
        <StatFigure label={t('skipped')} value={shown(wrote.warned)} />
      </div>
    </div>
  );
}
