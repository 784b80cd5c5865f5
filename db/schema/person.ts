import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { anyone, holds, ofCardHolder, reaches, readWithPurpose, walls, within } from './walls';

/** The caller runs a class this person is enrolled in or came to. The rows looked at are walled themselves. */
const onARosterOfMine = (column: string) =>
  sql.raw(
    `exists (select from enrolment e where e.person_id = ${column}) or exists (select from attendance a where a.person_id = ${column})`,
  );

/**
 * Something of this person's was given to the caller to do, and is theirs still (`task_given`), where the caller may still do such things. What was
 * given ends by itself, and the right to see the name with it.
 */
export const givenToMe = (column: string) =>
  sql.raw(
    `exists (select from task_given given where given.person_id = ${column} and given.account_id = (SELECT caller_account()) and given.ended_at is null and given.until > now() and given.area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')))`,
  );

/** A resident who learns, or might. `area_id` is where they live: a village, or the unit when the village is unknown. */
export const person = pgTable(
  'person',
  {
    id: uuid().primaryKey().defaultRandom(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    fullName: text('full_name').notNull(),
    givenName: text('given_name').notNull(),
    nameFolded: text('name_folded').notNull(),
    birthYear: integer('birth_year'),
    /** Of whoever withdrew: the middle year of the age band they were in, for figures alone. The year itself is gone. */
    bornAbout: integer('born_about'),
    gender: text({ enum: ['female', 'male', 'other'] }),
    phoneHint: text('phone_hint'),
    mergedInto: uuid('merged_into').references((): AnyPgColumn => person.id),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** Who typed them in; nobody when they did so themselves. Whoever brings a walk-in sees them before any mark is there. */
    createdBy: uuid('created_by')
      .default(sql`caller_account()`)
      .references(() => account.id),
  },
  (t) => [
    check('person_birth_year_range', sql`birth_year between 1900 and 2100`),
    check('person_born_about_alone', sql`born_about is null or birth_year is null`),
    check('person_gender_known', sql`gender in ('female', 'male', 'other')`),
    index('person_area_idx').on(t.areaId, t.nameFolded),
    index('person_name_idx').on(t.nameFolded),
    index('person_created_by_idx')
      .on(t.createdBy)
      .where(sql`created_by is not null`),
    index('person_merged_idx')
      .on(t.mergedInto)
      .where(sql`merged_into is not null`),
    ...walls('person', {
      select: sql`${within('person.read')} or ${readWithPurpose('id')} or ${onARosterOfMine('person.id')} or ${givenToMe('person.id')}`,
      insert: sql`${holds('enrolment.write')} or ${holds('register.write')}`,
      update: within('person.write'),
      public: sql`${ofCardHolder('id')} or exists (select from enrolment e where e.person_id = person.id)`,
    }),
  ],
).enableRLS();

/** A phone is a contact, not an identity: families share one, many have none. Whole numbers for those who run a class of theirs. */
export const personPhone = pgTable(
  'person_phone',
  {
    personId: uuid('person_id')
      .primaryKey()
      .references(() => person.id),
    phone: text().notNull(),
    belongsTo: text('belongs_to', { enum: ['self', 'relative'] })
      .notNull()
      .default('self'),
  },
  (t) => [
    check('person_phone_shape', sql`phone ~ '^\\+[0-9]{8,15}$'`),
    index('person_phone_phone_idx').on(t.phone),
    ...walls('person_phone', {
      select: sql.raw(
        `exists (select from enrolment e where e.person_id = person_phone.person_id and e.area_id = ANY (COALESCE((SELECT may_areas('contact.read')), '{}')))`,
      ),
      insert: sql`(${holds('enrolment.write')} or ${holds('register.write')}) and ${reaches('person_id')}`,
      update: sql.raw(
        `exists (select from enrolment e where e.person_id = person_phone.person_id and e.area_id = ANY (COALESCE((SELECT may_areas('contact.read')), '{}')))`,
      ),
      public: ofCardHolder(),
    }),
  ],
).enableRLS();

/**
 * What one agrees to: to be kept on a class's list; to have a need noted that gives a kept place (sensitive, asked apart); to be
 * counted in the equality questions (sensitive, asked apart); to be told of one's classes by Zalo, text message or e-mail; to be
 * handed to another unit.
 */
export const consentPurposes = ['class', 'need', 'equality', 'message', 'refer'] as const;

/** The words people agreed to, by purpose and version; never changed once used. */
export const consentText = pgTable(
  'consent_text',
  {
    purpose: text({ enum: [...consentPurposes, 'ask', 'visit'] }).notNull(),
    version: integer().notNull(),
    bodyVi: text('body_vi').notNull(),
    bodyEn: text('body_en').notNull(),
    usedFrom: timestamp('used_from', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.purpose, t.version] }),
    ...walls('consent_text', { select: anyone, public: anyone }),
  ],
).enableRLS();

