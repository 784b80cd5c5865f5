import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { person } from './person';
import { ofCardHolder, reaches, walls, within } from './walls';

/** People who live under one roof, as somebody of the area linked them. `area_id` is where it lies. One without members of today is none. */
export const household = pgTable(
  'household',
  {
    id: uuid().primaryKey().defaultRandom(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    createdBy: uuid('created_by').references(() => account.id),
  },
  (t) => [
    index('household_area_idx').on(t.areaId),
    index('household_created_by_idx').on(t.createdBy),
    ...walls('household', {
      select: within('person.read'),
      insert: within('person.write'),
      update: within('person.write'),
    }),
  ],
).enableRLS();

/**
 * From when until when somebody belongs to a household; one at a time. `area_id` is the household's. Of two records of one person the
 * kept one's counts (`mergeRules`); whoever withdraws is in none, and never was.
 */
export const householdMember = pgTable(
  'household_member',
  {
    id: uuid().primaryKey().defaultRandom(),
    householdId: uuid('household_id')
      .notNull()
      .references(() => household.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    joinedAt: timestamp('joined_at', { withTimezone: true }).notNull().defaultNow(),
    addedBy: uuid('added_by').references(() => account.id),
    leftAt: timestamp('left_at', { withTimezone: true }),
    removedBy: uuid('removed_by').references(() => account.id),
  },
  (t) => [
    check('household_member_in_order', sql`left_at >= joined_at`),
    check('household_member_removed_whole', sql`removed_by is null or left_at is not null`),
    uniqueIndex('household_member_one_idx')
      .on(t.personId)
      .where(sql`left_at is null`),
    index('household_member_household_idx').on(t.householdId),
    index('household_member_person_idx').on(t.personId),
    index('household_member_area_idx').on(t.areaId),
    index('household_member_added_by_idx').on(t.addedBy),
    index('household_member_removed_by_idx').on(t.removedBy),
    ...walls('household_member', {
      select: within('person.read'),
      insert: sql`${within('person.write')} and ${reaches('person_id')} and ${sql.raw(
        'exists (select from household h where h.id = household_member.household_id and h.area_id = household_member.area_id)',
      )}`,
      update: within('person.write'),
      public: ofCardHolder(),
    }),
  ],
).enableRLS();
