import { run, shiftOf, type Frame, type Shift, type Span } from './frame';
import { effect, sides, type Move, type Place, type Side } from './place';

function reverse(frame: Frame, { value, of }: Move): Move {
  const back = (shift: Shift | null) => shift && shiftOf(frame, shift.take, shift.give);
  return { value: back(value), of: back(of) };
}

/** An answer to a side that could be worked out: what may have been otherwise in the place, and in the sister that makes up for it. */
interface Exchange {
  readonly move: Move;
  readonly sister: Place | null;
  /** Whether their sum changes with it, so that it is hidden there. */
  readonly whole?: true;
  readonly cost: number;
}

/** Of sisters, first only so many of the smallest are looked at. */
const few = 12;

/**
 * Hides, among places whose sum is told, all that would give numbers of few people away: for every hidden number there comes to be an exchange, one
 * thing counted otherwise here and one the other way round in a sister, under which all that is shown stays as it is. What no exchange changes may be
 * shown. `whole`: the place they make up; what may have been otherwise there was so in one of them. `isTop`: nobody is above it, so that it may have been otherwise
 * there too where no sister can make up for it, since all of them were told for good.
 */
export function exchangeAmong(places: readonly Place[], whole: Place, isTop: boolean): void {
  const inOrder = [...places].sort((a, b) => a.size - b.size);
  const carried = whole.moves;
  const forced = [...whole.forcedSpans];
  for (const move of carried) {
    const carriers = carriersOf(move, inOrder);
    for (const one of carriers) one.place.apply(one.move);
    if (carriers.length === 0) forced.push(...spansAround(whole, move));
  }
  for (const place of places) for (const nth of forced) place.force(nth);
  for (let more = true; more;) {
    more = false;
    for (const place of inOrder)
      for (const nth of longestFirst(place.frame))
        for (const side of place.bare(nth)) {
          const found =
            exchangeFor(place, nth, side, inOrder, carried) ?? (isTop ? shared(place, nth, side, whole) : null);
          if (!found) continue;
          if (found.whole) whole.apply(found.move);
          place.apply(found.move);
          found.sister?.apply(reverse(place.frame, found.move));
          more = true;
        }
  }
}

/** The spans whose numbers a move changes, and all that share time with one of them: what lies in them or around them bounds them. */
function spansAround(whole: Place, move: Move): number[] {
  const { spans } = whole.frame;
  const changed = spans.filter((_, nth) => sides.some((side) => effect(move, nth, side) !== 0));
  const meets = (one: Span) => changed.some(({ from, to }) => one.from < to && from < one.to);
  return spans.flatMap((span, nth) => (meets(span) ? [nth] : []));
}

interface Carrier {
  readonly place: Place;
  readonly move: Move;
}

/** Who makes a move that their sum makes: one place, else two that share it, one in what is less and one in what is more; nobody where none can. */
function carriersOf(move: Move, places: readonly Place[]): Carrier[] {
  const alone = carrierOf(move, places, () => true);
  if (alone) return [alone];
  const halves = [(by: number) => by < 0, (by: number) => by > 0].map((isPart) => carrierOf(move, places, isPart));
  const both = halves.flatMap((one) => (one ? [one] : []));
  if (both.length === 2) return both;
  if (move.value === null || move.of === null) return [];
  const apart = [
    { ...move, of: null },
    { ...move, value: null },
  ].map((one) => carrierOf(one, places, () => true));
  const sides = apart.flatMap((one) => (one ? [one] : []));
  return sides.length === 2 ? sides : [];
}

/** The place that a part of a move costs least, where any can make it. */
function carrierOf(move: Move, places: readonly Place[], isPart: (by: number) => boolean): Carrier | undefined {
  const able = places.flatMap((place) => {
    const like = likeMoves(place, move, isPart).find((one) => place.allows(one));
    return like ? [{ place, move: like }] : [];
  });
  return cheapest(able, (one) => one.place.cost(one.move));
}

/**
 * Moves that change numbers of periods as another does, in the part of them it is asked of: distinct people may have been counted in some other slots as
 * well, which is not seen in those numbers.
 */
