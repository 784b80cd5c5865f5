import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** False for a process that ended but that nobody has buried yet. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(
      fs.existsSync(`/proc/${pid}/status`) ? fs.readFileSync(`/proc/${pid}/status`, 'utf8') : '',
    );
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** True when the process's working folder is that one: how a Postgres of ours is told from a stranger with its old number. */
export function worksIn(pid: number, folder: string): boolean {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`) === fs.realpathSync(folder);
  } catch {
    return false; // it ended meanwhile, or is somebody else's
  }
}

/** Ends a Postgres: sessions are cut, data is written; after half a minute less kindly. */
export async function halt(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    for (const until = Date.now() + patienceMs; Date.now() < until && isAlive(pid);) await sleep(20);
  }
}
