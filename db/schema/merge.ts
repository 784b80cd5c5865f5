import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { person } from './person';
import { walls } from './walls';

/**
 * What somebody decided of two people who look like one: not the same, or not now. A pair without a row is open; a merge is in
 * `person_merge`. Written and read by the system role, after both were found within the caller's reach.
 */
export const personPair = pgTable(
  'person_pair',
  {
    lowId: uuid('low_id')
      .notNull()
      .references(() => person.id),
    highId: uuid('high_id')
      .notNull()
      .references(() => person.id),
    state: text({ enum: ['not_same', 'later'] }).notNull(),
    laterUntil: timestamp('later_until', { withTimezone: true }),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    decidedBy: uuid('decided_by').references(() => account.id),
  },
  (t) => [
    primaryKey({ columns: [t.lowId, t.highId] }),
    check('person_pair_in_order', sql`low_id < high_id`),
    check('person_pair_state_known', sql`state in ('not_same', 'later')`),
    check('person_pair_later_whole', sql`(state = 'later') = (later_until is not null)`),
    index('person_pair_high_idx').on(t.highId),
    index('person_pair_decided_by_idx').on(t.decidedBy),
    ...walls('person_pair', { select: sql`false` }),
  ],
).enableRLS();

/**
 * One record joined to another. `moved` says what went over and what stood before, so that it can be undone for 90 days; it is
 * emptied after that. It may hold what nobody but the system reads, so nobody but the system reads it.
 */
export const personMerge = pgTable(
  'person_merge',
  {
    id: uuid().primaryKey().defaultRandom(),
    keptId: uuid('kept_id')
      .notNull()
      .references(() => person.id),
    mergedId: uuid('merged_id')
      .notNull()
      .references(() => person.id),
    moved: jsonb().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    by: uuid()
      .notNull()
      .references(() => account.id),
    undoneAt: timestamp('undone_at', { withTimezone: true }),
    undoneBy: uuid('undone_by').references(() => account.id),
  },
  (t) => [
    check('person_merge_two_people', sql`kept_id <> merged_id`),
    check('person_merge_undone_whole', sql`(undone_at is null) = (undone_by is null)`),
    uniqueIndex('person_merge_standing_idx')
      .on(t.mergedId)
      .where(sql`undone_at is null`),
    index('person_merge_kept_idx').on(t.keptId, t.at),
    index('person_merge_merged_idx').on(t.mergedId),
    index('person_merge_by_idx').on(t.by),
    index('person_merge_undone_by_idx').on(t.undoneBy),
    ...walls('person_merge', { select: sql`false` }),
  ],
).enableRLS();
