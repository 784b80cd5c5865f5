import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { oneOf } from './checks';
import { person } from './person';
import { own, walls, within } from './walls';

/** One look for somebody who lives elsewhere: by whom, when, and how many it found. What was typed is kept nowhere. */
export const outsideSearch = pgTable(
  'outside_search',
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    found: integer().notNull(),
  },
  (t) => [
    index('outside_search_account_idx').on(t.accountId, t.at),
    index('outside_search_at_idx').on(t.at),
    ...walls('outside_search', { select: own() }),
  ],
).enableRLS();

/** Whom a search found. Its id is all that reaches the browser: no record's id is told before there is a purpose. The portal alone reads it. */
export const outsideHit = pgTable(
  'outside_hit',
  {
    id: uuid().primaryKey().defaultRandom(),
    searchId: uuid('search_id')
      .notNull()
      .references(() => outsideSearch.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
  },
  (t) => [
    uniqueIndex('outside_hit_one_idx').on(t.searchId, t.personId),
    index('outside_hit_person_idx').on(t.personId),
    ...walls('outside_hit', { select: sql`false` }),
  ],
).enableRLS();

/** What somebody of another unit opens a record for. */
export const readingWhys = ['asks_class', 'asks_help', 'moved_here', 'duplicate', 'relative', 'other'] as const;

/** The person lives, today, where the caller corrects people. */
const livesWithMine = sql.raw(
  `exists (select from person p where p.id = outside_reading.person_id and p.area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}')))`,
);

/**
 * That one account may read one record of another unit for three hours, what for in its own words, and what the unit the person lives in
 * had to say to it. Written by the system role alone; a trigger keeps who, whom, why and until when.
 */
export const outsideReading = pgTable(
  'outside_reading',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    /** For which place the reader looks people up; the right to read ends with that grant. */
    readerAreaId: integer('reader_area_id')
      .notNull()
      .references(() => area.id),
    /** Where the person lived when it was opened. */
    ownerAreaId: integer('owner_area_id')
      .notNull()
      .references(() => area.id),
    why: text({ enum: readingWhys }).notNull(),
    /** Emptied when the person withdraws. */
    words: text().notNull(),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull().defaultNow(),
    until: timestamp({ withTimezone: true }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    /** Somebody of the owning unit, or the reader, who was done; nobody when the person withdrew. */
    endedBy: uuid('ended_by').references(() => account.id),
    objection: text(),
    objectedAt: timestamp('objected_at', { withTimezone: true }),
    objectedBy: uuid('objected_by').references(() => account.id),
  },
  (t) => [
    check('outside_reading_why_known', oneOf('why', readingWhys)),
    check('outside_reading_three_hours', sql`until > opened_at and until <= opened_at + interval '3 hours'`),
    check('outside_reading_ended_whole', sql`ended_by is null or ended_at is not null`),
    check('outside_reading_objected_whole', sql`(objection is null) = (objected_at is null)`),
    index('outside_reading_account_idx').on(t.accountId, t.until),
    index('outside_reading_person_idx').on(t.personId, t.openedAt),
    index('outside_reading_reader_idx').on(t.readerAreaId),
    index('outside_reading_owner_idx').on(t.ownerAreaId, t.openedAt),
    index('outside_reading_ended_by_idx').on(t.endedBy),
    index('outside_reading_objected_by_idx').on(t.objectedBy),
    ...walls('outside_reading', {
      select: sql`${own()} or ${within('person.write', 'owner_area_id')} or ${livesWithMine}`,
    }),
  ],
).enableRLS();
