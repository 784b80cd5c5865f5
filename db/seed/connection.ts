import postgres from 'postgres';
import { connectionOptions } from '../connection';

export type SeedSql = postgres.Sql;
export type SeedTx = postgres.TransactionSql;

type Cell = string | number | boolean | Date | null;
export type Row = Record<string, Cell>;

/** One connection without a time limit for statements: the demo world comes in a few large ones. */
export function seedConnection(url: string): SeedSql {
  return postgres({
    ...connectionOptions(url),
    max: 1,
    transform: postgres.camel,
    onnotice: () => {},
    connection: { TimeZone: 'Asia/Ho_Chi_Minh', application_name: 'cam-tay-seed' },
  });
}

/**
 * Adds rows in bulk (`columns` names each one's type in SQL) and returns how many were new; a row that is there already
 * stays as it is. One parameter per column, so a hundred thousand rows are a few statements.
 */
export async function insertMany(
  tx: SeedTx,
  table: string,
  columns: Record<string, string>,
  rows: readonly Row[],
  extra = 'on conflict do nothing',
): Promise<number> {
  const names = Object.keys(columns);
  const list = names.join(', ');
  // An array among the columns comes as its text: an array of arrays would be taken for one of two dimensions.
  const isArray = (name: string) => columns[name]?.endsWith('[]');
  const arrays = names.map((name, at) => `$${at + 1}::text[]${isArray(name) ? '' : `::${columns[name]}[]`}`).join(', ');
  const given = names.map((name) => (isArray(name) ? `${name}::${columns[name]}` : name)).join(', ');
  let added = 0;
  for (let from = 0; from < rows.length; from += 10_000) {
    const chunk = rows.slice(from, from + 10_000);
    const values = names.map((name) => arrayText(chunk.map((row) => row[name] ?? null)));
    const done = await tx.unsafe(
      `insert into ${table} (${list}) select ${given} from unnest(${arrays}) as given (${list}) ${extra}`,
      values,
    );
    added += done.count;
  }
  return added;
}

/** A Postgres array literal of these values. */
function arrayText(values: readonly Cell[]): string {
  const quoted = values.map((value) => {
    if (value === null) return 'NULL';
    const text = value instanceof Date ? value.toISOString() : String(value);
    return `"${text.replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${quoted.join(',')}}`;
}
