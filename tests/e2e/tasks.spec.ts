import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { newHelper } from './new-helper';
import { stateOf } from './visits';

const unit = 18859;
let sql: Sql;
test.beforeEach(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterEach(() => sql.end());

/** A village of its own, where somebody of 84 was sent on by a desk, who lives with somebody else; and a helper with an account. */
async function furnish() {
  const mark = randomUUID().slice(0, 6);
  const [person, other] = [randomUUID(), randomUUID()];
  const [village] = await sql<
    { id: number }[]
  >`select area_id as id from area_tree where ancestor_id = ${unit} and depth = 1 order by 1 limit 1`;
  for (const [id, name, born] of [
    [person, `Hồ Thị Đến ${mark}`, 1942],
    [other, `Hồ Văn Cùng ${mark}`, 1975],
  ] as const)
    await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
      values (${id}, ${village?.id ?? 0}, ${name}, ${mark}, ${`ho den ${mark}`}, ${born})`;
  await sql`with made as (insert into household (area_id) values (${village?.id ?? 0}) returning id)
    insert into household_member (household_id, person_id, area_id)
    select id, person, ${village?.id ?? 0} from made, unnest(${[person, other]}::uuid[]) person`;
  await sql`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, person_id, referred_to)
    select ${randomUUID()}, d.id, d.area_id, 'vneid', 1, 1, 10, ${person}, 'home_visit' from desk d where d.area_id = ${unit} limit 1`;
  const { username, memberId } = await newHelper(sql, `Trần Văn Đi ${mark}`);
  return { person, mark, account: username, memberId };
}

for (const javaScriptEnabled of [true, false])
  test(`given by the organiser, seen at the door by the helper, closed by one press (JavaScript ${javaScriptEnabled ? 'on' : 'off'})`, async ({
    browser,
    baseURL,
    viewport,
    isMobile,
    hasTouch,
  }) => {
    const { person, mark, account, memberId } = await furnish();
    const pageOf = async (name: string): Promise<Page> => {
      const storageState = await stateOf(baseURL ?? '', name, sql);
      const context = await browser.newContext({
        baseURL,
        viewport,
        isMobile,
        hasTouch,
        storageState,
        javaScriptEnabled,
      });
      return context.newPage();
    };
    const organiser = await pageOf('tochuc.dongthuan');
    await organiser.goto('/manage/tasks?kind=referral_home');
    await organiser.getByRole('checkbox', { name: new RegExp(`Điểm hỗ trợ nhờ đến nhà.*${mark}`) }).check();
    await organiser.getByLabel('Giao việc đã chọn').selectOption(memberId);
    await organiser.getByRole('button', { name: 'Giao', exact: true }).click();
    await expect(organiser.getByRole('status')).toContainText('Đã giao');

    const helper = await pageOf(account);
    await helper.goto('/manage/tasks/week');
    await helper.getByRole('link', { name: new RegExp(`Đến nhà.*${mark}`) }).click();
    await expect(helper.getByRole('heading', { level: 1 })).toContainText(mark);
    await expect(helper.getByText('84 tuổi')).toBeVisible();
    await expect(helper.getByText('Nhà còn 1 người nữa')).toBeVisible();
    const section = helper.getByRole('region', { name: /Điểm hỗ trợ nhờ đến nhà/ });
    const done = section.getByRole('button', { name: 'Đã gặp, xong việc' });
    if (isMobile) expect((await done.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(48);
    await done.click();
    await expect(helper.getByRole('status')).toContainText('Đã ghi kết quả');
    const rows = await sql`select outcome from task_work where person_id = ${person}`;
    expect(rows).toEqual([{ outcome: 'done' }]);
    const back = await helper.goto(`/manage/tasks/door/${person}`);
    expect(back?.status(), 'the name went with the work').toBe(404);
    await helper.context().close();
    await organiser.context().close();
  });

test('nothing chosen: said at the field, and what was chosen stays', async ({
  browser,
  baseURL,
  viewport,
  isMobile,
  hasTouch,
}) => {
  const { mark } = await furnish();
  const storageState = await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql);
  const context = await browser.newContext({ baseURL, viewport, isMobile, hasTouch, storageState });
  const page = await context.newPage();
  await page.goto('/manage/tasks?kind=referral_home');
  const tick = page.getByRole('checkbox', { name: new RegExp(mark) });
  await tick.check();
  await page.getByRole('button', { name: 'Giao', exact: true }).click();
  await expect(page.getByText('Hãy chọn người nhận việc.').first()).toBeVisible();
  await expect(tick).toBeChecked();
  await context.close();
});

test('who to see this week: at most seven each, with reasons, given with one press; fits the screen', async ({
  browser,
  baseURL,
  viewport,
  isMobile,
  hasTouch,
}) => {
  await furnish();
  const storageState = await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql);
  const context = await browser.newContext({ baseURL, viewport, isMobile, hasTouch, storageState });
  const page = await context.newPage();
  await page.goto('/manage/tasks/week');
  const hands = page.locator('section', { has: page.getByRole('button', { name: /^Giao cho/ }) });
  const counts = await hands.evaluateAll((all) => all.map((one) => one.querySelectorAll('input[name=task]').length));
  expect(counts.length).toBeGreaterThan(0);
  for (const count of counts) expect(count).toBeLessThanOrEqual(7);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
  await hands
    .first()
    .getByRole('button', { name: /^Giao cho/ })
    .click();
  await expect(page.getByRole('status').first()).toContainText('Đã giao');
  await context.close();
});
