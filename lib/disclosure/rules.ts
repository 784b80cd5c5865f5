/**
 * What may be shown of few people. Pure: the worker that keeps the figures (`lib/figure/disclosing`) asks `disclose` in the transaction that writes
 * what was counted, and writes `figure` by its answer; walls keep `figure_exact` to whoever may see the names. So no page, export or picture can
 * forget it.
 *
 * One question is a *block*: an area, a year and a family of measures. The worker begins at the top of the tree. What the answer decides of the areas
 * below is kept (`figure_block`) and handed to their own blocks as `above`, which are asked after it; a decision that reads as it did before asks
 * nothing further down. So a block is judged whole, whatever little of it changed, and only blocks are judged that a change touched: those of the
 * areas whose cells changed, and of the ones right above them.
 */

/** One number: `value` of `of`. */
export interface BlockCell {
  /** As `lib/period` writes it; all periods of the block's year, in both calendars. */
  readonly period: string;
  readonly measure: string;
  readonly group: string;
  readonly value: number;
  readonly of: number;
}

/** All that is known of one part. A cell that is not there is 0 of 0. */
export interface BlockPart {
  readonly areaId: number;
  readonly cells: readonly BlockCell[];
}

export interface Block {
  readonly areaId: number;
  /** The year the periods are named by: `k2026-01`, which begins in December 2025, is of 2026. */
  readonly year: number;
  readonly family: string;
  /** What the block of the parent decided of this area, as it returned it; null at the top of the tree, and where nothing was decided. */
  readonly above: unknown;
  /** The area with all below it. */
  readonly total: BlockPart;
  /** What was counted for the area itself, of nobody's village: one more child, which is never shown. */
  readonly own: BlockPart;
  /** The areas right below it that have any cell in the year. */
  readonly children: readonly BlockPart[];
}

export interface Disclosure {
  /** Whether a cell of the block's own `total` is hidden from whoever may not see the names. Cells of children are asked in theirs. */
  readonly hides: (cell: BlockCell) => boolean;
  /** What the children's own blocks must know, by area: JSON that reads alike for alike decisions. */
  readonly children: ReadonlyMap<number, unknown>;
}

export type DisclosureRule = (block: Block) => Disclosure;

const aboutPeople = [
  'attendance',
  'excused',
  'people_reached',
  'skills_attained',
  'service_guided',
  'core_attained',
  'new_core',
  'retention',
];

/**
 * The measures that are decided together with this one, by the family's name; null for what is not about learners (sessions, classes, teams, hours),
 * which is never hidden.
 */
export function familyOf(measure: string): string | null {
  if (measure.startsWith('skill_')) return measure;
  return aboutPeople.includes(measure) ? 'people' : null;
}

/** The measures of a family. */
export function measuresOf(family: string): readonly string[] {
  return family === 'people' ? aboutPeople : [family];
}

/** The rule in force. While it is null every cell is shown, and no block is read. */
export const disclose: DisclosureRule | null = null;
