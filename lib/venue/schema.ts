import { z } from 'zod';
import { areaId, emptyAsMissing, id, optionalText, text, ticked, wholeNumber } from '@/lib/kernel/input';

const details = {
  name: text(120),
  address: text(200),
  wayThere: optionalText(300),
  seats: emptyAsMissing(wholeNumber(1, 2000, 'seatsRange')),
  stepFree: ticked,
  power: ticked,
  wifi: ticked,
};

/** A new venue: what it is, and in which area of the caller's. */
export const newVenueInput = z.object({ areaId, ...details });
/** A venue as it is from now on; where it lies does not change. */
export const venueInput = z.object({ id, ...details });
export type VenueDetails = Omit<z.output<typeof venueInput>, 'id'>;

export const venueIdInput = z.object({ id });

export const venueListInput = z.object({
  area: areaId.optional().catch(undefined),
  retired: z.literal('1').optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(500).catch(1),
});
export type VenueListInput = z.output<typeof venueListInput>;

/** A venue as a line: what there is, and what meets there. */
export interface VenueLine {
  readonly id: string;
  readonly name: string;
  readonly area: string;
  readonly seats: number | null;
  readonly stepFree: boolean;
  readonly power: boolean;
  readonly wifi: boolean;
  readonly retiredAt: Date | null;
  readonly sessionsToCome: number;
  readonly nextStartsAt: Date | null;
}

/** A class that still meets at a venue. */
export interface MeetsThere {
  readonly classId: string;
  readonly title: string;
  readonly nextStartsAt: Date;
  readonly nextEndsAt: Date;
  readonly sessionsToCome: number;
  readonly capacity: number;
}
