import { z } from 'zod';
import { dayOf } from '@/lib/kernel/clock';
import { areaId, countTyped, day, text } from '@/lib/kernel/input';

/** Whom a place can be asked the number of, in the order they are asked. `households` counts households; the others people. */
export const eligibleGroups = [
  'all',
  'adults',
  'age14',
  'women',
  'age_0_17',
  'age_18_34',
  'age_35_59',
  'age60',
  'age_60_69',
  'age_70',
  'ethnic_minority',
  'disability',
  'poor_household',
  'households',
] as const;
export type EligibleGroup = (typeof eligibleGroups)[number];

/** Groups nobody should be recognised as one of: few people of them are told only to whoever may look people up there. */
export const sensitiveGroups: readonly string[] = ['ethnic_minority', 'disability', 'poor_household'];

const people = countTyped();

export const counts = {
  all: people,
  adults: people,
  age14: people,
  women: people,
  age_0_17: people,
  age_18_34: people,
  age_35_59: people,
  age60: people,
  age_60_69: people,
  age_70: people,
  ethnic_minority: people,
  disability: people,
  poor_household: people,
  households: people,
};
export type Counts = Partial<Record<EligibleGroup, number | undefined>>;

/** The day a source speaks of: not one to come. */
export const sourceDay = day.refine((typed) => typed <= dayOf(new Date()), 'sourceDayAhead');
export const sourceName = text(200, 'sourceMissing');

/** Which group says more people than one it is part of; null where all fit. */
export function tooMany(said: Counts): EligibleGroup | null {
  const within: readonly (readonly [EligibleGroup, EligibleGroup])[] = [
    ...eligibleGroups
      .filter((group) => group !== 'all' && group !== 'households')
      .map((group) => [group, 'all'] as const),
    ['age60', 'adults'],
    ['age_18_34', 'adults'],
    ['age_35_59', 'adults'],
    ['age_60_69', 'age60'],
    ['age_70', 'age60'],
    ['adults', 'age14'],
  ];
  const found = within.find(([part, whole]) => (said[part] ?? 0) > (said[whole] ?? Infinity));
  return found?.[0] ?? null;
}

/** The form of one place. At least one count. */
export const eligibleInput = z
  .object({ areaId, ...counts, source: sourceName, asOf: sourceDay })
  .superRefine((said, issues) => {
    const wrong = tooMany(said);
    if (wrong) issues.addIssue({ code: 'custom', path: [wrong], message: 'moreThanWhole' });
    if (eligibleGroups.every((group) => said[group] === undefined))
      issues.addIssue({ code: 'custom', path: ['all'], message: 'countsMissing' });
  });
export type EligibleInput = z.output<typeof eligibleInput>;

/** The page's address: around which place, and which one to fill in. */
export const eligibleAddress = z.object({
  area: areaId.optional().catch(undefined),
  edit: areaId.optional().catch(undefined),
  done: z.literal('saved').optional().catch(undefined),
});

/** What an area said last of a group. */
export interface Said {
  readonly people: number;
  readonly source: string;
  readonly asOf: string;
}

/** The same, of a sensitive group: whether the caller may look people up there, and so is told of few. */
export interface SaidToCaller extends Said {
  readonly exact: boolean;
}

/** How many of a group live in an area, and whose word that is. */
export interface Eligible {
  /** Null where nobody said anything. */
  readonly people: number | null;
  /** The area's own declaration, or the sum of the places below it. */
  readonly from: 'own' | 'below' | 'none';
  /** Whether the number is of the whole area: its own, or of every place below. */
  readonly complete: boolean;
  /** Places directly below whose own number is whole, and how many there are; both 0 for an own declaration. */
  readonly declared: number;
  readonly places: number;
  /** The oldest day in it. */
  readonly asOf: string | null;
  /** Of an own declaration. */
  readonly source: string | null;
  /** So few people of a sensitive group that the number is not told to the caller; `people` is null then. */
  readonly hidden: boolean;
  /** Places below whose number is hidden and is not in `people` either, since it could be worked out. */
  readonly leftOut: number;
}

/** One line of the page: a place and what is known of each group there. */
export interface EligibleRow {
  readonly id: number;
  readonly name: string;
  readonly groups: Readonly<Record<string, Eligible>>;
}
