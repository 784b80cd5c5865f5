import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { getReady, keptIn, openPhone, row, signIn, waiting } from './phone';
import { newClass, type Scene } from './scene';

/** Whose work it is: what stays on a phone, who sees it, who sends it, and what happens to what the portal does not take. */
test.describe.configure({ timeout: 180_000 });

const unit = 18859;
const learners = ['Cao Thị Một', 'Cao Văn Hai', 'Cao Thị Ba'];
let sql: Sql;
let scene: Scene;
let profile: string;

test.beforeEach(async ({ baseURL }) => {
  sql = serverDatabase(baseURL);
  scene = await newClass(sql, unit, learners);
  profile = fs.mkdtempSync(path.join(os.tmpdir(), 'camtay-phone-'));
});
test.afterEach(async () => {
  await sql.end();
  fs.rmSync(profile, { recursive: true, force: true });
});

const kept = (page: Page) => keptIn(page, 'sheets', 'operations', 'notes');
const operations = (sessionId: string) =>
  sql<{ kind: string; username: string }[]>`
    select o.kind, a.username from register_operation o join account a on a.id = o.account_id where o.session_id = ${sessionId} order by o.kind`;

async function openRoll(page: Page): Promise<void> {
  await page.goto(`/manage/sessions/${scene.sessionId}`);
}

test('another account on the same phone neither sees nor sends the first one’s work; its owner does, later', async () => {
  const { context, page } = await openPhone(profile);
  await getReady(page);
  await openRoll(page);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Bắt đầu điểm danh' }).tap();
  await row(page, 'Cao Thị Một').getByRole('button').first().tap();
  await waiting(page, 2);
  const before = await kept(page);
  expect(before.rows.sheets).toBeGreaterThan(0);
  expect(/••• |\+84|"birthYear":1911/.test(before.text), 'phone numbers, years of birth').toBe(false);
  expect(before.text.includes('Cao Văn Hai')).toBe(true);
  await context.route('**/api/v1/register/**', (route) => route.abort());
  await context.setOffline(false);

  // Signing out says what is not sent, then wipes.
  await page.goto('/manage');
  await waiting(page, 2);
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).tap();
  await expect(page.getByText('Còn 2 việc trên máy này chưa gửi xong')).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Đăng xuất', exact: true }).tap();
  await expect(page).toHaveURL(/sign-in/);
  const left = await kept(page);
  expect([left.rows.sheets, left.rows.operations]).toEqual([0, 2]);
  expect(left.text.includes('Cao Văn Hai')).toBe(false);
  await page.goto('/manage/offline');
  await expect(page.getByText('Máy này chưa có danh sách nào')).toBeVisible();

  await context.unroute('**/api/v1/register/**');
  await getReady(page, 'tochuc.dongthuan');
  await waiting(page, 0);
  await openRoll(page);
  await expect(page.getByRole('button', { name: 'Bắt đầu điểm danh' })).toBeVisible();
  expect(await operations(scene.sessionId)).toEqual([]);
  await page.goto('/manage');
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).tap();
  await expect(page).toHaveURL(/sign-in/);

  await getReady(page);
  await expect
    .poll(() => operations(scene.sessionId))
    .toMatchObject([
      { kind: 'mark', username: 'daisu.dongthuan' },
      { kind: 'start', username: 'daisu.dongthuan' },
    ]);
  await context.close();
});

test('an expired sign-in keeps the work; so does somebody else’s in another tab; both are told and it is sent afterwards', async () => {
  const { context, page } = await openPhone(profile);
  await getReady(page);
  await openRoll(page);
  await page.getByRole('button', { name: 'Bắt đầu điểm danh' }).tap();
  await waiting(page, 0);
  await context.clearCookies();
  await row(page, 'Cao Thị Một').getByRole('button').first().tap();
  await expect(page.getByText(/Phiên đăng nhập đã hết/)).toBeVisible();
  await waiting(page, 1);

  const other = await context.newPage();
  await signIn(other, 'tochuc.dongthuan');
  await page.bringToFront();
  await expect(page.getByText(/đang đăng nhập bằng tài khoản khác/)).toBeVisible({ timeout: 40_000 });
  await waiting(page, 1);
  expect(await operations(scene.sessionId)).toHaveLength(1);
  await signIn(other);
  await page.bringToFront();
  await waiting(page, 0);
  expect(await operations(scene.sessionId)).toMatchObject([
    { username: 'daisu.dongthuan' },
    { username: 'daisu.dongthuan' },
  ]);
  await context.close();
});

