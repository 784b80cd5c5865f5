import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { oneOf } from './checks';
import { teamMember } from './class';
import { walls, within } from './walls';

/** Of the members an account stands for now, the caller's. Made an array, so that the index is used. */
const ofTheCaller = sql.raw(
  'member_id = ANY (ARRAY(SELECT m.id FROM team_member m WHERE m.account_id = (SELECT caller_account()) AND m.left_on IS NULL))',
);

/** Lies where its member does. */
const ofAMemberThere = (table: string) =>
  sql.raw(`exists (select from team_member m where m.id = ${table}.member_id and m.area_id = ${table}.area_id)`);

/** When somebody can is said by themselves, or by those who plan classes with them; read by all who may look at their team. */
const saidOfThemselves = (table: string) => ({
  select: sql`${within('class.read')} or ${ofTheCaller}`,
  insert: sql`(${within('class.write')} or ${ofTheCaller}) and ${ofAMemberThere(table)}`,
  delete: sql`${within('class.write')} or ${ofTheCaller}`,
});

export const dayParts = ['morning', 'afternoon', 'evening'] as const;

/** A part of the week in which a member can usually help; the day is ISO's, Monday 1. Nobody's rows: nothing was said, and they may be asked. */
export const teamMemberFree = pgTable(
  'team_member_free',
  {
    memberId: uuid('member_id')
      .notNull()
      .references(() => teamMember.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    weekday: integer().notNull(),
    part: text({ enum: dayParts }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.memberId, t.weekday, t.part] }),
    check('team_member_free_weekday_range', sql`weekday between 1 and 7`),
    check('team_member_free_part_known', oneOf('part', dayParts)),
    index('team_member_free_area_idx').on(t.areaId),
    ...walls('team_member_free', saidOfThemselves('team_member_free')),
  ],
).enableRLS();

/** Days on which a member is not there, first and last included. Why is their own affair and not written down. */
export const teamMemberAway = pgTable(
  'team_member_away',
  {
    id: uuid().primaryKey().defaultRandom(),
    memberId: uuid('member_id')
      .notNull()
      .references(() => teamMember.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    firstDay: date('first_day').notNull(),
    lastDay: date('last_day').notNull(),
    saidAt: timestamp('said_at', { withTimezone: true }).notNull().defaultNow(),
    saidBy: uuid('said_by').references(() => account.id),
  },
  (t) => [
    check('team_member_away_length', sql`last_day >= first_day and last_day < first_day + 366`),
    index('team_member_away_member_idx').on(t.memberId, t.lastDay),
    index('team_member_away_area_idx').on(t.areaId),
    index('team_member_away_said_by_idx').on(t.saidBy),
    ...walls('team_member_away', saidOfThemselves('team_member_away')),
  ],
).enableRLS();

/** A training a member went to. What they taught themselves follows from sessions and is not written here. */
export const teamMemberTraining = pgTable(
  'team_member_training',
  {
    id: uuid().primaryKey().defaultRandom(),
    memberId: uuid('member_id')
      .notNull()
      .references(() => teamMember.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    title: text().notNull(),
    heldOn: date('held_on').notNull(),
    givenBy: text('given_by').notNull(),
    minutes: integer().notNull(),
    notedAt: timestamp('noted_at', { withTimezone: true }).notNull().defaultNow(),
    notedBy: uuid('noted_by').references(() => account.id),
  },
  (t) => [
    check('team_member_training_minutes_range', sql`minutes between 30 and 6000`),
    check('team_member_training_says_what', sql`title <> '' and given_by <> ''`),
    index('team_member_training_member_idx').on(t.memberId, t.heldOn),
    index('team_member_training_area_idx').on(t.areaId),
    index('team_member_training_noted_by_idx').on(t.notedBy),
    ...walls('team_member_training', {
      select: sql`${within('class.read')} or ${ofTheCaller}`,
      insert: sql`${within('class.write')} and ${ofAMemberThere('team_member_training')}`,
      delete: within('class.write'),
    }),
  ],
).enableRLS();
