import { z } from 'zod';
import { id } from '@/lib/kernel/input';

/** The person whose record is open, and the other one: who comes into their household, or who leaves it. */
export const linkInput = z.object({ personId: id, otherId: id });
export type Link = z.output<typeof linkInput>;

/** Who would be more than this under one roof is a mistake, or several households. */
export const mostMembers = 30;

/** Somebody of a household, as far as the caller may look them up. */
export interface HouseholdMember {
  readonly id: string;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly village: string;
  readonly since: Date;
}
