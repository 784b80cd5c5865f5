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

test('who is told two things is rung once: they stand together, with the number said once', async ({
  browser,
  baseURL,
}) => {
  const [id, name] = [newId(), 'Hồ Văn Hai Việc'];
  const [team] = await sql<{ id: string; village: number }[]>`
    insert into team_member (id, team_id, area_id, full_name, phone) select ${id}, k.id, k.area_id, ${name}, '+84912000781'
    from team k where k.area_id = 18859 and k.closed_on is null order by k.id limit 1
    returning team_id as id, (select min(area_id) from area_tree where ancestor_id = 18859 and depth = 1) as village`;
  for (const ahead of [5, 9]) {
    const round = newId();
    const day = new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    await sql`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
      values (${round}, ${team?.village ?? 0}, ${team?.id ?? ''}, ${day}, ${`${day}T05:00:00+07:00`}, ${`${day}T05:40:00+07:00`})`;
    await sql`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
      select ${newId()}, id, area_id, ${id}, ${id}, starts_at, ends_at from visit_round where id = ${round}`;
  }
  // As the portal leaves them once no channel leads to somebody who chose none; few others are before them.
  await sql`update message set state = 'to_call', why = 'notAgreed', expires_at = now() + interval '1 day' where member_id = ${id}`;
  const context = await browser.newContext({
    storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql),
  });
  const page = await context.newPage();
  await page.goto('/manage/messages');
  const lines = page.getByRole('listitem').filter({ hasText: name });
  await expect(lines).toHaveCount(2);
  await expect(lines.first()).toContainText('Chưa chọn cách nhận tin');
  await expect(lines.first().getByRole('link', { name: '0912 000 781' })).toBeVisible();
  await expect(lines.nth(1)).toContainText(`Cùng lúc gọi ${name}`);
  await expect(lines.nth(1).getByRole('link', { name: '0912 000 781' })).toHaveCount(0);
  await expect(page.locator('li', { hasText: name }).first().locator('+ li')).toContainText(`Cùng lúc gọi ${name}`);
  await sql`delete from message where member_id = ${id}`;
  await sql`update visit_round set called_off_at = now() where id in (select round_id from visit_round_helper where member_id = ${id})`;
  await context.close();
});
