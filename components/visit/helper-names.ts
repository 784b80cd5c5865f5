import { useTranslations } from 'next-intl';
import type { Choice } from '@/components/ui/inputs';
import { suits, suitsThen, type RoundHelper } from '@/lib/visit/rules';

/**
 * Those who may be sent, as choices: with the languages they speak besides Vietnamese and, where the time is known, how it suits them, those it suits
 * first. Nobody is left out: what stands against them is told, and refused when it is sent.
 */
export function useHelperNames(): (
  helpers: readonly RoundHelper[],
  then: Parameters<typeof suitsThen>[1] | null,
) => Choice[] {
  const t = useTranslations('visits');
  return (helpers, then) => {
    const told = helpers.map((one) => ({ ...one, how: then ? suitsThen(one, then) : null }));
    return (then ? told.toSorted((one, other) => order(one.how) - order(other.how)) : told).map(
      ({ id, fullName, languages, how }) => ({
        value: id,
        label: [
          fullName,
          ...languages.flatMap((one) => (one === 'vi' ? [] : [t(`speaks.${one}`)])),
          ...(how === null || how === 'unsaid' ? [] : [t(`suits.${how}`)]),
        ].join(' · '),
      }),
    );
  };
}

const order = (how: (typeof suits)[number] | null) => (how === null ? 0 : suits.indexOf(how));
