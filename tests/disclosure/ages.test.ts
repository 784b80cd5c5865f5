import { describe, expect, it } from 'vitest';
import { disclose } from '@/lib/disclosure/disclose';
import type { Block, BlockPart } from '@/lib/disclosure/schema';

/** The periods that run on the day asked about, all of which tell of the same moment. */
const running = ['2026', '2026-q4', '2026-11', 'k2026', 'k2026-q4', 'k2026-12'];

const ages = ['age_0_17', 'age_unknown', 'age_18_34', 'age_35_59', 'age_60_69', 'age_70'] as const;
type Ages = Partial<Record<(typeof ages)[number], number>>;

/** A place where everybody who was seen can do the core set. */
function placeOf(areaId: number, people: Ages): BlockPart {
  const sum = (...groups: readonly (typeof ages)[number][]) =>
    groups.reduce((all, group) => all + (people[group] ?? 0), 0);
  const numbers = {
    ...people,
    all: sum(...ages),
    adults: sum('age_18_34', 'age_35_59', 'age_60_69', 'age_70'),
    age60: sum('age_60_69', 'age_70'),
  };
  const cells = running.flatMap((period) =>
    Object.entries(numbers).map(([group, value]) => ({ period, measure: 'core_attained', group, value, of: value })),
  );
  return { areaId, cells: cells.filter(({ of }) => of > 0) };
}

/** Of places of one province, where a group is hidden. */
function hiddenIn(places: readonly Ages[], group: string): boolean[] {
  const sums = ages.map((age) => [age, places.reduce((all, one) => all + (one[age] ?? 0), 0)] as const);
  const block: Block = {
    areaId: 1,
    measure: 'core_attained',
    now: '2026-11-15',
    above: null,
    total: placeOf(1, Object.fromEntries(sums)),
    own: { areaId: 1, cells: [] },
    children: places.map((one, at) => placeOf(100 + at, one)),
  };
  const { children } = disclose(block);
  return block.children.map((total) =>
    disclose({ ...block, areaId: total.areaId, above: children.get(total.areaId), total, children: [] }).hides({
      period: 'k2026',
      measure: 'core_attained',
      group,
    }),
  );
}

const older = { age_60_69: 20, age_70: 20 };
const everyAge = { age_0_17: 90, age_unknown: 90, age_18_34: 90, age_35_59: 90, age_60_69: 90, age_70: 90 };

describe('ages', () => {
  it('are not hidden behind a place that is known to have none of them', () => {
    // All of the second place are told to be 60 or over, so that none of its people can be one of the five.
    const places = [
      { ...older, age_18_34: 5, age_35_59: 30 },
      { age_60_69: 30, age_70: 30 },
      { age_18_34: 50, age_35_59: 50, age_60_69: 50, age_70: 50 },
    ];
    expect(hiddenIn(places, 'adults')).toEqual([false, false, false]);
    expect(hiddenIn(places, 'age_18_34')).toEqual([true, true, true]);
  });

  it('are not exchanged across a line that is told in one of two places', () => {
    // Adults are told in the third place: nobody who is 18 to 34 there can be one of those under 18 in the first two, and 35 to 59 is nobody but in the last.
    const places = [
      { ...older, age_18_34: 40, age_0_17: 5 },
      { ...older, age_18_34: 20, age_0_17: 20 },
      { ...older, age_18_34: 30, age_0_17: 5, age_unknown: 20 },
      everyAge,
    ];
    expect(hiddenIn(places, 'adults')).toEqual([true, true, false, false]);
    expect(hiddenIn(places, 'age_18_34')).toEqual([true, true, true, true]);
  });

  it('are not exchanged across the line of 60 where it is told and that of 18 is not', () => {
    const places = [{ age_70: 40, age_18_34: 40, age_0_17: 5 }, { age_70: 40, age_18_34: 20, age_0_17: 20 }, everyAge];
    expect(hiddenIn(places, 'age60')).toEqual([false, false, false]);
    expect(hiddenIn(places, 'adults')).toEqual([true, true, false]);
    expect(hiddenIn(places, 'age_70')).toEqual([true, true, true]);
  });

  it('are hidden where adults are, whose sum they are', () => {
    // Of those under 60 the second place has fewer than the third, of all more: it hides adults for the first one's sake, and the third is the first one's sister in ages.
    const places = [
      { ...older, age_18_34: 20, age_35_59: 20, age_0_17: 5 },
      { age_60_69: 90, age_70: 90, age_18_34: 20, age_35_59: 20, age_0_17: 20, age_unknown: 20 },
      { ...older, age_18_34: 25, age_35_59: 25, age_0_17: 25, age_unknown: 25 },
    ];
    expect(hiddenIn(places, 'adults')).toEqual([true, true, false]);
    expect(hiddenIn(places, 'age_18_34')[1]).toBe(true);
  });
});

describe('adults', () => {
  it('are hidden where those of 60 or over are: here they are the same five', () => {
    const places = [{ age_60_69: 5, age_0_17: 60 }, everyAge, everyAge];
    expect(hiddenIn(places, 'age60')[0]).toBe(true);
    expect(hiddenIn(places, 'adults')[0]).toBe(true);
  });
});
