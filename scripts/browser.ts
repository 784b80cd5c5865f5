import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { chromium } from '@playwright/test';

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
];
/** Chromium without a window of its own, as Debian packs it: the same engine with a fifth less to do for each page. */
const systemShell = '/usr/bin/chromium-headless-shell';

function works(file: string): boolean {
  return fs.existsSync(file) && spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

/** The system's Chromium, else Playwright's own, if one is there and its libraries too. */
export function findBrowser(): string | undefined {
  return [process.env.PORTAL_BROWSER ?? '', ...systemBrowsers, chromium.executablePath()].find(works);
}

/** What the browser tests run in: the system's Chromium without a window where it is there, else whatever `findBrowser` finds. */
export function findTestBrowser(): string | undefined {
  return [process.env.PORTAL_BROWSER ?? '', systemShell].find(works) ?? findBrowser();
}

const quiet = { stdio: 'ignore', timeout: 300_000 } as const;

/** Installs one of Debian's packages, as root on a Debian; otherwise, or where there is none of that name, does nothing. */
function installPackage(name: string): void {
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update'], { ...quiet, env });
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], { ...quiet, timeout: 600_000, env });
}

/** The shell that fits the Chromium of this machine: of the same version, for both share their parts, and nothing here is to change. */
function installShell(): void {
  const asked = ['-W', '-f', '${db:Status-Status} ${Version}', 'chromium-common'];
  const [status, version] = (spawnSync('dpkg-query', asked, { encoding: 'utf8' }).stdout ?? '').split(' ');
  installPackage(status === 'installed' ? `chromium-headless-shell=${version}` : 'chromium-headless-shell');
}

/**
 * A browser to test with: found, else Playwright's own fetched, else (as root) Debian's package. CI's machine, which is nobody's, gets
 * the one without a window besides. Says what to do when there is none.
 */
export function provideBrowser(): string {
  if (process.env.CI && !process.env.PORTAL_BROWSER && !works(systemShell)) installShell();
  const there = findTestBrowser();
  if (there) return there;
  console.log('No Chromium on this machine: fetching one …');
  spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], quiet);
  const fetched = findTestBrowser();
  if (fetched) return fetched;
  installPackage('chromium');
  const installed = findTestBrowser();
  if (installed) return installed;
  throw new Error(
    'No browser for the browser tests. Install Chromium (Debian: apt-get install chromium; others: npx playwright install --with-deps chromium), or set PORTAL_BROWSER to one.',
  );
}
