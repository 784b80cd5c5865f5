// The public pages behind Debian's nginx with the project's configuration: speed, freshness of seats, and that nothing of one
// person comes out of the cache.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { formBody, stampsOf } from './form';
import { enrolActionId, consentVersion } from './enrol';
import { figure, median, openClasses, runs, seconds, spread, times, type Section } from './measure';
import { answers, end, nginxPort, origin, portalPort, start, type Stage } from './stage';

const bar = 20_000;
const freshWithinMs = 5000;
const front = origin(nginxPort);

/** Debian's main file as far as it matters, and the project's, moved to this bench's ports and folders. */
function configure(stage: Stage): string {
  const folder = path.join(stage.dataDir, 'nginx');
  fs.mkdirSync(path.join(folder, 'cache'), { recursive: true });
  const site = fs
    .readFileSync('deploy/nginx/cam-tay.conf', 'utf8')
    .replace('listen 80;', `listen 127.0.0.1:${nginxPort};`)
    .replace('server 127.0.0.1:3000;', `server 127.0.0.1:${portalPort};`)
    .replace('/var/cache/nginx/cam-tay', path.join(folder, 'cache'))
    .replace('/var/log/nginx/cam-tay.log', path.join(folder, 'access.log'))
    .replaceAll('/etc/nginx/cam-tay-proxy.conf', path.resolve('deploy/nginx/cam-tay-proxy.conf'));
  fs.writeFileSync(path.join(folder, 'site.conf'), site);
  const main = `daemon off; worker_processes auto; pid ${folder}/pid; error_log ${folder}/error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 768; }
http { sendfile on; tcp_nopush on; types_hash_max_size 2048; default_type application/octet-stream;
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
include ${folder}/site.conf; }`;
  fs.writeFileSync(path.join(folder, 'nginx.conf'), main);
  return path.join(folder, 'nginx.conf');
}

/** wrk in its own process; requests a second, and what was not 2xx. */
async function wrk(url: string, lasting = seconds): Promise<{ perSecond: number; p99: string; bad: number }> {
  const args = ['-t2', '-c64', `-d${lasting}s`, '--latency', '-H', 'Accept-Encoding: gzip', url];
  const child = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'inherit'], timeout: 60_000 });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve) => child.on('close', resolve));
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1] ?? Number.NaN),
    p99: /99%\s+(\S+)/.exec(text)?.[1] ?? '—',
    bad: Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0),
  };
}

type Place = { id: string; villageId: number };

/** Takes a seat through nginx, then asks for the page until it says so, under the same load of other visitors: milliseconds. */
async function freshness(stage: Stage, place: Place, index: number): Promise<number> {
  const url = `${front}/classes/${place.id}`;
  const text = async () => seatsOf(await (await fetch(url)).text());
  const before = await text();
  const target = {
    actionId: enrolActionId(),
    classes: [place],
    consentVersion: await consentVersion(stage),
    stamps: stampsOf([place]),
    run: 60,
  };
  const { headers, body } = formBody(target, index, front);
  const posted = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' });
  if (posted.status !== 303) throw new Error(`enrolling through nginx was answered ${posted.status}`);
  const began = performance.now();
  while (performance.now() - began < 10_000) {
    if ((await text()) !== before) return performance.now() - began;
    await sleep(50);
  }
  return Number.POSITIVE_INFINITY;
}

/** What the page says of seats and queue. */
const seatsOf = (html: string) => /Còn \d+ chỗ|(?:\d+ người|Đang có \d+)[^<]{0,20}(?:chờ|đợi)/.exec(html)?.[0] ?? '';

async function statusOf(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await fetch(url, { headers, method, redirect: 'manual' });
  await answer.arrayBuffer();
  return { kept: answer.headers.get('x-cache-status'), tells: answer.headers.get('cache-control') ?? '' };
}

