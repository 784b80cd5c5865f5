import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { periodShape } from './declared';
import { indicator } from './indicator';
import { walls } from './walls';

/**
 * What is aimed at: of an indicator, a place and a period, as a count or, for a share, in per cent. Only ever appended, the newest row counts;
 * `value` empty takes the target back. What is set for places above may be read too: a share set there holds below.
 */
export const target = pgTable(
  'target',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    indicatorCode: text('indicator_code')
      .notNull()
      .references(() => indicator.code),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    period: text().notNull(),
    value: integer(),
    source: text().notNull().default(''),
    /** The caller, whatever is sent (a trigger sees to it); empty for what came with the portal. */
    recordedBy: uuid('recorded_by').references(() => account.id),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('target_newest_idx').on(t.areaId, t.period, t.indicatorCode, t.id),
    index('target_indicator_idx').on(t.indicatorCode),
    index('target_recorded_by_idx').on(t.recordedBy),
    check('target_period_shape', periodShape),
    check('target_value_range', sql`value between 0 and 20000000`),
    ...walls('target', {
      select: sql.raw(
        `area_id = ANY (COALESCE((SELECT may_areas('figures.read')), '{}')) or area_id = ANY (ARRAY(SELECT t.ancestor_id FROM area_tree t WHERE t.area_id = ANY (COALESCE((SELECT may_areas('figures.read')), '{}'))))`,
      ),
      insert: sql.raw(`area_id = ANY (COALESCE((SELECT target_areas()), '{}'))`),
    }),
  ],
).enableRLS();
