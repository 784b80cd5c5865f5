import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import {
  assertOwned,
  canEnter,
  isRoot,
  postgresBinaries,
  serviceUser,
  systemFolder,
  type ServiceUser,
} from './binaries';
import { connectionOptions } from './connection';
import { halt, isAlive, worksIn } from './processes';

export type Embedded = {
  /** For `connectionOptions()`, psql and DATABASE_URL. */
  url: string;
  pid: number;
  /** True when it was already running: an earlier portal was killed, or another one runs. */
  adopted: boolean;
  /** Stops Postgres, unless another living process uses it too. */
  stop: () => Promise<void>;
};

type Wanted = {
  dataDir: string;
  purpose: Purpose;
  /** The process that uses it, when that is not the one that starts it. */
  holder?: number;
};

type Purpose = 'portal' | 'test';
type Place = { base: string; cluster: string; log: string; sockets: string; user: ServiceUser };

const name = 'camtay';
const startWithinMs = 60_000;
const bareEnv: NodeJS.ProcessEnv = { NODE_ENV: 'production', PATH: process.env.PATH, LC_ALL: 'C' };

const common = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  jit: 'off',
  random_page_cost: '1.1',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  // Statements and key values hold people's names and phones: they never reach a log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

const settings: Record<Purpose, Record<string, string>> = {
  portal: {
    ...common,
    max_connections: '60',
    shared_buffers: '128MB',
    effective_cache_size: '1GB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '1GB',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
  },
  test: {
    ...common,
    max_connections: '200',
    shared_buffers: '128MB',
    // As durable as the real one, so that the portal boots on it as it would on that: in memory it costs next to nothing.
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '512MB',
    file_copy_method: 'clone',
    autovacuum: 'on',
  },
};

/**
 * Starts the Postgres that npm brought along, or adopts the one that already runs on the same data. It listens on a Unix
 * socket in a private folder only. `portal` keeps its data under `dataDir/postgres` and is durable; `test` lives in memory,
 * is not durable and disappears when stopped. Recovers by itself from any process having been killed.
 */
