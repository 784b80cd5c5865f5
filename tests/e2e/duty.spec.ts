import type { Sql } from 'postgres';
import { addDays, dayOf } from '../../lib/kernel/clock';
import { expect, test } from '../support/browser';
import { printed } from '../support/paper';
import { serverDatabase } from '../support/server';
import { contextFor } from './access/portal';
import { newHelper } from './new-helper';

let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

test('a helper says on the own page when they can and when not; the organiser sees it on the week’s sheet', async ({
  browser,
  baseURL,
  viewport,
}) => {
  const address = baseURL ?? '';
  const { memberId, username, teamId } = await newHelper(sql, 'Hồ Văn Rảnh');
  const pageOf = async (name: string, javaScriptEnabled: boolean) => {
    const storageState = await (await contextFor(address, name)).storageState();
    return (await browser.newContext({ baseURL, viewport, storageState, javaScriptEnabled })).newPage();
  };
  const own = await pageOf(username, false);
  const today = dayOf(new Date());
  await own.goto('/manage');
  await own.getByRole('link', { name: 'Giờ của tôi' }).click();
  await own.getByText('Ghi lúc nào rảnh').click();
  await own.getByRole('group', { name: 'Thứ Ba' }).getByLabel('tối').check();
  await own.getByRole('button', { name: 'Lưu lúc rảnh' }).click();
  await expect(own.getByRole('status')).toContainText('Đã lưu lúc rảnh');
  await expect(own.locator('#times')).toContainText('Thứ Ba: tối');
  await own.getByText('Ghi ngày vắng', { exact: true }).click();
  await own.getByLabel('Vắng từ ngày').fill(addDays(today, 2));
  await own.getByLabel('Đến hết ngày').fill(addDays(today, 1));
  await own.getByRole('button', { name: 'Lưu ngày vắng' }).click();
  await expect(own.getByRole('alert')).toContainText('Ngày cuối phải sau hoặc đúng ngày đầu');
  await expect(own.getByLabel('Vắng từ ngày')).toHaveValue(addDays(today, 2));
  await own.getByLabel('Đến hết ngày').fill(addDays(today, 2));
  await own.getByRole('button', { name: 'Lưu ngày vắng' }).click();
  await expect(own.getByRole('status')).toContainText('Đã lưu ngày vắng');
  await expect(own.getByText('Ghi một lần tập huấn')).toHaveCount(0);

  const organiser = await pageOf('tochuc.dongthuan', true);
  await organiser.goto(`/manage/teams/${teamId}/week?week=${addDays(today, 2)}`);
  await expect(organiser.getByText(/^Vắng: .*Hồ Văn Rảnh/)).toHaveCount(1);
  const { text } = await printed(organiser);
  expect(text).toContain('Hồ Văn Rảnh');
  await organiser.goto(`/manage/teams/${teamId}/members/${memberId}`);
  await organiser.getByText('Ghi một lần tập huấn').click();
  await organiser.getByLabel('Học về gì').fill('Cách ngồi kèm');
  await organiser.getByLabel('Học ngày nào').fill(today);
  await organiser.getByLabel('Ai dạy').fill('Hội Khuyến học');
  await organiser.getByLabel('Mấy giờ').fill('một');
  await organiser.getByRole('button', { name: 'Ghi lần này' }).click();
  await expect(organiser.getByRole('alert').first()).toContainText('Gõ số giờ từ nửa giờ');
  await expect(organiser.getByLabel('Học về gì')).toHaveValue('Cách ngồi kèm');
  await organiser.getByLabel('Mấy giờ').fill('1,5');
  await organiser.getByRole('button', { name: 'Ghi lần này' }).click();
  await expect(organiser.locator('#training')).toContainText('Hội Khuyến học · 1,5 giờ');
  await own.context().close();
  await organiser.context().close();
});
