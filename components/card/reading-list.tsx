import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icons';
import type { Reading } from '@/lib/card/schema';
import { formatDate, formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { readingWhys } from '@/lib/lookup/schema';
import { referralAsks } from '@/lib/referral/schema';

const roles = ['helper', 'organiser', 'desk_officer', 'unit_leader', 'province_leader', 'province_admin'] as const;
const purposes = {
  record: 'record',
  enrol: 'enrol',
  correct: 'correct',
  card: 'print',
  export: 'export',
  recheck: 'recheck',
  household: 'household',
  outside: 'outside',
  referral: 'referral',
  refer: 'refer',
  'person.open': 'opened',
  visit: 'visit',
  'person.correct': 'corrected',
  'card.make': 'cardMade',
  'card.replace': 'cardReplaced',
} as const;

/** What somebody of another unit read for (lib/lookup), or what a referral asks (lib/referral). */
const whys = [...readingWhys, ...referralAsks] as const;

const isPurpose = (key: string): key is keyof typeof purposes => key in purposes;

/** When, in which role and place, and what for: one line each, newest first. */
export function ReadingList({ readings, locale }: { readings: readonly Reading[]; locale: Locale }) {
  const t = useTranslations('card');
  const a = useTranslations('account');
  // The holder's own readings stand there too: whoever did not open the card on that day knows that somebody else did.
  return (
    <div className="grid gap-4">
      {readings.every(({ own }) => own) ? <p>{t('readersNone')}</p> : null}
      <ul className="grid gap-3">
        {readings.map((reading, at) => {
          const role = roles.find((known) => known === reading.role);
          const purpose = reading.purpose ?? '';
          const why = whys.find((known) => known === reading.why);
          return (
            <li key={at} className="flex gap-3 rounded-card border-[1.5px] border-line bg-surface px-4 py-3">
              <Icon name={reading.own ? 'idcard' : 'person'} className="mt-0.5 size-6 text-field" />
              <span className="min-w-0">
                <span className="block font-bold">
                  {reading.own
                    ? t('readByYou', { count: reading.times })
                    : [role ? a(`roles.${role}`) : t('readByStaff'), reading.place].filter(Boolean).join(' · ')}
                </span>
                {reading.own ? null : (
                  <span className="block">{t(`purpose.${isPurpose(purpose) ? purposes[purpose] : 'other'}`)}</span>
                )}
                {why ? <span className="block">{t(`why.${why}`)}</span> : null}
                <span className="block text-muted">
                  {reading.own ? formatDate(locale, reading.at) : formatDateTime(locale, reading.at)}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
