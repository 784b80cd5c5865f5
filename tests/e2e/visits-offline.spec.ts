import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { openLink, type Link } from '../support/link';
import { serverDatabase } from '../support/server';
import { keptIn, openPhone, signIn, waiting } from './phone';
import { aRound } from './round';

/** Home visits where there is no signal: opened once with a network, then the portal gone, the page reloaded, the browser closed and opened. */
test.describe.configure({ timeout: 180_000 });

let sql: Sql;
let link: Link;
let profile: string;
let scene: Awaited<ReturnType<typeof aRound>>;

test.beforeEach(async ({ baseURL }) => {
  sql = serverDatabase(baseURL);
  link = await openLink(Number(new URL(baseURL ?? '').port));
  profile = fs.mkdtempSync(path.join(os.tmpdir(), 'camtay-phone-'));
  scene = await aRound(sql);
});
test.afterEach(async () => {
  await sql.end();
  await link.close();
  fs.rmSync(profile, { recursive: true, force: true });
});

/** Who was read for visits since then, of the home and those who live there. */
const readSince = async (since: Date) =>
  (
    await sql<{ who: string }[]>`
      select distinct subject_id as who from audit_event where action = 'person.read' and at >= ${since} and details->>'purpose' = 'visit'
        and subject_id in (${scene.personId}, ${scene.beside})`
  )
    .map(({ who }) => who)
    .toSorted();

const kept = (page: Page) => keptIn(page, 'rounds', 'operations');
const recorded = async () => ({
  operations: (
    await sql<{ kind: string }[]>`select kind from visit_operation where visit_id = ${scene.visitId} order by kind`
  ).map(({ kind }) => kind),
  outcomes: [
    ...(await sql`select outcome, minutes, words from visit_outcome where visit_id = ${scene.visitId} order by at`),
  ],
  seen: [...(await sql`select skill_code, level from skill_observation where visit_id = ${scene.visitId}`)],
  steps: [...(await sql`select step_code, answer, source from step_record where person_id = ${scene.personId}`)],
});
const once = {
  operations: ['outcome', 'skill', 'steps'],
  outcomes: [{ outcome: 'done', minutes: 30, words: 'Hẹn xem lại VNeID' }],
  seen: [{ skillCode: 'A1', level: 2 }],
  steps: [{ stepCode: 'phone', answer: 'yes', source: 'self' }],
};

/** With signal, once: the round is opened and the phone says that it has it. */
async function takeAlong(page: Page): Promise<void> {
  await signIn(page, scene.helper);
  await page.goto(`/manage/visits/rounds/${scene.roundId}`);
  await expect(page.locator('[data-carried]')).toBeVisible({ timeout: 30_000 });
}

async function recordAtDoor(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ghi', exact: true }).tap();
  await expect(page.locator('#error-summary')).toContainText('Hãy chọn chuyến này thế nào.');
  await page.getByLabel('Đã giúp').check();
  await page.getByLabel('30', { exact: true }).check();
  await page.getByText('Đã thấy làm được gì').tap();
  await page.locator('select[name="level.A1"]').selectOption('2');
  await page.getByLabel('Ghi thêm').fill('Hẹn xem lại VNeID');
  await page.getByRole('button', { name: 'Ghi', exact: true }).tap();
  await expect(page.getByText('Hẹn xem lại VNeID').first()).toBeVisible();
}
async function answerSteps(page: Page): Promise<void> {
  await page.getByText('Trước khi học').tap();
  await page.locator('input[name="step_phone"][value="yes"]').check();
  await page.getByRole('button', { name: /Ghi lại|Lưu/ }).tap();
}

