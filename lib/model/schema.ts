import { z } from 'zod';
import { listOf, plan } from '@/lib/class/schema';
import {
  addressId,
  areaId,
  emptyAsMissing,
  id,
  optionalLines,
  optionalText,
  text,
  wholeNumber,
} from '@/lib/kernel/input';

/** Whom a model is for. */
export const audiences = [
  'everyone',
  'older',
  'families',
  'women',
  'youth',
  'farmers',
  'traders',
  'workers',
  'minority',
  'disability',
  'poor',
] as const;
export type Audience = (typeof audiences)[number];
export const modelStates = ['draft', 'published', 'put_away'] as const;
export type ModelState = (typeof modelStates)[number];
/** What kind of place it is held at. */
export const venueKinds = [
  'culture_house',
  'service_centre',
  'market',
  'school',
  'home',
  'worship',
  'elsewhere',
] as const;
export type VenueKind = (typeof venueKinds)[number];

/** At most so many things to have at hand, each a line of the form. */
const mostMaterials = 30;

const materials = optionalLines(3000)
  .transform((typed) =>
    typed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
  .pipe(z.array(z.string().max(200, 'tooLong')).max(mostMaterials, 'tooMany'));

/** A model as its form gives it. What a plan says is judged as the class planner judges it. */
export const modelForm = z
  .object({
    modelId: emptyAsMissing(id),
    /** Which state it was written over, as the page gave it. */
    changedAt: z.string('wrong').max(40, 'wrong').default(''),
    /** The class it was made of; counted with the model from then on. */
    fromClass: emptyAsMissing(addressId),
    areaId,
    name: text(120),
    what: optionalLines(2000).pipe(z.string().min(1, 'required')),
    audience: listOf(z.enum(audiences, 'wrong'), audiences.length, 'chooseAudience').transform((all) => [
      ...new Set(all),
    ]),
    forWhom: optionalText(300),
    materials,
    adapted: optionalLines(1000),
    courseId: plan.shape.courseId,
    weekdays: plan.shape.weekdays.transform((all) => [...new Set(all)].toSorted((a, b) => a - b)),
    startTime: plan.shape.startTime,
    minutes: plan.shape.minutes,
    sessions: wholeNumber(1, 60, 'countRange'),
    capacity: plan.shape.capacity,
    minimumToRun: plan.shape.minimumToRun,
    venueKind: z.enum(venueKinds, 'chooseVenueKind'),
  })
  .superRefine((typed, context) => {
    if (typed.minimumToRun > typed.capacity)
      context.addIssue({ code: 'custom', path: ['minimumToRun'], message: 'minimumAboveCapacity' });
  });
export type ModelDraft = z.output<typeof modelForm>;

export const moveModelInput = z.object({ modelId: id, to: z.enum(['published', 'put_away'], 'wrong') });
export const copyModelInput = z.object({ modelId: id, areaId });
/** What is held by a model: a class (`c:` and its id) or a round of visits (`r:`). */
const held = z
  .string('chooseHeld')
  .regex(/^(c:[2-9a-hjkmnp-z]{8}|r:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, 'chooseHeld');
export const heldInput = z.object({ modelId: id, held });

export const unitSorts = ['commune', 'ward', 'special_zone', 'province'] as const;
export const modelOwners = ['own', 'others'] as const;

/** The list of models, as its address says. What is not understood is left out, so that an old link still opens. */
export const modelListInput = z.object({
  q: z.string().max(200).optional().catch(undefined),
  for: z.enum(audiences).optional().catch(undefined),
  unit: z.enum(unitSorts).optional().catch(undefined),
  whose: z.enum(modelOwners).optional().catch(undefined),
  state: z.enum(modelStates).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(500).catch(1),
});
/** Which page of a comparison, as its address says. */
export const comparedInput = z.object({ page: z.coerce.number().int().min(1).max(50).catch(1) });
export type ModelListInput = z.output<typeof modelListInput>;

/** What a plan begins with. `startTime` is `HH:MM`. */
export interface ModelPlan {
  readonly weekdays: readonly number[];
  readonly startTime: string;
  readonly minutes: number;
  readonly sessions: number;
  readonly capacity: number;
  readonly minimumToRun: number;
  readonly venueKind: VenueKind;
}

/** A model as its page shows it. */
export interface ModelShown extends ModelPlan {
  readonly id: string;
  readonly areaId: number;
  readonly familyId: string;
  readonly owner: string;
  readonly status: ModelState;
  readonly version: number;
  readonly name: string;
  readonly what: string;
  readonly audience: readonly Audience[];
  readonly forWhom: string;
  readonly materials: readonly string[];
  readonly adapted: string;
  readonly changedAt: string;
  readonly publishedAt: Date | null;
  readonly courseId: string;
  readonly course: string;
  readonly lessons: number;
  readonly learnersPerHelper: number;
  /** Of a copy: what of, where the reader may see that. */
  readonly source: {
    readonly id: string;
    readonly name: string;
    readonly owner: string;
    readonly version: number;
  } | null;
  readonly copies: number;
  readonly mayWrite: boolean;
}

/** How many people, as the reader may know it: `about` is rounded; null is kept back. */
export type Told = { readonly count: number; readonly about: boolean } | null;

/** What came of what was held in some time. */
export interface Came {
  /** Sessions that took place. */
  readonly sessions: number;
  /** Rounds in which somebody was met at home. */
  readonly rounds: Told;
  /** Of how many of both, as far as they are told, it is noted who helped; of the others nobody knows the hours. */
  readonly noted: number;
  readonly helperMinutes: number;
  /** Different people who came, or were met at home. */
  readonly reached: Told;
  /** Those of them who did some skill alone there. */
  readonly attained: Told;
}

export interface MonthOf extends Came {
  /** `2026-11`. */
  readonly month: string;
}

/** A model's results: in all, and month by month without gaps, the oldest first. */
export interface Results {
  readonly modelId: string;
  readonly classes: number;
  readonly total: Came;
  readonly months: readonly MonthOf[];
}
