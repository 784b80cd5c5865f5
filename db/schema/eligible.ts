import { sql } from 'drizzle-orm';
import { bigint, check, date, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { oneOf } from './checks';
import { walls, within } from './walls';

/** Whom a place can be asked the number of: as figures are cut, and besides adults (18 and over), those from 14 on, and households. */
export const eligibleGroups = [
  'all',
  'adults',
  'age14',
  'women',
  'age_0_17',
  'age_18_34',
  'age_35_59',
  'age60',
  'age_60_69',
  'age_70',
  'ethnic_minority',
  'disability',
  'poor_household',
  'households',
] as const;

/** Of these few people are told only to whoever may look them up; others ask `eligible_sensitive`, of which `lib/eligible` tells what may be told. */
const sensitive = ['ethnic_minority', 'disability', 'poor_household'].map((group) => `'${group}'`).join(', ');

/**
 * How many people (or households) of a group live in an area, on a day, as a source says. Only ever appended: the newest day not after the
 * period's end counts, and of one day the row written last.
 */
export const eligible = pgTable(
  'eligible',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    asOf: date('as_of').notNull(),
    grp: text({ enum: eligibleGroups }).notNull(),
    people: integer().notNull(),
    source: text().notNull(),
    /** The caller, whatever is sent (a trigger sees to it); empty for what came with the portal. */
    recordedBy: uuid('recorded_by').references(() => account.id),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('eligible_newest_idx').on(t.areaId, t.grp, t.asOf, t.id),
    index('eligible_recorded_by_idx').on(t.recordedBy),
    check('eligible_grp_known', oneOf('grp', eligibleGroups)),
    check('eligible_people_range', sql`people between 0 and 20000000`),
    check('eligible_has_source', sql`source <> ''`),
    ...walls('eligible', {
      select: sql`${within('figures.read')} and (grp not in (${sql.raw(sensitive)}) or ${within('person.read')})`,
      insert: within('declared.write'),
    }),
  ],
).enableRLS();
