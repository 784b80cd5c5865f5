import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withAddresses, withoutFramework, withTroubleInTitle } from '../../scripts/plain-document.mjs';
import { listenerOf } from '../../scripts/serve.mjs';

const framework =
  '<link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/a.js"/><script src="/_next/static/chunks/a.js" async=""></script><script>self.__next_f.push([1,"</div> &<"])</script><!--$-->';
const kept =
  '<script src="/portal.js"></script><script type="application/ld+json">{"name":"Lớp"}</script><link rel="stylesheet" href="/a.css"/>';
const text = '<p title="&lt;script&gt;">Chị &lt;script&gt;x&lt;/script&gt; học – ấ</p>';
const page = (inside: string) => `<!DOCTYPE html><html><head>${inside}</head><body>${text}</body></html>`;

describe('a document', () => {
  it('loses the framework and nothing else', () => {
    expect(withoutFramework(page(framework + kept))).toBe(page(kept));
  });

  it('says where its forms go, so that nothing jumped to before comes along', () => {
    const form = (action: string) => `<form class="a" action="${action}" method="POST"></form><a href=""></a>`;
    expect(withAddresses(form(''), '/ask?q="><script>&a=$&')).toBe(
      form('/ask?q=&quot;&gt;&lt;script&gt;&amp;a=$&amp;'),
    );
    expect(withAddresses(form('/classes#found'), '/')).toBe(form('/classes#found'));
  });

  it('says in its title that a form was refused, and only then', () => {
    const refused = '<title>Lớp</title><div role="alert" data-in-title="Lỗi:"><svg><title>x</title></svg></div>';
    expect(withTroubleInTitle(refused)).toBe(refused.replace('Lớp', 'Lỗi: Lớp'));
    const typed = '<title>Lớp</title><p>&lt;div data-in-title=&quot;x&quot;</p>';
    expect(withTroubleInTitle(typed)).toBe(typed);
  });
});

let server: http.Server;
let origin = '';
beforeAll(async () => {
  const answer = async (req: http.IncomingMessage, res: http.ServerResponse) => {
    const [address = ''] = (req.url ?? '').split('?', 1);
    res.setHeader('Content-Type', /\.(js|ics)$/.test(address) ? 'text/plain' : 'text/html; charset=utf-8');
    if (address === '/moved') return void res.writeHead(303, { Location: '/my' }).end();
    if (address === '/my') res.setHeader('Set-Cookie', 'slip=1');
    res.flushHeaders();
    // In the middle of a letter of two bytes, as a stream may be cut.
    const bytes = Buffer.from(page(framework + kept));
    const cut = bytes.indexOf('ấ') + 1;
    res.write(bytes.subarray(0, cut));
    res.end(bytes.subarray(cut));
  };
  const settings = { trustProxy: false, portal: new URL('http://localhost'), port: 0 };
  server = http.createServer(listenerOf(answer, settings));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

/** As it travels: `fetch` would unpack it. */
function get(path: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET') {
  return new Promise<{ status: number; headers: http.IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const asked = http.request(origin + path, { headers, method }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    asked.on('error', reject).end();
  });
}

describe('the server', () => {
  it.each(['/', '/en', '/classes?q=a.b', '/my', '/sign-in'])('sends %s plain, packed when asked to', async (path) => {
    const packed = await get(path, { 'accept-encoding': 'br, gzip' });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: expect.stringContaining('Encoding') });
    expect(Number(packed.headers['content-length'])).toBe(packed.body.length);
    expect(gunzipSync(packed.body).toString()).toBe(page(kept));
    const open = await get(path);
    expect(open.headers['content-encoding']).toBeUndefined();
    expect(open.body.toString()).toBe(page(kept));
  });

  it('leaves staff pages, parts for the router, files and data as they are', async () => {
    for (const path of ['/manage', '/en/dashboard?unit=1', '/_next/static/a.html', '/feed.ics', '/api/v1/x'])
      expect((await get(path)).body.toString()).toBe(page(framework + kept));
    expect((await get('/classes', { rsc: '1' })).body.toString()).toBe(page(framework + kept));
  });

  it('keeps status, cookies and redirects, and answers HEAD', async () => {
    expect((await get('/my')).headers['set-cookie']).toEqual(['slip=1']);
    expect(await get('/moved')).toMatchObject({ status: 303, headers: { location: '/my' } });
    const head = await get('/classes', {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.body).toHaveLength(0);
  });
});