function likeMoves(place: Place, move: Move, isPart: (by: number) => boolean): Move[] {
  const { frame } = place;
  const wanted = (nth: number, side: Side) => {
    const by = effect(move, nth, side);
    return isPart(by) ? by : 0;
  };
  const isAlike = (other: Move) =>
    frame.spans.every((_, nth) =>
      (['value', 'of'] as const).every((side) => effect(other, nth, side) === wanted(nth, side)),
    );
  if (isAlike(move)) {
    if (place.over !== 'distinct' || place.allows(move)) return [move];
  } else if (place.over !== 'distinct') return [];
  const shift = move.of ?? move.value;
  const active = frame.slots.flatMap((_, slot) => (place.isActive(slot) ? [slot] : []));
  const stays = active.flatMap((one, nth) => [[one], ...active.slice(nth + 1).map((two) => [one, two])]);
  const moving = [shift?.give.slice(0, 1) ?? [], shift?.take.slice(0, 1) ?? []] as const;
  const [give, take] = isPart(-1) && isPart(1) ? moving : isPart(-1) ? [moving[0], []] : [[], moving[1]];
  return stays
    .map((stay): Move => {
      const like = shiftOf(frame, [...give, ...stay], [...take, ...stay]);
      return { value: move.value && like, of: move.of && like };
    })
    .filter(isAlike);
}

/** Whether what may have been counted there otherwise was counted when somebody was. */
const isActiveAt = (place: Place, { value, of }: Move) =>
  [...(value?.take ?? []), ...(of?.take ?? [])].every((slot) => place.isActive(slot));

/** What may have been otherwise in a place that has no sisters, so that its hidden numbers cannot be worked out. */
export function moveAlone(place: Place): void {
  for (const nth of longestFirst(place.frame))
    for (const side of place.bare(nth)) {
      // Where nobody was counted anywhere, nobody may have been.
      const moves = (reach: 'near' | 'far') =>
        movesOf(place, nth, side, reach).filter((move) => isActiveAt(place, move));
      const near = moves('near');
      const best = cheapest(near.length > 0 ? near : moves('far'), (move) => place.cost(move));
      if (best) place.apply(best);
    }
}

const orders = new WeakMap<Frame, readonly number[]>();
function longestFirst(frame: Frame): readonly number[] {
  let order = orders.get(frame);
  if (!order) {
    const length = (nth: number) => (frame.spans[nth]?.to ?? 0) - (frame.spans[nth]?.from ?? 0);
    orders.set(frame, (order = frame.spans.map((_, nth) => nth).sort((a, b) => length(b) - length(a))));
  }
  return order;
}

function cheapest<T>(all: readonly T[], costOf: (one: T) => number): T | undefined {
  let [best, least]: [T | undefined, number] = [undefined, Infinity];
  for (const one of all) {
    const cost = costOf(one);
    if (cost < least) [best, least] = [one, cost];
  }
  return best;
}

/** What may have been otherwise in a place and so in the whole it is part of. */
function shared(place: Place, nth: number, side: Side, whole: Place): Exchange | undefined {
  const both = (['near', 'far'] as const)
    .flatMap((reach) => movesOf(place, nth, side, reach))
    .filter((move) => whole.allows(move) && isActiveAt(whole, move))
    .map((move): Exchange => ({ move, sister: null, whole: true, cost: place.cost(move) + whole.cost(move) }));
  return cheapest(both, ({ cost }) => cost);
}

function exchangeFor(
  place: Place,
  nth: number,
  side: Side,
  places: readonly Place[],
  carried: readonly Move[],
): Exchange | undefined {
  const alone = carried.flatMap((move): Exchange[] =>
    effect(move, nth, side) !== 0 && place.allows(move) ? [{ move, sister: null, cost: place.cost(move) }] : [],
  );
  let best = cheapest(alone, ({ cost }) => cost);
  const sisters = places.filter((other) => other !== place);
  // First what lies next and small sisters, which is nearly always enough.
  for (const reach of ['near', 'far'] as const) {
    const moves = movesOf(place, nth, side, reach).map((move) => ({
      move,
      other: reverse(place.frame, move),
      cost: place.cost(move),
    }));
    for (const some of reach === 'near' ? [sisters.slice(0, few), sisters.slice(few)] : [sisters]) {
      for (const sister of some)
        for (const { move, other, cost } of moves) {
          // What a move costs here alone is too much already, mostly.
          if (best && cost >= best.cost) continue;
          if (!sister.allows(other)) continue;
          // The less can be exchanged, the nearer to the truth one comes.
          const narrowness = Math.max(0, 6 - Math.min(place.holds(move), sister.holds(other)));
          const both = cost + sister.cost(other) + 8 * narrowness;
          if (!best || both < best.cost) best = { move, sister, cost: both };
        }
      if (best) return best;
    }
  }
  return undefined;
}

