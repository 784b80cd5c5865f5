// Pages that are the same for everybody, kept for one second: a thousand people who open one link cost one rendering.
// No page of one person can get in here, by construction: what is rendered for keeping is rendered for a request that has
// lost everything its sender sent but the address (docs/decisions/008-page-cache.md).
import { holdBack } from './hold-back.mjs';

/** The only addresses ever kept: pages, of which deploy/nginx/cam-tay.conf lists the same, and what calendars subscribe to. */
const publicPage = /^\/(?:en|(?:en\/)?(?:classes(?:\/[0-9a-z]{8})?|privacy|progress))?$/;
const feed = /^\/(?:en\/)?classes(?:\/[0-9a-z]{8})?\.ics$/;
/** Requests that show who sends them, or ask for something else than the page. */
const personal = ['cookie', 'authorization', 'rsc', 'next-action', 'range'];
const longestAddress = 300;
const keptMs = 1000;
const nobody = '0.0.0.0';
const mostBytes = 16 * 1024 * 1024;

// Pages: shared caches (nginx) may keep it a second and show it two more while they fetch it anew; browsers always ask.
// A feed says itself how long its readers keep it.
const sharing = 'public, max-age=0, s-maxage=1, stale-while-revalidate=2';

const pathOf = (req) => req.url.split('?', 1)[0];

/** What a page is known by; null when the answer is nobody else's. */
export function sharedKey(req) {
  if (req.method !== 'GET' || req.url.length > longestAddress) return null;
  if (personal.some((name) => req.headers[name] !== undefined)) return null;
  if (!publicPage.test(pathOf(req)) && !feed.test(pathOf(req))) return null;
  return `${/\bgzip\b/.test(req.headers['accept-encoding'] ?? '') ? 'gzip' : ''} ${req.url}`;
}

/** Leaves the address and the encoding; whoever asked could be anybody. */
function makeAnonymous(req, key, host) {
  for (const name of Object.keys(req.headers)) delete req.headers[name];
  req.rawHeaders.length = 0;
  req.headers.host = host;
  req.headers['accept-encoding'] = key.startsWith('gzip ') ? 'gzip' : 'identity';
}

const bare = (mark) => mark.trim().replace(/^W\//, '');
/** The answers a sender says to hold already. */
const marksHeld = (req) =>
  String(req.headers['if-none-match'] ?? '')
    .split(',')
    .map(bare);
const ofTheBody = ['content-type', 'content-length', 'content-encoding'];

/** The page, or 304 to whoever holds exactly this one already. */
function send(res, { headers, body }, held) {
  if (!headers.etag || !held.includes(bare(headers.etag))) return void res.writeHead(200, headers).end(body);
  const left = Object.entries(headers).filter(([name]) => !ofTheBody.includes(name));
  res.writeHead(304, Object.fromEntries(left)).end();
}

/** The page, once whole, sent to whom it was rendered for; null when it is not for sharing or was given up. */
function record(res, held, { path, until }) {
  return new Promise((resolve) => {
    res.once('close', () => resolve(null));
    holdBack(res, (body) => {
      res.removeHeader('Transfer-Encoding');
      res.setHeader('Content-Length', body.length);
      if (res.statusCode !== 200 || res.hasHeader('set-cookie')) {
        resolve(null);
        return res.end(body);
      }
      if (!feed.test(path)) res.setHeader('Cache-Control', sharing);
      const page = { headers: { ...res.getHeaders() }, body, until: until() };
      resolve(page);
      for (const name of res.getHeaderNames()) res.removeHeader(name);
      send(res, page, held);
    });
  });
}

/** Keeps pages for one server process; `render` answers a request in the ordinary way, as if from the address given third. */
export function pageCache(host, now = Date.now) {
  const pages = new Map();
  const underway = new Map();
  let bytes = 0;

  function forget(key) {
    bytes -= pages.get(key)?.body.length ?? 0;
    pages.delete(key);
  }

  function keep(key, page) {
    forget(key);
    pages.set(key, page);
    bytes += page.body.length;
    for (const oldest of pages.keys()) {
      if (bytes <= mostBytes) break;
      forget(oldest);
    }
  }

  async function remember(key, recorded) {
    const page = await recorded;
    underway.delete(key);
    if (page) keep(key, page);
  }

  async function answer(key, req, res, render) {
    const held = marksHeld(req);
    const known = pages.get(key);
    if (known && known.until > now()) return send(res, known, held);
    const coming = underway.get(key);
    if (coming) {
      const page = await coming;
      if (res.destroyed) return;
      // Not for sharing (not found, an error), or given up by whom it was rendered for: everybody asks for themselves.
      return page ? send(res, page, held) : render(req, res);
    }
    makeAnonymous(req, key, host);
    const recorded = record(res, held, { path: pathOf(req), until: () => now() + keptMs });
    underway.set(key, recorded);
    void remember(key, recorded);
    render(req, res, nobody);
  }
  return { answer };
}
