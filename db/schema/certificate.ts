import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { course } from './course';
import { enrolment } from './enrolment';
import { person } from './person';
import { anyone, ofCardHolder, walls, within } from './walls';

/**
 * A public key the portal signs, or signed, certificates with. The private one is nowhere: it follows from AUTH_SECRET. Another secret
 * makes another key; old ones stay, so that what they signed can still be checked, until they are `distrusted`.
 */
export const signingKey = pgTable(
  'signing_key',
  {
    /** The key's own fingerprint, as it stands in signatures. */
    id: text().primaryKey(),
    /** Ed25519, 32 bytes, base64url. */
    publicKey: text('public_key').notNull().unique(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    distrustedAt: timestamp('distrusted_at', { withTimezone: true }),
  },
  () => [
    check('signing_key_shape', sql`public_key ~ '^[A-Za-z0-9_-]{43}$' and id ~ '^k[0-9a-f]{16}$'`),
    ...walls('signing_key', { select: anyone, public: anyone }),
  ],
).enableRLS();

/** Why a certificate no longer holds; for people, in words, is `revoked_note`. */
export const revocationCodes = ['mistake', 'wrong_person', 'withdrawn', 'other'] as const;

/**
 * That somebody completed a course: issued once per enrolment, revoked but never deleted. What a stranger may check (`serial`, initials,
 * course, result) opens by the serial alone; the name is kept as a salted digest, for whoever was told it. Written by the system role alone.
 */
export const certificate = pgTable(
  'certificate',
  {
    id: uuid().primaryKey().defaultRandom(),
    serial: text().notNull().unique(),
    enrolmentId: uuid('enrolment_id')
      .notNull()
      .references(() => enrolment.id),
    courseId: uuid('course_id')
      .notNull()
      .references(() => course.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    initials: text().notNull(),
    nameSalt: text('name_salt'),
    nameDigest: text('name_digest'),
    /** From the first to the last session of the class. */
    learntFrom: timestamp('learnt_from', { withTimezone: true }).notNull(),
    learntTo: timestamp('learnt_to', { withTimezone: true }).notNull(),
    issuedAt: timestamp('issued_at', { withTimezone: true }).notNull().defaultNow(),
    issuedBy: uuid('issued_by').references(() => account.id),
    /** Its bit in the published list of what was revoked. */
    statusIndex: integer('status_index').notNull().generatedByDefaultAsIdentity().unique(),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    revokedBy: uuid('revoked_by').references(() => account.id),
    revokedCode: text('revoked_code', { enum: revocationCodes }),
    revokedNote: text('revoked_note').notNull().default(''),
  },
  (t) => [
    check('certificate_serial_shape', sql`serial ~ '^[2346789ACDEFGHJKMNPQRTWXY]{10}$'`),
    check(
      'certificate_revocation_whole',
      sql`(revoked_at is null) = (revoked_code is null) and (revoked_code is null or revoked_code in ('mistake', 'wrong_person', 'withdrawn', 'other'))`,
    ),
    check('certificate_name_whole', sql`(name_salt is null) = (name_digest is null)`),
    uniqueIndex('certificate_one_standing_idx')
      .on(t.enrolmentId)
      .where(sql`revoked_at is null`),
    index('certificate_enrolment_idx').on(t.enrolmentId),
    index('certificate_course_idx').on(t.courseId),
    index('certificate_area_idx').on(t.areaId),
    index('certificate_person_idx').on(t.personId),
    index('certificate_issued_by_idx').on(t.issuedBy),
    index('certificate_revoked_by_idx').on(t.revokedBy),
    ...walls('certificate', {
      select: within('roster.read'),
      public: sql`${ofCardHolder()} or serial = nullif(current_setting('camtay.code', true), '')`,
    }),
  ],
).enableRLS();
