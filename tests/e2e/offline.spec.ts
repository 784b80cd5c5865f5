import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { openLink, type Link } from '../support/link';
import { serverDatabase } from '../support/server';
import { getReady, openPhone, row, waiting } from './phone';
import { newClass, type Scene } from './scene';

/**
 * Registers where there is no signal, in a real browser with a real profile: the network cut off, the portal stopped, the page
 * reloaded, the browser closed and opened. A link of the test's own stands between browser and portal.
 */
test.describe.configure({ timeout: 180_000 });

const unit = 18859;
const learners = Array.from({ length: 25 }, (_, index) => `Hồ Thị Mẫu ${String.fromCodePoint(65 + index)}`);
let sql: Sql;
let link: Link;
let scene: Scene;
let profile: string;

test.beforeEach(async ({ baseURL }) => {
  sql = serverDatabase(baseURL);
  link = await openLink(Number(new URL(baseURL ?? '').port));
  scene = await newClass(sql, unit, learners);
  profile = fs.mkdtempSync(path.join(os.tmpdir(), 'camtay-phone-'));
});
test.afterEach(async () => {
  await sql.end();
  await link.close();
  fs.rmSync(profile, { recursive: true, force: true });
});

/** Counts what a thumb does: presses, not letters. */
function thumb() {
  let taps = 0;
  return {
    tap: async (target: ReturnType<Page['getByRole']>) => {
      taps += 1;
      await target.tap();
    },
    get taps() {
      return taps;
    },
  };
}

/** A roll of 25 with three exceptions and one who walked in, from the open page to done. */
async function takeRoll(page: Page) {
  const by = thumb();
  const from = Date.now();
  await by.tap(page.getByRole('button', { name: 'Bắt đầu điểm danh' }));
  await by.tap(
    row(page, learners[3] ?? '')
      .getByRole('button')
      .first(),
  );
  await by.tap(row(page, learners[10] ?? '').getByRole('button', { name: 'Đến muộn' }));
  await by.tap(row(page, learners[20] ?? '').getByRole('button', { name: 'Vắng có phép' }));
  await by.tap(page.getByRole('button', { name: 'Thêm người mới đến' }));
  await page.keyboard.type('Hồ Văn Vãng Lai');
  await by.tap(page.getByLabel(/người này đồng ý/));
  await by.tap(page.getByRole('button', { name: 'Thêm vào danh sách' }));
  await by.tap(page.getByRole('button', { name: 'Xong', exact: true }));
  await expect(page.getByRole('button', { name: 'Ghi kỹ năng' })).toBeVisible();
  return { taps: by.taps, seconds: (Date.now() - from) / 1000 };
}

/** The portal's register, in words, by name. */
async function registerOf(sessionId: string) {
  const rows = await sql<{ fullName: string; state: string }[]>`
    select p.full_name, a.state from attendance a join person p on p.id = a.person_id where a.session_id = ${sessionId}`;
  return Object.fromEntries(rows.map(({ fullName, state }) => [fullName, state]));
}
const expected = () => ({
  ...Object.fromEntries(learners.map((name) => [name, 'present'])),
  [learners[3] ?? '']: 'absent',
  [learners[10] ?? '']: 'late',
  [learners[20] ?? '']: 'excused',
  'Hồ Văn Vãng Lai': 'present',
});
const operations = (sessionId: string) =>
  sql<{ kind: string }[]>`select kind from register_operation where session_id = ${sessionId} order by kind`.then(
    (rows) => rows.map(({ kind }) => kind),
  );
const once = ['finish', 'mark', 'mark', 'mark', 'start', 'walk_in'];

test('a roll of 25 with three exceptions and a walk-in: eight taps, under a minute, with a network and without alike', async () => {
  const second = await newClass(sql, unit, learners);
  const { context, page } = await openPhone(profile, link.port);
  await getReady(page);
  await page.goto(`/manage/sessions/${scene.sessionId}`);
  const online = await takeRoll(page);
  await waiting(page, 0);
  expect(await registerOf(scene.sessionId)).toEqual(expected());

  await context.setOffline(true);
  await page.goto(`/manage/sessions/${second.sessionId}`);
  await expect(page.getByText('Đang dùng bản trên máy')).toBeVisible();
  const offline = await takeRoll(page);
  await waiting(page, once.length);
  await context.setOffline(false);
  await waiting(page, 0);
  expect(await registerOf(second.sessionId)).toEqual(expected());
  expect(await operations(second.sessionId)).toEqual(once);
  test.info().annotations.push({ type: 'measured', description: JSON.stringify({ online, offline }) });
  process.stdout.write(`roll of 25: online ${JSON.stringify(online)}, offline ${JSON.stringify(offline)}\n`);
  for (const { taps, seconds } of [online, offline]) {
    expect(taps).toBeLessThanOrEqual(8);
    expect(seconds).toBeLessThanOrEqual(60);
  }
  await context.close();
});

