import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { classes } from './class';
import { skill } from './skill';
import { walls, within } from './walls';

const demandTimes = ['morning', 'afternoon', 'evening', 'weekend'] as const;
const demandOutcomes = ['class_made', 'referred', 'no_longer_needed'] as const;

/**
 * A class somebody asked for, where there is none: where, what, when, for how many. Nothing of it says who; that is in
 * `class_demand_contact`. Written by the system role alone (`askForClass`), settled by who plans classes there.
 */
export const classDemand = pgTable(
  'class_demand',
  {
    id: uuid().primaryKey().defaultRandom(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    skillCode: text('skill_code').references(() => skill.code),
    wish: text().notNull().default(''),
    times: jsonb().$type<readonly (typeof demandTimes)[number][]>().notNull().default([]),
    people: integer().notNull().default(1),
    idempotencyKey: uuid('idempotency_key').notNull().unique(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    outcome: text({ enum: demandOutcomes }),
    outcomeNote: text('outcome_note').notNull().default(''),
    classId: text('class_id').references(() => classes.id),
    settledAt: timestamp('settled_at', { withTimezone: true }),
    settledBy: uuid('settled_by').references(() => account.id),
  },
  (t) => [
    check('class_demand_says_what', sql`skill_code is not null or wish <> ''`),
    check('class_demand_people_range', sql`people between 1 and 200`),
    check(
      'class_demand_times_known',
      sql`jsonb_typeof(times) = 'array' and times <@ '["morning", "afternoon", "evening", "weekend"]'`,
    ),
    check('class_demand_outcome_known', sql`outcome in ('class_made', 'referred', 'no_longer_needed')`),
    check('class_demand_settled_whole', sql`(outcome is null) = (settled_at is null)`),
    check('class_demand_names_class', sql`(outcome is not distinct from 'class_made') = (class_id is not null)`),
    index('class_demand_area_idx').on(t.areaId, t.createdAt),
    index('class_demand_skill_idx').on(t.skillCode),
    index('class_demand_class_idx').on(t.classId),
    index('class_demand_settled_by_idx').on(t.settledBy),
    ...walls('class_demand', { select: within('class.read'), update: within('class.write') }),
  ],
).enableRLS();

/** Who asked, where they said so and agreed to be called. Gone once what they asked for is settled. */
export const classDemandContact = pgTable(
  'class_demand_contact',
  {
    demandId: uuid('demand_id')
      .primaryKey()
      .references(() => classDemand.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    fullName: text('full_name').notNull().default(''),
    phone: text(),
    consentVersion: integer('consent_version').notNull(),
    consentAt: timestamp('consent_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check('class_demand_contact_phone_shape', sql`phone ~ '^\\+[0-9]{8,15}$'`),
    check('class_demand_contact_not_empty', sql`full_name <> '' or phone is not null`),
    index('class_demand_contact_area_idx').on(t.areaId),
    index('class_demand_contact_phone_idx').on(t.phone),
    ...walls('class_demand_contact', { select: within('class.write'), delete: within('class.write') }),
  ],
).enableRLS();
