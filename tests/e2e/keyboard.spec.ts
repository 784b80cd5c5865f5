import type { Locator, Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test as base } from '../support/browser';
import { keyboardFaults, lookAtFocus } from '../support/focus';
import { foreignWords, nameFaults, smallTargets } from '../support/names';
import { agedStamp, serverDatabase } from '../support/server';
import { publicPages } from './access/discovery';
import { nameThings } from './access/portal';
import { learner } from './learner';
import { inLanguage, pageOf, residentVisits, stateOf } from './visits';

/**
 * Residents' pages without a pointer and without eyes. The phone has no JavaScript and speaks Vietnamese; the desktop has it, and
 * English where a page is only looked at.
 */
const test = base.extend({
  javaScriptEnabled: ({ isMobile }, use) => use(isMobile !== true),
});
test.describe.configure({ timeout: 180_000 });

let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

const languageOf = (isMobile: boolean | undefined) => (isMobile ? 'vi' : 'en');

test('every page: each stop is seen, in order, none is missed; each thing has a name and 48 px', async ({
  browser,
  baseURL,
  viewport,
  isMobile,
  hasTouch,
  javaScriptEnabled,
}) => {
  const language = languageOf(isMobile);
  // Without a card in hand every page of the card is the same door.
  const every = (await residentVisits(sql)).filter(({ as, address }) => as !== 'nobody' || !/^\/my\/.+/.test(address));
  const found: string[] = [];
  const seen = new Set<string | undefined>();
  const titles = new Map<string, string | undefined>();
  for (const as of new Set(every.map((visit) => visit.as))) {
    const storageState = await stateOf(baseURL ?? '', as, sql);
    const context = await browser.newContext({ viewport, isMobile, hasTouch, javaScriptEnabled, storageState });
    const page = await context.newPage();
    for (const { address } of every.filter((visit) => visit.as === as)) {
      await page.goto(inLanguage(language, address));
      const isNew = !seen.has(pageOf(address));
      const faults = [
        ...(await keyboardFaults(page, { back: isNew && javaScriptEnabled === true })),
        ...(await nameFaults(page)),
        ...(await foreignWords(page)),
        ...(await smallTargets(page)),
      ];
      const title = await page.title();
      const other = titles.get(title) ?? pageOf(address);
      if (!/^.{3,} · Cầm Tay$|^Cầm Tay – /.test(title)) faults.push(`the title “${title}” says nothing`);
      if (other !== pageOf(address)) faults.push(`has its title “${title}” from ${other}`);
      titles.set(title, pageOf(address));
      seen.add(pageOf(address));
      if (/[?&](done|sent)=/.test(address) && (await page.locator('[role=status]:focus, h1').count()) === 0)
        faults.push('does not say what was done');
      found.push(...faults.map((fault) => `${address} as ${as}: ${fault}`));
    }
    await context.close();
  }
  expect(found).toEqual([]);
  expect(
    publicPages().filter((page) => !seen.has(page)),
    'pages seen only through their door',
  ).toEqual([]);
});

/** What the walk must not miss, each planted in a page that has no fault, and the words it is to say. */
const planted: Readonly<Record<string, { plant: () => void; says: RegExp }>> = {
  'no way past the frame': {
    plant: () => document.querySelector('a[href="#main"]')?.remove(),
    says: /does not lead past the frame/,
  },
  'no ring': {
    plant: () => document.querySelector<HTMLElement>('#code')?.style.setProperty('outline', 'none', 'important'),
    says: /id="code".*shows no ring/,
  },
  'a ring of the colour of the page': {
    plant: () => {
      const code = document.querySelector<HTMLElement>('#code');
      code?.style.setProperty('outline-color', '#f3f0ea', 'important');
      code?.style.setProperty('box-shadow', 'none', 'important');
    },
    says: /id="code".*does not stand out/,
  },
  'a ring cut off': {
    plant: () => document.querySelector('#code')?.parentElement?.style.setProperty('overflow', 'hidden'),
    says: /id="code".*has its ring cut/,
  },
  'a bar over the page': {
    plant: () => {
      const bar = document.body.appendChild(document.createElement('div'));
      bar.style.cssText = 'position: fixed; inset: auto 0 0; height: 60%; background: gold';
    },
    says: /is covered by/,
  },
  'a trap': {
    plant: () =>
      document.querySelector('#code')?.addEventListener('keydown', (event) => {
        if (event instanceof KeyboardEvent && event.key === 'Tab') event.preventDefault();
      }),
    says: /id="code".*holds the focus/,
  },
  'an order of its own': {
    plant: () => document.querySelector('#code')?.setAttribute('tabindex', '3'),
    says: /opens on|comes after|does not lead past|stands before it/,
  },
  'something only a finger reaches': {
    plant: () => document.querySelector('main h1')?.setAttribute('style', 'cursor: pointer'),
    says: /by a finger only/,
  },
  'two links of one name': {
    plant: () => {
      for (const href of ['/classes', '/privacy']) {
        const link = document.createElement('a');
        link.href = href;
        link.textContent = 'Xem';
        document.querySelector('main')?.append(link);
      }
    },
    says: /two links “Xem” lead to/,
  },
  'a field without a name': {
    plant: () => document.querySelector('label[for=code]')?.remove(),
    says: /a textbox without a name/,
  },
  'a second heading of the page': {
    plant: () => document.querySelector('main')?.append(document.createElement('h1')),
    says: /an empty heading 1|2 headings of level 1/,
  },
  'a picture that says nothing': {
    plant: () => document.querySelector('svg[aria-hidden]')?.removeAttribute('aria-hidden'),
    says: /a picture .* neither named nor hidden/,
  },
  'words of another language': {
    plant: () => {
      const words = document.createElement('p');
      words.textContent = 'This is how you and your phone work with the village.';
      document.querySelector('main')?.append(words);
    },
    says: /English in Vietnamese/,
  },
  'a small target': {
    plant: () => document.querySelector('main button')?.setAttribute('style', 'min-height: 0; padding: 0'),
    says: /is \d+ × \d+/,
  },
};

