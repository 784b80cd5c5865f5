import loadHighs, { type Highs } from 'highs';
import { tiers, type Tier } from '@/lib/disclosure/schema';
import { halves, keyOf, periods, type Dice, type Numbers, type World } from './world';

/** How periods of a measure hang together, of its values and of their wholes. */
type Over = 'additive' | 'distinct' | 'state';
const overTime: Record<string, readonly [value: Over, of: Over]> = {
  attendance: ['additive', 'additive'],
  people_reached: ['distinct', 'distinct'],
  service_guided: ['distinct', 'distinct'],
  new_core: ['additive', 'additive'],
  skills_attained: ['additive', 'additive'],
  retention: ['additive', 'additive'],
  core_attained: ['state', 'state'],
  home_visits: ['additive', 'additive'],
  households_reached: ['state', 'state'],
  households_five: ['state', 'state'],
};

/** Measures of whose whole another's value is a part, told or not. */
const ofWhom: Record<string, string> = { households_five: 'households_reached' };

/** More than anybody would guess, so that no optimum is endless. */
const plenty = 100_000;

type Terms = readonly number[];
interface Row {
  readonly plus: Terms;
  readonly minus: Terms;
  readonly from: number;
  readonly to: number;
}

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
    const over = overTime[measure]?.[side === 'value' ? 0 : 1] ?? 'state';
    const held = over === 'additive' ? periods.find(({ key }) => key === span)?.halves : undefined;
    return held
      ? held.map((half) => this.column(`${leaf} h${half} ${measure} ${part} ${side}`))
      : [this.column(`${leaf} ${span} ${measure} ${part} ${side}`)];
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
              else this.rows.push({ plus, minus: [], from: value, to: value });
            }
    for (const leaf of this.leaves.get(1) ?? [])
      for (const part of this.parts.get('all') ?? [])
        for (const measure of this.measures) this.relate(leaf, measure, part);
  }

  private atLeast(plus: Terms, minus: Terms): void {
    this.rows.push({ plus, minus, from: 0, to: plenty });
  }

  private relate(leaf: string, measure: string, part: string): void {
    const [value = 'state', of = 'state'] = overTime[measure] ?? [];
    const number = (span: string, side: 'value' | 'of') => this.at(leaf, span, measure, part, side);
    const spans =
      value === 'additive' && of === 'additive' ? runs(value) : [...periods.map(({ key }) => key), ...runs(value)];
    for (const span of spans) {
      this.atLeast(number(span, 'of'), number(span, 'value'));
      const wider = ofWhom[measure];
      if (wider && this.measures.includes(wider))
        this.atLeast(this.at(leaf, span, wider, part, 'of'), number(span, 'value'));
    }
    for (const [nth, side] of sides.entries()) {
      if ((nth === 0 ? value : of) !== 'distinct') continue;
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
  }

  model(highs: Highs) {
    const starts = [0];
    const indices: number[] = [];
    const values: number[] = [];
    const rows = this.rows.filter(({ plus, minus }) => [...plus, ...minus].some((column) => !this.none.has(column)));
    for (const { plus, minus } of rows) {
      for (const [terms, factor] of [
        [plus, 1],
        [minus, -1],
      ] as const)
        for (const column of terms)
          if (!this.none.has(column)) {
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

/** Groups by age lie within each other, so that they are attacked together whichever of their ways of dividing people is asked of. */
const byAge = tiers.filter(({ name }) => ['older', 'adults', 'ages'].includes(name));
const isByAge = ({ name }: Tier) => byAge.some((tier) => tier.name === name);
/** What the groups by age leave of each other: told nowhere, and as few people's affair. */
const leftByAge: Record<string, readonly [plus: string, minus: string]> = {
  younger: ['all', 'age60'],
  adults_younger: ['adults', 'age60'],
  not_adults: ['all', 'adults'],
};

/** The groups that are told with a tier, each with the smallest parts it is made of. */
function partsOf(tier: Tier): ReadonlyMap<string, readonly string[]> {
  if (isByAge(tier)) {
    const [older, younger, others] = [
      ['age_60_69', 'age_70'],
      ['age_18_34', 'age_35_59'],
      ['age_0_17', 'age_unknown'],
    ] as const;
    const all = [...older, ...younger, ...others];
    return new Map<string, readonly string[]>([
      ...all.map((group) => [group, [group]] as const),
      ['age60', older],
      ['adults', [...older, ...younger]],
      ['all', all],
      ['younger', [...younger, ...others]],
      ['adults_younger', younger],
      ['not_adults', others],
    ]);
  }
  const parts = new Map<string, readonly string[]>();
  const each = tier.sides.map((side, which) => [...side.parts, ...(tier.name === 'all' ? [] : [`rest ${which}`])]);
  for (const { parts: groups } of tier.sides) for (const group of groups) parts.set(group, [group]);
  if (tier.name !== 'all') parts.set('all', each.flat());
  return parts;
}

interface Target {
  readonly cell: string;
  readonly columns: Terms;
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

/** Of what groups by age leave of each other, how many there are; undefined of any group. */
function leftOf({ exact }: World, area: number, period: string, measure: string, group: string) {
  const of = leftByAge[group];
  const [plus, minus] = (of ?? []).map((one) => exact.get(keyOf(area, period, measure, one)) ?? ([0, 0] as const));
  return plus && minus && ([plus[0] - minus[0], plus[1] - minus[1]] as const);
}

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
    const pair = leftOf(world, id, period, measure, group) ?? world.exact.get(key);
    if (!pair || shown.has(key)) return [];
    return sides.flatMap((side, nth): Target[] => {
      const value = pair[nth] ?? 0;
      // What is told of nowhere is not hidden here; of few people it is not to be found all the same.
      const isTold = group === 'all' || overTime[measure]?.[0] === 'state' || /^k\d{4}$/.test(period);
      if (value === 0 || ((!isTold || group in leftByAge) && value >= 10)) return [];
      // A place that makes up its parent alone: the parent tells the number, as one of ten or more.
      if (value >= 10 && shown.get(keyOf(parent ?? 0, period, measure, group))?.[nth] === value) return [];
      const columns = known.number(id, period, measure, group, side);
      return [{ cell: `${key} ${side}=${value}`, columns, few: value < 10, low: value, high: value }];
    });
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
): Promise<Found> {
  const highs = await (solver ??= loadHighs());
  const known = new Knowledge(world, measures, tier);
  known.learn(shown);
  const targets = targetsOf(world, shown, measures, tier, known);
  const open = (least: number) => targets.filter(({ low, high }) => high - low < least);
  const model = known.model(highs);
  model.options.set('output_flag', false);
  const solve = (aims: readonly { columns: Terms; factor: number }[]) => {
    const cost = new Float64Array(known.width);
    for (const { columns, factor } of aims) for (const column of columns) cost[column] = (cost[column] ?? 0) + factor;
    model.changeColsCost({ kind: 'range', from: 0, to: known.width - 1 }, cost);
    const { modelStatus } = model.run();
    if (modelStatus !== highs.constants.modelStatus.optimal) throw new Error(`no optimum: ${modelStatus}`);
    const { colValue } = model.getSolution();
    for (const target of targets) {
      const value = target.columns.reduce(
        (sum, column) => sum + (known.isNone(column) ? 0 : (colValue[column] ?? 0)),
        0,
      );
      target.low = Math.min(target.low, value);
      target.high = Math.max(target.high, value);
    }
  };
  try {
    if (targets.length > 0)
      for (let turn = 0; turn < 8 && open(4).length > 0; turn += 1)
        solve(open(4).map(({ columns }) => ({ columns, factor: roll() < 0.5 ? -1 : 1 })));
    for (const target of targets) {
      const enough = target.few ? 4 : 1;
      for (const factor of [-1, 1]) if (target.high - target.low < enough) solve([{ columns: target.columns, factor }]);
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
