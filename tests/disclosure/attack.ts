import loadHighs, { type Highs } from 'highs';
import { isSmall, type Tier } from '@/lib/disclosure/schema';
import { Knowledge, modelOf, overOf, sides, type Program } from './knowledge';
import { byAge, isByAge, leftByAge, leftOf } from './parts';
import type { Terms } from './relations';
import { isAsked, restIsTold } from './shown';
import { keyOf, periods, type Dice, type Shown, type World } from './world';

/** What of a cell is to be found; `rest`: what the value leaves of the whole. */
type Side = 'value' | 'of' | 'rest';

interface Target {
  readonly cell: string;
  readonly area: number;
  readonly plus: Terms;
  readonly minus: Terms;
  readonly few: boolean;
  low: number;
  high: number;
}

export interface Found {
  readonly hidden: number;
  /** Those that the attack works out, of few people or many. */
  readonly recovered: readonly string[];
  /** Numbers of few people known to within two. */
  readonly narrowed: number;
}

let solver: Promise<Highs> | undefined;

/** Numbers that are parts of another measure's whole, of which what is left is as much people's own affair. */
const restOf: Record<string, string> = { households_five: 'households_reached' };

function targetsOf(world: World, shown: Shown, measures: readonly string[], tier: Tier, known: Knowledge): Target[] {
  const groups = (isByAge(tier) ? byAge : [tier]).flatMap(({ sides: told }) => told.flatMap(({ parts }) => parts));
  const left = isByAge(tier) ? Object.keys(leftByAge) : [];
  const cells = world.areas.flatMap(({ id, parent }) =>
    measures.flatMap((measure) =>
      [...groups, ...left].flatMap((group) =>
        periods.map(({ key: period }) => ({ id, parent, measure, group, period })),
      ),
    ),
  );
  return cells.flatMap(({ id, parent, measure, group, period }) => {
    const key = keyOf(id, period, measure, group);
    const there = leftOf(world, id, period, measure, group) ?? world.exact.get(key);
    const pair = there ?? [0, 0];
    const number = (of: string, side: 'value' | 'of') => known.number(id, period, of, group, side);
    const target = (side: Side, value: number, plus: Terms, minus: Terms = []): Target => {
      return {
        cell: `${key} ${side}=${value}`,
        area: id,
        plus,
        minus,
        few: value < 10,
        low: value,
        high: value,
      };
    };
    const wider = restOf[measure];
    const rest = wider ? (world.exact.get(keyOf(id, period, wider, group))?.[1] ?? 0) - pair[0] : 0;
    // However much is shown of the two, few are not to be left.
    const beside =
      wider && measures.includes(wider) && isSmall(rest)
        ? [target('rest', rest, number(wider, 'of'), number(measure, 'value'))]
        : [];
    if (!there || shown.has(key)) return beside;
    const left = pair[1] - pair[0];
    const within = restIsTold(measure) && isSmall(left);
    return [
      ...beside,
      ...(within ? [target('rest', left, number(measure, 'of'), number(measure, 'value'))] : []),
      ...sides.flatMap((side, nth): Target[] => {
        const value = pair[nth] ?? 0;
        // What is told of nowhere is not hidden here; of few people it is not to be found all the same.
        const isTold =
          isAsked(id, measure) && (group === 'all' || overOf(measure) === 'state' || /^k\d{4}$/.test(period));
        if (value === 0 || ((!isTold || group in leftByAge) && value >= 10)) return [];
        // A place that makes up its parent alone: the parent tells the number, as one of ten or more.
        if (value >= 10 && shown.get(keyOf(parent ?? 0, period, measure, group))?.[nth] === value) return [];
        return [target(side, value, number(measure, side))];
      }),
    ];
  });
}

const near = 1e-6;
/** How many values a number can have, of those seen. Nobody is counted by halves. */
const valuesOf = ({ low, high }: Target) => Math.floor(high + near) - Math.ceil(low - near) + 1;
/** Whether it is not known yet that a number is not given away; that it is not nearly; that of few people it is not nearly. */
const isPinned = (target: Target) => valuesOf(target) < 2;
const isNear = (target: Target) => isPinned(target) || target.high - target.low < 4 - near;
const isClose = (target: Target) => (target.few ? isNear(target) : isPinned(target));

/** Asks, of what is free of a program, for the most or least of targets, and keeps of all of them how far they were seen to reach. */
class Questions {
  private readonly asked: ReturnType<typeof modelOf>;

  constructor(
    private readonly highs: Highs,
    private readonly program: Program,
    private readonly targets: readonly Target[],
    isFree: (column: number) => boolean,
  ) {
    this.asked = modelOf(highs, program, isFree);
  }