/** Each is a sentence and whether it held. */
async function privacy(place: Place): Promise<[string, boolean][]> {
  const page = `${front}/classes/${place.id}`;
  const marked = `${front}/classes?q=${Date.now()}`;
  const held: [string, boolean][] = [];
  for (const cookie of ['authjs.session-token=somebody', 'camtay.slip=ABCDEFGH.1.x']) {
    const first = await statusOf(marked, { cookie });
    const next = await statusOf(marked);
    held.push([
      `a visitor with the cookie ${cookie.split('=')[0]} gets a page of their own (${first.kept}, ${first.tells}), and the next visitor does not get it (${next.kept})`,
      first.kept === 'BYPASS' && ['MISS', 'EXPIRED'].includes(next.kept ?? '') && first.tells.includes('no-store'),
    ]);
    await sleep(4000);
  }
  const twice = [await statusOf(page), await statusOf(page)];
  held.push([`a page for everybody is kept (${twice.map(({ kept }) => kept).join(', ')})`, twice[1]?.kept === 'HIT']);
  held.push(['browsers are told to ask every time', twice[1]?.tells === 'no-cache']);
  for (const address of ['/my', '/sign-in', '/manage', '/api/health', '/en/my']) {
    await statusOf(front + address);
    const { kept, tells } = await statusOf(front + address);
    held.push([`${address} is never kept (${kept ?? 'no cache'}; ${tells})`, kept === null]);
  }
  const plain = await (await fetch(`${front}/classes?open=1&fbclid=somebody&utm_source=zalo`)).text();
  held.push(['marks of advertisers reach neither the page nor its key', !plain.includes('somebody')]);
  await sleep(3500);
  await statusOf(`${front}/classes?utm_source=a&open=1`);
  held.push(['… one copy serves them all', (await statusOf(`${front}/classes?open=1&gclid=b`)).kept === 'HIT']);
  return held;
}

export async function nginx(stage: Stage): Promise<Section[]> {
  if (spawnSync('nginx', ['-v']).status !== 0 || spawnSync('which', ['wrk']).status !== 0) {
    throw new Error('nginx and wrk are needed (Debian: apt-get install nginx-light wrk)');
  }
  const places = await openClasses(stage, 20);
  const [place] = places;
  if (!place) throw new Error('the demo world holds no open class');
  const portal = await stage.portal(1, { PORTAL_URL: front });
  const server = start('nginx', ['-c', configure(stage)]);
  await answers(`${front}/`);
  const rows: string[][] = [];
  for (const page of ['/', '/classes', `/classes/${place.id}`]) {
    await wrk(front + page);
    const seen = await times(runs, () => wrk(front + page));
    const rates = seen.map(({ perSecond }) => perSecond);
    rows.push([
      page.length > 9 ? '/classes/ID' : page,
      spread(rates),
      seen[0]?.p99 ?? '—',
      String(seen.reduce((sum, { bad }) => sum + bad, 0)),
      median(rates) >= bar ? 'held' : 'not held',
    ]);
  }
  const held = await privacy(place);
  const busy = wrk(`${front}/classes/${places[1]?.id}`, 20);
  const fresh: number[] = [];
  for (let index = 0; index < 5; index += 1) fresh.push(await freshness(stage, places[1] ?? place, index));
  await busy;
  await end(server);
  await portal.stop();
  const slowest = Math.max(...fresh);
  held.push([
    `a seat taken is seen by the next visitors after ${figure(median(fresh))} ms (slowest of ${fresh.length}: ${figure(slowest)} ms; bar ${freshWithinMs} ms)`,
    slowest <= freshWithinMs,
  ]);
  return [
    {
      title: 'Public pages behind nginx',
      how: `Debian's nginx with deploy/nginx/cam-tay.conf, one portal process behind it; wrk -t2 -c64, ${runs} runs of ${seconds} s after one to warm up, gzip; wrk shares the cores. Bar: ${figure(bar)} a second.`,
      head: ['page', 'requests/s', 'p99', 'not 2xx', 'bar'],
      rows,
      said: held.map(([sentence, right]) => `${right ? 'held' : '**NOT HELD**'}: ${sentence}`),
    },
  ];
}
