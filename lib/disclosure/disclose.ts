import { grouped } from '@/lib/kernel/group';
import { exchangeAmong, moveAlone } from './exchanges';
import { Place, type Move } from './place';
import { frameOf, lineOf, run, shiftOf, type Frame, type Shift } from './frame';
import { divide, hideDivisions, type Divided } from './groups';
import { limitsOf } from './limits';
import { roundedOnly } from './rounded';
import { aboutOf, besideOf, isGroupsPeriod, isOfUnits, isState, isUntold, roundedTo, tellsGroups } from './rules';
import {
  lookupIn,
  tierOf,
  tiers,
  toldKey,
  type Block,
  type BlockPart,
  type DisclosureRule,
  type Lookup,
} from './schema';

/** When a measure is told by groups, in this period: periods that end together are told alike. Null where it is told of everybody only. */
function occasionOf(frame: Frame, period: string): string | null {
  if (!frame.isState) return isGroupsPeriod(period) ? period : null;
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
/** A move by the names of slots, of a run of moments by the first and the last: of the value and of the whole, once where they are the same. */
type MoveNamed = readonly [both: Names] | readonly [value: Names | null, of: Names | null];

/** What is decided of one area, as it is kept for the area's own block. */
interface Decision {
  moves?: readonly MoveNamed[];
  /** Periods that are hidden though no move is known to change them. */
  forced?: readonly string[];
  /** For each way of dividing people, the occasions on which it is hidden. */
  groups?: Record<string, string[]>;
}

function namesOf(frame: Frame, moves: readonly Move[]): MoveNamed[] {
  const slots = (all: readonly number[]) =>
    (frame.isState && all.length > 2 ? [all[0] ?? 0, all.at(-1) ?? 0] : all).map((slot) => frame.slots[slot] ?? '');
  const names = (shift: Shift | null): Names | null => shift && [slots(shift.give), slots(shift.take)];
  const named = moves.map(({ value, of }): MoveNamed => {
    const both = value && value === of ? names(value) : null;
    return both ? [both] : [names(value), names(of)];
  });
  return named.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function movesNamed(frame: Frame, named: readonly MoveNamed[]): Move[] {
  const slots = (names: readonly string[]) => {
    const [from, to, ...more] = names.map((name) => frame.slots.indexOf(name));
    if (from === undefined || to === undefined) return from === undefined ? [] : [from];
    return frame.isState ? run(from, to) : [from, to, ...more];
  };
  const shift = (names: Names | null): Shift | null => names && shiftOf(frame, slots(names[0]), slots(names[1]));
  return named.map((move): Move => {
    const value = shift(move[0]);
    return { value, of: move.length === 1 ? value : shift(move[1]) };
  });
}

/** Whether everybody's number of a span was told for good; of what stands by any period that ends with it. */
const isTold = ({ spans, isState }: Frame, { told }: BlockPart, nth: number) =>
  told !== undefined &&
  spans.some(
    (one, at) =>
      (at === nth || (isState && one.from === spans[nth]?.from)) &&
      told.has(toldKey({ period: one.period, group: 'all' })),
  );

/** A part of a block with what is found out about it. */
interface Member {
  readonly part: BlockPart;
  readonly look: Lookup;
  readonly place: Place;
  readonly decision: Decision;
}

/**
 * The rule in force (docs/decisions/036-small-numbers.md): of what is shown of a parent, its children, their groups and periods, no number of few people
 * can be worked out, since for each hidden one there is another world in which all that is shown is the same.
 */
export const disclose: DisclosureRule = (block) => {
  const { measure } = block;
  const step = roundedTo(measure);
  if (step > 1 && besideOf(measure) === null) return roundedOnly(block);
  const first = block.total.cells.reduce((least, { period }) => Math.min(least, yearOf(period)), Infinity);
  if (!Number.isFinite(first) || isUntold(measure) || (block.belowUnit && isOfUnits(measure)))
    return { hides: () => true, children: new Map() };
  const frame = frameOf(first, block.now, isState(measure));
  const member = (part: BlockPart, isOwn: boolean): Member => {
    const { over, restTells, partOf, grows } = aboutOf(measure);
    const look = lookupIn(part);
    const spans = new Set(frame.spans.flatMap((_, nth) => (isTold(frame, part, nth) ? [nth] : [])));
    const known = { spans, whole: partOf !== undefined };
    const line = (side: 0 | 1) => lineOf(frame, over, (period) => look(period, measure, 'all')[side]);
    return {
      look,
      place: new Place(frame, over, line(0), line(1), restTells, isOwn, known, grows, limitsOf(block, frame, part)),
      part,
      decision: {},
    };
  };
  const [total, own] = [member(block.total, false), member(block.own, true)];
  const children = block.children.map((part) => member(part, false));
  const members = block.own.cells.length > 0 ? [...children, own] : children;
  const above = (block.above ?? {}) as Decision;

  for (const move of movesNamed(frame, above.moves ?? [])) total.place.apply(move);
  for (const period of above.forced ?? []) total.place.force(frame.byPeriod.get(period) ?? -1);
  if (block.above === null) moveAlone(total.place);
  // A place without any below it is told where its whole is.
  if (children.length > 0) {
    exchangeAmong(
      members.map(({ place }) => place),
      total.place,
      block.above === null,
    );
    for (const { place, decision } of children) {
      decision.moves = namesOf(frame, place.moves);
      decision.forced = place.forcedSpans.map((nth) => frame.spans[nth]?.period ?? '');
    }
  }
  const hiddenGroups = tellsGroups(measure) ? divideAll(block, frame, total, members, above) : new Set();
  return {
    hides: ({ period, group }) => {
      const span = frame.byPeriod.get(period);
      const tier = tierOf(group);
      if (span === undefined || tier === null) return true;
      if (tier === 'all') return total.place.isHidden(span);
      if (!tellsGroups(measure)) return true;
      const occasion = occasionOf(frame, period);
      return occasion === null || hiddenGroups.has(`${tier} ${occasion}`);
    },
    children: new Map(block.children.map(({ areaId }, at) => [areaId, children[at]?.decision])),
    roundedTo: () => step,
  };
};

const yearOf = (period: string) => Number(period.replace('k', '').slice(0, 4));

/**
 * Moments at which as many were known of in a place: nobody new was, so that who is in a group is the same then as well. What is hidden of a way of
 * dividing them at one is hidden at all.
 */
class Ties {
  private readonly alike: ReadonlyMap<Member, ReadonlyMap<string, readonly string[]>>;
  private readonly held = new Set<string>();
  private readonly names: ReadonlyMap<Member, number>;

  constructor(all: readonly Member[], frame: Frame, measure: string) {
    this.names = new Map(all.map((member, at) => [member, at]));
    const grows = frame.isState && aboutOf(measure).grows?.includes('of') === true;
    this.alike = new Map(
      (grows ? all : []).map((member) => {
        const wholeOf = ([, nth]: readonly [string, number]) =>
          member.look(frame.spans[nth]?.period ?? '', measure, 'all')[1];
        const runs = grouped([...occasionsOf(frame)], wholeOf);
        const names = [...runs.values()].map((run) => run.map(([occasion]) => occasion));
        return [member, new Map(names.flatMap((run) => run.map((occasion) => [occasion, run] as const)))];
      }),
    );
  }

  holds(member: Member, occasion: string): boolean {
    return this.held.has(`${this.names.get(member)} ${occasion}`);
  }

  /** Holds what follows from what was found hidden; whether that is more than was held. */
  learn(found: ReadonlyMap<string, ReadonlySet<Member>>): boolean {
    let more = false;
    for (const [occasion, hidden] of found)
      for (const member of hidden)
        for (const other of this.alike.get(member)?.get(occasion) ?? [])
          if (!found.get(other)?.has(member)) {
            this.held.add(`${this.names.get(member)} ${other}`);
            more = true;
          }
    return more;
  }
}

/** Decides for every way of dividing people, and each occasion it is told on, where it is hidden; says where in the block's own area. */
function divideAll(
  { measure, total: { cells } }: Block,
  frame: Frame,
  total: Member,
  members: readonly Member[],
  above: Decision,
): ReadonlySet<string> {
  const rest = aboutOf(measure).restTells;
  const hiddenIn = new Map<string, ReadonlySet<Member>>();
  const mine = new Set<string>();
  for (const tier of tiers) {
    const groups = tier.sides.flatMap(({ parts }) => parts);
    if (tier.under === null || !cells.some(({ group }) => groups.includes(group))) continue;
    const told = new Set(above.groups?.[tier.name] ?? []);
    const tied = new Ties([total, ...members], frame, measure);
    /** Those of the block in which the tier is hidden on an occasion. */
    const hiddenOn = (occasion: string, nth: number): Set<Member> => {
      const period = frame.spans[nth]?.period ?? '';
      const under = hiddenIn.get(`${tier.under} ${occasion}`);
      const dividedOf = (member: Member, isHiddenAbove: boolean): Divided => {
        const isHidden = member.place.isHidden(nth) || under?.has(member) === true || tied.holds(member, occasion);
        const hides = (name: string) => hiddenIn.get(`${name} ${occasion}`)?.has(member) === true;
        return divide(member.look, tier, measure, period, { mustHide: isHiddenAbove || isHidden, rest, hides });
      };
      const isHidden = told.has(occasion) || dividedOf(total, false).hidden;
      const divided = members.map((member) => dividedOf(member, isHidden));
      const kept = divided.filter((_, at) => {
        const { told } = members[at]?.part ?? {};
        return told && groups.some((group) => told.has(toldKey({ period, group })));
      });
      if (!isHidden) hideDivisions(divided, rest, new Set(kept));
      return new Set([...(isHidden ? [total] : []), ...members.filter((_, at) => divided[at]?.hidden)]);
    };
    let found: ReadonlyMap<string, ReadonlySet<Member>>;
    do found = new Map([...occasionsOf(frame)].map(([occasion, nth]) => [occasion, hiddenOn(occasion, nth)]));
    while (tied.learn(found));
    for (const [occasion, hidden] of found) {
      hiddenIn.set(`${tier.name} ${occasion}`, hidden);
      if (hidden.has(total)) mine.add(`${tier.name} ${occasion}`);
      for (const { decision } of members.filter((member) => hidden.has(member)))
        ((decision.groups ??= {})[tier.name] ??= []).push(occasion);
    }
  }
  return mine;
}
