import type { APIRequestContext, APIResponse } from '@playwright/test';
import { roleCapabilities } from '../../../db/capabilities';
import { expect, test } from '../../support/browser';
import { fingerprint, serverDatabase, statusAlone, wrote } from '../../support/server';
import { pageRows, people, type Named } from './matrix';
import type { ActionRow } from './action-row';
import { sixAtOnce } from './bad';
import { actionRows } from './posts';
import { routeRows } from './route-rows';
import { actions, pages, routes, type PostedAction } from './discovery';
import { contextFor, nameThings, post } from './portal';

/**
 * Every page, action and route × every role × own and other unit, over HTTP against the running portal. What exists is
 * discovered; what has no row in matrix.ts fails.
 */
test.describe.configure({ mode: 'default', timeout: 600_000 });

let sql: ReturnType<typeof serverDatabase>;
let named: Record<number, Named>;
const contexts = new Map<string, APIRequestContext>();

test.beforeAll(async ({ baseURL }) => {
  sql = serverDatabase(baseURL);
  for (const { name } of [{ name: '' }, ...people])
    contexts.set(name, await contextFor(baseURL ?? '', name, undefined, statusAlone));
  named = { 18859: await nameThings(sql, 18859), 18901: await nameThings(sql, 18901) };
});
test.afterAll(async () => {
  await Promise.all([...contexts.values()].map((context) => context.dispose()));
  await sql.end();
});

const everyone = [{ name: '', role: null, unit: null }, ...people];
const units = [18859, 18901];
const contextOf = (name: string) => {
  const context = contexts.get(name);
  if (!context) throw new Error(`nobody signed in as ${name}`);
  return context;
};
const placeOf = (unit: number) => {
  const place = named[unit];
  if (!place) throw new Error(`nothing named in ${unit}`);
  return place;
};

type Entry = 'in' | 'signIn' | 'forbidden';

/** What the verbs alone say. */
function entryOf(may: string, role: (typeof everyone)[number]['role']): Entry {
  if (may === 'public') return 'in';
  if (role === null) return 'signIn';
  const held: readonly string[] = roleCapabilities[role];
  return may === 'signedIn' || held.includes(may) ? 'in' : 'forbidden';
}

function isSignIn(answer: APIResponse): boolean {
  return [303, 307].includes(answer.status()) && /\/sign-in(\?|$)/.test(answer.headers().location ?? '');
}

function whatHappened(answer: APIResponse): string {
  if (isSignIn(answer)) return 'signIn';
  return { 200: 'shown', 403: 'forbidden', 404: 'notFound' }[answer.status()] ?? `status ${answer.status()}`;
}

test('every page, action and route has its row', () => {
  expect(pages().filter((page) => !(page in pageRows))).toEqual([]);
  expect(routes().filter((route) => !(route in routeRows))).toEqual([]);
  expect(
    actions()
      .map(({ name }) => name)
      .filter((name) => !(name in actionRows)),
  ).toEqual([]);
  expect(
    Object.keys(pageRows).filter((page) => !pages().includes(page)),
    'rows of pages that are gone',
  ).toEqual([]);
  expect(Object.keys(actionRows).filter((name) => !actions().some((action) => action.name === name))).toEqual([]);
});

test('every page: each role gets what it may, in its own unit and another', async () => {
  const wrong: string[] = [];
  for (const [page, row] of Object.entries(pageRows)) {
    const visits = everyone.flatMap((who) => (row.at ? units : [18859]).map((place) => ({ ...who, place })));
    await Promise.all(
      visits.map(async ({ name, role, unit, place }) => {
        const address = row.at?.(placeOf(place)) ?? page;
        const entry = entryOf(row.may, role);
        const elsewhere = unit !== null && unit !== place;
        const stranger = row.ofOrganiser === true && role !== 'organiser';
        const there = stranger ? 'notFound' : elsewhere ? (row.elsewhere ?? 'shown') : 'shown';
        const should = entry === 'in' ? there : entry;
        const got = whatHappened(await contextOf(name).get(address, { maxRedirects: 0 }));
        if (got !== should) wrong.push(`${name || 'nobody'} at ${address}: ${got}, should be ${should}`);
      }),
    );
  }
  expect(wrong).toEqual([]);
});

/** What stood when one last looked, unless something was allowed to write since. */
let seen: Record<string, string> | null = null;

/** What is written by `work`, which may not write. Nobody else writes here: what stood after the last of them stands before the next. */
async function writtenBy(work: () => Promise<void>): Promise<string[]> {
  const before = seen ?? (await fingerprint(sql));
  await work();
  seen = await fingerprint(sql);
  return wrote(before, seen);
}

/** Tries, one after the other, what may write. */
async function tryForReal<T>(tries: readonly T[], attempt: (one: T) => Promise<void>): Promise<void> {
  for (const one of tries) {
    seen = null;
    await attempt(one);
  }
}

