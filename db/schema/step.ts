import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { oneOf } from './checks';
import { person } from './person';
import { anyone, holds, ofCardHolder, reaches, walls } from './walls';

/**
 * What somebody needs before skills can be learnt, in the order in which one needs it, with what to ask and what to do for whoever stops
 * there. One that is asked no more is retired; what was answered keeps its name.
 */
export const step = pgTable(
  'step',
  {
    code: text().primaryKey(),
    position: integer().notNull(),
    nameVi: text('name_vi').notNull(),
    nameEn: text('name_en').notNull(),
    askVi: text('ask_vi').notNull(),
    askEn: text('ask_en').notNull(),
    nextVi: text('next_vi').notNull(),
    nextEn: text('next_en').notNull(),
    howVi: text('how_vi').notNull(),
    howEn: text('how_en').notNull(),
    retiredAt: timestamp('retired_at', { withTimezone: true }),
  },
  () => [
    check('step_code_shape', sql`code ~ '^[a-z][a-z_]{1,29}$'`),
    ...walls('step', { select: anyone, public: anyone }),
  ],
).enableRLS();

export const stepAnswers = ['yes', 'no', 'unknown'] as const;
export const stepSources = ['self', 'seen', 'relative', 'list'] as const;

/**
 * An answer to one step, of one person, as somebody said or saw it on a day. Appended only; the newest of a person and step counts. Holds no
 * number of a card, a phone or an account, no balance, no picture. Withdrawn means gone.
 */
export const stepRecord = pgTable(
  'step_record',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    stepCode: text('step_code')
      .notNull()
      .references(() => step.code),
    answer: text({ enum: stepAnswers }).notNull(),
    source: text({ enum: stepSources }).notNull(),
    /** When it was said or seen; `recordedAt` is when it was written down. */
    at: timestamp({ withTimezone: true }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
    /** The caller, whatever is sent (a trigger sees to it). */
    recordedBy: uuid('recorded_by').references(() => account.id),
    /** Of the form, or of the device's act: sent twice it is one. */
    key: uuid().notNull(),
  },
  (t) => [
    check('step_record_answer_known', oneOf('answer', stepAnswers)),
    check('step_record_source_known', oneOf('source', stepSources)),
    uniqueIndex('step_record_key_idx').on(t.key, t.stepCode),
    index('step_record_newest_idx').on(t.personId, t.stepCode, t.at, t.recordedAt, t.id),
    index('step_record_step_idx').on(t.stepCode),
    index('step_record_recorded_by_idx').on(t.recordedBy),
    ...walls('step_record', {
      // Whoever reads somebody of another unit with a purpose is not shown these.
      select: sql.raw(
        `exists (select from person p where p.id = step_record.person_id) and not person_id = ANY (COALESCE((SELECT outside_people()), '{}'))`,
      ),
      insert: sql`${holds('register.write')} and ${reaches('person_id')}`,
      public: ofCardHolder(),
    }),
  ],
).enableRLS();
