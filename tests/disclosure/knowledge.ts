import type { Highs } from 'highs';
import { fewest, type Tier } from '@/lib/disclosure/schema';
import { partsOf } from './parts';
import { relate, type Terms } from './relations';
import { halves, keyOf, periods, type Period, type Shown, type World } from './world';

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
export const overOf = (measure: string): Over =>
  kinds[measure] ?? (measure.startsWith('assist_') ? 'additive' : 'state');

/** More than anybody would guess, so that no optimum is endless. */
const plenty = 100_000;

interface Row {
  readonly plus: Terms;
  readonly minus: Terms;
  readonly from: number;
  readonly to: number;
}
export const sides = ['value', 'of'] as const;
const halfPeriods: readonly Period[] = [...periods, ...halves.map((half) => ({ key: `h${half}`, halves: [half] }))];
const runs = (over: Over) => (over === 'state' ? [] : halves.map((half) => `h${half}`));

/**
 * Everything that is known of some measures in one tier and the wholes it divides. Unknown are the numbers of the smallest places and smallest parts; all
 * else is their sum.
 */
export class Knowledge {
  private readonly columns = new Map<string, number>();
  /** By unknown: the smallest place it is of, and what it is in this world, of which whoever attacks knows nothing. */
  private readonly places: string[] = [];
  private readonly truth: number[] = [];
  private readonly rows = new Map<string, Row>();
  private readonly none = new Set<number>();
  private readonly leaves = new Map<number, readonly string[]>();
  private readonly parts: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly world: World,
    private readonly measures: readonly string[],
    private readonly tier: Tier,
  ) {
    for (const { id } of world.areas) this.leaves.set(id, this.leavesOf(id));
    this.parts = partsOf(tier);
  }

  private leavesOf(area: number): string[] {
    const below = this.world.areas.filter(({ parent }) => parent === area);
    return [`${area}own`, ...below.flatMap(({ id }) => this.leavesOf(id))];
  }

  private column(leaf: string, name: string, truth: () => number): number {
    let found = this.columns.get(name);
    if (found === undefined) {
      this.columns.set(name, (found = this.columns.size));
      this.places.push(leaf);
      this.truth.push(truth());
    }
    return found;
  }

  /** What was counted of exactly a place. */
  private counted(leaf: string, span: string, measure: string, part: string, side: 'value' | 'of'): number {
    const of = (group: string) =>
      this.world.own.get(keyOf(Number.parseInt(leaf, 10), span, measure, group))?.[side === 'value' ? 0 : 1] ?? 0;
    if (!part.startsWith('rest ')) return of(part);
    const groups = this.tier.sides[Number(part.slice(5))]?.parts ?? [];
    return groups.reduce((left, group) => left - of(group), of('all'));
  }

  private learnRow(row: Row): void {
    const key = `${[...row.plus].sort((a, b) => a - b).join()} ${[...row.minus].sort((a, b) => a - b).join()}`;
    const known = this.rows.get(key);
    const from = Math.max(row.from, known?.from ?? row.from);
    const to = Math.min(row.to, known?.to ?? row.to);
    this.rows.set(key, { ...row, from, to });
  }

  private at(leaf: string, span: string, measure: string, part: string, side: 'value' | 'of'): Terms {
    const over = overOf(measure);
    const held = periods.find(({ key }) => key === span)?.halves;
    const name = (when: string, counted: string) =>
      this.column(leaf, `${leaf} ${when} ${measure} ${part} ${side}`, () =>
        this.counted(leaf, counted, measure, part, side),
      );
    if (over === 'additive' && held) return held.map((half) => name(`h${half}`, `h${half}`));
    return [name(over === 'state' ? this.moment(span) : span, span)];
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

  learn(shown: Shown): void {
    for (const { id } of this.world.areas)
      for (const measure of this.measures)
        for (const group of this.parts.keys())
          for (const { key } of periods)
            for (const nth of [0, 1] as const) {
              const side = sides[nth];
              const told = shown.get(keyOf(id, key, measure, group));
              const value = told?.[nth];
              if (value === undefined) continue;
              const plus = this.number(id, key, measure, group, side);
              if (value === 0) for (const column of plus) this.none.add(column);
              else {
                // What is rounded may have been anything that rounds to it, and none is few.
                const by = Math.floor((told?.[2] ?? 1) / 2);
                this.learnRow({ plus, minus: [], from: by ? Math.max(fewest, value - by) : value, to: value + by });
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
        peopleUntil: (leaf, measure, half) => this.peopleUntil(leaf, measure, part, half),
        seen: this.world.seen,
        atLeast: (plus, minus) => this.atLeast(plus, minus),
      });
    }
  }

  private until(leaf: string, measure: string, part: string, half: number): Terms {
    const sum = (to: number) =>
      this.column(leaf, `${leaf} to${to} ${measure} ${part}`, () =>
        halves.slice(0, to + 1).reduce((all, one) => all + this.counted(leaf, `h${one}`, measure, part, 'value'), 0),
      );
    for (let to = 0; to <= half; to += 1) {
      if (this.columns.has(`${leaf} to${to} ${measure} ${part}`)) continue;
      const more = this.at(leaf, `h${to}`, measure, part, 'value');
      this.learnRow({ plus: [sum(to)], minus: to > 0 ? [sum(to - 1), ...more] : more, from: 0, to: 0 });
    }
    return [sum(half)];
  }

  /** Distinct people until the end of a half-month: whoever was counted in a period that ends then or before, and nobody else. */
  private peopleUntil(leaf: string, measure: string, part: string, half: number): Terms {
    const until = (to: number): Terms => (to < 0 ? [] : this.at(leaf, `u${to}`, measure, part, 'value'));
    if (this.columns.has(`${leaf} u${half} ${measure} ${part} value`)) return until(half);
    for (const to of halves) {
      this.atLeast(until(to), until(to - 1));
      for (const { key, halves: held } of halfPeriods)
        if (held.at(-1) === to) {
          const within = this.at(leaf, key, measure, part, 'value');
          this.atLeast(until(to), within);
          this.atLeast([...until((held[0] ?? 0) - 1), ...within], until(to));
        }
    }
    return until(half);
  }

  private atLeast(plus: Terms, minus: Terms): void {
    if (plus.length > 0 && minus.length > 0) this.learnRow({ plus, minus, from: 0, to: plenty });
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
        // What lies in something that lies within follows from the two.
        const isWithin = (one: Period, other: Period) =>
          one.halves.length < other.halves.length && one.halves.every((half) => other.halves.includes(half));
        for (const one of within)
          if (!within.some((other) => other.halves.length < held.length && isWithin(one, other)))
            this.atLeast(whole, number(one.key, side));
        if (held.length <= 2) {
          for (const half of held) this.atLeast(whole, number(`h${half}`, side));
          this.atLeast(
            held.flatMap((half) => number(`h${half}`, side)),
            whole,
          );
        }
        const cuts = ['-q', '-'].map((grain) =>
          within.filter((one) => one.key.replace(/\d+$/, '').endsWith(grain) && one.key[0] === key[0]),
        );
        const cut = cuts.find((parts) => parts.length > 1);
        if (cut)
          this.atLeast(
            cut.flatMap((one) => number(one.key, side)),
            whole,
          );
      }
  }

  /** Rows as the solver has them, without what is known to be nobody. */
  private sparse(): SparseRow[] {
    return [...this.rows.values()].flatMap(({ plus, minus, from, to }) => {
      const factors = new Map<number, number>();
      for (const column of plus) factors.set(column, (factors.get(column) ?? 0) + 1);
      for (const column of minus) factors.set(column, (factors.get(column) ?? 0) - 1);
      const terms = [...factors].filter(([column, factor]) => factor !== 0 && !this.none.has(column));
      return terms.length > 0 ? [{ terms, from, to }] : [];
    });
  }

  /** All that is known, to be asked. Fails where it is not true of this world: the attack would then be of another. */
  program(): Program {
    const rows = this.sparse();
    const truth = Float64Array.from(this.truth);
    const isTrue = ({ terms, from, to }: SparseRow) => {
      const sum = terms.reduce((all, [column, factor]) => all + factor * (truth[column] ?? 0), 0);
      return sum >= from && sum <= to;
    };
    const wrong = rows.find((row) => !isTrue(row));
    if (wrong) {
      const names = [...this.columns.keys()];
      throw new Error(`not so: ${JSON.stringify(wrong)} ${wrong.terms.map(([column]) => names[column]).join(', ')}`);
    }
    for (const column of this.none) if (truth[column] !== 0) throw new Error(`somebody: ${column}`);
    return { rows, truth, places: this.places, none: this.none };
  }
}

