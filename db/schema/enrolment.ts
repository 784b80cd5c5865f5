import { sql } from 'drizzle-orm';
import { boolean, check, index, inet, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { classes } from './class';
import { person } from './person';
import { ofCardHolder, readWithPurpose, walls, within } from './walls';

export const enrolmentStates = [
  'waitlisted',
  'offered',
  'confirmed',
  'completed',
  'partial',
  'no_show',
  'cancelled',
  'offer_declined',
  'offer_expired',
  'class_cancelled',
  'moved',
] as const;

export const enrolmentChannels = ['web', 'staff', 'phone', 'paper'] as const;

/** Why a transition happened, for counting; words for people go into `reason`. */
export const enrolmentReasons = [
  'signed_up',
  'left',
  'turn',
  'turn_missed',
  'turn_group',
  'accepted',
  'declined',
  'expired',
  'class_cancelled',
  'moved',
  'merged',
  'overbooked',
  'unconfirmed',
  'undone',
  'closed',
] as const;

/**
 * A person's place in a class, or in its queue. `area_id` is the class's, so that those who run the class see it. `code`
 * opens just this enrolment, to whoever holds the slip.
 */
export const enrolment = pgTable(
  'enrolment',
  {
    id: uuid().primaryKey().defaultRandom(),
    classId: text('class_id')
      .notNull()
      .references(() => classes.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    status: text({ enum: enrolmentStates }).notNull(),
    statusAt: timestamp('status_at', { withTimezone: true }).notNull().defaultNow(),
    code: text().notNull().unique(),
    channel: text({ enum: enrolmentChannels }).notNull(),
    signedUpBy: text('signed_up_by'),
    /** 2 for the group the class keeps places for, 1 more for who missed two waiting lists; brought up to date before seats are given. */
    queuePriority: integer('queue_priority').notNull().default(0),
    queuedAt: timestamp('queued_at', { withTimezone: true }).notNull().defaultNow(),
    /** Sits, or sat, on one of the places the class keeps for a group. */
    reserved: boolean().notNull().default(false),
    offerExpiresAt: timestamp('offer_expires_at', { withTimezone: true }),
    /** How the offer reaches them: they look at their slip, or somebody calls because the class begins soon. */
    offerBy: text('offer_by', { enum: ['slip', 'call'] }),
    /** Signed up together and waits together: gets seats all at once. */
    partyId: uuid('party_id'),
    /** The sign-up looked unnatural: somebody has to vouch for it before then, or it ends. See `lib/enrolment/guard.ts`. */
    unconfirmedUntil: timestamp('unconfirmed_until', { withTimezone: true }),
    idempotencyKey: uuid('idempotency_key').notNull().unique(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check('enrolment_state_known', sql.raw(`status in (${enrolmentStates.map((state) => `'${state}'`).join(', ')})`)),
    check(
      'enrolment_offer_whole',
      sql`(status = 'offered') = (offer_expires_at is not null) and (status = 'offered') = (offer_by is not null)`,
    ),
    check('enrolment_code_shape', sql`code ~ '^[2346789ACDEFGHJKMNPQRTWXY]{8}$'`),
    uniqueIndex('enrolment_one_active_idx')
      .on(t.classId, t.personId)
      .where(sql`status in ('waitlisted', 'offered', 'confirmed')`),
    index('enrolment_queue_idx').on(t.classId, t.status, t.queuePriority, t.queuedAt),
    index('enrolment_offer_idx')
      .on(t.offerExpiresAt)
      .where(sql`status = 'offered'`),
    index('enrolment_unconfirmed_idx')
      .on(t.classId, t.unconfirmedUntil)
      .where(sql`unconfirmed_until is not null and status in ('waitlisted', 'offered', 'confirmed')`),
    index('enrolment_person_idx').on(t.personId),
    index('enrolment_area_idx').on(t.areaId),
    ...walls('enrolment', {
      // Written by the system role alone (`enrol`, `cancelEnrolment`): a row here opens the person it names.
      select: sql`${within('roster.read')} or ${readWithPurpose()}`,
      public: sql`${ofCardHolder()} or code = nullif(current_setting('camtay.code', true), '')`,
    }),
  ],
).enableRLS();

/**
 * Every transition of an enrolment, appended; the enrolment's own state is a copy changed in the same transaction. A trigger
 * numbers the steps and refuses one the table of transitions does not know, or that does not begin where the last one ended.
 */
export const enrolmentEvent = pgTable(
  'enrolment_event',
  {
    id: uuid().primaryKey().defaultRandom(),
    enrolmentId: uuid('enrolment_id')
      .notNull()
      .references(() => enrolment.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    /** 1, 2, 3 … of this enrolment; set by the database. */
    step: integer().notNull().default(0),
    fromStatus: text('from_status', { enum: enrolmentStates }),
    toStatus: text('to_status', { enum: enrolmentStates }).notNull(),
    accountId: uuid('account_id').references(() => account.id),
    /** The learner, where somebody else acted for them. */
    onBehalfOf: uuid('on_behalf_of').references(() => person.id),
    channel: text({ enum: [...enrolmentChannels, 'promotion', 'call'] }).notNull(),
    reasonCode: text('reason_code', { enum: enrolmentReasons }),
    reason: text(),
    idempotencyKey: uuid('idempotency_key'),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check(
      'enrolment_event_reason_known',
      sql.raw(`reason_code in (${enrolmentReasons.map((code) => `'${code}'`).join(', ')})`),
    ),
    uniqueIndex('enrolment_event_step_idx').on(t.enrolmentId, t.step),
    uniqueIndex('enrolment_event_key_idx')
      .on(t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
    index('enrolment_event_on_behalf_idx')
      .on(t.onBehalfOf)
      .where(sql`on_behalf_of is not null`),
    index('enrolment_event_area_idx').on(t.areaId),
    index('enrolment_event_account_idx').on(t.accountId),
    ...walls('enrolment_event', {
      select: within('roster.read'),
      public: sql.raw(
        'exists (select from enrolment e where e.id = enrolment_id and e.person_id = (SELECT card_person()))',
      ),
    }),
  ],
).enableRLS();

/** Wrong codes typed to open a slip, by address, kept for a day; see `openSlip`. */
export const slipAttempt = pgTable(
  'slip_attempt',
  {
    id: uuid().primaryKey().defaultRandom(),
    address: inet().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('slip_attempt_address_idx').on(t.address, t.at),
    index('slip_attempt_at_idx').on(t.at),
    ...walls('slip_attempt', { select: sql`false` }),
  ],
).enableRLS();

/**
 * Sign-ups from the web as they were seen, for two days: from which network (a keyed hash of the address's /24 or /64, never the
 * address), and whether that looked unnatural. Nobody reads it; the portal counts.
 */
export const signupSighting = pgTable(
  'signup_sighting',
  {
    enrolmentId: uuid('enrolment_id')
      .primaryKey()
      .references(() => enrolment.id),
    classId: text('class_id')
      .notNull()
      .references(() => classes.id),
    network: text(),
    why: text({ enum: ['network', 'class'] }),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    check('signup_sighting_why_known', sql`why in ('network', 'class')`),
    index('signup_sighting_network_idx').on(t.network, t.at),
    index('signup_sighting_class_idx').on(t.classId, t.at),
    index('signup_sighting_at_idx').on(t.at),
    ...walls('signup_sighting', { select: sql`false` }),
  ],
).enableRLS();
