// The portal in one process: prepares database, data and build (in a process that ends, so that its memory is given back),
// serves, watches the embedded Postgres, and stops everything it started.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { loadEnvFile } from './env-file.mjs';
import { root, whenAbandoned } from './install.mjs';
import { serve } from './serve.mjs';

process.chdir(root);
process.title = 'cam-tay portal';
process.env.PORTAL_STARTED_BY = String(process.ppid);
process.env.NODE_ENV = 'production';
process.env.NEXT_TELEMETRY_DISABLED = '1';
loadEnvFile(path.join(root, '.env'));

let stopping = false;
let prepared = null;
let server;

/** Runs one step of scripts/prepare.ts and gives back what it reports, or null when it failed and has said why. */
function step(name) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/prepare.ts', name], {
    cwd: root,
    env: { ...process.env, PORTAL_PID: String(process.pid) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true, // Ctrl-C must not tear a migration or the stopping itself apart
  });
  return new Promise((resolve) => {
    let report = null;
    child.on('message', (message) => (report = message));
    child.on('exit', (code) => resolve(code === 0 ? (report ?? {}) : null));
  });
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  if (prepared) console.log('\nĐang dừng · Stopping …');
  await server?.close();
  if (preparing) await preparing;
  await step('stop');
  if (prepared) fs.rmSync(prepared.pidFile, { force: true });
  process.exit(code);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A Postgres that was killed is started again; the pools reconnect by themselves, since the socket stays where it was. */
function watchDatabase(pid) {
  const timer = setInterval(async () => {
    if (stopping || isAlive(pid)) return;
    clearInterval(timer);
    console.error('Postgres đã dừng, đang mở lại · Postgres ended; starting it again …');
    const again = await step('database');
    if (again) watchDatabase(again.databasePid);
    else if (!stopping) await stop(1);
  }, 1000);
  timer.unref();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));
whenAbandoned(() => void stop(0));
process.on('exit', () => prepared && fs.rmSync(prepared.pidFile, { force: true }));

const preparing = step('all');
prepared = await preparing;
if (!prepared) await stop(1);
if (!stopping) {
  Object.assign(process.env, prepared.env);
  try {
    server = await serve();
    if (prepared.databasePid) watchDatabase(prepared.databasePid);
    console.log(prepared.welcome);
  } catch (error) {
    console.error(`Không mở được cổng · The portal could not start: ${error instanceof Error ? error.message : error}`);
    await stop(1);
  }
}