test('what is refused is shown with its reason and put right in place; a lost scope takes the roll and leaves the work', async () => {
  const { context, page } = await openPhone(profile);
  await getReady(page);
  await openRoll(page);
  await page.getByRole('button', { name: 'Bắt đầu điểm danh' }).tap();
  // Enough digits, and yet no number: only the portal knows.
  await page.getByRole('button', { name: 'Thêm người mới đến' }).tap();
  await page.getByLabel('Họ và tên').fill('Hồ Văn Vãng Lai');
  await page.getByLabel('Điện thoại').fill('000000000');
  await page.getByLabel(/người này đồng ý/).tap();
  await page.getByRole('button', { name: 'Thêm vào danh sách' }).tap();
  const attention = page.getByRole('region', { name: 'Có 1 việc chưa ghi được' });
  await waiting(page, 0);
  await expect(attention).toBeVisible();
  await row(page, 'Cao Thị Một').getByRole('button').first().tap();
  await waiting(page, 0);
  await page.reload();
  await attention.getByLabel('Điện thoại').fill('0912 345 678');
  await attention.getByRole('button', { name: 'Lưu và gửi lại' }).tap();
  await expect(attention).toBeHidden();
  await expect
    .poll(() => operations(scene.sessionId))
    .toMatchObject([{ kind: 'mark' }, { kind: 'start' }, { kind: 'walk_in' }]);
  // The portal has it before the phone has read the answer.
  await expect
    .poll(async () => /0?912 ?345 ?678/.test((await kept(page)).text), {
      message: 'the number leaves the phone when it was taken',
    })
    .toBe(false);

  // Cancelled meanwhile: refused; a mistake: sent again.
  await sql`update class_session set status = 'cancelled', status_reason = 'bão' where id = ${scene.sessionId}`;
  await row(page, 'Cao Văn Hai').getByRole('button').first().tap();
  await expect(attention.getByText(/đã hủy/)).toBeVisible();
  await sql`update class_session set status = 'published', status_reason = null where id = ${scene.sessionId}`;
  await attention.getByRole('button', { name: 'Gửi lại' }).tap();
  await expect(attention).toBeHidden();
  await expect.poll(async () => (await operations(scene.sessionId)).length).toBe(4);

  // The grant moves away: the roll goes, what was not sent stays and says why.
  await context.setOffline(true);
  await row(page, 'Cao Thị Ba').getByRole('button').first().tap();
  await waiting(page, 1);
  const moved = await sql<{ areaId: number }[]>`select area_id from class where id = ${scene.classId}`;
  await sql`
    update class_session set area_id = (select id from area where kind = 'commune' and id not in (18859, 18901) order by id limit 1)
    where class_id = ${scene.classId}`;
  await context.setOffline(false);
  await expect(attention.getByText(/không còn được ghi điểm danh/)).toBeVisible({ timeout: 40_000 });
  // Both sessions of the class.
  await expect
    .poll(async () => (await kept(page)).text.includes(`"classId":"${scene.classId}"`), { timeout: 40_000 })
    .toBe(false);
  await page.goto('/manage');
  const onToday = page.getByRole('region', { name: 'Có 1 việc chưa ghi được' });
  await expect(onToday.getByText('Cao Thị Ba: Vắng')).toBeVisible();
  await onToday.getByRole('button', { name: 'Bỏ việc này' }).tap();
  await onToday.getByRole('button', { name: 'Bỏ hẳn' }).tap();
  await expect(onToday).toBeHidden();
  await sql`update class_session set area_id = ${moved[0]?.areaId ?? unit} where class_id = ${scene.classId}`;
  await context.close();
});

test('two organisers without a signal say different things: both are told, both versions stand there, one settles it', async () => {
  const { context, page } = await openPhone(profile);
  await getReady(page);
  await openRoll(page);
  await page.getByRole('button', { name: 'Bắt đầu điểm danh' }).tap();
  await waiting(page, 0);
  const otherProfile = fs.mkdtempSync(path.join(os.tmpdir(), 'camtay-phone-'));
  const second = await openPhone(otherProfile);
  await getReady(second.page, 'tochuc.dongthuan');
  await openRoll(second.page);
  await expect(row(second.page, 'Cao Văn Hai').getByText('Có mặt')).toBeVisible();
  await context.setOffline(true);
  await second.context.setOffline(true);
  await row(page, 'Cao Văn Hai').getByRole('button').first().tap();
  await row(second.page, 'Cao Văn Hai').getByRole('button', { name: 'Đến muộn' }).tap();
  await context.setOffline(false);
  await waiting(page, 0);
  await second.context.setOffline(false);
  for (const each of [second.page, page]) {
    const group = row(each, 'Cao Văn Hai').getByRole('group', { name: 'Hai người ghi khác nhau' });
    await expect(group.getByRole('listitem')).toHaveCount(2, { timeout: 45_000 });
    await expect(each.getByLabel('Đồng bộ')).toContainText('cần xem lại 1');
  }
  await page.getByRole('button', { name: 'Đúng là: Vắng' }).tap();
  await waiting(page, 0);
  for (const each of [page, second.page]) {
    await expect(each.getByRole('group', { name: 'Hai người ghi khác nhau' })).toHaveCount(0, { timeout: 45_000 });
    await expect(row(each, 'Cao Văn Hai').getByText('Vắng', { exact: true })).toBeVisible();
  }
  await second.context.close();
  await context.close();
  fs.rmSync(otherProfile, { recursive: true, force: true });
});
