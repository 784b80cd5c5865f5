import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { person } from './person';
import { ofCardHolder, walls } from './walls';

export const cardEnds = ['replaced', 'withdrawn'] as const;

/**
 * A learner's card: its code, with something only its holder knows, opens that one person's own record (`card_person`). A lost
 * card is ended and another made; who made it is null when the holder did. Written by the system role alone.
 */
export const card = pgTable(
  'card',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    code: text().notNull().unique(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    createdBy: uuid('created_by').references(() => account.id),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    endedWhy: text('ended_why', { enum: cardEnds }),
  },
  (t) => [
    check('card_code_shape', sql`code ~ '^[2346789ACDEFGHJKMNPQRTWXY]{9}$'`),
    check(
      'card_end_known',
      sql`ended_why in ('replaced', 'withdrawn') and ended_at is not null or ended_why is null and ended_at is null`,
    ),
    uniqueIndex('card_one_standing_idx')
      .on(t.personId)
      .where(sql`ended_at is null`),
    index('card_person_idx').on(t.personId, t.createdAt),
    index('card_created_by_idx').on(t.createdBy),
    ...walls('card', {
      // Those who may look people up where the learner lives: they print it.
      select: sql.raw(
        `exists (select from person p where p.id = card.person_id and p.area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}')))`,
      ),
      public: ofCardHolder(),
    }),
  ],
).enableRLS();

/** Every try to open a card, whether its code exists (`person_id`) or not, kept for a month; see `openCard`. */
export const cardAttempt = pgTable(
  'card_attempt',
  {
    id: uuid().primaryKey().defaultRandom(),
    personId: uuid('person_id').references(() => person.id),
    wrong: boolean().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('card_attempt_person_idx').on(t.personId, t.at),
    index('card_attempt_at_idx').on(t.at),
    ...walls('card_attempt', { select: sql`false` }),
  ],
).enableRLS();
