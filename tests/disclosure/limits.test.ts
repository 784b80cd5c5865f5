import { describe, expect, it } from 'vitest';
import { disclose } from '@/lib/disclosure/disclose';
import { frameOf, shiftOf } from '@/lib/disclosure/frame';
import { limitsOf } from '@/lib/disclosure/limits';
import type { Block, BlockCell } from '@/lib/disclosure/schema';
import { dayOf, periods } from './world';

/** The periods that run on one day: all that is counted on it is counted in each. */
const running = ['2026', '2026-q4', '2026-11', 'k2026', 'k2026-q4', 'k2026-12'];

interface Unit {
  readonly holding: number;
  readonly observed: number;
  readonly learnt: number;
}

/** The province of some units, as it is asked of who holds the core set, or of skills newly learnt. */
function blockOf(measure: 'core_attained' | 'skills_attained', units: readonly Unit[]): Block {
  const part = (areaId: number, { holding, observed, learnt }: Unit) => ({
    areaId,
    cells: running.flatMap((period): BlockCell[] => [
      { period, measure: 'core_attained', group: 'all', value: holding, of: observed },
      { period, measure: 'skills_attained', group: 'all', value: learnt, of: learnt },
    ]),
  });
  const sum = (of: keyof Unit) => units.reduce((all, unit) => all + unit[of], 0);
  return {
    areaId: 1,
    measure,
    now: '2026-11-15',
    above: null,
    total: part(1, { holding: sum('holding'), observed: sum('observed'), learnt: sum('learnt') }),
    own: { areaId: 1, cells: [] },
    children: units.map((unit, at) => part(100 + at, unit)),
    catalogue: { core: 3, all: 4 },
  };
}

/** Whether the province's number of the year is hidden, and each unit's. */
function hiddenIn(measure: 'core_attained' | 'skills_attained', units: readonly Unit[]): boolean[] {
  const block = blockOf(measure, units);
  const ask = { period: 'k2026', measure, group: 'all' };
  const said = disclose(block);
  return [
    said.hides(ask),
    ...block.children.map((child) =>
      disclose({
        ...block,
        areaId: child.areaId,
        above: said.children.get(child.areaId),
        total: child,
        children: [],
      }).hides(ask),
    ),
  ];
}

describe('who holds the core set, beside what was learnt', () => {
  it('is hidden in the province too where what was learnt leaves no unit one more', () => {
    // 34 skills are of 11 people at most, 13 of 4: beside 15 in all, each would be known.
    const tight = [
      { holding: 11, observed: 11, learnt: 34 },
      { holding: 4, observed: 4, learnt: 13 },
    ];
    expect(hiddenIn('core_attained', tight)).toEqual([true, false, true]);
  });

  it('is told in the province where more may hold it in one unit and fewer in the other', () => {
    const loose = [
      { holding: 11, observed: 18, learnt: 50 },
      { holding: 4, observed: 15, learnt: 30 },
    ];
    expect(hiddenIn('core_attained', loose)).toEqual([false, true, true]);
  });
});

describe('what was learnt, beside who holds the core set', () => {
  it('is hidden in the province too where all there is to learn is learnt', () => {
    const full = [
      { holding: 30, observed: 30, learnt: 120 },
      { holding: 2, observed: 2, learnt: 8 },
    ];
    expect(hiddenIn('skills_attained', full)).toEqual([true, false, true]);
  });

  it('is told in the province where one more may have been learnt here and one fewer there', () => {
    const some = [
      { holding: 10, observed: 30, learnt: 70 },
      { holding: 0, observed: 12, learnt: 8 },
    ];
    expect(hiddenIn('skills_attained', some)).toEqual([false, true, true]);
  });
});

describe('who holds the core set while nobody learns', () => {
  const now = 22;
  const frame = frameOf(2026, dayOf(now), true);
  const slotOf = (period: string) => frame.spans[frame.byPeriod.get(period) ?? -1]?.from ?? -1;
  const late = slotOf('k2026-12');
  type Slots = readonly [give: readonly number[], take: readonly number[]];

  /** How many skills were learnt, and in a village, of which it is not told, or in its unit, who was observed since October; two hold the core set in late November. */
  interface Counted {
    readonly inOctober: number;
    readonly inNovember: number;
    readonly observed?: number;
    readonly where?: 'village' | 'unit';
  }
  /** Whether it may have been otherwise. */
  const mayBe = (
    { inOctober, inNovember, observed = 2, where = 'village' }: Counted,
    value: Slots | null,
    of: Slots | null,
  ) => {
    const cells = periods.flatMap(({ key: period, halves }): BlockCell[] => {
      const [from = 0, to = 0] = [halves[0], Math.min(halves.at(-1) ?? 0, now)];
      const learnt = Number(halves.includes(20)) * inOctober + Number(halves.includes(now)) * inNovember;
      const learning = { period, measure: 'skills_attained', group: 'all', value: learnt, of: learnt };
      const holding = { period, measure: 'core_attained', group: 'all', value: to === now ? 2 : 0, of: observed };
      return [...(learnt > 0 ? [learning] : []), ...(from <= now && to >= 18 ? [holding] : [])];
    });
    const village = { areaId: 10_001, cells: cells.filter(({ measure }) => measure === 'core_attained') };
    const block: Block = {
      areaId: 100,
      measure: 'core_attained',
      now: dayOf(now),
      above: {},
      total: { areaId: 100, cells },
      own: { areaId: 100, cells: [] },
      children: [village],
      catalogue: { core: 2, all: 4 },
    };
    const shift = (slots: Slots | null) => slots && shiftOf(frame, ...slots);
    return limitsOf(block, frame, where === 'unit' ? block.total : village)?.({ value: shift(value), of: shift(of) });
  };

  const since = slotOf('2026-10');
  const run = Array.from({ length: late - since + 1 }, (_, nth) => since + nth);
  const before = run.slice(0, -1);

  it('was observed before nobody learnt anything more', () => {
    for (const where of ['village', 'unit'] as const) {
      const counted = { inOctober: 8, where };
      // The two who hold it in the end had learnt it by October.
      expect(mayBe({ ...counted, inNovember: 0 }, null, [before, []])).toBe(false);
      expect(mayBe({ ...counted, inNovember: 6, observed: 3 }, null, [before, []])).toBe(true);
      // That one of them was never there may be.
      if (where === 'village') expect(mayBe({ ...counted, inNovember: 0 }, [[late], []], [run, []])).toBe(true);
    }
  });

  it('is nobody more than were observed then', () => {
    for (const where of ['village', 'unit'] as const) {
      const takes = (inNovember: number, slots: readonly number[], observed = 2) =>
        mayBe({ inOctober: 7, where, inNovember, observed }, [[], [late]], [[], slots]);
      expect([takes(0, [late]), takes(0, run), takes(1, [late])]).toEqual([false, true, true]);
      // Of more who were observed another may hold it.
      expect(takes(0, [late], 3)).toBe(true);
    }
  });
});
