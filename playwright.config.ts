import { defineConfig } from '@playwright/test';
import { findTestBrowser } from './scripts/browser';

const port = Number(process.env.E2E_PORT ?? 3190);
const executablePath = process.env.PORTAL_BROWSER ?? findTestBrowser();

// Suites that watch the whole database for writes: nothing else may happen there meanwhile.
const watched = ['access/**/*.spec.ts', 'bad-input.spec.ts'];
// What is done with a phone in the hand.
const onPhones = ['offline.spec.ts', 'desk-offline.spec.ts', 'shared-phone.spec.ts', 'wire.spec.ts'];

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
    // What is not there to be pressed is named, also where a test may take longer.
    actionTimeout: 60_000,
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-gpu',
        '--no-first-run',
        '--disable-component-update',
        '--disable-sync',
        // Without a window letters would stand on whole pixels, and words be narrower or wider than people see them.
        '--font-render-hinting=none',
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
  // Two portals of one seeded world, each with a copy of its own: the second is the watched suites'.
  webServer: {
    command: `"${process.execPath}" --import tsx scripts/test-server.ts`,
    url: `http://localhost:${port}/`,
    env: { PORT: String(port), ALSO: String(port + 1) },
    timeout: 300_000,
    reuseExistingServer: process.env.E2E_REUSE === '1',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
