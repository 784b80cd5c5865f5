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
} from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { oneOf } from './checks';
import { classSession, teamMember } from './class';
import { skill } from './skill';
import { walls, within } from './walls';

/** Of the members an account stands for, the caller's. Made an array, so that the index is used. */
const ofTheCaller = sql.raw(
  'member_id = ANY (ARRAY(SELECT m.id FROM team_member m WHERE m.account_id = (SELECT caller_account())))',
);

/** Lies where its member does. */
const ofAMemberThere = sql.raw(
  'exists (select from team_member m where m.id = team_member_skill.member_id and m.area_id = team_member_skill.area_id)',
);

/** A skill a member may teach. */
export const teamMemberSkill = pgTable(
  'team_member_skill',
  {
    memberId: uuid('member_id')
      .notNull()
      .references(() => teamMember.id),
    skillCode: text('skill_code')
      .notNull()
      .references(() => skill.code),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
  },
  (t) => [
    primaryKey({ columns: [t.memberId, t.skillCode] }),
    index('team_member_skill_skill_idx').on(t.skillCode),
    index('team_member_skill_area_idx').on(t.areaId),
    ...walls('team_member_skill', {
      select: within('class.read'),
      insert: sql`${within('class.write')} and ${ofAMemberThere}`,
      delete: within('class.write'),
    }),
  ],
).enableRLS();

export const helperRoles = ['teaches', 'helps'] as const;
export const helperStates = ['asked', 'yes', 'no'] as const;
/** Why a place is not taken: the helper said so, the session moved onto another of theirs, they left, they are no longer asked. */
export const noReasons = ['said', 'clash', 'left', 'withdrawn'] as const;

/**
 * Somebody asked to teach or help at one session, and what they answered. Where and when, whether the session is called off and where
 * the helper belongs are copied by a trigger. The database refuses two sessions at one time. Written by the system role alone, after
 * the right of whoever asks or answers was checked; read by those who run classes there or where the helper belongs, and by the helper.
 */
export const sessionHelper = pgTable(
  'session_helper',
  {
    id: uuid().primaryKey().defaultRandom(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => classSession.id, { onDelete: 'cascade' }),
    memberId: uuid('member_id')
      .notNull()
      .references(() => teamMember.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    memberAreaId: integer('member_area_id')
      .notNull()
      .references(() => area.id),
    role: text({ enum: helperRoles }).notNull(),
    state: text({ enum: helperStates }).notNull().default('asked'),
    startsAt: timestamp('starts_at', { withTimezone: true }).notNull(),
    endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
    calledOff: boolean('called_off').notNull().default(false),
    askedAt: timestamp('asked_at', { withTimezone: true }).notNull().defaultNow(),
    askedBy: uuid('asked_by').references(() => account.id),
    answeredAt: timestamp('answered_at', { withTimezone: true }),
    /** Who noted the answer: the helper, or whoever rang them. */
    answeredBy: uuid('answered_by').references(() => account.id),
    noBecause: text('no_because', { enum: noReasons }),
    reason: text().notNull().default(''),
    /** The session moved, or came back, after they were asked: the question is asked anew. */
    movedAt: timestamp('moved_at', { withTimezone: true }),
    /** They had said yes and did not come. */
    absentAt: timestamp('absent_at', { withTimezone: true }),
    absentBy: uuid('absent_by').references(() => account.id),
  },
  (t) => [
    check('session_helper_role_known', oneOf('role', helperRoles)),
    check('session_helper_state_known', oneOf('state', helperStates)),
    check('session_helper_no_because_known', oneOf('no_because', noReasons)),
    check('session_helper_no_says_why', sql`(state = 'no') = (no_because is not null)`),
    check('session_helper_yes_was_answered', sql`state <> 'yes' or answered_at is not null`),
    check('session_helper_absent_had_agreed', sql`absent_at is null or state = 'yes'`),
    uniqueIndex('session_helper_once_idx').on(t.sessionId, t.memberId),
    index('session_helper_member_idx').on(t.memberId, t.startsAt),
    index('session_helper_area_idx').on(t.areaId),
    index('session_helper_member_area_idx').on(t.memberAreaId),
    index('session_helper_asked_by_idx').on(t.askedBy),
    index('session_helper_answered_by_idx').on(t.answeredBy),
    index('session_helper_absent_by_idx').on(t.absentBy),
    ...walls('session_helper', {
      select: sql`${within('class.read')} or ${within('class.read', 'member_area_id')} or ${ofTheCaller}`,
    }),
  ],
).enableRLS();
