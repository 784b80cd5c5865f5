import { dayOf } from '@/lib/kernel/clock';
import { formatDateTime } from '@/lib/i18n/format';
import { phoneForReading } from '@/lib/kernel/phone';
import type { ClassPurpose, MessageChannel, MessagePurpose } from './schema';
import { compose, type ChangeLine, type Composed } from './templates';

/** The ladder: by whichever of these somebody agreed to, has, and the portal holds, in this order; then by hand. */
const ladder: readonly MessageChannel[] = ['zalo', 'sms', 'email'];
/** What costs the unit something, and is counted against its budget. */
export const paid: readonly MessageChannel[] = ['zalo', 'sms'];

/**
 * Whether somebody calls where no channel leads. In the morning of a session there is no time for that: the evening's list had them; and who was told
 * of a visit is not rung to be told again.
 */
export const isCalled = (purpose: MessagePurpose) => purpose !== 'morning' && purpose !== 'visit_soon';
/** What is said first where there is much to say: what changes somebody's day before what reminds of it. */
export const urgency: readonly MessagePurpose[] = [
  ...(['visit_off', 'round_off', 'class_off', 'change', 'let_go', 'visit', 'round'] as const),
  ...(['offer', 'place', 'ask', 'morning', 'visit_soon', 'evening'] as const),
];

/** So often a channel that says "later", or nothing, is tried for one message before the next rung. */
export const mostTries = 5;
const pauses = [1, 3, 10, 30] as const;
/** Minutes until a channel is tried again, after so many tries. */
export const pauseAfter = (tries: number): number => pauses[Math.min(tries, pauses.length) - 1] ?? 1;

/** A session as it stands. */
export interface Meeting {
  readonly id: string;
  readonly startsAt: Date;
  readonly venueId: string;
  readonly where: string;
  readonly off: boolean;
}
/** One change of a session: its number, and how the session was before it. */
export interface Change {
  readonly id: number;
  readonly was: { readonly startsAt: Date; readonly venueId: string; readonly off: boolean };
  readonly now: Meeting;
}

/** Whom a message is for, and by which ways they may be told. */
export interface Reader {
  readonly id: string;
  readonly purpose: MessagePurpose;
  readonly expiresAt: Date;
  readonly unitId: number;
  readonly tries: number;
  readonly fullName: string;
  /** The number to ring. */
  readonly phone: string | null;
  readonly phoneOfRelative: boolean;
  /** The number that may be written to, where it is known to work. */
  readonly writeTo: string | null;
  readonly agreedToMessages: boolean;
  readonly zalo: boolean;
  readonly sms: boolean;
  readonly email: string | null;
  readonly noCalls: boolean;
  readonly wrongPhone: boolean;
  /** Channels that refused this message, or said "later" too often. */
  readonly spent: readonly MessageChannel[];
  /** The channel that may have it already: nobody knows. */
  readonly doubt: MessageChannel | null;
  /** Of an offer near the start: to be called at once. */
  readonly offerBy: 'slip' | 'call' | null;
}

/** All that decides whether a message about a class may go out, and what it says. */
export interface Facts extends Reader {
  readonly about: 'class';
  readonly purpose: ClassPurpose;
  readonly day: string | null;
  readonly place: string;
  readonly unconfirmed: boolean;
  readonly answerBy: Date | null;
  readonly classStatus: string;
  readonly classReason: string | null;
  readonly title: string;
  readonly hotline: string;
  readonly bring: string;
  /** Keeping them on a class's list, and being told by machine, are two consents. */
  readonly agreed: boolean;
  /** Of reminders: the session they remind of; its learner said they cannot come. */
  readonly session: Meeting | null;
  readonly excused: boolean;
  readonly next: Meeting | null;
  /** Of a class since its reader was last told, oldest first; `pending`: another message about them is on its way at this moment. */
  readonly changes: readonly Change[];
  readonly pending: boolean;
}

export type Verdict =
  | {
      readonly tell: Composed;
      readonly toldTo: number | null;
      /** Of helpers: the questions it tells of. */
      readonly askIds?: readonly string[];
    }
  | { readonly withdraw: Withdrawn }
  | { readonly wait: 'unconfirmed' | 'pending' | 'newDay' };
type Withdrawn =
  | 'visitOff'
  | 'visited'
  | 'notVisited'
  | 'notTold'
  | 'leftTeam'
  | 'roundOff'
  | 'consentEnded'
  | 'leftClass'
  | 'classOff'
  | 'sessionOff'
  | 'sessionMoved'
  | 'excused'
  | 'answered'
  | 'nothingNew'
  | 'noSession';

/** Whether the fact behind a message about a class still bears it, and the words it bears now. */
export function judgeClass(f: Facts, now: Date): Verdict {
  if (!f.agreed) return { withdraw: 'consentEnded' };
  const gone = placeGone(f, now);
  if (gone) return { withdraw: gone };
  if (f.unconfirmed) return { wait: 'unconfirmed' };
  const base = {
    to: f.phoneOfRelative ? `nhờ báo giúp ${f.fullName}` : `gửi ${f.fullName}`,
    class: f.title,
    hotline: hotlineOf(f),
  };
  switch (f.purpose) {
    case 'class_off':
      return tell(compose('class_off', { ...base, reason: f.classReason ?? '' }));
    case 'evening':
    case 'morning': {
      const why = reminderGone(f);
      if (why || !f.session) return { withdraw: why ?? 'sessionOff' };
      return tell(
        compose(f.purpose, {
          ...base,
          ...meetingWords(f.session),
          bring: f.purpose === 'evening' ? f.bring : undefined,
        }),
      );
    }
    case 'offer':
      if (!f.next || !f.answerBy) return { withdraw: 'noSession' };
      return tell(compose('offer', { ...base, ...meetingWords(f.next), until: said(f.answerBy) }));
    case 'place':
      if (!f.next) return { withdraw: 'noSession' };
      return tell(compose('place', { ...base, ...meetingWords(f.next) }));
    case 'change':
      return changed(f, base, now);
  }
}

