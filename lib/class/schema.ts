import { z } from 'zod';
import { areaId, day, wholeNumber } from '@/lib/kernel/input';
import { fold, tidy } from '@/lib/kernel/text';

/** Morning ends at noon, evening begins at 18:00; a session belongs to the part it starts in. */
export const dayParts = ['morning', 'afternoon', 'evening'] as const;
export type DayPart = (typeof dayParts)[number];

/** What a resident looks for. All of it is in the address; what is missing does not narrow. */
export interface ScheduleFilters {
  readonly area?: number;
  readonly q?: string;
  readonly skill?: string;
  /** A day (`yyyy-mm-dd`), a day of the week (`1` Monday to `7` Sunday), `today`, or `week` (seven days from today). */
  readonly day?: string;
  readonly part?: DayPart;
  readonly open?: true;
  readonly page: number;
}
export type FilterName = 'area' | 'q' | 'skill' | 'day' | 'part' | 'open';

export const classesPerPage = 20;
/** More words than this narrow nothing further. */
const mostWords = 8;

const readable = {
  area: areaId,
  q: z
    .string()
    .max(200)
    .transform(tidy)
    .refine((text) => fold(text) !== ''),
  skill: z
    .string()
    .regex(/^[A-Za-z]{1,3}\d{1,3}$/)
    .transform((code) => code.toUpperCase()),
  day: z.union([z.literal(['today', 'week']), z.string().regex(/^[1-7]$/), day]),
  part: z.literal(dayParts),
  open: z.literal('1').transform((): true => true),
  page: wholeNumber(1, 10_000, 'wrong'),
};

/**
 * The filters of an address. What cannot be read (twice given, too long, no such day) is left out and named in `ignored`;
 * an empty answer of the form is simply no filter.
 */
export function scheduleFilters(params: Readonly<Record<string, string | string[] | undefined>>): {
  filters: ScheduleFilters;
  ignored: string[];
} {
  const ignored: string[] = [];
  const read = <T>(name: string, schema: z.ZodType<T>): T | undefined => {
    const given = params[name];
    if (given === undefined || (typeof given === 'string' && given.trim() === '')) return undefined;
    const typed = schema.safeParse(given);
    if (!typed.success || Array.isArray(given)) ignored.push(name);
    return typed.success && !Array.isArray(given) ? typed.data : undefined;
  };
  const filters = {
    area: read('area', readable.area),
    q: read('q', readable.q),
    skill: read('skill', readable.skill),
    day: read('day', readable.day),
    part: read('part', readable.part),
    open: read('open', readable.open),
    page: read('page', readable.page) ?? 1,
  };
  return { filters, ignored };
}

/** The words looked for, folded; each has to begin a word of the class or of a place it lies in. */
export function searchWords(q: string): string[] {
  return fold(q).split(' ').filter(Boolean).slice(0, mostWords);
}

/** A class as its card shows it. */
export interface ClassCard {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** What one will be able to do: the first statements of the skills taught, the core ones first. */
  readonly canDo: readonly string[];
  readonly skillCode: string | null;
  /** The next session that fits what was looked for. */
  readonly nextStartsAt: Date;
  readonly nextEndsAt: Date;
  readonly sessionsToCome: number;
  readonly venue: string;
  readonly address: string;
  readonly placeName: string;
  readonly unitName: string | null;
  readonly stepFree: boolean;
  readonly seatsLeft: number;
  readonly waiting: number;
  readonly teamName: string;
  readonly bring: string;
  readonly language: 'vi' | 'bru' | 'pako';
}

export interface ClassSessionLine {
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: 'toCome' | 'past' | 'cancelled';
  readonly reason: string | null;
  readonly lesson: string | null;
  /** Only when it is held elsewhere than the class. */
  readonly venue: string | null;
}

/** Everything a resident may know about a class. */
export interface ClassDetails extends Omit<ClassCard, 'nextStartsAt' | 'nextEndsAt' | 'sessionsToCome' | 'canDo'> {
  readonly areaId: number;
  readonly status: 'published' | 'cancelled' | 'closed';
  readonly statusReason: string | null;
  readonly over: boolean;
  readonly capacity: number;
  readonly wayThere: string;
  readonly note: string;
  readonly hotline: string;
  readonly skills: readonly { code: string; title: string; canDo: string }[];
  readonly sessions: readonly ClassSessionLine[];
}
