import { expect, test } from '../support/browser';
import { counted } from '../support/counted';
import { serverDatabase } from '../support/server';
import { stateOf } from './visits';

test('the verdict of the province judges the national target, and targets open on the year that dashboards open on', async ({
  browser,
  baseURL,
  viewport,
}) => {
  const sql = serverDatabase(baseURL);
  await counted(sql);
  const storageState = await stateOf(baseURL ?? '', 'lanhdao.tinh', sql);
  const page = await (await browser.newContext({ viewport, storageState })).newPage();
  const named = /^Tỷ lệ người trưởng thành dùng được thiết bị, nền tảng số cơ bản/;
  await page.goto('/admin/targets?area=44');
  await expect(page.getByLabel('Kỳ nào')).toHaveValue(/^k20\d\d$/);
  const row = page.getByRole('table').first().getByRole('row').filter({ hasText: named });
  await expect(row).toContainText('chậm');
  await expect(row).not.toContainText('không nêu');
  await page.goto('/dashboard?area=44&period=k2026');
  await expect(page.getByText(/^Chậm nhất: Tỷ lệ người trưởng thành dùng được thiết bị/)).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: named })).toHaveCount(0);
  // Of a calendar month, groups are not told at all: it is said so, and nobody is called few.
  await page.goto('/dashboard?area=44&period=2026-10');
  await expect(
    page.getByText(/ở tỉnh Quảng Trị đã đến lớp không nêu: số đến lớp theo tuổi chỉ nêu theo kỳ năm/),
  ).toBeVisible();
});

test('a leader is never told of more overdue registers than open ones', async ({ browser, baseURL, viewport }) => {
  const sql = serverDatabase(baseURL);
  const storageState = await stateOf(baseURL ?? '', 'lanhdao.tinh', sql);
  const page = await (await browser.newContext({ viewport, storageState })).newPage();
  await page.goto('/manage');
  const lead = (await page.getByText(/buổi chưa điểm danh xong \(/).textContent()) ?? '';
  const [, open, overdue] = /(\d+) buổi chưa điểm danh xong \((\d+) buổi/.exec(lead) ?? [];
  expect(Number(overdue)).toBeGreaterThan(0);
  expect(Number(open)).toBeGreaterThanOrEqual(Number(overdue));
});

test('public figures stand by the Vietnamese alphabet, and no column is empty from top to bottom', async ({
  page,
  baseURL,
}) => {
  await counted(serverDatabase(baseURL));
  await page.goto('/progress');
  const rows = await page.getByRole('table').locator('tbody tr').allTextContents();
  const at = (name: string) => rows.findIndex((row) => row.includes(name));
  expect(at('Phường Ba Đồn')).toBeLessThan(at('Xã Ba Lòng'));
  const cells = await page
    .getByRole('table')
    .locator('tbody tr')
    .evaluateAll((lines) => lines.map((line) => [...line.children].map((cell) => cell.textContent?.trim() ?? '')));
  const columns = cells[0]?.map((_, nth) => cells.map((line) => line[nth])) ?? [];
  expect(columns.filter((column) => column.every((cell) => cell === '–' || /^\D*–$/.test(cell ?? '')))).toEqual([]);
});
