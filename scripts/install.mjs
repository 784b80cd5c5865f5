// Packages and runtime, without needing any package.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { mendPackages } from './mend-packages.mjs';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

function fail(message) {
  console.error(message);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  fail(`Cần Node 20.9 trở lên · Node 20.9 or newer is needed (this is ${process.versions.node}). https://nodejs.org`);
}

/** npm writes this file last, so an install that was interrupted counts as none. */
function isInstalled() {
  const done = path.join(root, 'node_modules/.package-lock.json');
  const lock = path.join(root, 'package-lock.json');
  if (!fs.existsSync(done)) return false;
  return fs.statSync(done).mtimeMs >= fs.statSync(lock).mtimeMs || sameInstall(done, lock);
}

/** A checkout touches the lock file without changing it: then what is installed still is what it asks for. */
function sameInstall(done, lock) {
  const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8')).packages ?? {};
  const installed = read(done);
  const wanted = read(lock);
  const fits = Object.entries(wanted).every(
    ([place, { version, optional }]) =>
      place === '' || installed[place]?.version === version || (optional && !installed[place]),
  );
  if (fits) fs.utimesSync(done, new Date(), new Date());
  return fits;
}

/** Runs `npm install` when packages are missing or older than the lock file. Ends the process with npm's words if it fails. */
export function installIfNeeded() {
  checkNode();
  install();
  mendPackages(root);
}

function install() {
  if (isInstalled()) return;
  console.log('Đang cài các gói cần thiết · Installing packages …');
  const npm = process.env.npm_execpath;
  const args = [
    'install',
    '--include=dev',
    '--include=optional',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] };
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (done.status !== 0)
    fail('Không cài được · npm install failed. Is there a network, or a registry that npm can reach?');
}

/** The Node to run the portal with: 24 LTS as npm brought it along, if this machine can run it, else the current one. */
export function portalNode() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = path.join(
    root,
    'node_modules',
    `node-${platform}-${process.arch}`,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (!fs.existsSync(file)) return process.execPath;
  const runs = spawnSync(file, ['-e', ''], { stdio: 'ignore', timeout: 20_000 }).status === 0;
  return runs ? file : process.execPath;
}

/** Who started us, and (where it can be told) who started them: npm puts a shell between itself and us. */
function starters() {
  const status = `/proc/${process.ppid}/status`;
  const above = fs.existsSync(status) ? /^PPid:\s+(\d+)$/m.exec(fs.readFileSync(status, 'utf8'))?.[1] : '';
  return `${process.ppid} ${above}`;
}

/**
 * npm passes a polite end on to the shell between us only, and a killed npm passes nothing on: either way nobody is left who
 * could stop us with Ctrl-C. Then `stop` is called.
 */
export function whenAbandoned(stop) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const atFirst = starters();
  const timer = setInterval(() => {
    if (starters() === atFirst) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}
