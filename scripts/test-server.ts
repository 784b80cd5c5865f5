// What the browser tests run against: the build, a Postgres in memory and the demo world. Nothing is kept.
// PORT and, where tests want portals that know nothing of each other, ALSO: each has a database of its own, copied from one world.
// With ON_WORD it says when that world is there, by the address of the template it was made from, which unit tests may copy meanwhile, and
// serves once a word comes in; whoever started it being gone, it ends.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { closePool } from '@/lib/access/scoped';
import { checkFigures, refreshFigures } from '@/lib/figure/commands';
import { connectionOptions } from '../db/connection';
import { startEmbedded } from '../db/embedded';
import { cloneDatabase, demoTemplate, makeTemplate } from '../tests/support/database';
import { noteOf, troubleMark } from '../tests/support/server';

const embedded = await startEmbedded({ dataDir: '.data', purpose: 'test' });
const servers: ChildProcess[] = [];
function stop(): void {
  for (const server of servers) server.kill('SIGTERM');
  // Else the last of them to end ends us.
  if (servers.length === 0) void embedded.stop().then(() => process.exit());
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);

await makeTemplate(embedded.url);
const { url: world } = await cloneDatabase(await demoTemplate(embedded.url));
// Figures are there from the first page on, counted once for all portals; checked, too, or a portal begun in the small hours does that first.
process.env.DATABASE_URL = world;
while ((await refreshFigures()).changes > 0);
await checkFigures();
await closePool();
// As a portal's own autovacuum does within a minute: the planner knows the figures.
const owner = postgres({ ...connectionOptions(world), max: 1, onnotice: () => {} });
await owner`analyze`;
await owner.end();

const others = (process.env.ALSO ?? '').split(',').filter(Boolean);
const worlds = new Map<string, string>();
for (const port of others) worlds.set(port, (await cloneDatabase(world)).url);

if (process.env.ON_WORD) {
  process.stdin.on('end', stop);
  process.stdout.write(`template ${embedded.url}\n`);
  await once(process.stdin, 'data');
}

function serve(port: string, url: string, more: Record<string, string> = {}): void {
  // The tests look at what was written, and set scenes, as the database's owner.
  fs.mkdirSync('.data', { recursive: true });
  fs.writeFileSync(noteOf(port), url, { mode: 0o600 });
  const server = spawn(process.execPath, ['scripts/serve.mjs'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: url,
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
      PORTAL_TROUBLE_MARK: troubleMark,
      ...more,
    },
  });
  servers.push(server);
  // Where one portal ends, however it ends, all do.
  server.on('exit', (code) => {
    process.exitCode ||= code ?? 1;
    servers.splice(servers.indexOf(server), 1);
    for (const left of servers) left.kill('SIGTERM');
    if (servers.length === 0) void embedded.stop().then(() => process.exit());
  });
}

async function answers(port: string): Promise<void> {
  while (
    !(await fetch(`http://localhost:${port}/`).then(
      (answer) => answer.ok,
      () => false,
    ))
  )
    await sleep(100);
}

// Thousands of forms are sent there, and nobody looks at what they come to: the figures stay as they were counted above.
for (const [port, url] of worlds) serve(port, url, { FIGURES: '0' });
await Promise.all(others.map(answers));
// The one that is waited for comes last: when it answers, all do.
serve(process.env.PORT ?? '3190', world);
