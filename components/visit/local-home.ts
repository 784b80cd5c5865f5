import { isAtDoor, type StoredOperation } from '@/components/register/phone-store';
import type { PackedHome } from '@/lib/visit/rules';
import type { SentVisitOperation } from '@/lib/visit/schema';

/**
 * A home as this phone shows it: what the portal last told, and on top every act made here that the portal's does not hold yet. Pure: the
 * same acts on the same home give the same, whether they were sent, and how often it is done. What the portal refused is not on it.
 */
export function homeWith(home: PackedHome, stored: readonly StoredOperation[]): PackedHome {
  return stored
    .flatMap(({ operation, state, result }) =>
      isAtDoor(operation) &&
      operation.visitId === home.id &&
      state !== 'attention' &&
      !home.known.includes(operation.id)
        ? [{ operation, contested: result?.outcome === 'conflict' }]
        : [],
    )
    .toSorted((one, other) => Date.parse(one.operation.at) - Date.parse(other.operation.at))
    .reduce((before, { operation, contested }) => withAct(before, operation, contested), home);
}

function withAct(home: PackedHome, act: SentVisitOperation, contested: boolean): PackedHome {
  if (home.said.some(({ id }) => id === act.id)) return home;
  const at = new Date(act.at);
  switch (act.kind) {
    case 'outcome': {
      const { id, outcome, minutes = null, nextOn = null, words = '' } = act;
      const said = [{ id, outcome, minutes, nextOn, words, at, own: true, contested }, ...home.said];
      const [stands] = said.toSorted((one, other) => other.at.getTime() - one.at.getTime());
      return {
        ...home,
        said: said.toSorted((one, other) => other.at.getTime() - one.at.getTime()),
        outcome: stands?.outcome ?? outcome,
        outcomeAt: stands?.at ?? at,
        nextOn: stands?.nextOn ?? null,
      };
    }
    case 'skill': {
      const { skillCode, level } = act;
      return {
        ...home,
        skills: home.skills.map((one) => (one.code === skillCode ? { ...one, level, here: level } : one)),
      };
    }
    default: {
      const answered = new Set(act.answers.map(({ step }) => step));
      const fresh = act.answers.map(({ step, answer }) => ({ code: step, answer, source: act.source, at }));
      return { ...home, steps: [...home.steps.filter(({ code }) => !answered.has(code)), ...fresh] };
    }
  }
}