export async function startEmbedded({ dataDir, purpose, holder = process.pid }: Wanted): Promise<Embedded> {
  if (process.platform === 'win32') throw new Error('The embedded Postgres does not run on Windows: set DATABASE_URL.');
  const place = purpose === 'test' ? testPlace() : portalPlace(path.resolve(dataDir));
  const bin = postgresBinaries(path.resolve(dataDir));
  if (!fs.existsSync(place.cluster)) initialise(bin, place, purpose);
  takeLease(place, holder);
  const stop = () => release(place, holder, purpose);
  try {
    const { pid, adopted } = await run(bin, place, purpose);
    const url = `postgres:///${name}?host=${encodeURIComponent(place.sockets)}&user=${name}`;
    await ensureDatabase(url);
    return { url, pid, adopted, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Gives up `holder`'s use of the portal's Postgres, and stops it when that was the last. Fine when none runs. */
export async function stopEmbedded({
  dataDir,
  holder = process.pid,
}: {
  dataDir: string;
  holder?: number;
}): Promise<void> {
  if (!fs.existsSync(path.join(dataDir, 'postgres', 'cluster'))) return;
  await release(portalPlace(path.resolve(dataDir)), holder, 'portal');
}

async function release(place: Place, holder: number, purpose: Purpose): Promise<void> {
  fs.rmSync(leaseOf(place, holder), { force: true });
  const pid = runningPid(place);
  if (pid && !othersUse(place)) await halt(pid);
  if (purpose === 'test')
    for (const folder of [place.base, place.sockets]) fs.rmSync(folder, { recursive: true, force: true });
}

function ownFolder(folder: string, user: ServiceUser): string {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user && fs.lstatSync(folder).uid === 0) fs.chownSync(folder, user.uid, user.gid);
  fs.chmodSync(folder, 0o700);
  assertOwned(folder, user?.uid ?? process.getuid?.() ?? 0, 0o077);
  return folder;
}

function placeAt(base: string, user: ServiceUser): Place {
  ownFolder(base, user);
  // The address of a Unix socket holds 107 bytes at most: a deep folder gets a short private stand-in.
  const beside = path.join(base, 'run');
  const short = path.join(os.tmpdir(), `cam-tay-${createHash('sha256').update(base).digest('hex').slice(0, 16)}`);
  const sockets = ownFolder(Buffer.byteLength(beside) <= 85 ? beside : short, user);
  return { base, cluster: path.join(base, 'cluster'), log: path.join(base, 'postgres.log'), sockets, user };
}

/** `dataDir/postgres` is the place itself, or a link to it when root's lesser account cannot enter `dataDir`. */
function portalPlace(dataDir: string): Place {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const wanted = path.join(dataDir, 'postgres');
  const user = serviceUser(path.join(wanted, 'cluster'));
  if (!fs.existsSync(wanted) && !canEnter(dataDir, user)) {
    fs.rmSync(wanted, { force: true });
    const elsewhere = path.join(systemFolder(), `data-${randomBytes(6).toString('hex')}`);
    fs.mkdirSync(elsewhere, { mode: 0o700 });
    fs.symlinkSync(elsewhere, wanted);
  }
  const base = fs.existsSync(wanted) ? fs.realpathSync(wanted) : wanted;
  const owner = fs.statSync(base, { throwIfNoEntry: false })?.uid;
  if (!isRoot() && owner !== undefined && owner !== process.getuid?.()) {
    throw new Error(
      `${wanted} belongs to another user: start as that user (or root), or set DATA_DIR to another folder.`,
    );
  }
  return placeAt(base, user);
}

function testPlace(): Place {
  const user = serviceUser('/nonexistent');
  const memory = fs.existsSync('/dev/shm') ? fs.statfsSync('/dev/shm') : null;
  const roomy = memory !== null && memory.bavail * memory.bsize > 700_000_000;
  const root = roomy ? '/dev/shm' : os.tmpdir();
  const prefix = `cam-tay-test-${process.getuid?.() ?? 0}-`;
  for (const left of fs.readdirSync(root).filter((entry) => entry.startsWith(prefix)))
    sweep(path.join(root, left), prefix);
  return placeAt(path.join(root, `${prefix}${process.pid}`), user);
}

/** Ends and removes a test cluster whose test run was killed. */
function sweep(folder: string, prefix: string): void {
  if (isAlive(Number(path.basename(folder).slice(prefix.length)))) return;
  const pid = runningPid({ cluster: path.join(folder, 'cluster') });
  if (pid) process.kill(pid, 'SIGQUIT');
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function initialise(bin: string, { base, cluster, user }: Place, purpose: Purpose): void {
  const draft = `${cluster}.${process.pid}.new`;
  fs.rmSync(draft, { recursive: true, force: true });
  const test = purpose === 'test' ? ['--no-sync', '--no-data-checksums'] : [];
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C', '--builtin-locale=C.UTF-8'];
  const made = spawnSync(
    path.join(bin, 'initdb'),
    ['-D', draft, '-U', name, '--auth=trust', '--no-instructions', ...locale, ...test],
    { cwd: base, env: bareEnv, encoding: 'utf8', ...user },
  );
  if (made.status !== 0)
    throw new Error(`Postgres could not make its data folder:\n${made.stderr || made.error?.message}`);
  try {
    fs.renameSync(draft, cluster);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    if (!fs.existsSync(cluster)) throw error; // another start made it first
  }
}

/** The pid of the Postgres that runs on this cluster. A number in a stale file may belong to anybody by now: check. */
function runningPid({ cluster }: Pick<Place, 'cluster'>): number | null {
  const file = path.join(cluster, 'postmaster.pid');
  const pid = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8').split('\n')[0]) : 0;
  if (!isAlive(pid)) return null;
  if (process.platform === 'linux') return worksIn(pid, cluster) ? pid : null;
  return /postgres/.test(spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout)
    ? pid
    : null;
}

async function run(bin: string, place: Place, purpose: Purpose): Promise<{ pid: number; adopted: boolean }> {
  const until = Date.now() + startWithinMs;
  let why = 'no answer';
  while (Date.now() < until) {
    const running = runningPid(place);
    const pid = running ?? launch(bin, place, purpose);
    while (Date.now() < until && isAlive(pid)) {
      if (await answers(place)) return { pid, adopted: running !== null };
      await sleep(20);
    }
    why = lastWords(place);
    // Killed processes leave locks and children behind for a moment, or die while we adopt them; anything else will not mend
    // by waiting.
    if (running === null && !/lock file|shared memory|is starting up|shutting down/.test(why)) break;
    await sleep(250);
  }
  throw new Error(`Postgres did not start. Its last words (${place.log}):\n${why}`);
}

/**
 * After a reboot the number in a stale lock may belong to some other process, and Postgres would refuse to start for ever.
 * Every other stale lock is left to Postgres: with it, it finds out whether children of a killed one still write.
 */
function dropForeignLock({ cluster, sockets }: Place): void {
  if (process.platform !== 'linux' || runningPid({ cluster })) return;
  const inUse = fs.readdirSync('/proc').some((entry) => /^\d+$/.test(entry) && worksIn(Number(entry), cluster));
  if (inUse) return;
  for (const lock of [path.join(cluster, 'postmaster.pid'), path.join(sockets, '.s.PGSQL.5432.lock')]) {
    const pid = fs.existsSync(lock) ? Number(fs.readFileSync(lock, 'utf8').split('\n')[0]) : 0;
    if (isAlive(pid) && !worksIn(pid, cluster)) fs.rmSync(lock, { force: true });
  }
}

function launch(bin: string, place: Place, purpose: Purpose): number {
  dropForeignLock(place);
  if ((fs.statSync(place.log, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) fs.truncateSync(place.log);
  const log = fs.openSync(place.log, 'a', 0o600);
  const given = Object.entries({ ...settings[purpose], unix_socket_directories: place.sockets });
  const child = spawn(
    path.join(bin, 'postgres'),
    ['-D', place.cluster, ...given.flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    {
      cwd: place.base,
      env: bareEnv,
      detached: true, // Ctrl-C in the terminal must reach us first, so that requests end before their database does
      stdio: ['ignore', log, log],
      ...place.user,
    },
  );
  child.on('error', () => undefined); // reported below by its missing pid
  child.unref();
  fs.closeSync(log);
  if (child.pid === undefined) throw new Error(`Postgres could not be started from ${bin}.`);
  return child.pid;
}

function lastWords({ log }: Place): string {
  const text = fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : '';
  return text.trim().split('\n').slice(-8).join('\n');
}

async function answers({ sockets }: Place): Promise<boolean> {
  if (!fs.existsSync(path.join(sockets, '.s.PGSQL.5432'))) return false;
  const sql = postgres({
    host: sockets,
    port: 5432,
    database: 'postgres',
    username: name,
    max: 1,
    connect_timeout: 5,
    onnotice: () => undefined,
  });
  try {
    await sql`SELECT 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const sql = postgres({ ...connectionOptions(url), database: 'postgres', max: 1, onnotice: () => undefined });
  try {
    const found = await sql`SELECT 1 FROM pg_database WHERE datname = ${name}`;
    if (found.length === 0) await sql`CREATE DATABASE ${sql(name)}`;
  } finally {
    await sql.end();
  }
}

function leaseOf({ base }: Place, holder: number): string {
  return path.join(base, `user.${holder}`);
}

/** Each process that uses the cluster leaves a note, so that the first to stop does not pull it from under another. */
function takeLease(place: Place, holder: number): void {
  fs.writeFileSync(leaseOf(place, holder), '', { mode: 0o600 });
}

function othersUse({ base }: Place): boolean {
  const users = fs.readdirSync(base).filter((entry) => entry.startsWith('user.'));
  for (const user of users) if (!isAlive(Number(user.slice(5)))) fs.rmSync(path.join(base, user), { force: true });
  return users.some((user) => isAlive(Number(user.slice(5))));
}
