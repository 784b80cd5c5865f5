import type { APIRequestContext } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { roleCapabilities } from '../../db/capabilities';
import { expect, test } from '../support/browser';
import { fingerprint, serverDatabase, statusAlone, wrote } from '../support/server';
import { accepted } from './access/accepted';
import { askedAgain, refusedElsewhere } from './access/refused';
import { addressIn, bad, badNames, sixAtOnce, languages, script } from './access/bad';
import { pages, routes } from './access/discovery';
import { formCases } from './access/form-cases';
import { complaintsIn, tryForm, type Tried } from './access/form-trials';
import { pageRows, people, type Named } from './access/matrix';
import { actionNamed, contextFor, nameThings } from './access/portal';
import { actionRows } from './access/posts';
import { routeRows } from './access/route-rows';
import { setScenes } from './access/scenes';

/** What people, machines and attackers may put into every field and every address. Never a 5xx, never a write when refused. */
test.describe.configure({ mode: 'default', timeout: 1_200_000 });

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

/** The forms that go into the address and are looked at before anything is sent: the page, and what it asks. Tried before others call classes off. */
const looked = [
  [
    '/manage/classes/new#openClass',
    'courseId venueId teamId language capacity minimumToRun weekdays firstDay startTime minutes count until',
  ],
  ['/manage/classes/[id]/sessions/[session]#editSession', 'scope day time minutes venueId'],
  ['/manage/classes/postpone#putOff', 'areas firstDay lastDay instead reason'],
] as const;
/** What is fine though it looks bad: no last day, two days of the week, and a reason in one's own words. */
const fineThere = (field: string, value: string) =>
  ((field === 'until' || field === 'lastDay') && value === 'empty') ||
  (field === 'weekdays' && value === 'twice') ||
  (field === 'reason' && value !== 'empty' && value !== '10 000 characters');

test('every field of the forms that go into the address', async () => {
  const wrong: string[] = [];
  const before = await fingerprint(sql);
  for (const [name, asked] of looked) {
    const row = actionRows[name];
    if (!row) throw new Error(`no row for ${name}`);
    const [path = '', query = ''] = row.page(own).split('?');
    const trials = asked
      .split(' ')
      .flatMap((field) =>
        badNames.flatMap((value) => languages.map((language) => ({ field, visible: true, value, language }))),
      );
    await sixAtOnce(trials, async (trial) => {
      const { field, language } = trial;
      const value = bad[trial.value];
      if (value instanceof Blob || fineThere(field, trial.value)) return;
      const address = new URLSearchParams(query);
      address.delete(field);
      // The server reads no longer addresses.
      for (const one of typeof value === 'string' ? [value] : value) address.append(field, one.slice(0, 2_000));
      const answer = await whoMay(row.may).get(addressIn(language, `${path}?${address}`));
      const complaints =
        answer.status() === 200 ? complaintsIn(await answer.text(), trial) : [`status ${answer.status()}`];
      wrong.push(...complaints.map((one) => `${name} ${field}: ${trial.value} (${language}): ${one}`));
    });
  }
  expect(wrong).toEqual([]);
  expect(wrote(before, await fingerprint(sql))).toEqual([]);
});

