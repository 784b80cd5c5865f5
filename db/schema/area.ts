import { sql } from 'drizzle-orm';
import { check, date, doublePrecision, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { anyone, holds, walls } from './walls';

/**
 * A name as it is looked up (`place_words`; `placeWords` in `lib/area/rules.ts` folds alike), kept by Postgres beside the name: folding is
 * dear, and a search compares it with hundreds of rows.
 */
const folded = (name: string) =>
  text()
    .notNull()
    .generatedAlwaysAs(sql.raw(`place_words(${name})`));

/** How a place is looked up by a name: the whole, words inside, a letter off. */
const lookup = (table: string, name: string) => [
  index(`${table}_words_idx`).on(sql.raw('words')),
  index(`${table}_inside_idx`).using('gin', sql.raw(`(' ' || words) gin_trgm_ops`)).with({ fastupdate: false }),
  index(`${table}_near_idx`)
    .using('gin', sql.raw(`place_near(${name})`))
    .with({ fastupdate: false }),
];

export const areaKinds = [
  'province',
  'commune',
  'ward',
  'special_zone',
  'village',
  'hamlet',
  'residential_group',
] as const;

/** What kind of country a commune lies in, as an administrator said. Wards and special zones are told by their kind. */
const terrains = ['lowland', 'upland', 'border'] as const;

/**
 * A place of the dated tree. The id of a place with an official code is that code as a number; villages, which have no
 * code, are numbered from 1 000 000. Nothing assumes how many levels there are.
 */
export const area = pgTable(
  'area',
  {
    id: integer().primaryKey(),
    officialCode: text('official_code').unique(),
    kind: text({ enum: areaKinds }).notNull(),
    nameVi: text('name_vi').notNull(),
    nameEn: text('name_en').notNull(),
    fullNameVi: text('full_name_vi').notNull(),
    fullNameEn: text('full_name_en').notNull(),
    nameFolded: text('name_folded').notNull(),
    words: folded('full_name_vi'),
    latitude: doublePrecision(),
    longitude: doublePrecision(),
    areaKm2: doublePrecision('area_km2'),
    /** Null where nobody has said it. */
    terrain: text({ enum: terrains }),
    validFrom: date('valid_from').notNull(),
    validTo: date('valid_to'),
  },
  (t) => [
    check('area_kind_known', sql.raw(`kind in (${areaKinds.map((kind) => `'${kind}'`).join(', ')})`)),
    check(
      'area_terrain_of_communes',
      sql.raw(`terrain is null or kind = 'commune' and terrain in (${terrains.map((one) => `'${one}'`).join(', ')})`),
    ),
    check('area_dates_in_order', sql`valid_to is null or valid_to > valid_from`),
    index('area_name_folded_idx').on(t.nameFolded),
    ...lookup('area', 'full_name_vi'),
    ...walls('area', {
      select: anyone,
      insert: holds('area.manage'),
      update: holds('area.manage'),
      public: anyone,
    }),
  ],
).enableRLS();

/** Who lay under whom, from when until when. The tree of a day is read from here. */
export const areaParent = pgTable(
  'area_parent',
  {
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    parentId: integer('parent_id')
      .notNull()
      .references(() => area.id),
    validFrom: date('valid_from').notNull(),
    validTo: date('valid_to'),
  },
  (t) => [
    primaryKey({ columns: [t.areaId, t.validFrom] }),
    index('area_parent_parent_idx').on(t.parentId),
    check('area_parent_not_itself', sql`area_id <> parent_id`),
    ...walls('area_parent', {
      select: anyone,
      insert: holds('area.manage'),
      update: holds('area.manage'),
      public: anyone,
    }),
  ],
).enableRLS();

/** Today's tree, flattened: every area under every one above it, itself at depth 0. Rebuilt by `rebuild_area_tree()`. */
export const areaTree = pgTable(
  'area_tree',
  {
    ancestorId: integer('ancestor_id')
      .notNull()
      .references(() => area.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    depth: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ancestorId, t.areaId] }),
    index('area_tree_area_idx').on(t.areaId, t.depth),
    ...walls('area_tree', { select: anyone, public: anyone }),
  ],
).enableRLS();

/** Other names people know a place by: predecessor units, the old district or province, the other spelling. */
export const areaAlias = pgTable(
  'area_alias',
  {
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    kind: text({ enum: ['predecessor', 'former_district', 'former_province', 'spelling'] }).notNull(),
    name: text().notNull(),
    nameFolded: text('name_folded').notNull(),
    words: folded('name'),
    /** The first day it was no longer the name; null where nobody noted it. */
    validTo: date('valid_to'),
  },
  (t) => [
    primaryKey({ columns: [t.areaId, t.kind, t.name] }),
    index('area_alias_folded_idx').on(t.nameFolded),
    ...lookup('area_alias', 'name'),
    ...walls('area_alias', {
      select: anyone,
      insert: holds('area.manage'),
      delete: holds('area.manage'),
      public: anyone,
    }),
  ],
).enableRLS();
