import { z } from 'zod';
import { file, id, text } from '@/lib/kernel/input';

/** Where a place truly lies. `apart`: an island, set down with a gap around it. */
export interface Position {
  readonly id: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly apart?: boolean;
}

/** The square a place has been given; column and row from 0, row 0 in the north. */
export interface Cell {
  readonly id: number;
  readonly column: number;
  readonly row: number;
}

/** What the map of a dashboard can be coloured by, each of 1 000 who live there. */
export const mapFigures = ['older', 'sessions', 'core'] as const;
export type MapFigure = (typeof mapFigures)[number];

export interface TileLayout {
  readonly columns: number;
  readonly rows: number;
  /** As one reads: row by row from the north, each from the west. */
  readonly cells: readonly Cell[];
}

/** The lowest figure of each step, rising, and which shade (1 to 5) the step has. */
export interface Steps {
  readonly begins: readonly number[];
  readonly shade: readonly number[];
}

/** One place as a map shows it. `text` is its figure in words; `value` null and not hidden is "—". */
export interface MapPlace {
  readonly id: number;
  readonly name: string;
  readonly shortName: string;
  readonly value: number | null;
  readonly hidden: boolean;
  readonly text: string;
  readonly href: string;
}

/** West, north, east and south edge. */
export type Box = readonly [number, number, number, number];

const box = z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly();

const spot = z.tuple([z.number(), z.number(), z.number()]).readonly();
/** Where words stand best in an outline: the point furthest from every border, and how far that is. */
export type Spot = z.output<typeof spot>;

/** The outline of one place: an SVG path of whole numbers in the plane all outlines of one import share. */
export const shape = z.object({ areaId: z.number(), path: z.string(), box, spot });
export type Shape = z.output<typeof shape>;

/** An outline as it is drawn. */
export interface Boundary extends Shape {
  readonly apart: boolean;
}

export interface BoundarySet {
  readonly boundaries: readonly Boundary[];
  /** Where they come from; null where there are none. */
  readonly source: string | null;
}

/**
 * What a file of boundaries may hold. The server takes 2 MiB a form; a province of 78 units drawn for a screen is 0.2 MB. `steps`: distances that are
 * reckoned to make it plain, of which such a province takes two million.
 */
export const boundaryLimits = { bytes: 1_900_000, features: 2_000, points: 200_000, steps: 12_000_000 } as const;

export const boundaryFile = z.object({
  source: text(300, 'boundarySourceMissing'),
  shapes: file('boundaryFileMissing').refine((sent) => sent.size <= boundaryLimits.bytes, 'boundaryTooLarge'),
});

export const boundaryDecision = z.object({ draft: id, act: z.enum(['save', 'drop'], 'wrong') });
export const boundaryRemoval = z.object({ act: z.literal('remove', 'wrong') });
