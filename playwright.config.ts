import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/browser';

const port = Number(process.env.E2E_PORT ?? 3190);
const executablePath = process.env.PORTAL_BROWSER ?? findBrowser();

/** The test server on a port of its own, with a database and a demo world of its own. */
const server = (at: number) => ({
  command: `"${process.execPath}" --import tsx scripts/test-server.ts`,
  url: `http://localhost:${at}/`,
  env: { PORT: String(at) },
  timeout: 180_000,
  reuseExistingServer: process.env.E2E_REUSE === '1',
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 15_000 },
  stdout: 'ignore' as const,
  stderr: 'pipe' as const,
});
// Suites that watch the whole database for writes: nothing else may happen there meanwhile.
const watched = ['access/**/*.spec.ts', 'bad-input.spec.ts'];
// What is done with a phone in the hand.
const onPhones = ['offline.spec.ts', 'shared-phone.spec.ts', 'wire.spec.ts'];

// The build as it is served to people, on a database in memory with the demo world. No test is run twice to make it pass.
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-gpu',
        '--no-first-run',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    {
      name: 'watched',
      testMatch: watched,
      fullyParallel: false,
      workers: 1,
      use: { baseURL: `http://localhost:${port + 1}`, viewport: { width: 1280, height: 800 } },
    },
    {
      name: 'phone',
      testIgnore: watched,
      use: { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true },
    },
    { name: 'desktop', testIgnore: [...watched, ...onPhones], use: { viewport: { width: 1280, height: 800 } } },
  ],
  webServer: [server(port), server(port + 1)],
});
