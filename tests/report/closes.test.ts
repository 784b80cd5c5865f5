import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { reportScene } from './scene';

let scene: Awaited<ReturnType<typeof reportScene>>;

beforeAll(async () => {
  scene = await reportScene();
  await scene.clear();
});
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

/** What the database says to a report of the ward that would close on that day, begun by its leader. */
async function begun(period: string, closes: string): Promise<string> {
  const { here } = scene.cast;
  try {
    const rows = await scene.as(
      'unit_leader',
      here,
      (tx) => tx`insert into report (area_id, period, closes_on) values (${here.unitId}, ${period}, ${closes})`,
    );
    return `${rows.count} begun`;
  } catch (error) {
    return error instanceof postgres.PostgresError ? (error.constraint_name ?? error.code) : String(error);
  }
}

test.each([
  ['k2026-03', '2026-01-01', '2026-03-15'],
  ['k2026-q2', '2026-03-15', '2026-06-15'],
  ['k2026', '2026-11-15', '2026-12-15'],
])('the day %s closes is the period’s own, whatever is sent: nobody signs it before', async (period, early, closes) => {
  expect(await begun(period, early)).toBe('report_closes_with_period');
  expect(await begun(period, closes)).toBe('1 begun');
});
