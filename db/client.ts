import postgres from 'postgres';
import { connectionOptions } from './connection';

/** How rows look in code: camelCase columns, counts as numbers, dates (without time) as `yyyy-mm-dd` text. */
const types = {
  bigint: { to: 20, from: [20], parse: Number, serialize: String },
  date: { to: 1082, from: [1082], parse: (text: string) => text, serialize: (text: string) => text },
};

export type Client = postgres.Sql<{ bigint: number; date: string }>;
export type Transaction = postgres.TransactionSql<{ bigint: number; date: string }>;

/** A pool of connections: only the doors may hold one. They begin in `role`, left out as the database's owner. */
export function connect(url: string, max: number, role?: 'camtay_public'): Client {
  return postgres({
    ...connectionOptions(url),
    max,
    idle_timeout: 60,
    transform: { ...postgres.camel, undefined: null },
    types,
    onnotice: () => {},
    connection: {
      TimeZone: 'Asia/Ho_Chi_Minh',
      application_name: 'cam-tay',
      ...(role && { role }),
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  });
}
