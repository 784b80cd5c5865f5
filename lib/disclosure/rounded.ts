import { tightCovers } from './limits';
import { aboutOf, isGroupsPeriod, isState, roundedTo } from './rules';
import { fewest, isSafe, isSmall, lookupIn, toNearest, type Block, type Disclosure, type Lookup } from './schema';

/**
 * What is told to the nearest so many: only small numbers are hidden, since nothing exact is left to work them out from; and what would bound a number that is
 * hidden itself. How something stands is not told where what it bounds is not: together with all that was learnt, many skills told would. It is told more roughly
 * where its rounding would be as good as exact (docs/decisions/063-what-only-grows.md).
 */
export function roundedOnly(block: Block): Disclosure {
  const { measure, total, hiddenBeside } = block;
  const look = lookupIn(total);
  const { restTells, bounds, ofUnits, ofYears } = aboutOf(measure);
  if (ofUnits && block.belowUnit) return { hides: () => true, children: new Map() };
  const step = roundedTo(measure);
  const isToldIn = (period: string) => !ofYears || isGroupsPeriod(period);
  /** How many there are at most by what is told of a period; endless where nothing is. */
  const most = (period: string) => {
    const [count] = look(period, measure, 'all');
    if (!isToldIn(period) || isSmall(count)) return Infinity;
    return count === 0 ? 0 : toNearest(count, step) + (step - 1) / 2;
  };
  const tight = bounds !== undefined && !isState(measure) ? tightCovers(block, bounds, most) : null;
  const isBound = (period: string) =>
    tight ? tight.has(period) : hiddenBeside?.has(period) === true && look(period, bounds ?? '', 'all')[1] > 0;
  const isTight = bounds !== undefined && isState(measure) ? tightWholes(block, bounds, step) : () => false;
  return {
    hides: ({ period, group }) => {
      const [value, of] = look(period, measure, 'all');
      if (group !== 'all' || !isToldIn(period) || !isSafe(value, of, restTells) || isBound(period)) return true;
      // Whatever ten is told to the nearest of, nobody takes it for fewer.
      return of === fewest && isTight(period) && look(period, bounds ?? '', 'all')[0] < of;
    },
    children: new Map(),
    roundedTo: ({ period }) => (isTight(period) ? 2 * step : step),
  };
}

/**
 * Says of a period whether a whole, told to the nearest `step`, leaves of no part fewer than are in it: it may not be less, and none of the parts may be more, be it by what
 * is told of that part or because all of whom `bounded` counts there are in it; or of none more, none being less since its value in `bounded` counts them all. What is
 * hidden of a part then would be known.
 */
function tightWholes({ measure, total, own, children }: Block, bounded: string, step: number) {
  const look = lookupIn(total);
  const by = (step - 1) / 2;
  const least = (count: number) => Math.max(fewest, toNearest(count, step) - by);
  const parts = children.length > 0 ? [...children, own] : [total];
  const most = (count: number) => toNearest(count, step) + by;
  const lookIn: Lookup[] = [];
  const eachIs = (end: (count: number) => number, side: 0 | 1, period: string) =>
    parts.every((part, at) => {
      const of = (lookIn[at] ??= lookupIn(part));
      const [, count] = of(period, measure, 'all');
      return count === 0 || count === end(count) || count === of(period, bounded, 'all')[side];
    });
  return (period: string) => {
    const [, whole] = look(period, measure, 'all');
    return (whole === least(whole) && eachIs(most, 1, period)) || (whole === most(whole) && eachIs(least, 0, period));
  };
}
