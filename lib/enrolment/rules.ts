import { createHash } from 'node:crypto';
import { fold } from '@/lib/kernel/text';
import {
  fairnessGroups,
  isEquality,
  type Enrolment,
  type Fairness,
  type FairnessCount,
  type FairnessKind,
  type FairnessTable,
  type SlipStatus,
} from './schema';

/**
 * The one table of transitions: from where to where an enrolment may go. A state without a row is final. The database holds the
 * same table (`enrolment_step_allowed`) and refuses whatever is not in it.
 */
export const transitions = {
  waitlisted: ['offered', 'confirmed', 'cancelled', 'class_cancelled', 'moved'],
  offered: ['confirmed', 'offer_declined', 'offer_expired', 'cancelled', 'class_cancelled', 'moved'],
  confirmed: ['completed', 'partial', 'no_show', 'cancelled', 'class_cancelled', 'moved'],
  // Computed when the class closes, and again after a correction or a lesson made up since.
  completed: ['partial', 'no_show'],
  partial: ['completed', 'no_show'],
  no_show: ['completed', 'partial'],
  cancelled: [],
  offer_declined: [],
  offer_expired: [],
  class_cancelled: [],
  moved: [],
} as const;
export type EnrolmentState = keyof typeof transitions;

/** Where an enrolment begins. */
export const firstStates = ['waitlisted', 'confirmed'] as const;

/** States that hold a seat or a place in the queue. */
export const activeStates = ['waitlisted', 'offered', 'confirmed'] as const;
export type ActiveState = (typeof activeStates)[number];

/** What a place becomes when its class closes. Whoever has one of these sat in the class to its end, and is counted as seated. */
export const resultStates = ['completed', 'partial', 'no_show'] as const;
export type ResultState = (typeof resultStates)[number];
export const seatedStates = ['confirmed', ...resultStates] as const;

/** The states that may become this one. */
export function statesBefore(to: EnrolmentState): (ActiveState | ResultState)[] {
  return [...activeStates, ...resultStates].filter((from) => transitions[from].some((next) => next === to));
}

/** Places kept for a group go back to everybody so long before the first session. */
export const releaseHours = 48;
/** So long before a session a seat is given by a call, not by waiting for an answer. */
export const callHours = 3;
/** Missing so many waiting lists since the last place puts one before those who missed fewer. */
export const missedLists = 2;

/** How many more than its seats a class may take: two, or a tenth of the seats. The database holds the same bound. */
export const mostOverbooked = (capacity: number) => Math.max(2, Math.floor(capacity / 10));

/**
 * When sign-ups from the web look unnatural, and how many a phone may hold. Nobody is refused for looking unnatural: they get an
 * unconfirmed place (lib/enrolment/guard.ts).
 */
export const guardLimits = {
  /** More people than this within `minutes` from one network; in one class, more than a family. */
  network: 20,
  networkInClass: 6,
  /** More people than this within `minutes` for one class, from everywhere. */
  inClass: 60,
  minutes: 10,
  /** So long an unconfirmed place waits for somebody to vouch for it. */
  hours: 24,
  /** Active places on one phone, everywhere and in one class. */
  phone: 6,
  phoneInClass: 2,
} as const;

/** Seats that unconfirmed places may take together, at most. */
export const mostUnconfirmed = (capacity: number) => Math.floor(capacity / 2);

/** As many people may be signed up with one form: by residents, by staff. */
export const mostTogether = 6;
export const mostOnBehalf = 10;

/** What the equality questions ask. */
export const equalityQuestions = ['ethnic_minority', 'disability', 'poor_household'] as const;

