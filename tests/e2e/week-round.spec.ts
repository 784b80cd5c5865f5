import type { Sql } from 'postgres';
import { newId } from '../../lib/kernel/id';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { inDays } from './access/action-row';
import { aRound } from './round';
import { stateOf } from './visits';

/** From whom somebody was given for the week to a round of two, and whom a round meets besides. */
let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

test('an organiser goes from the week to a round: village and helper are filled in, who cannot go is told, whom they were given is chosen', async ({
  browser,
  baseURL,
  isMobile,
}) => {
  const day = inDays(isMobile ? 51 : 52);
  const [who] = await sql<
    { memberId: string; name: string; mateId: string; mate: string; areaId: number; village: string }[]
  >`
    select m.id as "memberId", m.full_name as name, o.id as "mateId", o.full_name as mate, a.id as "areaId", a.full_name_vi as village
    from team_member m join account c on c.id = m.account_id and c.username = 'daisu.dongthuan'
      join lateral (select * from team_member o where o.team_id = m.team_id and o.id <> m.id and o.left_on is null order by o.id limit 1) o on true
      join area_tree t on t.ancestor_id = 18859 and t.depth = 1 join area a on a.id = t.area_id
    where m.left_on is null order by a.id desc limit 1`;
  if (!who) throw new Error('no helper');
  const [personId, name] = [newId(), isMobile ? 'Hồ Thị Tuần' : 'Hồ Thị Lễ'];
  await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year) values (${personId}, ${who.areaId}, ${name}, ${name.split(' ')[2] ?? ''}, ${name.toLowerCase()}, 1941)`;
  await sql`insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'oral')`;
  await sql`insert into task_given (kind, person_id, fact, area_id, member_id, given_at, until)
    values ('never', ${personId}, 'never', ${who.areaId}, ${who.memberId}, now(), now() + interval '9 days')`;
  await sql`insert into team_member_away (member_id, area_id, first_day, last_day) select id, area_id, ${day}, ${day} from team_member where id = ${who.mateId}`;
  const context = await browser.newContext({ storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql) });
  const office = await context.newPage();
  await office.goto('/manage/tasks/week');
  await office
    .getByRole('link', { name: new RegExp(`^Xếp chuyến đến .*${who.name.replace(/[()]/g, String.raw`\$&`)}$`) })
    .click();
  await expect(office).toHaveURL(/rounds\/new\?area=/);
  await expect(office.getByLabel('Người thứ nhất')).toHaveValue(who.memberId);
  await office.getByLabel('Thôn, bản nào?').selectOption(String(who.areaId));
  await office.getByLabel('Ngày', { exact: true }).fill(day);
  const second = office.getByLabel('Người thứ hai');
  await expect(second.locator(`option[value="${who.mateId}"]`)).toHaveText(`${who.mate} · báo vắng hôm đó`);
  await second.selectOption(who.mateId);
  await office.getByRole('button', { name: 'Xếp chuyến' }).click();
  await expect(office.locator('#error-summary')).toContainText('báo vắng hôm đó');
  await expect(office.getByLabel('Ngày', { exact: true }), 'nothing typed is lost').toHaveValue(day);
  await sql`delete from team_member_away where member_id = ${who.mateId} and first_day = ${day}`;
  await office.getByLabel('Từ', { exact: true }).fill(isMobile ? '05:00' : '05:30');
  await office.getByLabel('Đến', { exact: true }).fill(isMobile ? '05:20' : '05:50');
  await office.getByRole('button', { name: 'Xếp chuyến' }).click();
  await expect(office.getByText('Đã xếp chuyến. Giờ chọn nhà để đến')).toBeVisible();
  await expect(office.getByLabel(name)).toBeChecked();
  await office.getByRole('button', { name: 'Đưa vào chuyến' }).click();
  await expect(office.getByText('Đã đưa vào chuyến')).toBeVisible();
  await expect(office.getByRole('link', { name })).toBeVisible();
  await context.close();
});

test('a helper writes down somebody met on the way and what came of it; the organiser says who it is', async ({
  browser,
  baseURL,
  isMobile,
}) => {
  const name = isMobile ? 'Hồ Thị Dọc Đường' : 'Hồ Thị Ven Đường';
  const { roundId, helper } = await aRound(sql);
  const context = await browser.newContext({ storageState: await stateOf(baseURL ?? '', helper, sql) });
  const door = await context.newPage();
  await door.goto(`/manage/visits/rounds/${roundId}`);
  await door.getByRole('link', { name: 'Gặp người chưa có trong chuyến' }).click();
  await door.getByRole('button', { name: 'Ghi tên, sang phần kết quả' }).click();
  await expect(door.locator('#error-summary')).toContainText('Hãy gõ họ và tên.');
  await door.getByLabel('Họ và tên người cần giúp').fill(name);
  await door.getByLabel('Định danh VNeID').check();
  await door.getByLabel(/đồng ý cho giữ tên/).check();
  await door.getByRole('button', { name: 'Ghi tên, sang phần kết quả' }).click();
  await expect(door.getByText('Đã ghi tên. Giờ ghi lần này thế nào')).toBeVisible();
  await expect(door.getByRole('heading', { name, level: 1 })).toBeVisible();
  const [home] = await sql<{ id: string; requestId: string }[]>`
    select v.id, v.request_id as "requestId" from visit v join visit_request q on q.id = v.request_id where q.full_name = ${name} and v.round_id = ${roundId}`;
  await sql`insert into visit_outcome (id, visit_id, area_id, outcome, minutes, at) select ${newId()}, id, area_id, 'done', 20, now() from visit where id = ${home?.id ?? ''}`;
  await sql`update visit_request set closed_at = now(), closed_because = 'done' where id = ${home?.requestId ?? ''}`;
  const organiser = await browser.newContext({ storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql) });
  const office = await organiser.newPage();
  await office.goto(`/manage/visits/rounds/${roundId}`);
  await office
    .getByRole('region', { name: 'Đã gặp, chưa rõ là ai trong sổ: 1 người' })
    .getByRole('link', { name })
    .click();
  await expect(office.getByRole('heading', { name: 'Người này là ai trong sổ?' })).toBeVisible();
  await context.close();
  // It is a task too, and one that whoever wants to be in no book ends.
  const task = office
    .getByRole('listitem')
    .filter({ has: office.locator(`a[href="/manage/visits/requests/${home?.requestId ?? ''}"]`) });
  await office.goto('/manage/tasks?kind=met_unknown');
  await expect(task).toContainText('Đã gặp, chưa rõ là ai: tên còn giữ 29 ngày');
  await expect(task).not.toContainText(name);
  await task.getByRole('link').click();
  await office.getByText('Người này không muốn ghi vào sổ').click();
  await office.getByRole('button', { name: 'Xóa tên ngay' }).click();
  await expect(office.getByText('Đã xóa tên')).toBeVisible();
  await expect(office.getByText(name)).toHaveCount(0);
  await office.goto('/manage/tasks?kind=met_unknown');
  await expect(task).toHaveCount(0);
  await organiser.close();
});

test('the day’s page says whom to see first this week and why, and plans the round there', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql) });
  const office = await context.newPage();
  await office.goto('/manage');
  const week = office.locator('section').filter({ has: office.getByRole('heading', { name: 'Tuần này gặp ai' }) });
  // Three at most, of one village; others of this world may have given some of them a round by now.
  await expect(week.getByRole('listitem').first()).toBeVisible();
  expect(await week.getByRole('listitem').count()).toBeLessThanOrEqual(3);
  await expect(week.getByRole('listitem').first()).toContainText(/tuổi .*·|Chưa ai gặp/);
  await expect(week.getByRole('link', { name: 'Xem tất cả, giao việc' })).toHaveAttribute('href', '/manage/tasks/week');
  // What is never due stands one press away.
  const waiting = office.locator('details').filter({ has: office.getByRole('heading', { name: 'Lớp có người chờ' }) });
  await expect(waiting).toContainText(/lớp/);
  await expect(waiting.getByRole('listitem').first()).toBeHidden();
  await waiting.locator('summary').click();
  await expect(waiting.getByRole('listitem').first()).toBeVisible();
  const to = week.getByRole('link', { name: /^Xếp chuyến đến / });
  const village = (await to.innerText()).replace('Xếp chuyến đến ', '');
  await to.click();
  await expect(office.getByLabel('Thôn, bản nào?').locator('option:checked')).toHaveText(village);
  await expect(office.getByLabel('Người thứ nhất')).not.toHaveValue('');
  await context.close();
});
