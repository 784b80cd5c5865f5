import { sql } from 'drizzle-orm';
import { boolean, check, date, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { anyone, holds, walls } from './walls';

export const skillDomain = pgTable(
  'skill_domain',
  {
    code: text().primaryKey(),
    nameVi: text('name_vi').notNull(),
    nameEn: text('name_en').notNull(),
    position: integer().notNull(),
  },
  () =>
    walls('skill_domain', {
      select: anyone,
      insert: holds('skill.manage'),
      update: holds('skill.manage'),
      public: anyone,
    }),
).enableRLS();

/** A skill's lasting identity: what observations and lessons point to. Its wording lives in `skill_version`. */
export const skill = pgTable(
  'skill',
  {
    code: text().primaryKey(),
    domainCode: text('domain_code')
      .notNull()
      .references(() => skillDomain.code),
    position: integer().notNull(),
  },
  (t) => [
    index('skill_domain_idx').on(t.domainCode),
    ...walls('skill', { select: anyone, insert: holds('skill.manage'), update: holds('skill.manage'), public: anyone }),
  ],
).enableRLS();

/** The wording and standing of a skill from a day on. The current one has no end; old ones are kept. */
export const skillVersion = pgTable(
  'skill_version',
  {
    skillCode: text('skill_code')
      .notNull()
      .references(() => skill.code),
    version: integer().notNull(),
    validFrom: date('valid_from').notNull(),
    validTo: date('valid_to'),
    level: integer().notNull(),
    core: boolean().notNull(),
    titleVi: text('title_vi').notNull(),
    titleEn: text('title_en').notNull(),
    canDoVi: text('can_do_vi').notNull(),
    canDoEn: text('can_do_en').notNull(),
    evidenceVi: text('evidence_vi').notNull(),
    digcompArea: text('digcomp_area').notNull(),
    nationalRef: text('national_ref').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.skillCode, t.version] }),
    uniqueIndex('skill_version_current_idx')
      .on(t.skillCode)
      .where(sql`valid_to is null`),
    check('skill_version_level_range', sql`level between 1 and 4`),
    ...walls('skill_version', {
      select: anyone,
      insert: holds('skill.manage'),
      update: holds('skill.manage'),
      public: anyone,
    }),
  ],
).enableRLS();
