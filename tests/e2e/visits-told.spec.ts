import type { Sql } from 'postgres';
import { newId } from '../../lib/kernel/id';
import { axeFaults } from '../support/axe';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { inDays } from './access/action-row';
import { stateOf } from './visits';

/** Households and helpers told by the outbox: the list of calls, its mark on the round, and messages taken away or chosen by oneself. */
let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

const ward = 18859;

test('whoever plans rings a household from the list of calls, and the round says that it was told', async ({
  browser,
  baseURL,
  viewport,
  isMobile,
}) => {
  const [round, person, visit] = [newId(), newId(), newId()];
  const name = isMobile ? 'Hoàng Thị Nghe' : 'Hoàng Văn Nghe';
  const day = inDays(isMobile ? 81 : 82);
  await sql`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
    select ${round}, a.id, k.id, ${day}, ${`${day}T08:00:00+07:00`}, ${`${day}T10:00:00+07:00`}
    from area a join area_tree t on t.area_id = a.id and t.ancestor_id = ${ward} and t.depth = 1 join team k on k.area_id = ${ward} order by a.id, k.id limit 1`;
  await sql`insert into person (id, area_id, full_name, given_name, name_folded) select ${person}, area_id, ${name}, 'Nghe', 'hoang nghe' from visit_round where id = ${round}`;
  await sql`insert into person_phone (person_id, phone) values (${person}, '+84900077991')`;
  await sql`insert into visit (id, round_id, area_id, day, person_id, pin) select ${visit}, id, area_id, day, ${person}, '7310' from visit_round where id = ${round}`;
  await sql`update message set state = 'to_call', why = 'notAgreed', expires_at = now() + interval '1 hour' where visit_id = ${visit}`;
  const context = await browser.newContext({
    viewport,
    storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql),
  });
  const office = await context.newPage();
  await office.goto('/manage/messages');
  const line = office.getByRole('listitem').filter({ hasText: name });
  await expect(line.getByText('Hẹn ngày đến nhà')).toBeVisible();
  await line.getByText('Lời nhắn', { exact: false }).first().click();
  const words = line.getByRole('textbox');
  await expect(words).toHaveValue(/^Cầm Tay báo cô bác: .+ đến nhà\. Ai đến phải nói đúng số 7310\./);
  await expect(words).not.toHaveValue(new RegExp(name));
  // In full length: the bar at the thumb covers only what scrolls from under it.
  await office.setViewportSize({ width: viewport?.width ?? 1280, height: 15_000 });
  expect(await axeFaults(office, 'the list of calls')).toEqual([]);
  if (viewport) await office.setViewportSize(viewport);
  await line.getByRole('button', { name: /^Đã báo/ }).click();
  await expect(office.getByText('Đã ghi: báo được rồi.')).toBeVisible();
  await expect(office.getByRole('listitem').filter({ hasText: name })).toHaveCount(0);
  await office.goto(`/manage/visits/rounds/${round}`);
  await expect(office.getByText(/^Đã báo /).first()).toBeVisible();
  await context.close();
});

test('a learner takes messages away by their card, without any script', async ({ browser, baseURL, viewport }) => {
  const storageState = await stateOf(baseURL ?? '', 'card', sql);
  const context = await browser.newContext({ viewport, storageState, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/my/card');
  await page.getByRole('link', { name: 'Bớt tin nhắn' }).click();
  await expect(page.getByRole('heading', { name: 'Bớt tin nhắn' })).toBeVisible();
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await expect(page.getByText('Đã bớt tin nhắn như bác chọn')).toBeVisible();
  await context.close();
});

test('a helper says how they want to be told of what they are asked for', async ({ browser, baseURL, viewport }) => {
  const storageState = await stateOf(baseURL ?? '', 'daisu.dongthuan', sql);
  const context = await browser.newContext({ viewport, storageState });
  const page = await context.newPage();
  await page.goto('/account');
  await page.getByLabel('Thư điện tử').fill('khong phai thu');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page.getByLabel('Thư điện tử')).toHaveValue('khong phai thu');
  await page.getByLabel('Thư điện tử').fill('');
  await page.getByLabel('Zalo').check();
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await expect(page.getByText('Đã lưu cách nhận tin.')).toBeVisible();
  await expect(page.getByLabel('Zalo')).toBeChecked();
  await context.close();
});
