import { madeUp } from '../map/made-up';
import { axeFaults } from '../support/axe';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { stateOf } from './visits';

const geojson = (what: unknown) => ({
  name: 'ranh-gioi.geojson',
  mimeType: 'application/geo+json',
  buffer: Buffer.from(JSON.stringify(what)),
});

test('an administrator looks at boundaries before using them, and takes them away again', async ({
  browser,
  baseURL,
  viewport,
  isMobile,
  hasTouch,
}) => {
  test.skip(isMobile === true, 'boundaries are one set for everybody: two at once would take each other’s away');
  const sql = serverDatabase(baseURL);
  // Somebody of their own: what one account has sent and not saved there is once, and other suites look at the page too.
  const name = 'ranhgioi.tinh';
  await sql`
    with made as (
      insert into account (id, username, full_name, password_hash, area_id)
      select gen_random_uuid(), ${name}, 'Người Vẽ (demo)', password_hash, area_id from account where username = 'admin' returning id, area_id
    )
    insert into account_grant (account_id, role, area_id) select id, 'province_admin', area_id from made`;
  const storageState = await stateOf(baseURL ?? '', name, sql);
  const context = await browser.newContext({ viewport, isMobile, hasTouch, storageState });
  const page = await context.newPage();
  await page.goto('/admin/areas/boundaries');
  const source = page.getByLabel('Nguồn và giấy phép');
  const file = page.getByLabel('Tệp GeoJSON');
  await source.fill('Bản thử, dùng tự do');
  await file.setInputFiles(geojson({ type: 'Point' }));
  await page.getByRole('button', { name: 'Kiểm tra' }).click();
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page.locator('#shapes-error')).toContainText('FeatureCollection');
  await expect(source).toHaveValue('Bản thử, dùng tự do');

  const made = madeUp();
  const [stranger] = madeUp().features;
  await file.setInputFiles(
    geojson({ ...made, features: [...made.features, { ...stranger, properties: { ma: '1', ten: 'Nơi lạ' } }] }),
  );
  await page.getByRole('button', { name: 'Kiểm tra' }).click();
  const preview = page.getByRole('region', { name: 'Xem trước, chưa lưu' });
  await expect(preview).toContainText('7 trong 78 nơi');
  await expect(preview).toContainText('Nơi lạ');
  await expect(preview.locator('svg path')).not.toHaveCount(0);
  await preview.getByRole('button', { name: 'Lưu và dùng' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Đã lưu ranh giới' })).toBeVisible();
  await expect(preview).toHaveCount(0);
  const maps = page.getByRole('figure');
  await expect(maps.filter({ hasText: 'Ranh giới chỉ mang tính minh họa' }).first()).toBeVisible();
  await expect(maps.filter({ hasText: 'Bản đồ ô vuông' }).getByRole('listitem').getByRole('link')).toHaveCount(78);
  expect(await axeFaults(page, 'the maps')).toEqual([]);

  await page.getByText('Gỡ ranh giới', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Gỡ ranh giới' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Đã gỡ ranh giới' })).toBeVisible();
  await context.close();
  await sql.end();
});
