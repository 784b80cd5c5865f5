import { useTranslations } from 'next-intl';
import { Icon, skillIcon } from '@/components/ui/icons';
import { StatusPill } from '@/components/ui/pill';
import type { ClassCard } from '@/lib/class/schema';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { OfClass } from './class-named';

/** Classes in short: what, when, where, is there room. The whole row leads to the class. */
export function ClassShorts({ classes, locale }: { classes: readonly ClassCard[]; locale: Locale }) {
  const t = useTranslations('class');
  return (
    <ul className="divide-y-[1.5px] divide-line overflow-hidden rounded-card border-[1.5px] border-line bg-surface lg:grid lg:auto-cols-fr lg:grid-flow-col lg:divide-x-[1.5px] lg:divide-y-0">
      {classes.map((one) => (
        <li key={one.id} className="relative flex gap-3.5 p-4 hover:bg-field-tint sm:p-5">
          <span className="grid size-12 shrink-0 place-items-center rounded-card bg-sun text-sun-ink">
            <Icon name={skillIcon(one.skillCode ?? 'Z')} className="size-8" />
          </span>
          <div className="grid min-w-0 grow gap-0.5">
            <Link
              href={`/classes/${one.id}`}
              prefetch={false}
              className="link inline-flex min-h-target items-center text-lg leading-snug font-bold after:absolute after:inset-0"
            >
              {one.title}
              <OfClass card={one} locale={locale} />
            </Link>
            <p className="font-bold">
              {formatDay(locale, one.nextStartsAt)}, {formatTimeRange(locale, one.nextStartsAt, one.nextEndsAt)}
            </p>
            <p>{[one.placeName, one.unitName].filter(Boolean).join(', ')}</p>
            <p className="mt-1">
              <StatusPill tone="good">{t('seatsLeft', { count: one.seatsLeft })}</StatusPill>
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
