import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test as base } from '../support/browser';
import { serverDatabase } from '../support/server';
import { stateOf } from './visits';

/** Asking what somebody has before skills, by thumb: six taps, one to save, nothing twice (mechanisms 10). */
let sql: Sql;

/** Somebody of the ward with a consent, whom no other test asks; looked at by the ward's organiser. */
const test = base.extend<{ person: string }>({
  person: async ({ baseURL }, use) => {
    sql = serverDatabase(baseURL);
    const id = randomUUID();
    await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
      values (${id}, 18859, 'Lê Thị Bước', 'Bước', 'le thi buoc', 1951)`;
    await sql`insert into consent (person_id, purpose, text_version, given, how) values (${id}, 'class', 1, true, 'oral')`;
    await use(id);
    await sql.end();
  },
  storageState: async ({ baseURL, person }, use) => {
    expect(person).not.toBe('');
    await use(await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql));
  },
});

const codes = ['phone', 'sim', 'signal', 'chip_card', 'vneid', 'account'] as const;
const answersOf = async (person: string) => {
  const rows = await sql<{ stepCode: string; answer: string; source: string }[]>`
    select step_code, answer, source from step_record where person_id = ${person} order by recorded_at, step_code`;
  return [...rows];
};
const choice = (page: Page, code: string, answer: string) =>
  page.locator('label', { has: page.locator(`input[name=step_${code}][value=${answer}]`) });

test('on a phone six answers take six taps and one more to save; a second tap of the button writes nothing more', async ({
  page,
  person,
  isMobile,
}) => {
  test.skip(isMobile !== true, 'by thumb');
  await page.goto(`/manage/people/${person}/steps`);
  await page.waitForLoadState('networkidle');
  const [first, last] = [
    await choice(page, 'phone', 'yes').boundingBox(),
    await choice(page, 'account', 'yes').boundingBox(),
  ];
  const high = (last?.y ?? 9999) + (last?.height ?? 0) - (first?.y ?? 0);
  expect(high, 'the six fit on one screen').toBeLessThan(page.viewportSize()?.height ?? 0);
  let taps = 0;
  for (const code of codes) {
    taps += 1;
    await choice(page, code, code === 'sim' || code === 'vneid' ? 'no' : 'yes').tap();
  }
  taps += 1;
  await page.getByRole('button', { name: 'Ghi lại' }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await expect(page.getByText('Đã ghi việc cần trước khi học.')).toBeVisible();
  expect(taps).toBe(7);
  const rows = await answersOf(person);
  expect(rows.map(({ stepCode, answer }) => `${stepCode} ${answer}`).sort()).toEqual(
    ['account yes', 'chip_card yes', 'phone yes', 'signal yes', 'sim no', 'vneid no'].sort(),
  );
  expect(new Set(rows.map(({ source }) => source))).toEqual(new Set(['self']));
  test
    .info()
    .annotations.push({ type: 'measured', description: `${taps} taps for six steps, ${Math.round(high)} px high` });
  // The record says where they stop and what to do, and the list of that step holds them.
  await page.goto(`/manage/people/${person}`);
  await expect(page.getByText('Đang dừng ở: SIM chính chủ.')).toBeVisible();
  await page.goto('/manage/steps?step=sim&area=18859');
  await expect(page.getByRole('link', { name: 'Lê Thị Bước' }).first()).toBeVisible();
});

test('sent with nothing chosen it says so, writes nothing and keeps what was typed', async ({ page, person }) => {
  await page.goto(`/manage/people/${person}/steps`);
  await page.waitForLoadState('networkidle');
  await page.getByLabel('Nhìn thấy').check();
  await page.getByRole('button', { name: 'Ghi lại' }).click();
  await expect(page.getByText('Chưa chọn việc nào. Bấm ít nhất một việc đã hỏi.').first()).toBeVisible();
  await expect(page.getByLabel('Nhìn thấy')).toBeChecked();
  expect(await answersOf(person)).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('it is a form of radio buttons', async ({ page, person }) => {
    await page.goto(`/manage/people/${person}/steps`);
    await page.locator('input[name=step_phone][value=no]').check({ force: true });
    await page.getByRole('button', { name: 'Ghi lại' }).click();
    await expect(page.getByText('Đã ghi việc cần trước khi học.')).toBeVisible();
    expect(await answersOf(person)).toEqual([{ stepCode: 'phone', answer: 'no', source: 'self' }]);
  });
});
