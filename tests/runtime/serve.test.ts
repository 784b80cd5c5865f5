import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenerOf } from '../../scripts/serve.mjs';

let seen: http.IncomingHttpHeaders = {};
const servers: http.Server[] = [];

async function serverWith(settings: { trustProxy: boolean; portal: URL }): Promise<string> {
  const page = async (req: http.IncomingMessage, res: http.ServerResponse) => {
    seen = { ...req.headers };
    if (req.url === '/breaks') throw new Error('a page broke');
    for await (const _chunk of req);
    res.end('page');
  };
  const server = http.createServer(listenerOf(page, settings));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

function raw(origin: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(new URL(origin).port), '127.0.0.1', () => socket.end(text));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

let open = '';
let behind = '';
beforeAll(async () => {
  open = await serverWith({ trustProxy: false, portal: new URL('http://localhost:3000') });
  behind = await serverWith({ trustProxy: true, portal: new URL('https://camtay.example') });
});
afterAll(() => servers.forEach((server) => server.close()));

const forged = {
  'x-forwarded-for': '203.0.113.9, 198.51.100.7',
  'x-forwarded-host': 'evil.example',
  'x-real-ip': '203.0.113.9',
  'x-middleware-subrequest': 'src/middleware',
  'x-invoke-path': '/admin',
  'x-matched-path': '/admin',
  'content-security-policy': "script-src 'nonce-forged'",
};

describe('the server', () => {
  it('believes no header about where a request comes from', async () => {
    await fetch(open, { headers: forged });
    expect(seen['x-forwarded-for']).toBe('127.0.0.1');
    for (const name of [
      'x-forwarded-host',
      'x-real-ip',
      'x-middleware-subrequest',
      'x-invoke-path',
      'x-matched-path',
    ]) {
      expect(seen).not.toHaveProperty(name);
    }
    expect(JSON.stringify(seen)).not.toContain('nonce-forged');
    await fetch(`${open}/manage`, { headers: forged });
    expect(seen['content-security-policy']).toMatch(/nonce-(?!forged)/);
  });

  it('believes its own proxy’s word only, the last one, when told to', async () => {
    await fetch(behind, { headers: forged });
    expect(seen['x-forwarded-for']).toBe('198.51.100.7');
    expect(seen['x-forwarded-host']).toBe('camtay.example');
    expect(seen['x-forwarded-proto']).toBe('https');
    expect(seen).not.toHaveProperty('x-middleware-subrequest');
  });

  const policyOf = async (path: string) => (await fetch(open + path)).headers.get('content-security-policy') ?? '';

  it('gives every staff page the same strict policy and a nonce of its own', async () => {
    const policies = await Promise.all([1, 2].map(() => policyOf('/manage')));
    expect(policies[0]).not.toBe(policies[1]);
    expect(policies[0]).toMatch(/script-src 'self' 'nonce-[^']+';/);
    expect(policies[0]).toContain("frame-ancestors 'none'");
    expect(policies[0]).not.toMatch(/script-src[^;]*unsafe/);
  });

  it('lets no inline script run on a resident’s page', async () => {
    for (const path of ['/', '/en/classes', '/my?cancel=1', '/sign-in', '/khong-co']) {
      expect(await policyOf(path)).toContain("script-src 'self';");
    }
  });

  it('sends every answer with the headers that protect it', async () => {
    expect((await fetch(open)).headers.get('strict-transport-security')).toBeNull();
    expect((await fetch(behind)).headers.get('strict-transport-security')).toContain('max-age=');
    expect((await fetch(`${open}/%ff`)).headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['/%E0%A4%A', '/a%00b', '/%5cevil', '//evil.example', `/${'x'.repeat(9000)}`])(
    'answers 400 to an address that is none: %.20s',
    async (path) => {
      const answer = await raw(open, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    },
  );

  it.each(['a b', ':::', '[::1', 'localhost:99999999', 'x"y', ''])(
    'answers 400 to a host that is none: %j',
    async (host) => {
      const answer = await raw(open, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    },
  );

  describe('takes a form', () => {
    const post = async (headers: Record<string, string>) => {
      const given = Object.entries({ Host: 'camtay.example', 'Content-Length': '0', Connection: 'close', ...headers });
      const answer = await raw(
        behind,
        `POST /manage HTTP/1.1\r\n${given.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`,
      );
      return Number(answer.slice(9, 12));
    };

    it.each<Record<string, string>>([
      { Origin: 'https://camtay.example', 'Sec-Fetch-Site': 'same-origin' },
      { 'Sec-Fetch-Site': 'none' },
      { Origin: 'https://camtay.example', Host: 'upstream_of_nginx' },
      {},
    ])('that the portal sent, or a program: %j', async (headers) => {
      expect(await post(headers)).toBe(200);
    });

    it.each<Record<string, string>>([
      { Origin: 'https://evil.example' },
      { Origin: 'https://camtay.example.evil.example' },
      { Origin: 'https://camtay.example:8443' },
      { Origin: 'null' },
      { Origin: 'https://other.quangtri.gov.vn', 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'https://evil.example', 'X-Forwarded-Host': 'evil.example' },
    ])('from nowhere else: %j', async (headers) => {
      expect(await post(headers)).toBe(403);
    });
  });

  it('takes 2 MB and refuses more in words, announced or not', async () => {
    const send = (bytes: number, chunked: boolean) => {
      const body = chunked ? new Blob([new Uint8Array(bytes)]).stream() : new Uint8Array(bytes);
      return fetch(`${open}/api/x`, { method: 'POST', body, duplex: 'half' } as RequestInit);
    };
    expect((await send(2_000_000, false)).status).toBe(200);
    expect((await send(2_000_000, true)).status).toBe(200);
    for (const chunked of [false, true]) {
      const answer = await send(2_200_000, chunked);
      expect(answer.status).toBe(413);
      expect(await answer.json()).toEqual({ error: expect.stringContaining('2 MB') });
    }
  });

  it('tells nobody why a page broke', async () => {
    const answer = await fetch(`${open}/breaks`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('broke');
  });
});
