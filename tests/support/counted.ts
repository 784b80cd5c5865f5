import type { Sql } from 'postgres';
import { expect, test } from './browser';

/** Waits until the demo world's figures are counted: the server may answer before. */
export async function counted(sql: Sql): Promise<void> {
  test.setTimeout(300_000);
  await expect.poll(async () => (await sql`select from figure_run`).count, { timeout: 240_000 }).toBe(1);
}
