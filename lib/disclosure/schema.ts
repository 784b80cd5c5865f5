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
  /** What the block of the parent decided of this area, as it returned it; `{}` where it decided nothing, null at the top of the tree alone. */
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

/** Fewer people than this are told of as nobody. */
export const fewest = 10;

export const isSmall = (count: number) => count > 0 && count < fewest;

/** How a set of groups divides a whole. What no group holds is one more part of its side. */
export interface Tier {
  readonly name: string;
  /** The tier that must be shown before this one is. */
  readonly under: string | null;
  readonly sides: readonly {
    readonly whole: readonly [plus: string, minus?: string];
    readonly parts: readonly string[];
  }[];
}

export const tiers: readonly Tier[] = [
  { name: 'all', under: null, sides: [{ whole: ['all'], parts: ['all'] }] },
  { name: 'sex', under: 'all', sides: [{ whole: ['all'], parts: ['women', 'men', 'sex_unknown'] }] },
  { name: 'older', under: 'all', sides: [{ whole: ['all'], parts: ['age60'] }] },
  {
    name: 'ages',
    under: 'older',
    sides: [
      { whole: ['age60'], parts: ['age_60_69', 'age_70'] },
      { whole: ['all', 'age60'], parts: ['age_0_17', 'age_18_34', 'age_35_59', 'age_unknown'] },
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

/** Numbers of one area: for each window, pairs (value, of) of all parts of the tier one after the other. */
export type Counts = readonly (readonly number[])[];

/** Looks numbers of one part up. */
export type Lookup = (period: string, measure: string, group: string) => readonly [value: number, of: number];

const nothing = [0, 0] as const;

export function lookupIn({ cells }: BlockPart): Lookup {
  const found = new Map(cells.map((c) => [`${c.period} ${c.measure} ${c.group}`, [c.value, c.of] as const]));
  return (period, measure, group) => found.get(`${period} ${measure} ${group}`) ?? nothing;
}

/** The numbers of a tier in some periods, with what no group of a side holds. */
export function countsOf(look: Lookup, tier: Tier, measure: string, periods: readonly string[]): Counts {
  return periods.map((period) =>
    tier.sides.flatMap(({ whole: [plus, minus], parts }) => {
      const [value, of] = look(period, measure, plus);
      const [less, lessOf] = minus ? look(period, measure, minus) : nothing;
      const left = [value - less, of - lessOf] as [number, number];
      const pairs = parts.flatMap((group) => {
        const [one, oneOf] = look(period, measure, group);
        left[0] -= one;
        left[1] -= oneOf;
        return [one, oneOf];
      });
      return [...pairs, ...left];
    }),
  );
}

/** Whether nothing in a row of pairs tells of few people; `rest`: also not by what a value leaves of its whole. */
export function isSafe(pairs: readonly number[], rest: boolean): boolean {
  for (let at = 0; at < pairs.length; at += 2) {
    const [value = 0, of = 0] = [pairs[at], pairs[at + 1]];
    if (isSmall(value) || isSmall(of) || (rest && isSmall(of - value))) return false;
  }
  return true;
}

/** Adds rows of pairs. */
export function sum(rows: readonly (readonly number[])[], length: number): number[] {
  const total = Array.from({ length }, () => 0);
  for (const row of rows) for (let at = 0; at < length; at += 1) total[at] = (total[at] ?? 0) + (row[at] ?? 0);
  return total;
}

/**
 * A period as the rule sees it. What was counted over time is decided by quarters of the administration's year (slots 0 to 3): a month goes with its
 * quarter, and one of the calendar's that reaches into two goes with both. How things stand is decided moment by moment: each period is a slot.
 */
export interface Window {
  readonly period: string;
  readonly kind: 'slot' | 'year' | 'calendarYear';
  readonly slots: readonly number[];
}

export interface Windows {
  /** Counted over time, so that a year's number is made of its months'. */
  readonly flow: boolean;
  readonly slots: number;
  readonly list: readonly Window[];
  readonly byPeriod: ReadonlyMap<string, Window>;
}

const windowsOf = (flow: boolean, slots: number, list: readonly Window[]): Windows => ({
  flow,
  slots,
  list,
  byPeriod: new Map(list.map((window) => [window.period, window])),
});

const quarters = [0, 1, 2, 3];
const two = (month: number) => String(month).padStart(2, '0');

/** The periods of a year for what is counted over time. */
export function flowWindows(year: number): Windows {
  const administrative = quarters.flatMap((slot): Window[] => [
    { period: `k${year}-q${slot + 1}`, kind: 'slot', slots: [slot] },
    ...[1, 2, 3].map((nth): Window => ({ period: `k${year}-${two(slot * 3 + nth)}`, kind: 'slot', slots: [slot] })),
  ]);
  // The last half-month of a calendar's quarter is the first of the administration's next.
  const reaching = (slot: number) => (slot < 3 ? [slot, slot + 1] : [slot]);
  const calendar = quarters.flatMap((slot): Window[] => [
    { period: `${year}-q${slot + 1}`, kind: 'slot', slots: reaching(slot) },
    ...[1, 2, 3].map((nth): Window => ({
      period: `${year}-${two(slot * 3 + nth)}`,
      kind: 'slot',
      slots: nth === 3 ? reaching(slot) : [slot],
    })),
  ]);
  const years: Window[] = [
    { period: `k${year}`, kind: 'year', slots: [] },
    { period: `${year}`, kind: 'calendarYear', slots: [] },
  ];
  return windowsOf(true, 4, [...administrative, ...calendar, ...years]);
}

/** The groups of what is counted over time are told by the administration's year only: the more ways a number is cut, the fewer cuts are safe. */
export function yearWindow(year: number): Windows {
  return windowsOf(false, 1, [{ period: `k${year}`, kind: 'slot', slots: [0] }]);
}

/** The periods of a year for what is told of a moment. */
export function stateWindows(year: number): Windows {
  const parts = [
    '',
    ...quarters.map((slot) => `-q${slot + 1}`),
    ...Array.from({ length: 12 }, (_, at) => `-${two(at + 1)}`),
  ];
  const list = ['', 'k'].flatMap((calendar) => parts.map((part) => `${calendar}${year}${part}`));
  return windowsOf(
    false,
    list.length,
    list.map((period, slot): Window => ({ period, kind: 'slot', slots: [slot] })),
  );
}

/** What is shown of an area in one tier. */
export interface Standing {
  readonly slots: readonly boolean[];
  /** Slots that nobody shows, though their year is. */
  readonly common: readonly boolean[];
  readonly year: boolean;
}

export const nothingShown = (windows: Windows): Standing => ({
  slots: Array.from({ length: windows.slots }, () => false),
  common: Array.from({ length: windows.slots }, () => false),
  year: false,
});
export const allShown = (windows: Windows): Standing => ({
  slots: Array.from({ length: windows.slots }, () => true),
  common: Array.from({ length: windows.slots }, () => false),
  year: windows.flow,
});

export function shows(standing: Standing, window: Window): boolean {
  if (window.kind === 'year') return standing.year;
  if (window.kind === 'calendarYear') return standing.year && standing.slots.every(Boolean);
  return window.slots.every((slot) => standing.slots[slot]);
}

/** Nothing is missing but what nobody shows. */
export const isWhole = ({ slots, common }: Standing) => slots.every((shown, slot) => shown || common[slot]);

/** Shown as far as all of them allow. */
export function within(...limits: readonly Standing[]): Standing {
  const [first] = limits;
  if (!first) throw new Error('no limits');
  return {
    slots: first.slots.map((_, slot) => limits.every((limit) => limit.slots[slot])),
    common: first.common.map((_, slot) => limits.some((limit) => limit.common[slot])),
    year: limits.every((limit) => limit.year),
  };
}
