import { sql } from 'drizzle-orm';
import {
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { own, walls } from './walls';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

/**
 * Long work somebody left to the portal: it runs with the rights its account has at that time, is seen by that account alone, and is
 * taken up again when the process that ran it died. Callers only read; the queue is kept by the system role.
 */
export const job = pgTable(
  'job',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Which handler runs it (lib/job/worker.ts). */
    kind: text().notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    /** In which language what it makes is written. */
    language: text({ enum: ['vi', 'en'] }).notNull(),
    input: jsonb().notNull().default({}),
    /** What was sent with it, and what it made: erased at `kept_until`. */
    file: bytea(),
    fileName: text('file_name'),
    output: bytea(),
    outputName: text('output_name'),
    state: text({ enum: jobStates }).notNull().default('queued'),
    progress: integer().notNull().default(0),
    /** Of how much; null while that is not known. */
    total: integer(),
    result: jsonb(),
    /** Why it failed: a key under `errors`. */
    reason: text(),
    attempts: integer().notNull().default(0),
    /** Of the token under which it runs now; whoever took it up later has another, and the earlier one's is worth nothing. */
    tokenHash: bytea('token_hash'),
    leaseUntil: timestamp('lease_until', { withTimezone: true }),
    keptUntil: timestamp('kept_until', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (t) => [
    check('job_kind_shape', sql`kind ~ '^[a-z_]{1,40}$'`),
    check('job_language_known', sql`language in ('vi', 'en')`),
    check('job_state_known', sql.raw(`state in (${jobStates.map((state) => `'${state}'`).join(', ')})`)),
    check('job_token_while_running', sql`(state = 'running') = (token_hash is not null and lease_until is not null)`),
    check('job_end_known', sql`(state in ('done', 'failed', 'cancelled')) = (finished_at is not null)`),
    check('job_failure_says_why', sql`(state = 'failed') = (reason is not null)`),
    check('job_progress_range', sql`progress >= 0 and (total is null or total >= 0)`),
    index('job_account_idx').on(t.accountId, t.createdAt),
    index('job_area_idx').on(t.areaId),
    index('job_waiting_idx')
      .on(t.createdAt)
      .where(sql`state in ('queued', 'running')`),
    index('job_kept_idx')
      .on(t.keptUntil)
      .where(sql`kept_until is not null`),
    uniqueIndex('job_token_idx').on(t.tokenHash),
    ...walls('job', { select: own() }),
  ],
).enableRLS();
