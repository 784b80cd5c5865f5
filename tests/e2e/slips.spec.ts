import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { agedStamp, serverDatabase } from '../support/server';

/** The number of a visit's slip: on the page, and in no address a borrowed phone remembers. */
test.use({ javaScriptEnabled: false });

let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

test('is shown and in no address; put away, the number typed opens the slip again, a wrong one says so', async ({
  page,
  isMobile,
}) => {
  const name = isMobile ? 'Hồ Thị Mượn' : 'Hồ Thị Trạm';
  const [place] = await sql<{ id: number }[]>`
    select a.id from area a join area_tree t on t.area_id = a.id where t.ancestor_id = 18859 and t.depth = 1 order by a.id desc limit 1`;
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url(), request.headers().referer ?? ''));
  await page.goto(`/help?area=${place?.id}`);
  await page.getByLabel('Cho tôi').check();
  await page.getByLabel('Họ và tên người cần giúp').fill(name);
  await page.getByLabel('Định danh VNeID').check();
  await page.getByLabel(/đồng ý cho giữ tên/).check();
  await page
    .locator('input[name=stamp]')
    .evaluate((input, made) => input.setAttribute('value', made), agedStamp('help'));
  await page.getByRole('button', { name: 'Gửi lời nhờ' }).click();
  await expect(page.getByRole('heading', { name: 'Đã nhận lời nhờ của bác' })).toBeVisible();
  const [{ code } = { code: '' }] = await sql<{ code: string }[]>`
    select code from visit_request where full_name = ${name} order by created_at desc limit 1`;
  const shown = `${code.slice(0, 4)} ${code.slice(4)}`;
  await expect(page.getByRole('main')).toContainText(shown);

  await page.getByRole('button', { name: 'Xong, đóng phiếu lại' }).click();
  await expect(page).toHaveURL(/\/help$/);
  await page.goto('/help/slip');
  await expect(page.getByRole('main')).not.toContainText(shown);
  await page.getByLabel('Số phiếu').fill('2222 2222');
  await page.getByRole('button', { name: 'Xem phiếu' }).click();
  await expect(page.getByRole('alert')).toContainText('Không có phiếu nào mang số này');
  await expect(page.getByLabel('Số phiếu')).toHaveValue('2222 2222');
  await page.getByLabel('Số phiếu').fill(shown.toLowerCase());
  await page.getByRole('button', { name: 'Xem phiếu' }).click();
  await expect(page.getByRole('main')).toContainText(shown);

  await page.locator('summary', { hasText: 'Không cần nữa' }).click();
  await page.getByRole('button', { name: 'Rút lời nhờ' }).click();
  await expect(page.getByRole('main')).toContainText('Đã rút lại');
  expect(addresses.filter((one) => one.includes(code))).toEqual([]);
});
