import { z } from 'zod';
import { areaId, emptyAsMissing, id, optionalText } from '@/lib/kernel/input';
import type { Due } from './rules';

/** `?area=` of the list: a village, or whatever is above it. */
export const recheckList = z.object({ area: emptyAsMissing(areaId).catch(undefined) });

export const recheckPlaces = ['home', 'desk', 'class'] as const;

/** What was seen at a re-check. `formKey` is the observation's id: sent twice it is one. */
export const recheckForm = z.object({
  personId: id,
  skillCode: z.string('skillUnknown').regex(/^[\w.-]{1,40}$/, 'skillUnknown'),
  level: z.enum(['0', '1', '2', '3', '4'], 'levelChoose').transform(Number),
  place: z.enum(recheckPlaces, 'choosePlace'),
  help: optionalText(300),
  formKey: id,
});
export type Recheck = z.output<typeof recheckForm>;

/** Somebody to look at once more, as a line. */
export interface RecheckLine extends Due {
  readonly personId: string;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly villageId: number;
  readonly village: string;
  /** For those who may ring. */
  readonly phone: string | null;
  readonly skill: string;
  readonly canDo: string;
  /** How to see it, in Vietnamese. */
  readonly evidence: string;
}
