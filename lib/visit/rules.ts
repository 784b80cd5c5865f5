import { createHash } from 'node:crypto';
import type { TaughtIn } from '@/lib/class/schema';
import { addDays, weekdayOf } from '@/lib/kernel/clock';
import { fold } from '@/lib/kernel/text';
import type { Step, StepStanding } from '@/lib/step/schema';
import type {
  ClosedBecause,
  HelpAsked,
  HomeLine,
  Priority,
  PriorityReason,
  RoundLine,
  VisitNeed,
  VisitOutcome,
  VisitTime,
} from './schema';

/** Most requests a day from everywhere: with one phone, of a village, of a whole unit. */
export const mostADay = { phone: 9, place: 30, unit: 200 } as const;
/** Of these as many from one network, so that nobody alone uses up a village's day, or that of somebody's phone. */
export const mostOfNetwork = { phone: 3, place: 10, unit: 50 } as const;
/** So many days after it was settled, or after it was asked and nobody could come, a request says nothing of anybody. */
export const keptDays = { settled: 30, waiting: 90 } as const;
/** So many days after its round something may have been done at a door, and may still arrive from a phone. */
export const recordedWithin = { done: 7, arrived: 90 } as const;
/** Most outcomes one account says of one visit. */
export const mostSaid = 50;
/** A visit's number counts so many minutes before its round begins, and after it was to end. */
export const numberCounts = 60;
/** Wrong numbers before `/help/check` answers no more: from one address in ten minutes, of one village and of all; for one village in a day. */
export const mostWrong = { address: 8, anywhere: 40, village: 60 } as const;

type Counted = Readonly<Record<keyof typeof mostADay, number>>;
const within = (today: Counted, most: Counted) =>
  today.phone < most.phone && today.place < most.place && today.unit < most.unit;

/**
 * What keeps one more from being taken today, by how many there have been from everywhere and from the same network; null when nothing
 * does. Whose network is not known (this machine, or none given) is counted with everybody alone.
 */
export const fullToday = (all: Counted, near: Counted): 'askTooMany' | 'askTooManyHere' | null =>
  !within(all, mostADay) ? 'askTooMany' : within(near, mostOfNetwork) ? null : 'askTooManyHere';

