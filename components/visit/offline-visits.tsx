'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { StoredRound } from '@/components/register/phone-store';
import { useQueue } from '@/components/register/use-register';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { formatDay } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { dayOf } from '@/lib/kernel/clock';
import { outOfTime, type PackedHome, type PackedRound } from '@/lib/visit/rules';
import type { HomeLine } from '@/lib/visit/schema';
import { portalNow, newOperationId } from '../register/portal';
import { useRounds } from './carry-rounds';
import { DoorFacts } from './door-facts';
import { DoorSheet } from './door-sheet';
import { HomeLines } from './home-lines';
import { homesMet, homeWith } from './local-home';
import { RoundLines } from './round-lines';

/** A packed home as lists show it: phones carry no numbers. */
const shown = (home: PackedHome): HomeLine => ({ ...home, phone: null, phoneOf: null, toldAt: null, rungBackAt: null });

/** The rounds on this phone with every act made here on top. */
function useRoundsHere(owner: string): readonly StoredRound[] | null {
  const rounds = useRounds(owner);
  const { operations } = useQueue(owner);
  return (
    rounds
      ?.map((row) => {
        const all = [...row.round.visits, ...homesMet(row.round, operations)];
        const visits = all.map((home) => homeWith(home, operations));
        const recorded = visits.filter(({ outcome }) => outcome !== null).length;
        return {
          ...row,
          round: { ...row.round, visits, recorded, homes: row.round.homes + all.length - row.round.visits.length },
        };
      })
      .toSorted((one, other) => one.round.startsAt.getTime() - other.round.startsAt.getTime()) ?? null
  );
}

/** The rounds one goes on, as this phone knows them; nothing where there are none. */
export function RoundsHere({ owner, locale, page = false }: { owner: string; locale: Locale; page?: boolean }) {
  const t = useTranslations('visits');
  const rounds = useRoundsHere(owner);
  if (!rounds) return null;
  const today = dayOf(new Date(portalNow()));
  const from = rounds.filter(({ round }) => page || round.day === today).map(({ round }) => round);
  if (from.length === 0 && !page) return null;
  return (
    <section className="grid grid-cols-1 gap-3">
      {page ? <PageHeading>{t('title')}</PageHeading> : <h2 className="text-xl">{t('roundsHere')}</h2>}
      {from.length > 0 ? (
        <RoundLines rounds={from} locale={locale} />
      ) : (
        <EmptyState icon="home" title={t('noRoundHere')}>
          {t('noRoundHereBody')}
        </EmptyState>
      )}
    </section>
  );
}

/** One round: to whom it goes. */
export function RoundHere({ owner, round: id, locale }: { owner: string; round: string; locale: Locale }) {
  const t = useTranslations('visits');
  const rounds = useRoundsHere(owner);
  const round = rounds?.find((row) => row.id === id)?.round;
  if (!rounds) return <p role="status">{t('opening')}</p>;
  if (!round) return <NotHere />;
  const today = dayOf(new Date(portalNow()));
  return (
    <div className="grid grid-cols-1 gap-6">
      <Path />
      <PageHeading above={formatDay(locale, round.day)}>{t('roundIn', { village: round.village })}</PageHeading>
      {round.deskId && round.day === today ? (
        <div>
          <ButtonLink href={`/manage/desk?desk=${round.deskId}`} icon="hand">
            {t('pointLog')}
          </ButtonLink>
        </div>
      ) : null}
      {outOfTime(round.day, today, today) === null ? (
        <div>
          <ButtonLink href={`/manage/visits/rounds/${round.id}/met`} variant="secondary" icon="plus">
            {t('metAsk')}
          </ButtonLink>
        </div>
      ) : null}
      <HomeLines homes={round.visits.map(shown)} round={round} locale={locale} tell={null} takeOff={null} />
    </div>
  );
}

/**
 * At one door, as online; also of somebody who was met on the way (`met`: just now). The home is read once: what happens to it while it is open is the
 * sheet's own business.
 */
export function DoorHere({
  owner,
  visit,
  locale,
  met = false,
}: {
  owner: string;
  visit: string;
  locale: Locale;
  met?: boolean;
}) {
  const t = useTranslations('visits');
  const rounds = useRounds(owner);
  const { operations, known } = useQueue(owner);
  const found = rounds
    ?.map((row) => {
      const all = [...row.round.visits, ...homesMet(row.round, operations)];
      return { ...row, home: all.find(({ id }) => id === visit) };
    })
    .find(({ home }) => home);
  const [opened, setOpened] = useState<{ round: PackedRound; home: PackedHome; steps: StoredRound['steps'] } | null>(
    null,
  );
  if (found?.home && !opened) setOpened({ round: found.round, home: found.home, steps: found.steps });
  if (!rounds || (!known && !found) || (found && !opened)) return <p role="status">{t('opening')}</p>;
  if (!opened || !found) return <NotHere />;
  const { round, home, steps } = opened;
  return (
    <div className="mx-auto grid w-full max-w-3xl grid-cols-1 gap-6">
      <Path round={round} />
      {met ? <Notice tone="good" live opensPage title={t('done.met')} /> : null}
      <PageHeading above={round.village}>{home.fullName || t('nameGone')}</PageHeading>
      <DoorFacts home={shown(home)} locale={locale} />
      {round.day > dayOf(new Date(portalNow())) ? (
        <Notice tone="info" title={t('early')} />
      ) : (
        <DoorSheet
          home={home}
          steps={steps}
          owner={owner}
          endsAtMs={round.endsAt.getTime()}
          locale={locale}
          plain={null}
          keys={[newOperationId(), newOperationId()]}
        />
      )}
    </div>
  );
}

function Path({ round }: { round?: PackedRound }) {
  const t = useTranslations('visits');
  return (
    <Breadcrumbs
      items={[
        { label: t('title'), href: '/manage/visits' },
        ...(round
          ? [{ label: t('round'), href: `/manage/visits/rounds/${round.id}` }, { label: t('door') }]
          : [{ label: t('round') }]),
      ]}
    />
  );
}

/** That of this round the phone has nothing. */
export function NotHere() {
  const t = useTranslations('visits');
  return (
    <EmptyState icon="home" title={t('noRoundHere')}>
      {t('noRoundHereBody')}
    </EmptyState>
  );
}
