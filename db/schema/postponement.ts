import { sql } from 'drizzle-orm';
import { check, date, index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { walls, within } from './walls';

/**
 * The sessions of one unit put off together, by a storm say, with what each was before and is since (`changes`), so that it can be taken
 * back while nothing else changed. Those of one press share `press_id`.
 */
export const postponement = pgTable(
  'postponement',
  {
    id: uuid().primaryKey().defaultRandom(),
    pressId: uuid('press_id').notNull(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    firstDay: date('first_day').notNull(),
    lastDay: date('last_day').notNull(),
    instead: text({ enum: ['move', 'cancel'] }).notNull(),
    reason: text().notNull(),
    changes: jsonb().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    by: uuid()
      .notNull()
      .references(() => account.id),
    undoneAt: timestamp('undone_at', { withTimezone: true }),
    undoneBy: uuid('undone_by').references(() => account.id),
  },
  (t) => [
    check('postponement_instead_known', sql`instead in ('move', 'cancel')`),
    check('postponement_days_in_order', sql`last_day >= first_day`),
    check('postponement_undone_by_somebody', sql`(undone_at is null) = (undone_by is null)`),
    index('postponement_area_idx').on(t.areaId, t.at),
    index('postponement_press_idx').on(t.pressId),
    index('postponement_by_idx').on(t.by),
    index('postponement_undone_by_idx').on(t.undoneBy),
    ...walls('postponement', {
      select: within('class.read'),
      insert: within('class.postpone'),
      update: within('class.postpone'),
    }),
  ],
).enableRLS();
