import type { Sql } from 'postgres';
import { newId } from '../../lib/kernel/id';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { stateOf } from './visits';

let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

for (const javaScriptEnabled of [true, false])
  test(`a helper without an account is told as their team wrote down, once they heard the words (JavaScript: ${javaScriptEnabled})`, async ({
    browser,
    baseURL,
  }) => {
    const [id, email] = [newId(), 'vao.doi@thu.example'];
    const [team] = await sql<{ id: string }[]>`
      insert into team_member (id, team_id, area_id, full_name, phone) select ${id}, k.id, k.area_id, 'Hồ Thị Không Máy', '+84912000779'
      from team k where k.area_id = 18859 and k.closed_on is null order by k.id limit 1 returning team_id as id`;
    const context = await browser.newContext({
      javaScriptEnabled,
      storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql),
    });
    const page = await context.newPage();
    await page.goto(`/manage/teams/${team?.id}/members/${id}`);
    const box = page.locator('#told');
    await expect(box).toContainText('Chưa chọn gì: người tổ chức gọi.');
    await box.locator('summary').click();
    await box.getByLabel('Tin nhắn điện thoại').check();
    await box.getByLabel('Thư điện tử').fill(email);
    await box.getByRole('button', { name: 'Lưu cách nhận tin' }).click();
    // Nobody agreed yet: said at the box, folded open, and nothing typed is lost.
    await expect(box.getByRole('alert')).toContainText('Người ấy phải nghe lời trên');
    await expect(box.getByLabel('Tin nhắn điện thoại')).toBeChecked();
    await expect(box.getByLabel('Thư điện tử')).toHaveValue(email);
    expect((await sql`select from member_choice where member_id = ${id}`).count).toBe(0);
    await box.getByLabel('Đã nghe và đồng ý').check();
    await box.getByRole('button', { name: 'Lưu cách nhận tin' }).click();
    await expect(page.getByText('Đã ghi cách nhận tin.')).toBeVisible();
    await expect(box).toContainText('Nhận tin bằng Tin nhắn điện thoại, Thư điện tử.');
    await context.close();
  });
