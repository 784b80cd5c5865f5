import type { Browser } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { sessionSpan } from '../../lib/class/rules';
import { newAddressId } from '../../lib/kernel/id';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { inDays } from './access/action-row';
import { nameThings } from './access/portal';
import { stateOf } from './visits';

const unit = 18859;

/** A published class of its own, at a venue of its own in the unit, with a session on each of these days. */
async function classOn(
  sql: Sql,
  days: readonly string[],
): Promise<{ classId: string; venueId: string; ids: string[] }> {
  const own = await nameThings(sql, unit, 'deviceId');
  const [classId, venueId] = [newAddressId(), randomUUID()];
  // Each a little later than the one before: in a list nobody finds two alike.
  const [{ before } = { before: 0 }] = await sql<
    { before: number }[]
  >`select count(*)::int as before from venue where address = 'Đường Thử'`;
  const spans = days.map((day) => sessionSpan(day, `09:${String(before % 60).padStart(2, '0')}`, 60));
  await sql`insert into venue (id, area_id, name, address) values (${venueId}, ${own.villageId}, ${`Nhà thử ${venueId.slice(0, 8)}`}, 'Đường Thử')`;
  await sql`
    insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, minimum_to_run, first_starts_at, last_ends_at)
    values (${classId}, ${own.villageId}, ${own.courseId}, ${venueId}, ${own.teamId}, 'published', 20, 1, ${spans[0]?.startsAt ?? null}, ${spans.at(-1)?.endsAt ?? null})`;
  const ids = spans.map(() => randomUUID());
  for (const [at, id] of ids.entries())
    await sql`
      insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status)
      values (${id}, ${classId}, ${own.villageId}, ${venueId}, ${at + 1}, ${spans[at]?.startsAt ?? null}, ${spans[at]?.endsAt ?? null}, 'published')`;
  return { classId, venueId, ids };
}
const daysOf = async (sql: Sql, classId: string) =>
  (
    await sql<{ day: string }[]>`
      select to_char(starts_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') || ' ' || status as day
      from class_session where class_id = ${classId} order by position`
  ).map(({ day }) => day);

async function organiser(browser: Browser, baseURL: string | undefined, sql: Sql, javaScriptEnabled: boolean) {
  const storageState = await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql);
  const context = await browser.newContext({ baseURL, storageState, javaScriptEnabled });
  return { context, page: await context.newPage() };
}

for (const javaScriptEnabled of [true, false])
  test(`a session and those after it are moved with a preview; people read when it was to be (JavaScript ${javaScriptEnabled ? 'on' : 'off'})`, async ({
    browser,
    baseURL,
  }) => {
    const sql = serverDatabase(baseURL);
    const { classId, ids } = await classOn(sql, ['2032-03-01', '2032-03-08', '2032-03-15']);
    const { context, page } = await organiser(browser, baseURL, sql, javaScriptEnabled);
    await page.goto(`/manage/classes/${classId}`);
    await page.getByRole('link', { name: 'Sửa, dời buổi' }).nth(1).click();
    await expect(page).toHaveURL(new RegExp(`/sessions/${ids[1]}`));
    await page.getByLabel(/^Buổi này và các buổi sau/).check();
    await page.locator('input[name=day]').fill('2032-03-09');
    await page.getByRole('button', { name: 'Xem trước' }).click();
    const preview = page.locator('#preview');
    await expect(preview.getByRole('heading', { level: 2 })).toContainText('2 buổi thay đổi');
    await expect(preview.getByText('Thứ Ba, 16/03/2032')).toBeVisible();
    await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
    await page.waitForURL(/done=sessionsEdited/);
    expect(await daysOf(sql, classId)).toEqual([
      '2032-03-01 published',
      '2032-03-09 published',
      '2032-03-16 published',
    ]);
    await page.goto(`/classes/${classId}`);
    await expect(page.getByText('Dời từ Thứ Hai, 08/03/2032')).toBeVisible();
    await context.close();
    await sql.end();
  });

