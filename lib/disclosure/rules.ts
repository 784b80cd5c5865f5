import {
  allShown,
  countsOf,
  flowWindows,
  isSafe,
  isSmall,
  isWhole,
  lookupIn,
  nothingShown,
  shows,
  stateWindows,
  sum,
  tierOf,
  tiers,
  within,
  yearWindow,
  type Counts,
  type DisclosureRule,
  type Lookup,
  type Standing,
  type Window,
  type Windows,
} from './schema';

export type { Block, BlockCell, BlockPart, DisclosureRule } from './schema';

/** A measure about people, and the one it may not be shown without: its wholes are the other's, or bounded by them. */
const aboutPeople: Readonly<Record<string, string | null>> = {
  attendance: null,
  excused: 'attendance',
  people_reached: null,
  service_guided: 'people_reached',
  new_core: 'people_reached',
  skills_attained: null,
  core_attained: null,
  retention: null,
};

/** What is told of people by groups. */
export const peopleMeasures: readonly string[] = Object.keys(aboutPeople);

/** Told of a moment, not counted over time. */
export const isState = (measure: string) => measure === 'core_attained' || measure.startsWith('skill_');
/** What a value leaves of its whole are people who cannot do something: as much their own affair as the value. */
const restTells = (measure: string) => isState(measure) || measure === 'retention';

/**
 * The measures that are decided together with this one, by the measure none of them is shown without; null for what is not about learners (sessions, classes, teams, hours),
 * which is never hidden.
 */
export function familyOf(measure: string): string | null {
  if (measure.startsWith('skill_')) return measure;
  return peopleMeasures.includes(measure) ? (aboutPeople[measure] ?? measure) : null;
}

/**
 * The groups of a measure that are hidden, by those of which a cell is kept: of a way of dividing people that is hidden none is, so that it looks as if
 * there were nobody. Single skills are told of everybody only.
 */
export function groupsHidden(measure: string, kept: ReadonlySet<string>): readonly string[] {
  if (!peopleMeasures.includes(measure) || !kept.has('all')) return [];
  return tiers.flatMap(({ sides }) => {
    const parts = sides.flatMap((side) => side.parts);
    return parts.some((group) => kept.has(group)) ? [] : parts;
  });
}

/** The measures of a family. */
export function measuresOf(family: string): readonly string[] {
  return [family, ...peopleMeasures.filter((measure) => aboutPeople[measure] === family)];
}

/** The one period of a year in which groups of what is counted over time are told; of the others the rule reads everybody's cells only. */
export const groupsPeriod = (year: number) => yearWindow(year).list[0]?.period ?? '';

/** What is shown of one area, by measure and tier, as it is kept for the area's own block. */
type Decision = Record<string, Record<string, string>>;

const windowsKnown = new Map<number, { flow: Windows; state: Windows; year: Windows }>();

function windowsOf(measure: string, tier: string, year: number): Windows {
  let known = windowsKnown.get(year);
  if (!known)
    windowsKnown.set(year, (known = { flow: flowWindows(year), state: stateWindows(year), year: yearWindow(year) }));
  if (isState(measure)) return known.state;
  return tier === 'all' ? known.flow : known.year;
}

const marks = (flags: readonly boolean[]) => flags.map(Number).join('');
const written = ({ slots, common, year }: Standing) => `${marks(slots)}/${marks(common)}/${marks([year])}`;

function readBack(decision: unknown, measure: string, tier: string, windows: Windows): Standing {
  const found: unknown = (decision as Decision | null)?.[measure]?.[tier];
  const parts = typeof found === 'string' ? found.split('/') : [];
  const [slots, common, year] = parts.map((part) => [...part].map((mark) => mark === '1'));
  return slots && common && slots.length === windows.slots && common.length === windows.slots
    ? { slots, common, year: year?.[0] ?? false }
    : nothingShown(windows);
}

/** One more level of a table of tables. */
function levelOf<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let found = map.get(key);
  if (!found) map.set(key, (found = new Map<L, V>()));
  return found;
}

/**
 * The rule in force (docs/decisions/036-small-numbers.md): of what is shown of a parent, its children, their groups and periods, no number of few people
 * can be worked out.
 */
