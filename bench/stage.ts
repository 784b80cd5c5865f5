// Everything the measurements stand on: a durable Postgres with the demo world, the built portal, and an end to all of it.
import { benchSecret } from './form';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { connectionOptions } from '../db/connection';
import { startEmbedded, type Embedded } from '../db/embedded';
import { migrate } from '../db/migrate';
import { seed } from '../db/seed';
import { buildIfNeeded } from '../scripts/build';
import { portalNode } from '../scripts/install.mjs';

const basePort = Number(process.env.BENCH_PORT ?? 3170);
export const portalPort = basePort;
export const baselinePort = basePort + 1;
export const nginxPort = basePort + 2;
export const origin = (port: number) => `http://127.0.0.1:${port}`;

export interface Portal {
  process: ChildProcess;
  /** From the start of the process to the first page served. */
  startMs: number;
  stop: () => Promise<void>;
}

export interface Stage {
  dataDir: string;
  databaseUrl: string;
  /** As the database's owner, to look up and to verify. */
  sql: postgres.Sql;
  /** The Node that serves, which is the one `npm start` would take. */
  node: string;
  portal: (workers?: number, extra?: Record<string, string>) => Promise<Portal>;
  run: (file: string, args: readonly string[], options?: SpawnSettings) => ChildProcess;
}

type SpawnSettings = { env?: Record<string, string>; node?: string; quiet?: boolean };

/** As `npm start` bounds it. */
const memory = ['--max-old-space-size=256', '--max-semi-space-size=16'];
const children = new Set<ChildProcess>();

/** Starts a process that is ended with the bench, however that ends. */
export function start(command: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  children.add(child);
  child.on('exit', () => children.delete(child));
  return child;
}

/** Asks to end, and insists after ten seconds. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(insist);
}

/** Waits until the address answers below 500; gives the milliseconds it took. */
export async function answers(url: string, withinMs = 30_000): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < withinMs) {
    const ok = await fetch(url).then(
      async (answer) => (await answer.arrayBuffer(), answer.status < 500),
      () => false,
    );
    if (ok) return performance.now() - began;
    await sleep(10);
  }
  throw new Error(`${url} did not answer within ${withinMs} ms`);
}

async function startPortal(node: string, databaseUrl: string, workers: number, extra: Record<string, string>) {
  const began = performance.now();
  const server = start(node, [...memory, 'scripts/serve.mjs'], {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: benchSecret,
    PORT: String(portalPort),
    PORTAL_URL: origin(portalPort),
    HOST: '127.0.0.1',
    DEMO: '1',
    TRUST_PROXY: '1',
    WEB_CONCURRENCY: String(workers),
    ...extra,
  });
  await answers(`${origin(portalPort)}/`);
  return { process: server, startMs: performance.now() - began, stop: () => end(server) };
}

function openStage(dataDir: string, embedded: Embedded): Stage {
  const node = process.env.BENCH_NODE || portalNode();
  return {
    dataDir,
    databaseUrl: embedded.url,
    sql: postgres({ ...connectionOptions(embedded.url), max: 2, onnotice: () => {}, transform: postgres.camel }),
    node,
    portal: (workers = 1, extra = {}) => startPortal(node, embedded.url, workers, extra),
    run: (file, args, { env = {} } = {}) => start(node, ['--import', 'tsx', file, ...args], env),
  };
}

/** Sets the stage, lets the work happen on it, and clears it away whatever happened, also when interrupted. */
export async function onStage(work: (stage: Stage) => Promise<void>): Promise<void> {
  const dataDir = path.resolve('.data', `bench-${process.pid}`);
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const embedded = await startEmbedded({ dataDir, purpose: 'portal' });
  const stage = openStage(dataDir, embedded);
  const clear = async () => {
    await Promise.all([...children].map(end));
    await stage.sql.end({ timeout: 1 });
    await embedded.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void clear().then(() => process.exit(1)));
  try {
    await migrate(embedded.url);
    await seed(embedded.url, { demo: true });
    buildIfNeeded();
    await work(stage);
  } finally {
    await clear();
  }
}

/** Resident memory in MB of a process and all below it. */
export function memoryOf(pid: number): number {
  const table = spawnSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' }).stdout;
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = new Set([pid]);
  for (let grew = true; grew;) {
    grew = false;
    for (const [child = 0, parent = 0] of rows) {
      if (below.has(parent) && !below.has(child)) grew = Boolean(below.add(child));
    }
  }
  return rows.reduce((sum, [id = 0, , rss = 0]) => sum + (below.has(id) ? rss / 1024 : 0), 0);
}
