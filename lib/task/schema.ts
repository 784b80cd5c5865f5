import { z } from 'zod';
import { areaId, day, deviceTime, emptyAsMissing, id, optionalText } from '@/lib/kernel/input';
import type { Fact } from '@/lib/person/schema';

/** What came of a visit or a call (`task_work`). */
export const outcomes = ['done', 'not_home', 'refused', 'moved', 'died', 'unsafe', 'wrong_details'] as const;
export type Outcome = (typeof outcomes)[number];

/** Outcomes by which somebody says that a record is wrong: nobody goes there before an organiser has looked. */
export const reports = ['moved', 'died', 'wrong_details'] as const satisfies readonly Outcome[];

export const pauseReasons = ['refused', 'away', 'later', 'unsafe', 'moved', 'died', 'other'] as const;
export type PauseReason = (typeof pauseReasons)[number];
/** Those one may choose: moved and died are said of a task, and an organiser confirms them. */
export const pausesToChoose = ['away', 'later', 'refused', 'unsafe', 'other'] as const satisfies readonly PauseReason[];

/** A task, as forms and addresses name it: which kind, about whom, from which fact. */
export interface TaskKey {
  readonly kind: string;
  readonly personId: string | null;
  readonly fact: string;
}

export const keyOf = ({ kind, personId, fact }: TaskKey): string => `${kind}~${personId ?? ''}~${fact}`;

