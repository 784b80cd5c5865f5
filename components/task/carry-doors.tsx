'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState, type ReactNode } from 'react';
import type { StoredDoor } from '@/components/register/phone-store';
import { useWorker } from '@/components/register/phone-status';
import { rollsChanged } from '@/components/register/rolls';
import { doorsOf, fetchRounds } from '@/components/visit/phone-rounds';

const atLeastEveryMs = 60_000;

/** The doors on this phone, looked at again when they change. Null before the first look. */
export function useDoors(owner: string): readonly StoredDoor[] | null {
  const [doors, setDoors] = useState<readonly StoredDoor[] | null>(null);
  useEffect(() => {
    const look = () => void doorsOf(owner).then(setDoors, () => setDoors([]));
    look();
    window.addEventListener(rollsChanged, look);
    return () => window.removeEventListener(rollsChanged, look);
  }, [owner]);
  return doors;
}

/**
 * On pages of tasks: the phone takes the doors along of what was given to its holder, and says so once it has them; on the page of one door (`person`), once it has that one.
 * `children` are said where it has none.
 */
export function CarryDoors({ owner, person, children }: { owner: string; person?: string; children?: ReactNode }) {
  const t = useTranslations('register');
  const language = useLocale();
  const doors = useDoors(owner);
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
  const carried = doors?.filter(({ id }) => person === undefined || id === person) ?? [];
  if (!ready || carried.length === 0) return children;
  return (
    <p data-doors="" className="max-w-prose text-sm text-muted print:hidden">
      {t(person === undefined ? 'carriedDoors' : 'carriedDoor', { count: carried.length })}
    </p>
  );
}
