import { createHash } from 'node:crypto';
import { problemsOf } from '@/lib/kernel/input';
import { isHelped, markStates, type MarkState } from './rules';
import { operation, type Operation, type OperationResult, type PlainRegister } from './schema';

const futureMs = 2 * 86_400_000;

/** One operation as sent, parsed, or the answer that says what is wrong with it. A device's clock may be two days ahead, no more. */
export function readOperation(given: unknown, nowMs: number): { operation: Operation; hash: string } | OperationResult {
  const read = operation.safeParse(given);
  if (!read.success) return malformed(given, problemsOf(read.error));
  if (read.data.at.getTime() > nowMs + futureMs) return malformed(given, { at: 'clockWrong' });
  return { operation: read.data, hash: hashOf(read.data) };
}

function malformed(given: unknown, problems: Record<string, string>): OperationResult {
  const id =
    typeof given === 'object' && given !== null && 'id' in given && typeof given.id === 'string' ? given.id : null;
  const [field, reason] = Object.entries(problems)[0] ?? ['form', 'wrong'];
  return { id: id?.slice(0, 36) ?? null, outcome: 'quarantined', reason, field };
}

/** SHA-256 of what was said, whatever the order of the fields. */
function hashOf(said: Operation): string {
  const sorted = Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

/** What is kept of an operation: never names or phones, those are the person's. */
export function contentOf(said: Operation) {
  switch (said.kind) {
    case 'mark':
    case 'walk_in':
      return {
        state: said.state,
        minutesLate: said.minutesLate ?? null,
        ...(said.after ? { after: said.after } : {}),
        ...(said.why ? { why: said.why } : {}),
      };
    case 'observe':
      return { skillCode: said.skillCode, level: said.level, help: said.help };
    case 'guests':
      return { count: said.count };
    default:
      return {};
  }
}

const isMark = (value: unknown): value is MarkState => markStates.some((state) => state === value);

/** What the plain form changes, compared with what stands and with what it showed; as the content of operations. */
export function plainChanges(form: PlainRegister, stands: ReadonlyMap<string, MarkState>): object[] {
  const changes: object[] = [];
  for (const [name, value] of Object.entries(form).slice(0, 5_000)) {
    const [what, personId, skillCode] = name.split('.');
    if (form[`was.${name}`] === value || value === '') continue;
    if (what === 'mark' && isMark(value) && personId) {
      const seen = String(form[`seen.${personId}`] ?? '');
      const after = seen.split(',').filter(Boolean);
      // Of two versions shown, saying the one that stands again settles it.
      if (stands.get(personId) !== value || after.length > 1)
        changes.push({ kind: 'mark', personId, state: value, ...(`seen.${personId}` in form ? { after } : {}) });
    }
    if (what === 'level' && personId && skillCode)
      changes.push({
        kind: 'observe',
        personId,
        skillCode: name.slice(`level.${personId}.`.length),
        level: Number(value),
        help: isHelped(Number(value)) ? String(form[`help.${personId}`] ?? '') : '',
      });
  }
  return changes;
}

/** The operations that name a skill or a place that does not exist, with the reason. `known` holds `skill CODE` and `area ID`. */
export function unknownNames(said: readonly Operation[], known: ReadonlySet<string>): ReadonlyMap<string, string> {
  const refusals = new Map<string, string>();
  for (const each of said) {
    if (each.kind === 'observe' && !known.has(`skill ${each.skillCode}`)) refusals.set(each.id, 'skillUnknown');
    if (each.kind === 'walk_in' && !known.has(`area ${each.areaId}`)) refusals.set(each.id, 'chooseArea');
  }
  return refusals;
}