  ask(aims: readonly { readonly target: Target; readonly factor: number }[]): void {
    const { model, at } = this.asked;
    if (at.size === 0) return;
    const cost = new Float64Array(at.size);
    const add = (terms: Terms, factor: number) => {
      for (const column of terms) {
        const index = at.get(column);
        if (index !== undefined) cost[index] = (cost[index] ?? 0) + factor;
      }
    };
    for (const { target, factor } of aims) {
      add(target.plus, factor);
      add(target.minus, -factor);
    }
    model.changeColsCost({ kind: 'range', from: 0, to: at.size - 1 }, cost);
    const { modelStatus } = model.run();
    if (modelStatus !== this.highs.constants.modelStatus.optimal) throw new Error(`no optimum: ${modelStatus}`);
    const { colValue } = model.getSolution();
    const { none, truth } = this.program;
    const valueOf = (column: number) => {
      const index = at.get(column);
      return index === undefined ? (none.has(column) ? 0 : (truth[column] ?? 0)) : (colValue[index] ?? 0);
    };
    const sum = (terms: Terms) => terms.reduce((all, column) => all + valueOf(column), 0);
    for (const target of this.targets) {
      const value = sum(target.plus) - sum(target.minus);
      target.low = Math.min(target.low, value);
      target.high = Math.max(target.high, value);
    }
  }

  /** Many at once, some more and some less, as chance has it; those that are seen to be free need no question of their own. */
  together(roll: Dice, turns: number, isOpen: (target: Target) => boolean): void {
    for (let turn = 0; turn < turns; turn += 1) {
      const aims = this.targets.filter(isOpen).map((target) => ({ target, factor: roll() < 0.5 ? -1 : 1 }));
      if (aims.length === 0) return;
      this.ask(aims);
    }
  }

  each(isOpen: (target: Target) => boolean): void {
    for (const target of this.targets) for (const factor of [-1, 1]) if (isOpen(target)) this.ask([{ target, factor }]);
  }

  end(): void {
    this.asked.model.dispose();
  }
}

/**
 * Works out what can be of what is hidden, by linear programming: the least and the most that each hidden number could be, given all that is shown. One
 * solution moves many numbers at once; those that it shows to be free need no program of their own. In worlds of many units most are seen to be free while
 * all but few units are held as they are.
 */
export async function attack(
  world: World,
  shown: Shown,
  measures: readonly string[],
  tier: Tier,
  roll: Dice,
): Promise<Found> {
  const highs = await (solver ??= loadHighs());
  const known = new Knowledge(world, measures, tier);
  known.learn(shown);
  const targets = targetsOf(world, shown, measures, tier, known);
  const program = known.program();
  const units = world.areas.filter(({ parent }) => parent === 1).map(({ id }) => id);
  const unitOf = (area: number) => (area >= 10_000 ? Math.floor(area / 100) : area);
  const unitOfColumn = program.places.map((leaf) => unitOf(Number.parseInt(leaf, 10)));
  const isMany = units.length > many;
  const play = (some: readonly Target[], isFree: (column: number) => boolean, work: (questions: Questions) => void) => {
    if (some.length === 0) return;
    const questions = new Questions(highs, program, some, isFree);
    try {
      work(questions);
    } finally {
      questions.end();
    }
  };
  if (isMany)
    for (const size of [1, 4, 4, 8]) {
      const order = size === 1 ? units : shuffled(units, roll);
      for (let first = 0; first < order.length; first += size) {
        const some = new Set(order.slice(first, first + size));
        const mine = targets.filter((target) => some.has(unitOf(target.area)) || target.area === 1);
        play(
          mine.filter(isNear),
          (column) => some.has(unitOfColumn[column] ?? 0),
          (questions) => {
            questions.together(roll, 4, isNear);
            if (size === 8) questions.each(isClose);
          },
        );
      }
    }
  // Where there are many, numbers that were seen to reach far enough to not be given away are not asked how much further they do.
  const isOpen = isMany ? isPinned : isClose;
  play(
    targets.filter(isOpen),
    () => true,
    (questions) => {
      questions.together(roll, 8, isMany ? isPinned : isNear);
      questions.each(isOpen);
    },
  );
  return {
    hidden: targets.length,
    recovered: targets.filter(isPinned).map(({ cell }) => cell),
    narrowed: targets.filter((target) => target.few && !isPinned(target) && isNear(target)).length,
  };
}

/** A world of more units is attacked a few at a time first. */
const many = 8;

function shuffled<T>(all: readonly T[], roll: Dice): T[] {
  return all
    .map((one) => [roll(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}
