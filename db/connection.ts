import type { Options } from 'postgres';

export type ConnectionOptions = Pick<Options<Record<string, never>>, 'ssl' | 'connect_timeout'> & {
  host: string;
  port: number;
  database: string;
  username: string;
  password?: string;
};

const sslModes = {
  disable: false,
  allow: 'allow',
  prefer: 'prefer',
  require: 'require',
  'verify-full': 'verify-full',
} as const;

function sslOf(url: URL): ConnectionOptions['ssl'] {
  const mode = url.searchParams.get('sslmode') ?? 'disable';
  if (mode === 'verify-ca') return 'verify-full';
  for (const [name, value] of Object.entries(sslModes)) if (name === mode) return value;
  throw new Error(`DATABASE_URL: sslmode must be one of ${Object.keys(sslModes).join(', ')}`);
}

/**
 * Options for `postgres()` from an address as libpq (psql, pg_dump) writes it. A Unix socket is named by
 * `?host=/folder&user=name`, since postgres.js takes no folder inside an address. Throws without ever quoting the
 * address: it may hold a password.
 */
export function connectionOptions(address: string): ConnectionOptions {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new Error('DATABASE_URL: must look like postgres://user:password@host:5432/database');
  }
  const setting = (name: string) => url.searchParams.get(name);
  const username = decodeURIComponent(url.username) || setting('user') || 'postgres';
  const password = decodeURIComponent(url.password) || setting('password') || undefined;
  const timeout = Number(setting('connect_timeout') ?? 10);
  return {
    host: setting('host') ?? (decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost'),
    port: Number(url.port || setting('port') || 5432),
    database: decodeURIComponent(url.pathname.slice(1)) || setting('dbname') || username,
    username,
    ...(password === undefined ? {} : { password }),
    ssl: sslOf(url),
    connect_timeout: Number.isFinite(timeout) && timeout > 0 ? timeout : 10,
  };
}

/** The same server and user, another database. */
export function withDatabase(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.toString();
}
