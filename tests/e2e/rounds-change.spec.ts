import type { Sql } from 'postgres';
import { newId } from '../../lib/kernel/id';
import { expect, test } from '../support/browser';
import { agedStamp, serverDatabase } from '../support/server';
import { inDays } from './access/action-row';
import { stateOf } from './visits';

/** A round that changes after households were told, and a household that named only its ward. */
let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

const ward = 18859;

test('a household that does not know its village is asked for it, is offered on the village’s round, and its number is right there', async ({
  browser,
  baseURL,
  isMobile,
}) => {
  const name = isMobile ? 'Hồ Thị Phường' : 'Hồ Thị Xã';
  const [place] = await sql<{ villageId: number; village: string; teamId: string }[]>`
    select a.id as "villageId", a.full_name_vi as village, k.id as "teamId" from area a join area_tree t on t.area_id = a.id
      join team k on k.area_id = ${ward} where t.ancestor_id = ${ward} and t.depth = 1 order by a.id desc limit 1`;
  if (!place) throw new Error('no village');
  const resident = await browser.newContext({ javaScriptEnabled: false });
  const page = await resident.newPage();
  await page.goto('/');
  await page.getByRole('link', { name: 'Nhờ người đến nhà', exact: true }).first().click();
  await expect(page).toHaveURL(/\/help$/);
  await page.goto(`/help?area=${ward}`);
  await page.getByLabel('Cho tôi').check();
  await page.getByLabel('Họ và tên người cần giúp').fill(name);
  await page.getByLabel('Định danh VNeID').check();
  await page.getByLabel(/đồng ý cho giữ tên/).check();
  const stamp = () =>
    page.locator('input[name=stamp]').evaluate((input, made) => input.setAttribute('value', made), agedStamp('help'));
  await stamp();
  await page.getByRole('button', { name: 'Gửi lời nhờ' }).click();
  await expect(page.locator('#error-summary')).toContainText('Hãy chọn thôn, bản hay tổ dân phố.');
  await expect(page.getByLabel('Họ và tên người cần giúp'), 'nothing typed is lost').toHaveValue(name);
  await page.getByLabel('Thôn, bản, tổ dân phố nào?').selectOption({ label: 'Không rõ thôn nào' });
  await page.getByLabel('Định danh VNeID').check();
  await page.getByLabel(/đồng ý cho giữ tên/).check();
  await stamp();
  await page.getByRole('button', { name: 'Gửi lời nhờ' }).click();
  await expect(page.getByRole('heading', { name: 'Đã nhận lời nhờ của bác' })).toBeVisible();
  const slip = page.url();
  const [request] = await sql<{ id: string; areaId: number }[]>`
    select id, area_id as "areaId" from visit_request where full_name = ${name} order by created_at desc limit 1`;
  expect(request?.areaId).toBe(ward);

  const organiser = await browser.newContext({ storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql) });
  const office = await organiser.newPage();
  const round = await planned(place, inDays(isMobile ? 71 : 72));
  await office.goto('/manage');
  await office.getByRole('link', { name: 'Xem ai đang chờ' }).click();
  await office.getByRole('link', { name }).click();
  await office.getByLabel('Thôn, bản nào?', { exact: true }).selectOption({ label: place.village });
  await office.getByRole('button', { name: 'Ghi thôn, bản' }).click();
  await expect(office.getByText('Đã ghi thôn, bản')).toBeVisible();
  await sql`update visit_request set area_id = ${ward} where id = ${request?.id ?? ''}`;
  await office.goto(`/manage/visits/rounds/${round.id}`);
  await office.locator(`input[value="r:${request?.id}"]`).check();
  await office.getByRole('button', { name: 'Đưa vào chuyến' }).click();
  await expect(office.getByText('Đã đưa vào chuyến')).toBeVisible();
  const [home] = await sql<{ pin: string }[]>`select pin from visit where request_id = ${request?.id ?? ''}`;
  await page.goto(slip);
  await expect(page.getByRole('main')).toContainText('Giờ đến');
  await expect(page.getByRole('main')).toContainText('nên không ai gọi trước được');
  await expect(page.getByRole('link', { name: /^0/ })).toHaveAttribute('href', /^tel:/);
  await underWay(round.id);
  await page.goto(`/help/check?area=${place.villageId}&pin=${home?.pin}`);
  await expect(page.getByRole('main')).toContainText('Đúng. Giờ này có người của đội đến đây');
  // Of the commune alone neither yes nor no: the village is asked for, and the number stays.
  await page.goto(`/help/check?area=${ward}&pin=${home?.pin}`);
  await expect(page.getByRole('main')).toContainText('Hãy chọn thôn, bản hay tổ dân phố.');
  await expect(page.getByRole('main')).not.toContainText('Đúng.');
  await expect(page.getByLabel('Số người đến nói')).toHaveValue(home?.pin ?? '');
  for (const context of [resident, organiser]) await context.close();
});

