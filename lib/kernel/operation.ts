import { createHash, createHmac } from 'node:crypto';
import type { z } from 'zod';
import { problemsOf } from './input';

/** What became of one act a device sent. */
export type Outcome = 'applied' | 'duplicate' | 'merged' | 'conflict' | 'held' | 'quarantined' | 'out_of_scope';

/** The answer to one operation. `reason` is a message key; `first` says what became of the one a duplicate repeats. */
export interface OperationResult {
  readonly id: string | null;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly field?: string;
  readonly first?: Outcome;
}

const futureMs = 2 * 86_400_000;

/**
 * One operation as sent, parsed, or the answer that says what is wrong with it. A device's clock may be two days ahead, no more; what it says
 * was done later than now counts as done now, so that it never outranks what is said of it afterwards.
 */
export function readSent<S extends z.ZodType<{ id: string; at: Date }>>(
  schema: S,
  given: unknown,
  nowMs: number,
): { operation: z.output<S>; hash: string } | OperationResult {
  const read = schema.safeParse(given);
  if (!read.success) return malformed(given, problemsOf(read.error));
  if (read.data.at.getTime() > nowMs + futureMs) return malformed(given, { at: 'clockWrong' });
  const operation = { ...read.data, at: new Date(Math.min(read.data.at.getTime(), nowMs)) };
  return { operation, hash: hashOf(read.data) };
}

function malformed(given: unknown, problems: Record<string, string>): OperationResult {
  const id =
    typeof given === 'object' && given !== null && 'id' in given && typeof given.id === 'string' ? given.id : null;
  const [field, reason] = Object.entries(problems)[0] ?? ['form', 'wrong'];
  return { id: id?.slice(0, 36) ?? null, outcome: 'quarantined', reason, field };
}

/**
 * By which an operation's content is known again, whatever the order of the fields: keyed, so that nobody who reads the rows alone finds out by
 * trying what was said. With another secret, what came before it is known no more when it is sent again.
 */
function hashOf(said: object): string {
  const sorted = Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1));
  return keyedHash(createHash('sha256').update(JSON.stringify(sorted)).digest('hex'));
}

/** What is kept in place of a plain hash, as earlier builds wrote them. */
export const keyedHash = (plain: string) =>
  createHmac('sha256', process.env.AUTH_SECRET ?? '')
    .update(`operation.${plain}`)
    .digest('base64url');

const plainHash = /^[0-9a-f]{64}$/;

/** Whether what was kept is of this content, also where an earlier build kept it. */
export const isSameContent = (kept: string, hash: string) =>
  kept === hash || (plainHash.test(kept) && keyedHash(kept) === hash);

/** An operation that is not kept, and why. */
export const quarantined = (said: { readonly id: string }, reason: string, field?: string): OperationResult => ({
  id: said.id,
  outcome: 'quarantined',
  reason,
  ...(field ? { field } : {}),
});

/** Lost connections, deadlocks, time-outs: nobody's operation is to blame, the device must send again. */
export function isPassing(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return !/^2[23]/.test(code);
}
