import { expect, it } from 'vitest';
import { disclose } from '@/lib/disclosure/disclose';
import type { Block, BlockPart } from '@/lib/disclosure/schema';

/** The periods that run on the day asked about, all of which tell of the same moment. */
const running = ['2026', '2026-q4', '2026-11', 'k2026', 'k2026-q4', 'k2026-12'];

/** A place where everybody who was seen can do the core set: by age, of 18 or over. */
function placeOf(
  areaId: number,
  ages: readonly [young: number, grown: number, older: number, oldest: number],
): BlockPart {
  const [young, grown, older, oldest] = ages;
  const numbers = {
    all: young + grown + older + oldest,
    adults: young + grown + older + oldest,
    age60: older + oldest,
    age_18_34: young,
    age_35_59: grown,
    age_60_69: older,
    age_70: oldest,
  };
  const cells = running.flatMap((period) =>
    Object.entries(numbers).map(([group, value]) => ({ period, measure: 'core_attained', group, value, of: value })),
  );
  return { areaId, cells: cells.filter(({ of }) => of > 0) };
}

it('does not hide five young people behind a place that is known to have none', () => {
  // All of the second place are told to be 60 or over, so that none of its people can be one of the five.
  const children = [placeOf(100, [5, 30, 20, 20]), placeOf(101, [0, 0, 30, 30]), placeOf(102, [50, 50, 50, 50])];
  const block: Block = {
    areaId: 1,
    measure: 'core_attained',
    now: '2026-11-15',
    above: null,
    total: placeOf(1, [55, 80, 100, 100]),
    own: { areaId: 1, cells: [] },
    children,
  };
  const decided = disclose(block).children;
  const hides = (group: string) =>
    children.map((total) =>
      disclose({ ...block, areaId: total.areaId, above: decided.get(total.areaId), total, children: [] }).hides({
        period: 'k2026',
        measure: 'core_attained',
        group,
      }),
    );
  expect(hides('adults')).toEqual([false, false, false]);
  expect(hides('age_18_34')).toEqual([true, true, true]);
});