test('the walk sees what is planted', async ({ page, isMobile }) => {
  test.skip(isMobile === true, 'its own eyes are the same on both');
  const look = async () => [
    ...(await keyboardFaults(page, { back: false })),
    ...(await nameFaults(page)),
    ...(await foreignWords(page)),
    ...(await smallTargets(page)),
  ];
  await page.goto('/my');
  expect(await look()).toEqual([]);
  for (const [name, { plant, says }] of Object.entries(planted)) {
    await page.goto('/my');
    await page.evaluate(plant);
    expect((await look()).join('\n'), name).toMatch(says);
  }
});

test('a refused form: its title says so, the focus is on what is wrong, each line leads to its field', async ({
  browser,
  baseURL,
  viewport,
  isMobile,
  hasTouch,
  javaScriptEnabled,
}) => {
  const { classId, villageId } = await nameThings(sql, 18859, 'deviceId');
  const found: string[] = [];
  for (const [as, address] of [
    ['nobody', `/classes/${classId}`],
    ['nobody', `/ask?area=${villageId}`],
    ['nobody', '/my'],
    ['nobody', '/sign-in'],
    ['slip', '/my/card'],
    ['slip', '/my/questions'],
    ['card', '/my/card/phone'],
    ['card', '/my/card/withdraw?sure=1'],
  ] as const) {
    const storageState = await stateOf(baseURL ?? '', as, sql);
    const context = await browser.newContext({ viewport, isMobile, hasTouch, javaScriptEnabled, storageState });
    const page = await context.newPage();
    await page.goto(inLanguage(languageOf(isMobile), address));
    await page.locator('main form:not([method=get]) button[type=submit]').first().focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('#error-summary'), address).toBeFocused();
    await expect(page).toHaveTitle(isMobile ? /^Lỗi: .+ · Cầm Tay$/ : /^Error: .+ · Cầm Tay$/);
    const lines = page.locator('#error-summary a');
    for (let line = 0; line < (await lines.count()); line++) {
      await page.locator('#error-summary').focus();
      for (let stop = 0; stop <= line; stop++) await page.keyboard.press('Tab');
      await expect(lines.nth(line), `${address}: line ${line + 1} follows the summary`).toBeFocused();
      await page.keyboard.press('Enter');
      const field = page.locator(`[id="${(await lines.nth(line).getAttribute('href'))?.slice(1)}"]`);
      await expect(field, `${address}: where line ${line + 1} leads`).toBeFocused();
      await expect(field).toHaveAccessibleDescription(/\S/);
      const stop = await page.evaluate(lookAtFocus);
      found.push(...(stop?.faults ?? ['nothing has the focus']).map((fault) => `${address}: ${stop?.label} ${fault}`));
    }
    found.push(...(await nameFaults(page)).map((fault) => `${address} refused: ${fault}`));
    await context.close();
  }
  expect(found).toEqual([]);
});

/** Presses Tab until that has the focus, as somebody does who looks for it; fails when it is not on the way. */
async function reach(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(wanted, 'reached with Tab').toBeFocused();
}

/** Once such a page is there, to the beginning of what it says. */
async function skip(page: Page, address: RegExp): Promise<void> {
  await page.waitForURL(address);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Đến nội dung chính' })).toBeFocused();
  await page.keyboard.press('Enter');
}

async function press(page: Page, wanted: Locator, key = 'Enter'): Promise<void> {
  await reach(page, wanted);
  await page.keyboard.press(key);
}

async function type(page: Page, label: string, words: string): Promise<void> {
  await reach(page, page.getByLabel(label));
  await page.keyboard.type(words);
}

