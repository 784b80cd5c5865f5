'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { StoredRound } from '@/components/register/phone-store';
import { useWorker } from '@/components/register/phone-status';
import { rollsChanged } from '@/components/register/rolls';
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

/** On pages of visits: the phone takes the rounds along that its holder goes on, and says once it has them. */
export function CarryRounds({ owner }: { owner: string }) {
  const t = useTranslations('register');
  const language = useLocale();
  const rounds = useRounds(owner);
  const ready = useWorker();
  useEffect(() => {
    const fetch = () => {
      if (document.visibilityState === 'visible')
        void fetchRounds(owner, language, atLeastEveryMs, true).catch(() => undefined);
    };
    fetch();
    window.addEventListener('online', fetch);
    document.addEventListener('visibilitychange', fetch);
    return () => {
      window.removeEventListener('online', fetch);
      document.removeEventListener('visibilitychange', fetch);
    };
  }, [owner, language]);
  const homes = rounds?.reduce((sum, { round }) => sum + round.visits.length, 0) ?? 0;
  if (!ready || homes === 0) return null;
  return (
    <p data-carried="" className="text-sm text-muted">
      {t('carried', { count: homes })}
    </p>
  );
}
