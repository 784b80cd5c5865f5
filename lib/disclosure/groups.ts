import { isSafe, type Lookup, type Tier } from './schema';

type Pair = readonly [value: number, of: number];

/** The numbers of one place in a tier and period: per side, of each group and of whoever is in none. */
export interface Divided {
  readonly sides: readonly (readonly Pair[])[];
  readonly size: number;
  hidden: boolean;
}

/** How a whole is divided in a place and period; `mustHide`: what is hidden already, where the whole is, or above. */
export function divide(
  look: Lookup,
  tier: Tier,
  measure: string,
  period: string,
  { mustHide, rest }: { mustHide: boolean; rest: boolean },
): Divided {
  const sides = tier.sides.map(({ whole: [plus, minus], parts }) => {
    const groups = parts.map((group) => look(period, measure, group));
    const [value, of] = look(period, measure, plus);
    const [less, lessOf] = minus ? look(period, measure, minus) : [0, 0];
    const left: Pair = [
      groups.reduce((sum, [one]) => sum - one, value - less),
      groups.reduce((sum, [, one]) => sum - one, of - lessOf),
    ];
    return [...groups, left];
  });
  const size = sides.reduce((sum, side) => sum + side.reduce((all, [, of]) => all + of, 0), 0);
  const hidden = mustHide || !sides.every((side) => side.every(([value, of]) => isSafe(value, of, rest)));
  return { sides, size, hidden };
}

/** One in a group: with the value, or of the whole without it. */
const held = (pair: Pair | undefined, withValue: boolean) =>
  pair === undefined ? 0 : withValue ? pair[0] : pair[1] - pair[0];

/** Whether one of a group here and one of another group there may have been the other way round. */
const mayExchange = (one: Divided, other: Divided, side: number, group: number, withValue: boolean) =>
  (one.sides[side] ?? []).some(
    (pair, another) =>
      another !== group &&
      ((held(one.sides[side]?.[group], withValue) > 0 && held(other.sides[side]?.[another], withValue) > 0) ||
        (held(pair, withValue) > 0 && held(other.sides[side]?.[group], withValue) > 0)),
  );

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