/** Evidence of a consent (Law 91/2025/QH15): which words, how given, who took it, when it ended. */
export const consent = pgTable(
  'consent',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    purpose: text({ enum: consentPurposes }).notNull(),
    textVersion: integer('text_version').notNull(),
    given: boolean().notNull(),
    how: text({ enum: ['self', 'oral', 'paper', 'representative'] }).notNull(),
    representative: text(),
    /** Who heard it, where it was given by word of mouth. */
    witness: text(),
    takenBy: uuid('taken_by').references(() => account.id),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    withdrawnAt: timestamp('withdrawn_at', { withTimezone: true }),
  },
  (t) => [
    check('consent_how_known', sql`how in ('self', 'oral', 'paper', 'representative')`),
    index('consent_person_idx').on(t.personId, t.purpose),
    index('consent_text_idx').on(t.purpose, t.textVersion),
    index('consent_taken_by_idx').on(t.takenBy),
    ...walls('consent', {
      // Where one looks people up; a roster or a task opens a name, not what its owner agreed to. Never that for a need: that there is
      // one tells of the need. Whether what an act asks for is given, the portal asks itself (elevated).
      select: sql`purpose <> 'need' and exists (select from person p where p.id = consent.person_id and ${within('person.read', 'p.area_id')}) and not ${readWithPurpose()}`,
      insert: sql`(${holds('enrolment.write')} or ${holds('register.write')}) and ${reaches('person_id')}`,
      public: ofCardHolder(),
    }),
  ],
).enableRLS();

export const needKinds = ['disability', 'poor_household'] as const;

/**
 * A need that gives its owner one of a class's kept places. Sensitive: noted only with a consent of its own, and nobody signed
 * in reads it; the portal itself asks whether there is one.
 */
export const personNeed = pgTable(
  'person_need',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    kind: text({ enum: needKinds }).notNull(),
    consentId: uuid('consent_id')
      .notNull()
      .references(() => consent.id),
    recordedBy: uuid('recorded_by').references(() => account.id),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    withdrawnAt: timestamp('withdrawn_at', { withTimezone: true }),
  },
  (t) => [
    check('person_need_kind_known', sql.raw(`kind in (${needKinds.map((kind) => `'${kind}'`).join(', ')})`)),
    uniqueIndex('person_need_one_idx')
      .on(t.personId, t.kind)
      .where(sql`withdrawn_at is null`),
    index('person_need_person_idx').on(t.personId),
    index('person_need_consent_idx').on(t.consentId),
    index('person_need_recorded_by_idx')
      .on(t.recordedBy)
      .where(sql`recorded_by is not null`),
    ...walls('person_need', { select: sql`false` }),
  ],
).enableRLS();

export const equalityQuestions = ['ethnic_minority', 'disability', 'poor_household'] as const;

/**
 * Answers to the equality questions, asked after the confirmation. Sensitive: kept only with a consent of its own, for counting;
 * no role reads a row, and nothing in the portal acts on one. Only `fairness` reads it, and gives counts. Withdrawn means gone.
 */
export const equalityAnswer = pgTable(
  'equality_answer',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    question: text({ enum: equalityQuestions }).notNull(),
    answer: boolean().notNull(),
    consentId: uuid('consent_id')
      .notNull()
      .references(() => consent.id),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check(
      'equality_answer_question_known',
      sql.raw(`question in (${equalityQuestions.map((one) => `'${one}'`).join(', ')})`),
    ),
    uniqueIndex('equality_answer_one_idx').on(t.personId, t.question),
    index('equality_answer_consent_idx').on(t.consentId),
    ...walls('equality_answer', { select: sql`false` }),
  ],
).enableRLS();
