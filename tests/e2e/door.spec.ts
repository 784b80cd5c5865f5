import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { aRound, visitedBefore } from './round';
import { waiting } from './phone';
import { stateOf } from './visits';

/** What a volunteer does at a door, with a thumb: said in one screen, told where they look, said once; and nobody declared dead by a slip. */
let sql: Sql;
test.beforeEach(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterEach(() => sql.end());

async function pageOf(browser: Browser, name: string, more: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const { baseURL, viewport, isMobile, hasTouch } = test.info().project.use;
  const storageState = await stateOf(baseURL ?? '', name, sql);
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    viewport: viewport ?? null,
    ...(isMobile === undefined ? {} : { isMobile }),
    ...(hasTouch === undefined ? {} : { hasTouch }),
    storageState,
    ...more,
  });
  return context.newPage();
}
const outcomes = async (visitId: string) => [
  ...(await sql`select outcome, minutes, words from visit_outcome where visit_id = ${visitId} order by received_at, at`),
];
const record = (page: Page) => page.getByRole('button', { name: 'Ghi', exact: true });
const top = async (page: Page, css: string) => (await page.locator(css).boundingBox())?.y ?? NaN;
const inView = (page: Page, css: string) =>
  page.locator(css).evaluate((one) => {
    const { top: from, bottom } = one.getBoundingClientRect();
    return from >= 0 && bottom <= window.innerHeight;
  });

