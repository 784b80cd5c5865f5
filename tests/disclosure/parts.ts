import { tiers, type Tier } from '@/lib/disclosure/schema';
import { keyOf, type World } from './world';

/** Groups by age lie within each other, so that they are attacked together whichever of their ways of dividing people is asked of. */
export const byAge = tiers.filter(({ name }) => ['older', 'adults', 'ages'].includes(name));
export const isByAge = ({ name }: Tier) => byAge.some((tier) => tier.name === name);
/** What the groups by age leave of each other: told nowhere, and as few people's affair. */
export const leftByAge: Record<string, readonly [plus: string, minus: string]> = {
  younger: ['all', 'age60'],
  adults_younger: ['adults', 'age60'],
  not_adults: ['all', 'adults'],
};

/** The groups that are told with a tier, each with the smallest parts it is made of. */
export function partsOf(tier: Tier): ReadonlyMap<string, readonly string[]> {
  if (isByAge(tier)) {
    const [older, younger, others] = [
      ['age_60_69', 'age_70'],
      ['age_18_34', 'age_35_59'],
      ['age_0_17', 'age_unknown'],
    ] as const;
    const all = [...older, ...younger, ...others];
    return new Map<string, readonly string[]>([
      ...all.map((group) => [group, [group]] as const),
      ['age60', older],
      ['adults', [...older, ...younger]],
      ['all', all],
      ['younger', [...younger, ...others]],
      ['adults_younger', younger],
      ['not_adults', others],
    ]);
  }
  const parts = new Map<string, readonly string[]>();
  const each = tier.sides.map((side, which) => [...side.parts, ...(tier.name === 'all' ? [] : [`rest ${which}`])]);
  for (const { parts: groups } of tier.sides) for (const group of groups) parts.set(group, [group]);
  if (tier.name !== 'all') parts.set('all', each.flat());
  return parts;
}

/** Of what groups by age leave of each other, how many there are; undefined of any group. */
export function leftOf({ exact }: World, area: number, period: string, measure: string, group: string) {
  const of = leftByAge[group];
  const [plus, minus] = (of ?? []).map((one) => exact.get(keyOf(area, period, measure, one)) ?? ([0, 0] as const));
  return plus && minus && ([plus[0] - minus[0], plus[1] - minus[1]] as const);
}
