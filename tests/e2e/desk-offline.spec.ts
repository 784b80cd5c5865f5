import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { newId } from '../../lib/kernel/id';
import { expect, test } from '../support/browser';
import { openLink, type Link } from '../support/link';
import { serverDatabase } from '../support/server';
import { keptIn, openPhone, signIn, waiting } from './phone';
import { aRound } from './round';

/** A mobile point where there is no signal: opened once with a network, then the portal gone, the page reloaded, the browser closed and opened. */
test.describe.configure({ timeout: 180_000 });

let sql: Sql;
let link: Link;
let profile: string;
let scene: Awaited<ReturnType<typeof aRound>>;
let point: { id: string; name: string };
let other: { id: string; name: string };

const aDesk = async (name: string) => {
  const desk = { id: newId(), name: `${name} ${newId().slice(-4)}` };
  await sql`insert into desk (id, area_id, kind, name, address)
    select ${desk.id}, area_id, 'mobile_point', ${desk.name}, 'Bản Xa' from visit_round where id = ${scene.roundId}`;
  return desk;
};

test.beforeEach(async ({ baseURL }) => {
  sql = serverDatabase(baseURL);
  link = await openLink(Number(new URL(baseURL ?? '').port));
  profile = fs.mkdtempSync(path.join(os.tmpdir(), 'camtay-phone-'));
  scene = await aRound(sql);
  point = await aDesk('Điểm xa sóng');
  other = await aDesk('Điểm gần sóng');
  await sql`update visit_round set desk_id = ${point.id} where id = ${scene.roundId}`;
});
test.afterEach(async () => {
  await sql`update desk set retired_at = now() where id in (${point.id}, ${other.id})`;
  await sql.end();
  await link.close();
  fs.rmSync(profile, { recursive: true, force: true });
});

const logged = async (deskId = point.id) => [
  ...(await sql`
    select need_code, level, minutes, referred_to, person_id, invite, undone_at is not null as undone from desk_assist where desk_id = ${deskId} order by at`),
];
const operations = async () =>
  (await sql<{ kind: string }[]>`select kind from desk_operation where desk_id = ${point.id} order by device_time`).map(
    ({ kind }) => kind,
  );
const kept = (page: Page) => keptIn(page, 'desks', 'operations');

/** With signal, once: the round is opened and the phone says that it has the point. */
async function takeAlong(page: Page): Promise<void> {
  await signIn(page, scene.helper);
  await page.goto(`/manage/visits/rounds/${scene.roundId}`);
  await expect(page.locator('[data-carried]')).toContainText('người của điểm lưu động', { timeout: 30_000 });
}
let taps = 0;
async function tap(page: Page, question: string, value: string): Promise<void> {
  taps += 1;
  await page.locator('label', { has: page.locator(`input[name=${question}][value="${value}"]`) }).tap();
}
async function help(page: Page, need: string, level: string, minutes: string, outcome?: string): Promise<void> {
  await tap(page, 'need', need);
  await tap(page, 'level', level);
  await tap(page, 'minutes', minutes);
  if (outcome) await tap(page, 'outcome', outcome);
  taps += 1;
  await page.getByRole('button', { name: 'Ghi lượt này' }).tap();
}
async function nameThem(page: Page, typed: string): Promise<void> {
  await page.getByText('Ghi tên: chọn trong').tap();
  await page.getByLabel('Gõ tên để tìm').fill(typed);
  await page.getByRole('button', { name: 'Giúp người này' }).first().tap();
}
const named = () => ({
  needCode: 'vneid',
  level: 2,
  minutes: 10,
  referredTo: null,
  personId: scene.personId,
  invite: true,
  undone: false,
});
const rows = (page: Page) => page.locator('section', { has: page.locator('#today') }).getByRole('row');

