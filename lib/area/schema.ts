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

/** What kind of country a commune lies in. */
export const terrains = ['lowland', 'upland', 'border'] as const;
export type Terrain = (typeof terrains)[number];

const saidOf = z.enum(['', ...terrains], 'chooseTerrain').transform((said) => (said === '' ? null : said));
/** The field that says it of one commune (empty is "nobody has said"), and the one that keeps what it said when the form was shown. */
export const terrainFields = (areaId: number): [string, string] => [`terrain${areaId}`, `was${areaId}`];

/** What a form of many communes says of each; fields of anything else are nobody's. `was` undefined is not known. */
export const terrainInput = z.record(z.string(), z.unknown()).transform((sent, context) =>
  Object.entries(sent).flatMap(([name, typed]) => {
    const id = /^terrain([1-9]\d{0,8})$/.exec(name)?.[1];
    if (id === undefined) return [];
    const terrain = saidOf.safeParse(typed);
    if (!terrain.success) context.addIssue({ code: 'custom', path: [name], message: 'chooseTerrain' });
    return [{ areaId: Number(id), terrain: terrain.data ?? null, was: saidOf.safeParse(sent[`was${id}`]).data }];
  }),
);
export type TerrainSaid = z.output<typeof terrainInput>[number];

/** The words of a search among places, in the address: names of places are nobody's secret. */
export const areaSearch = z.string().max(200).optional().catch(undefined);

/** What people call a place by. `today` is its name now; the others are in `area_alias`. */
export type NameKind = 'today' | 'spelling' | 'predecessor' | 'former_district' | 'former_province';

/** One name of one place that the words typed may mean, as the database finds it. */
export interface PlaceHit {
  readonly id: number;
  readonly kind: AreaKind;
  /** Today's full name in the reader's language. */
  readonly label: string;
  /** The unit it lies in; null for a unit. */
  readonly unitId: number | null;
  readonly unitLabel: string | null;
  /** The name it was found by, and what kind of name that is. */
  readonly name: string;
  readonly nameKind: NameKind;
  /** The name of a place above it (or an old one of its own) that the rest of the words matched. */
  readonly within: string | null;
  readonly withinKind: NameKind | null;
}

/** How well the words typed fit: the whole name, a part that begins a word, or all but one letter. */
export type Fit = 'exact' | 'part' | 'typo';

/** A place offered for the words typed, and why where it is not by its name of today. */
export interface PlaceFound {
  readonly id: number;
  readonly isUnit: boolean;
  readonly label: string;
  readonly unitId: number | null;
  readonly unitLabel: string | null;
  readonly because: { readonly kind: NameKind; readonly name: string } | null;
  readonly fit: Fit;
  /** Places with the same rank are equally good answers: it is for people to say which they mean. */
  readonly rank: number;
}
