'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { StoredRound } from '@/components/register/phone-store';
import { useWorker } from '@/components/register/phone-status';
import { rollsChanged } from '@/components/register/rolls';
import { useDesks } from '../desk/carry-desk';
import { fetchDesks } from '../desk/phone-desks';
import { fetchRounds, roundsOf } from './phone-rounds';

const atLeastEveryMs = 60_000;

/** The rounds on this phone, looked at again when they change. Null before the first look. */
export function useRounds(owner: string): readonly StoredRound[] | null {
  const [rounds, setRounds] = useState<readonly StoredRound[] | null>(null);
  useEffect(() => {
    const look = () => void roundsOf(owner).then(setRounds, () => setRounds([]));
    look();
    window.addEventListener(rollsChanged, look);
    return () => window.removeEventListener(rollsChanged, look);
  }, [owner]);
  return rounds;
}

/** On pages of visits: the phone takes the rounds along that its holder goes on, and says once it has them; on those of one round, once it has that one. */
export function CarryRounds({ owner, roundId }: { owner: string; roundId?: string }) {
  const t = useTranslations('register');
  const language = useLocale();
  const rounds = useRounds(owner);
  const ready = useWorker();
  const desks = useDesks(owner);
  useEffect(() => {
    const fetch = () => {
      if (document.visibilityState === 'visible') void carry().catch(() => undefined);
    };
    const carry = async () => {
      await fetchRounds(owner, language, atLeastEveryMs, true);
      // With a point comes whom one may meet there.
      const points = (await roundsOf(owner)).flatMap(({ round }) => round.deskId ?? []);
      for (const opened of points) await fetchDesks(owner, language, atLeastEveryMs, { opened });
    };
    fetch();
    window.addEventListener('online', fetch);
    document.addEventListener('visibilitychange', fetch);
    return () => {
      window.removeEventListener('online', fetch);
      document.removeEventListener('visibilitychange', fetch);
    };
  }, [owner, language]);
  const carried = rounds?.filter(({ id }) => roundId === undefined || id === roundId) ?? [];
  const homes = carried.reduce((sum, { round }) => sum + round.visits.length, 0);
  const people = desks?.reduce((sum, { desk }) => sum + desk.people.length, 0) ?? 0;
  if (!ready || homes + people === 0 || (roundId && carried.length === 0)) return null;
  return (
    <p data-carried="" className="text-sm text-muted">
      {homes > 0 ? t('carried', { count: homes }) : null} {people > 0 ? t('carriedPeople', { count: people }) : null}
    </p>
  );
}
