import loadHighs, { type Highs } from 'highs';
import { roundedTo } from '@/lib/disclosure/rules';
import { fewest, isSmall, type Tier } from '@/lib/disclosure/schema';
import { byAge, isByAge, leftByAge, leftOf, partsOf } from './parts';
import { relate, type Terms } from './relations';
import { halves, isAsked, keyOf, periods, restIsTold, type Dice, type Numbers, type World } from './world';

/** How periods of a measure hang together, of its values and of their wholes. */
type Over = 'additive' | 'distinct' | 'state';
const kinds: Record<string, Over> = {
  attendance: 'additive',
  people_reached: 'distinct',
  service_guided: 'distinct',
  new_core: 'additive',
  skills_attained: 'additive',
  retention: 'additive',
  home_visits: 'additive',
};
const overOf = (measure: string): Over => kinds[measure] ?? (measure.startsWith('assist_') ? 'additive' : 'state');

/** More than anybody would guess, so that no optimum is endless. */
const plenty = 100_000;

interface Row {
  readonly plus: Terms;
  readonly minus: Terms;
  readonly from: number;
  readonly to: number;
}
/** What of a cell is to be found; `rest`: what the value leaves of the whole. */
type Side = 'value' | 'of' | 'rest';

const sides = ['value', 'of'] as const;
const runs = (over: Over) => (over === 'state' ? [] : halves.map((half) => `h${half}`));

/**
 * Everything that is known of some measures in one tier and the wholes it divides. Unknown are the numbers of the smallest places and smallest parts; all
 * else is their sum.
 */
class Knowledge {
  private readonly columns = new Map<string, number>();
  readonly rows: Row[] = [];
  private readonly none = new Set<number>();
  private readonly leaves = new Map<number, readonly string[]>();
  private readonly parts: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly world: World,
    private readonly measures: readonly string[],
    tier: Tier,
    private readonly roundedTo: (measure: string) => number,
  ) {
    for (const { id } of world.areas) this.leaves.set(id, this.leavesOf(id));
    this.parts = partsOf(tier);
  }

  private leavesOf(area: number): string[] {
    const below = this.world.areas.filter(({ parent }) => parent === area);
    return [`${area}own`, ...below.flatMap(({ id }) => this.leavesOf(id))];
  }

  private column(name: string): number {
    let found = this.columns.get(name);
    if (found === undefined) this.columns.set(name, (found = this.columns.size));
    return found;
  }

  get width(): number {
    return this.columns.size;
  }
  isNone(column: number): boolean {
    return this.none.has(column);
  }

  private at(leaf: string, span: string, measure: string, part: string, side: 'value' | 'of'): Terms {
    const over = overOf(measure);
    const held = periods.find(({ key }) => key === span)?.halves;
    const name = (when: string) => this.column(`${leaf} ${when} ${measure} ${part} ${side}`);
    if (over === 'additive' && held) return held.map((half) => name(`h${half}`));
    return [name(over === 'state' ? this.moment(span) : span)];
  }

  /** How things stand is one number for all periods that end together, or run. */
  private moment(span: string): string {
    const held = periods.find(({ key }) => key === span)?.halves ?? [];
    return (held[0] ?? 0) > this.world.now ? span : `until ${Math.min(held.at(-1) ?? 0, this.world.now)}`;
  }

  /** A number that could be shown, as a sum of unknowns. */
  number(area: number, span: string, measure: string, group: string, side: 'value' | 'of'): Terms {
    return (this.leaves.get(area) ?? []).flatMap((leaf) =>
      (this.parts.get(group) ?? []).flatMap((part) => this.at(leaf, span, measure, part, side)),
    );
  }

  learn(shown: Numbers): void {
    for (const { id } of this.world.areas)
      for (const measure of this.measures)
        for (const group of this.parts.keys())
          for (const { key } of periods)
            for (const [nth, side] of sides.entries()) {
              const value = shown.get(keyOf(id, key, measure, group))?.[nth];
              if (value === undefined) continue;
              const plus = this.number(id, key, measure, group, side);
              if (value === 0) for (const column of plus) this.none.add(column);
              else {
                // What is rounded may have been anything that rounds to it, and none is few.
                const by = Math.floor(this.roundedTo(measure) / 2);
                this.rows.push({ plus, minus: [], from: by ? Math.max(fewest, value - by) : value, to: value + by });
              }
            }
    for (const part of this.parts.get('all') ?? []) {
      for (const leaf of this.leaves.get(1) ?? []) {
        for (const measure of this.measures) this.relate(leaf, measure, part);
      }
      relate({
        measures: this.measures,
        leaves: this.leaves.get(1) ?? [],
        now: this.world.now,
        at: (leaf, span, measure, side) => this.at(leaf, span, measure, part, side),
        until: (leaf, measure, half) => this.until(leaf, measure, part, half),
        atLeast: (plus, minus) => this.atLeast(plus, minus),
      });
    }
  }

  private until(leaf: string, measure: string, part: string, half: number): Terms {
    const sum = (to: number) => this.column(`${leaf} to${to} ${measure} ${part}`);
    for (let to = 0; to <= half; to += 1) {
      if (this.columns.has(`${leaf} to${to} ${measure} ${part}`)) continue;
      const more = this.at(leaf, `h${to}`, measure, part, 'value');
      this.rows.push({ plus: [sum(to)], minus: to > 0 ? [sum(to - 1), ...more] : more, from: 0, to: 0 });
    }
    return [sum(half)];
  }

  private atLeast(plus: Terms, minus: Terms): void {
    if (plus.length > 0 && minus.length > 0) this.rows.push({ plus, minus, from: 0, to: plenty });
  }

  private relate(leaf: string, measure: string, part: string): void {
    const over = overOf(measure);
    const number = (span: string, side: 'value' | 'of') => this.at(leaf, span, measure, part, side);
    const spans = over === 'additive' ? runs(over) : [...periods.map(({ key }) => key), ...runs(over)];
    for (const span of spans) this.atLeast(number(span, 'of'), number(span, 'value'));
    if (measure === 'households_five' && this.measures.includes('households_reached'))
      for (const { key } of periods)
        this.atLeast(this.at(leaf, key, 'households_reached', part, 'of'), number(key, 'value'));
    if (over !== 'distinct') return;
    for (const side of sides)
      for (const { key, halves: held } of periods) {
        const whole = number(key, side);
        const within = periods.filter((one) => one.key !== key && one.halves.every((half) => held.includes(half)));
        for (const one of within) this.atLeast(whole, number(one.key, side));
        if (held.length === 2) for (const half of held) this.atLeast(whole, number(`h${half}`, side));
        this.atLeast(
          held.flatMap((half) => number(`h${half}`, side)),
          whole,
        );
        for (const grain of ['-q', '-']) {
          const cut = within.filter((one) => one.key.replace(/\d+$/, '').endsWith(grain) && one.key[0] === key[0]);
          if (cut.length > 1)
            this.atLeast(
              cut.flatMap((one) => number(one.key, side)),
              whole,
            );
        }
      }
  }

  model(highs: Highs) {
    const starts = [0];
    const indices: number[] = [];
    const values: number[] = [];
    const rows = this.rows.filter(({ plus, minus }) => [...plus, ...minus].some((column) => !this.none.has(column)));
    for (const { plus, minus } of rows) {
      const factors = new Map<number, number>();
      for (const column of plus) factors.set(column, (factors.get(column) ?? 0) + 1);
      for (const column of minus) factors.set(column, (factors.get(column) ?? 0) - 1);
      for (const [column, factor] of factors)
        if (!this.none.has(column) && factor !== 0) {
          indices.push(column);
          values.push(factor);
        }
      starts.push(indices.length);
    }
    const numCols = this.width;
    const numRows = rows.length;
    return highs.createModel({
      numCols,
      numRows,
      colCost: Array.from({ length: numCols }, () => 0),
      colLower: Array.from({ length: numCols }, () => 0),
      colUpper: Array.from({ length: numCols }, (_, column) => (this.none.has(column) ? 0 : plenty)),
      rowLower: rows.map(({ from }) => from),
      rowUpper: rows.map(({ to }) => to),
      matrix: { format: 'csr', numRows, numCols, starts, indices, values },
    });
  }
}

