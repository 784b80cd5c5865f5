// Pages that are the same for everybody, kept for one second: a thousand people who open one link cost one rendering.
// No page of one person can get in here, by construction: what is rendered for keeping is rendered for a request that has
// lost everything its sender sent but the address (docs/decisions/008-page-cache.md).
import { holdBack } from './hold-back.mjs';

/** The only addresses ever kept; deploy/nginx/cam-tay.conf lists the same. */
const publicPage = /^\/(?:en|(?:en\/)?(?:classes(?:\/[0-9a-z]{8})?|privacy))?$/;
/** Requests that show who sends them, or ask for something else than the page. */
const personal = ['cookie', 'authorization', 'rsc', 'next-action', 'range'];
const longestAddress = 300;
const keptMs = 1000;
const nobody = '0.0.0.0';
const mostBytes = 16 * 1024 * 1024;

// Shared caches (nginx) may keep it a second and show it two more while they fetch it anew; browsers always ask.
const sharing = 'public, max-age=0, s-maxage=1, stale-while-revalidate=2';

/** What a page is known by; null when the answer is nobody else's. */
export function sharedKey(req) {
  if (req.method !== 'GET' || req.url.length > longestAddress) return null;
  if (personal.some((name) => req.headers[name] !== undefined)) return null;
  if (!publicPage.test(req.url.split('?', 1)[0])) return null;
  return `${/\bgzip\b/.test(req.headers['accept-encoding'] ?? '') ? 'gzip' : ''} ${req.url}`;
}

/** Leaves the address and the encoding; whoever asked could be anybody. */
function makeAnonymous(req, key, host) {
  for (const name of Object.keys(req.headers)) delete req.headers[name];
  req.rawHeaders.length = 0;
  req.headers.host = host;
  req.headers['accept-encoding'] = key.startsWith('gzip ') ? 'gzip' : 'identity';
}

function send(res, page) {
  res.writeHead(200, page.headers);
  res.end(page.body);
}

/** The page, once whole; null when it is not for sharing or was given up. */
function record(res, now) {
  return new Promise((resolve) => {
    res.once('close', () => resolve(null));
    holdBack(res, (body) => {
      const shared = res.statusCode === 200 && !res.hasHeader('set-cookie');
      if (shared) res.setHeader('Cache-Control', sharing);
      res.removeHeader('Transfer-Encoding');
      res.setHeader('Content-Length', body.length);
      resolve(shared ? { headers: { ...res.getHeaders() }, body, until: now() + keptMs } : null);
      res.end(body);
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
    const known = pages.get(key);
    if (known && known.until > now()) return send(res, known);
    const coming = underway.get(key);
    if (coming) {
      const page = await coming;
      if (res.destroyed) return;
      // Not for sharing (not found, an error), or given up by whom it was rendered for: everybody asks for themselves.
      return page ? send(res, page) : render(req, res);
    }
    makeAnonymous(req, key, host);
    const recorded = record(res, now);
    underway.set(key, recorded);
    void remember(key, recorded);
    render(req, res, nobody);
  }
  return { answer };
}
