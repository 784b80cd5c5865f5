import type postgres from 'postgres';
import { dayAfter, halfEnds, periodsOf, type Expected } from './reference';

/** The figures as stored, in the same shape; of what is shown also what is hidden: counted, and not there or empty. */
export async function storedFigures(
  sql: postgres.Sql,
  table: 'figure' | 'figure_exact' | 'figure_own' = 'figure',
): Promise<Expected> {
  const rows = await sql<{ key: string; value: string }[]>`
    select area_id || ' ' || period || ' ' || measure || ' ' || grp as key, coalesce(value || '/' || denominator, 'hidden') as value from ${sql(table)}`;
  const stored = new Map(rows.flatMap((row) => (/ s20/.test(row.key) ? [] : [[row.key, row.value]])));
  if (table !== 'figure') for (const [key, value] of await standing(sql, table)) stored.set(key, value);
  if (table === 'figure')
    for (const key of (await storedFigures(sql, 'figure_exact')).keys())
      if (!stored.has(key)) stored.set(key, 'hidden');
  return stored;
}

/** How things stood at the end of each period that has begun, from the changes kept: up to the half-month the figures were carried forward to. */
async function standing(sql: postgres.Sql, table: 'figure_exact' | 'figure_own'): Promise<Expected> {
  const changes = await sql<{ where: number; what: string; half: string; value: number; denominator: number }[]>`
    select area_id as where, measure || ' ' || grp as what, substr(period, 2) as half, value, denominator from ${sql(table)} where period like 's%'`;
  const [run] = await sql<{ half: string }[]>`select half::text from figure_run`;
  const periods = new Map<string, string>();
  const until = run ? halfEnds(run.half) : '';
  for (let day = '2024-01-01'; day < until; day = dayAfter(day))
    for (const { key, end } of periodsOf(day)) periods.set(key, end);
  const found = new Map<string, [number, number]>();
  for (const { where, what, half, value, denominator } of changes)
    for (const [key, end] of periods) {
      if (half >= end) continue;
      const sum = found.get(`${where} ${key} ${what}`);
      if (!sum) found.set(`${where} ${key} ${what}`, [value, denominator]);
      else {
        sum[0] += value;
        sum[1] += denominator;
      }
    }
  return new Map(
    [...found].flatMap(([key, [value, of]]) => (of === 0 && value === 0 ? [] : [[key, `${value}/${of}`]])),
  );
}