export const disclose: DisclosureRule = (block) => {
  const own = lookupIn(block.own);
  const looks = block.children.map(lookupIn);
  const total = lookupIn(block.total);
  const mine = new Map<string, Map<string, Standing>>();
  const theirs = block.children.map(() => new Map<string, Map<string, Standing>>());
  for (const measure of measuresOf(block.family)) {
    for (const tier of tiers) {
      // What holds nobody of its groups needs no judging; there is no cell of it to show.
      if (!block.total.cells.some((cell) => cell.measure === measure && tierOf(cell.group) === tier.name)) continue;
      const windows = windowsOf(measure, tier.name, block.year);
      const limitsIn = (known: Map<string, Map<string, Standing>>) =>
        [
          ...(tier.under ? [known.get(measure)?.get(tier.under)] : []),
          ...(aboutPeople[measure] ? [known.get(aboutPeople[measure] ?? '')?.get(tier.name)] : []),
        ].flatMap((limit) => (limit ? [fitting(limit, windows)] : []));
      const counts = (look: Lookup) =>
        countsOf(
          look,
          tier,
          measure,
          windows.list.map(({ period }) => period),
        );
      const asked = { windows, rest: restTells(measure) };
      const standing =
        block.above === null
          ? topOf(counts(total), asked, within(allShown(windows), ...limitsIn(mine)))
          : readBack(block.above, measure, tier.name, windows);
      levelOf(mine, measure).set(tier.name, standing);
      const answers = blockOf({
        ...asked,
        parent: standing,
        own: counts(own),
        children: looks.map((look, at) => ({ counts: counts(look), limits: limitsIn(theirs[at] ?? new Map()) })),
      });
      for (const [at, answer] of answers.entries()) levelOf(theirs[at] ?? new Map(), measure).set(tier.name, answer);
    }
  }
  return {
    hides: (cell) => {
      const tier = tierOf(cell.group);
      const standing = tier === null ? undefined : mine.get(cell.measure)?.get(tier);
      if (tier === null || !standing) return true;
      const window = windowsOf(cell.measure, tier, block.year).byPeriod.get(cell.period);
      return !window || !shows(standing, window);
    },
    children: new Map(
      block.children.map(({ areaId }, at) => [
        areaId,
        Object.fromEntries(
          [...(theirs[at] ?? [])].map(([measure, byTier]) => [
            measure,
            Object.fromEntries([...byTier].map(([tier, standing]) => [tier, written(standing)])),
          ]),
        ),
      ]),
    ),
  };
};

/** A limit from a whole that is told by all periods, where the groups are told by the year. */
const fitting = (limit: Standing, windows: Windows): Standing =>
  limit.slots.length === windows.slots ? limit : { slots: [limit.year], common: [false], year: false };

/** What is asked of the numbers of one tier; `rest`: also what values leave of their wholes must not be few. */
interface Asked {
  readonly windows: Windows;
  readonly rest: boolean;
}

const has = (row: readonly number[] | undefined) => row?.some((count) => count > 0) ?? false;
const sizeOf = (counts: Counts) => counts.reduce((all, row) => all + row.reduce((some, count) => some + count, 0), 0);

/** The slots that would tell of few people if they were shown as far as `allowed`. */
function unsafeSlots(counts: Counts, { windows, rest }: Asked, allowed: Standing): Set<number> {
  const slots = windows.list.flatMap((window, at) =>
    window.kind !== 'year' && shows(allowed, window) && !isSafe(counts[at] ?? [], rest) ? [window.slots[0] ?? 0] : [],
  );
  return new Set(slots);
}

const yearIsSafe = (counts: Counts, { windows, rest }: Asked) =>
  windows.list.every(({ kind }, at) => kind !== 'year' || isSafe(counts[at] ?? [], rest));

/** The slots in which anything was counted. */
function activeSlots(counts: Counts, windows: Windows): Set<number> {
  return new Set(windows.list.flatMap(({ slots }, at) => (has(counts[at]) && slots.length === 1 ? slots : [])));
}

const without = (standing: Standing, slots: ReadonlySet<number>, year: boolean): Standing => ({
  ...standing,
  slots: standing.slots.map((shown, slot) => shown && !slots.has(slot)),
  year,
});

/**
 * The standing with some more slots hidden. What is counted over time then either keeps its year and hides all its parts, or, where it is the lesser
 * loss, keeps the other quarters and hides the year, which would else give the hidden ones away.
 */
function withHoles(counts: Counts, windows: Windows, standing: Standing, holes: ReadonlySet<number>): Standing {
  const holed = without(standing, holes, false);
  if (!windows.flow || !standing.year) return holed;
  const active = [...activeSlots(counts, windows)].filter((slot) => !standing.common[slot]);
  const lost = active.filter((slot) => !holed.slots[slot]).length;
  return lost * 2 < active.length ? holed : { ...standing, slots: standing.slots.map(() => false), year: true };
}

