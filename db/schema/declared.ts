import { sql } from 'drizzle-orm';
import { bigint, check, date, foreignKey, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { indicator } from './indicator';
import { walls, within } from './walls';

/** The shape of a period's key (`lib/period`), for checks. */
export const periodShape = sql`period ~ '^k?20[0-9]{2}(-(q[1-4]|0[1-9]|1[0-2]))?$'`;

/**
 * What somebody said of an indicator the portal cannot count: how many (of how many), for which period, from which source and day. Only
 * ever appended; the newest row counts, the others are its history. Points to the indicator together with its kind, so that the database
 * itself refuses to have a computed one typed in.
 */
export const declaredFigure = pgTable(
  'declared_figure',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    indicatorCode: text('indicator_code').notNull(),
    kind: text({ enum: ['declared'] })
      .notNull()
      .default('declared'),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    period: text().notNull(),
    value: integer().notNull(),
    denominator: integer(),
    source: text().notNull(),
    asOf: date('as_of').notNull(),
    note: text().notNull().default(''),
    /** The caller, whatever is sent (a trigger sees to it); empty for what came with the portal. */
    recordedBy: uuid('recorded_by').references(() => account.id),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: 'declared_figure_of',
      columns: [t.indicatorCode, t.kind],
      foreignColumns: [indicator.code, indicator.kind],
    }),
    index('declared_figure_of_idx').on(t.indicatorCode, t.kind),
    index('declared_figure_newest_idx').on(t.areaId, t.period, t.indicatorCode, t.id),
    index('declared_figure_recorded_by_idx').on(t.recordedBy),
    check('declared_figure_only_declared', sql`kind = 'declared'`),
    check('declared_figure_period_shape', periodShape),
    check(
      'declared_figure_part_of_whole',
      sql`value >= 0 and (denominator is null or (denominator > 0 and value <= denominator))`,
    ),
    check('declared_figure_has_source', sql`source <> ''`),
    ...walls('declared_figure', {
      select: within('figures.read'),
      insert: within('declared.write'),
    }),
  ],
).enableRLS();
