import type { Sql } from 'postgres';
import { randomUUID } from 'node:crypto';
import { sessionSpan, weeklyDates } from '../../lib/class/rules';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { nameThings } from './access/portal';
import { stateOf } from './visits';

const rule = { firstDay: '2031-03-03', weekdays: [2, 4], startTime: '19:30', minutes: 90, count: 12 };
const days = weeklyDates(rule);

/** A venue of its own, taken on two of the rule's evenings, in a village that is off on a third. */
async function furnish(sql: Sql): Promise<{ venueId: string; venue: string; courseId: string }> {
  const { draftId, courseId } = await nameThings(sql, 18859, 'deviceId');
  const venueId = randomUUID();
  const venue = `Nhà thử ${venueId.slice(0, 8)}`;
  const [made] = await sql<{ areaId: number }[]>`
    insert into venue (id, area_id, name, address, seats)
    select ${venueId}, area_id, ${venue}, 'Đường Thử', 30 from class where id = ${draftId} returning area_id`;
  if (!made) throw new Error('no venue');
  for (const day of [days[2], days[5]]) {
    const { startsAt, endsAt } = sessionSpan(day ?? '', '19:00', 60);
    await sql`
      insert into class_session (class_id, area_id, venue_id, position, starts_at, ends_at, status)
      select ${draftId}, ${made.areaId}, ${venueId}, max(position) + 1, ${startsAt}, ${endsAt}, 'planned'
      from class_session where class_id = ${draftId}`;
  }
  await sql`
    insert into day_off (area_id, kind, first_day, last_day, reason, name)
    values (${made.areaId}, 'dates', ${days[7] ?? ''}, ${days[7] ?? ''}, 'market', 'Phiên chợ thử')`;
  return { venueId, venue, courseId };
}

for (const javaScriptEnabled of [true, false])
  test(`twelve sessions, a clash on two days, a day off on one: planned on one page with ten presses (JavaScript ${javaScriptEnabled ? 'on' : 'off'})`, async ({
    browser,
    baseURL,
    viewport,
    isMobile,
    hasTouch,
  }) => {
    const sql = serverDatabase(baseURL);
    const { venueId, courseId } = await furnish(sql);
    const storageState = await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql);
    const context = await browser.newContext({
      baseURL,
      viewport,
      isMobile,
      hasTouch,
      storageState,
      javaScriptEnabled,
    });
    const page = await context.newPage();
    let presses = 0;
    const pages = new Set<string>();
    page.on('framenavigated', (frame) => pages.add(new URL(frame.url()).pathname));
    const press = async (name: string | RegExp, role: 'button' | 'link' | 'checkbox' = 'button') => {
      presses += 1;
      await page.getByRole(role, { name }).first().click();
    };
    // A list is opened and chosen from: two.
    const choose = async (name: string, value: string) => {
      presses += 2;
      await page.locator(`select[name=${name}]`).selectOption(value);
    };
    await page.goto('/manage/classes/new');
    await choose('courseId', courseId);
    await choose('venueId', venueId);
    await press('Thứ Ba', 'checkbox');
    await press('Thứ Năm', 'checkbox');
    presses += 1;
    await page.locator('input[name=firstDay]').fill(rule.firstDay);
    await press('Xem trước các ngày');
    const preview = page.locator('#preview');
    await expect(preview.getByRole('heading', { level: 2 }).first()).toContainText('9 buổi');
    await expect(preview.getByText('Nơi này đã có lớp')).toHaveCount(2);
    await expect(preview.getByText('Phiên chợ thử')).toBeVisible();
    await press('Thêm 3 buổi vào cuối cho đủ', 'link');
    await expect(preview.getByRole('heading', { level: 2 }).first()).toContainText('12 buổi');
    const ticked = preview.locator('input[name=dates]:checked');
    const shown = await ticked.evaluateAll((boxes) => boxes.map((box) => box.getAttribute('value')));
    expect([...pages]).toEqual(['/manage/classes/new']);
    await press('Lưu và công bố ngay');
    await page.waitForURL(/\/manage\/classes\/[2-9a-z]{8}\?done=published/);
    expect(presses).toBeLessThanOrEqual(10);
    const id = /classes\/([2-9a-z]{8})/.exec(page.url())?.[1] ?? '';
    const stored = await sql<{ day: string }[]>`
      select to_char(starts_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as day from class_session where class_id = ${id} order by starts_at`;
    expect(stored.map(({ day }) => day)).toEqual(shown);
    expect(shown).toHaveLength(12);
    await context.close();
    await sql.end();
  });

test('a date is moved, told its verdict on the same page, and kept with all that was typed', async ({
  browser,
  baseURL,
}) => {
  const sql = serverDatabase(baseURL);
  const { venueId, courseId } = await furnish(sql);
  const storageState = await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql);
  const context = await browser.newContext({ baseURL, storageState, javaScriptEnabled: false });
  const page = await context.newPage();
  const { teamId } = await nameThings(sql, 18859, 'deviceId');
  const asked = new URLSearchParams({
    step: 'preview',
    courseId,
    venueId,
    teamId,
    capacity: '20',
    minimumToRun: '5',
    language: 'vi',
    firstDay: rule.firstDay,
    startTime: rule.startTime,
    minutes: '90',
    count: '12',
  });
  await page.goto(`/manage/classes/new?${asked}&weekdays=2&weekdays=4`);
  const move = async (to: string) => {
    const field = page.locator(`input[name="moves.${days[2]}.day"]`);
    if (!(await field.isVisible())) await page.locator('details', { has: field }).locator('summary').click();
    await field.fill(to);
    await page.getByRole('button', { name: 'Xem lại các ngày' }).click();
  };
  await page.locator('textarea[name=note]').fill('Mang theo kính.');
  await move(days[5] ?? '');
  await expect(page.locator('#preview').getByText('Nơi này đã có lớp')).toHaveCount(3);
  await move('2031-03-12');
  await expect(page.locator('#preview').getByText('Nơi này đã có lớp')).toHaveCount(2);
  await expect(page.locator('#preview').getByText('Dời sang Thứ Tư, 12/03/2031')).toBeVisible();
  await expect(page.locator('textarea[name=note]')).toHaveValue('Mang theo kính.');
  await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
  await page.waitForURL(/done=planned/);
  await expect(page.getByText('Thứ Tư, 12/03/2031')).toBeVisible();
  await expect(page.getByText('Ngày không học (2)')).toBeVisible();
  await context.close();
  await sql.end();
});
