import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { connectionOptions, withDatabase } from '../../db/connection';
import { dayOf } from '../../lib/kernel/clock';

export type TestDatabase = { url: string; drop: () => Promise<void> };

/** Makes that database the template of tests: migrated, with the real units and skills. */
export async function makeTemplate(url: string): Promise<void> {
  const { migrate } = await import('../../db/migrate');
  const { seed } = await import('../../db/seed');
  await migrate(url);
  await seed(url, { demo: false });
}

/**
 * For vitest: one Postgres in memory for the whole run, with one template. In the whole check it is the browser tests', whose template and
 * demo world are there already (TEST_TEMPLATE); of its own databases a run leaves none there. What makes a Postgres is fetched here only:
 * it takes most of a second, and every test file has this one.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const given = process.env.TEST_TEMPLATE;
  if (given) {
    process.env.TEST_DATABASE_URL = given;
    const before = await copies(given);
    return async () => {
      const left = (await copies(given)).filter((name) => !before.includes(name));
      await inPostgres(given, async (sql) => {
        for (const name of left) await sql`DROP DATABASE IF EXISTS ${sql(name)} WITH (FORCE)`;
      });
    };
  }
  const { startEmbedded } = await import('../../db/embedded');
  const embedded = await startEmbedded({ dataDir: '.data', purpose: 'test' });
  await makeTemplate(embedded.url);
  process.env.TEST_DATABASE_URL = embedded.url;
  return embedded.stop;
}

/** The names of the databases that were copied from a template of tests, or are one of a demo world. */
const copies = (url: string) =>
  inPostgres(url, async (sql) =>
    (await sql<{ name: string }[]>`select datname as name from pg_database where datname ~ '^(test|demo)_'`).map(
      ({ name }) => name,
    ),
  );

async function inPostgres<R>(url: string, work: (sql: postgres.Sql) => Promise<R>): Promise<R> {
  const sql = postgres({ ...connectionOptions(withDatabase(url, 'postgres')), max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

/** A private copy of the template, in some 50 ms. `drop` ends whatever is still connected to it. */
export async function cloneDatabase(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const from = connectionOptions(template).database;
  await inPostgres(template, async (sql) => {
    // Two clones at once are fine, a clone while somebody is connected to the template is not: wait a moment.
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await sql`CREATE DATABASE ${sql(name)} TEMPLATE ${sql(from)} STRATEGY FILE_COPY`;
      } catch (error) {
        if (attempt > 20 || !(error instanceof postgres.PostgresError) || error.code !== '55006') throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  });
  return {
    url: withDatabase(template, name),
    drop: async () => {
      await inPostgres(template, (sql) => sql`DROP DATABASE IF EXISTS ${sql(name)} WITH (FORCE)`);
    },
  };
}

/** The demo world of today, made by whoever asks for it first in a run; nobody but a copy connects to it. Returns its address. */
export function demoTemplate(url: string): Promise<string> {
  const name = `demo_${dayOf(new Date()).replaceAll('-', '_')}`;
  return inPostgres(url, async (sql) => {
    // One makes it, the others wait; the connection's end lets go.
    await sql`select pg_advisory_lock(hashtext('the demo world'))`;
    const [there] = await sql`select from pg_database where datname = ${name}`;
    if (!there) {
      const { seed } = await import('../../db/seed');
      const begun = await cloneDatabase(url);
      if (!(await seed(begun.url, { demo: true })).demo) throw new Error('the template of tests is not empty');
      // It has its name only once it is whole.
      await sql`ALTER DATABASE ${sql(connectionOptions(begun.url).database)} RENAME TO ${sql(name)}`;
    }
    return withDatabase(url, name);
  });
}

/**
 * A database of this test file's own, dropped when the file ends; with `demo` it holds the demo world of today. It also becomes the
 * process's DATABASE_URL, so call it in `beforeAll` before anything connects.
 */
export async function testDatabase({ demo = false } = {}): Promise<TestDatabase> {
  const template = process.env.TEST_DATABASE_URL;
  if (!template) throw new Error('testDatabase() is for tests run by vitest');
  const { afterAll } = await import('vitest');
  const database = await cloneDatabase(demo ? await demoTemplate(template) : template);
  process.env.DATABASE_URL = database.url;
  try {
    afterAll(database.drop);
  } catch {
    // called inside a hook: then the run's own end removes it, memory and all
  }
  return database;
}