export const tell = (composed: Composed, toldTo: number | null = null): Verdict => ({ tell: composed, toldTo });
export const said = (moment: Date) => formatDateTime('vi', moment);
export const hotlineOf = ({ hotline }: { readonly hotline: string | null }) =>
  hotline ? phoneForReading(hotline) : '';
const meetingWords = ({ startsAt, where }: Meeting) => ({ when: said(startsAt), where });

/** Each purpose rests on a state of the place, and of the class. */
function placeGone(f: Facts, now: Date): Withdrawn | null {
  if (f.purpose === 'class_off')
    return f.place === 'class_cancelled' && f.classStatus === 'cancelled' ? null : 'leftClass';
  if (f.classStatus !== 'published') return 'classOff';
  if (f.purpose === 'offer') {
    if (f.place === 'offered') return f.answerBy && f.answerBy > now ? null : 'answered';
    return f.place === 'confirmed' || f.place === 'offer_declined' ? 'answered' : 'leftClass';
  }
  return f.place === 'confirmed' ? null : 'leftClass';
}

function reminderGone({ session, day, excused }: Facts): Withdrawn | null {
  if (!session || session.off) return 'sessionOff';
  if (dayOf(session.startsAt) !== day) return 'sessionMoved';
  return excused ? 'excused' : null;
}

/** Of each session that changed: what it was when its reader last heard of it, against what it is now. What came back is no news. */
function changed(f: Facts, base: { to: string; class: string; hotline: string }, now: Date): Verdict {
  if (f.pending) return { wait: 'pending' };
  const first = new Map<string, Change>();
  for (const one of f.changes) if (!first.has(one.now.id)) first.set(one.now.id, one);
  const lines = [...first.values()]
    .filter(({ was, now: is }) => (is.off ? was.startsAt : is.startsAt) > now || was.startsAt > now)
    .toSorted((one, other) => one.was.startsAt.getTime() - other.was.startsAt.getTime())
    .flatMap(({ was, now: is }) => lineOf(was, is));
  if (lines.length === 0) return { withdraw: 'nothingNew' };
  const shown = lines.slice(0, 6);
  const more = lines.length > shown.length ? String(lines.length - shown.length) : '';
  return tell(compose('change', { ...base, changes: shown, more }), Math.max(...f.changes.map(({ id }) => id)));
}

function lineOf(was: Change['was'], is: Meeting): ChangeLine[] {
  if (is.off) return was.off ? [] : [{ kind: 'off', was: said(was.startsAt) }];
  const [now, where] = [said(is.startsAt), is.where];
  if (was.off) return [{ kind: 'on', now, where }];
  if (was.startsAt.getTime() !== is.startsAt.getTime()) return [{ kind: 'moved', was: said(was.startsAt), now, where }];
  return was.venueId === is.venueId ? [] : [{ kind: 'place', now, where }];
}

export type Way =
  | { readonly by: MessageChannel; readonly to: string }
  | { readonly hand: ByHand }
  /** Nobody tells them. */
  | { readonly none: ByHand | 'noCalls' };
type ByHand = 'callNow' | 'notAgreed' | 'noPhone' | 'wrongNumber' | 'refused' | 'noChannel' | 'noBudget' | 'inDoubt';

/**
 * The next rung for a message. What may be with its reader already goes again by the same channel and key, where that channel promises to
 * give a key on once; never by another: then somebody asks. `dear`: the unit's budget is spent.
 */
export function nextWay(
  f: Reader,
  held: Readonly<Partial<Record<MessageChannel, { readonly dedupes: boolean }>>>,
  dear = false,
): Way {
  const hand = (why: ByHand): Way => {
    if (!isCalled(f.purpose)) return { none: why };
    return f.noCalls ? { none: 'noCalls' } : { hand: why };
  };
  const address = (channel: MessageChannel) => {
    if (!f.agreedToMessages) return null;
    if (channel === 'email') return f.email;
    return f[channel] ? f.writeTo : null;
  };
  if (f.doubt) {
    const to = address(f.doubt);
    return held[f.doubt]?.dedupes && to && !f.spent.includes(f.doubt) ? { by: f.doubt, to } : hand('inDoubt');
  }
  if (f.offerBy === 'call' && f.purpose === 'offer') return hand('callNow');
  const open = ladder.filter((channel) => held[channel] && address(channel) !== null && !f.spent.includes(channel));
  const next = open.find((channel) => !dear || !paid.includes(channel));
  const to = next && address(next);
  if (next && to) return { by: next, to };
  if (open.length > 0) return hand('noBudget');
  if (f.spent.length > 0) return hand('refused');
  if (!f.phone && !f.email) return hand('noPhone');
  if (f.wrongPhone && !f.email) return hand('wrongNumber');
  return hand(f.agreedToMessages && (f.zalo || f.sms || f.email !== null) ? 'noChannel' : 'notAgreed');
}
