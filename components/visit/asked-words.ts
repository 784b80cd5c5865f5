import { useTranslations } from 'next-intl';
import { listed } from '@/lib/i18n/format';
import type { VisitNeed, VisitTime } from '@/lib/visit/schema';

type Words = (key: `need.${VisitNeed}` | `time.${VisitTime}` | 'anyTime') => string;

/** What a visit is for and when somebody is at home, each in one line. `w` speaks the words of `visitWords`. */
export const askedWords = (w: Words) => ({
  needs: (needs: readonly VisitNeed[]) => listed(needs.map((need) => w(`need.${need}`))),
  times: (times: readonly VisitTime[]) =>
    times.length > 0 ? listed(times.map((time) => w(`time.${time}`))) : w('anyTime'),
});

export const useAsked = () => askedWords(useTranslations('visitWords'));
