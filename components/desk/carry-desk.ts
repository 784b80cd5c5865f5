'use client';

import { useLocale } from 'next-intl';
import { useEffect, useState } from 'react';
import type { StoredDesk } from '@/components/register/phone-store';
import { rollsChanged } from '@/components/register/rolls';
import { desksOf, fetchDesks } from './phone-desks';

const atLeastEveryMs = 60_000;

/** The desks on this phone, looked at again when they change. Null before the first look. */
export function useDesks(owner: string): readonly StoredDesk[] | null {
  const [desks, setDesks] = useState<readonly StoredDesk[] | null>(null);
  useEffect(() => {
    const look = () => void desksOf(owner).then(setDesks, () => setDesks([]));
    look();
    window.addEventListener(rollsChanged, look);
    return () => window.removeEventListener(rollsChanged, look);
  }, [owner]);
  return desks;
}

/** A desk that is opened is taken along, with whom one may name there, while there is signal. */
export function useCarriedDesk(owner: string, desk: string): StoredDesk | undefined {
  const language = useLocale();
  const desks = useDesks(owner);
  useEffect(() => {
    const fetch = () => {
      if (document.visibilityState === 'visible')
        void fetchDesks(owner, language, atLeastEveryMs, { opened: desk }).catch(() => undefined);
    };
    fetch();
    window.addEventListener('online', fetch);
    document.addEventListener('visibilitychange', fetch);
    return () => {
      window.removeEventListener('online', fetch);
      document.removeEventListener('visibilitychange', fetch);
    };
  }, [owner, desk, language]);
  return desks?.find(({ id }) => id === desk);
}
