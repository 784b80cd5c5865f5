import type { APIRequestContext, APIResponse } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { roleCapabilities } from '../../db/capabilities';
import { expect, test } from '../support/browser';
import { fingerprint, serverDatabase } from '../support/server';
import { actions, pages, type PostedAction } from './access/discovery';
import { pageRows, people, type Named } from './access/matrix';
import { actionNamed, contextFor, formOf, nameThings, type Fields } from './access/portal';
import { actionRows, type ActionRow } from './access/posts';

/** What people, machines and attackers may put into every field and every address. Never a 5xx, never a write when refused. */
test.describe.configure({ mode: 'default', timeout: 300_000 });

const script = '<script>alert(1)</script><img src=x onerror=alert(1)>';
type Bad = { what: string; value: string | string[] | Blob };
const bad: readonly Bad[] = [
  { what: 'empty', value: '' },
  { what: '10 000 characters', value: 'a'.repeat(10_000) },
  { what: 'a day that is not', value: '2027-02-31' },
  { what: 'a year to come', value: '2999' },
  { what: 'negative', value: '-1' },
  { what: 'huge', value: '99999999999999999999' },
  { what: 'an id of nothing', value: '00000000-0000-4000-8000-000000000000' },
  { what: 'SQL', value: "'; drop table person; --" },
  { what: 'a script', value: script },
  { what: 'a file', value: new Blob(['x'], { type: 'text/plain' }) },
  { what: 'twice', value: ['1', '2'] },
  { what: 'NUL', value: 'Lê\u0000 Thị' },
  { what: 'emoji', value: '👵🏽🎉' },
  { what: 'NFD', value: 'Nguyễn Thị Hoà'.normalize('NFD') },
];

let sql: Sql;
let own: Named;
const contexts = new Map<string, APIRequestContext>();

test.beforeAll(async ({ baseURL }) => {
  sql = serverDatabase(baseURL);
  for (const name of ['', 'lanhdao.dongthuan', 'admin', 'tochuc.dongthuan'])
    contexts.set(name, await contextFor(baseURL ?? '', name));
  own = await nameThings(sql, 18859);
});
test.afterAll(async () => {
  await Promise.all([...contexts.values()].map((context) => context.dispose()));
  await sql.end();
});

/** Somebody who may: the check is of what is typed, not of who types. */
function whoMay(may: string): APIRequestContext {
  const able = (name: string) => {
    const role = people.find((one) => one.name === name)?.role;
    return role !== undefined && (may === 'signedIn' || roleCapabilities[role].some((verb) => verb === may));
  };
  const name = may === 'public' ? '' : [...contexts.keys()].toReversed().find(able);
  const context = name === undefined ? undefined : contexts.get(name);
  if (!context) throw new Error(`nobody here may ${may}`);
  return context;
}

async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += 6) results.push(...(await Promise.all(items.slice(at, at + 6).map(work))));
  return results;
}

interface OnPage {
  /** What React put into the form to know it again: without these its refusal is not shown. */
  react: Record<string, string>;
  /** Its fields, one of each kind: those no form row names are tried too. */
  fields: string[];
}

