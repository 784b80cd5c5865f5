// Lighthouse as a phone sees the three pages, what they weigh, and what they weigh the second time.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { z } from 'zod';
import { findBrowser } from '../scripts/browser';
import { weigh, type Weight } from '../scripts/weigh';
import { figure, median, openClasses, runs, type Section } from './measure';
import { origin, portalPort, type Stage } from './stage';

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const bars = [95, 100, 100, 100];
/** A first visit with a mid-range phone on slow 4G, and the weights of both visits in bytes. */
const most = { lcpMs: 1500, cls: 0.02, all: 260 * 1024, document: 15 * 1024, again: 20 * 1024 };
const flags =
  '--headless=new --no-sandbox --disable-background-networking --disable-gpu --no-first-run --disable-component-update --disable-sync';

const audit = z.object({
  title: z.string(),
  score: z.number().nullable(),
  displayValue: z.string().optional(),
  numericValue: z.number().optional(),
});
const result = z.object({
  categories: z.record(
    z.string(),
    z.object({ score: z.number().nullable(), auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })) }),
  ),
  audits: z.record(z.string(), audit.extend({ details: z.unknown().optional() })),
});
const requests = z.object({
  items: z.array(z.object({ url: z.string(), transferSize: z.number(), resourceType: z.string().optional() })),
});
type Result = z.output<typeof result>;

async function audited(stage: Stage, url: string, run: number): Promise<Result> {
  const file = path.join(stage.dataDir, `lighthouse-${run}.json`);
  const browser = findBrowser();
  if (!browser) throw new Error('no Chromium on this machine');
  const args = ['node_modules/lighthouse/cli/index.js', url, '--quiet', '--output=json', `--output-path=${file}`];
  const child = spawn(stage.node, [...args, `--chrome-flags=${flags}`], {
    stdio: 'inherit',
    timeout: 180_000,
    env: { ...process.env, CHROME_PATH: browser },
  });
  await new Promise((resolve) => child.on('exit', resolve));
  return result.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
}

const scoreOf = (one: Result, category: string) => Math.round((one.categories[category]?.score ?? 0) * 100);

/** Audits that cost points, with what they say. */
function failures(one: Result): string[] {
  return categories.flatMap((category) =>
    (one.categories[category]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (one.audits[id]?.score ?? 1) < 0.9)
      .map(({ id }) => `${category}: ${id} (${one.audits[id]?.displayValue ?? one.audits[id]?.title ?? ''})`),
  );
}

const kb = (bytes: number) => figure(bytes / 1024, 1);

function weightOf(one: Result): string[] {
  const { items } = requests.parse(one.audits['network-requests']?.details ?? { items: [] });
  const sum = (type?: string) =>
    items.filter((item) => !type || item.resourceType === type).reduce((total, item) => total + item.transferSize, 0);
  const light = sum() <= most.all && sum('Document') <= most.document;
  return [
    String(items.length),
    kb(sum()),
    kb(sum('Document')),
    kb(sum('Script')),
    kb(sum('Font')),
    kb(sum('Stylesheet')),
    light ? 'held' : 'not held',
  ];
}

/**
 * The second visit with what the browser kept of the first: as it is; and after a build with other styles and scripts, which then come
 * anew, as they did the first time: fonts and signs keep their names.
 */
async function visitedAgain(browser: Browser, address: string): Promise<{ again: Weight; afterBuild: Weight }> {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, isMobile: true });
  const [first, again] = [await weigh(context, address), await weigh(context, address)];
  await context.close();
  const anew = ['Stylesheet', 'Script'];
  const of = { ...again.of };
  for (const kind of anew) of[kind] = first.of[kind] ?? 0;
  return {
    again,
    afterBuild: { requests: again.requests + 1, of, all: Object.values(of).reduce((sum, one) => sum + one, 0) },
  };
}

