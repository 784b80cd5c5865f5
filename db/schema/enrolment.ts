import { sql } from 'drizzle-orm';
import { check, index, inet, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { classes } from './class';
import { person } from './person';
import { ofCardHolder, walls, within } from './walls';

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
    queuePriority: integer('queue_priority').notNull().default(0),
    queuedAt: timestamp('queued_at', { withTimezone: true }).notNull().defaultNow(),
    offerExpiresAt: timestamp('offer_expires_at', { withTimezone: true }),
    idempotencyKey: uuid('idempotency_key').notNull().unique(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check('enrolment_state_known', sql.raw(`status in (${enrolmentStates.map((state) => `'${state}'`).join(', ')})`)),
    check('enrolment_code_shape', sql`code ~ '^[2346789ACDEFGHJKMNPQRTWXY]{8}$'`),
    uniqueIndex('enrolment_one_active_idx')
      .on(t.classId, t.personId)
      .where(sql`status in ('waitlisted', 'offered', 'confirmed')`),
    index('enrolment_queue_idx').on(t.classId, t.status, t.queuePriority, t.queuedAt),
    index('enrolment_person_idx').on(t.personId),
    index('enrolment_area_idx').on(t.areaId),
    ...walls('enrolment', {
      // Written by the system role alone (`enrol`, `cancelEnrolment`): a row here opens the person it names.
      select: within('roster.read'),
      public: sql`${ofCardHolder()} or code = nullif(current_setting('camtay.code', true), '')`,
    }),
  ],
).enableRLS();

/** Every transition of an enrolment, appended; the enrolment's own state is a copy changed in the same transaction. */
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
    fromStatus: text('from_status', { enum: enrolmentStates }),
    toStatus: text('to_status', { enum: enrolmentStates }).notNull(),
    accountId: uuid('account_id').references(() => account.id),
    channel: text({ enum: [...enrolmentChannels, 'promotion'] }).notNull(),
    reason: text(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('enrolment_event_enrolment_idx').on(t.enrolmentId, t.at),
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