test('opened once with signal, then no portal: logged with a name and without, kept over reload and restart, one taken back, arriving once', async () => {
  const first = await openPhone(profile, link.port);
  const since = new Date();
  await takeAlong(first.page);
  const read =
    await sql`select from audit_event where action = 'person.read' and at >= ${since} and details->>'purpose' = 'desk' and subject_id = ${scene.personId}`;
  // Each page that takes along reads: the one after sign-in, and the round's.
  expect(read.count, 'taking along is a reading').toBeGreaterThan(0);
  await link.cut();
  const { page } = first;
  await page.goto(`/manage/visits/rounds/${scene.roundId}`);
  await expect(page.getByText('Đang dùng bản trên máy')).toBeVisible();
  await page.getByRole('link', { name: 'Ghi người được giúp' }).tap();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(point.name);
  await page.getByRole('button', { name: 'Ghi lượt này' }).tap();
  await expect(page.locator('#need-group')).toContainText('Hãy chọn');
  await nameThem(page, 'xa song');
  await expect(page.locator('form').filter({ hasText: 'Hồ Thị Xa Sóng' })).toBeVisible();
  await page.getByLabel(/đồng ý để mình mời/).check();
  await help(page, 'vneid.1', '2', '10');
  await expect(page.getByText('Giữ trên máy, chưa gửi: VNeID, 10 phút')).toBeVisible();
  await waiting(page, 1);
  await expect(page.locator('form').filter({ hasText: 'Hồ Thị Xa Sóng' }), 'the next is of nobody again').toHaveCount(
    0,
  );
  const began = Date.now();
  taps = 0;
  await help(page, 'phone.1', '0', '5', 'telecom');
  await expect(page.getByText('Giữ trên máy, chưa gửi: Dùng điện thoại, 5 phút')).toBeVisible();
  const seconds = (Date.now() - began) / 1000;
  expect(taps).toBeLessThanOrEqual(6);
  expect(seconds).toBeLessThanOrEqual(15);
  test
    .info()
    .annotations.push({ type: 'measured', description: `without a network ${taps} taps, ${seconds.toFixed(1)} s` });
  await page.reload();
  await waiting(page, 2);
  await expect(rows(page).filter({ hasText: 'chưa gửi' })).toHaveCount(2);
  await expect(rows(page).filter({ hasText: 'Hồ Thị Xa Sóng' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Rút lại lượt vừa ghi' }).tap();
  await expect(page.getByText('Đã rút lại trên máy, chưa gửi')).toBeVisible();
  await expect(rows(page).filter({ hasText: 'chưa gửi' })).toHaveCount(1);
  await page.goto(`/manage/desk?desk=${other.id}`);
  await expect(page.getByText('Điểm này không có trên máy')).toBeVisible();
  expect((await kept(page)).text).not.toMatch(/Hồ Văn Nhà Khác|\+84/);
  expect(await logged()).toEqual([]);
  await first.context.close();

  await link.mend();
  const again = await openPhone(profile, link.port);
  await again.page.goto('/manage');
  await waiting(again.page, 0);
  expect(await logged()).toEqual([
    named(),
    {
      ...named(),
      needCode: 'phone',
      level: 0,
      minutes: 5,
      referredTo: 'telecom',
      personId: null,
      invite: false,
      undone: true,
    },
  ]);
  expect(await operations()).toEqual(['assist', 'assist', 'undo']);
  await again.page.goto(`/manage/desk?desk=${point.id}`);
  await expect(rows(again.page).filter({ hasText: 'VNeID' }).last()).toBeVisible();
  await expect(rows(again.page).filter({ hasText: 'chưa gửi' })).toHaveCount(0);
  await again.context.close();
});

test('the connection breaks after the portal has it: sent again it is there once', async () => {
  const { context, page } = await openPhone(profile);
  await takeAlong(page);
  await page.goto(`/manage/desk?desk=${point.id}`);
  let lost = 0;
  await context.route('**/api/v1/desks/operations', async (route) => {
    if (lost >= 2) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await nameThem(page, 'Xa Sóng');
  await page.getByLabel(/đồng ý để mình mời/).check();
  await help(page, 'vneid.1', '2', '10');
  await expect(page.getByText('Đã ghi: VNeID, 10 phút')).toBeVisible({ timeout: 40_000 });
  await waiting(page, 0);
  expect(lost).toBe(2);
  expect(await logged()).toEqual([named()]);
  await context.close();
});

test('the point closed meanwhile: refused with its reason, put down at another desk; signing out leaves no point and no name', async () => {
  const { context, page } = await openPhone(profile);
  await takeAlong(page);
  await sql`update desk set retired_at = now() where id = ${point.id}`;
  await context.setOffline(true);
  await page.goto(`/manage/desk?desk=${point.id}`);
  await nameThem(page, 'xa');
  await help(page, 'vneid.1', '2', '10');
  await waiting(page, 1);
  await context.setOffline(false);
  await page.goto('/manage');
  const attention = page.getByRole('region', { name: 'Có 1 việc chưa ghi được' });
  await expect(attention).toBeVisible({ timeout: 40_000 });
  await expect(attention).toContainText('Hồ Thị Xa Sóng: giúp lúc');
  await expect(attention).toContainText('Điểm này đã đóng trước lúc giúp');
  expect(await logged()).toEqual([]);
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).tap();
  await page.getByRole('main').getByRole('button', { name: 'Đăng xuất', exact: true }).tap();
  await expect(page).toHaveURL(/sign-in/);
  const after = await kept(page);
  expect(after.rows.desks).toBe(0);
  expect(after.text, 'what was not taken waits for whoever made it').toContain('"vneid.1"');
  expect(after.text, 'not of whom').not.toContain('Hồ Thị Xa Sóng');
  await signIn(page, scene.helper);
  await page.goto(`/manage/desk?desk=${other.id}`);
  await page.getByRole('button', { name: `Ghi vào ${other.name}` }).tap();
  await waiting(page, 0);
  // There nobody may be named who is not looked up: it counts without the name.
  expect(await logged(other.id)).toEqual([{ ...named(), personId: null, invite: false }]);
  await expect(attention).toHaveCount(0);
  await context.close();
});

test('a point without homes has a pack: its people on paper and on the phone, and lines for whoever comes', async () => {
  await sql`update visit set taken_off_at = now() where id = ${scene.visitId}`;
  const { context, page } = await openPhone(profile);
  await signIn(page, scene.helper);
  await page.goto(`/manage/visits/rounds/${scene.roundId}`);
  await page.getByRole('link', { name: 'Bản mang theo' }).tap();
  const pack = page.getByRole('region', { name: 'Bản mang theo' });
  await expect(pack.getByRole('table', { name: 'Điểm lưu động' }).getByRole('row')).toHaveCount(15);
  await expect(pack).not.toContainText('Hồ Thị Xa Sóng');
  await context.close();
});
