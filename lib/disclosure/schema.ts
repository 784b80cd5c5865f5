/** One number: `value` of `of`. */
export interface BlockCell {
  /** As `lib/period` writes it. */
  readonly period: string;
  readonly measure: string;
  readonly group: string;
  readonly value: number;
  readonly of: number;
}

/** All that is known of one part. A cell that is not there is 0 of 0. */
export interface BlockPart {
  readonly areaId: number;
  /** Of a measure that is part of another's whole (`ofWhole`) each with that whole; everybody's of a measure told beside it, or whose bounds it must not tell, as well (`besideOf`, `boundedBy`). */
  readonly cells: readonly BlockCell[];
  /** What a signed report says of it as it is counted today (`toldKey`): it cannot be hidden any more, so nothing may rest on its not being known. */
  readonly told?: ReadonlySet<string>;
}

export const toldKey = ({ period, group }: Pick<BlockCell, 'period' | 'group'>) => `${period} ${group}`;

/** The cells of a measure that is part of another's whole, as the rule reads them: `wider` are the other's. */
export function ofWhole(measure: string, cells: readonly BlockCell[], wider: readonly BlockCell[]): BlockCell[] {
  const values = new Map(cells.map((cell) => [toldKey(cell), cell.value]));
  return wider.map(({ period, group, of }) => {
    return { period, measure, group, value: values.get(toldKey({ period, group })) ?? 0, of };
  });
}

export interface Block {
  readonly areaId: number;
  readonly measure: string;
  /** The half-month that runs. Nothing is counted after it. */
  readonly now: string;
  /** What the block of the parent decided of this area, as it returned it; `{}` where it decided nothing, null at the top of the tree alone. */
  readonly above: unknown;
  /** The area with all below it. */
  readonly total: BlockPart;
  /** What was counted for the area itself, of nobody's village: one more child, which is never shown. */
  readonly own: BlockPart;
  /** The areas right below it that have any cell. */
  readonly children: readonly BlockPart[];
  /** The area lies below a unit. */
  readonly belowUnit?: boolean;
  /** The periods in which the area's number of the measure whose bounds this one must not tell is hidden. */
  readonly hiddenBeside?: ReadonlySet<string>;
  /** How many skills there are, and how many of them make up the core set. */
  readonly catalogue?: Catalogue;
}

export interface Catalogue {
  readonly core: number;
  readonly all: number;
}

export interface Disclosure {
  /** Whether a cell of the block's own `total` is hidden from whoever may not see the names; asked of what holds nobody too. Cells of children are asked in theirs. */
  readonly hides: (cell: Pick<BlockCell, 'period' | 'measure' | 'group'>) => boolean;
  /** What the children's own blocks must know, by area: JSON that reads alike for alike decisions. */
  readonly children: ReadonlyMap<number, unknown>;
  /** To the nearest how many the numbers of a cell are shown; exactly where not said. */
  readonly roundedTo?: (cell: Pick<BlockCell, 'period'>) => number;
}

export type DisclosureRule = (block: Block) => Disclosure;

/** A number to the nearest so many. */
export const toNearest = (count: number, step: number) => Math.round(count / step) * step;

/** Fewer people than this are told of as nobody. */
export const fewest = 10;

export const isSmall = (count: number) => count > 0 && count < fewest;

/** Whether a number tells of nobody few; `rest`: what its value leaves of its whole neither. */
export const isSafe = (value: number, of: number, rest: boolean) =>
  !isSmall(value) && !isSmall(of) && !(rest && isSmall(of - value));

/** A whole and the groups that divide it; what none of them holds is one more part. */
export interface Side {
  readonly whole: readonly [plus: string, minus?: string];
  readonly parts: readonly string[];
  /** The part, too, is told with what is taken off its whole: adults with those of 60 or over. */
  readonly within?: true;
  /** The tier that tells it apart from the other sides: between places that both hide that tier, it is one with them. */
  readonly apart?: string;
}

/** How a set of groups divides a whole. */
export interface Tier {
  readonly name: string;
  /** The tier that must be shown before this one is. */
  readonly under: string | null;
  readonly sides: readonly Side[];
}

export const tiers: readonly Tier[] = [
  { name: 'all', under: null, sides: [{ whole: ['all'], parts: ['all'] }] },
  { name: 'sex', under: 'all', sides: [{ whole: ['all'], parts: ['women', 'men', 'sex_unknown'] }] },
  { name: 'older', under: 'all', sides: [{ whole: ['all'], parts: ['age60'] }] },
  // Beside those of 60 or over, so that what adults leave of them, and everybody of adults, is a part like any other.
  { name: 'adults', under: 'older', sides: [{ whole: ['all', 'age60'], parts: ['adults'], within: true }] },
  {
    name: 'ages',
    under: 'adults',
    sides: [
      { whole: ['age60'], parts: ['age_60_69', 'age_70'], apart: 'older' },
      { whole: ['adults', 'age60'], parts: ['age_18_34', 'age_35_59'], apart: 'adults' },
      { whole: ['all', 'adults'], parts: ['age_0_17', 'age_unknown'], apart: 'adults' },
    ],
  },
  ...['ethnic_minority', 'disability', 'poor_household'].map((group) => ({
    name: group,
    under: 'all',
    sides: [{ whole: ['all'] as const, parts: [group] }],
  })),
];

const tierByGroup = new Map(
  tiers.flatMap((tier) => tier.sides.flatMap(({ parts }) => parts.map((group) => [group, tier.name] as const))),
);

/** The tier a group is told in; a group that nobody thought of is told nowhere. */
export const tierOf = (group: string): string | null => tierByGroup.get(group) ?? null;

/** How the numbers of periods hang together: sums of their parts, distinct people (or pairs) in each, or how things stand at their end. */
export type Over = 'sums' | 'distinct' | 'stands';

/** Looks numbers of one part up. */
export type Lookup = (period: string, measure: string, group: string) => readonly [value: number, of: number];

const nothing = [0, 0] as const;

export function lookupIn({ cells }: BlockPart): Lookup {
  const found = new Map(cells.map((c) => [`${c.period} ${c.measure} ${c.group}`, [c.value, c.of] as const]));
  return (period, measure, group) => found.get(`${period} ${measure} ${group}`) ?? nothing;
}