test('another goes instead, and of a round called off every home that was told is rung back', async ({
  browser,
  baseURL,
  isMobile,
}) => {
  const [place] = await sql<{ villageId: number; teamId: string }[]>`
    select a.id as "villageId", k.id as "teamId" from area a join area_tree t on t.area_id = a.id join team k on k.area_id = ${ward}
    where t.ancestor_id = ${ward} and t.depth = 1 order by a.id limit 1`;
  if (!place) throw new Error('no village');
  const round = await planned(place, inDays(isMobile ? 73 : 74));
  const person = newId();
  await sql`insert into person (id, area_id, full_name, given_name, name_folded) values (${person}, ${place.villageId}, 'Lê Thị Báo', 'Báo', 'le thi bao')`;
  await sql`insert into visit (id, round_id, area_id, day, person_id, pin, told_at)
    select ${newId()}, id, area_id, day, ${person}, '4821', now() from visit_round where id = ${round.id}`;
  await sql`update visit_round_helper set called_off_at = now() where round_id = ${round.id} and member_id = ${round.members[1] ?? ''}`;
  const organiser = await browser.newContext({ storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql) });
  const office = await organiser.newPage();
  await office.goto('/manage');
  await expect(office.getByText('Còn thiếu người đi').first()).toBeVisible();
  await office.goto(`/manage/visits/rounds/${round.id}`);
  await expect(office.getByText('Chuyến này chỉ còn 1 người đi')).toBeVisible();
  await office.getByRole('button', { name: 'Đổi người', exact: true }).click();
  await expect(office.locator('#error-summary')).toContainText('Hãy chọn người đi.');
  await office.getByLabel('Ai đi thay?').selectOption(round.members[2] ?? '');
  await office.getByRole('button', { name: 'Đổi người', exact: true }).click();
  await expect(office.getByText('Đã đổi người đi. Số đã báo giữ nguyên')).toBeVisible();
  await expect(office.getByText('Chuyến này chỉ còn 1 người đi')).toBeHidden();
  await expect(office.getByText('4821')).toBeVisible();
  await office.getByText('Bỏ chuyến này', { exact: true }).click();
  await office.getByRole('button', { name: 'Bỏ chuyến', exact: true }).click();
  await expect(office.getByRole('heading', { name: 'Đã báo số, cần gọi lại: 1 nhà' })).toBeVisible();
  await expect(office.getByText('4821')).toBeHidden();
  await office.goto('/manage');
  await expect(office.getByText('Cần gọi lại 1 nhà').first()).toBeVisible();
  await office.goto(`/manage/visits/rounds/${round.id}`);
  await office.getByRole('button', { name: 'Đã gọi lại Lê Thị Báo' }).click();
  await expect(office.getByRole('heading', { name: 'Đã gọi lại hết những nhà đã báo' })).toBeVisible();
  await organiser.close();
});

/** A round of two of a team, with a third who is free; all three of this test alone. */
async function planned({ villageId, teamId }: { villageId: number; teamId: string }, day: string) {
  const [id, ...members] = [newId(), newId(), newId(), newId()];
  for (const member of members)
    await sql`insert into team_member (id, team_id, area_id, full_name) values (${member}, ${teamId}, ${ward}, ${`Trần Thị Đổi ${member.slice(-3)}`})`;
  await sql`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
    values (${id}, ${villageId}, ${teamId}, ${day}, ${`${day}T08:00:00+07:00`}, ${`${day}T10:00:00+07:00`})`;
  for (const member of members.slice(0, 2))
    await sql`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
      values (${newId()}, ${id}, ${villageId}, ${member}, ${member}, now(), now())`;
  return { id, members };
}

/** Its number counts around its hours: they are now. */
async function underWay(id: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update visit_round set day = portal_day(), ends_at = now() + interval '30 minutes',
      starts_at = greatest(portal_day()::timestamp at time zone 'Asia/Ho_Chi_Minh', now() - interval '30 minutes') where id = ${id}`;
  });
}
