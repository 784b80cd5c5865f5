import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { chromium } from '@playwright/test';

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
];

function works(file: string): boolean {
  return fs.existsSync(file) && spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

/** The system's Chromium, else Playwright's own, if one is there and its libraries too. */
export function findBrowser(): string | undefined {
  return [process.env.PORTAL_BROWSER ?? '', ...systemBrowsers, chromium.executablePath()].find(works);
}

/** A browser to test with: found, else Playwright's own fetched, else (as root) Debian's package. Says what to do otherwise. */
export function provideBrowser(): string {
  const there = findBrowser();
  if (there) return there;
  console.log('No Chromium on this machine: fetching one …');
  const quiet = { stdio: 'ignore', timeout: 300_000 } as const;
  spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], quiet);
  const fetched = findBrowser();
  if (fetched) return fetched;
  if (process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update'], { ...quiet, env });
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { ...quiet, timeout: 600_000, env });
  }
  const installed = findBrowser();
  if (installed) return installed;
  throw new Error(
    'No browser for the browser tests. Install Chromium (Debian: apt-get install chromium; others: npx playwright install --with-deps chromium), or set PORTAL_BROWSER to one.',
  );
}
