import { sql } from 'drizzle-orm';
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { oneOf } from './checks';
import { anyone, walls } from './walls';

/** Counted by the portal; told by somebody with a source; said in words only (obstacles and proposals). */
export const indicatorKinds = ['computed', 'declared', 'remark'] as const;

/**
 * An indicator's lasting identity. Whether it is computed or declared never changes, and rows of declared figures point to both: a computed
 * one cannot be typed in, whoever asks. What it means from when on stands in `indicator_version`.
 */
export const indicator = pgTable(
  'indicator',
  {
    code: text().primaryKey(),
    kind: text({ enum: indicatorKinds }).notNull(),
    position: integer().notNull(),
  },
  (t) => [
    unique('indicator_code_kind_key').on(t.code, t.kind),
    check('indicator_code_shape', sql`code ~ '^R[0-9]{2}b?$'`),
    check('indicator_kind_known', oneOf('kind', indicatorKinds)),
    ...walls('indicator', { select: anyone, public: anyone }),
  ],
).enableRLS();

/** Where what is counted belongs to: the person's home, the place taught in, the team's roster, or the place somebody speaks of. */
const attributions = ['home', 'taught', 'roster', 'stated'] as const;
const indicatorGrains = ['event', 'person', 'household', 'account', 'place', 'team', 'skill', 'text'] as const;
/** In the period; as it stands at its end; on the day the source names. */
const boundaries = ['inPeriod', 'atEnd', 'onDay'] as const;
/** Of what: nothing; what the cell itself counts; the eligible people declared; what the source says. */
const wholes = ['none', 'figure', 'eligible', 'declared'] as const;

/** What an indicator means from a day on. The current version has no end; old ones are kept. */
export const indicatorVersion = pgTable(
  'indicator_version',
  {
    indicatorCode: text('indicator_code').notNull(),
    kind: text({ enum: indicatorKinds }).notNull(),
    version: integer().notNull(),
    validFrom: date('valid_from').notNull(),
    validTo: date('valid_to'),
    nameVi: text('name_vi').notNull(),
    nameEn: text('name_en').notNull(),
    numeratorVi: text('numerator_vi').notNull(),
    numeratorEn: text('numerator_en').notNull(),
    denominatorVi: text('denominator_vi').notNull(),
    denominatorEn: text('denominator_en').notNull(),
    sourceVi: text('source_vi').notNull(),
    sourceEn: text('source_en').notNull(),
    unit: text().notNull(),
    shownAs: text('shown_as', { enum: ['count', 'share'] }).notNull(),
    grain: text({ enum: indicatorGrains }).notNull(),
    boundary: text({ enum: boundaries }).notNull(),
    attribution: text({ enum: attributions }).notNull(),
    breakdowns: text().array().notNull(),
    /** The measure of `figure` it reads; null for what is not computed, or not yet. */
    measure: text(),
    /** The groups of the measure that are added up; they share nobody. */
    groups: text().array().notNull(),
    whole: text({ enum: wholes }).notNull(),
    wholeGroup: text('whole_group'),
    /** Whether the wording was found in a published report, inferred from several, or is the portal's own. */
    evidence: text({ enum: ['found', 'inferred', 'new'] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.indicatorCode, t.version] }),
    foreignKey({
      name: 'indicator_version_of',
      columns: [t.indicatorCode, t.kind],
      foreignColumns: [indicator.code, indicator.kind],
    }),
    index('indicator_version_of_idx').on(t.indicatorCode, t.kind),
    uniqueIndex('indicator_version_current_idx')
      .on(t.indicatorCode)
      .where(sql`valid_to is null`),
    check('indicator_version_only_computed_measures', sql`kind = 'computed' or (measure is null and groups = '{}')`),
    check('indicator_version_measure_has_groups', sql`(measure is null) = (groups = '{}')`),
    check('indicator_version_whole_group', sql`(whole = 'eligible') = (whole_group is not null)`),
    check(
      'indicator_version_whole_fits',
      sql`case kind when 'declared' then whole in ('none', 'declared') when 'computed' then whole <> 'declared' else whole = 'none' end`,
    ),
    check('indicator_version_share_of_something', sql`shown_as = 'count' or whole <> 'none'`),
    check('indicator_version_shown_as_known', oneOf('shown_as', ['count', 'share'])),
    check('indicator_version_grain_known', oneOf('grain', indicatorGrains)),
    check('indicator_version_boundary_known', oneOf('boundary', boundaries)),
    check('indicator_version_attribution_known', oneOf('attribution', attributions)),
    check('indicator_version_whole_known', oneOf('whole', wholes)),
    check('indicator_version_evidence_known', oneOf('evidence', ['found', 'inferred', 'new'])),
    ...walls('indicator_version', { select: anyone, public: anyone }),
  ],
).enableRLS();
