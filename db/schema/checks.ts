import { sql, type SQL } from 'drizzle-orm';

/** The condition of a check: a column holds one of these words. */
export const oneOf = (column: string, values: readonly string[]): SQL =>
  sql.raw(`${column} in (${values.map((value) => `'${value}'`).join(', ')})`);
