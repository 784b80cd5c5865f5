import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { connectionOptions } from '../../db/connection';

/** Where the test server leaves the address of its database. */
export const noteOf = (port: string | number) => path.resolve('.data', `test-server-${port}`);

/** The database of the test server at that address, as its owner, who passes every wall. End it when the suite ends. */
export function serverDatabase(baseURL: string | undefined): postgres.Sql {
  const url = fs.readFileSync(noteOf(new URL(baseURL ?? '').port), 'utf8');
  return postgres({ ...connectionOptions(url), max: 2, onnotice: () => {}, transform: postgres.camel });
}

/** By this the test server's portals know their own requests for the readable pages of trouble. */
export const troubleMark = 'only-for-tests';

/**
 * For whoever looks at the status alone: where a page is not found or not theirs, the portal does not make a second one to be read, in
 * which nobody would look.
 */
export const statusAlone = { 'x-portal-trouble': troubleMark };

/** Tables a request may touch by being made: they count attempts. */
const countsAttempts = ['sign_in_attempt', 'slip_attempt', 'card_attempt'];

/** Sets the counters of wrong passwords and codes back. */
export async function forgetAttempts(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(countsAttempts.map((table) => `delete from ${table}`).join('; '));
}

/**
 * A fingerprint of everything stored: rows and newest change of each table. Equal before and after means nothing was written:
 * an insert or update has a transaction number (`xmin`) above all before it, a delete takes a row away. (Told by ages, which are numbers;
 * casting each `xmin` takes three times as long.) Left out: what a request may touch by being made (attempts; when a sign-in was last
 * used; readings written down), what a worker computes, and how far it is with work that was left to it.
 */
export async function fingerprint(sql: postgres.Sql): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public'
    and tablename <> all (${countsAttempts}) and tablename not like 'figure%' order by 1`;
  const markOf = ({ name }: { name: string }) => {
    const newest =
      name === 'auth_session'
        ? sql`count(*) filter (where ended_at is null)`
        : name === 'job'
          ? sql`count(*) filter (where state <> 'cancelled')`
          : sql`coalesce(age('3'::xid) - min(age(xmin)), 0)`;
    return sql`select ${name} as name, count(*) || ' rows, newest ' || ${newest} as mark from ${sql(name)}
      ${name === 'audit_event' ? sql`where action not in ('person.read', 'card.read') and action not like 'account.sign_%'` : sql``}`;
  };
  const [first, ...others] = tables.map(markOf);
  const marks = await sql<{ name: string; mark: string }[]>`
    ${first ?? sql`select 'none' as name, '' as mark`} ${others.map((each) => sql`union all ${each}`)}`;
  return Object.fromEntries(marks.map(({ name, mark }) => [name, mark]));
}

/** The tables in which two fingerprints differ. */
export function wrote(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string[] {
  return Object.keys({ ...before, ...after }).filter((table) => after[table] !== before[table]);
}

/** The key scripts/test-server.ts starts the portal with. */
const testSecret = 'only-for-tests-only-for-tests-only-for-tests';

/** The mark of a sign-up form rendered so many seconds ago, as `stampFor` makes it: tests do not wait three seconds. */
export function agedStamp(classId: string, seconds = 60): string {
  const at = Math.floor(Date.now() / 1000 - seconds).toString(36);
  return `${at}.${createHmac('sha256', testSecret).update(`form.${classId}.${at}`).digest('base64url')}`;
}
