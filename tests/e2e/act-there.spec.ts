import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { stateOf } from './visits';

/** Everybody is led to where they can act: at the door, on the phone, from a list to a day. */
const unit = 18859;
let sql: Sql;
test.beforeEach(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterEach(() => sql.end());

async function pageOf(browser: Browser, name: string, javaScriptEnabled = true): Promise<Page> {
  const { baseURL, viewport, isMobile, hasTouch } = test.info().project.use;
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    viewport: viewport ?? null,
    ...(isMobile === undefined ? {} : { isMobile }),
    ...(hasTouch === undefined ? {} : { hasTouch }),
    storageState: await stateOf(baseURL ?? '', name, sql),
    javaScriptEnabled,
  });
  return context.newPage();
}
const village = async () =>
  (
    await sql<{ id: number }[]>`
      select area_id as id from area_tree where ancestor_id = ${unit} and depth = 1 order by 1 limit 1`
  )[0]?.id ?? 0;
async function somebody(name: string): Promise<string> {
  const id = randomUUID();
  await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${id}, ${await village()}, ${name}, ${name.split(' ').at(-1) ?? ''}, ${name.toLowerCase()}, 1950)`;
  return id;
}
/** Somebody waits for a visit, and the ward's helper was given it. */
async function asked(): Promise<{ person: string; request: string }> {
  const [person, request] = [await somebody('Hồ Thị Chờ Thăm'), randomUUID()];
  await sql`
    insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key, person_id)
    select ${request}, left(replace(${randomUUID()}, '-', ''), 30), area_id, 'self', full_name, '{phone}', 1, ${randomUUID()}, id from person where id = ${person}`;
  await sql`
    insert into task_given (id, kind, person_id, fact, area_id, account_id, given_at, until)
    select ${randomUUID()}, 'visit_asked', ${person}, ${request}, ${await village()}, id, now(), now() + interval '7 days' from account where username = 'daisu.dongthuan'`;
  return { person, request };
}

for (const javaScriptEnabled of [true, false])
  test(`a helper who was given a wish for a visit acts at the door, and the wish is over (JavaScript: ${javaScriptEnabled})`, async ({
    browser,
  }) => {
    const { person, request } = await asked();
    const page = await pageOf(browser, 'daisu.dongthuan', javaScriptEnabled);
    await page.goto('/manage/tasks/week');
    const line = page.getByRole('listitem').filter({ has: page.locator(`a[href$="${person}"]`) });
    await expect(line.getByRole('link', { name: /^Đến nhà/ })).toBeVisible();
    await page.goto(`/manage/tasks/door/${person}`);
    await expect(page.locator('a[href*="/visits/requests/"]'), 'no way to a page that is not theirs').toHaveCount(0);
    await page.getByRole('button', { name: 'Đã gặp, xong việc' }).click();
    await expect(page.getByText('Đã ghi kết quả')).toBeVisible();
    expect([...(await sql`select closed_because from visit_request where id = ${request}`)]).toEqual([
      { closedBecause: 'done' },
    ]);
    await page.context().close();
  });

test('a press that finds no network says so where one looks, loses nothing and is no second time', async ({
  browser,
}) => {
  const { person } = await asked();
  const page = await pageOf(browser, 'daisu.dongthuan');
  await page.goto(`/manage/tasks/door/${person}`);
  await page.waitForLoadState('networkidle');
  // What came of the task waits on the phone (docs/decisions/068-tasks-without-a-network.md); leaving them alone for a while is told to the portal alone.
  const day = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  await page.getByText('Tạm không đến').first().click();
  await page.getByLabel('Vì sao').selectOption('away');
  await page.getByLabel('Đến ngày').fill(day);
  await page.context().setOffline(true);
  const press = page.getByRole('button', { name: 'Tạm không đến' });
  await press.click();
  await expect(page.getByText('Chưa nối được với cổng').first()).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hồ Thị Chờ Thăm');
  await expect(page.getByLabel('Vì sao')).toHaveValue('away');
  await expect(page.getByLabel('Đến ngày')).toHaveValue(day);
  await page.context().setOffline(false);
  await press.click();
  await expect(page.getByText('Đã ghi: tạm không đến')).toBeVisible();
  expect([
    ...(await sql`select reason, (until at time zone 'Asia/Ho_Chi_Minh')::date::text as until from person_pause where person_id = ${person}`),
  ]).toEqual([{ reason: 'away', until: day }]);
  await page.context().close();
});

test('two things for one person are one call and one press; what is not urgent is folded and one goes on there', async ({
  browser,
}) => {
  const [member, name] = [randomUUID(), `Hồ Văn Một Cuộc ${randomUUID().slice(0, 4)}`];
  await sql`insert into team_member (id, team_id, area_id, full_name, phone)
    select ${member}, k.id, k.area_id, ${name}, '+84912000783' from team k where k.area_id = ${unit} and k.closed_on is null order by k.id limit 1`;
  for (const ahead of [6, 10]) {
    const day = new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    const round = randomUUID();
    await sql`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
      select ${round}, ${await village()}, team_id, ${day}, ${`${day}T05:00:00+07:00`}, ${`${day}T05:30:00+07:00`} from team_member where id = ${member}`;
    await sql`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
      select ${randomUUID()}, id, area_id, ${member}, ${member}, starts_at, ends_at from visit_round where id = ${round}`;
  }
  const expiring = (in_: string) =>
    sql`update message set state = 'to_call', why = 'notAgreed', expires_at = now() + ${in_}::interval where member_id = ${member} and state <> 'told'`;
  await expiring('1 hour');
  const page = await pageOf(browser, 'tochuc.dongthuan');
  await page.goto('/manage/messages');
  const lines = page.getByRole('listitem').filter({ hasText: name });
  await expect(lines).toHaveCount(2);
  const both = page.getByRole('button', { name: new RegExp(`^Đã báo cả 2 việc.*${name}`) });
  await expect(both, 'no fold before it').toBeVisible();
  await expiring('9 days');
  await page.goto('/manage/messages');
  await expect(lines.first(), 'there is time').toBeHidden();
  await page.locator('#calls-later summary').first().click();
  await expect(both).toBeVisible();
  await page.getByRole('button', { name: new RegExp(`^Không nghe máy.*${name}`) }).click();
  await expect(page.locator('#calls-later').getByText('Đã ghi: không nghe máy.')).toBeVisible();
  // Three hours later, with little time left, it is to be rung first.
  await sql`update message_call set at = at - interval '3 hours' where message_id in (select id from message where member_id = ${member})`;
  await expiring('1 hour');
  await page.goto('/manage/messages');
  await both.click();
  await expect(page.getByText('Đã ghi: báo được rồi.')).toBeVisible();
  await expect(lines).toHaveCount(0);
  expect([...(await sql`select distinct state from message where member_id = ${member}`)]).toEqual([{ state: 'told' }]);
  await sql`update visit_round set called_off_at = now() where id in (select round_id from visit_round_helper where member_id = ${member})`;
  await page.context().close();
});

test('from those who stop at a step to a round that takes them along', async ({ browser }) => {
  const name = `Hồ Thị Thiếu Sóng ${randomUUID().slice(0, 4)}`;
  const person = await somebody(name);
  await sql`insert into step_record (person_id, step_code, answer, source, at, key)
    values (${person}, 'signal', 'no', 'self', now(), ${randomUUID()})`;
  const pair = await sql<{ id: string }[]>`
    insert into team_member (id, team_id, area_id, full_name)
    select gen_random_uuid(), k.id, k.area_id, ${name} || ' ' || n from generate_series(1, 2) n,
      (select id, area_id from team where area_id = ${unit} and closed_on is null order by id limit 1) k returning id`;
  const page = await pageOf(browser, 'tochuc.dongthuan');
  await page.goto(`/manage/steps?step=signal&area=${await village()}`);
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
  await page.getByRole('link', { name: /^Lập chuyến đến/ }).click();
  const along = page.getByRole('checkbox', { name: /đang dừng ở bước “Sóng và điện”/ });
  await expect(along).toBeChecked();
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('Ngày').fill(day);
  await page.getByLabel('Từ', { exact: true }).fill('04:00');
  await page.getByLabel('Đến', { exact: true }).fill('04:30');
  await page.getByLabel('Người thứ nhất').selectOption(pair[0]?.id ?? '');
  await page.getByLabel('Người thứ hai').selectOption(pair[1]?.id ?? '');
  await page.getByRole('button', { name: 'Xếp chuyến' }).click();
  await expect(page.getByText('Đã xếp chuyến và đưa người vào')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: name }).first()).toBeVisible();
  await page.context().close();
});
