import { request, type APIRequestContext, type APIResponse } from '@playwright/test';
import { roleCapabilities } from '../../../db/capabilities';
import { expect, test } from '../../support/browser';
import { fingerprint, serverDatabase } from '../../support/server';
import { actionRows, pageRows, people, routeRows, type ActionRow, type Named } from './matrix';
import { actions, pages, routes, type PostedAction } from './discovery';

/**
 * Every page, action and route × every role × own and other unit, over HTTP against the running portal. What exists is
 * discovered; what has no row in matrix.ts fails.
 */
test.describe.configure({ mode: 'default', timeout: 300_000 });
test.skip(({ isMobile }) => isMobile === true, 'no screen is involved: once is enough');

const password = 'cam-tay-demo-2026';
const empty = { errors: {}, values: {} };
let sql: ReturnType<typeof serverDatabase>;
let named: Record<number, Named>;
const contexts = new Map<string, APIRequestContext>();

/** A form as a browser without JavaScript posts it, for an action used with useActionState. */
function formOf(action: PostedAction, fields: Record<string, string | number>): Record<string, string | number> {
  return {
    $ACTION_REF_1: '',
    '$ACTION_1:0': JSON.stringify({ id: action.id, bound: '$@1' }),
    '$ACTION_1:1': JSON.stringify([empty]),
    ...fields,
  };
}

async function post(
  context: APIRequestContext,
  page: string,
  action: PostedAction,
  fields: Record<string, string | number>,
): Promise<APIResponse> {
  return context.post(page, { multipart: formOf(action, fields), maxRedirects: 0 });
}

async function nameThings(unit: number): Promise<Named> {
  const [row] = await sql<Named[]>`
    with under as (select area_id from area_tree where ancestor_id = ${unit})
    select ${unit}::int as unit,
      (select c.id from class c where c.status = 'published' and c.area_id in (select area_id from under)
         and exists (select from class_session f where f.class_id = c.id and f.status = 'published' and f.starts_at > now() + interval '1 day') order by c.id limit 1) as class_id,
      (select id from class where status = 'draft' and area_id in (select area_id from under) order by id limit 1) as draft_id,
      (select id from class_session where status in ('held', 'published') and starts_at < now() and area_id in (select area_id from under) order by starts_at desc, id limit 1) as session_id,
      (select p.id from person p join enrolment e on e.person_id = p.id where e.area_id in (select area_id from under)
         and p.area_id in (select area_id from under)
         and not exists (select from enrolment x where x.person_id = p.id and x.area_id not in (select area_id from under))
         and not exists (select from attendance x where x.person_id = p.id and x.area_id not in (select area_id from under)) order by p.id limit 1) as person_id,
      (select e.id from enrolment e join class c on c.id = e.class_id where e.status = 'confirmed' and c.status = 'published' and c.last_ends_at > now() + interval '1 day' and e.area_id in (select area_id from under) order by e.id limit 1) as enrolment_id,
      (select e.class_id from enrolment e join class c on c.id = e.class_id where e.status = 'confirmed' and c.status = 'published' and c.last_ends_at > now() + interval '1 day' and e.area_id in (select area_id from under) order by e.id limit 1) as place_class_id,
      (select s.id from class_session s join class c on c.id = s.class_id where s.starts_at > now() + interval '1 day' and s.status = 'published'
         and c.id = (select c.id from class c where c.status = 'published' and c.area_id in (select area_id from under)
         and exists (select from class_session f where f.class_id = c.id and f.status = 'published' and f.starts_at > now() + interval '1 day') order by c.id limit 1)
         order by s.starts_at desc limit 1) as future_session_id,
      (select g.id from account_grant g join account a on a.id = g.account_id where a.area_id = ${unit} and a.username like 'daisu.%' order by g.id limit 1) as grant_id,
      (select id from account where area_id = ${unit} and username like 'daisu.%') as account_id,
      (select s.id from auth_session s join account a on a.id = s.account_id where a.area_id = ${unit} and a.username like 'tochuc.%' and s.ended_at is null limit 1) as device_id,
      (select t.area_id from area_tree t where t.ancestor_id = ${unit} and t.depth = 1 order by 1 limit 1) as village_id,
      (select id from venue where area_id in (select area_id from under) order by id limit 1) as venue_id,
      (select id from team where area_id in (select area_id from under) order by id limit 1) as team_id,
      (select id from course where area_id = 44 order by id limit 1) as course_id`;
  if (!row) throw new Error(`the demo world holds nothing of ${unit}`);
  const missing = Object.entries(row).filter(([, value]) => value === null);
  expect(missing, `the demo world must hold these in ${unit}`).toEqual([]);
  return row;
}

