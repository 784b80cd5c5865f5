import postgres from 'postgres';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connectionOptions } from '../../db/connection';
import { checkBeforeServing } from '../../lib/access/boot';
import { closePool } from '../../lib/access/scoped';
import { testDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
const secret = process.env.AUTH_SECRET;

beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  process.env.AUTH_SECRET = secret;
  await closePool();
});

async function setHere(setting: string, value: string): Promise<void> {
  const sql = postgres({ ...connectionOptions(database.url), max: 1 });
  await sql.unsafe(`alter database "${connectionOptions(database.url).database}" set ${setting} = ${value}`);
  await sql.end();
}

describe('the portal refuses to start', () => {
  test('not on a sound database with a sound secret', async () => {
    await expect(checkBeforeServing()).resolves.toBeUndefined();
  });

  test.each([undefined, '', 'short'])('with the secret %j', async (given) => {
    if (given === undefined) delete process.env.AUTH_SECRET;
    else process.env.AUTH_SECRET = given;
    await expect(checkBeforeServing()).rejects.toThrow('AUTH_SECRET');
  });

  test('on a database that may lose what it confirmed', async () => {
    await setHere('synchronous_commit', 'off');
    await expect(checkBeforeServing()).rejects.toThrow('synchronous_commit');
    await setHere('synchronous_commit', 'on');
  });
});
