import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { oneOf } from './checks';
import { classes, classSession, teamMember, venue } from './class';
import { enrolment } from './enrolment';
import { consent, person } from './person';
import { visit, visitRoundHelper } from './visit';
import { ofCardHolder, walls, within } from './walls';

const classPurposes = ['offer', 'place', 'change', 'class_off', 'evening', 'morning'] as const;
const homePurposes = ['visit', 'visit_off', 'visit_soon'] as const;
const helperPurposes = ['ask', 'let_go', 'round', 'round_off'] as const;
export const messagePurposes = [...classPurposes, ...homePurposes, ...helperPurposes] as const;
export const messageChannels = ['zalo', 'sms', 'email'] as const;
export const messageStates = [
  'waiting',
  'sending',
  'sent',
  'delivered',
  'to_call',
  'told',
  'unsent',
  'withdrawn',
  'expired',
] as const;
export const handedOutcomes = ['sending', 'accepted', 'delivered', 'refused', 'later', 'unknown'] as const;
export const callOutcomes = ['reached', 'by_hand', 'no_answer', 'wrong_number', 'no_calls'] as const;

const at = (name: string) => timestamp(name, { withTimezone: true });

const oneOfText = (purposes: readonly string[]) => `purpose in ('${purposes.join("', '")}')`;

/** Those who run a class of theirs, or correct people where they live: how somebody wants to be told is theirs to see. */
const ofWhomIReach = sql.raw(
  `exists (select from enrolment e where e.person_id = message_choice.person_id and e.area_id = ANY (COALESCE((SELECT may_areas('contact.read')), '{}'))) or exists (select from person p where p.id = message_choice.person_id and p.area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}')))`,
);

/**
 * How somebody agreed to be told of their classes by machine, with the consent it rests on, and what callers found out: that a number is
 * wrong (`wrong_phone`, as long as it is still theirs) or that they do not want to be rung. Written by the system role alone.
 */
export const messageChoice = pgTable(
  'message_choice',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    consentId: uuid('consent_id').references(() => consent.id),
    zalo: boolean().notNull().default(false),
    sms: boolean().notNull().default(false),
    email: text(),
    noCallsAt: at('no_calls_at'),
    wrongPhone: text('wrong_phone'),
    changedAt: at('changed_at').notNull().defaultNow(),
  },
  (t) => [
    check('message_choice_email_shape', sql`email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 200`),
    check('message_choice_agreed', sql`not (zalo or sms or email is not null) or consent_id is not null`),
    uniqueIndex('message_choice_person_idx').on(t.personId),
    index('message_choice_consent_idx').on(t.consentId),
    ...walls('message_choice', { select: ofWhomIReach, public: ofCardHolder() }),
  ],
).enableRLS();

/**
 * What was changed of a published class's sessions, as it was before: by a trigger, in the transaction that changed it. A message of
 * purpose `change` tells all of a class's changes its reader was not told of yet, as things stand when it goes out.
 */
export const classChange = pgTable(
  'class_change',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    classId: text('class_id')
      .notNull()
      .references(() => classes.id, { onDelete: 'cascade' }),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => classSession.id, { onDelete: 'cascade' }),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    wasStartsAt: at('was_starts_at').notNull(),
    wasVenueId: uuid('was_venue_id')
      .notNull()
      .references(() => venue.id),
    wasOff: boolean('was_off').notNull(),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [
    index('class_change_class_idx').on(t.classId, t.id),
    index('class_change_session_idx').on(t.sessionId),
    index('class_change_area_idx').on(t.areaId),
    index('class_change_venue_idx').on(t.wasVenueId),
    ...walls('class_change', { select: within('class.read') }),
  ],
).enableRLS();

/** Whoever runs what it is about tells of it: of classes those who run them, of visits and rounds those who plan them, helpers whoever asks them. */
const ofThoseWhoTell = sql`enrolment_id is not null and ${within('contact.read')}
  or (visit_id is not null or round_helper_id is not null) and ${within('visit.plan')}
  or member_id is not null and round_helper_id is null and ${within('class.write')}`;
const ofAMessageSeen = (table: string) => sql.raw(`exists (select from message m where m.id = ${table}.message_id)`);

