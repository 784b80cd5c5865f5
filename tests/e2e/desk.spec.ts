import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test as base } from '../support/browser';
import { serverDatabase } from '../support/server';
import { inLanguage, stateOf } from './visits';

/** The log of a support desk, by thumb and by keyboard: at most 15 seconds and six taps or keys (mechanisms 10). */
let sql: Sql;

/** Each test is an officer of its own, so that what others log meanwhile is not counted. */
const test = base.extend<{ officer: string }>({
  officer: async ({ baseURL }, use) => {
    sql = serverDatabase(baseURL);
    const [id, username] = [randomUUID(), `quay.${randomUUID().slice(0, 8)}`];
    await sql`insert into account (id, username, full_name, password_hash, area_id)
      select ${id}, ${username}, 'Trần Thị Quầy', password_hash, 18901 from account where username = 'motcua.minhhoa'`;
    await sql`insert into account_grant (account_id, role, area_id) values (${id}, 'desk_officer', 18901)`;
    await use(username);
    await sql.end();
  },
  storageState: async ({ baseURL, officer }, use) => use(await stateOf(baseURL ?? '', officer, sql)),
});

const logged = async (officer: string) => {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from desk_assist s join account a on a.id = s.logged_by where a.username = ${officer} and s.undone_at is null`;
  return row?.count ?? 0;
};
const newest = async (officer: string) => {
  const [row] = await sql`
    select need_code, level, minutes, referred_to, person_id from desk_assist s join account a on a.id = s.logged_by
    where a.username = ${officer} order by s.at desc limit 1`;
  return row;
};
const opened = async (page: Page) => {
  await page.goto('/manage/desk');
  await page.waitForLoadState('networkidle');
};

test.describe('with JavaScript', () => {
  test('one assist takes at most six taps and 15 seconds; a second tap of the button logs nothing more', async ({
    page,
    officer,
    isMobile,
  }) => {
    test.skip(isMobile !== true, 'by thumb');
    await opened(page);
    const before = await logged(officer);
    const began = Date.now();
    let taps = 0;
    const tap = async (question: string, value: string) => {
      taps += 1;
      await page.locator('label', { has: page.locator(`input[name=${question}][value="${value}"]`) }).tap();
    };
    await tap('need', 'service.1');
    await tap('level', '1');
    await tap('minutes', '15');
    await tap('outcome', 'bank');
    taps += 1;
    // The finger trembles.
    await page.getByRole('button', { name: 'Ghi lượt này' }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await expect(page.getByText('Đã ghi: Dịch vụ công trực tuyến, 15 phút')).toBeVisible();
    const seconds = (Date.now() - began) / 1000;
    expect(taps).toBeLessThanOrEqual(6);
    expect(seconds).toBeLessThanOrEqual(15);
    expect(await logged(officer)).toBe(before + 1);
    expect(await newest(officer)).toEqual({
      needCode: 'service',
      level: 1,
      minutes: 15,
      referredTo: 'bank',
      personId: null,
    });
    test.info().annotations.push({ type: 'measured', description: `${taps} taps, ${seconds.toFixed(1)} s` });
  });

  test('one assist takes at most six keys and 15 seconds, and the next can follow without the mouse', async ({
    page,
    officer,
    isMobile,
  }) => {
    test.skip(isMobile === true, 'by keyboard');
    await opened(page);
    const before = await logged(officer);
    const began = Date.now();
    const keys = ['1', '2', '2', 'Enter'];
    for (const key of keys) await page.keyboard.press(key);
    await expect(page.getByText('Đã ghi: VNeID, 10 phút')).toBeVisible();
    const seconds = (Date.now() - began) / 1000;
    expect(keys.length).toBeLessThanOrEqual(6);
    expect(seconds).toBeLessThanOrEqual(15);
    expect(await newest(officer)).toEqual({
      needCode: 'vneid',
      level: 2,
      minutes: 10,
      referredTo: null,
      personId: null,
    });
    test.info().annotations.push({ type: 'measured', description: `${keys.length} keys, ${seconds.toFixed(1)} s` });
    // The form stands anew, and is where the keyboard is.
    await expect(page.locator('input[name=need]:checked')).toHaveCount(0);
    for (const key of ['4', '0', '1', '4', 'Enter']) await page.keyboard.press(key);
    await expect(page.getByText('Đã ghi: Dùng điện thoại, 5 phút')).toBeVisible();
    expect(await logged(officer)).toBe(before + 2);
    expect(await newest(officer)).toEqual({
      needCode: 'phone',
      level: 0,
      minutes: 5,
      referredTo: 'telecom',
      personId: null,
    });
  });

  test('what is missing is said at its question, with what was chosen kept; the last one can be taken back', async ({
    page,
    officer,
  }) => {
    await opened(page);
    const before = await logged(officer);
    await page.locator('form label', { hasText: 'Thanh toán' }).first().click();
    await page.getByRole('button', { name: 'Ghi lượt này' }).click();
    await expect(page.locator('#level-group')).toContainText('Hãy chọn giúp tới đâu.');
    await expect(page.locator('#minutes-group')).toContainText('Hãy chọn mất bao lâu.');
    await expect(page.locator('input[name=need]:checked')).toHaveValue('payment.1');
    expect(await logged(officer)).toBe(before);
    await page.locator('form label', { hasText: 'Chỉ nhắc' }).first().click();
    await page.locator('form label', { hasText: '30' }).first().click();
    await page.getByRole('button', { name: 'Ghi lượt này' }).click();
    await expect(page.getByText('Đã ghi: Thanh toán, 30 phút')).toBeVisible();
    // A colleague logs at the same desk: what one may take back is still one's own.
    await sql`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes)
      select ${randomUUID()}, s.desk_id, s.area_id, 'phone', 1, 1, 5 from desk_assist s join account a on a.id = s.logged_by
      where a.username = ${officer} order by s.at desc limit 1`;
    await page.reload();
    await expect(page.getByText('Đã ghi: Thanh toán, 30 phút')).toBeVisible();
    await page.getByRole('button', { name: 'Rút lại lượt vừa ghi' }).click();
    await expect(page.getByText('Đã rút lại, lượt đó không tính')).toBeVisible();
    expect(await logged(officer)).toBe(before);
  });

  test('somebody can be named by looking them up first, and is asked whether they may be invited', async ({
    page,
    officer,
  }) => {
    const [person] = await sql<{ id: string; fullName: string }[]>`
      select p.id, p.full_name from person p where p.merged_into is null
        and p.area_id in (select area_id from area_tree where ancestor_id = 18901) order by p.id limit 1`;
    await opened(page);
    await page.getByRole('link', { name: 'Tìm người được giúp' }).click();
    await page
      .getByLabel('Họ và tên')
      .or(page.locator('input[name=name]'))
      .first()
      .fill(person?.fullName ?? '');
    await page.getByRole('button', { name: 'Tìm', exact: false }).last().click();
    await page.locator(`a[href*="person=${person?.id}"]`).click();
    await expect(page.locator('form').filter({ hasText: person?.fullName ?? '' })).toBeVisible();
    await page.getByLabel(/đồng ý để mình mời/).check();
    await page.locator('form label', { hasText: 'VNeID' }).first().click();
    await page.locator('form label', { hasText: 'Chỉ nhắc' }).first().click();
    await page.locator('form label', { hasText: '10' }).first().click();
    await page.getByRole('button', { name: 'Ghi lượt này' }).click();
    await expect(page.getByText('Đã ghi: VNeID, 10 phút')).toBeVisible();
    expect(await newest(officer)).toMatchObject({ personId: person?.id });
    await page.goto(`/manage/people/${person?.id}?show=assists`);
    await expect(page.locator('#main')).toContainText('VNeID: Làm được khi nhắc');
  });

  test('a visit promised to somebody without a name asks whose home it is, keeps what was typed, and gives the slip', async ({
    page,
    officer,
  }) => {
    await opened(page);
    for (const [question, value] of [
      ['need', 'phone.1'],
      ['level', '1'],
      ['minutes', '10'],
      ['outcome', 'home_visit'],
    ])
      await page.locator('label', { has: page.locator(`input[name=${question}][value="${value}"]`) }).click();
    await page.getByRole('button', { name: 'Ghi lượt này' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hẹn đến nhà: nhà ai?');
    const name = `Hồ Thị Bàn ${randomUUID()
      .replaceAll(/[^a-f]/g, '')
      .slice(0, 6)}`;
    await page.getByLabel('Họ và tên người cần giúp').fill(name);
    await page.getByRole('button', { name: 'Gửi lời nhờ đến nhà' }).click();
    await expect(page.getByLabel('Họ và tên người cần giúp')).toHaveValue(name);
    await expect(page.getByText('Cần người được giúp đồng ý').first()).toBeVisible();
    await page.getByLabel('Thôn, bản, tổ dân phố nào?').selectOption({ index: 1 });
    await expect(page.locator('input[name=needs][value=phone]'), 'what they came with').toBeChecked();
    await page.getByLabel('Người cần giúp đồng ý').check();
    await page.getByRole('button', { name: 'Gửi lời nhờ đến nhà' }).click();
    await expect(page.getByRole('status')).toContainText('Đã gửi lời nhờ đến nhà');
    await expect(page.getByRole('status')).toContainText(/[0-9A-Z]{4} [0-9A-Z]{4}/);
    const rows = await sql`select asked_by, closed_at from visit_request where full_name = ${name}`;
    expect(rows).toEqual([{ askedBy: 'desk', closedAt: null }]);
    expect(await newest(officer)).toMatchObject({ referredTo: 'home_visit', personId: null });
  });

  test('on a screen 320 px wide nothing is cut and nothing scrolls sideways', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await opened(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    const cut = await page
      .locator('form label')
      .evaluateAll((labels) =>
        labels.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent),
      );
    expect(cut).toEqual([]);
  });
});

test.describe('without JavaScript', () => {
  test.use({
    javaScriptEnabled: false,
  });

  test('the log is a form like any, in English too, and is told what is missing', async ({ page, officer }) => {
    await page.goto(inLanguage('en', '/manage/desk'));
    const before = await logged(officer);
    await page.getByRole('button', { name: 'Log this' }).click();
    await expect(page.locator('#need-group')).toContainText('Choose what they came for.');
    await page.locator('input[name=need][value="other.1"]').check({ force: true });
    await page.locator('input[name=level][value="3"]').check({ force: true });
    await page.locator('input[name=minutes][value="5"]').check({ force: true });
    await page.getByRole('button', { name: 'Log this' }).click();
    await expect(page.getByText('Logged: Something else, 5 minutes')).toBeVisible();
    expect(await logged(officer)).toBe(before + 1);
    await page.getByRole('button', { name: 'Take the last one back' }).click();
    await expect(page.getByText('Taken back; it does not count')).toBeVisible();
    expect(await logged(officer)).toBe(before);
  });
});

base('what repeats proposes a class: its page opens with the course chosen', async ({ browser, baseURL, viewport }) => {
  const owner = serverDatabase(baseURL);
  const storageState = await stateOf(baseURL ?? '', 'tochuc.minhhoa', owner);
  const page = await (await browser.newContext({ baseURL, viewport, storageState })).newPage();
  await page.goto('/manage/desks/proposals');
  const link = page.getByRole('link', { name: 'Mở lớp này' }).first();
  const course = new URL((await link.getAttribute('href')) ?? '', 'http://localhost').searchParams.get('course');
  await link.click();
  await expect(page.locator('select[name=courseId]')).toHaveValue(course ?? '');
  await owner.end();
});