test('outcome first, the rest only where somebody was helped, all within a screen; told where one looks, and pressed twice it is once', async ({
  browser,
  isMobile,
}) => {
  const { visitId, helper } = await aRound(sql);
  const page = await pageOf(browser, helper);
  await page.goto(`/manage/visits/${visitId}`);
  const helped = page.locator('[data-helped]');
  await expect(helped).toBeHidden();
  const screen = page.viewportSize()?.height ?? 0;
  const height = async () => {
    const box = await record(page).boundingBox();
    return (box?.y ?? 0) + (box?.height ?? 0) - (await top(page, '#outcome-group'));
  };
  await page.getByLabel('Không có ai ở nhà').check();
  await expect(helped).toBeHidden();
  expect(await height(), 'nobody at home').toBeLessThanOrEqual(screen);
  await page.getByLabel('Đã giúp').check();
  await expect(helped).toBeVisible();
  const last = page.locator('#outcome-wrong_details');
  const lastBox = await last.boundingBox();
  const button = await record(page).boundingBox();
  expect((button?.y ?? 0) + (button?.height ?? 0) - (lastBox?.y ?? 0), 'helped').toBeLessThanOrEqual(screen);
  const minutes = page.getByRole('radiogroup', { name: 'Ở đó bao nhiêu phút?' });
  // A thumb wants 48 px, a mouse is content with 44.
  for (const one of await minutes.locator('label').all())
    expect((await one.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(isMobile ? 48 : 44);

  await record(page).click();
  await expect(page.locator('#error-summary')).toContainText('Hãy chọn mất bao lâu.');
  expect(await outcomes(visitId)).toEqual([]);
  await page.getByLabel('30', { exact: true }).check();
  await page.getByLabel('Ghi thêm').fill('Nhà sau trường học');
  await record(page).click();
  const told = page.getByRole('status').filter({ hasText: 'Đã ghi trên máy' });
  await expect(told).toBeVisible();
  await expect.poll(() => inView(page, '[role=status]:has-text("Đã ghi trên máy")')).toBe(true);
  expect(await page.evaluate(() => document.activeElement?.textContent), 'read out next').toContain('Đã ghi trên máy');
  await waiting(page, 0);
  const once = [{ outcome: 'done', minutes: 30, words: 'Nhà sau trường học' }];
  expect(await outcomes(visitId)).toEqual(once);

  const acts = page.getByText('Việc đã bấm trên máy này (1)');
  await record(page).click();
  await expect.poll(() => inView(page, '[role=status]:has-text("Đã ghi trên máy")')).toBe(true);
  await expect(acts).toBeVisible();
  await page.reload();
  await record(page).click();
  await expect(page.getByRole('status').filter({ hasText: 'Đã ghi' }).first()).toBeVisible();
  await page.getByLabel('45', { exact: true }).check();
  await record(page).click();
  await expect(page.getByText('45 phút').first()).toBeVisible();
  await waiting(page, 0);
  expect(await outcomes(visitId)).toEqual([...once, { ...once[0], minutes: 45 }]);

  // What was chosen of a help is no part of "nobody at home".
  await page.getByLabel('Không có ai ở nhà').check();
  await record(page).click();
  await expect(page.getByText('Không có ai ở nhà').first()).toBeVisible();
  await expect.poll(async () => (await outcomes(visitId)).at(-1)).toMatchObject({ outcome: 'not_home', minutes: null });
  await page.context().close();
});

test('the same without JavaScript: minutes and skills wait in a box, nothing typed is lost, pressed again it is once', async ({
  browser,
}) => {
  const { visitId, helper } = await aRound(sql);
  await visitedBefore(sql, visitId, 9, 'Gọi cửa sau');
  const page = await pageOf(browser, helper, { javaScriptEnabled: false });
  await page.goto(`/manage/visits/${visitId}`);
  const minutes = page.getByRole('radiogroup', { name: 'Ở đó bao nhiêu phút?' });
  await expect(minutes).toBeHidden();
  await page.getByLabel('Đã giúp').check();
  await page.getByLabel('Ghi thêm').fill('Hẹn xem lại VNeID');
  await record(page).click();
  await expect(page.locator('#error-summary')).toContainText('Hãy chọn mất bao lâu.');
  await expect(minutes, 'the box is open where something is wrong in it').toBeVisible();
  await expect(page.getByLabel('Ghi thêm')).toHaveValue('Hẹn xem lại VNeID');
  await page.getByLabel('20', { exact: true }).check();
  for (const press of ['first', 'again']) {
    await record(page).click();
    await expect(page.getByRole('status').filter({ hasText: 'Đã ghi' })).toBeVisible();
    await expect(page, press).toHaveURL(/done=recorded/);
    expect(await outcomes(visitId)).toEqual([{ outcome: 'done', minutes: 20, words: 'Hẹn xem lại VNeID' }]);
  }
  await expect(page.getByRole('region', { name: 'Những lần đến trước' })).toContainText('Gọi cửa sau');
  await page.context().close();
});

test('words for whoever goes next: read before the door, with a network and without, until they are forgotten', async ({
  browser,
}) => {
  const { visitId, roundId, helper } = await aRound(sql);
  await visitedBefore(sql, visitId, 9, 'Gọi cửa sau');
  const page = await pageOf(browser, helper);
  const before = page.getByRole('region', { name: 'Những lần đến trước' });
  await page.goto(`/manage/visits/rounds/${roundId}`);
  await expect(page.locator('[data-carried]')).toBeVisible({ timeout: 30_000 });
  await page.goto(`/manage/visits/${visitId}`);
  await expect(before).toContainText('Gọi cửa sau');
  await page.context().setOffline(true);
  await page.goto(`/manage/visits/${visitId}`);
  await expect(page.getByText('Đang dùng bản trên máy')).toBeVisible();
  await expect(before).toContainText('Gọi cửa sau');
  await page.goto('/manage/tasks');
  await expect(page.getByText('Danh sách việc cần làm chỉ mở được khi có mạng')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Việc hôm nay');
  await page.context().setOffline(false);
  await page.goto(`/manage/visits/rounds/${roundId}/print`);
  await expect(page.getByRole('table').first()).toContainText('Gọi cửa sau');
  await sql`update visit_outcome set words = '' where visit_id in (select v.id from visit v where v.person_id = (select person_id from visit where id = ${visitId}))`;
  await page.goto(`/manage/visits/${visitId}`);
  await expect(before).toContainText('Không có ai ở nhà');
  await expect(page.getByRole('main')).not.toContainText('Gọi cửa sau');
  await page.goto('/manage/tasks');
  await expect(page.getByText('Trang này chỉ mở được khi có mạng.')).toBeVisible();
  await page.context().close();
});

for (const javaScriptEnabled of [true, false])
  test(`at the door of a task nobody died by a slip of the thumb (JavaScript ${javaScriptEnabled ? 'on' : 'off'})`, async ({
    browser,
  }) => {
    const [person, mark] = [randomUUID(), randomUUID().slice(0, 6)];
    await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
      select ${person}::uuid, area_id, ${`Hồ Thị Còn ${mark}`}, ${mark}, ${`ho thi con ${mark}`}, 1942::int from area_tree where ancestor_id = 18859 and depth = 1 order by 1 limit 1`;
    await sql`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, person_id, referred_to)
      select ${randomUUID()}::uuid, d.id, d.area_id, 'vneid', 1, 1, 10, ${person}::uuid, 'home_visit' from desk d where d.area_id = 18859 limit 1`;
    const page = await pageOf(browser, 'tochuc.dongthuan', { javaScriptEnabled });
    await page.goto(`/manage/tasks/door/${person}`);
    const task = page.getByRole('region', { name: /Điểm hỗ trợ nhờ đến nhà/ });
    const work = () => sql`select outcome from task_work where person_id = ${person}`;
    const yes = task.getByRole('button', { name: 'Đúng, đã mất' });
    await expect(yes).toBeHidden();
    await task.locator('summary', { hasText: 'Đã mất' }).click();
    await expect(task).toContainText(`Ghi là Hồ Thị Còn ${mark} đã mất?`);
    expect(await work(), 'one tap says nothing').toHaveLength(0);
    await task.locator('summary', { hasText: 'Đã mất' }).click();
    await expect(yes).toBeHidden();
    await task.locator('summary', { hasText: 'Đã chuyển đi' }).click();
    await task.getByRole('button', { name: 'Đúng, đã chuyển đi' }).click();
    await expect(page.getByRole('status').first()).toContainText('Đã ghi kết quả');
    expect([...(await work())]).toEqual([{ outcome: 'moved' }]);
    await page.context().close();
  });

test('the list of tasks: the filters are folded, nothing hangs at the end of a line', async ({ browser }) => {
  const page = await pageOf(browser, 'tochuc.dongthuan');
  await page.goto('/manage/tasks');
  const kind = page.getByLabel('Loại việc');
  await expect(kind).toBeHidden();
  await page.getByText('Lọc việc').click();
  await expect(kind).toBeVisible();
  await kind.selectOption('recheck');
  await page.getByRole('button', { name: 'Xem', exact: true }).click();
  await expect(page).toHaveURL(/kind=recheck/);
  await expect(page.getByLabel('Loại việc'), 'what narrows the list is seen').toBeVisible();
  await page.context().close();
});

test('the words to be read out to a household are seen whole', async ({ browser }) => {
  const { roundId } = await aRound(sql);
  const page = await pageOf(browser, 'tochuc.dongthuan');
  await page.goto(`/manage/visits/rounds/${roundId}`);
  await page.getByText('Báo số cho nhà này').first().click();
  const box = page.locator('textarea[readonly]').first();
  await expect(box).toBeVisible();
  expect(await box.evaluate((one) => one.scrollHeight - one.clientHeight)).toBeLessThanOrEqual(0);
  await page.context().close();
});
