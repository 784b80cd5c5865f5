import { readSent, type OperationResult } from '@/lib/kernel/operation';
import { isHelped, markStates, type MarkState } from './rules';
import { operation, type Operation, type PlainRegister } from './schema';

/** One operation as sent, parsed, or the answer that says what is wrong with it. */
export const readOperation = (
  given: unknown,
  nowMs: number,
): { operation: Operation; hash: string } | OperationResult => readSent(operation, given, nowMs);

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