test('every field of every form', async ({ baseURL }) => {
  const tried: Tried[] = [];
  const scenes = await setScenes(sql, own, baseURL ?? '');
  for (const one of await formCases(sql, own, scenes))
    tried.push(await tryForm(sql, whoMay(one.may), actionNamed(one.action), one));
  for (const { accept } of tried) await accept();
  await Promise.all(Object.values(scenes).map(({ as }) => as?.dispose()));
  expect(tried.flatMap(({ wrong }) => wrong)).toEqual([]);
  const untrue = [...accepted, ...askedAgain, ...refusedElsewhere].filter(
    (row) => !tried.some(({ cameTrue }) => cameTrue.has(row)),
  );
  expect(untrue, 'rows that speak of nothing').toEqual([]);
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
  '/classes': 'area q skill day part lang stepFree open page',
  '/ask': 'area q skill sent',
  '/manage/venues': 'area retired page',
  '/manage/calendar': 'area edit open done',
  '/manage/messages': 'show class page done turn',
  '/admin/messages': 'done',
  '/manage/teams': 'area kind language closed sort page',
  '/manage/classes/[id]/helpers': 'session role asked passedOver done',
  '/manage/demand': 'area skill done',
  '/manage/jobs/[id]': 'page',
  '/manage/classes/[id]/unconfirmed': 'q done',
  '/dashboard': 'area period with sort map',
  '/dashboard/rows': 'area period measure group page',
  '/dashboard/quality': 'area',
  '/dashboard/indicators': 'area period',
  '/dashboard/indicators/[code]': 'area period',
  '/dashboard/export': 'area period',
  '/manage/steps': 'area own step page',
  '/manage/unreached': 'area group sort page',
  '/manage/unreached/people': 'area own group band page',
  '/manage/people/[id]/steps': 'done',
  '/dashboard/desks': 'area period',
  '/manage/people/elsewhere': 'search done',
  '/manage/people/readings': 'page done',
  '/manage/referrals/[id]': 'done',
  '/my/card/readers': 'done',
  '/manage/desk': 'desk person done asked',
  '/manage/desk/visit': 'assist',
  '/manage/desk/person': 'desk',
  '/manage/desks/[id]': 'done',
  '/manage/desks/proposals': 'done',
  '/help': 'area q',
  '/help/slip': 'sent',
  '/help/check': 'area q pin',
  '/manage/visits': 'area',
  '/manage/visits/requests/[id]': 'done',
  '/manage/visits/rounds/new': 'area first step',
  '/manage/visits/rounds/[id]': 'done',
  '/manage/visits/[id]': 'done',
  '/manage/declared': 'area period indicator done',
  '/manage/eligible': 'area edit done',
  '/admin/targets': 'area period indicator done',
  '/manage/classes': 'state area when need q view day sort page',
  '/manage/classes/[id]/sessions/[session]': 'scope day time minutes venueId note',
  '/manage/classes/postpone': 'areas firstDay lastDay instead reason',
  '/manage/classes/new':
    'courseId venueId teamId capacity minimumToRun language firstDay weekdays startTime minutes count until wanted dates decided venueAreaId from course model modelId',
  '/manage/classes/[id]/paths': 'sort',
  '/manage/sessions/[id]': 'done',
  '/manage/sessions/[id]/sheet': 'code',
  '/manage/sessions/[id]/entry': 'sheet said',
  '/manage/sheets': 'code',
  '/manage/classes/[id]/results': 'sort done',
  '/manage/rechecks': 'area done',
  '/manage/models': 'q for unit whose state page',
  '/manage/models/new': 'from',
  '/manage/models/[id]': 'done',
  '/manage/models/[id]/compare': 'page',
  '/helpers': 'code initials',
  '/manage/teams/[id]/cards': 'member issued',
  '/manage/tasks': 'kind area whose late view page done',
  '/manage/tasks/week': 'done',
  '/manage/tasks/door/[person]': 'done',
  '/manage/teams/[id]/week': 'week',
  '/certificates': 'serial',
  '/certificates/[serial]': 'initials',
  '/manage/courses': 'whose state q sort page',
  '/admin/accounts': 'role area state page found',
  '/admin/areas': 'q',
  '/admin/areas/boundaries': 'done',
  '/admin/areas/terrain': 'done',
  '/admin/audit': 'action account area from until before',
};
/** Pages that read the rest only when a preview is asked for. */
const stepped = ['/manage/classes/new', '/manage/classes/[id]/sessions/[session]', '/manage/classes/postpone'];
const parameters = [...new Set(`${Object.values(read).join(' ')} next cancel step done`.split(' '))];

test('every parameter of every page', async () => {
  const wrong: string[] = [];
  const before = await fingerprint(sql);
  const visits = pages().flatMap((page, turn) => {
    const row = pageRows[page];
    if (!row) throw new Error(`${page} has no row in tests/e2e/access/matrix.ts`);
    const [address = '/', asked = ''] = (row.at?.(own) ?? page).split('?');
    return badNames.flatMap((what, nth) => {
      const value = bad[what];
      if (value instanceof Blob) return [];
      const values = typeof value === 'string' ? [value] : [...value];
      const all = new URLSearchParams(asked);
      // An address has room for one long value.
      const together = what === '10 000 characters' ? ['q'] : parameters;
      for (const name of together) for (const one of values) all.append(name, one);
      const alone = (read[page]?.split(' ') ?? []).map((name) => {
        const step: string[][] = stepped.includes(page) && name !== 'from' ? [['step', 'preview']] : [];
        return new URLSearchParams([...step, ...values.map((one) => [name, one])]);
      });
      const addresses = [all, ...alone].map((query) => `${address}?${query}`);
      // They take turns in the two languages, from page to page too.
      return addresses.map((one, at) => ({
        what,
        address: addressIn((at + turn + nth) % 2 === 0 ? 'vi' : 'en', one),
        context: whoMay(row.may),
      }));
    });
  });
  await sixAtOnce(visits, async ({ what, address, context }) => {
    const answer = await context.get(address, { maxRedirects: 0 });
    if (answer.status() >= 500) wrong.push(`${address.slice(0, 120)} (${what}): status ${answer.status()}`);
    else if ((await answer.text()).includes('<img src=x onerror'))
      wrong.push(`${address.slice(0, 80)}: a script came back`);
  });
  expect(wrong).toEqual([]);
  expect(wrote(before, await fingerprint(sql))).toEqual([]);
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
      [...ids, ...kinds].flatMap((id) =>
        languages.map((language) => ({
          page,
          address: addressIn(language, page.replaceAll(/\[\w+\]/g, id)),
          may: pageRows[page]?.may ?? '',
        })),
      ),
    );
  await sixAtOnce(visits, async ({ page, address, may }) => {
    const answer = await whoMay(may).get(address, { maxRedirects: 0, headers: statusAlone });
    if (answer.status() >= 500) wrong.push(`${page} with ${address.slice(0, 80)}: status ${answer.status()}`);
  });
  expect(wrong).toEqual([]);
});

test('every parameter of every route for programs', async () => {
  const wrong: string[] = [];
  const before = await fingerprint(sql);
  const visits = routes().flatMap((route) =>
    ['', ...Object.values(bad).flatMap((value) => (value instanceof Blob ? [] : value))].flatMap((value) =>
      languages.map((language) => ({ route, value: value.slice(0, 5_000), language })),
    ),
  );
  await sixAtOnce(visits, async ({ route, value, language }) => {
    const [method = 'GET', address = '/'] = route.split(' ');
    const query = new URLSearchParams(parameters.map((name) => [name, value.slice(0, 200)]));
    const where = `${addressIn(language, address)}?q=${encodeURIComponent(value)}&${query}`;
    const answer = await whoMay(routeRows[route]?.may ?? '').fetch(where, { method, data: value, maxRedirects: 0 });
    if (answer.status() >= 500) wrong.push(`${route} with ${value.slice(0, 40)} (${language}): ${answer.status()}`);
  });
  expect(wrong).toEqual([]);
  expect(wrote(before, await fingerprint(sql))).toEqual([]);
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
  await sixAtOnce(bodies, async (body) => {
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
