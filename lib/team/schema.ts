import { z } from 'zod';
import { taughtIn, type TaughtIn } from '@/lib/class/schema';
import { areaId, day, emptyAsMissing, id, optionalText, sortAsked, text } from '@/lib/kernel/input';
import { phoneNumber } from '@/lib/kernel/phone';
import { skillCode } from '@/lib/skill/schema';

export const teamKinds = ['digital_ambassadors', 'community_tech', 'shock_team', 'front'] as const;
export type TeamKind = (typeof teamKinds)[number];
export const organisations = [
  'front',
  'youth',
  'women',
  'farmers',
  'veterans',
  'trade_union',
  'elderly',
  'study_promotion',
  'police',
  'border_guard',
  'telecom',
  'school',
  'government',
  'other',
] as const;
export type Organisation = (typeof organisations)[number];
export const memberRoles = ['lead', 'member'] as const;
export type MemberRole = (typeof memberRoles)[number];
export type HelperRole = 'teaches' | 'helps';
export type HelperState = 'asked' | 'yes' | 'no';
export type NoReason = 'said' | 'clash' | 'left' | 'withdrawn';

/** A repeated field: not there at all, once, or several times. */
const listOf = <T extends z.ZodType>(one: T, most: number, none?: string) => {
  const list = z.array(one).max(most, 'tooMany');
  return z.preprocess(
    (sent) => (sent === undefined ? [] : Array.isArray(sent) ? sent : [sent]),
    none === undefined ? list : list.min(1, none),
  );
};

const teamDetails = {
  name: text(120),
  kind: z.enum(teamKinds, 'chooseTeamKind'),
  organisation: z.enum(organisations, 'chooseOrganisation'),
};
/** A new team: what it is, and of which area of the caller's. */
export const newTeamInput = z.object({ areaId, ...teamDetails });
/** A team as it is from now on; whose it is does not change. */
export const teamInput = z.object({ id, ...teamDetails });
export type TeamDetails = Omit<z.output<typeof teamInput>, 'id'>;

const memberDetails = {
  fullName: text(120, 'nameMissing'),
  phone: optionalText(40).refine((typed) => typed === '' || phoneNumber(typed) !== null, 'phoneShape'),
  role: z.enum(memberRoles, 'chooseMemberRole'),
  languages: listOf(z.enum(taughtIn, 'chooseLanguages'), 3, 'chooseLanguages'),
  skills: listOf(skillCode, 200),
  accountId: emptyAsMissing(id),
  joinedOn: emptyAsMissing(day),
};
export const newMemberInput = z.object({ teamId: id, ...memberDetails });
export const memberInput = z.object({ id, ...memberDetails });
export type MemberDetails = Omit<z.output<typeof memberInput>, 'id'>;
export const memberIdInput = z.object({ id });
/** A team to be closed, or opened again. */
export const teamIdInput = z.object({ id });

/** Whom to ask, for what, and for this session or all to come of its class. */
export const askInput = z.object({
  sessionId: id,
  role: z.enum(['teaches', 'helps'], 'wrong'),
  scope: z.enum(['one', 'all'], 'chooseAskScope'),
  members: listOf(id, 30, 'chooseMembers'),
});
export type AskInput = z.output<typeof askInput>;

const answering = {
  ids: listOf(id, 60, 'unknownId'),
  answer: z.enum(['yes', 'no'], 'wrong'),
  reason: optionalText(200),
};
/** What a helper says of what they were asked, or whoever rang them notes. */
export const answerInput = z.object(answering);
export type AnswerInput = z.output<typeof answerInput>;

export const dayParts = ['morning', 'afternoon', 'evening'] as const;
export interface FreePart {
  /** Monday 1. */
  readonly weekday: number;
  readonly part: (typeof dayParts)[number];
}
const freePart = z
  .string('wrong')
  .regex(/^[1-7]\.(morning|afternoon|evening)$/, 'wrong')
  .transform((typed): FreePart => {
    const [weekday, part] = typed.split('.');
    return { weekday: Number(weekday), part: dayParts.find((known) => known === part) ?? 'morning' };
  });
/** In which parts of the week a member can usually help. */
export const freeInput = z.object({ memberId: id, free: listOf(freePart, 21) });
export type FreeInput = z.output<typeof freeInput>;
export const awayInput = z.object({ memberId: id, firstDay: day, lastDay: day });
export type AwayInput = z.output<typeof awayInput>;
/** Hours as people type them, halves with comma or point; as minutes. */
const hoursTyped = z
  .string('trainingHours')
  .max(20, 'trainingHours')
  .transform((typed) => typed.trim().replace(',', '.'))
  .refine((typed) => /^\d{1,3}(\.[05])?$/.test(typed) && Number(typed) >= 0.5 && Number(typed) <= 100, 'trainingHours')
  .transform((typed) => Number(typed) * 60);
export const trainingInput = z.object({
  memberId: id,
  title: text(160, 'trainingWhat'),
  heldOn: day,
  givenBy: text(120, 'trainingBy'),
  hours: hoursTyped,
});
export type TrainingInput = z.output<typeof trainingInput>;
/** Days away, or a training, by its own id. */
export const lineInput = z.object({ id });
/** Any day of the week a roster is asked for. */
export const weekAsked = z.object({ week: day.optional().catch(undefined) });

export const withdrawInput = z.object({ id });
export const presenceInput = z.object({ id, came: z.enum(['yes', 'no'], 'wrong') });

