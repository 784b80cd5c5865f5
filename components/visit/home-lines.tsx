'use client';

import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { CopyButton } from '@/components/ui/copy-button';
import { TextArea } from '@/components/ui/inputs';
import { StatusPill } from '@/components/ui/pill';
import { formatDate, formatDay, formatTimeRange } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import type { HomeLine, RoundLine } from '@/lib/visit/schema';
import { PhoneOf } from './request-facts';
import { outcomeTones } from './outcome-tones';
import { useAsked } from './asked-words';

/** The homes of a round: who, what for, the number of the day, and what came of it. */
export function HomeLines({
  homes,
  round,
  ring = null,
  locale,
  tell,
  takeOff,
}: {
  homes: readonly HomeLine[];
  round: RoundLine;
  /** The number a household may ring to ask again. */
  ring?: string | null;
  locale: Locale;
  tell: FormAction | null;
  takeOff: FormAction | null;
}) {
  const t = useTranslations('visits');
  const asked = useAsked();
  return (
    <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {homes.map((home) => (
        <li key={home.id} className="grid gap-2 px-4 py-4">
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
            <p className="min-w-0">
              <Link href={`/manage/visits/${home.id}`} prefetch={false} className="link font-bold">
                {home.fullName || t('nameGone')}
              </Link>
              {home.birthYear ? <span className="text-muted"> ({home.birthYear})</span> : null}
            </p>
            {round.calledOff ? (
              home.toldAt ? (
                <p className="text-muted">{t('numberOff')}</p>
              ) : null
            ) : home.pin === '' ? (
              <p className="text-muted">{t('metNoNumber')}</p>
            ) : (
              <p>
                {t('number')} <b className="text-lg tracking-widest tabular-nums">{home.pin}</b>
              </p>
            )}
          </div>
          <p className="text-sm text-muted">
            {[
              home.needs.length > 0 ? asked.needs(home.needs) : t('noRequest'),
              home.times.length > 0 ? asked.times(home.times) : null,
              home.words || null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {home.phone ? (
            <p>
              <PhoneOf phone={home.phone} of={home.phoneOf ?? 'self'} />
            </p>
          ) : null}
          <div className="flex flex-wrap gap-2">
            {home.outcome ? (
              <StatusPill tone={outcomeTones[home.outcome]}>{t(`outcomes.${home.outcome}`)}</StatusPill>
            ) : round.calledOff ? null : (
              <StatusPill>{t('notRecorded')}</StatusPill>
            )}
            {home.toldAt && !round.calledOff ? (
              <StatusPill tone="good">{t('toldOn', { day: formatDate(locale, home.toldAt) })}</StatusPill>
            ) : null}
          </div>
          {tell && !home.toldAt ? (
            <ActForm
              fold={{ summary: t('tellAsk') }}
              action={tell}
              fields={{ visitId: home.id }}
              variant="secondary"
              label={t('markTold')}
              pendingLabel={t('saving')}
            >
              <div className="mb-4 grid gap-4">
                <TextArea
                  name={`text-${home.id}`}
                  id={`text-${home.id}`}
                  label={t('tellText')}
                  hint={t('tellHint')}
                  // All of it to be seen while it is read out; rows where the browser does not fit a box to its words.
                  rows={9}
                  style={{ fieldSizing: 'content' }}
                  readOnly
                  value={t('tellWords', {
                    helpers: round.helpers.length,
                    team: round.team,
                    day: formatDay(locale, round.day),
                    time: formatTimeRange(locale, round.startsAt, round.endsAt),
                    pin: home.pin,
                    ring: ring ? phoneForReading(ring) : 'none',
                  })}
                />
                <div>
                  <CopyButton of={`text-${home.id}`} copied={t('copied')}>
                    {t('copy')}
                  </CopyButton>
                </div>
              </div>
            </ActForm>
          ) : null}
          {takeOff && !home.outcome ? (
            <div className="-ml-5">
              <ActForm
                action={takeOff}
                fields={{ visitId: home.id }}
                variant="quiet"
                label={t('takeOff', { name: home.fullName })}
                pendingLabel={t('saving')}
              />
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
