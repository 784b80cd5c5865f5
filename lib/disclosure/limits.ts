import { frameOf, lineOf, type Frame, type Shift } from './frame';
import type { Move } from './place';
import { besideOf } from './rules';
import { lookupIn, type Block, type BlockPart } from './schema';

const attained = 'skills_attained';

/**
 * What the skills learnt in a place until a day and who holds the core set then say of each other: whoever holds it learnt each skill of it once, and nobody
 * who was observed learnt more skills than there are. Says of a move of the one whether all that is counted of the other stays possible; undefined
 * where nothing is read beside a measure.
 */
export function limitsOf(block: Block, frame: Frame, part: BlockPart): ((move: Move) => boolean) | undefined {
  const { measure, now, catalogue, total } = block;
  const beside = besideOf(measure);
  const isCounted = ({ cells }: BlockPart) => cells.some((cell) => cell.measure === beside);
  if (!catalogue || !(isCounted(part) || isCounted(total))) return undefined;
  const look = lookupIn(part);
  const other = frameOf(frame.firstYear, now, !frame.isState);
  const [sums, moments] = frame.isState ? [other, frame] : [frame, other];
  const standing = frame.isState ? measure : (beside ?? measure);
  const lineIn = (side: 0 | 1) => [...lineOf(moments, 'stands', (period) => look(period, standing, 'all')[side]).at];
  const [holding, observed] = [lineIn(0), lineIn(1)];
  const ats = moments.slots.map((slot) => sums.slots.indexOf(slot));
  const learntIn = (one: BlockPart) => {
    const counted = lookupIn(one);
    const learnt: number[] = [];
    for (const count of lineOf(sums, 'sums', (period) => counted(period, attained, 'all')[0]).at)
      learnt.push((learnt.at(-1) ?? 0) + count);
    return ats.map((at) => learnt[at] ?? 0);
  };
  // Of a part of which it is not told what was learnt there it is known when nothing was in all of which it is a part.
  const learnt = learntIn(isCounted(part) ? part : total);
  const hadLearnt = whileNobodyLearns(learnt, holding, observed);
  if (!isCounted(part)) return hadLearnt;
  /** Whether it may be that so many learnt, hold and were observed at a moment, more or fewer than are counted. */
  const fits = (nth: number, more: { learnt?: number; holding?: number; observed?: number }) => {
    const sum = (learnt[nth] ?? 0) + (more.learnt ?? 0);
    return (
      sum >= catalogue.core * ((holding[nth] ?? 0) + (more.holding ?? 0)) &&
      sum <= catalogue.all * ((observed[nth] ?? 0) + (more.observed ?? 0))
    );
  };
  if (frame.isState)
    return ({ value, of }) =>
      hadLearnt({ value, of }) &&
      (value?.take ?? []).every((nth) => fits(nth, { holding: 1 })) &&
      (of?.give ?? []).every((nth) => fits(nth, { observed: -1 }));
  return ({ value }) =>
    value === null ||
    ats.every((at, nth) => {
      const until = (slots: readonly number[]) => slots.filter((slot) => slot <= at).length;
      const more = until(value.take) - until(value.give);
      return more === 0 || fits(nth, { learnt: more });
    });
}

/**
 * Says of a move whether all who hold the core set while nobody learns anything may still have been observed before: they learnt it before. `learnt` (all skills until then), `holding`
 * and `observed` by moment.
 */
function whileNobodyLearns(
  learnt: readonly number[],
  holding: readonly number[],
  observed: readonly number[],
): (move: Move) => boolean {
  const since = learnt.map((sum) => learnt.indexOf(sum));
  const change = (shift: Shift | null, nth: number) =>
    Number(shift?.take.includes(nth) ?? false) - Number(shift?.give.includes(nth) ?? false);
  return ({ value, of }) => {
    const fits = (nth: number) => {
      const before = since[nth] ?? 0;
      return (holding[nth] ?? 0) + change(value, nth) <= (observed[before] ?? 0) + change(of, before);
    };
    const isTouched = (nth: number) =>
      value?.take.includes(nth) === true || of?.give.includes(since[nth] ?? 0) === true;
    return holding.every((_, nth) => !isTouched(nth) || fits(nth));
  };
}

/**
 * Whoever stands at a moment was counted in some of any periods that cover the time until then. Says which periods of a measure of distinct people must be hidden so that none that
 * are told leave no more than are counted as standing, in the hidden cells of `bounded`; `most`: how many there are at most by what is told of a period, endless where nothing is.
 */
export function tightCovers(
  { now, total, hiddenBeside }: Block,
  bounded: string,
  most: (period: string) => number,
): ReadonlySet<string> {
  const hidden = new Set<string>();
  const standing = total.cells.filter(({ measure, period }) => measure === bounded && hiddenBeside?.has(period));
  if (standing.length === 0) return hidden;
  const first = Math.min(...total.cells.map(({ period }) => Number(period.replace('k', '').slice(0, 4))));
  const frame = frameOf(first, now, false);
  const told = frame.spans.map(({ period }) => most(period));
  const moments = standing.flatMap(({ period, value }) => {
    const span = frame.spans[frame.byPeriod.get(period) ?? -1];
    return span ? [{ end: span.to, value }] : [];
  });
  for (;;) {
    const covers = leastCovers(frame, told);
    const tight = moments.find(({ end, value }) => (covers[end]?.sum ?? Infinity) <= value);
    if (!tight) return hidden;
    // One less of the periods is enough: that of most people, since others mostly cover that time as well.
    let widest = covers[tight.end]?.last ?? 0;
    for (let end = tight.end; end > 0;) {
      const last = covers[end]?.last ?? 0;
      if ((told[last] ?? 0) > (told[widest] ?? 0)) widest = last;
      end = frame.spans[last]?.from ?? 0;
    }
    told[widest] = Infinity;
    hidden.add(frame.spans[widest]?.period ?? '');
  }
}

/** Of the periods that cover the time until each slot those of the smallest sum, by the last of them. */
function leastCovers({ slots, spans }: Frame, told: readonly number[]): { sum: number; last: number }[] {
  const covers = [{ sum: 0, last: -1 }];
  for (let slot = 0; slot < slots.length; slot += 1) {
    const least = { sum: Infinity, last: -1 };
    for (const [nth, { from, to }] of spans.entries()) {
      const sum = (covers[from]?.sum ?? Infinity) + (told[nth] ?? Infinity);
      if (from <= slot && slot < to && sum < least.sum) Object.assign(least, { sum, last: nth });
    }
    covers.push(least);
  }
  return covers;
}
