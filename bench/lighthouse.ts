// Lighthouse as a phone sees the three pages, and what they weigh.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { findBrowser } from '../scripts/browser';
import { figure, median, openClasses, runs, type Section } from './measure';
import { origin, portalPort, type Stage } from './stage';

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const bars = [95, 100, 100, 100];
const flags =
  '--headless=new --no-sandbox --disable-background-networking --disable-gpu --no-first-run --disable-component-update --disable-sync';

const audit = z.object({ title: z.string(), score: z.number().nullable(), displayValue: z.string().optional() });
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

function weightOf(one: Result): string[] {
  const { items } = requests.parse(one.audits['network-requests']?.details ?? { items: [] });
  const sum = (type?: string) =>
    items.filter((item) => !type || item.resourceType === type).reduce((total, item) => total + item.transferSize, 0);
  const kb = (bytes: number) => figure(bytes / 1024, 1);
  return [
    String(items.length),
    kb(sum()),
    kb(sum('Document')),
    kb(sum('Script')),
    kb(sum('Font')),
    kb(sum('Stylesheet')),
  ];
}

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
    const name = page.length > 9 ? '/classes/ID' : page;
    const held = medians.every((score, index) => score >= (bars[index] ?? 100));
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
  await portal.stop();
  return [
    {
      title: 'Lighthouse, mobile',
      how: `Lighthouse 12.8.2 with its own mobile settings (simulated slow 4G, CPU 4× slower), median of ${runs} runs each, straight at the portal without nginx. Bars: performance 95, the other three 100.`,
      head: ['page', ...categories, 'LCP', 'TBT', 'CLS', 'bar'],
      rows: scores,
      said,
    },
    {
      title: 'Weight of the pages',
      how: 'First visit, nothing kept by the browser: what went over the wire, compressed, in KB.',
      head: ['page', 'requests', 'all', 'document', 'scripts', 'fonts', 'styles'],
      rows: weights,
    },
  ];
}