interface SparseRow {
  readonly terms: readonly (readonly [column: number, factor: number])[];
  readonly from: number;
  readonly to: number;
}

export interface Program {
  readonly rows: readonly SparseRow[];
  readonly truth: Float64Array;
  readonly places: readonly string[];
  readonly none: ReadonlySet<number>;
}

/**
 * The program of those unknowns that are `free`, all others being as they are in truth: what it can reach whoever knows all that is known can reach, so that it
 * shows of a number that it is not given away, and never that it is.
 */
export function modelOf(highs: Highs, { rows, truth, none }: Program, isFree: (column: number) => boolean) {
  const at = new Map<number, number>();
  for (let column = 0; column < truth.length; column += 1)
    if (isFree(column) && !none.has(column)) at.set(column, at.size);
  const [starts, indices, values, lower, upper]: [number[], number[], number[], number[], number[]] = [
    [0],
    [],
    [],
    [],
    [],
  ];
  for (const { terms, from, to } of rows) {
    if (!terms.some(([column]) => at.has(column))) continue;
    let fixed = 0;
    for (const [column, factor] of terms) {
      const index = at.get(column);
      if (index === undefined) fixed += factor * (truth[column] ?? 0);
      else {
        indices.push(index);
        values.push(factor);
      }
    }
    starts.push(indices.length);
    lower.push(from - fixed);
    upper.push(to - fixed);
  }
  const [numCols, numRows] = [at.size, lower.length];
  const model = highs.createModel({
    numCols,
    numRows,
    colCost: Array.from({ length: numCols }, () => 0),
    colLower: Array.from({ length: numCols }, () => 0),
    colUpper: Array.from({ length: numCols }, () => plenty),
    rowLower: lower,
    rowUpper: upper,
    matrix: { format: 'csr', numRows, numCols, starts, indices, values },
  });
  model.options.set('output_flag', false);
  // What one question found is where the next begins: only what is asked for changes.
  model.options.set('simplex_strategy', 4);
  return { model, at };
}