/**
 * How a helper chose to be told, signed in; and what callers found out, as of `message_choice`. Written by the system role alone.
 */
export const memberChoice = pgTable(
  'member_choice',
  {
    memberId: uuid('member_id')
      .primaryKey()
      .references(() => teamMember.id),
    zalo: boolean().notNull().default(false),
    sms: boolean().notNull().default(false),
    email: text(),
    noCallsAt: at('no_calls_at'),
    wrongPhone: text('wrong_phone'),
    changedAt: at('changed_at').notNull().defaultNow(),
  },
  () => [
    check('member_choice_email_shape', sql`email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 200`),
    ...walls('member_choice', {
      select: sql.raw(
        `exists (select from team_member t where t.id = member_choice.member_id and (t.account_id = (SELECT caller_account()) or t.area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}'))))`,
      ),
    }),
  ],
).enableRLS();

/**
 * One thing to be told to one person, once: `key` says which. It is about a place in a class, a home on a round, or a helper asked for something. What is said is filled in when it goes out (`template`, `version`,
 * `values`), from the facts as they stand then; where they do not bear it any more it is withdrawn, with why. The words themselves and
 * the number or address are never stored. Written by triggers and by the system role alone.
 */
export const message = pgTable(
  'message',
  {
    id: uuid().primaryKey().defaultRandom(),
    key: text().notNull(),
    purpose: text({ enum: messagePurposes }).notNull(),
    /** Nobody where it is a helper's, or of a request of somebody not known. */
    personId: uuid('person_id').references(() => person.id),
    enrolmentId: uuid('enrolment_id').references(() => enrolment.id, { onDelete: 'cascade' }),
    classId: text('class_id').references(() => classes.id, { onDelete: 'cascade' }),
    visitId: uuid('visit_id').references(() => visit.id, { onDelete: 'cascade' }),
    memberId: uuid('member_id').references(() => teamMember.id),
    roundHelperId: uuid('round_helper_id').references(() => visitRoundHelper.id, { onDelete: 'cascade' }),
    /** Of `ask` and `let_go`: the questions (`session_helper`) its reader is told of, or is to be. */
    askIds: uuid('ask_ids').array(),
    /** Of reminders: which session, and on which day it was to be. */
    sessionId: uuid('session_id').references(() => classSession.id, { onDelete: 'cascade' }),
    day: date(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    /** Whose budget it is. */
    unitId: integer('unit_id')
      .notNull()
      .references(() => area.id),
    notBefore: at('not_before').notNull(),
    expiresAt: at('expires_at').notNull(),
    state: text({ enum: messageStates }).notNull().default('waiting'),
    /** Why it is in that state: a key under `messages.why`. */
    why: text(),
    /** When it is looked at next. */
    dueAt: at('due_at').notNull(),
    madeAt: at('made_at').notNull().defaultNow(),
    settledAt: at('settled_at'),
    channel: text({ enum: messageChannels }),
    tries: integer().notNull().default(0),
    leaseUntil: at('lease_until'),
    template: text(),
    version: integer(),
    values: jsonb(),
    /** Of `change`: up to which change of the class its reader is told. */
    toldTo: bigint('told_to', { mode: 'number' }),
  },
  (t) => [
    check('message_purpose_known', oneOf('purpose', messagePurposes)),
    check(
      'message_of_one',
      sql.raw(
        [
          `(${oneOfText(classPurposes)}) = (enrolment_id is not null)`,
          `(${oneOfText(homePurposes)}) = (visit_id is not null)`,
          `(${oneOfText(helperPurposes)}) = (member_id is not null)`,
          "(purpose in ('round', 'round_off')) = (round_helper_id is not null)",
          "(enrolment_id is not null or purpose in ('ask', 'let_go')) = (class_id is not null)",
          '(enrolment_id is null or person_id is not null) and (member_id is null or person_id is null)',
        ].join(' and '),
      ),
    ),
    check('message_state_known', oneOf('state', messageStates)),
    check('message_channel_known', oneOf('channel', messageChannels)),
    check(
      'message_reminds_of_a_session',
      sql`(purpose in ('evening', 'morning')) = (session_id is not null and day is not null)`,
    ),
    check('message_times_in_order', sql`expires_at > not_before`),
    check('message_lease_while_sending', sql`(state = 'sending') = (lease_until is not null)`),
    check('message_end_says_why', sql`state not in ('to_call', 'unsent', 'withdrawn') or why is not null`),
    check(
      'message_end_dated',
      sql`(state in ('told', 'unsent', 'withdrawn', 'expired', 'delivered')) = (settled_at is not null)`,
    ),
    uniqueIndex('message_key_idx').on(t.key),
    index('message_due_idx')
      .on(t.dueAt)
      .where(sql`state in ('waiting', 'to_call')`),
    index('message_lease_idx')
      .on(t.leaseUntil)
      .where(sql`state = 'sending'`),
    index('message_sent_idx')
      .on(t.dueAt)
      .where(sql`state = 'sent'`),
    index('message_to_call_idx')
      .on(t.areaId, t.expiresAt)
      .where(sql`state = 'to_call'`),
    index('message_area_idx').on(t.areaId, t.madeAt),
    index('message_unit_idx').on(t.unitId),
    index('message_class_idx').on(t.classId, t.madeAt),
    index('message_session_idx').on(t.sessionId),
    index('message_enrolment_idx').on(t.enrolmentId),
    index('message_person_idx').on(t.personId, t.madeAt),
    index('message_visit_idx').on(t.visitId),
    index('message_member_idx').on(t.memberId, t.classId),
    index('message_round_helper_idx').on(t.roundHelperId),
    ...walls('message', { select: ofThoseWhoTell, public: ofCardHolder() }),
  ],
).enableRLS();

/** Every time a message was handed to a channel: written down before, with how it ended after. */
export const messageAttempt = pgTable(
  'message_attempt',
  {
    id: uuid().primaryKey().defaultRandom(),
    messageId: uuid('message_id')
      .notNull()
      .references(() => message.id, { onDelete: 'cascade' }),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    channel: text({ enum: messageChannels }).notNull(),
    outcome: text({ enum: handedOutcomes }).notNull().default('sending'),
    /** What the receiver answered: a status, a word. Never a number, an address or the message. */
    answer: text().notNull().default(''),
    /** What it takes from the budget: parts of a text message. */
    parts: integer().notNull().default(0),
    at: at('at').notNull(),
    endedAt: at('ended_at'),
  },
  (t) => [
    check('message_attempt_channel_known', oneOf('channel', messageChannels)),
    check('message_attempt_outcome_known', oneOf('outcome', handedOutcomes)),
    check('message_attempt_parts_range', sql`parts between 0 and 20`),
    check('message_attempt_end_dated', sql`(outcome = 'sending') = (ended_at is null)`),
    index('message_attempt_message_idx').on(t.messageId, t.at),
    index('message_attempt_area_idx').on(t.areaId),
    ...walls('message_attempt', { select: ofAMessageSeen('message_attempt') }),
  ],
).enableRLS();

/** What came of telling somebody by hand: by a call, or by the text sent from somebody's own phone. */
export const messageCall = pgTable(
  'message_call',
  {
    id: uuid().primaryKey().defaultRandom(),
    messageId: uuid('message_id')
      .notNull()
      .references(() => message.id, { onDelete: 'cascade' }),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    outcome: text({ enum: callOutcomes }).notNull(),
    at: at('at').notNull().defaultNow(),
    by: uuid()
      .notNull()
      .references(() => account.id),
  },
  (t) => [
    check('message_call_outcome_known', oneOf('outcome', callOutcomes)),
    index('message_call_message_idx').on(t.messageId, t.at),
    index('message_call_area_idx').on(t.areaId),
    index('message_call_by_idx').on(t.by),
    ...walls('message_call', { select: ofAMessageSeen('message_call') }),
  ],
).enableRLS();

/** How many paid messages a unit may send in a month, where somebody said so, and how many it handed over. */
export const messageBudget = pgTable(
  'message_budget',
  {
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    /** Its first day. */
    month: date().notNull(),
    allowed: integer(),
    used: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.areaId, t.month] }),
    check('message_budget_month_first', sql`extract(day from month) = 1`),
    check('message_budget_range', sql`allowed between 0 and 1000000 and used >= 0`),
    ...walls('message_budget', { select: sql`${within('contact.read')} or ${within('area.manage')}` }),
  ],
).enableRLS();
