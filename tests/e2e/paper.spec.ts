import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { expect, test } from '../support/browser';
import { printed } from '../support/paper';
import { serverDatabase } from '../support/server';
import { signIn } from './phone';
import { newClass, type Scene } from './scene';

/** The register on paper and back, with JavaScript off; and two organisers who record online at once. */
const learners = Array.from({ length: 25 }, (_, index) => `Hồ Thị Giấy ${String.fromCodePoint(65 + index)}`);
test.describe.configure({ timeout: 180_000 });

let sql: Sql;
let scene: Scene;
test.beforeEach(async ({ baseURL }) => {
  sql = serverDatabase(baseURL);
  scene = await newClass(sql, 18859, learners);
});
test.afterEach(() => sql.end());

const states = async () => {
  const rows = await sql<{ fullName: string; state: string; minutesLate: number | null }[]>`
    select p.full_name, a.state, a.minutes_late from attendance a join person p on p.id = a.person_id where a.session_id = ${scene.sessionId}`;
  return Object.fromEntries(rows.map(({ fullName, state, minutesLate }) => [fullName, `${state}${minutesLate ?? ''}`]));
};
const operations = async () =>
  (await sql`select id from register_operation where session_id = ${scene.sessionId}`).length;

async function enrolOneMore(): Promise<string> {
  const [personId, name] = [newId(), 'An Thị Mới'];
  await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${personId}, ${scene.villageId}, ${name}, 'Ai', 'an thi moi', 1955)`;
  await sql`insert into enrolment (class_id, area_id, person_id, status, status_at, code, channel, idempotency_key)
    values (${scene.classId}, ${scene.villageId}, ${personId}, 'confirmed', now() - interval '1 hour', ${newSlipCode()}, 'staff', ${randomUUID()})`;
  await sql`update class set seats_confirmed = seats_confirmed + 1 where id = ${scene.classId}`;
  return name;
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a sheet of 25 is one page of A4; somebody joins; its exceptions are typed, looked at with names, and saved', async ({
    page,
    isMobile,
  }) => {
    test.skip(isMobile === true, 'paper is the same everywhere');
    await signIn(page);
    await page.goto(`/manage/sessions/${scene.sessionId}`);
    await page.getByRole('button', { name: 'Làm phiếu giấy' }).click();
    await expect(page).toHaveURL(/\/sheet\?code=/);
    const { sheets, text } = await printed(page);
    expect(sheets).toBe(1);
    for (const name of learners) expect(text).toContain(name);
    const [, code = ''] = /([2-9A-Z]{3}-[2-9A-Z]{3})/.exec(text) ?? [];

    const joined = await enrolOneMore();
    await page.goto('/manage/sheets');
    await page.getByLabel('Mã phiếu').fill(code.toLowerCase());
    await page.getByRole('button', { name: 'Mở phiếu' }).click();
    const typed = page.getByLabel('Chỉ gõ người khác thường');
    await typed.fill('3 7 vằn');
    await page.getByRole('button', { name: 'Xem lại' }).click();
    await expect(page.getByRole('alert')).toContainText('“vằn”');
    await expect(typed).toHaveValue('3 7 vằn');
    await typed.fill('3 7 12 vắng, 5 trễ 15, 8 về sớm, +2; k1: 1 2=3');
    await page.getByRole('button', { name: 'Xem lại' }).click();
    const check = page.getByRole('region', { name: 'Anh chị xem lại' });
    await expect(check).toContainText('21 có mặt, 1 muộn, 0 có phép, 3 vắng');
    await expect(check.getByRole('listitem').filter({ hasText: learners[4] ?? '' })).toContainText('Đến muộn 15 phút');
    expect(await operations(), 'nothing is saved by looking').toBe(0);

    const save = page.getByRole('button', { name: 'Đúng rồi, lưu phiếu' });
    await save.click();
    await expect(page.getByRole('alert')).toContainText('người này có đến không');
    await page.getByRole('radiogroup', { name: joined }).getByLabel('Có đến').check();
    await save.click();
    await expect(page.getByText('Đã ghi xong phiếu giấy')).toBeVisible();
    expect(await states()).toEqual({
      ...Object.fromEntries([...learners, joined].map((name) => [name, 'present'])),
      [learners[2] ?? '']: 'absent',
      [learners[6] ?? '']: 'absent',
      [learners[11] ?? '']: 'absent',
      [learners[4] ?? '']: 'late15',
      [learners[7] ?? '']: 'left_early',
    });
    const [session] = await sql`select guests, status from class_session where id = ${scene.sessionId}`;
    expect(session).toEqual({ guests: 2, status: 'held' });
    expect(await sql`select level from skill_observation where session_id = ${scene.sessionId}`).toHaveLength(2);
  });
});

test('two organisers online at once: nothing is lost, both are told, one settles it', async ({
  browser,
  page,
  isMobile,
}) => {
  test.skip(isMobile === true, 'done on a wide screen');
  const open = async (one: Page, name: string) => {
    await signIn(one, name);
    await one.goto(`/manage/sessions/${scene.sessionId}`);
  };
  const row = (one: Page) => one.getByRole('listitem').filter({ hasText: learners[1] ?? '' });
  await open(page, 'daisu.dongthuan');
  await page.getByRole('button', { name: 'Bắt đầu điểm danh' }).click();
  await expect(page.getByLabel('Đồng bộ')).toContainText('trên máy này 0');
  const context = await browser.newContext();
  const other = await context.newPage();
  await open(other, 'tochuc.dongthuan');
  await expect(row(other).getByText('Có mặt')).toBeVisible();
  await row(page).getByRole('button', { name: 'Đến muộn' }).click();
  await row(other).getByRole('button', { name: 'Về sớm' }).click();
  for (const one of [page, other]) {
    const versions = row(one).getByRole('group', { name: 'Hai người ghi khác nhau' });
    await expect(versions.getByRole('listitem')).toHaveCount(2, { timeout: 45_000 });
  }
  await other.getByRole('button', { name: 'Đúng là: Đến muộn' }).click();
  for (const one of [page, other]) {
    await expect(row(one).getByRole('group', { name: 'Hai người ghi khác nhau' })).toHaveCount(0, { timeout: 45_000 });
    await expect(row(one).getByText('Đến muộn', { exact: true })).toBeVisible();
  }
  await context.close();
});
