import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { axeFaults } from '../support/axe';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { stateOf } from './visits';

/** Kept to be looked at, where somebody asks for it. */
const keep = async (page: Page, name: string) => {
  const folder = process.env.KEEP_FILES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};
const scrollsSideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

test('a leader sees the fair column first, takes the table along, and comes from any figure to its rows and from there to all 30', async ({
  browser,
  baseURL,
  viewport,
  isMobile,
  hasTouch,
}) => {
  test.setTimeout(120_000);
  const sql = serverDatabase(baseURL);
  const storageState = await stateOf(baseURL ?? '', 'lanhdao.tinh', sql);
  const context = await browser.newContext({ viewport, isMobile, hasTouch, storageState, acceptDownloads: true });
  const page = await context.newPage();
  await page.goto('/dashboard?sort=-unreached#places');
  const wards = page.getByRole('table', { name: 'Các phường' });
  await expect(wards.getByRole('columnheader').nth(1)).toHaveText('Đã đến / 1.000 người cao tuổi');
  const shown = await wards.getByRole('columnheader').nth(1).boundingBox();
  expect((shown?.x ?? 0) + (shown?.width ?? 0)).toBeLessThanOrEqual(viewport?.width ?? 0);
  await keep(page, `places-${isMobile}`);

  await page.getByRole('link', { name: 'Tải bảng này về' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tải bảng so sánh về');
  await keep(page, `export-${isMobile}`);
  await page.getByLabel('CSV').check();
  await page.getByRole('button', { name: 'Tạo tệp' }).click();
  await page.waitForURL('**/manage/jobs/*');
  const file = page.getByRole('link', { name: 'Tải tệp về' });
  await expect(file).toBeVisible({ timeout: 40_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), file.click()]);
  expect(download.suggestedFilename()).toMatch(/^so-sanh-k\d{4}-.*\.csv$/);

  await page.goto('/dashboard');
  await page.getByRole('link', { name: 'Xem cả 30 chỉ số' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cả 30 chỉ số');
  expect(await page.getByRole('rowheader').count()).toBeGreaterThanOrEqual(36);
  expect(await scrollsSideways(page)).toBe(false);
  await keep(page, `indicators-${isMobile}`);
  expect(await axeFaults(page, 'indicators')).toEqual([]);
  await page.getByRole('row', { name: /^R01 / }).getByRole('cell').getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Buổi đã dạy');

  for (const measure of ['households_reached', 'assist_vneid']) {
    await page.goto(`/dashboard/rows?measure=${measure}`);
    await expect(page.getByRole('table', { name: 'Từng nơi' })).toBeVisible();
    await keep(page, `${measure}-${isMobile}`);
  }
  if (process.env.KEEP_FILES && !isMobile) {
    for (const [name, address] of [
      ['indicators', '/dashboard/indicators'],
      ['dashboard', '/dashboard'],
    ] as const) {
      await page.goto(address);
      writeFileSync(`${process.env.KEEP_FILES}/${name}.pdf`, await page.pdf({ preferCSSPageSize: true }));
    }
  }
  await context.close();
  await sql.end();
});

test('whoever approves sees what waits for them on top, and on the province’s report what has changed below', async ({
  browser,
  baseURL,
  viewport,
  isMobile,
  hasTouch,
}) => {
  const sql = serverDatabase(baseURL);
  const storageState = await stateOf(baseURL ?? '', 'lanhdao.tinh', sql);
  const context = await browser.newContext({ viewport, isMobile, hasTouch, storageState });
  const page = await context.newPage();
  await page.goto('/dashboard/reports');
  await keep(page, `reports-${isMobile}`);
  const states = await page.getByRole('row').allInnerTexts();
  const [waits, late] = ['chờ duyệt', 'Quá hạn'].map((words) => states.findIndex((text) => text.includes(words)));
  if ((waits ?? -1) > 0 && (late ?? -1) > 0) expect(waits).toBeLessThan(late ?? 0);
  expect(await scrollsSideways(page)).toBe(false);
  await sql.end();
  await context.close();
});
