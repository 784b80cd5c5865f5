import postgres from 'postgres';
import { beforeAll, expect, it } from 'vitest';
import { connectionOptions } from '@/db/connection';
import { testDatabase } from '../support/database';

/** A restart of the database, a failover, an administrator: a connection ends in the middle of work (scripts/mend-packages.mjs). */
let url: string;
beforeAll(async () => {
  ({ url } = await testDatabase());
});

function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give, given };
}

it('a transaction whose connection is gone is refused all it still asks, and the pool goes on', async () => {
  const lost = signal();
  const again = signal();
  const sql = postgres({ ...connectionOptions(url), max: 1, onnotice: () => {}, onclose: () => lost.give() });
  const other = postgres({ ...connectionOptions(url), max: 1 });
  const answers: string[] = [];
  const answer = (query: Promise<unknown>) =>
    query.then(
      () => answers.push('done'),
      (error: { code: string }) => answers.push(error.code),
    );
  const over = signal();
  const cut = sql.begin(async (tx) => {
    const [mine] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await other`select pg_terminate_backend(${mine?.pid ?? 0})`;
    await lost.given;
    await answer(tx`create table into_nothing ()`);
    await again.given;
    await answer(tx`create table into_the_next_connection ()`);
    over.give();
  });
  await expect(cut).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  again.give();
  await over.given;
  expect(answers).toEqual(['CONNECTION_CLOSED', 'CONNECTION_CLOSED']);
  expect(await sql`select relname from pg_class where relname like 'into_%'`).toEqual([]);
  await Promise.all([sql.end(), other.end()]);
});
