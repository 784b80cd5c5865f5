import { z } from 'zod';
import { birthYear, emptyAsMissing, id, optionalText, text } from '@/lib/kernel/input';
import { fold } from '@/lib/kernel/text';

/** What somebody of another unit opens a record for. */
export const readingWhys = ['asks_class', 'asks_help', 'moved_here', 'duplicate', 'relative', 'other'] as const;

/** Searches of one account in a day, and readings it opens: as many as a busy desk needs, too few to list a village. */
export const mostSearches = 20;
export const mostReadings = 10;
/** Results of one search; who has more namesakes says both the year and the digits. */
export const mostHits = 5;
/** Minutes for which what a search found can be opened. */
export const searchMinutes = 15;
export const readingHours = 3;
/** So many days nobody opens again what the owning unit had closed for them. */
export const stoppedDays = 30;

/** Somebody of another unit: the whole name, and the year of birth or the last four digits of their phone; both when one is not enough. */
export const lookupForm = z
  .object({
    name: text(100, 'lookupName').refine((typed) => fold(typed).split(' ').length >= 2, 'lookupName'),
    birthYear,
    digits: emptyAsMissing(
      z
        .string('lookupDigits')
        .max(60, 'lookupDigits')
        .transform((typed) => typed.normalize('NFKC').replace(/\D/g, ''))
        .refine((typed) => typed.length >= 4, 'lookupDigits')
        .transform((typed) => typed.slice(-4)),
    ),
  })
  .refine((typed) => typed.birthYear !== undefined || typed.digits !== undefined, {
    path: ['birthYear'],
    message: 'lookupTwo',
  });
export type Lookup = z.output<typeof lookupForm>;

/** What for, from a list and in own words: at least ten letters, so that "." is no purpose. */
export const openForm = z.object({
  hitId: id,
  why: z.enum(readingWhys, 'readingWhy'),
  words: text(300, 'readingWords').refine(
    (typed) => fold(typed).replace(/[^a-z0-9]/g, '').length >= 10,
    'readingWords',
  ),
});
export type Opening = z.output<typeof openForm>;

/** What the owning unit says: it closes the reading, objects, or both. */
export const answerForm = z.object({ readingId: id, objection: optionalText(500) });

/** Somebody found elsewhere, masked: "N.T. Hoa", the decade of birth, the unit. `id` is the hit's. */
export interface Masked {
  readonly id: string;
  readonly name: string;
  readonly decade: number | null;
  readonly unit: string;
}

export interface FoundElsewhere {
  readonly people: readonly Masked[];
  /** There are more than are shown. */
  readonly more: boolean;
}

/** A reading the caller opened and that still runs. */
export interface RunningReading {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly why: (typeof readingWhys)[number];
  readonly until: Date;
}

/** A reading of somebody who lives, or lived then, where the caller corrects people. */
export interface ReadingHere {
  readonly id: string;
  /** Null when they live elsewhere by now. */
  readonly personId: string | null;
  readonly person: string | null;
  readonly reader: string;
  readonly readerUnit: string;
  readonly why: (typeof readingWhys)[number];
  readonly words: string;
  readonly openedAt: Date;
  readonly until: Date;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly objection: string | null;
  readonly live: boolean;
  /** How often the record was looked at. */
  readonly looks: number;
}
