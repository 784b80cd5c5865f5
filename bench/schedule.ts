// Requests a second of the schedule and of one class, not cached, beside a bare server asking the same.
import {
  figure,
  load,
  median,
  openClasses,
  runs,
  seconds,
  spread,
  startBaseline,
  times,
  type Section,
} from './measure';
import { baselinePort, end, memoryOf, origin, portalPort, type Stage } from './stage';
import type { Seen } from './load';

const connections = 20;
const memoryBar = 400;

interface Measured {
  name: string;
  seen: Seen[];
}

async function measure(name: string, url: string, after: () => void = () => undefined): Promise<Measured> {
  await load({ url, connections, seconds: 3 });
  const seen = await times(runs, async () => {
    const one = await load({ url, connections, seconds });
    after();
    return one;
  });
  return { name, seen };
}

const perSecond = ({ seen }: Measured) => median(seen.map((one) => one.perSecond));

function row(measured: Measured, beside: Measured): string[] {
  const bad = measured.seen.reduce((sum, { answers, errors }) => sum + answers['4xx'] + answers['5xx'] + errors, 0);
  return [
    measured.name,
    spread(measured.seen.map((one) => one.perSecond)),
    figure(median(measured.seen.map((one) => one.p50))),
    figure(median(measured.seen.map((one) => one.p99))),
    `${figure(perSecond(measured) / perSecond(beside), 2)}`,
    String(bad),
  ];
}

/** Pages a second and memory, for one and for two workers. */
export async function schedule(stage: Stage): Promise<Section[]> {
  const [open] = await openClasses(stage, 1);
  if (!open) throw new Error('the demo world holds no open class');
  const pages = ['/classes', `/classes/${open.id}`];
  const measured: Measured[] = [];
  const baseline = await startBaseline(stage);
  for (const page of pages) {
    for (const guard of ['bare', 'walls'])
      measured.push(await measure(`${guard} ${kind(page)}`, `${origin(baselinePort)}/${guard}${page}`));
  }
  await end(baseline);
  const memory: string[][] = [];
  for (const workers of [1, 2]) {
    const portal = await stage.portal(workers);
    const settled = memoryOf(portal.process.pid ?? 0);
    let most = settled;
    const look = setInterval(() => (most = Math.max(most, memoryOf(portal.process.pid ?? 0))), 500);
    for (const page of ['/', ...pages])
      measured.push(await measure(`portal, ${workers} worker(s) ${kind(page)}`, origin(portalPort) + page));
    clearInterval(look);
    await portal.stop();
    memory.push([String(workers), figure(settled), figure(most), most <= memoryBar ? 'held' : 'not held']);
  }
  const beside = (one: Measured) => measured.find(({ name }) => name === `bare ${one.name.split(' ').at(-1)}`) ?? one;
  return [
    {
      title: 'Schedule and class page, nothing cached',
      how: `autocannon, ${connections} connections, ${runs} runs of ${seconds} s after 3 s of warming up: median (least–most). The load generator and Postgres share the cores with what is measured. "bare" is node:http + postgres.js asking the same queries as the database's owner; "walls" asks them through the portal's scoped transaction. Aim: 300 pages a second.`,
      head: ['what', 'requests/s', 'p50 ms', 'p99 ms', '÷ bare', 'not 2xx'],
      rows: measured.map((one) => row(one, beside(one))),
    },
    {
      title: 'Memory under that load',
      how: `Resident memory of all node processes of the portal, most of what was seen every half second. Bar: ${memoryBar} MB.`,
      head: ['workers', 'after start MB', 'most MB', 'bar'],
      rows: memory,
    },
  ];
}

const kind = (page: string) => (page === '/' ? '/' : page.startsWith('/classes/') ? '/classes/ID' : page);
