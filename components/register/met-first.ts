import type { SentVisitOperation } from '@/lib/visit/schema';
import { isAtDoor, type PhoneOperation, type StoredOperation } from './phone-store';

/** That somebody was met on a round: the home other acts are of. */
export type SentMet = Extract<SentVisitOperation, { kind: 'met' }>;
export const isMet = (operation: PhoneOperation): operation is SentMet => operation.kind === 'met';

const ofTheAct = ['id', 'at', 'visitId', 'roundId'];
/** What the form of somebody met asks and the portal did not take; null where that is put right in no form. */
export const fieldToPutRight = (result: StoredOperation['result']): string | null =>
  result?.field && !ofTheAct.includes(result.field) ? result.field : null;

/** Why an act waits aside for who it is about to be written down first. */
const metFirst = 'visitMetFirst';

const homeOf = ({ operation }: StoredOperation) => (isAtDoor(operation) ? operation.visitId : null);
const homesOf = (rows: readonly StoredOperation[]): ReadonlySet<string | null> =>
  new Set(rows.filter(({ operation }) => isMet(operation)).map(homeOf));

/**
 * What may be sent now, whoever was met first of all; and what may not, since the portal did not take whom it is about: put aside, it says so, and
 * nothing of it is lost.
 */
export function inTurn(rows: readonly StoredOperation[]): {
  readonly goes: readonly StoredOperation[];
  readonly aside: readonly StoredOperation[];
} {
  const refused = homesOf(rows.filter(({ state }) => state === 'attention'));
  const waiting = rows.filter(({ state }) => state === 'waiting');
  const hangs = (row: StoredOperation) => !isMet(row.operation) && refused.has(homeOf(row)) && homeOf(row) !== null;
  const goes = waiting.filter((row) => !hangs(row));
  return {
    goes: [...goes.filter(({ operation }) => isMet(operation)), ...goes.filter(({ operation }) => !isMet(operation))],
    aside: waiting
      .filter(hangs)
      .map((row) => ({ ...row, state: 'attention', result: { id: row.id, outcome: 'quarantined', reason: metFirst } })),
  };
}

/** Acts that waited for somebody who is written down by now: they go, too. */
export function woken(rows: readonly StoredOperation[], answered: readonly StoredOperation[]): StoredOperation[] {
  const there = homesOf(answered.filter(({ state }) => state === 'accepted'));
  return rows
    .filter((row) => row.state === 'attention' && row.result?.reason === metFirst && there.has(homeOf(row)))
    .map((row) => ({ ...row, state: 'waiting', result: null }));
}

/** An act with all that says something of whoever was met by it: without them it is of nobody. */
export function withItsOwn(rows: readonly StoredOperation[], id: string): string[] {
  const row = rows.find((each) => each.id === id);
  if (!row || !isMet(row.operation)) return [id];
  return rows.filter((each) => each.state !== 'accepted' && homeOf(each) === homeOf(row)).map((each) => each.id);
}
