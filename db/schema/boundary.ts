import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { anyone, holds, own, walls } from './walls';

/**
 * The outline of a place as maps draw it, indicative only. All of them come from one import and share its plane: an SVG path of whole
 * numbers, and the box around it (west, north, east, south). Replaced as a whole.
 */
export const areaBoundary = pgTable(
  'area_boundary',
  {
    areaId: integer('area_id')
      .primaryKey()
      .references(() => area.id),
    path: text().notNull(),
    box: integer().array().notNull(),
    /** Where words stand best in it, and how far that is from its borders. */
    spot: integer().array().notNull(),
    /** Where it comes from and what it may be used for, as shown under the map. */
    source: text().notNull(),
    importedBy: uuid('imported_by')
      .notNull()
      .references(() => account.id),
    importedAt: timestamp('imported_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check('area_boundary_path_shape', sql`path ~ '^(M[0-9]+ [0-9]+(L[0-9]+ [0-9]+)+Z)+$'`),
    check('area_boundary_box_shape', sql`cardinality(box) = 4 and box[1] <= box[3] and box[2] <= box[4]`),
    check('area_boundary_spot_shape', sql`cardinality(spot) = 3 and spot[3] >= 0`),
    check('area_boundary_source_told', sql`source <> ''`),
    index('area_boundary_by_idx').on(t.importedBy),
    ...walls('area_boundary', {
      select: anyone,
      insert: holds('area.manage'),
      delete: holds('area.manage'),
      public: anyone,
    }),
  ],
).enableRLS();

/** Boundaries an administrator has sent and not yet saved, one set an account: looked at before they are used. */
export const boundaryDraft = pgTable(
  'boundary_draft',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => account.id),
    id: uuid().notNull().defaultRandom(),
    source: text().notNull(),
    fileName: text('file_name').notNull(),
    /** As `Shape` of lib/map/schema. */
    shapes: jsonb().notNull(),
    /** What areas of no known code are called in the file. */
    unmatched: text().array().notNull(),
    pointsBefore: integer('points_before').notNull(),
    pointsAfter: integer('points_after').notNull(),
    sentAt: timestamp('sent_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    unique('boundary_draft_id').on(t.id),
    ...walls('boundary_draft', {
      select: own(),
      insert: sql`${own()} and ${holds('area.manage')}`,
      delete: own(),
    }),
  ],
).enableRLS();
