import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { fold, givenName } from '../../lib/kernel/text';
import { expect, test as base } from '../support/browser';
import { serverDatabase } from '../support/server';
import { inLanguage, stateOf } from './visits';

/** Somebody of another unit: found by two things, opened with a purpose, seen by the owning unit, referred, taken on, moved. */
let sql: Sql;
const [here, there] = [18859, 18901];

const test = base.extend<{ name: string; personId: string; reader: string; owner: Page }>({
  name: async ({ baseURL }, use) => {
    sql = serverDatabase(baseURL);
    const letters = randomUUID()
      .replaceAll('-', '')
      .slice(0, 8)
      .replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? 'g');
    await use(`Hồ Thị ${letters}`);
    await sql.end();
  },
  personId: async ({ name }, use) => {
    const id = randomUUID();
    await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
      values (${id}, ${there}, ${name}, ${givenName(name)}, ${fold(name)}, 1951)`;
    await sql`insert into consent (person_id, purpose, text_version, given, how) values (${id}, 'class', 1, true, 'oral')`;
    await use(id);
  },
  reader: async ({ name }, use) => {
    const [id, username] = [randomUUID(), `xa.${randomUUID().slice(0, 8)}`];
    await sql`insert into account (id, username, full_name, password_hash, area_id)
      select ${id}, ${username}, ${`Người đọc ${name}`}, password_hash, ${here} from account where username = 'tochuc.dongthuan'`;
    await sql`insert into account_grant (account_id, role, area_id) values (${id}, 'organiser', ${here})`;
    await use(username);
  },
  storageState: async ({ baseURL, reader }, use) => use(await stateOf(baseURL ?? '', reader, sql)),
  owner: async ({ browser, baseURL }, use) => {
    const context = await browser.newContext({
      baseURL: baseURL ?? '',
      storageState: await stateOf(baseURL ?? '', 'tochuc.minhhoa', sql),
    });
    await use(await context.newPage());
    await context.close();
  },
});

async function find(page: Page, name: string, year = '1951'): Promise<void> {
  await page.goto('/manage/people/elsewhere');
  await page.getByLabel('Họ và tên đầy đủ').fill(name);
  await page.getByLabel('Năm sinh', { exact: true }).fill(year);
  await page.getByRole('button', { name: 'Tìm', exact: true }).click();
}

test('a record elsewhere: two things, a mask, a purpose, three hours; the owning unit sees it and stops it', async ({
  page,
  owner,
  name,
  personId,
}) => {
  await find(page, 'Hồ');
  await expect(page.getByText('Hãy gõ đủ họ và tên').first()).toBeVisible();
  await find(page, name);
  const masked = `H.T. ${name.split(' ')[2]}`;
  await expect(page.getByText(masked)).toBeVisible();
  expect(await page.content()).not.toContain(personId);
  expect(page.url()).not.toContain(encodeURIComponent(name));
  // The purpose is asked at its field; nothing is opened without.
  await page.getByRole('button', { name: 'Mở hồ sơ trong 3 giờ' }).click();
  await expect(page.getByText('Hãy chọn để làm gì').first()).toBeVisible();
  await page.getByLabel('Để làm gì').selectOption('asks_class');
  await page.getByLabel('Nói rõ hơn').fill('Bác về ở với con, xin vào lớp tối');
  await page.getByRole('button', { name: 'Mở hồ sơ trong 3 giờ' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByText('Chỉ xem, không sửa').first()).toBeVisible();
  const record = page.url();
  expect(record).not.toContain(personId);
  // The record's own address stays closed.
  expect((await page.request.get(`/manage/people/${personId}`)).status()).toBe(404);
  await owner.goto('/manage');
  await owner.getByRole('link', { name: 'Xem ai mở' }).click();
  const line = owner.getByRole('listitem').filter({ has: owner.getByRole('heading', { name }) });
  await expect(line.getByText(`Người đọc ${name}`)).toBeVisible();
  await expect(line.getByText('Bác về ở với con, xin vào lớp tối')).toBeVisible();
  await line.getByRole('button', { name: 'Dừng ngay' }).click();
  await expect(owner.getByText('Đã dừng. Từ giờ người đó không xem được nữa.')).toBeVisible();
  expect((await page.request.get(record)).status()).toBe(404);
  await find(page, name);
  await page.getByLabel('Để làm gì').selectOption('asks_class');
  await page.getByLabel('Nói rõ hơn').fill('Bác vẫn xin vào lớp tối ở đây');
  await page.getByRole('button', { name: 'Mở hồ sơ trong 3 giờ' }).click();
  await expect(page.getByText('đã dừng lần mở trước').first()).toBeVisible();
});

test('a referral: sent with consent, seen masked, taken on by who lives there now; the record moves', async ({
  page,
  owner,
  name,
  personId,
}) => {
  await owner.goto(`/manage/people/${personId}`);
  await owner.getByRole('link', { name: 'Giới thiệu sang nơi khác' }).click();
  await owner.getByLabel('Xã, phường nhận').selectOption(String(here));
  await owner.getByLabel('Vì sao').selectOption('lives_there');
  await owner.getByLabel('Xin vào lớp').check();
  await owner.getByRole('button', { name: 'Gửi giới thiệu' }).click();
  await expect(owner.getByText('Chỉ gửi khi người này đã nghe và đồng ý.').first()).toBeVisible();
  // What was typed is still there.
  await expect(owner.getByLabel('Xã, phường nhận')).toHaveValue(String(here));
  await owner.getByLabel('Người này đồng ý').check();
  await owner.getByRole('textbox', { name: 'Người làm chứng' }).fill('Trần Thị Chứng');
  await owner.getByRole('button', { name: 'Gửi giới thiệu' }).click();
  await expect(owner.getByText('Đã gửi. Nơi nhận có 30 ngày để trả lời.')).toBeVisible();
  await page.goto('/manage/referrals');
  await page.getByRole('link', { name: `H.T. ${name.split(' ')[2]}` }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.getByLabel('Ai phụ trách').fill('Lê Văn Nhận');
  await page.getByLabel('Người này giờ sống ở đây').check();
  await page.getByRole('button', { name: 'Nhận', exact: true }).click();
  await expect(page.getByText('Xin chọn một nơi trong danh sách.').first()).toBeVisible();
  await page.getByLabel('Sống ở đâu').selectOption({ index: 2 });
  await page.getByRole('button', { name: 'Nhận', exact: true }).click();
  await expect(page.getByText('Hồ sơ từ giờ thuộc đơn vị mình')).toBeVisible();
  expect((await page.request.get(`/manage/people/${personId}`)).status()).toBe(200);
  expect((await owner.request.get(`/manage/people/${personId}`)).status()).toBe(404);
});

test('in English the same pages have their words', async ({ page, isMobile }) => {
  test.skip(isMobile !== true, 'once is enough');
  for (const [path, title] of [
    ['/manage/people/elsewhere', 'Somebody of another commune'],
    ['/manage/people/readings', 'Your records opened elsewhere'],
    ['/manage/referrals', 'Referrals between units'],
  ] as const) {
    await page.goto(inLanguage('en', path));
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  }
});