interface Target {
  readonly cell: string;
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

function targetsOf(world: World, shown: Numbers, measures: readonly string[], tier: Tier, known: Knowledge): Target[] {
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
      return { cell: `${key} ${side}=${value}`, plus, minus, few: value < 10, low: value, high: value };
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

/**
 * Works out what can be of what is hidden, by linear programming: the least and the most that each hidden number could be, given all that is shown. One
 * solution moves many numbers at once; those that it shows to be free need no program of their own.
 */
export async function attack(
  world: World,
  shown: Numbers,
  measures: readonly string[],
  tier: Tier,
  roll: Dice,
  rounds = roundedTo,
): Promise<Found> {
  const highs = await (solver ??= loadHighs());
  const known = new Knowledge(world, measures, tier, rounds);
  known.learn(shown);
  const targets = targetsOf(world, shown, measures, tier, known);
  const open = (least: number) => targets.filter(({ low, high }) => high - low < least);
  const model = known.model(highs);
  model.options.set('output_flag', false);
  const solve = (aims: readonly { target: Target; factor: number }[]) => {
    const cost = new Float64Array(known.width);
    for (const { target, factor } of aims) {
      for (const column of target.plus) cost[column] = (cost[column] ?? 0) + factor;
      for (const column of target.minus) cost[column] = (cost[column] ?? 0) - factor;
    }
    model.changeColsCost({ kind: 'range', from: 0, to: known.width - 1 }, cost);
    const { modelStatus } = model.run();
    if (modelStatus !== highs.constants.modelStatus.optimal) throw new Error(`no optimum: ${modelStatus}`);
    const { colValue } = model.getSolution();
    const sum = (terms: Terms) =>
      terms.reduce((all, column) => all + (known.isNone(column) ? 0 : (colValue[column] ?? 0)), 0);
    for (const target of targets) {
      const value = sum(target.plus) - sum(target.minus);
      target.low = Math.min(target.low, value);
      target.high = Math.max(target.high, value);
    }
  };
  try {
    if (targets.length > 0)
      for (let turn = 0; turn < 8 && open(4).length > 0; turn += 1)
        solve(open(4).map((target) => ({ target, factor: roll() < 0.5 ? -1 : 1 })));
    for (const target of targets) {
      const enough = target.few ? 4 : 1;
      for (const factor of [-1, 1]) if (target.high - target.low < enough) solve([{ target, factor }]);
    }
  } finally {
    model.dispose();
  }
  const pinned = open(1 - 1e-6);
  return {
    hidden: targets.length,
    recovered: pinned.map(({ cell }) => cell),
    narrowed: targets.filter(({ few, low, high }) => few && high - low >= 1 && high - low < 4).length,
  };
}
