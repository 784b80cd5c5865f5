// Everything that must hold: `npm run check`, and with --all also build and browser (`npm test`). What only reads and builds goes side
// by side, and the world of the browser tests is made beside it; tests, which look at the clock, have the machine to themselves.
// A step's words are shown only when it fails; all steps run; the last line counts.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { provideBrowser } from './browser';

type Outcome = { passed: number; failed: number; words: string; slowest?: string };
type Step = { name: string; run: () => Promise<Outcome> };

const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'cam-tay-check-'));
const bin = (name: string, file: string) => path.join('node_modules', name, file);

function node(args: string[], env: Record<string, string> = {}): Promise<{ ok: boolean; words: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', ...env },
    });
    const words: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => words.push(chunk));
    child.on('close', (code) => resolve({ ok: code === 0, words: Buffer.concat(words).toString() }));
  });
}

function plain(name: string, ...commands: string[][]): Step {
  return {
    name,
    run: async () => {
      for (const args of commands) {
        const { ok, words } = await node(args);
        if (!ok) return { passed: 0, failed: 1, words };
      }
      return { passed: 1, failed: 0, words: '' };
    },
  };
}

function numberAt(report: unknown, ...keys: string[]): number {
  let value = report;
  for (const key of keys) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof value === 'number' ? value : 0;
}

function readReport<T = unknown>(file: string): T | null {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as T) : null;
}

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly projectName: string;
      readonly results: readonly { readonly duration: number }[];
    }[];
  }[];
}

/** The browser tests that took longest: where the time of a run goes. */
function slowest(report: Suite | null, few = 8): string {
  const all = (suite: Suite): { words: string; took: number }[] => [
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests.map(({ projectName, results }) => {
        const took = results.reduce((sum, { duration }) => sum + duration, 0);
        return { words: `${Math.round(took / 1000)} s ${title} (${projectName})`, took };
      }),
    ),
    ...(suite.suites ?? []).flatMap(all),
  ];
  return (report ? all(report) : [])
    .sort((a, b) => b.took - a.took)
    .slice(0, few)
    .map(({ words }) => words)
    .join(' · ');
}

/** A run that failed without a failed test (it did not even start, say) still counts as one failure. */
function counted(ok: boolean, words: string, passed: number, failed: number): Outcome {
  return { passed, failed: ok ? failed : Math.max(failed, 1), words };
}

/** The database tests are copied from, once the world of the browser tests was made from it. */
let template = '';

const unitTests: Step = {
  name: 'unit and database tests',
  run: async () => {
    const file = path.join(reports, 'vitest.json');
    const { ok, words } = await node(
      [bin('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
      template ? { TEST_TEMPLATE: template } : {},
    );
    const report = readReport(file);
    return counted(ok, words, numberAt(report, 'numPassedTests'), numberAt(report, 'numFailedTests'));
  },
};

const build = plain('build', [
  '--import',
  'tsx',
  '--eval',
  "process.env.TYPES_ARE_READ = '1'; import('./scripts/build.ts').then(({ buildIfNeeded }) => buildIfNeeded())",
]);

const port = Number(process.env.E2E_PORT ?? 3190);
let portals: ChildProcess | undefined;
const said: Buffer[] = [];

/** What the browser tests run against: made early, for it takes a minute and one core of two. It serves on word. */
const world: Step = {
  name: 'world of the browser tests',
  run: async () => {
    const env = { ...process.env, NO_COLOR: '1', PORT: String(port), ALSO: String(port + 1), ON_WORD: '1' };
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/test-server.ts'], { env });
    portals = child;
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    const isThere = await new Promise<boolean>((resolve) => {
      const heard: Buffer[] = [];
      // Among what the log says meanwhile.
      child.stdout.on('data', (chunk: Buffer) => {
        if (!template) heard.push(chunk);
        template ||= /^template (\S+)\n/m.exec(Buffer.concat(heard).toString())?.[1] ?? '';
        if (template) resolve(true);
      });
      child.on('close', () => resolve(false));
    });
    return { passed: isThere ? 1 : 0, failed: isThere ? 0 : 1, words: Buffer.concat(said).toString() };
  },
};

async function servePortals(): Promise<void> {
  const inTime = AbortSignal.timeout(120_000);
  portals?.stdin?.write('serve\n');
  const answers = () =>
    fetch(`http://localhost:${port}/`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await answers())) {
    if (portals?.exitCode !== null || inTime.aborted)
      throw new Error(`The portals of the browser tests do not answer.\n${Buffer.concat(said).toString()}`);
    await sleep(200);
  }
}

async function endPortals(): Promise<void> {
  if (portals?.exitCode !== null) return;
  const ended = once(portals, 'close');
  portals.kill('SIGTERM');
  await ended;
}

const browserTests: Step = {
  name: 'browser tests',
  run: async () => {
    try {
      const file = path.join(reports, 'playwright.json');
      const env = { PORTAL_BROWSER: provideBrowser(), PLAYWRIGHT_JSON_OUTPUT_NAME: file, E2E_REUSE: '1' };
      await servePortals();
      const { ok, words } = await node([bin('@playwright/test', 'cli.js'), 'test', '--reporter=list,json'], env);
      const report = readReport<Suite>(file);
      const failed = numberAt(report, 'stats', 'unexpected') + numberAt(report, 'stats', 'flaky');
      return { ...counted(ok, words, numberAt(report, 'stats', 'expected'), failed), slowest: slowest(report) };
    } catch (error) {
      return { passed: 0, failed: 1, words: error instanceof Error ? error.message : String(error) };
    }
  },
};

const types = plain('types', [bin('next', 'dist/bin/next'), 'typegen'], [bin('typescript', 'bin/tsc'), '--noEmit']);
const reading = [
  plain('formatting', [bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']),
  plain('lint', [bin('oxlint', 'bin/oxlint'), '--deny-warnings', '.']),
  plain('imports', [
    bin('dependency-cruiser', 'bin/dependency-cruise.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
    ...['app', 'components', 'lib', 'db', 'scripts', 'tests', 'bench'].filter((folder) => fs.existsSync(folder)),
  ]),
  plain('dead code', [bin('knip', 'bin/knip.js'), '--no-progress']),
];

const total = { passed: 0, failed: 0 };
async function take({ name, run }: Step): Promise<void> {
  const start = Date.now();
  const { passed, failed, words, slowest: slow } = await run();
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) console.log(`\n--- ${name} ---\n${words.trim()}\n`);
  console.log(
    `${failed > 0 ? '✗' : '✓'} ${name} (${passed} passed, ${failed} failed, ${((Date.now() - start) / 1000).toFixed(1)} s)`,
  );
  if (slow) console.log(`  slowest: ${slow}`);
}
async function inTurn(steps: readonly Step[]): Promise<void> {
  for (const step of steps) await take(step);
}

const whole = process.argv.includes('--all');
// The build writes what the types are read from, and does not read them a second time: they come one after the other.
await Promise.all([inTurn(reading), inTurn(whole ? [types, build] : [types]), inTurn(whole ? [world] : [])]);
await inTurn(whole ? [unitTests, browserTests] : [unitTests]);
await endPortals();
fs.rmSync(reports, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
