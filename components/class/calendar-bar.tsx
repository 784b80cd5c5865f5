import { useLocale, useTranslations } from 'next-intl';
import { addressWith, type Address } from '@/components/ui/address';
import { ButtonLink } from '@/components/ui/button';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { stepFrom, type CalendarView } from '@/lib/manage/rules';

const views = ['list', 'week', 'month'] as const;

/** The ways to look at the same classes; the list comes first. Filters stay. */
export function ViewSwitch({ address, now }: { address: Address; now: CalendarView | undefined }) {
  const t = useTranslations('edits.views');
  return (
    <nav aria-label={t('label')}>
      <ul className="flex flex-wrap gap-2">
        {views.map((view) => {
          const chosen = view === (now ?? 'list');
          return (
            <li key={view}>
              <Link
                href={addressWith(address, {
                  view: view === 'list' ? undefined : view,
                  page: undefined,
                  ...(view === 'list' ? { day: undefined } : {}),
                })}
                prefetch={false}
                aria-current={chosen ? 'page' : undefined}
                className="inline-flex min-h-target items-center rounded-full border-2 border-edge px-4 aria-[current]:border-field aria-[current]:bg-field-tint aria-[current]:font-bold aria-[current]:text-field"
              >
                {t(view)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** Which week or month is shown, and the way to the one before, after, and today's. */
export function CalendarBar({
  address,
  view,
  day,
  today,
  weeks,
}: {
  address: Address;
  view: CalendarView;
  day: string;
  today: string;
  weeks: readonly (readonly string[])[];
}) {
  const t = useTranslations('edits.grid');
  const to = (wanted: string) => addressWith(address, { day: wanted });
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <h2 className="text-xl">{useShownWords({ view, day, weeks })}</h2>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href={to(stepFrom(view, day, -1))} variant="secondary" icon="back">
          {t('before')}
        </ButtonLink>
        <ButtonLink href={to(today)} variant="quiet">
          {t('today')}
        </ButtonLink>
        <ButtonLink href={to(stepFrom(view, day, 1))} variant="secondary" icon="arrow">
          {t('after')}
        </ButtonLink>
      </div>
    </div>
  );
}

/** The week or month shown, in words. */
export function useShownWords({
  view,
  day,
  weeks,
}: {
  view: CalendarView;
  day: string;
  weeks: readonly (readonly string[])[];
}): string {
  const t = useTranslations('edits.grid');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  if (view === 'month') return t('month', { month: day.slice(5, 7), year: day.slice(0, 4) });
  const days = weeks.flat();
  const [first = day, last = day] = [days[0], days.at(-1)];
  return t('week', { first: formatDate(locale, first), last: formatDate(locale, last) });
}
