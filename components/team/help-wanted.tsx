import { useLocale, useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icons';
import { StatusPill } from '@/components/ui/pill';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import { addDays, dayOf } from '@/lib/kernel/clock';
import type { WantingSession } from '@/lib/team/schema';

/**
 * Sessions of the coming week that lack somebody, each with the way to who might come: those of today and tomorrow at once, the later ones one
 * press away.
 */
export function HelpWanted({ total, rows, now }: { total: number; rows: readonly WantingSession[]; now: Date }) {
  const t = useTranslations('teams.wanted');
  if (total === 0) return null;
  const soon = rows.filter(({ startsAt }) => dayOf(startsAt) <= addDays(dayOf(now), 1));
  const later = rows.slice(soon.length);
  return (
    <section className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 className="text-xl">{t('title')}</h2>
        <p className="text-muted">
          {total > rows.length ? t('leadSome', { shown: rows.length, count: total }) : t('lead', { count: total })}
        </p>
      </div>
      {soon.length > 0 ? <Wanted rows={soon} /> : null}
      {later.length > 0 ? (
        <details className="group">
          <summary className="flex min-h-target cursor-pointer items-center gap-3 rounded-control">
            <Icon name="chevron" className="size-5 -rotate-90 text-lotus group-open:rotate-0" />
            <h3 className="text-base">{t('later', { count: later.length })}</h3>
          </summary>
          <Wanted rows={later} />
        </details>
      ) : null}
    </section>
  );
}

function Wanted({ rows }: { rows: readonly WantingSession[] }) {
  const t = useTranslations('teams.wanted');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  return (
    <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {rows.map((row) => (
        <li key={row.id} className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 py-3">
          <p className="w-full shrink-0 text-sm tabular-nums sm:w-44">
            {formatDay(locale, row.startsAt)}
            <b className="ml-2 text-base whitespace-nowrap sm:ml-0 sm:block">
              {formatTimeRange(locale, row.startsAt, row.endsAt)}
            </b>
          </p>
          <div className="min-w-0 grow basis-64">
            <p className="font-bold">{row.title}</p>
            <p className="text-sm text-muted">{row.venue}</p>
            <p className="mt-1 flex flex-wrap gap-2">
              {row.teacherWanted ? <StatusPill tone="bad">{t('teacher')}</StatusPill> : null}
              {row.wanted > 0 ? <StatusPill tone="warn">{t('helpers', { count: row.wanted })}</StatusPill> : null}
              {row.free > 0 ? <StatusPill tone="good">{t('free', { count: row.free })}</StatusPill> : null}
              {row.waiting > 0 ? <StatusPill tone="info">{t('waiting', { count: row.waiting })}</StatusPill> : null}
            </p>
          </div>
          <ButtonLink
            href={`/manage/classes/${row.classId}/helpers?session=${row.id}#find`}
            variant="secondary"
            icon="search"
          >
            {t('find')}
          </ButtonLink>
        </li>
      ))}
    </ul>
  );
}
