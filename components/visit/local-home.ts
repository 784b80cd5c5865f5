import { isAtDoor, type StoredOperation } from '@/components/register/phone-store';
import { isMet } from '@/components/register/met-first';
import type { PackedHome, PackedRound } from '@/lib/visit/rules';
import { metForm, type SentVisitOperation } from '@/lib/visit/schema';

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
    case 'met':
      return home;
    default: {
      const answered = new Set(act.answers.map(({ step }) => step));
      const fresh = act.answers.map(({ step, answer }) => ({ code: step, answer, source: act.source, at }));
      return { ...home, steps: [...home.steps.filter(({ code }) => !answered.has(code)), ...fresh] };
    }
  }
}

/** Whom one met on a round and the portal's pack does not tell of yet, as homes of it: nobody known, so they have no number. */
export function homesMet(round: PackedRound, stored: readonly StoredOperation[]): PackedHome[] {
  const told = new Set(round.visits.map(({ id }) => id));
  return stored.flatMap(({ operation }) => {
    if (!isMet(operation) || operation.roundId !== round.id || told.has(operation.visitId)) return [];
    const asked = metForm.safeParse({ ...operation, formKey: operation.id });
    const { birthYear = null, needs = [], words = '' } = asked.success ? asked.data : {};
    const none = { personId: null, times: [], outcome: null, outcomeAt: null, nextOn: null, pin: '' };
    const nothing = { said: [], skills: [], events: [], earlier: [], steps: [], household: [], known: [] };
    const { id: requestId, visitId: id, fullName } = operation;
    return [{ id, requestId, fullName, birthYear, needs, words, ...none, ...nothing }];
  });
}