const secondRow = (name: string, weight: Weight, bar: boolean): string[] => [
  name,
  String(weight.requests),
  kb(weight.all),
  ...['Document', 'Script', 'Font', 'Stylesheet'].map((kind) => kb(weight.of[kind] ?? 0)),
  bar ? (weight.all <= most.again ? 'held' : 'not held') : '—',
];

/** Both second visits of each page; the bar is on the plain one. */
async function secondVisits(pages: readonly string[]): Promise<Section[]> {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: flags.split(' ').slice(1) });
  const [plain, rebuilt]: [string[][], string[][]] = [[], []];
  for (const page of pages) {
    const { again, afterBuild } = await visitedAgain(browser, origin(portalPort) + page);
    plain.push(secondRow(nameOf(page), again, true));
    rebuilt.push(secondRow(nameOf(page), afterBuild, false));
  }
  await browser.close();
  const head = ['page', 'requests', 'all', 'document', 'scripts', 'fonts', 'styles', 'bar'];
  return [
    {
      title: 'The second visit',
      how: 'A new tab of the same browser after the first visit: all that came over the wire, headers of the answers included, in KB. Bar: 20. A build that changes words alone changes nothing here: names of files come from their content.',
      head,
      rows: plain,
    },
    {
      title: 'The second visit after a build that changed styles and scripts',
      how: 'Worked out: the second visit, with styles and scripts as heavy as in the first, since they have new names. No bar.',
      head,
      rows: rebuilt,
    },
  ];
}

const nameOf = (page: string) => (page.length > 9 ? '/classes/ID' : page);

export async function lighthouse(stage: Stage): Promise<Section[]> {
  const [open] = await openClasses(stage, 1);
  const portal = await stage.portal();
  const scores: string[][] = [];
  const weights: string[][] = [];
  const said: string[] = [];
  for (const page of ['/', '/classes', `/classes/${open?.id}`]) {
    const results: Result[] = [];
    await fetch(origin(portalPort) + page);
    for (let run = 0; run < runs; run += 1) results.push(await audited(stage, origin(portalPort) + page, run));
    const medians = categories.map((category) => median(results.map((one) => scoreOf(one, category))));
    const name = nameOf(page);
    const measured = (id: string) => median(results.map((one) => one.audits[id]?.numericValue ?? Number.NaN));
    const quick = measured('largest-contentful-paint') <= most.lcpMs && measured('cumulative-layout-shift') <= most.cls;
    const held = quick && medians.every((score, index) => score >= (bars[index] ?? 100));
    const times = (id: string) => {
      const shown = results.map((one) => one.audits[id]?.displayValue ?? '—');
      return shown.toSorted()[Math.floor(shown.length / 2)] ?? '—';
    };
    scores.push([
      name,
      ...medians.map(String),
      times('largest-contentful-paint'),
      times('total-blocking-time'),
      times('cumulative-layout-shift'),
      held ? 'held' : 'not held',
    ]);
    const [last] = results.slice(-1);
    if (last) weights.push([name, ...weightOf(last)]);
    for (const failure of new Set(results.flatMap(failures))) said.push(`${name}: ${failure}`);
  }
  const again = await secondVisits(['/', '/classes', `/classes/${open?.id}`, '/my']);
  await portal.stop();
  return [
    {
      title: 'Lighthouse, mobile',
      how: `Lighthouse 12.8.2 with its own mobile settings (simulated slow 4G, CPU 4× slower), median of ${runs} runs each, straight at the portal without nginx. Bars: performance 95, the other three 100, LCP 1.5 s, CLS 0.02.`,
      head: ['page', ...categories, 'LCP', 'TBT', 'CLS', 'bar'],
      rows: scores,
      said,
    },
    {
      title: 'Weight of the pages',
      how: 'First visit, nothing kept by the browser: what went over the wire, compressed, in KB. Bars: 260 all together, 15 the document.',
      head: ['page', 'requests', 'all', 'document', 'scripts', 'fonts', 'styles', 'bar'],
      rows: weights,
    },
    ...again,
  ];
}
