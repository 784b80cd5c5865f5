import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { openLink, type Link } from '../support/link';
import { serverDatabase } from '../support/server';
import { keptIn, openPhone, signIn, waiting } from './phone';
import { aRound } from './round';

/** Somebody nobody named before, met where there is no signal: written down with their consent, what came of it recorded, sent when there is a network. */
test.describe.configure({ timeout: 180_000 });

const name = 'Hồ Thị Bên Suối';
let sql: Sql;
let link: Link;
let profile: string;
let scene: Awaited<ReturnType<typeof aRound>>;

test.beforeEach(async ({ baseURL }) => {
  sql = serverDatabase(baseURL);
  link = await openLink(Number(new URL(baseURL ?? '').port));
  profile = fs.mkdtempSync(path.join(os.tmpdir(), 'camtay-phone-'));
  scene = await aRound(sql);
});
test.afterEach(async () => {
  await sql.end();
  await link.close();
  fs.rmSync(profile, { recursive: true, force: true });
});

const kept = (page: Page) => keptIn(page, 'operations');
const metOn = async () => [
  ...(await sql`
    select q.full_name, q.birth_year, q.phone, q.needs, o.outcome, o.minutes, o.words
    from visit v join visit_request q on q.id = v.request_id left join visit_outcome o on o.visit_id = v.id where v.round_id = ${scene.roundId}`),
];
const once = [
  {
    fullName: name,
    birthYear: 1951,
    phone: '+84912345678',
    needs: ['vneid'],
    outcome: 'done',
    minutes: 20,
    words: 'Đã cài VNeID',
  },
];

async function takeAlong(page: Page): Promise<void> {
  await signIn(page, scene.helper);
  await page.goto(`/manage/visits/rounds/${scene.roundId}`);
  await expect(page.locator('[data-carried]')).toBeVisible({ timeout: 30_000 });
}

/** From the round, without a network, to what came of it. */
async function meet(page: Page): Promise<void> {
  await page.goto(`/manage/visits/rounds/${scene.roundId}`);
  await expect(page.getByText('Đang dùng bản trên máy')).toBeVisible();
  await page.getByRole('link', { name: 'Gặp người chưa có trong chuyến' }).tap();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Gặp thêm người');
  await page.getByLabel('Họ và tên').fill(name);
  await page.getByLabel(/^Năm sinh/).fill('1951');
  await page.getByRole('button', { name: 'Ghi tên, sang phần kết quả' }).tap();
  await expect(page.locator('#error-summary')).toContainText('Xin chọn ít nhất một việc cần giúp.');
  await expect(page.getByLabel('Họ và tên'), 'nothing typed is lost').toHaveValue(name);
  await page.locator('input[name=needs][value=vneid]').check();
  await page.getByLabel(/^Số điện thoại/).fill('0912 345 678');
  await page.getByText('Đọc lời xin phép').first().tap();
  await page.locator('input[name=consent]').check();
  await page.getByRole('button', { name: 'Ghi tên, sang phần kết quả' }).tap();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page.getByText('Đã ghi tên. Giờ ghi lần này thế nào')).toBeVisible();
}
async function recordIt(page: Page): Promise<void> {
  await page.getByLabel('Đã giúp').check();
  await page.getByLabel('20', { exact: true }).check();
  await page.getByLabel('Ghi thêm').fill('Đã cài VNeID');
  await page.getByRole('button', { name: 'Ghi', exact: true }).tap();
  await expect(page.getByText('20 phút').first()).toBeVisible();
}

test('met, recorded, kept over reload and restart; arrives once, the organiser sees it, and nothing of it stays on the phone', async () => {
  const first = await openPhone(profile, link.port);
  await takeAlong(first.page);
  await link.cut();
  await meet(first.page);
  await recordIt(first.page);
  await waiting(first.page, 2);
  await first.page.reload();
  await expect(first.page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(first.page.getByText('20 phút').first()).toBeVisible();
  await first.page.goto(`/manage/visits/rounds/${scene.roundId}`);
  await expect(first.page.getByRole('listitem').filter({ hasText: name })).toContainText('Gặp trên đường');
  await first.context.close();

  await link.mend();
  const { context, page } = await openPhone(profile, link.port);
  await page.goto('/manage');
  await waiting(page, 0);
  expect(await metOn()).toEqual(expect.arrayContaining(once));
  expect((await metOn()).length).toBe(1);
  expect((await kept(page)).text, 'what is not needed any more').not.toMatch(/912 ?345|"1951"/);
  await page.goto(`/manage/visits/rounds/${scene.roundId}`);
  await expect(page.getByRole('link', { name })).toHaveCount(1);
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).tap();
  await expect(page).toHaveURL(/sign-in/);
  expect((await kept(page)).text).not.toContain(name);
  await signIn(page, 'tochuc.dongthuan');
  await page.goto(`/manage/visits/rounds/${scene.roundId}`);
  const home = page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'Đã giúp' });
  await expect(home.first()).toBeVisible();
  await context.close();
});

test('the words changed meanwhile: who was met comes back to its form with all that was typed, what came of it waits, and both arrive once agreed', async () => {
  const { context, page } = await openPhone(profile);
  await takeAlong(page);
  // As a phone that read out older words.
  await context.route('**/api/v1/visits/operations', async (route) => {
    const sent = route.request().postData() ?? '';
    await route.continue({ postData: older ? sent.replaceAll(/"consentVersion":\d+/g, '"consentVersion":1') : sent });
  });
  let older = true;
  await context.setOffline(true);
  await meet(page);
  await recordIt(page);
  await waiting(page, 2);
  await context.setOffline(false);
  await page.goto('/manage');
  const attention = page.getByRole('region', { name: 'Có 2 việc chưa ghi được' });
  await expect(attention).toBeVisible({ timeout: 40_000 });
  await expect(attention.getByText('Lời xin phép vừa được sửa')).toBeVisible();
  await expect(attention.getByText('Chờ phần ghi tên của người này được nhận')).toBeVisible();
  expect(await metOn()).toEqual([]);
  older = false;
  await attention.getByRole('link', { name: 'Xem lại và gửi' }).tap();
  await expect(page.getByLabel('Họ và tên')).toHaveValue(name);
  await expect(page.locator('#error-summary')).toContainText('Lời xin phép vừa được sửa');
  await page.locator('input[name=consent]').check();
  await page.getByRole('button', { name: 'Ghi tên, sang phần kết quả' }).tap();
  await expect(page.getByText('Đã gửi lại')).toBeVisible();
  await page.goto('/manage');
  await waiting(page, 0);
  expect(await metOn()).toEqual(once);
  await context.close();
});
