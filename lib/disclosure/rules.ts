import { exchangeAmong, moveAlone, Place, type Move } from './exchanges';
import { frameOf, lineOf, shiftOf, type Frame, type Over, type Shift } from './frame';
import { divide, hideDivisions, type Divided } from './groups';
import { lookupIn, tierOf, tiers, type Block, type DisclosureRule, type Lookup } from './schema';

export type { Block, BlockCell, BlockPart, DisclosureRule } from './schema';

interface About {
  /** The measure whose wholes bound this one's: people who are not told of there are not here. */
  readonly within: string | null;
  readonly over: Over;
  /** What a value leaves of its whole are people who cannot do something: as much their own affair as the value. */
  readonly restTells: boolean;
}

const about: Readonly<Record<string, About>> = {
  attendance: { within: null, over: 'sums', restTells: false },
  people_reached: { within: null, over: 'distinct', restTells: false },
  service_guided: { within: 'people_reached', over: 'distinct', restTells: false },
  new_core: { within: null, over: 'sums', restTells: false },
  skills_attained: { within: null, over: 'sums', restTells: false },
  retention: { within: null, over: 'sums', restTells: true },
  core_attained: { within: null, over: 'stands', restTells: true },
};
const aboutSkill: About = { within: null, over: 'stands', restTells: true };

/** What is told of people by groups. */
export const peopleMeasures: readonly string[] = Object.keys(about);

const aboutOf = (measure: string): About => about[measure] ?? aboutSkill;

/** Told of a moment, not counted over time. */
export const isState = (measure: string) => aboutOf(measure).over === 'stands';

/**
 * The measures that are decided together with this one, by the measure none of them is shown without; null for what is not about learners (sessions, classes, teams, hours),
 * which is never hidden.
 */
export function familyOf(measure: string): string | null {
  if (measure.startsWith('skill_')) return measure;
  return about[measure] ? (about[measure].within ?? measure) : null;
}

