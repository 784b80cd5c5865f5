import { expect, test } from '../support/browser';
import { counted } from '../support/counted';
import { serverDatabase } from '../support/server';
import { stateOf } from './visits';

test('whoever may look people up goes from the dashboard to whom nobody has contacted, by village, and on into the record', async ({
  browser,
  baseURL,
  viewport,
}) => {
  const sql = serverDatabase(baseURL);
  await counted(sql);
  const storageState = await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql);
  const page = await (await browser.newContext({ viewport, storageState })).newPage();
  await page.goto('/dashboard#act');
  await page.getByRole('link', { name: 'Xem ai chưa được đến' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ai chưa được đến' })).toBeVisible();
  const rows = page.getByRole('table').locator('tbody tr');
  expect(await rows.count()).toBeGreaterThan(5);
  // Of one village, those of one group.
  await rows
    .getByRole('link', { name: /Chưa liên hệ/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/manage\/unreached\/people\?.*area=\d+/);
  await expect(rows.first()).toBeVisible();
  await rows.first().getByRole('link').first().click();
  await expect(page).toHaveURL(/\/manage\/people\/[0-9a-f-]{36}$/);
});

test('a leader opens the number of teams into the teams, and is led to nobody’s name', async ({
  browser,
  baseURL,
  viewport,
}) => {
  const sql = serverDatabase(baseURL);
  await counted(sql);
  const storageState = await stateOf(baseURL ?? '', 'lanhdao.dongthuan', sql);
  const page = await (await browser.newContext({ viewport, storageState })).newPage();
  // On a phone the section is folded; a jump opens it.
  await page.goto('/dashboard#teams');
  await expect(page.getByRole('link', { name: 'Xem ai chưa được đến' })).toHaveCount(0);
  const teams = page.getByRole('region', { name: 'Tổ, đội và giờ giúp' });
  const told = (await teams.getByRole('link').first().textContent()) ?? '';
  await teams.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Các tổ, đội có người lúc hết kỳ' })).toBeVisible();
  const made = page.getByRole('region', { name: 'Các tổ, đội có người lúc hết kỳ' });
  await expect(made.locator('tbody tr')).toHaveCount(Number(told));
});

test('an administrator says what country a commune lies in, and the dashboard sets it beside its like', async ({
  browser,
  baseURL,
  viewport,
  isMobile,
}) => {
  test.skip(isMobile === true, 'it is said for everybody: two at once would take each other’s away');
  const sql = serverDatabase(baseURL);
  await counted(sql);
  const context = await browser.newContext({ viewport, storageState: await stateOf(baseURL ?? '', 'admin', sql) });
  const page = await context.newPage();
  await sql`update area set terrain = null where id = 19057`;
  await page.goto('/admin/areas/terrain');
  await page.getByLabel('Xã Quảng Trạch', { exact: true }).selectOption('lowland');
  await page.getByRole('button', { name: 'Lưu vùng của các xã' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Đã lưu vùng' })).toBeVisible();
  await expect(page.getByLabel('Xã Quảng Trạch', { exact: true })).toHaveValue('lowland');
  await page.goto('/dashboard?area=44');
  const lowland = page.getByRole('table', { name: 'Các xã đồng bằng' });
  await expect(lowland.getByRole('link', { name: 'Quảng Trạch' })).toBeVisible();
  await context.close();
  await sql.end();
});

test('on a phone whoever signs a report sees each figure beside its name, and is led down to the step that is theirs', async ({
  browser,
  baseURL,
}) => {
  const sql = serverDatabase(baseURL);
  await counted(sql);
  const storageState = await stateOf(baseURL ?? '', 'lanhdao.dongthuan', sql);
  const page = await (await browser.newContext({ viewport: { width: 360, height: 780 }, storageState })).newPage();
  const [open] = await sql<{ id: string }[]>`
    select id from report where area_id = 18859 and state in ('draft', 'returned') order by closes_on desc limit 1`;
  await page.goto(`/dashboard/reports/${open?.id}`);
  const rows = page.getByRole('table').first().locator('tbody tr');
  expect(await rows.count()).toBeGreaterThan(30);
  const edges = await rows.locator('td:nth-of-type(1)').evaluateAll((cells) =>
    cells.map((cell) => {
      const frame = cell.closest('[role=region]');
      return [cell.getBoundingClientRect().right, frame?.getBoundingClientRect().right ?? 0];
    }),
  );
  for (const [value = 0, frame = 0] of edges) expect(value).toBeLessThanOrEqual(frame + 1);
  await page.getByRole('link', { name: 'Xuống phần việc cần làm' }).click();
  await expect(page.getByRole('heading', { name: 'Việc cần làm' })).toBeInViewport();
  await sql.end();
});

test('the dashboard tells the province’s leader which reports wait for an answer, and leads to them', async ({
  browser,
  baseURL,
  viewport,
}) => {
  const sql = serverDatabase(baseURL);
  await counted(sql);
  const storageState = await stateOf(baseURL ?? '', 'lanhdao.tinh', sql);
  const page = await (await browser.newContext({ viewport, storageState })).newPage();
  await page.goto('/dashboard');
  await page
    .getByRole('link', { name: /báo cáo tháng \d+ năm \d+ chờ duyệt$/ })
    .last()
    .click();
  await page.waitForURL(/\/dashboard\/reports\?area=44&period=k20/);
  await expect(page.getByRole('table').getByText('Đã nộp, chờ duyệt').first()).toBeVisible();
  await sql.end();
});
