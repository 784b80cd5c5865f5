import { describe, expect, it } from 'vitest';
import { disclose } from '@/lib/disclosure/disclose';

describe('a single skill', () => {
  type Pair = readonly [value: number, of: number];
  interface Place {
    readonly skill: Pair;
    readonly core: Pair;
  }
  const period = 'k2026';
  /** What is told of a skill of a unit, or of the province of some units, beside its core set: to the nearest how many, or nothing. */
  const stepOf = (
    whole: Place,
    { isCoreHidden = false, units = [] as readonly Place[], own = [] as readonly Place[] } = {},
  ) => {
    const part = (areaId: number, { skill, core }: Place) => ({
      areaId,
      cells: [
        { period, measure: 'skill_A1', group: 'all', value: skill[0], of: skill[1] },
        { period, measure: 'core_attained', group: 'all', value: core[0], of: core[1] },
      ],
    });
    const said = disclose({
      areaId: 1,
      measure: 'skill_A1',
      now: '2026-11-15',
      above: {},
      total: part(1, whole),
      own: { areaId: 1, cells: own.flatMap((some) => part(1, some).cells) },
      children: units.map((unit, at) => part(100 + at, unit)),
      hiddenBeside: new Set(isCoreHidden ? [period] : []),
    });
    return said.hides({ period, measure: 'skill_A1', group: 'all' }) ? null : said.roundedTo?.({ period });
  };

  it('is hidden where the core set is, of which somebody was seen', () => {
    const isHidden = (skill: Pair, core: Pair) => stepOf({ skill, core }, { isCoreHidden: true }) === null;
    expect(isHidden([0, 0], [0, 1])).toBe(true);
    // 40 of 58 is told as 40 of 60, which is 58 at least; and many such numbers together say what each does not.
    for (const core of [58, 59, 80] as const) expect(isHidden([40, 58], [30, core])).toBe(true);
    expect(isHidden([40, 58], [0, 0])).toBe(false);
    expect(isHidden([0, 0], [0, 0])).toBe(false);
    expect(stepOf({ skill: [40, 58], core: [30, 59] })).toBe(5);
  });

  it('is told of more roughly where it would say that all who were observed were observed in it', () => {
    // 58 is told as 60, which is 58 at least.
    expect(stepOf({ skill: [40, 58], core: [30, 58] })).toBe(10);
    expect(stepOf({ skill: [40, 57], core: [30, 57] })).toBe(5);
    expect(stepOf({ skill: [10, 10], core: [0, 10] })).toBeNull();
    expect(stepOf({ skill: [10, 10], core: [10, 11] })).toBe(5);
    // Whoever holds the core set was observed in each skill of it, so that hiding one hid nothing.
    expect(stepOf({ skill: [10, 10], core: [10, 10] })).toBe(10);
  });

  it('is told of more roughly where what it leaves of one unit would be all who were observed there', () => {
    const hidden: Place = { skill: [62, 71], core: [56, 71] };
    const told: Place = { skill: [60, 72], core: [43, 77] };
    // 143 are told as 145, which is 143 at least; 72 as 70, which is 72 at most.
    const province = { skill: [122, 143], core: [99, 148] } as const;
    expect(stepOf(province, { units: [hidden, told] })).toBe(10);
    expect(stepOf(province, { units: [hidden, { ...told, skill: [60, 71] }] })).toBe(5);
    expect(stepOf(province, { units: [{ ...hidden, core: [56, 72] }, told] })).toBe(5);
    expect(stepOf({ ...province, skill: [122, 144] }, { units: [hidden, told] })).toBe(5);
    // In a third nobody was, which is told too.
    expect(stepOf(province, { units: [hidden, told, { skill: [0, 0], core: [0, 30] }] })).toBe(10);
    // Of those who are of no unit nothing is told: more of them may have been.
    expect(stepOf(province, { units: [hidden, told], own: [{ skill: [1, 1], core: [1, 2] }] })).toBe(5);
  });

  it('is told of more roughly where it leaves of one unit no more than can do the core set there', () => {
    const hidden: Place = { skill: [46, 46], core: [46, 46] };
    const told: Place = { skill: [20, 38], core: [17, 40] };
    const third: Place = { skill: [100, 163], core: [90, 164] };
    // 247 are told as 245, which is 247 at most; 38 as 40 and 163 as 165, which are no fewer.
    const province = { skill: [166, 247], core: [153, 250] } as const;
    expect(stepOf(province, { units: [hidden, told, third] })).toBe(10);
    expect(stepOf({ ...province, skill: [166, 246] }, { units: [hidden, told, third] })).toBe(5);
    expect(stepOf(province, { units: [hidden, { ...told, skill: [20, 39] }, third] })).toBe(5);
    expect(stepOf(province, { units: [{ ...hidden, core: [45, 46] }, told, third] })).toBe(5);
  });
});
