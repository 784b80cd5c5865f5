import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { stateOf } from './visits';

let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

test('without JavaScript, a folded form that was refused stands open, and says what is wrong', async ({
  browser,
  baseURL,
}) => {
  const [someone] = await sql<{ areaId: number; fullName: string }[]>`
    select area_id, full_name from person where merged_into is null and area_id in (select area_id from area_tree where ancestor_id = 18859)
    order by id limit 1`;
  const [request, serial] = [newId(), await certificateOf()];
  await sql`insert into visit_request (id, code, area_id, asked_by, full_name, needs, idempotency_key)
    values (${request}, ${newSlipCode()}, ${someone?.areaId ?? 0}, 'staff', ${someone?.fullName ?? ''}, '{phone}', ${newId()})`;
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql),
  });
  const page = await context.newPage();
  const refused = (name: string, button: string) => refusedIn(page, name, button);

  // A request settled without a visit, and a person written down anew although somebody was found.
  await page.goto(`/manage/visits/requests/${request}`);
  await refused('Xong mà không cần đến nhà', 'Đóng lời nhờ');
  await page.getByRole('button', { name: 'Tìm người', exact: true }).click();
  await refused('Không ai trong số này, ghi người mới', 'Ghi vào sổ');
  expect(
    (await sql`select from visit_request where id = ${request} and closed_at is null and person_id is null`).count,
  ).toBe(1);

  await page.goto(`/manage/certificates/${serial}`);
  await refused('Thu hồi giấy này', 'Thu hồi');
  await context.close();
});

test('nor do those that only some pages fold away', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql),
  });
  const page = await context.newPage();
  const [ids] = await sql<Record<'team' | 'desk' | 'person' | 'place' | 'request', string>[]>`
    with under as (select area_id from area_tree where ancestor_id = 18859)
    select (select id from team where area_id in (select area_id from under) order by id limit 1) as team,
      (select id from desk where area_id in (select area_id from under) and retired_at is null order by id limit 1) as desk,
      (select p.id from person p where p.area_id in (select area_id from under) and p.merged_into is null
        and not exists (select from person_pause u where u.person_id = p.id) order by p.id limit 1) as person,
      (select c.id || '/places/' || e.id from enrolment e join class c on c.id = e.class_id
        where c.area_id in (select area_id from under) and c.status = 'published' and e.status = 'confirmed' and c.last_ends_at > now() + interval '2 days'
          and exists (select from class o where o.area_id = c.area_id and o.id <> c.id and o.status = 'published' and o.last_ends_at > now() + interval '2 days')
        order by e.id limit 1) as place,
      (select ${randomUUID()}::text) as request`;
  await sql`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key)
    select ${ids?.request ?? ''}, ${newSlipCode()}, a.id, 'self', 'Hồ Thị Gấp', '{phone}', 1, ${newId()}
    from area a join area_tree t on t.area_id = a.id and t.ancestor_id = 18859 where a.id <> 18859 order by a.id limit 1`;
  const empty = (field: string) => page.locator(field).fill('');

  await page.goto(`/manage/teams/${ids?.team}`);
  await refusedIn(page, 'Sửa tên, loại đội', 'Lưu thay đổi', () => empty('#team-name'));
  await page.goto(`/manage/desks/${ids?.desk}`);
  await refusedIn(page, 'Sửa tên, địa chỉ, giờ mở cửa', 'Lưu thay đổi', () => empty('#desk-name'));
  await page.goto(`/manage/tasks/door/${ids?.person}`);
  await refusedIn(page, 'Tạm không đến', 'Tạm không đến');
  await page.goto(`/manage/classes/${ids?.place}`);
  await refusedIn(page, 'Chuyển sang lớp khác', 'Chuyển lớp');
  await page.goto(`/manage/visits/requests/${ids?.request}`);
  await refusedIn(page, 'Ghi lại thôn, bản', 'Ghi thôn, bản', async () => {
    await page.locator('#of-area').selectOption('');
  });
  await context.close();
});

test('nor does the list of skipped days of a class, and the day that was refused says why', async ({
  browser,
  baseURL,
}) => {
  const [skipped] = await sql<{ classId: string; day: string; venueId: string; startsAt: Date; other: string }[]>`
    select k.class_id, k.day::text, c.venue_id, (k.day + (c.weekly_rule ->> 'startTime')::time) at time zone 'Asia/Ho_Chi_Minh' as starts_at,
      (select o.id from class o where o.status = 'published' and o.id <> c.id order by o.id limit 1) as other
    from class_skipped_day k join class c on c.id = k.class_id and c.status = 'published'
    where c.area_id in (select area_id from area_tree where ancestor_id = 18901) and k.day > (now() at time zone 'Asia/Ho_Chi_Minh')::date
    order by k.class_id, k.day limit 1`;
  if (!skipped) throw new Error('no class of the demo world skips a day to come');
  // Somebody else took the place at that time meanwhile.
  const taken = newId();
  await sql`insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status)
    select ${taken}, id, area_id, ${skipped.venueId}, 90, ${skipped.startsAt}, ${skipped.startsAt}::timestamptz + interval '30 minutes', 'published'
    from class where id = ${skipped.other}`;
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await stateOf(baseURL ?? '', 'tochuc.minhhoa', sql),
  });
  const page = await context.newPage();
  await page.goto(`/manage/classes/${skipped.classId}`);
  const folded = page.locator('details', { has: page.locator(`button[name="day"][value="${skipped.day}"]`) });
  await expect(folded).not.toHaveAttribute('open');
  await folded.locator('summary').click();
  await folded.locator(`button[value="${skipped.day}"]`).click();
  const day = folded.getByRole('listitem').filter({ has: page.locator(`button[value="${skipped.day}"]`) });
  await expect(day.getByRole('alert')).toBeVisible();
  await sql`delete from class_session where id = ${taken}`;
  await day.getByRole('button', { name: /^Học lại ngày này/ }).click();
  await expect(page.getByText('Đã đưa ngày này vào lịch học.')).toBeVisible();
  expect(
    (await sql`select from class_skipped_day where class_id = ${skipped.classId} and day = ${skipped.day}`).count,
  ).toBe(0);
  await context.close();
});

/** Opens what is folded, sends it as `change` leaves it, and finds it open with what is wrong. */
async function refusedIn(page: Page, name: string, button: string, change?: () => Promise<void>): Promise<void> {
  const folded = page.locator('details', { has: page.locator('summary', { hasText: name }) }).first();
  await expect(folded, name).not.toHaveAttribute('open');
  await folded.locator('summary').first().click();
  await change?.();
  await folded.getByRole('button', { name: button, exact: true }).click();
  await expect(folded.getByRole('alert'), name).toBeVisible();
}

/** A certificate of the ward that holds. */
async function certificateOf(): Promise<string> {
  const [row] = await sql<{ serial: string }[]>`
    select serial from certificate where revoked_at is null and area_id in (select area_id from area_tree where ancestor_id = 18859) order by serial limit 1`;
  if (!row) throw new Error('the demo world holds no certificate');
  return row.serial;
}
