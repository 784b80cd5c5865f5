import { randomUUID } from 'node:crypto';
import type { APIRequestContext, BrowserContext, Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { actionNamed, contextFor, post } from './access/portal';

test.skip(({ isMobile }) => isMobile === true, 'the way in is the same on both');
// A page of somebody who was signed in asks for its registers, which it is told it may not have.
test.use({ expectedErrors: /401 .*\/api\/v1\/register\/pack/ });

const password = 'một câu chỉ để thử';
let sql: Sql;
let admin: APIRequestContext;

test.beforeAll(async ({ baseURL }) => {
  sql = serverDatabase(baseURL);
  admin = await contextFor(baseURL ?? '', 'admin');
});
test.afterAll(async () => {
  await admin.dispose();
  await sql.end();
});

/** An account of this test's own, so that ending and disabling hurts nobody. */
async function newAccount(): Promise<{ id: string; username: string }> {
  const username = `thu.${randomUUID().slice(0, 8)}`;
  const answer = await post(admin, '/admin/accounts/new', actionNamed('/admin/accounts#createAccount'), {
    username,
    fullName: 'Người thử đăng nhập',
    phone: '',
    area: 18901,
    role: 'helper',
    newPassword: password,
  });
  expect(answer.status()).toBe(303);
  const [account] = await sql<{ id: string }[]>`select id from account where username = ${username}`;
  return { id: account?.id ?? '', username };
}

async function typeIn(page: Page, name: string, word: string): Promise<void> {
  await page.getByLabel('Tên đăng nhập hoặc số điện thoại').fill(name);
  await page.getByLabel('Mật khẩu').fill(word);
  await page.getByRole('main').getByRole('button', { name: 'Đăng nhập' }).click();
}

async function signedIn(context: BrowserContext, username: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto('/sign-in');
  await typeIn(page, username, password);
  await expect(page).toHaveURL(/\/manage$/);
  return page;
}

test('a wrong password says so, keeps the name and never brings the password back', async ({ page }) => {
  const { username } = await newAccount();
  const wrong = `sai-${randomUUID()}`;
  const answers: string[] = [];
  page.on('response', (answer) => {
    if (answer.request().method() === 'POST')
      void answer.text().then(
        (words) => answers.push(words),
        () => {},
      );
  });
  await page.goto('/sign-in');
  await typeIn(page, username, wrong);
  await expect(page.locator('#error-summary')).toContainText('Tên đăng nhập hoặc mật khẩu chưa đúng.');
  await expect(page.getByLabel('Tên đăng nhập hoặc số điện thoại')).toHaveValue(username);
  await expect(page.getByLabel('Mật khẩu')).toHaveValue('');
  expect([await page.content(), ...answers].filter((words) => words.includes(wrong))).toEqual([]);
  expect(page.url()).not.toContain(wrong);
});

test('sign-in leads to where one was going, and only within the portal', async ({ page }) => {
  const { username } = await newAccount();
  await page.goto('/manage/classes?when=past');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await typeIn(page, username, password);
  await expect(page).toHaveURL(/\/manage\/classes\?when=past$/);
  for (const elsewhere of ['https://example.com/', '//example.com', '/\\example.com', 'javascript:alert(1)']) {
    await page.goto(`/sign-in?next=${encodeURIComponent(elsewhere)}`);
    await typeIn(page, username, password);
    await expect(page).toHaveURL(/localhost:\d+\/manage$/);
  }
});

test('whoever only reads figures begins at the figures, with that first in the menu', async ({ page }) => {
  await page.goto('/sign-in');
  await typeIn(page, 'lanhdao.minhhoa', 'cam-tay-demo-2026');
  await expect(page).toHaveURL(/localhost:\d+\/dashboard$/);
  const places = page.getByRole('navigation', { name: 'Công việc' }).filter({ visible: true }).getByRole('link');
  await expect(places.first()).toHaveAttribute('href', '/dashboard');
});

test('readers of English come back in English', async ({ page }) => {
  const { username } = await newAccount();
  await page.goto('/en/manage/classes');
  await expect(page).toHaveURL(/\/en\/sign-in\?next=/);
  await page.locator('#name').fill(username);
  await page.locator('#password').fill(password);
  await page.getByRole('main').getByRole('button').first().click();
  await expect(page).toHaveURL(/\/en\/manage\/classes$/);
});

test('after sign-out the pages are closed', async ({ context }) => {
  const { username } = await newAccount();
  const page = await signedIn(context, username);
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto('/manage');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.goBack();
  await page.reload();
  await expect(page.getByText('Người thử đăng nhập')).toHaveCount(0);
});

test('a device that was ended is out at its next request', async ({ context, browser }) => {
  const { username } = await newAccount();
  const lost = await browser.newContext();
  const there = await signedIn(lost, username);
  const here = await signedIn(context, username);
  await here.goto('/account');
  const devices = here.getByRole('table', { name: 'Máy đang đăng nhập' }).getByRole('row');
  await expect(devices).toHaveCount(3);
  await devices.getByRole('button').click();
  await expect(devices).toHaveCount(2);
  await there.goto('/manage');
  await expect(there).toHaveURL(/\/sign-in\?next=/);
  await here.goto('/manage');
  await expect(here).toHaveURL(/\/manage$/);
  await lost.close();
});

test('a disabled account is out at its next request and does not come in again', async ({ context }) => {
  const account = await newAccount();
  const page = await signedIn(context, account.username);
  const answer = await post(admin, `/admin/accounts/${account.id}`, actionNamed('/admin/accounts#disableAccount'), {
    account: account.id,
  });
  expect(answer.status()).toBe(303);
  await page.goto('/manage');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await typeIn(page, account.username, password);
  await expect(page.locator('#error-summary')).toContainText('Tên đăng nhập hoặc mật khẩu chưa đúng.');
});