interface Try {
  who: (typeof everyone)[number];
  place: number;
  /** Nothing may be written: the verb is missing, or the ids are another unit's. */
  barred: boolean;
}

/** Everybody × their own and the other unit; one's own only where nothing is lost by doing it for real. */
const triesOf = (row: ActionRow): Try[] =>
  everyone
    .flatMap((who) => units.map((place) => ({ who, place, elsewhere: who.unit !== null && who.unit !== place })))
    .map(({ who, place, elsewhere }) => {
      const may = entryOf(row.may, who.role) === 'in';
      return { who, place, barred: !may || (elsewhere && !row.acrossUnits), real: may && !elsewhere };
    })
    .filter(({ real }) => !real || row.harmless);

/** Posts an action as somebody, naming what is another's; tells what is wrong with the answer. */
async function tryAction(action: PostedAction, row: ActionRow, { who, place }: Try): Promise<string | null> {
  const own = placeOf(who.unit ?? place);
  const answer = await post(contextOf(who.name), row.page(own), action, row.fields(placeOf(place), own));
  const entry = entryOf(row.may, who.role);
  const label = `${who.name || 'nobody'} posts ${action.name} naming ${place}`;
  if (entry !== 'in') {
    // To a form sent without JavaScript Next answers an action's 403 with 404: refused all the same.
    const got = whatHappened(answer) === 'notFound' ? 'forbidden' : whatHappened(answer);
    return got === entry ? null : `${label}: ${got}, should be ${entry}`;
  }
  if (answer.status() >= 500) return `${label}: status ${answer.status()}`;
  const refused = ['forbidden', 'signIn'].includes(whatHappened(answer));
  return refused && (who.unit === null || who.unit === place) ? `${label}: wrongly ${whatHappened(answer)}` : null;
}

test('every action: verbs hold, and another unit’s ids in every field write nothing', async () => {
  const wrong: string[] = [];
  for (const action of actions()) {
    const row = actionRows[action.name];
    if (!row || row.skip) continue;
    const tries = triesOf(row);
    const attempt = async (one: Try) => {
      const complaint = await tryAction(action, row, one);
      if (complaint) wrong.push(complaint);
    };
    const barred = tries.filter((one) => one.barred);
    const tables = await writtenBy(() => sixAtOnce(barred, attempt));
    const by = barred.map(({ who, place }) => `${who.name || 'nobody'} naming ${place}`).join(', ');
    if (tables.length > 0) wrong.push(`${action.name}: LEAK, wrote ${tables.join(', ')}; by one of ${by}`);
    await tryForReal(
      tries.filter((one) => !one.barred),
      attempt,
    );
  }
  expect(wrong).toEqual([]);
});

test('every action works for those who may, in their own unit', async () => {
  const wrong: string[] = [];
  for (const action of actions()) {
    const row = actionRows[action.name];
    if (!row?.works) continue;
    const { as, fields } = row.works;
    const who = people.find(({ name }) => name === as);
    const own = placeOf(who?.unit ?? 18859);
    const given = fields ? await fields(own, sql) : row.fields(own, own);
    const answer = await post(contextOf(as), row.page(own), action, given);
    if (answer.status() !== 303) wrong.push(`${as} posts ${action.name}: status ${answer.status()}, should be 303`);
  }
  expect(wrong).toEqual([]);
});

test('every route: each role gets what it may', async () => {
  const wrong: string[] = [];
  for (const [route, row] of Object.entries(routeRows)) {
    const [method = 'GET', address = '/'] = route.split(' ');
    const tries = everyone.flatMap(({ name, role, unit }) =>
      units.map((place) => {
        const entry = entryOf(row.may, role);
        const elsewhere = unit !== null && unit !== place;
        const answers = (elsewhere ? row.elsewhere : undefined) ?? row.answers ?? 200;
        const should = { in: answers, signIn: 401, forbidden: 403 }[entry];
        return { name, place, should, barred: entry !== 'in' || elsewhere };
      }),
    );
    const attempt = async ({ name, place, should }: (typeof tries)[number]) => {
      const answer = await contextOf(name).fetch(row.at?.(placeOf(place)) ?? address, {
        method,
        data: row.data?.(placeOf(place)),
        maxRedirects: 0,
      });
      if (answer.status() !== should)
        wrong.push(`${name || 'nobody'} ${route} naming ${place}: ${answer.status()}, should be ${should}`);
    };
    const barred = tries.filter((one) => one.barred);
    const tables = await writtenBy(() => sixAtOnce(barred, attempt));
    const by = barred.map(({ name, place }) => `${name || 'nobody'} naming ${place}`).join(', ');
    if (tables.length > 0) wrong.push(`${route}: LEAK, wrote ${tables.join(', ')}; by one of ${by}`);
    await tryForReal(
      tries.filter((one) => !one.barred),
      attempt,
    );
  }
  expect(wrong).toEqual([]);
});
