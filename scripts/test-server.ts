// What the browser tests run against: the build, a Postgres in memory and the demo world. Nothing is kept.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { startEmbedded } from '../db/embedded';
import { migrate } from '../db/migrate';
import { seed } from '../db/seed';
import { noteOf } from '../tests/support/server';

const port = process.env.PORT ?? '3190';
const embedded = await startEmbedded({ dataDir: '.data', purpose: 'test' });
await migrate(embedded.url);
await seed(embedded.url, { demo: true });
// The tests look at what was written, and set scenes, as the database's owner.
fs.mkdirSync('.data', { recursive: true });
fs.writeFileSync(noteOf(port), embedded.url, { mode: 0o600 });

const server = spawn(process.execPath, ['scripts/serve.mjs'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: embedded.url,
    AUTH_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
    PORT: port,
    PORTAL_URL: `http://localhost:${port}`,
    DEMO: '1',
    // What one test writes, the next page shows at once; tests/runtime/page-cache.test.ts attacks the cache itself.
    PAGE_CACHE: '0',
    // Nothing is written but by what a test does; tests/completion attacks the closing itself.
    CLOSE_CLASSES: '0',
    MESSAGES: '0',
    // As behind nginx, which names the visitor's address; a test may say whose it is.
    TRUST_PROXY: '1',
  },
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill('SIGTERM'));
server.on('exit', (code) => void embedded.stop().then(() => process.exit(code ?? 1)));
