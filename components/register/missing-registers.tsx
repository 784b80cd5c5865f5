import { useLocale, useTranslations } from 'next-intl';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Watcher } from '@/lib/register/rules';
import { placeOf, type SessionLineView } from '../class/session-lines';
import { ButtonLink } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { StatusPill } from '../ui/pill';

type Missing = SessionLineView & { readonly team: string; readonly reached: Watcher };

/** Sessions whose register is missing: how long, who teaches them, whom it has come up to, and the way to take it. */
export function MissingRegisters({ rows, now }: { rows: readonly Missing[]; now: Date }) {
  const t = useTranslations('register.missing');
  const m = useTranslations('manage');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  if (rows.length === 0) return <EmptyState icon="check" title={t('none')} />;
  return (
    <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {rows.map((one) => (
        <li key={one.id} className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 py-3">
          <p className="w-full shrink-0 text-sm tabular-nums sm:w-36">
            <span className="mr-2 sm:mr-0 sm:block">{formatDay(locale, one.startsAt)}</span>
            <b className="text-base whitespace-nowrap">{formatTimeRange(locale, one.startsAt, one.endsAt)}</b>
          </p>
          <div className="min-w-0 grow basis-64">
            <p>
              <Link href={`/manage/classes/${one.classId}`} prefetch={false} className="link font-bold">
                {one.title}
              </Link>
            </p>
            <p className="text-sm text-muted">{placeOf(one)}</p>
            <p className="text-sm">
              {t('team')}: {one.team}
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-3">
            <StatusPill tone={one.reached === 'organiser' ? 'warn' : 'bad'}>
              {t('late', { days: Math.floor((now.getTime() - one.endsAt.getTime()) / 86_400_000) })}
            </StatusPill>
            {one.reached === 'organiser' ? null : <span className="text-sm">{t(`reached.${one.reached}`)}</span>}
            {one.mayMark ? (
              <ButtonLink href={`/manage/sessions/${one.id}`} variant="secondary" icon="check">
                {one.started ? m('continueRegister') : m('takeRegister')}
              </ButtonLink>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
