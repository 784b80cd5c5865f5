import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';

/** How a resident gets from a place to a class, or to asking for one. */
let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a village typed: its classes first, then its unit’s', async ({ page }) => {
    // Not the first village: other suites open classes there.
    await page.goto('/');
    await page.getByLabel('Gõ nơi ở hoặc việc muốn học').fill('thon mau 2, xa minh hoa');
    await page.getByRole('main').getByRole('button', { name: 'Tìm lớp' }).click();
    await expect(page.locator('#area option:checked')).toHaveText('Thôn Mẫu 2 (demo)');
    const headings = page.locator('section[aria-labelledby=found] > h3');
    await expect(headings.nth(0)).toHaveText('Ngay tại Thôn Mẫu 2 (demo)');
    await expect(headings.nth(1)).toHaveText('Nơi khác trong Xã Minh Hóa');
  });

  test('a name many bear: which one, each with its unit', async ({ page }) => {
    await page.goto('/classes?q=thon%20mau%202');
    const which = page.getByRole('region', { name: 'Ý bác là nơi nào?' });
    await which
      .getByRole('link', { name: /Thôn Mẫu 2 \(demo\), Xã/ })
      .first()
      .click();
    await expect(page).toHaveURL(/area=\d+/);
    await expect(page.getByRole('heading', { level: 2, name: /^Xã/ })).toBeVisible();
  });

  test('nothing there: why, what comes next, and asking for a class, which is written once', async ({
    page,
    isMobile,
  }) => {
    await page.goto('/classes?q=minh%20hoa&lang=pako&part=morning&day=7&skill=H1');
    await expect(page.getByRole('heading', { level: 2, name: /chưa có lớp nào/ })).toBeVisible();
    await page.getByRole('link', { name: 'Xin mở lớp gần nhà' }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Xin mở lớp ở Xã Minh Hóa' })).toBeVisible();
    const wish = `Học xem giá lúa ${isMobile ? 'trên điện thoại' : 'trên máy'}`;
    await page.locator('#skill').selectOption('');
    await page.getByLabel('Họ và tên').fill('Lê Thị Xin');
    await page.getByRole('button', { name: 'Gửi lời xin mở lớp' }).click();
    await expect(page.getByRole('alert')).toContainText('Xin chọn một việc');
    await expect(page.getByRole('alert')).toContainText('xin đánh dấu đồng ý');
    await expect(page.getByLabel('Họ và tên')).toHaveValue('Lê Thị Xin');
    await page.getByLabel('Nói thêm bằng lời của bác').fill(wish);
    await page.getByLabel('Buổi tối').check();
    await page.getByLabel(/đồng ý cho người tổ chức/).check();
    await page.getByRole('button', { name: 'Gửi lời xin mở lớp' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Đã gửi lời của bác');
    await page.reload();
    const rows = await sql`select times from class_demand where wish = ${wish}`;
    expect(rows.map(({ times }) => String(times))).toEqual(['evening']);
  });
});

test('the place looked at last is offered on this device, until it is forgotten', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Nơi bác xem lần trước:')).toBeHidden();
  await page.goto('/classes?area=18901');
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('place');
  await page.goto('/');
  await page.getByRole('link', { name: 'Xã Minh Hóa', exact: true }).click();
  await expect(page).toHaveURL(/\/classes\?area=18901#found$/);
  await page.goto('/classes');
  await page.getByRole('button', { name: 'Xóa nơi này' }).click();
  await expect(page.getByText('Nơi bác xem lần trước:')).toBeHidden();
  await page.reload();
  await expect(page.getByText('Nơi bác xem lần trước:')).toBeHidden();
});
