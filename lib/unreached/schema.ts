import { z } from 'zod';
import { areaId, emptyAsMissing, sortAsked } from '@/lib/kernel/input';

/** The rungs somebody known stands on, from the lowest. */
export const knownBands = ['never', 'contacted', 'blocked', 'inClass', 'helped', 'alone'] as const;
export type KnownBand = (typeof knownBands)[number];
/** All bands of a place: first those who live there and whom nobody has written down. */
export const bands = ['unknown', ...knownBands] as const;
export type Band = (typeof bands)[number];

/** Of whom: adults are all who are not known to be younger than 18; people of 60 and over are those who are known to be. */
export const bandGroups = ['adults', 'age60'] as const;
export type BandGroup = (typeof bandGroups)[number];

export type BandCounts = Readonly<Record<KnownBand, number>>;

/** The people of a place by bands, which add up to `total`. */
export interface PlaceBands {
  /** How many live there, as somebody declared last; null where nobody did. */
  readonly declared: number | null;
  readonly known: number;
  /** Declared, or known where more are known than were declared, or nobody declared. */
  readonly total: number;
  /** Null where nobody declared how many live there: then nobody can say. */
  readonly unknown: number | null;
  readonly counts: BandCounts;
  /** More are known than were declared: the declared number is older, or too low. */
  readonly declaredTooLow: boolean;
  /** Those nobody has had to do with, written down or not; null where nobody can say how many live there. */
  readonly unreached: number | null;
}

export interface BandPlace extends PlaceBands {
  readonly id: number;
  readonly name: string;
  /** Of those known: the commune or ward is, the village is not. Nobody can say how many of them there are. */
  readonly villageUnknown: boolean;
  /** Known there, with no year of birth. */
  readonly ageUnknown: number;
  readonly asOf: string | null;
}

export const bandSorts = ['unreached', 'name', 'total', ...bands] as const;

const group = z.enum(bandGroups).catch('adults');
const page = z.coerce.number().int().min(1).max(2000).catch(1);

/** `/manage/unreached?area=&group=age60&sort=&page=` */
export const bandsAddress = z.object({ area: emptyAsMissing(areaId), group, sort: sortAsked, page });

/** `/manage/unreached/people?area=&own=&group=age60&band=never&page=`; `own`: of that area alone, nothing below it. */
export const bandPeopleAddress = z.object({
  area: emptyAsMissing(areaId),
  own: z.literal('1').optional().catch(undefined),
  group,
  band: z.enum(knownBands).catch('never'),
  page,
});