test('find a class by typing the place, and sign up for it, by keyboard alone', async ({ page, isMobile }) => {
  await page.goto('/');
  await skip(page, /\/$/);
  await type(page, 'Gõ nơi ở hoặc việc muốn học', 'thon mau 2');
  await page.keyboard.press('Enter');
  await press(page, page.getByRole('link', { name: 'Thôn Mẫu 2 (demo), Xã Cam Lộ' }));
  await expect(page).toHaveTitle(/Xã Cam Lộ.* · Cầm Tay$/);
  const card = page.getByRole('article').filter({ hasText: /Còn \d+ chỗ/ });
  await press(page, card.getByRole('link', { name: /^Xem lớp và ghi tên/ }).first());
  await page.waitForURL(/\/classes\/[a-z2-9]{8}$/);
  const classId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const send = page.getByRole('button', { name: 'Xem lại rồi ghi tên' });

  // Refused: from the summary to the field, from there on downwards.
  await skip(page, /\/classes\//);
  await press(page, page.getByRole('link', { name: 'Ghi tên học lớp này' }).locator('visible=true'));
  await press(page, send);
  await expect(page.locator('#error-summary')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Họ và tên người học')).toBeFocused();
  await page.keyboard.type(isMobile ? 'Bà Không Chuột' : 'Ông Không Chuột');
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator('#forWhom')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('#forWhom-other')).toBeChecked();
  await type(page, 'Họ tên người ghi giúp', 'Cháu Bàn Phím');
  await press(page, page.getByLabel('Người học không có điện thoại'), 'Space');
  await reach(page, page.locator('#village'));
  await page.keyboard.press('ArrowDown');
  await press(page, page.getByLabel(/đồng ý cho lớp giữ thông tin/), 'Space');
  const stamp = page.locator('input[name=stamp]');
  await stamp.evaluate((input, aged) => input.setAttribute('value', aged), agedStamp(classId));
  await press(page, send);

  await expect(page.getByRole('heading', { name: 'Bác xem lại đã đúng chưa' })).toBeFocused();
  await press(page, page.getByRole('button', { name: 'Đúng rồi, ghi tên' }));
  await expect(page).toHaveTitle('Đã có chỗ cho bác · Cầm Tay');
  await skip(page, /\/my$/);
  await press(page, page.getByRole('link', { name: 'Tôi không học lớp này nữa' }));
  await expect(page.getByRole('heading', { name: 'Bác chắc chắn thôi học lớp này?' })).toBeFocused();
  await press(page, page.getByRole('button', { name: 'Vâng, tôi thôi học lớp này' }));
  await expect(page).toHaveTitle('Bác đã thôi học lớp này · Cầm Tay');
});

test('open the card, excuse oneself, change the phone, withdraw, by keyboard alone', async ({ page, isMobile }) => {
  const me = await learner(sql, isMobile ? 'Hồ Thị Phím' : 'Hồ Thị Phím Lớn');
  await page.goto('/my');
  await skip(page, /\/my$/);
  await type(page, 'Mã trên phiếu hoặc thẻ', me.code);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toBeFocused();
  await type(page, 'Năm sinh', '1954');
  await page.keyboard.press('Enter');

  await skip(page, /\/my\/card$/);
  await press(page, page.getByRole('link', { name: 'Xin nghỉ buổi này' }).first());
  await expect(page.getByRole('heading', { name: 'xin nghỉ buổi này' })).toBeFocused();
  await press(page, page.getByRole('button', { name: 'Vâng, tôi xin nghỉ buổi này' }));
  await expect(page.getByRole('status')).toBeFocused();
  await expect(page.getByRole('status')).toContainText('Đã báo bác xin nghỉ buổi đó');

  await press(page, page.getByRole('link', { name: 'Đổi số điện thoại' }));
  await skip(page, /\/phone$/);
  await type(page, 'Số điện thoại mới', '0900 088 321');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await press(page, page.getByRole('button', { name: 'Tiếp tục' }));
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeFocused();
  await press(page, page.getByRole('button', { name: 'Đúng rồi, đổi sang số này' }));
  await expect(page.getByRole('status')).toContainText('Đã đổi số điện thoại của bác');

  await press(page, page.getByRole('link', { name: 'Rút lại đồng ý' }));
  await skip(page, /\/withdraw$/);
  await press(page, page.getByRole('link', { name: 'Tôi vẫn muốn rút lại' }));
  await press(page, page.getByLabel('Tôi hiểu là không lấy lại được'), 'Space');
  await press(page, page.getByRole('button', { name: 'Rút lại và xóa thông tin của tôi' }));
  await expect(page.getByRole('status')).toBeFocused();
  await expect(page.getByRole('status')).toContainText('Đã rút lại đồng ý');
});

test('the settings of the screen lie over the page and go away', async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'they need it');
  await page.goto('/');
  const settings = page.locator('summary').filter({ hasText: 'Màn hình' });
  const panel = page.getByRole('group', { name: 'Cỡ chữ' });
  await press(page, settings, 'Space');
  await press(page, page.getByRole('button', { name: 'To hơn' }), 'Space');
  await expect(page.locator('html')).toHaveAttribute('data-text', 'large');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(settings).toBeFocused();
  await page.keyboard.press('Enter');
  await reach(page, page.getByRole('navigation').getByRole('link', { name: 'Tìm lớp' }));
  await expect(panel).toBeHidden();
});