test('cut off mid-register, reloaded, the browser closed and opened with the portal gone, then back: every mark arrives once', async () => {
  const first = await openPhone(profile, link.port);
  await getReady(first.page);
  await first.page.goto(`/manage/sessions/${scene.sessionId}`);
  await first.page.getByRole('button', { name: 'Bắt đầu điểm danh' }).tap();
  await row(first.page, learners[3] ?? '')
    .getByRole('button')
    .first()
    .tap();
  await waiting(first.page, 0);
  await first.context.setOffline(true);
  await row(first.page, learners[10] ?? '')
    .getByRole('button', { name: 'Đến muộn' })
    .tap();
  await waiting(first.page, 1);
  await first.page.reload();
  await expect(row(first.page, learners[10] ?? '').getByText('Đến muộn', { exact: true })).toBeVisible();
  await expect(row(first.page, learners[3] ?? '').getByText('Vắng', { exact: true })).toBeVisible();
  await row(first.page, learners[20] ?? '')
    .getByRole('button', { name: 'Vắng có phép' })
    .tap();
  await waiting(first.page, 2);
  await first.context.close();

  await link.cut();
  const { context, page } = await openPhone(profile, link.port);
  await page.goto('/manage');
  await expect(page.getByText('Đang dùng bản trên máy')).toBeVisible();
  await waiting(page, 2);
  await page.goto(`/manage/sessions/${scene.sessionId}`);
  await page.getByRole('button', { name: 'Thêm người mới đến' }).tap();
  await page.getByLabel('Họ và tên').fill('Hồ Văn Vãng Lai');
  await page.getByLabel(/người này đồng ý/).tap();
  await page.getByRole('button', { name: 'Thêm vào danh sách' }).tap();
  await page.getByRole('button', { name: 'Xong', exact: true }).tap();
  await waiting(page, 4);
  await page.reload();
  await expect(row(page, 'Hồ Văn Vãng Lai').getByText('Có mặt')).toBeVisible();
  await page.close();

  await link.mend();
  const again = await context.newPage();
  await again.goto('/manage');
  await expect(again.getByRole('heading', { level: 1 })).toHaveText('Việc hôm nay');
  await waiting(again, 0);
  expect(await registerOf(scene.sessionId)).toEqual(expected());
  expect(await operations(scene.sessionId)).toEqual(once);
  await context.close();
});

test('two tabs of one phone send once, and each shows what the other did', async () => {
  const { context, page } = await openPhone(profile, link.port);
  await getReady(page);
  await page.goto(`/manage/sessions/${scene.sessionId}`);
  const other = await context.newPage();
  await other.goto(`/manage/sessions/${scene.sessionId}`);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Bắt đầu điểm danh' }).tap();
  await row(page, learners[3] ?? '')
    .getByRole('button')
    .first()
    .tap();
  await expect(row(other, learners[3] ?? '').getByText('Vắng', { exact: true })).toBeVisible();
  await row(other, learners[10] ?? '')
    .getByRole('button', { name: 'Đến muộn' })
    .tap();
  await expect(row(page, learners[10] ?? '').getByText('Đến muộn', { exact: true })).toBeVisible();
  // What was answered: a batch that the network lost on the way goes again, and rightly.
  const posts: string[] = [];
  context.on('requestfinished', (request) => {
    if (request.method() === 'POST') posts.push(request.postData() ?? '');
  });
  await context.setOffline(false);
  await waiting(page, 0);
  await waiting(other, 0);
  expect(await operations(scene.sessionId)).toEqual(['mark', 'mark', 'start']);
  const sent = posts.flatMap((body) => [...body.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id));
  expect(sent).toHaveLength(new Set(sent).size);
  await context.close();
});
