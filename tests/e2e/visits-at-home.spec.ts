import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { agedStamp, serverDatabase } from '../support/server';
import { waiting } from './phone';
import { stateOf } from './visits';

/** A visit from the asking to the door: a resident without JavaScript, an organiser, the helper who goes, the household that asks back. */
let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

test('asked for without JavaScript, planned, checked at the door, recorded', async ({ browser, baseURL, isMobile }) => {
  const name = isMobile ? 'Hồ Thị Máy' : 'Hồ Thị Bàn';
  const [place] = await sql<{ villageId: number; village: string }[]>`
    select a.id as village_id, a.full_name_vi as village from area a join area_tree t on t.area_id = a.id
    where t.ancestor_id = 18859 and t.depth = 1 order by a.id limit 1`;
  if (!place) throw new Error('no village');
  const resident = await browser.newContext({ javaScriptEnabled: false });
  const page = await resident.newPage();
  await page.goto(`/help?area=${place.villageId}`);
  await page.getByRole('button', { name: 'Gửi lời nhờ' }).click();
  await expect(page.getByRole('alert')).toContainText('Xin chọn nhờ cho ai.');
  await page.getByLabel('Cho tôi').check();
  await page.getByLabel('Họ và tên người cần giúp').fill(name);
  await page.getByLabel('Định danh VNeID').check();
  await page.getByLabel(/đồng ý cho giữ tên/).check();
  await page
    .locator('input[name=stamp]')
    .evaluate((input, made) => input.setAttribute('value', made), agedStamp('help'));
  await page.getByRole('button', { name: 'Gửi lời nhờ' }).click();
  await expect(page.getByRole('heading', { name: 'Đã nhận lời nhờ của bác' })).toBeVisible();
  const slip = page.url();
  await expect(page.getByRole('main')).not.toContainText(name);

  const [request] = await sql<
    { id: string }[]
  >`select id from visit_request where full_name = ${name} order by created_at desc limit 1`;
  const [round] = await sql<{ id: string }[]>`
    select r.id from visit_round r where r.area_id in (select area_id from area_tree where ancestor_id = 18859)
      and r.day = (now() at time zone 'Asia/Ho_Chi_Minh')::date order by r.planned_at limit 1`;
  const organiser = await browser.newContext({ storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql) });
  const office = await organiser.newPage();
  await office.goto('/manage/visits');
  await expect(office.getByRole('link', { name })).toBeVisible();
  await office.goto(`/manage/visits/rounds/${round?.id}`);
  await office.locator(`input[value="r:${request?.id}"]`).check();
  await office.getByRole('button', { name: 'Đưa vào chuyến' }).click();
  await expect(office.getByText('Đã đưa vào chuyến')).toBeVisible();
  const [home] = await sql<
    { id: string; pin: string; areaId: number }[]
  >`select id, pin, area_id from visit where request_id = ${request?.id ?? ''}`;
  if (!home) throw new Error('not on the round');

  // Its number counts around the round's hours: they are now.
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update visit_round set starts_at = greatest(day::timestamp at time zone 'Asia/Ho_Chi_Minh', now() - interval '30 minutes'),
      ends_at = now() + interval '30 minutes' where id = ${round?.id ?? ''}`;
  });
  // The household asks back, before and after one digit went wrong.
  await page.goto(`/help/check?area=${home.areaId}`);
  const wrong = home.pin === '0000' ? '0001' : '0000';
  await page.getByLabel('Số người đến nói').fill(wrong);
  await page.getByRole('button', { name: 'Hỏi' }).click();
  await expect(page.getByRole('main')).toContainText('Giờ này không có số này');
  await page.getByLabel('Số người đến nói').fill(home.pin);
  await page.getByRole('button', { name: 'Hỏi' }).click();
  await expect(page.getByRole('main')).toContainText('Đúng. Giờ này có người của đội đến đây');
  await expect(page.getByRole('main')).not.toContainText(name);
  await page.goto(slip);
  await expect(page.getByRole('main')).toContainText('Đã xếp ngày');

  const helper = await browser.newContext({ storageState: await stateOf(baseURL ?? '', 'daisu.dongthuan', sql) });
  const door = await helper.newPage();
  await door.goto('/manage');
  await expect(
    door.getByRole('heading', { name: 'Chuyến thăm nhà của anh chị, hôm nay và bảy ngày tới' }),
  ).toBeVisible();
  await door.goto(`/manage/visits/${home.id}`);
  await expect(door.getByRole('heading', { name, level: 1 })).toBeVisible();
  await door.getByRole('button', { name: 'Ghi', exact: true }).click();
  await expect(door.locator('#error-summary')).toContainText('Hãy chọn chuyến này thế nào.');
  await door.getByLabel('Đã giúp').check();
  await door.getByLabel('30', { exact: true }).check();
  await door.getByRole('button', { name: 'Ghi', exact: true }).click();
  await expect(door.getByText('30 phút').first()).toBeVisible();
  await waiting(door, 0);
  await page.goto(slip);
  await expect(page.getByRole('main')).toContainText('Đã xong');
  for (const context of [resident, organiser, helper]) await context.close();
});
