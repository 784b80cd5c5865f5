// One step on the way to a running portal, in a process of its own: `all`, `database` (start Postgres again) or `stop`.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbedded, stopEmbedded } from '../db/embedded';
import { isAlive } from '../db/processes';
import { migrate } from '../db/migrate';
import { seed } from '../db/seed';
import { buildIfNeeded } from './build';
import { demoByDefault, readSettings, SettingsError, type Settings } from '../lib/kernel/env';

const portalPid = Number(process.env.PORTAL_PID ?? process.ppid);
function say(vi: string, en: string): void {
  console.log(`${vi} · ${en}`);
}

/** Made once and kept where only the portal's own account reads it; for the embedded database only. */
function keptSecret(dataDir: string): string {
  const file = path.join(dataDir, 'auth-secret');
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(48).toString('base64'), { mode: 0o600, flag: 'wx' });
  fs.chmodSync(file, 0o600);
  return fs.readFileSync(file, 'utf8').trim();
}

type Running = { pid: number; startedBy: number; port: number };

/** True when that process is a portal served from this very folder, not somebody who got its number later. */
function isOurPortal(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return (
      fs.readlinkSync(`/proc/${pid}/cwd`) === process.cwd() &&
      /cam-tay portal|scripts\/(portal|start)\.mjs/.test(command)
    );
  } catch {
    return false;
  }
}

/** Whoever started it (npm, a shell) is gone, so no terminal can stop it any more. */
function isLeftBehind({ pid, startedBy }: Running): boolean {
  if (process.platform !== 'linux') return !isAlive(startedBy);
  return !fs.readFileSync(`/proc/${pid}/status`, 'utf8').includes(`\nPPid:\t${startedBy}\n`);
}

/** One portal per data folder and port. One whose terminal is gone is asked to end; one in use is left alone. */
async function claim(file: string, port: number): Promise<void> {
  if (fs.existsSync(file)) {
    const other: Running = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (other.pid !== portalPid && isOurPortal(other.pid)) {
      if (!isLeftBehind(other)) {
        throw new Error(
          `Cổng đang chạy rồi · The portal already runs on port ${other.port} (process ${other.pid}). Stop it first, or set PORT and DATA_DIR.`,
        );
      }
      say(`Dừng cổng cũ bị bỏ lại (tiến trình ${other.pid})`, `Ending a portal left behind (process ${other.pid})`);
      process.kill(other.pid, 'SIGTERM');
      for (const until = Date.now() + 15_000; isAlive(other.pid) && Date.now() < until;) await sleep(50);
      if (isAlive(other.pid)) process.kill(other.pid, 'SIGKILL');
    }
  }
  const mine: Running = { pid: portalPid, startedBy: Number(process.env.PORTAL_STARTED_BY ?? 0), port };
  fs.writeFileSync(file, JSON.stringify(mine), { mode: 0o600 });
}

function addressOf({ PORTAL_URL, PORT }: Settings): string {
  return (PORTAL_URL ?? `http://localhost:${PORT}`).replace(/\/$/, '');
}

function welcome(address: string, demo: boolean): string {
  const accounts = [
    ['admin', 'quản trị tỉnh · province administrator'],
    ['lanhdao.tinh', 'lãnh đạo tỉnh · province leader'],
    ['lanhdao.dongthuan, lanhdao.minhhoa', 'lãnh đạo phường, xã · unit leaders'],
    ['tochuc.dongthuan, tochuc.minhhoa', 'người tổ chức lớp · organisers'],
    ['daisu.dongthuan, daisu.minhhoa', 'Đại sứ số · Digital Ambassadors'],
    ['motcua.minhhoa', 'cán bộ một cửa · desk officer'],
  ];
  const list = accounts.map(([who, is]) => `    ${who?.padEnd(36)}${is}`).join('\n');
  const people = `\n\n  Tài khoản dùng thử, mật khẩu cam-tay-demo-2026 · Demo accounts, password cam-tay-demo-2026:\n${list}`;
  return `\n  Cầm Tay: ${address}  (English: ${address}/en)${demo ? people : ''}\n\n  Ctrl-C: dừng · stops.\n`;
}

async function all(settings: Settings) {
  const dataDir = path.resolve(settings.DATA_DIR);
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const pidFile = path.join(dataDir, `portal-${settings.PORT}.json`);
  await claim(pidFile, settings.PORT);
  const embedded = settings.DATABASE_URL
    ? null
    : await startEmbedded({ dataDir, purpose: 'portal', holder: portalPid });
  if (embedded?.adopted) say('Nối vào Postgres đang chạy', 'Using the Postgres that already runs');
  const url = settings.DATABASE_URL ?? embedded?.url ?? '';
  const demo = settings.DEMO ?? demoByDefault(settings);
  const env = {
    DATABASE_URL: url,
    AUTH_SECRET: settings.AUTH_SECRET ?? keptSecret(dataDir),
    DEMO: demo ? '1' : '0',
    PORT: String(settings.PORT),
    HOST: settings.HOST,
    PORTAL_URL: addressOf(settings),
    DATA_DIR: dataDir,
    TRUST_PROXY: settings.TRUST_PROXY ? '1' : '0',
    WEB_CONCURRENCY: String(settings.WEB_CONCURRENCY),
  };
  Object.assign(process.env, env);
  await migrate(url);
  await seed(url, { demo });
  buildIfNeeded(() => say('Đang dựng trang (khoảng một phút)', 'Building the pages (about a minute) …'));
  return { env, pidFile, databasePid: embedded?.pid ?? null, welcome: welcome(env.PORTAL_URL, demo) };
}

async function run(name: string | undefined): Promise<object> {
  // Once running, DATABASE_URL is set for the server even when it names the embedded database.
  const dataDir = path.resolve(process.env.DATA_DIR || '.data');
  if (name === 'all') return all(readSettings(process.env));
  if (name === 'database')
    return { databasePid: (await startEmbedded({ dataDir, purpose: 'portal', holder: portalPid })).pid };
  await stopEmbedded({ dataDir, holder: portalPid });
  return {};
}

try {
  const report = await run(process.argv[2]);
  process.send?.(report, undefined, undefined, () => process.disconnect());
} catch (error) {
  const expected = error instanceof SettingsError || (error instanceof Error && !(error instanceof TypeError));
  console.error(expected ? error.message : error);
  process.exitCode = 1;
  process.disconnect?.();
}
