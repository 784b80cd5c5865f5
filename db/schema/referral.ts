import { sql } from 'drizzle-orm';
import { boolean, check, date, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { oneOf } from './checks';
import { course } from './course';
import { consent, person } from './person';
import { ofCardHolder, walls, within } from './walls';

export const referralStates = ['open', 'accepted', 'rejected', 'withdrawn', 'done'] as const;
export const referralWhys = ['work', 'studies', 'lives_there', 'wants_class', 'other'] as const;
export const referralAsks = ['class', 'visit', 'desk'] as const;

/**
 * Somebody one unit hands to another, with their consent. Open for thirty days; accepted for ninety more. While it stands and has not run
 * out the receiving unit may read the record (`outside_rights`). Written by the system role alone; the state is a copy of the last step.
 */
export const referral = pgTable(
  'referral',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    fromAreaId: integer('from_area_id')
      .notNull()
      .references(() => area.id),
    toAreaId: integer('to_area_id')
      .notNull()
      .references(() => area.id),
    why: text({ enum: referralWhys }).notNull(),
    asks: text({ enum: referralAsks }).notNull(),
    courseId: uuid('course_id').references(() => course.id),
    note: text().notNull().default(''),
    consentId: uuid('consent_id')
      .notNull()
      .references(() => consent.id),
    /** The person agreed that the phone goes along. */
    sharePhone: boolean('share_phone').notNull().default(false),
    state: text({ enum: referralStates }).notNull().default('open'),
    stateAt: timestamp('state_at', { withTimezone: true }).notNull().defaultNow(),
    sentAt: timestamp('sent_at', { withTimezone: true }).notNull().defaultNow(),
    sentBy: uuid('sent_by').references(() => account.id),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    /** Who looks after it in the receiving unit, by name: a helper may have no account. */
    takenBy: text('taken_by'),
  },
  (t) => [
    check('referral_state_known', oneOf('state', referralStates)),
    check('referral_why_known', oneOf('why', referralWhys)),
    check('referral_asks_known', oneOf('asks', referralAsks)),
    check('referral_course_of_class', sql`course_id is null or asks = 'class'`),
    check('referral_two_units', sql`from_area_id <> to_area_id`),
    check('referral_expires_after', sql`expires_at > sent_at`),
    uniqueIndex('referral_standing_idx')
      .on(t.personId, t.toAreaId)
      .where(sql`state in ('open', 'accepted')`),
    index('referral_person_idx').on(t.personId),
    index('referral_from_idx').on(t.fromAreaId, t.state),
    index('referral_to_idx').on(t.toAreaId, t.state),
    index('referral_course_idx').on(t.courseId),
    index('referral_consent_idx').on(t.consentId),
    index('referral_sent_by_idx').on(t.sentBy),
    ...walls('referral', {
      select: sql`${within('person.write', 'from_area_id')} or ${within('person.write', 'to_area_id')}`,
      public: ofCardHolder(),
    }),
  ],
).enableRLS();

/** Every step of a referral, appended; nobody's account when the person themselves took it back. */
export const referralStep = pgTable(
  'referral_step',
  {
    id: uuid().primaryKey().defaultRandom(),
    referralId: uuid('referral_id')
      .notNull()
      .references(() => referral.id),
    toState: text('to_state', { enum: referralStates }).notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    by: uuid().references(() => account.id),
    note: text().notNull().default(''),
  },
  (t) => [
    check('referral_step_state_known', oneOf('to_state', referralStates)),
    index('referral_step_referral_idx').on(t.referralId, t.at),
    index('referral_step_by_idx').on(t.by),
    ...walls('referral_step', {
      select: sql.raw('exists (select from referral f where f.id = referral_step.referral_id)'),
    }),
  ],
).enableRLS();

export const residenceHows = ['moved', 'corrected'] as const;

/** A change of where somebody lives, appended: moved there on a day, or it had been written down wrongly. Gone when they withdraw. */
export const personResidence = pgTable(
  'person_residence',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    fromAreaId: integer('from_area_id')
      .notNull()
      .references(() => area.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    how: text({ enum: residenceHows }).notNull(),
    since: date().notNull(),
    referralId: uuid('referral_id').references(() => referral.id),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    by: uuid().references(() => account.id),
  },
  (t) => [
    check('person_residence_how_known', oneOf('how', residenceHows)),
    check('person_residence_two_places', sql`from_area_id <> area_id`),
    index('person_residence_person_idx').on(t.personId, t.at),
    index('person_residence_from_idx').on(t.fromAreaId),
    index('person_residence_area_idx').on(t.areaId),
    index('person_residence_referral_idx').on(t.referralId),
    index('person_residence_by_idx').on(t.by),
    ...walls('person_residence', {
      select: sql.raw(
        `exists (select from person p where p.id = person_residence.person_id and p.area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}')))`,
      ),
      public: ofCardHolder(),
    }),
  ],
).enableRLS();
