import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { axeFaults } from '../support/axe';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { newHelper } from './new-helper';
import { keptIn, waiting } from './phone';
import { stateOf } from './visits';

/** Tasks that were given to a helper, where there is no signal: taken along with the page of tasks, recorded at the door, sent once. */
test.describe.configure({ timeout: 180_000 });
// Without a network the browser says of each request that it failed.
test.use({ expectedErrors: /Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_FAILED/ });

const unit = 18859;
let sql: Sql;
test.beforeEach(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterEach(() => sql.end());

async function pageOf(browser: Browser, name: string): Promise<Page> {
  const { baseURL, viewport, isMobile, hasTouch } = test.info().project.use;
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    viewport: viewport ?? null,
    ...(isMobile === undefined ? {} : { isMobile }),
    ...(hasTouch === undefined ? {} : { hasTouch }),
    storageState: await stateOf(baseURL ?? '', name, sql),
  });
  return context.newPage();
}

/** Three of a village whom a desk sent on to a visit at home, two of them given to a helper of their own, the third to nobody. */
async function furnish() {
  const mark = randomUUID().slice(0, 6);
  const { username, accountId, memberId } = await newHelper(sql, `Trần Văn Đi ${mark}`);
  const [village] = await sql<{ id: number }[]>`
    select area_id as id from area_tree where ancestor_id = ${unit} and depth = 1 order by 1 limit 1`;
  const somebody = async (name: string, given: boolean) => {
    const [personId, fact] = [randomUUID(), randomUUID()];
    await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
      values (${personId}, ${village?.id ?? 0}, ${`${name} ${mark}`}, ${mark}, ${`${name} ${mark}`}, 1942)`;
    await sql`insert into person_phone (person_id, phone) values (${personId}, '+84912345678')`;
    await sql`insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'oral')`;
    await sql`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, person_id, referred_to)
      select ${fact}, d.id, d.area_id, 'vneid', 1, 1, 10, ${personId}, 'home_visit' from desk d where d.area_id = ${unit} limit 1`;
    if (given)
      await sql`insert into task_given (kind, person_id, fact, area_id, member_id, account_id, until)
        values ('referral_home', ${personId}, ${fact}, ${village?.id ?? 0}, ${memberId}, ${accountId}, now() + interval '7 days')`;
    return { personId, fact };
  };
  return {
    mark,
    username,
    first: await somebody('Hồ Thị Xa Sóng', true),
    second: await somebody('Hồ Văn Cuối Bản', true),
    other: await somebody('Hồ Thị Chưa Giao', false),
  };
}
const works = async (personId: string) => [
  ...(await sql`select outcome, note from task_work where person_id = ${personId} order by at`),
];
const visits = async (personId: string) => [
  ...(await sql`select minutes, met from door_visit where home = ${personId}`),
];
const kept = (page: Page) => keptIn(page, 'doors', 'operations');

/** With signal, once: the page of tasks is opened and says that the phone has the homes. */
async function takeAlong(page: Page): Promise<void> {
  await page.goto('/manage/tasks');
  await expect(page.locator('[data-doors]')).toContainText('2 nhà có việc giao cho anh chị đã ở trên máy', {
    timeout: 40_000,
  });
}
async function record(page: Page, { note = 'Hẹn xem lại VNeID', outcome = 'Đã gặp, xong việc' } = {}): Promise<void> {
  const task = page.getByRole('region', { name: /Điểm hỗ trợ nhờ đến nhà/ });
  await task.getByLabel('30 phút').check();
  await task.locator('summary', { hasText: 'Ghi thêm nếu cần' }).click();
  await task.getByLabel('Ghi thêm nếu cần').fill(note);
  await task.getByRole('button', { name: outcome, exact: true }).click();
  await expect(task.getByRole('status')).toContainText(outcome);
}

test('taken along with signal; without, opened, recorded and reloaded; with signal again sent once, settled for the organiser, gone from the phone', async ({
  browser,
}) => {
  const { mark, username, first, second, other } = await furnish();
  const since = new Date();
  const page = await pageOf(browser, username);
  await takeAlong(page);
  const readers = await sql`
    select distinct subject_id from audit_event where action = 'person.read' and at >= ${since} and details->>'purpose' = 'door'
      and subject_id in (${first.personId}, ${second.personId}, ${other.personId})`;
  expect(readers.map(({ subjectId }) => subjectId).toSorted(), 'of each it is written down').toEqual(
    [first.personId, second.personId].toSorted(),
  );

  await page.context().setOffline(true);
  await page.goto('/manage/tasks');
  await expect(page.getByText('Đang dùng bản trên máy')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Việc được giao, trên máy này');
  await expect(page.getByRole('listitem').filter({ hasText: `Hồ Văn Cuối Bản ${mark}` })).toBeVisible();
  await page.getByRole('link', { name: new RegExp(`Đến nhà.*Hồ Thị Xa Sóng ${mark}`) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Hồ Thị Xa Sóng ${mark}`);
  await expect(page.getByText('84 tuổi')).toBeVisible();
  expect(await axeFaults(page, 'a door without a network')).toEqual([]);
  await record(page);
  await waiting(page, 1);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Hồ Thị Xa Sóng ${mark}`);
  const task = page.getByRole('region', { name: /Điểm hỗ trợ nhờ đến nhà/ });
  await expect(task.getByRole('status')).toContainText('Chờ gửi');
  await expect(task.getByRole('button'), 'said once').toHaveCount(0);
  await page.goto(`/manage/tasks/door/${other.personId}`);
  await expect(page.getByText('Trang của nhà này không có trên máy')).toBeVisible();
  const before = await kept(page);
  expect(before.rows).toEqual({ doors: 2, operations: 1 });
  expect(before.text).toContain('Hồ Thị Xa Sóng');
  expect(before.text).not.toMatch(/Chưa Giao|\+84/);
  expect(await works(first.personId)).toEqual([]);

  await page.context().setOffline(false);
  await expect
    .poll(() => works(first.personId), { timeout: 40_000 })
    .toEqual([{ outcome: 'done', note: 'Hẹn xem lại VNeID' }]);
  expect(await visits(first.personId)).toEqual([{ minutes: 30, met: true }]);
  await page.goto('/manage/tasks');
  await expect(page.locator('[data-doors]')).toContainText('1 nhà');
  await expect.poll(async () => (await kept(page)).text, { timeout: 40_000 }).not.toContain('Hồ Thị Xa Sóng');
  expect((await kept(page)).rows).toEqual({ doors: 1, operations: 0 });
  expect(await works(first.personId)).toHaveLength(1);

  const organiser = await pageOf(browser, 'tochuc.dongthuan');
  await organiser.goto('/manage/tasks?view=done');
  await expect(organiser.getByRole('listitem').filter({ hasText: `Hồ Thị Xa Sóng ${mark}` })).toContainText('Đã khép');
  await organiser.context().close();
  await page.context().close();
});

test('the network goes while the page is open: pressed all the same, and had the portal it already, it is there once', async ({
  browser,
}) => {
  const { username, first, second } = await furnish();
  const page = await pageOf(browser, username);
  // One answer is lost on the way back, the other form never arrives.
  for (const [{ personId }, arrives] of [
    [first, true],
    [second, false],
  ] as const) {
    await page.goto(`/manage/tasks/door/${personId}`);
    await page.route(`**/manage/tasks/door/${personId}*`, async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      if (arrives) await route.fetch({ maxRedirects: 0 });
      return route.abort('internetdisconnected');
    });
    await page.locator('summary', { hasText: 'Ghi thêm nếu cần' }).click();
    await page.getByLabel('Ghi thêm nếu cần').fill('Hẹn xem lại VNeID');
    await page.getByRole('button', { name: 'Không có nhà', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Không có nhà' })).toBeVisible({ timeout: 40_000 });
    await waiting(page, 0);
    expect(await works(personId)).toEqual([{ outcome: 'not_home', note: 'Hẹn xem lại VNeID' }]);
  }
  await page.context().close();
});

test('what happened meanwhile is told: somebody else did it, they withdrew; signing out leaves no home on the phone', async ({
  browser,
}) => {
  const { mark, username, first, second } = await furnish();
  const page = await pageOf(browser, username);
  await takeAlong(page);
  await page.context().setOffline(true);
  for (const { personId } of [first, second]) {
    await page.goto(`/manage/tasks/door/${personId}`);
    await record(page, { note: `Nhà ${mark}` });
  }
  await sql`insert into task_work (id, kind, person_id, fact, area_id, outcome) select ${randomUUID()}, kind, person_id, fact, area_id, 'done'
    from task_given where person_id = ${first.personId}`;
  await sql`update consent set withdrawn_at = now() where person_id = ${second.personId}`;
  await page.context().setOffline(false);
  await page.goto('/manage');
  const attention = page.getByRole('region', { name: 'Có 2 việc chưa ghi được' });
  await expect(attention).toBeVisible({ timeout: 40_000 });
  await expect(attention.getByText('đã có người làm xong việc này')).toBeVisible();
  await expect(attention.getByText('Người này đã rút lại lời đồng ý')).toBeVisible();
  await expect(
    attention.getByRole('button', { name: 'Gửi lại' }),
    'sent again it would be answered the same',
  ).toHaveCount(0);
  expect(await works(first.personId)).toEqual([{ outcome: 'done', note: '' }]);
  expect(await works(second.personId)).toEqual([]);
  expect([...(await visits(first.personId)), ...(await visits(second.personId))]).toEqual([]);
  await expect
    .poll(async () => (await kept(page)).text, {
      message: 'of whoever withdrew neither name nor words',
      timeout: 40_000,
    })
    .not.toContain('Cuối Bản');
  expect((await kept(page)).rows.doors, 'nor is there anything to do at the other').toBe(0);
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).click();
  await page.getByRole('main').getByRole('button', { name: 'Đăng xuất', exact: true }).click();
  await expect(page).toHaveURL(/sign-in/);
  const after = await kept(page);
  expect(after.rows.doors).toBe(0);
  expect(after.text, 'what was not taken stays for whoever wrote it').toContain(`Nhà ${mark}`);
  expect(after.text, 'not of whom').not.toContain('Hồ Thị');
  await page.context().close();
});