/** What an area's own numbers allow, within what is allowed already. */
function ownStanding(counts: Counts, asked: Asked, allowed: Standing): Standing {
  const { windows } = asked;
  const holes = unsafeSlots(counts, asked, allowed);
  const year = allowed.year && yearIsSafe(counts, asked);
  // A year of few people would be the sum of its parts.
  if (allowed.year && !year) for (const slot of activeSlots(counts, windows)) holes.add(slot);
  const limited = { ...allowed, year };
  return holes.size > 0 || !isWhole(limited) ? withHoles(counts, windows, limited, holes) : limited;
}

/**
 * What is shown at the top of the tree, which has no sisters to hide among: quarters with few people are hidden for everybody below too, at least two of
 * them, so that the year does not give one away.
 */
function topOf(counts: Counts, asked: Asked, allowed: Standing): Standing {
  const { windows } = asked;
  const holes = unsafeSlots(counts, asked, allowed);
  if (!windows.flow) return without(allowed, holes, false);
  for (const [slot, common] of allowed.common.entries()) if (common) holes.add(slot);
  const year = allowed.year && yearIsSafe(counts, asked);
  const active = activeSlots(counts, windows);
  if (allowed.year && !year) return without(allowed, new Set([...active, ...holes]), false);
  if (year && holes.size === 1) holes.add(nearest([...holes][0] ?? 0, active));
  return { ...without(allowed, holes, year), common: allowed.common.map((_, slot) => year && holes.has(slot)) };
}

/** The quarter with anything in it that is nearest to another, else the one beside it. */
function nearest(slot: number, active: ReadonlySet<number>): number {
  const others = [1, -1, 2, -2, 3, -3].map((step) => slot + step);
  return others.find((other) => active.has(other)) ?? (slot > 0 ? slot - 1 : slot + 1);
}

interface Child {
  readonly counts: Counts;
  readonly size: number;
  standing: Standing;
}

interface Question extends Asked {
  readonly parent: Standing;
  readonly own: Counts;
  readonly children: readonly { readonly counts: Counts; readonly limits: readonly Standing[] }[];
}

/**
 * What is shown of each child: as much as its own numbers allow, less what would give hidden sisters away. What the shown ones leave of a parent's number
 * is then nobody's, or that of at least ten.
 */
function blockOf(question: Question): Standing[] {
  const { windows, parent, own } = question;
  const children = question.children.map(({ counts, limits }): Child => {
    const standing = ownStanding(counts, question, within(parent, ...limits));
    return { counts, size: sizeOf(counts), standing };
  });
  children.sort((a, b) => a.size - b.size);
  const inOrder = [...children];
  const byCounts = new Map(inOrder.map((child) => [child.counts, child]));
  for (let mended = true; mended;) {
    mended = false;
    for (const [at, window] of windows.list.entries())
      while (shows(parent, window) && mend(inOrder, { at, window, own: own[at] ?? [] }, question)) mended = true;
  }
  return question.children.map(({ counts }) => byCounts.get(counts)?.standing ?? parent);
}

/** Hides one more child from a window whose hidden ones are few; says whether it had to. Children come smallest first. */
function mend(
  children: readonly Child[],
  { at, window, own }: { at: number; window: Window; own: readonly number[] },
  { windows, rest }: Asked,
): boolean {
  const rowOf = ({ counts }: Child) => counts[at] ?? [];
  const hidden = children.filter(({ standing }) => !shows(standing, window));
  const left = sum([own, ...hidden.map(rowOf)], own.length);
  if (isSafe(left, rest)) return false;
  const shown = children.filter((child) => shows(child.standing, window) && has(rowOf(child)));
  const next =
    shown.find((child) => isSafe(sum([left, rowOf(child)], own.length), rest)) ??
    shown.find((child) => rowOf(child).some((count, one) => count > 0 && isSmall(left[one] ?? 0))) ??
    shown[0];
  if (!next) return false;
  next.standing = hiddenFrom(window, next, windows);
  return true;
}

/** What is left of a child that no longer shows a window. */
function hiddenFrom(window: Window, { counts, standing }: Child, windows: Windows): Standing {
  const slot = window.slots.find((one) => standing.slots[one]);
  if (window.kind === 'slot') return withHoles(counts, windows, standing, new Set(slot === undefined ? [] : [slot]));
  // A year goes with one of its quarters, else it could be added up.
  const active = activeSlots(counts, windows);
  const quarter = standing.slots.findIndex((shown, one) => shown && active.has(one));
  return without(standing, new Set(quarter < 0 ? [] : [quarter]), false);
}
