import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { connectionOptions, withDatabase } from '../../db/connection';
import { startEmbedded } from '../../db/embedded';
import { migrate } from '../../db/migrate';
import { seed } from '../../db/seed';

export type TestDatabase = { url: string; drop: () => Promise<void> };

/** For vitest: one Postgres in memory for the whole run, with one migrated template holding the real units and skills. */
export default async function setup(): Promise<() => Promise<void>> {
  const embedded = await startEmbedded({ dataDir: '.data', purpose: 'test' });
  await migrate(embedded.url);
  await seed(embedded.url, { demo: false });
  process.env.TEST_DATABASE_URL = embedded.url;
  return embedded.stop;
}

async function inPostgres(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres({ ...connectionOptions(withDatabase(url, 'postgres')), max: 1, onnotice: () => {} });
  try {
    await work(sql);
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
    drop: () => inPostgres(template, (sql) => sql`DROP DATABASE IF EXISTS ${sql(name)} WITH (FORCE)`),
  };
}

/**
 * A database of this test file's own, dropped when the file ends. It also becomes the process's DATABASE_URL, so call it in
 * `beforeAll` before anything connects.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const template = process.env.TEST_DATABASE_URL;
  if (!template) throw new Error('testDatabase() is for tests run by vitest');
  const { afterAll } = await import('vitest');
  const database = await cloneDatabase(template);
  process.env.DATABASE_URL = database.url;
  try {
    afterAll(database.drop);
  } catch {
    // called inside a hook: then the run's own end removes it, memory and all
  }
  return database;
}
