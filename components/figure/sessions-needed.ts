import { useTranslations } from 'next-intl';
import { useIndicatorNumbers } from '@/components/indicator/numbers';
import { dayOf, daysBetween } from '@/lib/kernel/clock';
import type { Period } from '@/lib/period/schema';
import { farTimes, sessionsReach } from '@/lib/target/rules';
import type { Standing } from '@/lib/target/schema';

/** What the gap to a target means in sessions, beside how many there is room for: a number nobody can hold is said to be one. */
export function useSessionsNeeded(period: Period, freshAt: Date | null) {
  const t = useTranslations('dashboard.needed');
  const { count } = useIndicatorNumbers();
  return ({ sessions, room }: Standing): string | null => {
    if (!sessions) return null;
    if (room === null || freshAt === null) return t('plain', { count: sessions });
    const days = Math.max(0, daysBetween(dayOf(freshAt), period.to));
    return t(sessionsReach(sessions, room), { count: sessions, room: count(room), days, times: farTimes });
  };
}