export const teamSorts = ['name', 'kind', 'area', 'members', 'classes'] as const;
export const teamListInput = z.object({
  area: areaId.optional().catch(undefined),
  kind: z.enum(teamKinds).optional().catch(undefined),
  language: z.enum(taughtIn).optional().catch(undefined),
  /** Those that are closed, instead of those that are not. */
  closed: z.literal('1').optional().catch(undefined),
  sort: sortAsked,
  page: z.coerce.number().int().min(1).max(500).catch(1),
});
export type TeamListInput = z.output<typeof teamListInput>;

/** Which session of a class is being staffed, and for what. */
export const staffingAsked = z.object({
  session: id.optional().catch(undefined),
  role: z.enum(['teaches', 'helps']).optional().catch(undefined),
});

/** What a team has before it, so that it cannot be closed: a class, a round, or somebody's duty at a desk. */
export interface InTheWay {
  readonly kind: 'class' | 'round' | 'shift';
  /** Of the class, the round or the desk. */
  readonly id: string;
  readonly what: string | null;
  /** Where; of duty, whose. */
  readonly place: string;
  readonly at: Date | null;
}

/** A team as a line: how many are in it and what lies ahead. */
export interface TeamLine {
  readonly id: string;
  readonly name: string;
  readonly kind: TeamKind;
  readonly organisation: Organisation;
  readonly area: string;
  readonly members: number;
  readonly languages: readonly TaughtIn[];
  /** Classes of the team that still meet. */
  readonly classes: number;
  readonly closedOn: string | null;
}

export interface MemberLine {
  readonly id: string;
  readonly fullName: string;
  /** Null where there is none, or the caller may not see it. */
  readonly phone: string | null;
  readonly role: MemberRole;
  readonly languages: readonly TaughtIn[];
  readonly skills: readonly string[];
  readonly hasAccount: boolean;
  readonly joinedOn: string | null;
  readonly leftOn: string | null;
  readonly coming: number;
}

/** What somebody did in a month (`yyyy-mm`): sessions held that they came to, desk duty in which people were helped, rounds of visits, homes gone to for tasks, help outside duty. */
export interface MonthOfHelp {
  readonly memberId: string;
  readonly month: string;
  readonly minutes: number;
  readonly sessions: number;
  readonly shifts: number;
  readonly rounds: number;
  readonly doors: number;
  /** Those helped at desks, on duty or not. */
  readonly assists: number;
}

/** Days somebody is not there. */
export interface AwayLine {
  readonly id: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Sessions in these days they had agreed to. */
  readonly agreed: number;
}

export interface TrainingLine {
  readonly id: string;
  readonly title: string;
  readonly heldOn: string;
  readonly givenBy: string;
  readonly minutes: number;
}

/** A session or a shift somebody of a team is expected at. */
export interface RosterTask {
  readonly kind: 'session' | 'shift' | 'round';
  readonly id: string;
  readonly memberId: string;
  readonly fullName: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** The class, the desk, or the team that goes. */
  readonly what: string;
  readonly place: string;
  readonly role: HelperRole | null;
  readonly state: 'asked' | 'yes';
}
export interface RosterAway extends Pick<AwayLine, 'id' | 'firstDay' | 'lastDay'> {
  readonly memberId: string;
  readonly fullName: string;
}

/** A session somebody was asked for, as they or their team look at it. */
export interface AskLine {
  readonly id: string;
  readonly memberId: string;
  readonly sessionId: string;
  readonly classId: string;
  readonly title: string;
  readonly lesson: string | null;
  readonly venue: string;
  readonly area: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly role: HelperRole;
  readonly state: HelperState;
  readonly noBecause: NoReason | null;
  readonly reason: string;
  readonly calledOff: boolean;
  readonly movedAt: Date | null;
  readonly absent: boolean;
  /** A register was taken and the session is over. */
  readonly tookPlace: boolean;
  readonly enrolled: number;
  readonly hotline: string;
  /** The class is one the caller may look at. */
  readonly inScope: boolean;
}

/** Somebody asked for a session, as those who run the class look at it. */
export interface HelperLine {
  readonly id: string;
  readonly sessionId: string;
  readonly fullName: string;
  readonly team: string;
  readonly phone: string | null;
  readonly hasAccount: boolean;
  readonly role: HelperRole;
  readonly state: HelperState;
  readonly noBecause: NoReason | null;
  readonly reason: string;
  /** The session moved after they were asked, and the question was asked anew. */
  readonly moved: boolean;
  readonly absent: boolean;
}

/** A session of a class with who is asked for it. */
export interface StaffedSession {
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly lesson: string | null;
  readonly tookPlace: boolean;
  readonly helpers: readonly HelperLine[];
}

/** Somebody free who might be asked, and what speaks for them. */
export interface Suggestion {
  readonly id: string;
  readonly fullName: string;
  readonly team: string;
  readonly unit: string | null;
  /** 0: the class's own team; 1: of its unit; 2: from next door. */
  readonly near: 0 | 1 | 2;
  readonly language: TaughtIn;
  readonly lessonSkills: number;
  readonly mayTeach: number;
  /** How many skills are noted of them at all. */
  readonly known: number;
  /** They said they can usually help in that part of the week; otherwise they said nothing of their week. */
  readonly said: boolean;
  /** Sessions of the thirty days before and after they said yes to or are asked for. */
  readonly load: number;
}

/** A session of the coming days that lacks somebody. */
export interface WantingSession {
  readonly id: string;
  readonly classId: string;
  readonly title: string;
  readonly venue: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly wanted: number;
  readonly teacherWanted: boolean;
  readonly waiting: number;
  /** Of the class's own team, who can come then and speak its language. */
  readonly free: number;
}
