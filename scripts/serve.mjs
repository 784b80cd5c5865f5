// The portal's own HTTP server around Next: what must hold for every request, before any page sees it.
import cluster from 'node:cluster';
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import next from 'next';
import { isResidentsDocument, isSound } from './addresses.mjs';
import { holdBack } from './hold-back.mjs';
import { pageCache, sharedKey } from './page-cache.mjs';
import { makePlain } from './plain-document.mjs';
import { makeTroubleReadable } from './trouble.mjs';

const bodyLimitBytes = 2 * 1024 * 1024;
const closeWithinMs = 10_000;

// Headers by which a proxy or Next itself speaks to the application. From the outside they are forgeries.
const spoofable =
  /^(x-forwarded-|x-real-ip$|forwarded$|x-middleware-|x-invoke-|x-matched-path$|x-prerender-|x-now-|x-vercel-|x-next-|next-resume$|x-client-ip$|true-client-ip$|cf-connecting-ip$|content-security-policy)/;

function lastOf(header) {
  return (
    String(header ?? '')
      .split(',')
      .at(-1)
      ?.trim() ?? ''
  );
}

/** Leaves exactly one truthful address in `x-forwarded-for`; limits on sign-in by address depend on it. */
function cleanHeaders(req, { trustProxy, portal }) {
  const beyond = trustProxy ? lastOf(req.headers['x-forwarded-for']) : '';
  for (const name of Object.keys(req.headers)) if (spoofable.test(name)) delete req.headers[name];
  req.headers['x-forwarded-for'] = beyond || (req.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  req.headers['x-forwarded-proto'] = portal.protocol.slice(0, -1);
  if (trustProxy) req.headers['x-forwarded-host'] = portal.host;
  // Where sign-in leads back to; Next does not tell a page its own address.
  req.headers['x-portal-path'] = (req.url ?? '/').replace(/([?&])_rsc=[^&]*&?/, '$1').replace(/[?&]$/, '');
}

/** What the browser may load and run. `inline`: the source by which inline scripts and styles are allowed, if any are. */
function policyWith(inline, secure) {
  return [
    "default-src 'self'",
    `script-src 'self'${inline}`,
    `style-src 'self'${inline}`,
    "style-src-attr 'unsafe-inline'", // React writes style="…" on the server; it can only change looks
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

/** A page made at build time holds nothing anybody typed, and scripts without a nonce: it gets the policy that fits. */
function relaxWhenPrerendered(res, secure) {
  const setHeader = res.setHeader.bind(res);
  res.setHeader = (name, value) => {
    if (name.toLowerCase() === 'x-nextjs-prerender')
      setHeader('Content-Security-Policy', policyWith(" 'unsafe-inline'", secure));
    return setHeader(name, value);
  };
}

function protect(req, res, { portal }) {
  const secure = portal.protocol === 'https:';
  const plain = isResidentsDocument(req);
  const policy = policyWith(plain ? '' : ` 'nonce-${randomBytes(16).toString('base64')}'`, secure);
  res.setHeader('Content-Security-Policy', policy);
  if (!plain) {
    req.headers['content-security-policy'] = policy; // Next takes the nonce of its scripts from here
    relaxWhenPrerendered(res, secure);
  }
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('X-Frame-Options', 'DENY');
  res.setHeader('Referrer-Policy', 'same-origin');
  res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  res.setHeader(
    'Permissions-Policy',
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  );
  if (secure) res.setHeader('Strict-Transport-Security', 'max-age=63072000; includeSubDomains');
}

const refusals = {
  400: 'Địa chỉ trang không đúng. · The address of this page is not valid.',
  403: 'Biểu mẫu này không được gửi từ cổng. · This form was not sent from the portal.',
  413: 'Nội dung gửi lên quá lớn (tối đa 2 MB). · What was sent is too large (2 MB at most).',
  500: 'Cổng đang gặp sự cố, xin thử lại sau ít phút. · Something went wrong; please try again in a few minutes.',
};

function refuse(req, res, status) {
  if (res.headersSent) return void res.destroy();
  const json = req.url?.startsWith('/api/');
  res.statusCode = status;
  res.setHeader('Content-Type', json ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8');
  res.setHeader('Cache-Control', 'no-store');
  if (status === 413) res.setHeader('Connection', 'close');
  res.end(json ? JSON.stringify({ error: refusals[status] }) : refusals[status]);
  if (status === 413) res.on('finish', () => setTimeout(() => req.destroy(), 500).unref());
}

function isWellFormed(url) {
  if (!url?.startsWith('/') || url.startsWith('//') || url.length > 8000) return false;
  try {
    const [address = ''] = url.split('?', 1);
    // eslint-disable-next-line no-control-regex
    return !/[\u0000-\u001f\u007f\\]/.test(decodeURIComponent(address));
  } catch {
    return false;
  }
}

/** A `Host` that names no host, or none at all, makes the pages' own addresses impossible. */
function hasHost({ headers: { host } }) {
  return /^[\w.[\]:-]+$/.test(host ?? '') && URL.canParse(`http://${host}`);
}

/**
 * A form that another site, or a page without an address, had the browser send. Pages of sibling hosts count as the same site
 * for cookies, so SameSite alone does not keep them out. Programs and old browsers send neither header: they bring no cookie
 * they were not given.
 */
function isForeign({ method, headers }, { trustProxy, portal }) {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  const from = headers['sec-fetch-site'];
  if (from && from !== 'same-origin' && from !== 'none') return true;
  const { origin } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== (trustProxy ? portal.host : headers.host);
}

/** Counts what arrives, whether or not its length was announced; answers 413 once it is too much. True when refused. */
function limitBody(req, res) {
  if (Number(req.headers['content-length'] ?? 0) > bodyLimitBytes) {
    refuse(req, res, 413);
    return true;
  }
  if (!req.headers['transfer-encoding']) return false;
  let seen = 0;
  const push = req.push.bind(req);
  req.push = (chunk, encoding) => {
    seen += chunk?.length ?? 0;
    if (seen <= bodyLimitBytes) return push(chunk, encoding);
    if (!res.headersSent) refuse(req, res, 413);
    return false;
  };
  return false;
}

/** What somebody sent in is never a page, and players are told its length, which Next takes away. */
function makeHarmless(req, res) {
  res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  holdBack(res, (body) => {
    if (req.method !== 'HEAD') res.setHeader('Content-Length', body.length);
    res.end(body);
  });
}

/** What answers a request: cleaned, protected and limited, then given to `handle`. */
export function listenerOf(handle, settings) {
  const render = (req, res, from) => {
    cleanHeaders(req, settings);
    if (from) req.headers['x-forwarded-for'] = from;
    protect(req, res, settings);
    if (limitBody(req, res)) return;
    makeTroubleReadable(req, res, settings);
    if (isSound(req.url)) makeHarmless(req, res);
    else if (isResidentsDocument(req)) makePlain(req, res);
    handle(req, res).catch(() => refuse(req, res, 500));
  };
  return (req, res) => {
    const no = !isWellFormed(req.url) || !hasHost(req) ? 400 : isForeign(req, settings) ? 403 : null;
    if (no) {
      protect(req, res, settings);
      return refuse(req, res, no);
    }
    const key = settings.pages ? sharedKey(req) : null;
    if (key) settings.pages.answer(key, req, res, render).catch(() => refuse(req, res, 500));
    else render(req, res);
  };
}

/** `localhost` means both of its addresses: which one a browser tries first differs. */
function addressesOf(host) {
  return host === 'localhost' ? ['127.0.0.1', '::1'] : [host];
}

function listen(listener, port, address) {
  const server = http.createServer(
    { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 60_000, maxHeaderSize: 16_384 },
    listener,
  );
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => resolve(server));
  });
}

async function listenEverywhere(listener, port, host) {
  const servers = [];
  for (const address of addressesOf(host)) {
    try {
      servers.push(await listen(listener, port, address));
    } catch (error) {
      if (error.code === 'EADDRINUSE') {
        throw new Error(
          `Cổng mạng ${port} đang có chương trình khác dùng · Port ${port} is taken by another program: set PORT.`,
          { cause: error },
        );
      }
      if (address !== '::1') throw error; // a machine without IPv6
    }
  }
  return servers;
}

function closeAll(servers) {
  const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
  for (const server of servers) server.closeIdleConnections();
  const late = setTimeout(() => servers.forEach((server) => server.closeAllConnections()), closeWithinMs);
  late.unref();
  return Promise.all(closed);
}

async function serveHere() {
  const port = Number(process.env.PORT ?? 3000);
  const portal = new URL(process.env.PORTAL_URL || `http://localhost:${port}`);
  const listening = process.env.HOST || 'localhost';
  // Where this process reaches itself.
  const host = ['0.0.0.0', '::'].includes(listening) ? 'localhost' : listening;
  const app = next({ dev: false, dir: process.cwd(), hostname: host, port });
  await app.prepare();
  const pages = process.env.PAGE_CACHE === '0' ? null : pageCache(portal.host);
  const settings = { trustProxy: process.env.TRUST_PROXY === '1', portal, port, host, pages };
  const servers = await listenEverywhere(listenerOf(app.getRequestHandler(), settings), port, listening);
  return {
    close: async () => {
      await closeAll(servers);
      await app.close();
    },
  };
}

function serveInWorkers(count) {
  cluster.setupPrimary({ exec: fileURLToPath(import.meta.url), args: [] });
  let closing = false;
  let started = 0;
  const ready = new Promise((resolve, reject) => {
    cluster.on('message', (_worker, message) => {
      if (message?.failed) reject(new Error(message.failed));
      if (message?.ready && ++started === count) resolve();
    });
  });
  cluster.on('exit', () => {
    // A worker that cannot even start must not be started for ever.
    if (!closing && started >= count) cluster.fork();
  });
  for (let made = 0; made < count; made += 1) cluster.fork();
  const close = async () => {
    closing = true;
    const workers = Object.values(cluster.workers ?? {});
    await Promise.all(
      workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve).process.kill('SIGTERM'))),
    );
  };
  return ready.then(() => ({ close }));
}

/** Serves the built portal as the environment says (PORT, HOST, PORTAL_URL, TRUST_PROXY, WEB_CONCURRENCY). */
export function serve() {
  process.env.NODE_ENV = 'production';
  const count = Number(process.env.WEB_CONCURRENCY || 1);
  return count > 1 ? serveInWorkers(count) : serveHere();
}

const isMain = process.argv[1] !== undefined && import.meta.url === pathToFileURL(path.resolve(process.argv[1])).href;
if (isMain) {
  process.env.NODE_ENV = 'production';
  try {
    const server = await (cluster.isWorker ? serveHere() : serve());
    const stop = () => void server.close().then(() => process.exit(0));
    process.on('SIGTERM', stop);
    process.on('SIGINT', cluster.isWorker ? () => undefined : stop);
    process.on('disconnect', () => process.exit(0));
    process.send?.({ ready: true });
  } catch (error) {
    process.send?.({ failed: error.message });
    console.error(error.message);
    process.exit(1);
  }
}
