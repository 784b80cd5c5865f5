import { randomUUID } from 'node:crypto';
import type { BrowserContextOptions, Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { stateOf } from './visits';

const unit = 18859;
let sql: Sql;
test.beforeEach(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterEach(() => sql.end());

/** A village of the unit with somebody nobody has met, who is given to the organiser to see. */
async function furnish() {
  const [mark, person] = [randomUUID().slice(0, 6), randomUUID()];
  const [village] = await sql<{ id: number; name: string }[]>`
    select t.area_id as id, a.full_name_vi as name from area_tree t join area a on a.id = t.area_id
    where t.ancestor_id = ${unit} and t.depth = 1 order by 1 limit 1`;
  await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${person}, ${village?.id ?? 0}, ${`Hồ Thị Gặp ${mark}`}, ${mark}, ${`ho thi gap ${mark}`}, 1948)`;
  await sql`insert into task_given (kind, person_id, fact, area_id, account_id, given_at, until)
    select 'never', ${person}, 'never', ${village?.id ?? 0}, id, now(), now() + interval '7 days' from account where username = 'tochuc.dongthuan'`;
  return { mark, person, village: village ?? { id: 0, name: '' } };
}

const signedIn = async (
  newPage: (options: BrowserContextOptions) => Promise<Page>,
  baseURL: string | undefined,
  options: BrowserContextOptions = {},
) => newPage({ ...options, storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql) });

for (const javaScriptEnabled of [true, false])
  test(`how long one was there is asked with the outcome, chosen already, and makes a visit (JavaScript ${javaScriptEnabled ? 'on' : 'off'})`, async ({
    browser,
    baseURL,
    viewport,
    isMobile,
    hasTouch,
  }) => {
    const { person } = await furnish();
    const page = await signedIn(
      async (options) => (await browser.newContext({ baseURL, viewport, isMobile, hasTouch, ...options })).newPage(),
      baseURL,
      { javaScriptEnabled },
    );
    await page.goto(`/manage/tasks/door/${person}`);
    const task = page.getByRole('region', { name: 'Chưa ai gặp' });
    await expect(task.getByRole('radio', { name: '20 phút' })).toBeChecked();
    await task.getByRole('radio', { name: '30 phút' }).check();
    await task.getByRole('button', { name: 'Đã gặp, xong việc' }).click();
    await expect(page.getByRole('status')).toContainText('Đã ghi kết quả');
    expect(await sql`select minutes, met from door_visit where home = ${person}`).toEqual([{ minutes: 30, met: true }]);
    await page.context().close();
  });

test('the villages and people nobody has reached lead on: to a round there, to a visit, to who to see this week', async ({
  browser,
  baseURL,
  viewport,
  isMobile,
  hasTouch,
}) => {
  const { person, village, mark } = await furnish();
  const page = await signedIn(
    async (options) => (await browser.newContext({ baseURL, viewport, isMobile, hasTouch, ...options })).newPage(),
    baseURL,
  );
  await page.goto(`/manage/unreached?area=${village.id}`);
  await page.getByRole('link', { name: 'Lập chuyến đến' }).filter({ hasText: village.name }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('chuyến');
  await expect(page.locator('select[name=areaId]')).toHaveValue(String(village.id));
  await page.goto(`/manage/unreached/people?area=${village.id}&band=never&group=adults`);
  await expect(page.getByRole('link', { name: 'Tuần này gặp ai' })).toBeVisible();
  await page.getByRole('link', { name: new RegExp(`Nhờ đến nhà.*${mark}`) }).click();
  await expect(page).toHaveURL(new RegExp(`/manage/people/${person}/visit$`));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.context().close();
});

test('a team that ends: what lies before it is named, then it is closed, and opened again', async ({
  browser,
  baseURL,
  viewport,
  isMobile,
  hasTouch,
}) => {
  const [mark, team, round] = [randomUUID().slice(0, 6), randomUUID(), randomUUID()];
  const { village } = await furnish();
  await sql`insert into team (id, area_id, kind, organisation, name) values (${team}, ${village.id}, 'front', 'women', ${`Đội thôi ${mark}`})`;
  await sql`insert into team_member (team_id, area_id, full_name) values (${team}, ${village.id}, ${`Hồ Thị Thôi ${mark}`})`;
  await sql`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
    select ${round}, ${village.id}, ${team}, d, (d + time '08:00') at time zone 'Asia/Ho_Chi_Minh', (d + time '10:00') at time zone 'Asia/Ho_Chi_Minh'
    from (select (now() at time zone 'Asia/Ho_Chi_Minh')::date + 5 as d) x`;
  const page = await signedIn(
    async (options) => (await browser.newContext({ baseURL, viewport, isMobile, hasTouch, ...options })).newPage(),
    baseURL,
  );
  const box = page.locator('details', { hasText: 'Giải thể đội' });
  await page.goto(`/manage/teams/${team}`);
  await box.locator('summary').click();
  await expect(box.getByRole('link', { name: /Chuyến thăm nhà ở/ })).toHaveAttribute(
    'href',
    `/manage/visits/rounds/${round}`,
  );
  await expect(box.getByRole('button', { name: 'Giải thể đội này' })).toHaveCount(0);
  await sql`update visit_round set called_off_at = now() where id = ${round}`;
  await page.goto(`/manage/teams/${team}`);
  await box.locator('summary').click();
  await box.getByRole('button', { name: 'Giải thể đội này' }).click();
  await expect(page.getByText('Đã giải thể đội. Việc đã làm vẫn giữ nguyên.')).toBeVisible();
  await expect(page.getByText(/Đội đã giải thể từ/)).toBeVisible();
  await page.goto('/manage/teams?closed=1');
  await page.getByRole('link', { name: new RegExp(`Đội thôi ${mark}`) }).click();
  await page.getByRole('button', { name: 'Lập lại đội' }).click();
  await expect(page.getByText(/Đã lập lại đội/)).toBeVisible();
  expect(
    await sql`select full_name from team_member where team_id = ${team} and left_on is null`,
    'with whoever left because of it',
  ).toHaveLength(1);
  await page.context().close();
});
