import { sql } from 'drizzle-orm';
import { check, customType, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { classes, classLanguages } from './class';
import { walls, within } from './walls';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const list = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** No recording is hung on another unit's class, nor on one's own under another area. */
const ofAClassHere = sql.raw(
  'exists (select from class c where c.id = class_recording.class_id and c.area_id = class_recording.area_id)',
);
const ofAClassInSight = sql.raw(
  "exists (select from class c where c.id = class_recording.class_id and c.status <> 'draft')",
);

/**
 * A class told aloud, at most once in each language, for who does not read or speaks Bru–Vân Kiều or Pa Kô at home. The sound is stored
 * with it: it is small, goes with the backups, and ends with its row.
 */
export const classRecording = pgTable(
  'class_recording',
  {
    id: uuid().primaryKey().defaultRandom(),
    classId: text('class_id')
      .notNull()
      .references(() => classes.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    language: text({ enum: classLanguages }).notNull(),
    mediaType: text('media_type').notNull(),
    content: bytea().notNull(),
    contentHash: text('content_hash').notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
    recordedBy: uuid('recorded_by').references(() => account.id),
  },
  (t) => [
    check('class_recording_language_known', sql`language in (${list(classLanguages)})`),
    check('class_recording_type_known', sql`media_type in ('audio/mpeg', 'audio/ogg', 'audio/mp4', 'audio/wav')`),
    check('class_recording_small', sql`octet_length(content) between 1 and 1572864`),
    check('class_recording_hash_shape', sql`content_hash ~ '^[0-9a-f]{32}$'`),
    uniqueIndex('class_recording_language_idx').on(t.classId, t.language),
    index('class_recording_area_idx').on(t.areaId),
    index('class_recording_by_idx').on(t.recordedBy),
    ...walls('class_recording', {
      select: sql`${within('class.read')} or ${ofAClassInSight}`,
      insert: sql`${within('class.write')} and ${ofAClassHere}`,
      update: sql`${within('class.write')} and ${ofAClassHere}`,
      delete: within('class.write'),
      public: ofAClassInSight,
    }),
  ],
).enableRLS();
