import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/ui/empty-state';
import { StatusPill } from '@/components/ui/pill';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import type { QueueLine } from '@/lib/visit/schema';
import { useAsked } from './asked-words';

/** Who waits for a visit, the most urgent first, and why in words. A list, so that on a phone nothing of it lies beside the screen. */
export function VisitQueue({ lines, locale }: { lines: readonly QueueLine[]; locale: Locale }) {
  const t = useTranslations('visits');
  if (lines.length === 0) return <EmptyState icon="check" title={t('queueNone')} />;
  return (
    <ul
      aria-label={t('queue')}
      className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface"
    >
      {lines.map((line) => (
        <li
          key={line.id}
          className="grid gap-x-6 gap-y-1 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)_minmax(9rem,auto)]"
        >
          <p>
            <Link
              href={`/manage/visits/requests/${line.id}`}
              prefetch={false}
              className="link inline-flex min-h-target items-center font-bold lg:min-h-6"
            >
              {line.fullName}
            </Link>
            <span className="block text-sm text-muted">{line.village}</span>
          </p>
          <Asked line={line} locale={locale} />
          <p className="lg:text-right">
            <State line={line} locale={locale} />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Why they come where they stand, what for, and when somebody is at home. */
function Asked({ line, locale }: { line: QueueLine; locale: Locale }) {
  const t = useTranslations('visits');
  const asked = useAsked();
  const { reasons } = line.priority;
  const times = asked.times(line.times);
  return (
    <div>
      <p className="text-field">
        {(reasons.length > 0 ? reasons.map((reason) => t(`reasons.${reason}`)) : [t('reasons.none')]).join(' · ')}
      </p>
      <p>{asked.needs(line.needs)}</p>
      <p className="text-sm text-muted">
        {[times, `${t('since')}: ${formatDate(locale, line.createdAt)}`].filter(Boolean).join(' · ')}
      </p>
    </div>
  );
}

function State({ line, locale }: { line: QueueLine; locale: Locale }) {
  const t = useTranslations('visits');
  if (line.plannedRound && line.plannedOn)
    return (
      <Link
        href={`/manage/visits/rounds/${line.plannedRound}`}
        prefetch={false}
        className="link inline-flex min-h-target items-center lg:min-h-6"
      >
        {t('plannedOn', { day: formatDate(locale, line.plannedOn) })}
      </Link>
    );
  return line.personId ? <StatusPill>{t('waits')}</StatusPill> : <StatusPill tone="warn">{t('notMatched')}</StatusPill>;
}
