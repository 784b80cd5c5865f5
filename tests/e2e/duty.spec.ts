import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { addDays, dayOf } from '../../lib/kernel/clock';
import { expect, test } from '../support/browser';
import { printed } from '../support/paper';
import { serverDatabase } from '../support/server';
import { contextFor } from './access/portal';

let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

/** Somebody of a team who signs in with an account of their own. */
async function newHelper() {
  const [accountId, memberId, username] = [randomUUID(), randomUUID(), `ranh.${randomUUID().slice(0, 8)}`];
  await sql`insert into account (id, username, full_name, password_hash, area_id)
    select ${accountId}, ${username}, 'Hồ Văn Rảnh', password_hash, area_id from account where username = 'daisu.dongthuan'`;
  await sql`insert into account_grant (account_id, role, area_id) select ${accountId}, 'helper', area_id from account where id = ${accountId}`;
  const [made] = await sql<{ teamId: string }[]>`
    insert into team_member (id, team_id, area_id, full_name, account_id)
    select ${memberId}, k.id, k.area_id, 'Hồ Văn Rảnh', ${accountId} from team k where k.area_id = 18859 order by k.id limit 1 returning team_id`;
  return { memberId, username, teamId: made?.teamId ?? '' };
}

test('a helper says on the own page when they can and when not; the organiser sees it on the week’s sheet', async ({
  browser,
  baseURL,
  viewport,
}) => {
  const address = baseURL ?? '';
  const { memberId, username, teamId } = await newHelper();
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
