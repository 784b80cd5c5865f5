import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  customType,
  date,
  index,
  inet,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { capabilities, roles } from '../capabilities';
import { area } from './area';
import { oneOf } from './checks';
import { holds, own, walls, within } from './walls';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** Somebody who signs in. Residents have none. */
export const account = pgTable(
  'account',
  {
    id: uuid().primaryKey().defaultRandom(),
    username: text().notNull(),
    phone: text(),
    fullName: text('full_name').notNull(),
    passwordHash: text('password_hash').notNull(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    disabledAt: timestamp('disabled_at', { withTimezone: true }),
  },
  (t) => [
    uniqueIndex('account_username_idx').on(sql`lower(${t.username})`),
    uniqueIndex('account_phone_idx')
      .on(t.phone)
      .where(sql`phone is not null`),
    index('account_area_idx').on(t.areaId),
    ...walls('account', {
      select: sql`${own('id')} or ${within('account.manage')}`,
      insert: within('account.manage'),
      update: sql`${own('id')} or ${within('account.manage')}`,
    }),
  ],
).enableRLS();

/** Who may act as what, where, from when until when. No grant means nothing. */
export const accountGrant = pgTable(
  'account_grant',
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    role: text({ enum: roles }).notNull(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    validFrom: date('valid_from')
      .notNull()
      .default(sql`portal_day()`),
    validTo: date('valid_to'),
    grantedBy: uuid('granted_by').references(() => account.id),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('account_grant_account_idx').on(t.accountId),
    index('account_grant_area_idx').on(t.areaId),
    index('account_grant_granted_by_idx').on(t.grantedBy),
    check('account_grant_role_known', oneOf('role', roles)),
    // A last day before the first: it was taken back before it began, and counted for no day.
    check('account_grant_dates_in_order', sql`valid_to is null or valid_to >= valid_from - 1`),
    ...walls('account_grant', {
      select: sql`${own()} or ${within('account.manage')}`,
      insert: within('account.manage'),
      update: within('account.manage'),
    }),
  ],
).enableRLS();

/** The verbs of each role, copied from `db/capabilities.ts` at every migration; the policies read it. */
export const roleCapability = pgTable(
  'role_capability',
  { role: text({ enum: roles }).notNull(), capability: text({ enum: capabilities }).notNull() },
  (t) => [primaryKey({ columns: [t.role, t.capability] }), ...walls('role_capability', { select: sql`true` })],
).enableRLS();

/** One signed-in device. Only the token's SHA-256 is kept; ending the row ends the sign-in at the next request. */
export const authSession = pgTable(
  'auth_session',
  {
    id: uuid().primaryKey().defaultRandom(),
    tokenHash: bytea('token_hash').notNull().unique(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    lastSeenAt: timestamp('last_seen_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    device: text().notNull(),
    address: inet(),
  },
  (t) => [
    index('auth_session_account_idx').on(t.accountId),
    ...walls('auth_session', { select: own(), update: own() }),
  ],
).enableRLS();

/** Each attempt to sign in, kept for a day: limits are counted from these rows, by account and by address apart. */
export const signInAttempt = pgTable(
  'sign_in_attempt',
  {
    id: uuid().primaryKey().defaultRandom(),
    nameHash: bytea('name_hash').notNull(),
    address: inet().notNull(),
    knownDevice: boolean('known_device').notNull(),
    succeeded: boolean().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('sign_in_attempt_name_idx').on(t.nameHash, t.at),
    index('sign_in_attempt_address_idx').on(t.address, t.at),
    index('sign_in_attempt_at_idx').on(t.at),
    ...walls('sign_in_attempt', { select: sql`false` }),
  ],
).enableRLS();

/** What was done or read, by whom, when. Appended in the transaction of the act; never changed. */
export const auditEvent = pgTable(
  'audit_event',
  {
    id: uuid().primaryKey().defaultRandom(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    accountId: uuid('account_id').references(() => account.id),
    action: text().notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    areaId: integer('area_id').references(() => area.id),
    details: jsonb().notNull().default({}),
  },
  (t) => [
    index('audit_event_at_idx').on(t.at),
    index('audit_event_subject_idx').on(t.subjectKind, t.subjectId, t.at),
    index('audit_event_account_idx').on(t.accountId, t.at),
    index('audit_event_action_idx').on(t.action, t.at),
    index('audit_event_area_idx').on(t.areaId, t.at),
    ...walls('audit_event', { select: holds('audit.read'), insert: own() }),
  ],
).enableRLS();
