import { asSystem } from './scoped';

/** Settings without which a confirmed sign-up could be lost in a power cut. */
const durable = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/** `RETURNING old.…, new.…` came with Postgres 18. */
const oldest = 180_000;

/**
 * Refuses to start on a missing or short secret, or on a database that is too old or may lose what it confirmed. Throws with what to do.
 */
export async function checkBeforeServing(): Promise<void> {
  if ((process.env.AUTH_SECRET ?? '').length < 32) {
    throw new Error('AUTH_SECRET is missing or shorter than 32 characters. Make one with: openssl rand -base64 33');
  }
  const version = await asSystem('boot: does the database know what we ask', async (tx) => {
    const [row] = await tx<{ version: number }[]>`select current_setting('server_version_num')::integer as version`;
    return row?.version ?? 0;
  });
  if (version < oldest)
    throw new Error(
      'The database is older than Postgres 18. Update it, or leave DATABASE_URL unset to use the embedded one.',
    );
  const unsafe = await asSystem('boot: is the database durable', async (tx) => {
    const rows = await tx<
      { name: string; setting: string }[]
    >`select name, setting from pg_settings where name in ${tx(durable)}`;
    return rows.filter(({ setting }) => setting === 'off').map(({ name }) => name);
  });
  if (unsafe.length > 0) {
    throw new Error(
      `The database runs with ${unsafe.join(', ')} off and could lose what it confirmed. Turn it on (postgresql.conf), then start again.`,
    );
  }
}

/** The same, for the server process: says why on standard error and ends the process. */
export async function refuseToServeUnsafely(): Promise<void> {
  try {
    await checkBeforeServing();
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n\n`);
    process.exit(1);
  }
}
