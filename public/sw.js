// Staff pages without a network. Registered by signed-in staff for /manage (and /en/manage) alone, so that residents' pages never meet
// it. It keeps one page that holds nobody's data, and that page's scripts, styles and fonts; names live in the phone's database, where
// sign-out wipes them. Pages themselves are never kept.
const language = new URL(self.registration.scope).pathname.startsWith('/en/') ? '/en' : '';
const shell = `${language}/manage/offline`;
const mine = `camtay-shell${language}/`;
const id = '[0-9a-f-]{36}';
const today = new RegExp(
  `^${language}/manage(?:/sessions/${id}|/visits(?:/${id}|/rounds/${id}(?:/met)?)?|/tasks(?:/week|/door/${id})?|/desk)?/?$`,
);
const patienceMs = 10_000;

const isFixed = (path) => path.startsWith('/_next/static/');

/** What a page or style sheet of ours names. */
const named = (text, base) =>
  [...text.matchAll(/\/_next\/static\/[\w./~%@-]+\.(?:js|css|woff2|svg|png)|url\(["']?([^"')]+)["']?\)/g)].map(
    ([whole, inside]) => new URL(inside ?? whole, base).pathname,
  );

async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function fetchWhole(address) {
  const answer = await fetch(address, { cache: 'no-cache', credentials: 'omit' });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

/** Keeps the page of the build that runs now. It is put in last: a cache without it was cut off and counts for nothing. */
async function keepShell() {
  const page = await fetchWhole(shell);
  const text = await page.clone().text();
  const name = mine + (await digest(text));
  const cache = await caches.open(name);
  if (await cache.match(shell)) return;
  const wanted = new Set(['/portal.js', ...named(text, self.location.origin).filter(isFixed)]);
  for (const address of wanted) {
    const answer = await fetchWhole(address);
    if (address.endsWith('.css'))
      for (const inside of named(await answer.clone().text(), new URL(address, self.location.origin)))
        if (isFixed(inside)) wanted.add(inside);
    await cache.put(address, answer);
  }
  await cache.put(shell, page);
  const older = (await caches.keys()).filter((each) => each.startsWith(mine) && each !== name);
  await Promise.all(older.map((each) => caches.delete(each)));
}

/** The page from the network; the shell when there is none, when it takes too long, or when the portal is not there. */
async function pageOrShell(request) {
  const asked = fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, patienceMs));
  const answer = await Promise.race([asked, late]).catch(() => undefined);
  if (answer && ![502, 503, 504].includes(answer.status)) return answer;
  return (await caches.match(shell)) ?? answer ?? asked;
}

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(keepShell());
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// Every staff page says when it is open: a new build's page is kept then.
self.addEventListener('message', (event) => {
  if (event.data === 'keep') event.waitUntil(keepShell().catch(() => undefined));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && today.test(pathname)) event.respondWith(pageOrShell(request));
  else if (isFixed(pathname)) event.respondWith(caches.match(request.url).then((kept) => kept ?? fetch(request)));
  else if (pathname === '/portal.js')
    event.respondWith(fetch(request).catch(async () => (await caches.match(pathname)) ?? Response.error()));
});
