import fs from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionOptions } from '@/db/connection';
import { startEmbedded } from '@/db/embedded';
import { isAlive } from '@/db/processes';
import { cloneDatabase, testDatabase } from '../support/database';

describe('a test’s database', () => {
  let sql: postgres.Sql;
  beforeAll(async () => {
    sql = postgres(connectionOptions((await testDatabase()).url));
  });
  afterAll(() => sql.end());

  it('sorts Vietnamese as people do', async () => {
    const rows =
      await sql`SELECT x FROM unnest(ARRAY['Đức', 'Dũng', 'Éo', 'An', 'Ân', 'Ánh']) x ORDER BY x COLLATE "vi-x-icu"`;
    expect(rows.map(({ x }) => x)).toEqual(['An', 'Ánh', 'Ân', 'Dũng', 'Đức', 'Éo']);
  });

  it('is its own: what one test file writes, another never sees', async () => {
    await sql`CREATE TABLE mine (id int)`;
    const other = await cloneDatabase(process.env.TEST_DATABASE_URL ?? '');
    const elsewhere = postgres(connectionOptions(other.url));
    expect((await elsewhere`SELECT to_regclass('mine') AS found`)[0]?.found).toBeNull();
    await elsewhere.end();
    await other.drop();
  });
});

describe('the embedded Postgres', () => {
  const dataDir = fs.mkdtempSync(path.join('/tmp', 'cam-tay-unit-'));
  fs.chmodSync(dataDir, 0o711);
  afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));
  const ask = async (url: string, query: string) => {
    const sql = postgres({ ...connectionOptions(url), max: 1 });
    const rows = await sql.unsafe(query);
    await sql.end();
    return rows[0];
  };

  it('never loses what was committed: durable, and found again after being killed', async () => {
    const first = await startEmbedded({ dataDir, purpose: 'portal' });
    const settings = `SELECT current_setting('fsync') || current_setting('full_page_writes') || current_setting('synchronous_commit') AS all`;
    expect(await ask(first.url, settings)).toEqual({ all: 'ononon' });
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(first.pid, 'SIGKILL');
    const second = await startEmbedded({ dataDir, purpose: 'portal' });
    expect(second.pid).not.toBe(first.pid);
    expect(await ask(second.url, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
    const third = await startEmbedded({ dataDir, purpose: 'portal', holder: process.ppid });
    expect(third).toMatchObject({ pid: second.pid, adopted: true });
    await second.stop();
    expect(await ask(third.url, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
    await third.stop();
    expect(isAlive(second.pid)).toBe(false);
  }, 60_000);

  it('is closed to other accounts', () => {
    expect(fs.statSync(path.join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
    expect(fs.statSync(path.join(dataDir, 'postgres', 'run')).mode & 0o777).toBe(0o700);
  });
});