/** The measures of a family, those first that others lie within. */
export function measuresOf(family: string): readonly string[] {
  return [family, ...peopleMeasures.filter((measure) => about[measure]?.within === family)];
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

/** The periods in which groups of what is counted over time are told, as a pattern: the administration's years. */
export const groupsPeriods = '^k\\d{4}$';
const isGroupsPeriod = new RegExp(groupsPeriods);

/** When a measure is told by groups, in this period: periods that end together are told alike. Null where it is told of everybody only. */
function occasionOf(frame: Frame, period: string): string | null {
  if (!frame.isState) return isGroupsPeriod.test(period) ? period : null;
  const span = frame.spans[frame.byPeriod.get(period) ?? -1];
  return span ? (frame.slots[span.from] ?? null) : null;
}

const occasions = new WeakMap<Frame, ReadonlyMap<string, number>>();
/** All occasions, each with one of its spans. */
function occasionsOf(frame: Frame): ReadonlyMap<string, number> {
  let found = occasions.get(frame);
  if (!found) {
    const all = frame.spans.flatMap(({ period }, nth) => {
      const occasion = occasionOf(frame, period);
      return occasion === null ? [] : [[occasion, nth] as const];
    });
    occasions.set(frame, (found = new Map(all)));
  }
  return found;
}

type Names = readonly [give: readonly string[], take: readonly string[]];
/** A move by the names of slots: of the value and of the whole, once where they are the same. */
type MoveNamed = readonly [both: Names] | readonly [value: Names | null, of: Names | null];

/** What is decided of one area, as it is kept for the area's own block: moves, and for each tier the occasions on which it is hidden. */
interface Decision {
  /** Periods that are hidden though no move is known to change them. */
  readonly forced?: Readonly<Record<string, readonly string[]>>;
  readonly moves?: Readonly<Record<string, readonly MoveNamed[]>>;
  readonly groups?: Readonly<Record<string, readonly string[]>>;
}

function namesOf(frame: Frame, moves: readonly Move[]): MoveNamed[] {
  const slots = (all: readonly number[]) => all.map((slot) => frame.slots[slot] ?? '');
  const names = (shift: Shift | null): Names | null => shift && [slots(shift.give), slots(shift.take)];
  const named = moves.map(({ value, of }): MoveNamed => {
    const both = value && value === of ? names(value) : null;
    return both ? [both] : [names(value), names(of)];
  });
  return named.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function movesNamed(frame: Frame, decision: Decision, measure: string): Move[] {
  const slots = (names: readonly string[]) => names.map((name) => frame.slots.indexOf(name));
  const shift = (names: Names | null): Shift | null => names && shiftOf(frame, slots(names[0]), slots(names[1]));
  return (decision.moves?.[measure] ?? []).map((named): Move => {
    const value = shift(named[0]);
    return { value, of: named.length === 1 ? value : shift(named[1]) };
  });
}

/** A part of a block with what is found out about it. */
interface Member {
  readonly areaId: number | null;
  readonly look: Lookup;
  readonly places: Map<string, Place>;
  readonly decision: {
    moves: Record<string, readonly MoveNamed[]>;
    forced: Record<string, readonly string[]>;
    groups: Record<string, string[]>;
  };
}

/**
 * The rule in force (docs/decisions/036-small-numbers.md): of what is shown of a parent, its children, their groups and periods, no number of few people
 * can be worked out, since for each hidden one there is another world in which all that is shown is the same.
 */
export const disclose: DisclosureRule = (block) => {
  const member = (areaId: number | null, look: Lookup): Member => ({
    areaId,
    look,
    places: new Map(),
    decision: { moves: {}, forced: {}, groups: {} },
  });
  const total = member(block.areaId, lookupIn(block.total));
  const children = block.children.map((part) => member(part.areaId, lookupIn(part)));
  const own = block.own.cells.length > 0 ? [member(null, lookupIn(block.own))] : [];
  const above = (block.above ?? {}) as Decision;
  const hiddenGroups = new Set<string>();
  for (const measure of measuresOf(block.family)) {
    if (!block.total.cells.some((cell) => cell.measure === measure)) continue;
    const frame = frameFor(block, measure);
    const mine = placeOf(total, frame, measure, false);
    for (const move of movesNamed(frame, above, measure)) mine.apply(move);
    for (const period of above.forced?.[measure] ?? []) mine.force(frame.byPeriod.get(period) ?? -1);
    if (block.above === null) moveAlone(mine);
    const places = [...children, ...own].map((one) => placeOf(one, frame, measure, one.areaId === null));
    // A place without others is told where its whole is.
    if (children.length > 0) exchangeAmong(places, mine);
    for (const [at, { decision }] of children.entries()) {
      const place = places[at];
      decision.moves[measure] = namesOf(frame, place?.moves ?? []);
      const forced = place?.forcedSpans.flatMap((nth) => frame.spans[nth]?.period ?? []) ?? [];
      if (forced.length > 0) decision.forced[measure] = forced;
    }
    for (const key of divideAll({ block, above, measure, frame, total, children, own })) hiddenGroups.add(key);
  }
  return {
    hides: ({ period, measure, group }) => {
      const place = total.places.get(measure);
      const span = place?.frame.byPeriod.get(period);
      const tier = tierOf(group);
      if (!place || span === undefined || tier === null) return true;
      if (tier === 'all') return place.isHidden(span);
      const occasion = occasionOf(place.frame, period);
      return occasion === null || hiddenGroups.has(`${measure} ${tier} ${occasion}`);
    },
    children: new Map(children.map(({ areaId, decision }) => [areaId ?? 0, decision])),
  };
};

function frameFor(block: Block, measure: string): Frame {
  const first = block.total.cells.reduce((least, { period }) => Math.min(least, yearOf(period)), Infinity);
  return frameOf(first, block.now, isState(measure));
}

const yearOf = (period: string) => Number(period.replace('k', '').slice(0, 4));

function placeOf(member: Member, frame: Frame, measure: string, isOwn: boolean): Place {
  const { over, restTells, within } = aboutOf(measure);
  const line = (side: 0 | 1) => lineOf(frame, over, (period) => member.look(period, measure, 'all')[side]);
  const place = new Place(frame, over, line(0), line(1), restTells, isOwn);
  // Whoever is counted otherwise there is so here.
  for (const move of within ? (member.places.get(within)?.moves ?? []) : [])
    if (move.of) place.apply({ value: null, of: move.of });
  member.places.set(measure, place);
  return place;
}

interface Dividing {
  readonly block: Block;
  readonly above: Decision;
  readonly measure: string;
  readonly frame: Frame;
  readonly total: Member;
  readonly children: readonly Member[];
  readonly own: readonly Member[];
}

/** Decides for every way of dividing people, and each occasion it is told on, where it is hidden; says where in the block's own area. */
function divideAll({ block, above, measure, frame, total, children, own }: Dividing): string[] {
  const rest = aboutOf(measure).restTells;
  const hiddenIn = new Map<string, ReadonlySet<Member>>();
  const mine: string[] = [];
  for (const tier of tiers) {
    if (tier.under === null) continue;
    const groups = tier.sides.flatMap(({ parts }) => parts);
    if (!block.total.cells.some((cell) => cell.measure === measure && groups.includes(cell.group))) continue;
    const name = `${measure} ${tier.name}`;
    const told = new Set(block.above === null ? [] : (above.groups?.[name] ?? []));
    for (const [occasion, nth] of occasionsOf(frame)) {
      const period = frame.spans[nth]?.period ?? '';
      const under = hiddenIn.get(`${tier.under} ${occasion}`);
      const dividedOf = (member: Member, isHiddenAbove: boolean): Divided => {
        const mustHide =
          isHiddenAbove || (member.places.get(measure)?.isHidden(nth) ?? true) || under?.has(member) === true;
        return divide(member.look, tier, measure, period, { mustHide, rest });
      };
      const isHidden = told.has(occasion) || dividedOf(total, false).hidden;
      if (isHidden) mine.push(`${name} ${occasion}`);
      const members = [...children, ...own];
      const divided = members.map((member) => dividedOf(member, isHidden));
      if (!isHidden) hideDivisions(divided, rest);
      const hidden = new Set(members.filter((_, at) => divided[at]?.hidden));
      if (isHidden) hidden.add(total);
      hiddenIn.set(`${tier.name} ${occasion}`, hidden);
      for (const { areaId, decision } of hidden)
        if (areaId !== null && areaId !== block.areaId) (decision.groups[name] ??= []).push(occasion);
    }
  }
  return mine;
}
