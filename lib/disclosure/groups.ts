import { isSafe, type Lookup, type Tier } from './schema';

type Pair = readonly [value: number, of: number];

/** The numbers of one place in a tier and period: per side, of each group and of whoever is in none. */
export interface Divided {
  readonly sides: readonly (readonly Pair[])[];
  /** Of each side, whether the tier that tells it apart from the others is hidden here. */
  readonly open: readonly boolean[];
  readonly size: number;
  hidden: boolean;
}

/**
 * How a whole is divided in a place and period; `mustHide`: what is hidden already, where the whole is, or above; `hides`: whether another way of
 * dividing it is hidden there.
 */
export function divide(
  look: Lookup,
  tier: Tier,
  measure: string,
  period: string,
  { mustHide, rest, hides }: { mustHide: boolean; rest: boolean; hides: (tier: string) => boolean },
): Divided {
  const sides = tier.sides.map(({ whole: [plus, minus], parts, within }) => {
    const without = (group: string): Pair => {
      const [value, of] = look(period, measure, group);
      const [less, lessOf] = minus ? look(period, measure, minus) : [0, 0];
      return [value - less, of - lessOf];
    };
    const groups = parts.map((group) => (within ? without(group) : look(period, measure, group)));
    const [value, of] = without(plus);
    const left: Pair = [
      groups.reduce((sum, [one]) => sum - one, value),
      groups.reduce((sum, [, one]) => sum - one, of),
    ];
    return [...groups, left];
  });
  const size = sides.reduce((sum, side) => sum + side.reduce((all, [, of]) => all + of, 0), 0);
  const hidden = mustHide || !sides.every((side) => side.every(([value, of]) => isSafe(value, of, rest)));
  const open = tier.sides.map(({ apart }) => apart !== undefined && hides(apart));
  return { sides, open, size, hidden };
}

/** One in a group: with the value, or of the whole without it. */
const held = (pair: Pair | undefined, withValue: boolean) =>
  pair === undefined ? 0 : withValue ? pair[0] : pair[1] - pair[0];

/** Whether somebody may be of either side without a tier reading otherwise that one of the places shows. */
const areOne = (one: Divided, other: Divided, side: number, another: number) =>
  side === another || [one, other].every(({ open }) => open[side] && open[another]);

/** Whether one of a group here and one of another group there may have been the other way round. */
const mayExchange = (one: Divided, other: Divided, side: number, group: number, withValue: boolean) => {
  const [here, there] = [one, other].map(({ sides }) => held(sides[side]?.[group], withValue));
  return one.sides.some(
    (pairs, nth) =>
      areOne(one, other, side, nth) &&
      pairs.some(
        (pair, another) =>
          (nth !== side || another !== group) &&
          ((here && held(other.sides[nth]?.[another], withValue) > 0) || (there && held(pair, withValue) > 0)),
      ),
  );
};

/** The hidden numbers of a place that could be worked out from those of the hidden ones among `others`. */
function bareIn(place: Divided, others: readonly Divided[], rest: boolean): number {
  const sisters = others.filter((other) => other !== place && other.hidden);
  let bare = 0;
  for (const [side, pairs] of place.sides.entries())
    for (const [group, [value, of]] of pairs.entries()) {
      if (of === 0) continue;
      const asked = value > 0 ? (rest && of > value ? [true, false] : [true]) : [false];
      for (const withValue of asked)
        if (!sisters.some((sister) => mayExchange(place, sister, side, group, withValue))) bare += 1;
    }
  return bare;
}

/**
 * Hides the division of more places, the smallest that serve, until every hidden number has another place to exchange one of a group with: the wholes
 * of the places and the groups of their sum stay as they are shown. `kept` were told for good and cannot serve.
 */
export function hideDivisions(places: readonly Divided[], rest: boolean, kept: ReadonlySet<Divided>): void {
  const inOrder = [...places].sort((a, b) => a.size - b.size);
  for (let more = true; more;) {
    more = false;
    for (const place of inOrder) {
      if (!place.hidden) continue;
      const before = bareIn(place, inOrder, rest);
      if (before === 0) continue;
      for (const sister of inOrder) {
        if (sister.hidden || sister.size === 0 || kept.has(sister)) continue;
        sister.hidden = true;
        if (bareIn(place, inOrder, rest) < before) {
          more = true;
          break;
        }
        sister.hidden = false;
      }
    }
  }
}
