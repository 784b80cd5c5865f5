import { readFile } from 'node:fs/promises';
import { isRefusal } from '../../lib/kernel/result';
import { readSheet } from '../../lib/sheet/queries';
import { expect, test } from '../support/browser';
import { stateOf } from './visits';
import { serverDatabase } from '../support/server';

const list = (name: string) =>
  [
    'Họ và tên;Năm sinh;Thôn, bản, tổ dân phố;Ngày ký đồng ý;Bản lời đồng ý',
    `${name};1951;Đồng Thuận;02/03/2026;1`,
    'Cao Văn Trình Duyệt;19x5;Đồng Thuận;02/03/2026;1',
  ].join('\n');

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a list is sent, its bad cell named, its good row written; an export is asked for and fetched', async ({
    browser,
    baseURL,
    isMobile,
  }) => {
    // Both sizes of screen share one portal, which would know the name again.
    const name = isMobile ? 'Cao Thị Trình Duyệt' : 'Hồ Xuân Máy Bàn';
    const sql = serverDatabase(baseURL);
    const context = await browser.newContext({
      javaScriptEnabled: false,
      ...(baseURL ? { baseURL } : {}),
      storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql),
    });
    const page = await context.newPage();
    await page.goto('/manage/import');
    await page.getByRole('radio', { name: /^Người dân/ }).check();
    await page
      .getByLabel('Tệp danh sách')
      .setInputFiles({ name: 'danh sách.csv', mimeType: 'text/csv', buffer: Buffer.from(list(name)) });
    await page.getByRole('button', { name: 'Xem trước' }).click();
    // The page looks again by itself.
    await expect(page.getByText('1 dòng có ô sai. Chưa ghi gì.')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('row', { name: /B3/ })).toContainText('19x5');
    await page.getByRole('radio', { name: /^Chỉ các dòng đúng/ }).check();
    await page.getByRole('button', { name: 'Ghi danh sách' }).click();
    await expect(page.getByText('Đã ghi 1 dòng.')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Xem những người chưa ai liên hệ' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Chưa liên hệ' })).toBeVisible();
    await page.goto('/manage/exports');
    await page.getByRole('radio', { name: /^Người dân/ }).check();
    await page.getByLabel('Để làm gì').fill('In phiếu mời');
    await page.getByRole('button', { name: 'Tạo tệp' }).click();
    const made = page.getByRole('link', { name: 'Tải tệp về' });
    await expect(made).toBeVisible({ timeout: 30_000 });
    const [download] = await Promise.all([page.waitForEvent('download'), made.click()]);
    expect(download.suggestedFilename()).toMatch(/^nguoi-dan-.*\.xlsx$/);
    const sheet = await readSheet(await readFile(await download.path()));
    expect(isRefusal(sheet) ? [] : sheet.rows.map(({ cells }) => cells[0])).toContain(name);
    await context.close();
    await sql.end();
  });

  test('a list of helpers, once written, leads to the teams they are in', async ({ browser, baseURL, isMobile }) => {
    const sql = serverDatabase(baseURL);
    const [team] = await sql<{ id: string; name: string }[]>`
      select id, name from team t where area_id = 18859 and closed_on is null and name like '%(demo)'
      and not exists (select from team other where other.name = t.name and other.id <> t.id) order by id limit 1`;
    const name = isMobile ? 'Hồ Thị Vào Tổ' : 'Hồ Văn Vào Tổ';
    const context = await browser.newContext({
      javaScriptEnabled: false,
      ...(baseURL ? { baseURL } : {}),
      storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql),
    });
    const page = await context.newPage();
    await page.goto('/manage/import');
    await page.getByRole('radio', { name: /^Thành viên tổ, đội/ }).check();
    const buffer = Buffer.from(`Họ và tên;Tổ, đội\n${name};${team?.name ?? ''}`);
    await page.getByLabel('Tệp danh sách').setInputFiles({ name: 'thành viên.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await expect(page.getByText('Mọi ô đều đúng.')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('radio', { name: /^Chỉ các dòng đúng/ }).check();
    await page.getByRole('button', { name: 'Ghi danh sách' }).click();
    await page.getByRole('link', { name: 'Mở danh sách đội' }).click({ timeout: 30_000 });
    await page.getByRole('link', { name: team?.name ?? '' }).click();
    await expect(page.getByRole('link', { name })).toBeVisible();
    await context.close();
    await sql.end();
  });
});
