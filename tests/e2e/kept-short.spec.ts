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

test('the page of a round is in the log: who read whose names', async ({ browser, baseURL }) => {
  const [round] = await sql<{ id: string; people: string[] }[]>`
    select r.id, array_agg(v.person_id::text) as people from visit_round r join visit v on v.round_id = r.id and v.taken_off_at is null
    where r.area_id in (select area_id from area_tree where ancestor_id = 18859) and r.called_off_at is null and v.person_id is not null
    group by r.id order by count(*) desc limit 1`;
  if (!round) throw new Error('the demo world holds no round');
  const context = await browser.newContext({ storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql) });
  const page = await context.newPage();
  const since = new Date();
  await page.goto(`/manage/visits/rounds/${round.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const read = await sql<{ who: string }[]>`
    select distinct subject_id as who from audit_event e join account a on a.id = e.account_id
    where a.username = 'tochuc.dongthuan' and action = 'person.read' and at >= ${since} and details->>'purpose' = 'visit'`;
  expect(read.map(({ who }) => who).toSorted()).toEqual([...new Set(round.people)].toSorted());
  await context.close();
});

test('without JavaScript, what is wrong with a helper’s card is seen: its form is open then', async ({
  browser,
  baseURL,
}) => {
  const [team] = await sql<{ id: string; memberId: string }[]>`
    select k.id, m.id as "memberId" from team k join team_member m on m.team_id = k.id and m.left_on is null
    where k.area_id = 18859 and not exists (select from helper_card c where c.member_id = m.id and c.revoked_at is null) limit 1`;
  const [held] = await sql<{ teamId: string; memberId: string }[]>`
    select m.team_id as "teamId", m.id as "memberId" from helper_card c join team_member m on m.id = c.member_id and m.left_on is null
    where m.area_id = 18859 and c.revoked_at is null and c.valid_until >= (now() at time zone 'Asia/Ho_Chi_Minh')::date limit 1`;
  const fresh = newId();
  const [own] = await sql<{ id: string }[]>`
    insert into team_member (id, team_id, area_id, full_name) select ${fresh}, id, area_id, 'Hồ Thị Chưa Thẻ' from team
    where id = ${team?.id ?? held?.teamId ?? ''} returning team_id as id`;
  if (!held || !own) throw new Error('the demo world holds no card that is valid');
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql),
  });
  const page = await context.newPage();
  const folded = (name: string) =>
    page.locator('details', { has: page.getByRole('button', { name, exact: true, includeHidden: true }) });

  await page.goto(`/manage/teams/${own.id}/members/${fresh}`);
  await expect(folded('Cấp thẻ')).not.toHaveAttribute('open');
  await folded('Cấp thẻ').locator('summary').click();
  await folded('Cấp thẻ').locator('input[name=until]').fill('2001-01-01');
  await page.getByRole('button', { name: 'Cấp thẻ', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(folded('Cấp thẻ').locator('input[name=until]'), 'as it was typed').toHaveValue('2001-01-01');

  await page.goto(`/manage/teams/${held.teamId}/members/${held.memberId}`);
  await folded('Thu hồi thẻ').locator('summary').click();
  await page.getByRole('button', { name: 'Thu hồi thẻ', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await context.close();
});