const taskKey = z
  .string('taskUnknown')
  .max(200, 'taskUnknown')
  .regex(/^[a-z][a-z_]{1,29}~([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?~[\w.:-]{1,120}$/, 'taskUnknown')
  .transform((typed): TaskKey => {
    const [kind = '', personId = '', fact = ''] = typed.split('~');
    return { kind, personId: personId || null, fact };
  });

/** Settled with papers: nobody goes anywhere for it. */
export const onPaper: readonly string[] = ['correct', 'referral_returned'];
/** As a rule done by ringing, unless it was given to somebody. */
export const byPhone: readonly string[] = ['absence', 'offer'];

/** Rang only, or how many minutes one was at their home. */
export const spentThere = ['call', '10', '20', '30', '60'] as const;
/** How long a visit takes, where nothing else was said. */
export const usualStay = 20;

/** The page the form stands on. */
const back = z.enum(['list', 'week'], 'wrong');

/** `person`: at whose door the form stands. */
export const workInput = z.object({
  formKey: id,
  person: id,
  task: taskKey,
  outcome: z.enum(outcomes, 'chooseOutcome'),
  spent: emptyAsMissing(z.enum(spentThere, 'wrong')),
  note: optionalText(300),
});
export type Work = z.output<typeof workInput>;

const uuid = id.transform((typed) => typed.toLowerCase());
/** What came of a task as a device sends it (docs/protocols/visit-operations.md). Unknown fields are dropped. */
export const workOperation = z.object({
  id: uuid,
  kind: z.literal('work'),
  at: deviceTime,
  task: taskKey,
  outcome: z.enum(outcomes, 'chooseOutcome'),
  spent: z.enum(spentThere, 'wrong').nullish(),
  note: optionalText(300),
});
export type WorkOperation = z.output<typeof workOperation>;
/** The same on the wire, as the phone makes it. */
export type SentWorkOperation = z.input<typeof workOperation>;

/** `to`: the caller's own account, a member of a team, or nobody any more. */
export const giveInput = z.object({
  task: z.preprocess(
    (sent) =>
      (sent === undefined ? [] : [sent].flat()).flatMap((one) => (typeof one === 'string' ? one.split(' ') : [one])),
    z.array(taskKey, 'taskChoose').min(1, 'taskChoose').max(200, 'tooMany'),
  ),
  to: z.string('chooseWhom').regex(/^(me|nobody|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, 'chooseWhom'),
  back,
});
export type Giving = z.output<typeof giveInput>;

export const pauseInput = z.object({
  formKey: id,
  personId: id,
  whole: z.enum(['person', 'household'], 'wrong'),
  reason: z.enum(pausesToChoose, 'choosePauseReason'),
  until: day,
});
export type Pausing = z.output<typeof pauseInput>;

export const endPauseInput = z.object({ pauseId: id, personId: id });

/** `?kind=&area=&whose=&late=&page=` of the list. */
export const taskList = z.object({
  kind: z
    .string()
    .regex(/^[a-z][a-z_]{1,29}$/)
    .optional()
    .catch(undefined),
  area: emptyAsMissing(areaId).catch(undefined),
  whose: z.enum(['mine', 'given', 'open']).optional().catch(undefined),
  late: z.literal('1').optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(500).catch(1),
});
export type TaskListInput = z.output<typeof taskList>;

/** Something that stands and asks for work. A function of rows: the same rows give the same fact, once. */
export interface TaskFact extends TaskKey {
  readonly areaId: number;
  readonly classId: string | null;
  /** From when it stands, and where the kind says otherwise than by days: when it is due and when it is of no use any more. */
  readonly since: Date;
  readonly due?: Date;
  readonly expires?: Date;
  /** What it is about, besides whom: a class, a skill, a place. Tells nothing of a person. */
  readonly label: string | null;
  /** Whose it is by itself, until a moment: then it is the organiser's. */
  readonly holders?: { readonly names: readonly string[]; readonly accounts: readonly string[]; readonly until: Date };
}

/** How a task stands, of those the pages show. */
export interface Standing {
  readonly state: 'open' | 'settled' | 'later' | 'paused' | 'held' | 'expired';
  readonly due: Date;
  readonly overdue: boolean;
}

export interface Need {
  readonly age: number | null;
  readonly alone: boolean;
  readonly remote: boolean;
}

/** Whose a task is, where it was given to somebody, or is theirs by itself (neither `memberId` nor `accountId`). */
export interface Given {
  readonly memberId: string | null;
  readonly accountId: string | null;
  readonly name: string;
  readonly mine: boolean;
  readonly until: Date;
  /** It was not done in time and is the organiser's again. */
  readonly back: boolean;
}

export interface TaskLine extends Omit<TaskFact, 'due' | 'expires' | 'holders'>, Standing {
  readonly key: string;
  readonly need: Need | null;
  readonly priority: number;
  readonly given: Given | null;
  readonly last: { readonly outcome: Outcome; readonly at: Date } | null;
  /** May be settled here by "done", or only by the fact it waits for. */
  readonly byWork: boolean;
  /** Where it is done; null for whoever may not do it there. */
  readonly goTo: string | null;
}

/** One visit: everything there is to do with one person, or one thing to do that is about nobody. */
export interface TaskGroup {
  readonly id: string;
  readonly personId: string | null;
  readonly fullName: string | null;
  readonly birthYear: number | null;
  readonly villageId: number;
  readonly village: string;
  readonly phone: string | null;
  readonly need: Need | null;
  readonly score: number;
  readonly tasks: readonly TaskLine[];
}

/** Whom tasks may be given to. */
export interface Hand {
  readonly memberId: string;
  readonly fullName: string;
  readonly team: string;
  readonly areaId: number;
  readonly hasAccount: boolean;
}

export interface Pause {
  readonly id: string;
  /** Of whom, where it is not the household. */
  readonly who: string | null;
  readonly reason: PauseReason;
  readonly until: Date | null;
  readonly household: boolean;
  /** Whether the caller may end it. */
  readonly mayEnd: boolean;
}

/** Somebody who lives behind a door. */
export interface Resident {
  readonly id: string;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly village: string;
  readonly tasks: readonly TaskLine[];
  readonly need: TaskGroup['need'];
  readonly phone: string | null;
  readonly last: readonly Fact[];
}

export interface Door {
  readonly people: readonly Resident[];
  /** Others of the household whom the caller does not reach. */
  readonly others: number;
  readonly household: boolean;
  readonly pauses: readonly Pause[];
  /** How long the caller said today that they were here. */
  readonly came: number | null;
}

/** A door as a phone takes it along, while something there is given to its holder: `until` the last moment of that. Never a phone number. */
export interface PackedDoor extends Omit<Door, 'people' | 'came'> {
  readonly id: string;
  readonly people: readonly (Omit<Resident, 'phone' | 'last'> & { readonly last: readonly PackedFact[] })[];
  readonly until: Date;
}
/** What happened, as a door's page tells it: without the words, and who wrote them. */
export type PackedFact = Omit<Fact, 'ref' | 'note' | 'by'>;

/** Work that was recorded, and what became of its task. */
export interface WorkDone extends TaskKey {
  readonly id: string;
  readonly outcome: Outcome;
  readonly note: string;
  readonly at: Date;
  readonly by: string | null;
  readonly fullName: string | null;
  /** Open still; closed by this work; or its fact stands no more (settled elsewhere, or the register or record was corrected). */
  readonly became: 'open' | 'closed' | 'gone';
}
