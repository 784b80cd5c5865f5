import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { area } from './area';
import { anyone, walls, within } from './walls';

const dayOffKinds = ['weekly', 'dates', 'exception'] as const;
const dayOffReasons = ['holiday', 'harvest', 'market', 'flood', 'weekly', 'other'] as const;

/**
 * When an area holds no classes: a day of every week, days from one to another, or (`exception`) days on which there are classes after
 * all. It holds for the areas below as well, unless a nearer one says otherwise (`dayOffOn`).
 */
export const dayOff = pgTable(
  'day_off',
  {
    id: uuid().primaryKey().defaultRandom(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    kind: text({ enum: dayOffKinds }).notNull(),
    weekday: integer(),
    firstDay: date('first_day'),
    lastDay: date('last_day'),
    reason: text({ enum: dayOffReasons }).notNull(),
    name: text().notNull(),
  },
  (t) => [
    check('day_off_kind_known', sql`kind in ('weekly', 'dates', 'exception')`),
    check('day_off_reason_known', sql`reason in ('holiday', 'harvest', 'market', 'flood', 'weekly', 'other')`),
    check('day_off_weekday_range', sql`weekday between 1 and 7`),
    check('day_off_weekly_has_weekday', sql`(kind = 'weekly') = (weekday is not null)`),
    check('day_off_dates_has_days', sql`kind = 'weekly' or (first_day is not null and last_day is not null)`),
    check('day_off_days_in_order', sql`last_day >= first_day`),
    check('day_off_named', sql`name <> ''`),
    index('day_off_area_idx').on(t.areaId, t.lastDay),
    ...walls('day_off', {
      select: anyone,
      insert: within('calendar.write'),
      update: within('calendar.write'),
      delete: within('calendar.write'),
    }),
  ],
).enableRLS();
