import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { axeFaults, bringAxe, hydrated } from '../support/axe';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { nameThings } from './access/portal';
import { cutWhenNarrow } from './narrow';
import { inLanguage, stateOf, visits } from './visits';

test.describe.configure({ timeout: 600_000 });

/** The page in full length: a bar that stays at the thumb covers only what scrolls from under it. */
async function unroll(page: Page): Promise<void> {
  await hydrated(page);
  const width = page.viewportSize()?.width ?? 1280;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(height + 200, 15_000) });
}

async function faults(page: Page, label: string): Promise<string[]> {
  await unroll(page);
  return axeFaults(page, label);
}

/** A page of somebody who only looks: nothing is put by for the time without signal, and axe is there already. */
async function onlooker(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ ...options, serviceWorkers: 'block' });
  await bringAxe(context);
  return context.newPage();
}

// Each page in both languages and on both screens, twice in all: Vietnamese on the one, English on the other.
for (const [turn, language] of ['vi', 'en'].entries())
  test(`every page passes axe, and nothing is cut at 320 px and at 400 % (${language})`, async ({
    browser,
    baseURL,
    viewport,
    isMobile,
    hasTouch,
  }) => {
    const sql = serverDatabase(baseURL);
    const every = (await visits(sql)).filter((_visit, index) => (index + turn) % 2 === (isMobile ? 0 : 1));
    const found: string[] = [];
    for (const as of new Set(every.map((visit) => visit.as))) {
      const storageState = await stateOf(baseURL ?? '', as, sql);
      const page = await onlooker(browser, { viewport, isMobile, hasTouch, storageState });
      for (const visit of every.filter((one) => one.as === as)) {
        const here = inLanguage(language, visit.address);
        if (viewport) await page.setViewportSize(viewport);
        const answer = await page.goto(here);
        if (answer?.status() !== 200) found.push(`${here} as ${as}: status ${answer?.status()}`);
        found.push(...(await faults(page, `${here} as ${as}`)));
        found.push(...(await cutWhenNarrow(page, `${here} as ${as}`)));
      }
      await page.context().close();
    }
    await sql.end();
    expect(found).toEqual([]);
  });

test('axe tells words that cannot be read from those that can, also in a colour it has met before', async ({
  browser,
}) => {
  const page = await onlooker(browser, {});
  const colours = ['#777', 'oklch(0.6 0 0)', 'rgb(70 70 70 / 0.6)'];
  const words = ['white', 'black', 'white', 'black'].flatMap((paper, round) =>
    colours.map((ink, at) => `<p id="${paper}-${at}-${round}" style="color: ${ink}; background: ${paper}">words</p>`),
  );
  await page.setContent(`<html lang="en"><title>Colours</title><main>${words.join('')}</main></html>`);
  const found = (await axeFaults(page, 'here')).map((fault) => fault.match(/#((?:white|black)-\d-\d)/)?.[1]);
  const faint = [0, 2].flatMap((round) => [0, 1, 2].map((at) => `white-${at}-${round}`));
  expect(found.toSorted()).toEqual(['black-2-1', 'black-2-3', ...faint.toSorted()]);
  await page.context().close();
});

for (const theme of ['dark', 'contrast'])
  test(`the main pages pass axe in the ${theme} theme`, async ({ browser, baseURL, viewport, isMobile, hasTouch }) => {
    const sql = serverDatabase(baseURL);
    const { classId, sessionId } = await nameThings(sql, 18859, 'deviceId');
    const found: string[] = [];
    for (const [as, address] of [
      ['nobody', '/'],
      ['nobody', `/classes/${classId}`],
      ['tochuc.dongthuan', `/manage/sessions/${sessionId}`],
      ['lanhdao.dongthuan', '/dashboard'],
    ] as const) {
      const storageState = await stateOf(baseURL ?? '', as, sql);
      const page = await onlooker(browser, { viewport, isMobile, hasTouch, storageState });
      await page.addInitScript((chosen) => localStorage.setItem('theme', chosen), theme);
      await page.goto(address);
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      found.push(...(await faults(page, `${address} ${theme}`)));
      await page.context().close();
    }
    await sql.end();
    expect(found).toEqual([]);
  });

test.describe('forms that were refused', () => {
  test('pass axe, say what is wrong on top and at the field', async ({
    browser,
    baseURL,
    viewport,
    isMobile,
    hasTouch,
  }) => {
    const sql = serverDatabase(baseURL);
    const { classId } = await nameThings(sql, 18859, 'deviceId');
    const [begun] = await sql<{ id: string }[]>`
      select id from class_session where register_started_at is not null
      and area_id in (select area_id from area_tree where ancestor_id = 18859) order by starts_at desc limit 1`;
    const found: string[] = [];
    for (const [as, address, press] of [
      ['nobody', `/classes/${classId}`, ['Xem lại rồi ghi tên']],
      ['nobody', '/sign-in', ['Đăng nhập']],
      ['nobody', '/my', ['Xem lớp của tôi']],
      ['tochuc.dongthuan', '/manage/classes/new', ['Xem trước các ngày']],
      ['tochuc.dongthuan', `/manage/sessions/${begun?.id}`, ['Điểm danh', 'Thêm người mới đến', 'Thêm vào danh sách']],
    ] as const) {
      const storageState = await stateOf(baseURL ?? '', as, sql);
      const page = await onlooker(browser, { viewport, isMobile, hasTouch, storageState });
      await page.goto(address);
      for (const name of press) await page.getByRole('main').getByRole('button', { name, exact: true }).click();
      await expect(page.locator('#error-summary')).toBeFocused();
      await expect(page.locator('[aria-invalid=true], fieldset [id$=-error]').first()).toBeVisible();
      found.push(...(await faults(page, `${address} refused`)));
      await page.context().close();
    }
    await sql.end();
    expect(found).toEqual([]);
  });
});
