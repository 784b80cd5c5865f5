import fs from 'node:fs';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { connectionOptions } from './connection';

/** Brings a database up to date. Safe to run again and from several processes at once. */
export async function migrate(url: string): Promise<void> {
  const folder = path.join(process.cwd(), 'db/migrations');
  if (!fs.existsSync(path.join(folder, 'meta/_journal.json'))) return;
  const sql = postgres({ ...connectionOptions(url), max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(hashtext('camtay.migrate'))`;
    await runMigrations(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql.end();
  }
}
