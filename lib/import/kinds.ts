import { setImmediate as breathe } from 'node:timers/promises';
import type { z } from 'zod';
import type { Capability } from '@/db/capabilities';
import { attempt, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { problemsOf } from '@/lib/kernel/input';
import { refuse, type Refusal } from '@/lib/kernel/result';
import type { Sheet } from '@/lib/sheet/schema';
import { findHeading, listRows, mergedBelow, problemAt, type Heading, type ListRow } from './rules';
import { mostCells, type CellProblem, type ImportKind } from './schema';
import { columnsOf, type ColumnRule } from './words';

/** A row as its kind understands it: the cells that say what they should, and all of it where every one does. */
export interface Parsed<Row> {
  readonly line: ListRow;
  readonly row: Partial<Row>;
  readonly whole: Row | null;
}

/** Says how far the work is; throws when it was stopped. */
export type Tell = (done: number, total: number) => Promise<void>;

/** What the checks of a kind say of a row: the column, why, and whether it is only worth a look. */
export type Blame = (row: ListRow, column: string, reason: string, warning?: boolean) => void;

/** A kind of list. `check` says what is wrong with rows beyond the form of their cells; `write` writes rows nothing is wrong with. */
export interface KindRule<Row> {
  readonly kind: ImportKind;
  readonly may: Capability;
  readonly columns: Readonly<Record<string, ColumnRule>>;
  readonly mostRows: number;
  readonly schema: z.ZodType<Row>;
  /** The same for what is left of a row without its wrong cells. */
  readonly cells: z.ZodType<Partial<Row>>;
  readonly check: (
    tx: ScopedTx,
    caller: Caller,
    rows: readonly Parsed<Row>[],
    blame: Blame,
    tell: Tell,
  ) => Promise<void>;
  readonly write: (tx: ScopedTx, caller: Caller, rows: readonly Row[], tell: Tell) => Promise<Refusal | void>;
}

/** A checked list: how many rows, which of them are bad or look like somebody already there, and why. */
export interface Checked {
  readonly rows: number;
  readonly bad: ReadonlySet<number>;
  readonly warned: ReadonlySet<number>;
  readonly problems: readonly CellProblem[];
  readonly headingRow: number;
}

/** A kind of list whose rows' shape is its own business. */
export interface Kind {
  readonly kind: ImportKind;
  readonly may: Capability;
  readonly columns: Readonly<Record<string, ColumnRule>>;
  /** Checks every cell; writes nothing. Refused: no heading (`headingUnknown`), too many rows for the kind, far too much wrong. */
  check(tx: ScopedTx, caller: Caller, sheet: Sheet, tell: Tell): Promise<Refusal | Checked>;
  /**
   * Checks again, as things stand now, and writes the rows nothing is wrong with; those that look like somebody already there only when
   * told so. Refused where all or nothing was asked and something is wrong (`importNotClean`).
   */
  write(
    tx: ScopedTx,
    caller: Caller,
    sheet: Sheet,
    how: { all: boolean; warned: boolean },
    tell: Tell,
  ): Promise<Refusal | (Checked & { written: number })>;
}

/** Rows between two looks around: others are served in between. */
const atOnce = 200;

async function parseRows<Row>(
  { schema, cells }: KindRule<Row>,
  lines: readonly ListRow[],
  blame: Blame,
): Promise<Parsed<Row>[]> {
  const parsed: Parsed<Row>[] = [];
  for (const [at, line] of lines.entries()) {
    if (at % atOnce === 0) await breathe();
    for (const key of line.formulas) blame(line, key, 'cellFormula');
    const typed = schema.safeParse(line.values);
    const wrong = typed.success ? {} : problemsOf(typed.error);
    for (const [key, reason] of Object.entries(wrong)) if (!line.formulas.includes(key)) blame(line, key, reason);
    const sound = Object.entries(line.values).filter(([key]) => !(key in wrong) && !line.formulas.includes(key));
    const rest = cells.safeParse(Object.fromEntries(sound));
    const whole = typed.success && line.formulas.length === 0 ? typed.data : null;
    parsed.push({ line, row: whole ?? (rest.success ? rest.data : {}), whole });
  }
  return parsed;
}

/** More is wrong with a list than anybody would go through; its check ends (`tooMuchWrong`). */
export class TooMuchWrong extends Error {}

/** Gathers what is wrong, by row; gives up where it is too much for anybody to go through. */
function ledger(heading: Heading) {
  const problems: CellProblem[] = [...heading.problems];
  const bad = new Set<number>(heading.problems.map(({ row }) => row));
  const warned = new Set<number>();
  const blame: Blame = (row, column, reason, warning = false) => {
    if (problems.length >= mostCells) throw new TooMuchWrong();
    problems.push(problemAt(heading, row, column, reason, warning));
    (warning ? warned : bad).add(row.number);
  };
  return { problems, bad, warned, blame };
}

class Undone extends Error {}

/** What came of some work, all of whose writing is undone. */
async function undone<R extends object>(tx: ScopedTx, work: (tx: ScopedTx) => Promise<R>): Promise<R> {
  let seen: R | null = null;
  try {
    await attempt(tx, async (inner) => {
      seen = await work(inner);
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone) || seen === null) throw error;
  }
  return seen ?? Promise.reject(new Undone());
}

/** Makes a kind of its rule. */
export function kindOf<Row>(rule: KindRule<Row>): Kind {
  async function look(tx: ScopedTx, caller: Caller, sheet: Sheet, tell: Tell) {
    const heading = findHeading(sheet, columnsOf(rule.kind, rule.columns));
    if (!heading) return refuse('headingUnknown');
    const lines = listRows(sheet, heading);
    if (lines.length === 0) return refuse('sheetEmpty');
    if (lines.length > rule.mostRows) return refuse('sheetTooManyRows');
    const { problems, bad, warned, blame } = ledger(heading);
    for (const merged of mergedBelow(sheet, heading)) {
      problems.push(merged);
      bad.add(merged.row);
    }
    try {
      const parsed = heading.problems.length > 0 ? [] : await parseRows(rule, lines, blame);
      await tell(0, lines.length);
      await rule.check(tx, caller, parsed, blame, tell);
      for (const row of bad) warned.delete(row);
      problems.sort(
        (one, other) => one.row - other.row || one.at.length - other.at.length || (one.at < other.at ? -1 : 1),
      );
      return { rows: lines.length, bad, warned, problems, parsed, headingRow: heading.row };
    } catch (error) {
      if (error instanceof TooMuchWrong) return refuse('tooMuchWrong');
      throw error;
    }
  }
  return {
    kind: rule.kind,
    may: rule.may,
    columns: rule.columns,
    check: look,
    async write(tx, caller, sheet, { all, warned: alsoWarned }, tell) {
      const found = await undone(tx, (inner) => look(inner, caller, sheet, tell));
      if ('refused' in found) return found;
      if (all && found.bad.size > 0) return refuse('importNotClean');
      const rows = found.parsed.flatMap(({ line, whole }) =>
        whole && !found.bad.has(line.number) && (alsoWarned || !found.warned.has(line.number)) ? [whole] : [],
      );
      const refused = await rule.write(tx, caller, rows, tell);
      return refused ?? { ...found, written: rows.length };
    },
  };
}