test('opened once with signal, then no portal: only the own homes, recorded, kept over reload and restart, arriving once', async () => {
  const first = await openPhone(profile, link.port);
  await takeAlong(first.page);
  await link.cut();
  await first.page.goto('/manage/visits');
  await expect(first.page.getByText('Đang dùng bản trên máy')).toBeVisible();
  await first.page.goto(`/manage/visits/rounds/${scene.roundId}`);
  await first.page.getByRole('link', { name: 'Hồ Thị Xa Sóng' }).tap();
  await expect(first.page.getByRole('heading', { level: 1 })).toHaveText('Hồ Thị Xa Sóng');
  await recordAtDoor(first.page);
  await waiting(first.page, 2);
  await first.page.reload();
  await expect(first.page.getByText('30 phút').first()).toBeVisible();
  await answerSteps(first.page);
  await waiting(first.page, 3);
  await first.page.goto(`/manage/visits/${scene.other}`);
  await expect(first.page.getByText('Chuyến này không có trên máy')).toBeVisible();
  const before = await kept(first.page);
  expect(before.text).toContain('Hồ Thị Xa Sóng');
  expect(before.text).not.toMatch(/Hồ Văn Nhà Khác|\+84/);
  await first.context.close();

  await link.mend();
  const { context, page } = await openPhone(profile, link.port);
  await page.goto('/manage');
  await waiting(page, 0);
  expect(await recorded()).toEqual(once);
  await page.goto(`/manage/visits/${scene.visitId}`);
  await expect(page.getByText('30 phút').first()).toBeVisible();
  await context.close();
});

test('the connection breaks after the portal has it: sent again it is there once', async () => {
  const { context, page } = await openPhone(profile);
  await takeAlong(page);
  await page.goto(`/manage/visits/${scene.visitId}`);
  let lost = 0;
  await context.route('**/api/v1/visits/operations', async (route) => {
    if (lost >= 2) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await recordAtDoor(page);
  await answerSteps(page);
  await waiting(page, 0);
  expect(lost).toBe(2);
  expect(await recorded()).toEqual(once);
  await context.close();
});

test('the pack and the door tell of a whole household: the log says so of each', async () => {
  const { context, page } = await openPhone(profile);
  const everybody = [scene.personId, scene.beside].toSorted();
  const first = new Date();
  await takeAlong(page);
  expect((await kept(page)).text).toContain('Hồ Thị Cùng Nhà');
  expect(await readSince(first), 'the pack').toEqual(everybody);
  // The phone has the pack by now and is told so: what is read is the page alone.
  await context.route('**/api/v1/visits/pack', (route) => route.abort());
  for (const [address, named] of [
    [`/manage/visits/${scene.visitId}`, 'Hồ Thị Cùng Nhà'],
    [`/manage/visits/rounds/${scene.roundId}/print`, 'Hồ Thị Xa Sóng'],
  ] as const) {
    const since = new Date();
    await page.goto(address);
    await expect(page.getByText(named).first()).toBeVisible();
    expect(await readSince(since), address).toEqual(everybody);
  }
  await context.close();
});

test('called off meanwhile it is refused, with the words kept and shown; signing out leaves no home on the phone', async () => {
  const { context, page } = await openPhone(profile);
  await takeAlong(page);
  await context.setOffline(true);
  await page.goto(`/manage/visits/${scene.visitId}`);
  await recordAtDoor(page);
  await waiting(page, 2);
  await sql`update visit_round set called_off_at = now() where id = ${scene.roundId}`;
  await context.setOffline(false);
  await page.goto('/manage');
  const attention = page.getByRole('region', { name: 'Có 2 việc chưa ghi được' });
  await expect(attention).toBeVisible({ timeout: 40_000 });
  await expect(attention.getByText('Hẹn xem lại VNeID')).toBeVisible();
  await expect(attention.getByText('Chuyến này đã bỏ nên không ghi được nữa').first()).toBeVisible();
  expect((await recorded()).operations).toEqual([]);
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).tap();
  await page.getByRole('main').getByRole('button', { name: 'Đăng xuất', exact: true }).tap();
  await expect(page).toHaveURL(/sign-in/);
  const after = await kept(page);
  expect(after.rows.rounds).toBe(0);
  expect(after.text, 'what was not taken stays for whoever wrote it').toContain('Hẹn xem lại VNeID');
  expect(after.text, 'not of whom').not.toContain('Hồ Thị Xa Sóng');
  await signIn(page, 'tochuc.dongthuan');
  await page.goto(`/manage/visits/rounds/${scene.roundId}`);
  await expect(page.getByText('Có 2 việc gửi về khi nhà đã bỏ khỏi chuyến')).toBeVisible();
  await context.close();
});
