import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { oneOf } from './checks';
import { teamMember } from './class';
import { walls, within } from './walls';

/** Why a card ended before its time; strangers are never told which. `left` is written by a trigger. */
export const helperCardEnds = ['replaced', 'left', 'lost', 'mistake', 'other'] as const;

/** Lies where its member does, who is still of the team. */
const ofAMemberNow = sql.raw(
  'exists (select from team_member m where m.id = helper_card.member_id and m.area_id = helper_card.area_id and m.left_on is null)',
);

/**
 * A helper's card: what somebody of a team shows at a door. Strangers never read the
 * row: whether a code holds today is answered by `checkedHelperCard`. At most a year; two cards of one member never hold on the same day (an exclusion constraint); one that was
 * revoked stays so, and leaving the team revokes it (triggers).
 */
export const helperCard = pgTable(
  'helper_card',
  {
    id: uuid().primaryKey().defaultRandom(),
    memberId: uuid('member_id')
      .notNull()
      .references(() => teamMember.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    code: text().notNull().unique(),
    validFrom: date('valid_from').notNull(),
    /** The last day it holds. */
    validUntil: date('valid_until').notNull(),
    issuedAt: timestamp('issued_at', { withTimezone: true }).notNull().defaultNow(),
    issuedBy: uuid('issued_by').references(() => account.id),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    revokedBy: uuid('revoked_by').references(() => account.id),
    revokedBecause: text('revoked_because', { enum: helperCardEnds }),
    revokedNote: text('revoked_note').notNull().default(''),
  },
  (t) => [
    check('helper_card_code_shape', sql`code ~ '^[2346789ACDEFGHJKMNPQRTWXY]{10}$'`),
    check('helper_card_a_year', sql`valid_until >= valid_from and valid_until < valid_from + interval '1 year'`),
    check('helper_card_end_known', oneOf('revoked_because', helperCardEnds)),
    check('helper_card_revocation_whole', sql`(revoked_at is null) = (revoked_because is null)`),
    index('helper_card_member_idx').on(t.memberId, t.issuedAt),
    index('helper_card_area_idx').on(t.areaId),
    index('helper_card_issued_by_idx').on(t.issuedBy),
    index('helper_card_revoked_by_idx').on(t.revokedBy),
    ...walls('helper_card', {
      // Whoever reads a code can copy the card: those who print it, and nobody else of the unit.
      select: within('class.write'),
      insert: sql`${within('class.write')} and ${ofAMemberNow}`,
      update: within('class.write'),
    }),
  ],
).enableRLS();
