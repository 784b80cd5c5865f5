import http from 'node:http';
import type { Sql } from 'postgres';
import { weigh } from '../../scripts/weigh';
import { test, expect } from '../support/browser';
import { serverDatabase } from '../support/server';
import { visits } from './visits';

/**
 * What residents' pages may weigh: bytes alone, no times (those are `npm run bench lighthouse`'s). Fetched as a browser on a phone would,
 * in the demo world's fullest lists.
 */
const most = { html: 15 * 1024, first: 260 * 1024, second: 20 * 1024 };

let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());
test.skip(({ isMobile }) => !isMobile, 'bytes do not depend on the screen');

/** The length of a page as it travels, compressed. */
const packed = (address: string) =>
  new Promise<{ status: number; bytes: number }>((resolve, reject) => {
    const asked = http.get(address, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, bytes }));
    });
    asked.on('error', reject);
  });

/** Residents' pages: each there is, the lists that hold most, and every class that can be found. */
async function publicPages(): Promise<string[]> {
  const known = (await visits(sql))
    .filter(({ as, address }) => as === 'nobody' && !address.startsWith('/manage/'))
    .map(({ address }) => address);
  const classes = await sql<{ id: string }[]>`
    select id from class where status in ('published', 'cancelled') and last_ends_at > now() order by id`;
  const [fullest] = await sql<{ area: number }[]>`
    select t.ancestor_id as area from class c join area_tree t using (area_id) join area a on a.id = t.ancestor_id and a.kind <> 'province'
    where c.status = 'published' and c.last_ends_at > now() group by 1 order by count(*) desc, 1 limit 1`;
  const lists = ['/classes?page=2', '/classes?page=3', `/classes?area=${fullest?.area}`];
  return [...new Set([...known, ...lists, ...classes.map(({ id }) => `/classes/${id}`)])];
}

test('every public page comes in 15 KB of HTML, also the fullest list', async ({ baseURL }) => {
  test.setTimeout(180_000);
  const heavy: string[] = [];
  for (const address of await publicPages()) {
    const { status, bytes } = await packed(`${baseURL}${address}`);
    if (status >= 500 || bytes > most.html) heavy.push(`${address}: ${status}, ${bytes} bytes`);
  }
  expect(heavy).toEqual([]);
});

test('a first visit weighs at most 260 KB, the next one at most 20 KB', async ({ browser, baseURL }) => {
  test.setTimeout(180_000);
  const heavy: string[] = [];
  const [open] = await sql<{ id: string }[]>`
    select id from class where status = 'published' and last_ends_at > now() + interval '1 day' order by seats_confirmed desc, id limit 1`;
  const pages = ['/', '/classes', `/classes/${open?.id}`, '/my', '/ask', '/privacy', '/progress', '/en/classes'];
  for (const address of pages) {
    const context = await browser.newContext();
    const [first, second] = [
      await weigh(context, `${baseURL}${address}`),
      await weigh(context, `${baseURL}${address}`),
    ];
    await context.close();
    const told = `${address}: ${JSON.stringify({ first, second })}`;
    // A page that loads nothing of its own would prove nothing.
    if (first.all > most.first || !first.of.Font || !first.of.Stylesheet) heavy.push(told);
    if (second.all > most.second || second.all === 0) heavy.push(told);
  }
  expect(heavy).toEqual([]);
});
