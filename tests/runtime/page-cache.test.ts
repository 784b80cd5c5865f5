import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pageCache } from '../../scripts/page-cache.mjs';
import { listenerOf } from '../../scripts/serve.mjs';

let rendered: { url: string; headers: http.IncomingHttpHeaders }[] = [];
let server: http.Server;
let origin: string;
/** The cache's clock, moved by hand. */
let clock = 0;
/** What every calendar holds. */
let calendar = 'as planned';

/** A page that shows everything it knows of who asks: nothing of it may come out for another. */
async function page(req: http.IncomingMessage, res: http.ServerResponse): Promise<void> {
  rendered.push({ url: req.url ?? '', headers: { ...req.headers } });
  const url = req.url ?? '';
  await sleep(30);
  res.statusCode = url.includes('q=missing') ? 404 : 200;
  if (url.includes('q=cookie')) res.setHeader('Set-Cookie', 'a=b');
  if (/\.ics\b/.test(url)) {
    res.setHeader('Cache-Control', 'public, max-age=300');
    res.setHeader('ETag', `W/"${calendar}"`);
  }
  // A missing document would be answered by a page of trouble, which is not here.
  res.setHeader('Content-Type', res.statusCode === 404 ? 'text/plain' : 'text/html');
  res.write(`${rendered.length} `);
  res.end(JSON.stringify(req.headers));
}

beforeAll(async () => {
  const settings = {
    trustProxy: true,
    portal: new URL('http://portal.example'),
    port: 0,
    pages: pageCache('portal.example', () => clock),
  };
  server = http.createServer(listenerOf(page, settings));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  rendered = [];
});

/** Gets an address not asked for before, so that tests do not meet. */
let asked = 0;
const fresh = (path = '/classes') => `${origin}${path}?q=${++asked}`;
const text = async (url: string, headers: Record<string, string> = {}) => (await fetch(url, { headers })).text();

it('renders once for fifty people who ask at once, and again after a second', async () => {
  const url = fresh();
  const bodies = await Promise.all(Array.from({ length: 50 }, () => text(url)));
  expect(new Set(bodies).size).toBe(1);
  expect(rendered).toHaveLength(1);
  clock += 1001;
  await text(url);
  expect(rendered).toHaveLength(2);
});

it('renders for nobody in particular: nothing a sender sent reaches the page but the address', async () => {
  const body = await text(fresh(), {
    'user-agent': 'of-somebody',
    'accept-language': 'of-somebody',
    referer: 'http://of-somebody',
    'x-forwarded-for': '198.51.100.7',
    'x-anything': 'of-somebody',
    'x-portal-trouble': 'of-somebody',
  });
  expect(body).not.toMatch(/of-somebody|198\.51|127\.0\.0\.1/);
  expect(Object.keys(rendered[0]?.headers ?? {}).toSorted()).toEqual([
    'host',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-portal-path',
  ]);
  expect(rendered[0]?.headers).toMatchObject({ host: 'portal.example', 'x-forwarded-for': '0.0.0.0' });
});

it.each([
  ['cookie', 'a=b'],
  ['authorization', 'Bearer x'],
  ['rsc', 'of-somebody'],
  ['next-action', 'of-somebody'],
  ['range', 'bytes=0-1'],
])('asks anew for whoever sends %s, and keeps nothing of it', async (name, value) => {
  const url = fresh();
  const kept = await text(url);
  const own = await text(url, { [name]: value });
  expect(own).toContain(value);
  expect(await text(url)).toBe(kept);
  const other = fresh();
  await text(other, { [name]: value });
  expect(await text(other)).not.toContain(value);
});

it.each([
  '/my',
  '/sign-in',
  '/manage',
  '/classes/ABC',
  '/classes/abcdefgh/poster',
  '/classes/abcdefgh/ics',
  '/classes/ABC.ics',
  '/my.ics',
  '/api/health',
  '/certificates/abcdefgh',
])('never keeps %s', async (path) => {
  const url = fresh(path);
  expect(await text(url)).not.toBe(await text(url));
  expect((await fetch(url)).headers.get('cache-control') ?? '').not.toContain('s-maxage');
});

it.each(['missing', 'cookie'])('never keeps an answer of %s', async (word) => {
  const url = `${origin}/classes?q=${word}`;
  const [first, second] = [await fetch(url), await fetch(url)];
  expect(await first.text()).not.toBe(await second.text());
  expect(first.headers.get('cache-control') ?? '').not.toContain('s-maxage');
});

it('posts are not answered from what is kept', async () => {
  const url = fresh('/classes/abcdefgh');
  await text(url);
  await (await fetch(url, { method: 'POST', body: 'x' })).text();
  expect(rendered).toHaveLength(2);
});

it('keeps the packed page apart from the plain one', async () => {
  const url = fresh();
  const answers = [];
  for (const accepted of ['gzip, br', 'identity'])
    answers.push(await fetch(url, { headers: { 'accept-encoding': accepted } }));
  expect(answers.map((answer) => answer.headers.get('content-encoding'))).toEqual(['gzip', null]);
});

it('serves those who wait when whoever asked first goes away', async () => {
  const url = fresh();
  const gone = new AbortController();
  const first = fetch(url, { signal: gone.signal }).catch(() => 'gone');
  await sleep(10);
  const others = Promise.all([text(url), text(url)]);
  await sleep(5);
  gone.abort();
  expect(await first).toBe('gone');
  for (const body of await others) expect(body).toContain('portal.example');
});

describe('calendars', () => {
  const feeds = ['/classes.ics', '/en/classes.ics', '/classes/abcdefgh.ics', '/en/classes/abcdefgh.ics'];

  it.each(feeds)('are made once for everybody who asks at once, each at its own address: %s', async (path) => {
    const url = fresh(path);
    const bodies = await Promise.all(Array.from({ length: 20 }, () => text(url, { 'user-agent': 'of-somebody' })));
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).not.toContain('of-somebody');
    expect(rendered).toHaveLength(1);
    await text(`${url}&area=44`);
    expect(rendered).toHaveLength(2);
    clock += 1001;
    await text(url);
    expect(rendered).toHaveLength(3);
  });

  it('are not sent again to those who hold them: who asked first, who waited, who came later; until they change', async () => {
    const url = fresh('/classes.ics');
    const asking = (mark: string) => fetch(url, { headers: { 'if-none-match': mark } });
    const known = ['W/"as planned"', '"as planned"', '"older", W/"as planned"'];
    const answers = await Promise.all([...known.map(asking), asking('W/"older"')]);
    answers.push(await asking('W/"as planned"'), await asking('W/"older"'));
    expect(answers.map(({ status }) => status)).toEqual([304, 304, 304, 200, 304, 200]);
    expect(rendered).toHaveLength(1);
    for (const answer of answers) {
      expect(answer.headers.get('etag')).toBe('W/"as planned"');
      expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect((await answer.text()) === '').toBe(answer.status === 304);
    }
    calendar = 'put off';
    clock += 1001;
    expect((await asking('W/"as planned"')).status).toBe(200);
    expect((await asking('W/"put off"')).status).toBe(304);
  });

  it('that are not there are asked for anew', async () => {
    const url = `${origin}/classes.ics?q=missing`;
    expect(await text(url)).not.toBe(await text(url));
  });
});
