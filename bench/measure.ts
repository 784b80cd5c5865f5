// Loads, medians and tables.
import { benchSecret } from './form';
import { spawn, type ChildProcess } from 'node:child_process';
import { z } from 'zod';
import { answers, baselinePort, end, origin, type Stage } from './stage';
import type { Job, Seen } from './load';

export interface Section {
  title: string;
  /** How it was taken, in a sentence or two. */
  how: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** What held or did not hold, said in full. */
  said?: readonly string[];
}

const seen = z.object({
  perSecond: z.number(),
  p50: z.number(),
  p99: z.number(),
  answers: z.object({ '2xx': z.number(), '3xx': z.number(), '4xx': z.number(), '5xx': z.number() }),
  errors: z.number(),
});

/** Runs the load generator once, in its own process. */
export async function load(job: Job): Promise<Seen> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/load.ts', JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 120_000,
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve) => child.on('close', resolve));
  return seen.parse(JSON.parse(text));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 ? high : (high + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

export const figure = (value: number, decimals = 0) =>
  Number.isFinite(value) ? value.toLocaleString('en-US', { maximumFractionDigits: decimals }) : '—';

/** `312 (298–330)`: the median and how far the runs lay apart. */
export function spread(values: readonly number[], decimals = 0): string {
  return `${figure(median(values), decimals)} (${figure(Math.min(...values), decimals)}–${figure(Math.max(...values), decimals)})`;
}

export const runs = Number(process.env.BENCH_RUNS ?? 3);
export const seconds = Number(process.env.BENCH_SECONDS ?? 5);

/** The same work several times, one after the other. */
export async function times<R>(count: number, work: (run: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let run = 0; run < count; run += 1) results.push(await work(run));
  return results;
}

export async function startBaseline(stage: Stage): Promise<ChildProcess> {
  const child = stage.run('bench/baseline.ts', [], {
    env: {
      NODE_ENV: 'production',
      DATABASE_URL: stage.databaseUrl,
      AUTH_SECRET: benchSecret,
      PORT: String(baselinePort),
    },
  });
  await answers(`${origin(baselinePort)}/walls/classes`).catch(async (error: unknown) => {
    await end(child);
    throw error;
  });
  return child;
}

/** An open class with room, as a visitor would find it, with a village of its unit. */
export async function openClasses(stage: Stage, count: number): Promise<{ id: string; villageId: number }[]> {
  return stage.sql<{ id: string; villageId: number }[]>`
    select c.id, c.area_id as village_id from class c
    where c.status = 'published' and exists (
      select from class_session s where s.class_id = c.id and s.status = 'published' and s.starts_at > now() + interval '1 day')
    order by c.id limit ${count}`;
}
