import { z } from 'zod';
import { areaId, day, text } from '@/lib/kernel/input';

/** A place one can choose from a list. */
export interface PlaceChoice {
  readonly id: number;
  readonly name: string;
}

/** Kinds of place one lives in, or under which villages lie, as opposed to the province. */
export const unitKinds = ['commune', 'ward', 'special_zone'] as const;

const kinds = ['province', 'commune', 'ward', 'special_zone', 'village', 'hamlet', 'residential_group'] as const;
export type AreaKind = (typeof kinds)[number];
/** What an administrator may add: places without an official code. Units come from the state's list. */
export const addableKinds = ['village', 'hamlet', 'residential_group'] as const satisfies readonly AreaKind[];

export const addAreaInput = z.object({
  parent: areaId,
  kind: z.enum(addableKinds, 'chooseAreaKind'),
  name: text(100, 'areaNameMissing'),
  from: day,
});
export type NewArea = z.output<typeof addAreaInput>;

export const renameAreaInput = z.object({ area: areaId, name: text(100, 'areaNameMissing'), from: day });
export const closeAreaInput = z.object({ area: areaId, from: day });

/** The words of a search among places, in the address: names of places are nobody's secret. */
export const areaSearch = z.string().max(200).optional().catch(undefined);
