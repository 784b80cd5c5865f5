import { z } from 'zod';
import { dayOf } from '@/lib/kernel/clock';
import { areaId, birthYear, day, emptyAsMissing, id, text } from '@/lib/kernel/input';
import { phoneNumber } from '@/lib/kernel/phone';
import { fold } from '@/lib/kernel/text';

export const genders = ['female', 'male', 'other'] as const;
export type Gender = (typeof genders)[number];

/** Most people a search shows; whoever looks for one person says more rather than reads more. */
export const mostFound = 25;

const phone = emptyAsMissing(
  z
    .string()
    .transform((typed) => phoneNumber(typed))
    .refine((number) => number !== null, 'phoneShape'),
);

/** What speaks for two descriptions being one person, the weightiest first. */
export type LikenessReason =
  'nameSame' | 'nameOrder' | 'nameAlike' | 'namePart' | 'bornSame' | 'bornNear' | 'placeSame' | 'phoneSame';

/** What people are looked up by. At least two letters of the name: a list of everybody is not what this is for. */
export const searchInput = z.object({
  name: text(100, 'searchName').refine((typed) => fold(typed).length >= 2, 'searchName'),
  birthYear,
  area: emptyAsMissing(areaId),
  phone,
});
export type PersonSearch = z.output<typeof searchInput>;
/** The same, looked up for somebody's household or for whom a desk helps: the answer is shown there. */
export const searchForm = searchInput.extend({
  householdOf: emptyAsMissing(id),
  deskId: emptyAsMissing(id),
  visitRequest: emptyAsMissing(id),
});

export interface PersonFound {
  readonly id: string;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly village: string;
  readonly phoneHint: string | null;
  readonly classes: number;
  /** Why they are shown, the weightiest first. */
  readonly reasons: readonly LikenessReason[];
}

/** Corrected details. An empty phone leaves the one there is: what was given once is not lost by an empty box. */
export const correctInput = z.object({
  personId: id,
  fullName: text(100, 'nameRequired').refine(
    (typed) => /^[\p{L}\p{M} .'’-]+$/u.test(typed) && fold(typed) !== '',
    'nameShape',
  ),
  birthYear,
  gender: emptyAsMissing(z.enum(genders, 'wrong')),
  areaId,
  phone,
  phoneOf: z.enum(['self', 'relative'], 'wrong').default('self'),
  /** Why another place stands there: they moved, on that day, or it had been written down wrongly. */
  homeHow: z.enum(['moved', 'corrected'], 'wrong').default('corrected'),
  movedOn: emptyAsMissing(day.refine((on) => on <= dayOf(new Date()), 'movedFuture')),
});
export type Correction = z.output<typeof correctInput>;

/** Somebody to be written down without a class or a session to come to, with the evidence of their consent. */
export interface NewPerson {
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly gender: Gender | null;
  readonly phone: string | null;
  readonly phoneOf: 'self' | 'relative';
  readonly areaId: number;
  /** Given on paper or before a witness, on a day (`yyyy-mm-dd`), to that version of the words. */
  readonly consent: { readonly how: 'paper' | 'oral'; readonly version: number; readonly on: string };
}

export interface ObservedSkill {
  readonly code: string;
  readonly domain: string;
  readonly title: string;
  readonly core: boolean;
  /** Newest first. An own claim is listed, but never is the level. */
  readonly history: readonly {
    readonly level: number;
    readonly source: 'session' | 'recheck' | 'own_claim' | 'visit';
    readonly at: Date;
    readonly by: string | null;
    readonly help: string;
  }[];
}

/** Where the last search is kept for a quarter of an hour. */
export const searchCookie = 'camtay.search';

/** The search as the cookie holds it; null when there is none, or it was tampered with. */
export function keptSearch(cookie: string | undefined): PersonSearch | null {
  if (!cookie || cookie.length > 1000) return null;
  try {
    const typed = searchInput.safeParse(JSON.parse(cookie));
    return typed.success ? typed.data : null;
  } catch {
    return null;
  }
}

/** What kinds of things a record's history tells, in the order they are offered. */
export const factKinds = [
  'classes',
  'sessions',
  'skills',
  'rechecks',
  'assists',
  'steps',
  'tasks',
  'visits',
  'certificates',
  'messages',
  'consents',
  'record',
  'merges',
  'readings',
] as const;
export type FactKind = (typeof factKinds)[number];

/** Lines on one page of the history. */
export const factsPerPage = 25;

/** One thing that happened to somebody. `what` is a key of its words; `ref` names the class, session or certificate; `by` is a name. */
export interface Fact {
  readonly at: Date;
  readonly key: string;
  readonly kind: FactKind;
  readonly what: string;
  readonly title: string | null;
  readonly ref: string | null;
  readonly value: string | null;
  readonly note: string | null;
  readonly by: string | null;
}

/** Which part of the history the address asks for; what does not fit is as if not there. */
export const historyAddress = z.object({
  show: z.enum(factKinds).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1000).catch(1),
});
export type HistoryAddress = z.output<typeof historyAddress>;

export interface PersonUnreached {
  readonly id: string;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly phoneHint: string | null;
  readonly village: string;
  /** Only the commune or ward they live in is known. */
  readonly villageUnknown: boolean;
  readonly createdAt: Date;
}

/** A page of a list, and how many there are in all. */
export interface PeopleOfBand {
  readonly people: readonly PersonUnreached[];
  readonly total: number;
}