/** The form as it stands on its page. */
function formOnPage(html: string, action: PostedAction): OnPage {
  const form = (html.match(/<form[\s\S]*?<\/form>/g) ?? []).find((one) => one.includes(action.id)) ?? '';
  const inputs = [...form.matchAll(/\bname="([^"]+)"(?: value="([^"]*)")?/g)].map(
    ([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"')] as const,
  );
  const react = Object.fromEntries(inputs.filter(([name]) => name.startsWith('$ACTION')));
  const own = inputs.map(([name]) => name).filter((name) => !name.startsWith('$ACTION'));
  const kinds = new Map(own.map((name) => [name.replace(/[0-9a-f-]{36}/g, 'ID'), name]));
  return { react, fields: [...kinds.values()] };
}

function sheet(fields: Fields, field: string, { value }: Bad): FormData {
  const form = new FormData();
  for (const [name, given] of Object.entries(fields))
    if (name !== field)
      form.append(name, typeof given === 'object' ? new Blob([new Uint8Array(given.buffer)]) : String(given));
  for (const one of Array.isArray(value) ? value : [value]) form.append(field, one);
  return form;
}

interface Trial {
  field: string;
  thing: Bad;
}

const silent = 'refused without a word';
const visible = (html: string) => html.replace(/<script\b[\s\S]*?<\/script>/g, '');

/** What is wrong with an answer; null when it is as it should be. */
async function complaintAbout(answer: APIResponse, speaks: boolean): Promise<string | null> {
  if (answer.status() >= 500) return `status ${answer.status()}`;
  if (answer.status() === 303) return null;
  const html = await answer.text();
  if (html.includes('<img src=x onerror')) return 'a script fragment came back as it was';
  if (answer.status() !== 200) return [400, 404, 413].includes(answer.status()) ? null : `status ${answer.status()}`;
  const words = visible(html);
  const key = /\b(?:errors|ui|admin|manage|register)\.[a-z][A-Za-z]+\b/.exec(words);
  if (key) return `a raw message key: ${key[0]}`;
  if (speaks && !/id="error-summary"/.test(words)) return silent;
  return null;
}

async function tryForm(action: PostedAction, row: ActionRow): Promise<string[]> {
  const context = whoMay(row.may);
  const page = row.page(own);
  const named = row.fields(own, own);
  const shown = formOnPage(await (await context.get(page)).text(), action);
  const fields = [...new Set([...Object.keys(named), ...shown.fields])];
  // Where the form is not shown (its time is past), what React needs is made up.
  const react = '$ACTION_KEY' in shown.react ? shown.react : formOf(action, {});
  const base = { ...react, ...named };
  const speaks = '$ACTION_KEY' in shown.react;
  const trials: Trial[] = bad.flatMap((thing) => fields.map((field) => ({ field, thing })));
  const send = ({ field, thing }: Trial, language = '') =>
    context.post(`${language}${page}`, { multipart: sheet(base, field, thing), maxRedirects: 0 });
  const wrong: string[] = [];
  const refused: Trial[] = [];
  let accepted = false;
  const before = await fingerprint(sql);
  const judge = async (trial: Trial, language?: string) => {
    const answer = await send(trial, language);
    const label = `${action.name} ${trial.field}: ${trial.thing.what}`;
    const complaint = await complaintAbout(answer, speaks);
    if (complaint) wrong.push(`${label}: ${complaint}`);
    if (answer.status() === 303) {
      accepted = true;
      if (trial.thing.what !== 'a script') return;
      const next = await context.get(answer.headers().location ?? '/');
      if (next.status() >= 500) wrong.push(`${label}: accepted, then status ${next.status()}`);
      if ((await next.text()).includes('<img src=x onerror')) wrong.push(`${label}: stored and shown as it was`);
    } else refused.push(trial);
  };
  await inBatches(trials, (trial) => judge(trial));
  if (accepted) {
    // What was refused is sent once more for each field, apart from what was accepted.
    const apart = await fingerprint(sql);
    const again = refused.filter(({ field }, at) => refused.findIndex((one) => one.field === field) === at);
    await inBatches(again, (trial) => send(trial));
    wrong.push(...written(action, apart, await fingerprint(sql)));
  } else wrong.push(...written(action, before, await fingerprint(sql)));
  const english = refused.filter(({ thing }) => thing.what === 'empty');
  await inBatches(english, async (trial) => {
    const answer = await send(trial, '/en');
    const complaint = await complaintAbout(answer, speaks);
    if (complaint) wrong.push(`${action.name} ${trial.field}: ${trial.thing.what} (English): ${complaint}`);
    if (answer.status() === 200 && !/<html lang="en"/.test(await answer.text()))
      wrong.push(`${action.name}: an English form is answered in Vietnamese`);
  });
  // What was accepted may have taken the form away, and with it the place where a refusal is said.
  const still = formOnPage(await (await context.get(page)).text(), action);
  const moved = still.react.$ACTION_KEY !== shown.react.$ACTION_KEY;
  return moved ? wrong.filter((one) => !one.endsWith(silent)) : wrong;
}

function written(action: PostedAction, before: Record<string, string>, after: Record<string, string>): string[] {
  const tables = Object.keys(after).filter((table) => after[table] !== before[table]);
  return tables.length > 0 ? [`${action.name}: refused, yet wrote ${tables.join(', ')}`] : [];
}

test('every field of every form', async () => {
  const wrong: string[] = [];
  for (const action of actions()) {
    const row = actionRows[action.name];
    if (!row) wrong.push(`${action.name} has no row in tests/e2e/access/matrix.ts`);
    else if (!row.skip) wrong.push(...(await tryForm(action, row)));
  }
  expect(wrong).toEqual([]);
});

test('what was taken is stored in one normal form', async () => {
  const columns = await sql<{ table: string; column: string }[]>`
    select c.table_name as "table", c.column_name as "column" from information_schema.columns c
    join pg_tables t on t.schemaname = 'public' and t.tablename = c.table_name
    where c.table_schema = 'public' and c.data_type = 'text'`;
  const crooked: string[] = [];
  for (const { table, column } of columns) {
    const [row] = await sql<{ found: boolean }[]>`
      select exists (select from ${sql(table)} where ${sql(column)} is not nfc normalized) as found`;
    if (row?.found) crooked.push(`${table}.${column}`);
  }
  expect(crooked).toEqual([]);
});

/** What pages read from their address, tried one by one; every page gets all of it at once as well. */
const read: Readonly<Record<string, string>> = {
  '/classes': 'area q skill day part open page',
  '/dashboard': 'area period sort',
  '/manage/classes': 'state area when need q sort page',
  '/manage/classes/new':
    'courseId venueId teamId capacity minimumToRun language firstDay weekdays startTime minutes count until',
  '/admin/accounts': 'role area state page found',
  '/admin/areas': 'q',
  '/admin/audit': 'action account area from until before',
};
const parameters = [...new Set(`${Object.values(read).join(' ')} next cancel step done`.split(' '))];

test('every parameter of every page', async () => {
  const wrong: string[] = [];
  const before = await fingerprint(sql);
  const visits = pages().flatMap((page) => {
    const row = pageRows[page];
    if (!row) throw new Error(`${page} has no row in tests/e2e/access/matrix.ts`);
    const [address = '/', asked = ''] = (row.at?.(own) ?? page).split('?');
    return bad.flatMap(({ what, value }) => {
      if (value instanceof Blob) return [];
      const values = Array.isArray(value) ? value : [value];
      const all = new URLSearchParams(asked);
      // An address has room for one long value.
      const together = what === '10 000 characters' ? ['q'] : parameters;
      for (const name of together) for (const one of values) all.append(name, one);
      const alone = (read[page]?.split(' ') ?? []).map((name) => {
        const step: string[][] = page === '/manage/classes/new' ? [['step', 'preview']] : [];
        return new URLSearchParams([...step, ...values.map((one) => [name, one])]);
      });
      const addresses = [all, ...alone].map((query) => `${address}?${query}`);
      return addresses.map((one) => ({ page, what, address: one, context: whoMay(row.may) }));
    });
  });
  await inBatches(visits, async ({ what, address, context }) => {
    const answer = await context.get(address, { maxRedirects: 0 });
    if (answer.status() >= 500) wrong.push(`${address.slice(0, 120)} (${what}): status ${answer.status()}`);
    else if ((await answer.text()).includes('<img src=x onerror'))
      wrong.push(`${address.slice(0, 80)}: a script came back`);
  });
  expect(wrong).toEqual([]);
  expect(written(actionNamed('/my#showSlip'), before, await fingerprint(sql))).toEqual([]);
});

test('every id in an address', async () => {
  const wrong: string[] = [];
  const ids = [
    '0',
    '-1',
    'x'.repeat(5_000),
    '%00',
    '%E2%82%AC%F0%9F%98%80',
    '%27%20or%201%3D1--',
    '..%2F..%2Fetc',
    '%E0%A4%A',
  ];
  const kinds = [own.classId, own.sessionId, '18859', '99999999999999999999', randomUUID()];
  const visits = pages()
    .filter((page) => page.includes('['))
    .flatMap((page) =>
      [...ids, ...kinds].map((id) => ({
        page,
        address: page.replaceAll(/\[\w+\]/g, id),
        may: pageRows[page]?.may ?? '',
      })),
    );
  await inBatches(visits, async ({ page, address, may }) => {
    const answer = await whoMay(may).get(address, { maxRedirects: 0 });
    if (answer.status() >= 500) wrong.push(`${page} with ${address.slice(0, 80)}: status ${answer.status()}`);
  });
  expect(wrong).toEqual([]);
});

test('sign-in', async () => {
  const action = actionNamed('/sign-in#signIn');
  const wrong: string[] = [];
  const before = await fingerprint(sql);
  const { react } = formOnPage(await (await whoMay('public').get('/sign-in')).text(), action);
  for (const field of ['name', 'password', 'next'])
    for (const thing of bad) {
      const fields = { ...react, name: `nobody.${randomUUID().slice(0, 8)}`, password: 'x', next: '' };
      const answer = await whoMay('public').post('/sign-in', {
        multipart: sheet(fields, field, thing),
        maxRedirects: 0,
      });
      const complaint = await complaintAbout(answer, true);
      if (complaint) wrong.push(`${field}: ${thing.what}: ${complaint}`);
    }
  expect(wrong).toEqual([]);
  expect(written(action, before, await fingerprint(sql))).toEqual([]);
});

test('the register’s address for phones', async () => {
  const helper = whoMay('register.write');
  const wrong: string[] = [];
  const good = { id: randomUUID(), sessionId: own.sessionId, kind: 'walk_in', at: new Date().toISOString() };
  const person = { personId: randomUUID(), fullName: 'Lê Thị Thử', areaId: own.villageId };
  const values: unknown[] = [
    null,
    [],
    {},
    true,
    -1,
    1e300,
    '',
    'a'.repeat(10_000),
    '\u0000',
    script,
    "'; drop table person; --",
    '2027-02-31T00:00:00Z',
    '2999-01-01T00:00:00Z',
    randomUUID(),
  ];
  const names = ['id', 'sessionId', 'kind', 'at', 'personId', 'fullName', 'areaId', 'birthYear', 'phone', 'state'];
  const before = await fingerprint(sql);
  const bodies: unknown[] = [
    ...values,
    ...values.map((value) => ({ protocol: value, operations: [good] })),
    ...values.map((value) => ({ protocol: 1, operations: value })),
    { protocol: 1, operations: values },
    ...values.map((value) => ({
      protocol: 1,
      operations: names.map((name) => ({ ...good, ...person, id: randomUUID(), consent: 'none', [name]: value })),
    })),
  ];
  await inBatches(bodies, async (body) => {
    const answer = await helper.post('/api/v1/register/operations', { data: JSON.stringify(body), headers: json });
    if (answer.status() >= 500) wrong.push(`${JSON.stringify(body).slice(0, 120)}: status ${answer.status()}`);
  });
  for (const body of ['', '{', '\u0000', 'a'.repeat(1_100_000)]) {
    const answer = await helper.post('/api/v1/register/operations', { data: body, headers: json });
    if (![400, 413].includes(answer.status())) wrong.push(`${body.slice(0, 20)}: status ${answer.status()}`);
  }
  expect(wrong).toEqual([]);
  const after = await fingerprint(sql);
  for (const table of ['attendance', 'person', 'skill_observation', 'person_phone', 'consent'])
    expect(after[table], table).toBe(before[table]);
});

const json = { 'content-type': 'application/json' };