/** The key by which the same form, sent again, is known (a UUID of version 8). */
export function requestKey({ formKey, area, fullName, birthYear, phone, needs, words }: HelpAsked): string {
  const parts = [formKey.toLowerCase(), area, fold(fullName), birthYear, phone, [...needs].sort(), fold(words)];
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What is known of somebody who waits for a visit. */
export interface Waiting {
  readonly askedBy: 'self' | 'relative' | 'staff' | 'desk';
  readonly needs: readonly VisitNeed[];
  /** Whole days since it was asked for. */
  readonly days: number;
  readonly birthYear: number | null;
  /** The only one of their household; null where nobody is linked. */
  readonly alone: boolean | null;
  /** The commune lies in the mountains or at the border. */
  readonly remote: boolean;
  /** Nobody of the movement has had to do with them; null where they are not matched. */
  readonly never: boolean | null;
  /** So often nobody was at home, or it was not safe. */
  readonly tried: number;
  /** A next visit was promised for a day that has come. */
  readonly promised: boolean;
}

/** A base by who asks: people who ask themselves are not outrun by lists. */
const base = { self: 20, relative: 20, desk: 20, staff: 15 } as const;
const weight: Readonly<Record<Exclude<PriorityReason, 'waits'>, number>> = {
  next_visit: 30,
  safety: 20,
  age70: 20,
  alone: 15,
  remote: 15,
  never: 10,
  tried: 5,
};

/**
 * How soon somebody should be visited, with the reasons that speak for it, the strongest first. Each full day of waiting adds two, so
 * nobody waits for ever: after two months a request with nothing else outruns a new one with everything. What is sensitive (disability,
 * poor households) is not known here, on purpose.
 */
export function priorityOf(waiting: Waiting, year: number): Priority {
  const speaks: Readonly<Record<Exclude<PriorityReason, 'waits'>, boolean>> = {
    next_visit: waiting.promised,
    safety: waiting.needs.includes('safety'),
    age70: waiting.birthYear !== null && year - waiting.birthYear >= 70,
    alone: waiting.alone === true,
    remote: waiting.remote,
    never: waiting.never === true,
    tried: waiting.tried > 0,
  };
  const waits = 2 * Math.min(Math.max(waiting.days, 0), 365);
  const reasons = (Object.keys(weight) as (keyof typeof weight)[]).filter((reason) => speaks[reason]);
  const score = base[waiting.askedBy] + waits + reasons.reduce((sum, reason) => sum + weight[reason], 0);
  const sorted: PriorityReason[] = reasons.toSorted((one, other) => weight[other] - weight[one]);
  return { score, reasons: waiting.days >= 7 ? ['waits', ...sorted] : sorted };
}

/** Why nothing that was done on a day, and is told today, is taken of a home on a round of `day`; null where it is. */
export function outOfTime(
  day: string,
  done: string,
  today: string,
): 'visitEarly' | 'visitLate' | 'visitArrivedLate' | null {
  if (done < day || today < day) return 'visitEarly';
  if (done > addDays(day, recordedWithin.done)) return 'visitLate';
  return today > addDays(day, recordedWithin.arrived) ? 'visitArrivedLate' : null;
}

/** What an outcome makes of the request: closed because of it, or open again (not at home, not safe). */
export const closesAs = (outcome: VisitOutcome): ClosedBecause | null =>
  outcome === 'not_home' || outcome === 'unsafe' ? null : outcome;

/** Somebody of whom this was recorded last is not visited and not asked again. */
export const stops = (outcome: VisitOutcome): boolean =>
  outcome === 'refused' || outcome === 'moved' || outcome === 'died';

/** One thing said of a visit, as far as it matters for what counts. */
export interface SaidOnce {
  readonly id: string;
  readonly outcome: VisitOutcome;
  readonly at: number;
  readonly by: string | null;
  readonly receivedAt: number;
  /** What the device knew of; null for the page's form, which shows everything received until then. */
  readonly after: readonly string[] | null;
}
export type Became = 'applied' | 'merged' | 'conflict';

/**
 * What counts of all that was said of a visit, and what became of each: a function of the set, whatever order it came in. The newest by time,
 * then id, stands. Of two who said otherwise, neither knowing of the other and nobody since of both, each is `conflict` until somebody who
 * knows says it again; so is what denies a visit at which skills were seen. Nothing is taken away.
 */
export function settleSaid(
  said: readonly SaidOnce[],
  skillsSeen: boolean,
): { stands: SaidOnce | null; became: ReadonlyMap<string, Became> } {
  const inOrder = said.toSorted((one, other) => other.at - one.at || (one.id > other.id ? -1 : 1));
  const [stands = null] = inOrder;
  const after = new Map(said.map((one) => [one, new Set(one.after)]));
  const knows = (one: SaidOnce, other: SaidOnce) =>
    one.after === null ? other.receivedAt <= one.receivedAt : after.get(one)?.has(other.id) === true;
  const apart = (one: SaidOnce, other: SaidOnce) =>
    one.by !== other.by &&
    one.outcome !== other.outcome &&
    !knows(one, other) &&
    !knows(other, one) &&
    !said.some((third) => third !== one && third !== other && knows(third, one) && knows(third, other));
  const became = new Map<string, Became>();
  for (const one of said) {
    const denies = one === stands && skillsSeen && one.outcome !== 'done';
    const contested = denies || said.some((other) => other !== one && apart(one, other));
    became.set(one.id, contested ? 'conflict' : one === stands ? 'applied' : 'merged');
  }
  return { stands, became };
}

/** What was recorded of a visit, the newest counts. */
export interface SaidOfVisit {
  readonly id: string;
  readonly outcome: VisitOutcome;
  readonly minutes: number | null;
  readonly nextOn: string | null;
  readonly words: string;
  readonly at: Date;
  readonly own: boolean;
  /** Somebody else said otherwise, and neither knew of the other. */
  readonly contested: boolean;
}

/**
 * Whether this is what its caller said last already (`said`, the newest first), with nobody saying otherwise: where two differ, saying it again
 * settles which is true.
 */
export function saysTheSame(
  now: Pick<SaidOfVisit, 'outcome' | 'minutes' | 'nextOn' | 'words'>,
  said: readonly Omit<SaidOfVisit, 'id' | 'at'>[],
): boolean {
  const [last] = said;
  return (
    last !== undefined &&
    last.own &&
    !said.some(({ contested }) => contested) &&
    last.outcome === now.outcome &&
    last.minutes === now.minutes &&
    last.nextOn === now.nextOn &&
    last.words === now.words
  );
}

export interface SkillAtHome {
  readonly code: string;
  readonly title: string;
  readonly level: number | null;
  /** What was seen at this very visit. */
  readonly here: number | null;
  /** Of a lesson they came to. */
  readonly taught: boolean;
}

/**
 * The skills of somebody in the order they are asked after at a door: due to be looked at again (`due`, their titles), then taught or seen
 * before, then all others; `soon` are the first two.
 */
export function skillsToAsk(skills: readonly SkillAtHome[], due: readonly string[]) {
  const ranked = skills.map((skill) => {
    const isDue = due.includes(skill.title);
    // Packs from before 30/11/2026 do not tell of lessons.
    return { ...skill, isDue, soon: isDue || skill.taught === true || skill.level !== null };
  });
  const rank = ({ isDue, soon }: { isDue: boolean; soon: boolean }) => (isDue ? 0 : soon ? 1 : 2);
  return ranked.toSorted((one, other) => rank(one) - rank(other));
}

/** What was said last at an earlier visit to the same person. Words that were forgotten are ''. */
export interface EarlierVisit {
  readonly id: string;
  readonly day: string;
  readonly outcome: VisitOutcome;
  readonly words: string;
}

export interface LastEvent {
  readonly at: Date;
  readonly kind: 'came' | 'seen' | 'helped';
  readonly what: string;
}

/** Who lives behind a door besides whom one visits, what happened and what is due, in words. */
export interface AtHome {
  readonly id: string;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly due: readonly { readonly kind: string; readonly label: string | null }[];
}

/** Somebody of a village as a mobile point takes them along: what is due with them and the last three things. Never a phone number. */
export interface PointPerson extends AtHome {
  readonly village: string;
  readonly events: readonly LastEvent[];
}

/** A home as a phone takes it along: never a phone number. */
export interface PackedHome extends Omit<HomeLine, 'phone' | 'phoneOf' | 'toldAt' | 'rungBackAt'> {
  readonly said: readonly SaidOfVisit[];
  readonly skills: readonly SkillAtHome[];
  readonly events: readonly LastEvent[];
  /** The newest three; packs from before 30/11/2026 have none. */
  readonly earlier?: readonly EarlierVisit[];
  /** By the step's code: the answer that counts, with where it rests. */
  readonly steps: readonly Pick<StepStanding, 'code' | 'answer' | 'source' | 'at'>[];
  readonly household: readonly AtHome[];
  /** Ids of the operations this takes into account. */
  readonly known: readonly string[];
}
export interface PackedRound extends RoundLine {
  readonly visits: readonly PackedHome[];
  /** Where somebody met on the way may live, `home` first of all where it is one of them; packs from before 30/11/2026 do not tell. */
  readonly places?: readonly { readonly id: number; readonly name: string }[];
  readonly home?: number | null;
}
/** The rounds a helper goes on, to work at the door without a network. On the wire its moments are ISO 8601. */
export interface VisitPack {
  readonly protocol: 1;
  readonly account: string;
  readonly steps: readonly Step[];
  /** The words agreed to by whoever is visited. */
  readonly consent?: { readonly version: number; readonly body: string } | null;
  readonly rounds: readonly PackedRound[];
}

/** A round that wants something of whoever plans it, and why. */
export interface WantingRound extends RoundLine {
  readonly why: 'ring_back' | 'helpers' | 'record';
  /** Homes to ring back, or homes nothing was recorded of. */
  readonly waits: number;
}

/** What somebody may know who asks at the door whether a number is right. */
export interface Expected {
  readonly team: string;
  readonly village: string;
  readonly helpers: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** What a slip opens: nothing of whom it is about. */
export interface SlipOfVisit {
  readonly code: string;
  readonly village: string;
  readonly needs: readonly VisitNeed[];
  readonly times: readonly VisitTime[];
  readonly createdAt: Date;
  readonly state: 'open' | 'planned' | 'closed' | 'withdrawn' | 'expired';
  /** It may still be taken back: nobody was there for it. */
  readonly removable: boolean;
  readonly plannedOn: string | null;
  /** The hours of the round that comes. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  /** Whether a number was given by which they can be rung. */
  readonly phoneGiven: boolean;
  /** Whom to ring; null where the unit gave no number anywhere. */
  readonly ring: string | null;
}

/** A time somebody is not free: expected somewhere, or away. As the portal's clock shows it (`yyyy-mm-dd hh:mm`). */
export interface Taken {
  readonly from: string;
  readonly until: string;
  readonly away: boolean;
}

/** Somebody who may be sent on a round. `free`: parts of the week they said they usually can (`1.morning`); none: they said nothing. */
export interface RoundHelper {
  readonly id: string;
  readonly fullName: string;
  readonly team: string;
  readonly languages: readonly TaughtIn[];
  readonly free: readonly string[];
  readonly taken: readonly Taken[];
}

/** How well a time suits somebody, the best first. */
export const suits = ['free', 'unsaid', 'other', 'busy', 'away'] as const;
export type Suits = (typeof suits)[number];

/** How a time suits somebody, as planning judges it: away and busy are refused, what they usually do is theirs to be asked about. */
export function suitsThen(
  { free, taken }: Pick<RoundHelper, 'free' | 'taken'>,
  { day, from, until }: { readonly day: string; readonly from: string; readonly until: string },
): Suits {
  const [start, end] = [`${day} ${from}`, `${day} ${until}`];
  const then = taken.filter((time) => time.from < end && time.until > start);
  if (then.length > 0) return then.some(({ away }) => away) ? 'away' : 'busy';
  if (free.length === 0) return 'unsaid';
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const middle = (minutes(from) + minutes(until)) / 2;
  const part = middle < 12 * 60 ? 'morning' : middle < 18 * 60 ? 'afternoon' : 'evening';
  return free.includes(`${weekdayOf(day)}.${part}`) ? 'free' : 'other';
}