const digest = (parts: readonly unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/**
 * The key by which the same form, sent again, is known. A page for residents may be served from a cache to many people within
 * a second, all with one `formKey`: so the key is that together with who is to learn what. Sent 50 times, one form is one
 * enrolment; two neighbours with the same cached page are two.
 */
export function idempotencyKey({ formKey, classId, learner }: Enrolment): string {
  const who =
    'personId' in learner
      ? [learner.personId]
      : [fold(learner.fullName), learner.phone, learner.areaId, learner.birthYear];
  return keyOf(formKey.toLowerCase(), classId, ...who);
}

/** A UUID that says the same of the same parts. */
export function keyOf(...parts: readonly unknown[]): string {
  const hex = digest(parts);
  // A UUID of version 8 (RFC 9562): its bits are ours.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Enrolments with the same answer take turns: those of one person, or of one form where nothing tells who it is. */
export function turn(enrolment: Enrolment): string {
  const { learner } = enrolment;
  if ('personId' in learner) return digest([learner.personId]);
  if (learner.phone === null) return idempotencyKey(enrolment);
  return digest([learner.phone, fold(learner.fullName), learner.areaId]);
}

/** Whoever signs up with this phone, or from this network, takes turns too: what is counted of them is counted one by one. */
export const turnOf = (what: 'phone' | 'network', value: string) => digest([what, value]);

/** The turns of somebody known: by their id, and as they would sign up themselves. */
export function turnsOf(person: { id: string; phone: string | null; nameFolded: string; areaId: number }): string[] {
  const typed = person.phone === null ? [] : [digest([person.phone, person.nameFolded, person.areaId])];
  return [digest([person.id]), ...typed].sort();
}

/** What a slip says of an enrolment's state. */
export function slipStatus(status: string): SlipStatus {
  if (status === 'confirmed' || status === 'offered' || status === 'waitlisted') return status;
  if (status === 'class_cancelled') return 'classCancelled';
  if (status === 'offer_declined' || status === 'offer_expired') return 'offerGone';
  if (status === 'moved') return 'moved';
  return ['completed', 'partial', 'no_show'].includes(status) ? 'over' : 'cancelled';
}

const isSmall = (count: number) => count > 0 && count < 10;

/** A number from 1 to 9, or one whose rest to the number beside it, on the line or on the larger page around, is that small. */
const tellsSmall = ({ asked, got, waited, rest }: FairnessCount) =>
  [asked, got, waited, asked - got, asked - waited].some(isSmall) ||
  (rest !== undefined && [rest.asked, rest.got, rest.waited].some(isSmall));

/** Of an equality question nobody's answer is told either by "all of them" or "none of them": no yes or no below ten, where anybody answered. */
function tellsAll(by: FairnessKind, lines: readonly FairnessCount[], { group, asked }: FairnessCount): boolean {
  if (!isEquality(by) || group === 'unanswered') return false;
  return asked < 10 && lines.some((line) => line.group !== 'unanswered' && line.asked > 0);
}

/**
 * The fairness table as somebody may see it. Whoever is not entitled to the names sees no number from 1 to 9, none that is one
 * subtraction away from it (`tellsSmall`), and at least two hidden in every list that adds up to a number that is shown. The equality
 * questions are shown like that to everybody.
 */
export function fairnessTable({ named, answers, rows }: Fairness): FairnessTable[] {
  const total = rows.find(({ by }) => by === 'total');
  const kinds = Object.keys(fairnessGroups) as FairnessKind[];
  const seen = kinds.filter((by) => answers || !isEquality(by));
  return seen.map((by) => {
    const full = fairnessGroups[by].map(
      (group) => rows.find((one) => one.by === by && one.group === group) ?? { by, group, asked: 0, got: 0, waited: 0 },
    );
    if ((named && !isEquality(by)) || !total) return { by, lines: full };
    const hidden = new Set<FairnessCount>(full.filter((line) => tellsSmall(line) || tellsAll(by, full, line)));
    // Together they are the total less the others. So they are at least two, and not few: the smallest neighbour goes with them, one that
    // holds somebody if there is one.
    const left = full
      .filter((line) => !hidden.has(line))
      .toSorted((one, other) => Number(one.asked === 0) - Number(other.asked === 0) || one.asked - other.asked);
    const together = () => [...hidden].reduce((sum, { asked }) => sum + asked, 0);
    for (const next of left) if (hidden.size === 1 || isSmall(together())) hidden.add(next);
    return {
      by,
      lines: full.map((line) =>
        hidden.has(line) ? { group: line.group, asked: null, got: null, waited: null } : line,
      ),
    };
  });
}