test.beforeAll(async ({ baseURL }) => {
  sql = serverDatabase();
  const signIn = actions().find(({ name }) => name === '/sign-in#signIn');
  if (!signIn) throw new Error('no sign-in action in the build');
  for (const { name } of people) {
    const context = await request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL ?? '' } });
    const answer = await post(context, '/sign-in', signIn, { name, password, next: '' });
    expect(answer.status(), `${name} signs in`).toBe(303);
    contexts.set(name, context);
  }
  contexts.set('', await request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL ?? '' } }));
  named = { 18859: await nameThings(18859), 18901: await nameThings(18901) };
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
        const should = entry === 'in' ? (elsewhere ? (row.elsewhere ?? 'shown') : 'shown') : entry;
        const got = whatHappened(await contextOf(name).get(address, { maxRedirects: 0 }));
        if (got !== should) wrong.push(`${name || 'nobody'} at ${address}: ${got}, should be ${should}`);
      }),
    );
  }
  expect(wrong).toEqual([]);
});

async function tryAction(
  action: PostedAction,
  row: ActionRow,
  who: (typeof everyone)[number],
  place: number,
): Promise<string | null> {
  const before = await fingerprint(sql);
  const own = placeOf(who.unit ?? place);
  const answer = await post(contextOf(who.name), row.page(own), action, row.fields(placeOf(place), own));
  const after = await fingerprint(sql);
  const wrote = Object.keys(after).filter((table) => after[table] !== before[table]);
  const entry = entryOf(row.may, who.role);
  const label = `${who.name || 'nobody'} posts ${action.name} naming ${place}`;
  if (entry !== 'in') {
    // To a form sent without JavaScript Next answers an action's 403 with 404: refused all the same.
    const got = whatHappened(answer) === 'notFound' ? 'forbidden' : whatHappened(answer);
    if (got !== entry) return `${label}: ${got}, should be ${entry}`;
    return wrote.length > 0 ? `${label}: wrote ${wrote.join(', ')}` : null;
  }
  if (answer.status() >= 500) return `${label}: status ${answer.status()}`;
  const elsewhere = who.unit !== null && who.unit !== place;
  if (elsewhere && !row.acrossUnits) return wrote.length > 0 ? `${label}: LEAK, wrote ${wrote.join(', ')}` : null;
  if (['forbidden', 'signIn'].includes(whatHappened(answer))) return `${label}: wrongly ${whatHappened(answer)}`;
  return null;
}

test('every action: verbs hold, and another unit’s ids in every field write nothing', async () => {
  const wrong: string[] = [];
  for (const action of actions()) {
    const row = actionRows[action.name];
    if (!row || row.skip) continue;
    for (const who of everyone) {
      for (const place of units) {
        // The own unit last, and only where nothing is lost by doing it for real.
        const elsewhere = who.unit !== null && who.unit !== place;
        const allowedHere = entryOf(row.may, who.role) === 'in' && !elsewhere;
        if (allowedHere && !row.harmless) continue;
        const complaint = await tryAction(action, row, who, place);
        if (complaint) wrong.push(complaint);
      }
    }
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
    for (const { name, role, unit } of everyone) {
      for (const place of units) {
        const before = await fingerprint(sql);
        const answer = await contextOf(name).fetch(row.at?.(placeOf(place)) ?? address, {
          method,
          data: row.data?.(placeOf(place)),
          maxRedirects: 0,
        });
        const entry = entryOf(row.may, role);
        const should = { in: 200, signIn: 401, forbidden: 403 }[entry];
        const label = `${name || 'nobody'} ${route} naming ${place}`;
        if (answer.status() !== should) wrong.push(`${label}: ${answer.status()}, should be ${should}`);
        const elsewhere = unit !== null && unit !== place;
        if (entry !== 'in' || elsewhere) {
          const after = await fingerprint(sql);
          const wrote = Object.keys(after).filter((table) => after[table] !== before[table]);
          if (wrote.length > 0) wrong.push(`${label}: wrote ${wrote.join(', ')}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});
