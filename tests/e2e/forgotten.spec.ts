import type { Sql } from 'postgres';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { actionNamed, password, post } from './access/portal';
import { stateOf } from './visits';

/** Who wants to be in no book, and what a shared desk still knows of whom somebody looked for. */
let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

const asked = async (name: string, closed: string | null) => {
  const id = newId();
  await sql`insert into visit_request (id, code, area_id, asked_by, full_name, phone, phone_of, needs, consent_version, idempotency_key, closed_at, closed_because)
    values (${id}, ${newSlipCode()}, 18859, 'self', ${name}, '+84912345995', 'self', '{phone}', 2, ${newId()}, ${closed === null ? null : new Date()}, ${closed})`;
  return id;
};

test('whoever is still to be visited, or said no at the door, is forgotten at once by the organiser they tell', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql) });
  const office = await context.newPage();
  for (const [name, closed, words] of [
    ['Hồ Thị Thôi Chờ', null, 'Không ai đến vì yêu cầu này nữa.'],
    ['Hồ Thị Từ Chối', 'refused', 'Lần gặp vẫn được tính, nhưng không của ai.'],
  ] as const) {
    const id = await asked(name, closed);
    await office.goto(`/manage/visits/requests/${id}`);
    await expect(office.getByRole('heading', { name, level: 1 })).toBeVisible();
    await office.getByText('Người này không muốn ghi vào sổ').click();
    await expect(office.getByText(words)).toBeVisible();
    await office.getByRole('button', { name: 'Xóa tên ngay' }).click();
    await expect(office.getByText('Đã xóa tên')).toBeVisible();
    await expect(office.getByText(name)).toHaveCount(0);
    await expect(office.getByText('Người này không muốn ghi vào sổ')).toHaveCount(0);
    const [left] =
      await sql`select full_name || coalesce(phone, '') as said, closed_because as because from visit_request where id = ${id}`;
    expect(left).toEqual({ said: '', because: closed ?? 'withdrawn' });
  }
  await context.close();
});

test('at the door of a task the log says whose names were read: everybody’s who lives there', async ({
  browser,
  baseURL,
}) => {
  const [home] = await sql<{ people: string[] }[]>`
    select array_agg(m.person_id::text order by m.person_id) as people from household_member m join person p on p.id = m.person_id and p.merged_into is null
    where m.left_at is null and p.area_id in (select area_id from area_tree where ancestor_id = 18859) group by m.household_id having count(*) > 1 limit 1`;
  if (!home) throw new Error('the demo world holds no household');
  const context = await browser.newContext({ storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql) });
  const page = await context.newPage();
  const since = new Date();
  await page.goto(`/manage/tasks/door/${home.people[0]}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const read = await sql<{ who: string }[]>`
    select distinct subject_id as who from audit_event e join account a on a.id = e.account_id
    where a.username = 'tochuc.dongthuan' and action = 'person.read' and at >= ${since} and details->>'purpose' = 'door'`;
  expect(read.map(({ who }) => who).toSorted()).toEqual(home.people.toSorted());
  const known = { id: newId(), who: home.people[1] ?? '' };
  await sql`insert into visit_request (id, code, area_id, asked_by, full_name, needs, person_id, idempotency_key)
    select ${known.id}, ${newSlipCode()}, area_id, 'staff', full_name, '{phone}', id, ${newId()} from person where id = ${known.who}`;
  await page.goto(`/manage/visits/requests/${known.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const [asked] = await sql<{ count: number }[]>`
    select count(*)::int as count from audit_event e join account a on a.id = e.account_id
    where a.username = 'tochuc.dongthuan' and action = 'person.read' and at >= ${since} and details->>'purpose' = 'visit' and subject_id = ${known.who}`;
  expect(asked?.count, 'also on the page of what they asked for').toBe(1);
  await sql`delete from visit_request where id = ${known.id}`;
  await context.close();
});

test('whom somebody looked for is not shown to whoever signs in next at the same desk, signed out before them or not', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ storageState: await stateOf(baseURL ?? '', 'searching', sql) });
  const held = async () => (await context.cookies()).filter(({ name }) => name === 'camtay.search').length;
  expect(await held()).toBe(1);
  const page = await context.newPage();
  await page.goto('/account');
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).click();
  await expect(page).toHaveURL(/sign-in/);
  expect(await held(), 'signed out').toBe(0);
  await context.close();
  const another = await browser.newContext({
    storageState: await stateOf(baseURL ?? '', 'searching', sql),
    extraHTTPHeaders: { origin: baseURL ?? '' },
  });
  const answer = await post(another.request, '/sign-in', actionNamed('/sign-in#signIn'), {
    name: 'motcua.minhhoa',
    password,
    next: '',
  });
  expect(answer.status()).toBe(303);
  const names = (await another.cookies()).map(({ name }) => name);
  expect(names, 'another signed in over it').not.toContain('camtay.search');
  await another.close();
});