test('a storm puts a village off, and it is taken back', async ({ browser, baseURL, isMobile }) => {
  const sql = serverDatabase(baseURL);
  // Days of its own for each of the two browsers that share the server.
  const year = isMobile ? 2033 : 2034;
  const { classId } = await classOn(sql, [`${year}-09-07`, `${year}-09-14`]);
  const { context, page } = await organiser(browser, baseURL, sql, true);
  await page.goto('/manage/classes');
  await page.getByRole('link', { name: 'Hoãn vì bão lũ' }).click();
  await page.locator('input[name=firstDay]').fill(`${year}-09-06`);
  await page.locator('input[name=lastDay]').fill(`${year}-09-09`);
  await page.locator('input[name=reason]').fill('Bão số 12');
  await page.getByRole('button', { name: 'Xem trước' }).click();
  await expect(page.locator('#preview').getByRole('heading', { level: 2 })).toContainText('Sẽ hoãn 1 buổi của 1 lớp');
  await page.getByRole('button', { name: 'Hoãn 1 buổi này' }).click();
  await page.waitForURL(/done=putOff/);
  expect(await daysOf(sql, classId)).toEqual([`${year}-09-21 published`, `${year}-09-14 published`]);
  await page
    .getByRole('listitem')
    .filter({ hasText: `06/09/${year}` })
    .getByRole('button', { name: 'Lấy lại' })
    .click();
  await page.waitForURL(/done=undone/);
  expect(await daysOf(sql, classId)).toEqual([`${year}-09-07 published`, `${year}-09-14 published`]);
  await context.close();
  await sql.end();
});

test('a class with too few people is decided on today; a week later is looked at first', async ({
  browser,
  baseURL,
}) => {
  const sql = serverDatabase(baseURL);
  const { classId, ids } = await classOn(sql, [inDays(1), inDays(8)]);
  await sql`update class set minimum_to_run = 5 where id = ${classId}`;
  const { context, page } = await organiser(browser, baseURL, sql, true);
  await page.goto('/manage');
  const line = page.getByRole('listitem').filter({ has: page.locator(`a[href$="/manage/classes/${classId}/cancel"]`) });
  await line.getByRole('link', { name: 'Dời một tuần' }).click();
  await expect(page).toHaveURL(new RegExp(`/sessions/${ids[0]}`));
  await expect(page.locator('#preview').getByRole('checkbox', { checked: true })).toHaveCount(2);
  await page.goto('/manage');
  await line.getByRole('button', { name: 'Vẫn mở' }).click();
  await page.waitForURL(/done=runAnyway/);
  await expect(line).toHaveCount(0);
  await context.close();
  await sql.end();
});

test('a class like another one is planned from its own page, filled in; a calendar shows it by week and month', async ({
  browser,
  baseURL,
}) => {
  const sql = serverDatabase(baseURL);
  const { classId, venueId } = await classOn(sql, ['2032-05-03', '2032-05-10']);
  const { context, page } = await organiser(browser, baseURL, sql, false);
  await page.goto(`/manage/classes/${classId}`);
  await page.getByRole('link', { name: 'Mở lớp giống thế này' }).click();
  await expect(page.locator('select[name=venueId]')).toHaveValue(venueId);
  await expect(page.locator('input[name=firstDay]')).toHaveValue('2032-05-17');
  await page.getByRole('button', { name: 'Xem trước các ngày' }).click();
  await expect(page.locator('#preview').getByRole('heading', { level: 2 }).first()).toContainText('2 buổi');
  for (const view of ['week', 'month']) {
    await page.goto(`/manage/classes?view=${view}&day=2032-05-05`);
    const cell = page.getByRole('cell').filter({ hasText: 'Thứ Hai, 03/05/2032' });
    await expect(cell.locator(`a[href$="/manage/classes/${classId}"]`)).toBeVisible();
  }
  await page.getByRole('link', { name: 'Sau' }).click();
  await expect(page).toHaveURL(/day=2032-06-01/);
  await context.close();
  await sql.end();
});
