import { isAtDesk, type StoredOperation } from '@/components/register/phone-store';
import { undoMinutes } from '@/lib/desk/rules';
import type { AssistLine, Need } from '@/lib/desk/schema';
import { dayOf } from '@/lib/kernel/clock';

/** One assist of today; `waits`: it is on this phone only. */
export interface LoggedLine extends AssistLine {
  readonly waits: boolean;
}

/**
 * What was logged at a desk today as this phone shows it: what the portal last told, and on top what was logged and taken back here that the
 * portal's does not hold yet. Pure: the same acts give the same, whether they were sent, and how often it is done. What the portal refused
 * is not in it. What had not been sent can be taken back whenever one likes.
 */
export function logWith(
  rows: readonly AssistLine[],
  stored: readonly StoredOperation[],
  { deskId, needs, nowMs }: { readonly deskId: string; readonly needs: readonly Need[]; readonly nowMs: number },
): readonly LoggedLine[] {
  const acts = stored.flatMap(({ operation, state, label }) =>
    isAtDesk(operation) && operation.deskId === deskId && state !== 'attention' ? [{ operation, state, label }] : [],
  );
  const undone = new Set(acts.flatMap(({ operation }) => (operation.kind === 'undo' ? [operation.assistId] : [])));
  const told = new Set(rows.map(({ id }) => id));
  const today = dayOf(new Date(nowMs));
  const here = acts.flatMap(({ operation, state, label }): LoggedLine[] => {
    if (operation.kind !== 'assist' || told.has(operation.id)) return [];
    const { id, level, minutes, referredTo = null, personId = null } = operation;
    const at = new Date(operation.at);
    if (dayOf(at) !== today) return [];
    const waits = state === 'waiting';
    const need = needs.find(({ code }) => code === operation.need.split('.')[0])?.name ?? '';
    const undoable = waits || nowMs - at.getTime() <= undoMinutes * 60_000;
    return [{ id, at, need, level, minutes, referredTo, person: personId ? label : null, undoable, waits }];
  });
  return [...here, ...rows.map((row) => ({ ...row, waits: false }))]
    .filter(({ id }) => !undone.has(id))
    .toSorted((one, other) => other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : -1));
}

/**
 * What was done last at a desk from this phone, while it is fresh enough to say so: as long as it may be taken back. What was refused is told
 * elsewhere. `nameless`: the portal took it without the name.
 */
export function lastAct(stored: readonly StoredOperation[], needs: readonly Need[], nowMs: number) {
  const [row] = stored
    .filter(({ operation, state }) => isAtDesk(operation) && state !== 'attention')
    .toSorted((one, other) => Date.parse(other.operation.at) - Date.parse(one.operation.at));
  if (!row || !isAtDesk(row.operation)) return null;
  const { operation, state, result } = row;
  const waits = state === 'waiting';
  if (nowMs - Date.parse(operation.at) > undoMinutes * 60_000 && !waits) return null;
  if (operation.kind === 'undo') return { kind: 'undo' as const, waits };
  const { id, minutes, referredTo = null } = operation;
  const need = needs.find(({ code }) => code === operation.need.split('.')[0])?.name ?? '';
  const nameless = result?.reason === 'assistNameless';
  return {
    kind: 'assist' as const,
    id,
    need,
    minutes,
    referredTo,
    named: Boolean(operation.personId),
    waits,
    nameless,
  };
}