/** Possible moves into and out of a span that change a side of it: by where most was counted, and what lies next or far off. */
function movesOf(place: Place, nth: number, side: Side, reach: 'near' | 'far'): Move[] {
  const { frame, over } = place;
  const span = frame.spans[nth];
  if (!span) return [];
  if (over === 'stands')
    return standing(place, span.from, reach).filter((move) => effect(move, nth, side) !== 0 && place.allows(move));
  const active = frame.slots.flatMap((_, slot) => (place.isActive(slot) ? [slot] : []));
  const within = active
    .filter((slot) => slot >= span.from && slot < span.to)
    .sort((a, b) => (place.of.at[b] ?? 0) - (place.of.at[a] ?? 0))
    .slice(0, 4);
  const next = reach === 'near' ? 3 : frame.slots.length;
  const outside = [
    ...active.filter((slot) => slot < span.from).slice(-next),
    ...active.filter((slot) => slot >= span.to).slice(0, next),
  ];
  const idle = [span.from - 1, span.to].filter((slot) => slot >= 1 && slot < frame.slots.length);
  const none: number[] = [];
  const others = [...new Set([...outside, ...idle])].map((slot) => [slot]);
  // Distinct people may have been counted elsewhere too.
  const stays = [none, ...(over === 'distinct' ? outside.map((slot) => [slot]) : [])];
  const shifts = within.flatMap((slot) =>
    [...others, none].flatMap((other) =>
      stays.flatMap((stay): Shift[] => {
        const [here, there] = [
          [slot, ...stay],
          [...other, ...stay],
        ];
        return [shiftOf(frame, here, there), shiftOf(frame, there, here)];
      }),
    ),
  );
  const moves: Move[] = shifts.flatMap((shift) =>
    shift.by[nth] === 0
      ? []
      : [
          { value: shift, of: shift },
          { value: shift, of: null },
          { value: null, of: shift },
        ],
  );
  if (over === 'distinct' && reach === 'far') moves.push(somebodyOf(place, active));
  return moves.filter((move) => effect(move, nth, side) !== 0 && place.allows(move));
}

/**
 * What may have been otherwise at a moment of how things stand: what comes and goes then alone; what only grows in a run of moments around it, since whoever
 * was seen later than it is said was not seen before either, and whoever was seen sooner was so until they are said to be.
 */
function standing(place: Place, slot: number, reach: 'near' | 'far'): Move[] {
  const { frame, grows } = place;
  const end = frame.slots.length - 1;
  const point = [shiftOf(frame, [slot], []), shiftOf(frame, [], [slot])];
  const near = reach === 'near' ? 3 : end;
  const first = Math.max(0, slot - near);
  const last = Math.min(end, slot + near);
  const moves: Move[] = [];
  const add = (side: 'value' | 'of' | 'both', shift: Shift) =>
    moves.push({ value: side === 'of' ? null : shift, of: side === 'value' ? null : shift });
  for (const side of ['value', 'of'] as const) if (!grows.includes(side)) for (const shift of point) add(side, shift);
  if (grows.length === 0) for (const shift of point) add('both', shift);
  for (const side of grows) {
    const { at } = place[side];
    const grew = (one: number) => (at[one] ?? 0) > (at[one - 1] ?? 0);
    const shifts: Shift[] = [];
    for (let from = slot; from >= 0; from -= 1)
      if (grew(from)) {
        for (let to = slot; to <= last; to += 1) shifts.push(shiftOf(frame, run(from, to), []));
        if (last < end) shifts.push(shiftOf(frame, run(from, end), []));
        if (reach === 'near') break;
      }
    for (let to = slot; to <= end; to += 1)
      if (to === end || grew(to + 1)) {
        for (let from = slot; from >= first; from -= 1) shifts.push(shiftOf(frame, [], run(from, to)));
        if (reach === 'near') break;
      }
    for (const shift of shifts) {
      add(side, shift);
      add('both', shift);
    }
  }
  return moves;
}

/** Somebody of the place who came whenever anybody did may have been of another. */
function somebodyOf(place: Place, active: readonly number[]): Move {
  const came = active.filter((slot) => (place.value.at[slot] ?? 0) > 0);
  return { value: shiftOf(place.frame, came, []), of: shiftOf(place.frame, active, []) };
}
