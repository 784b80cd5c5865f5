import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { expect, test } from '../support/browser';
import { password } from './access/portal';

export interface Phone {
  readonly context: BrowserContext;
  readonly page: Page;
}

/** The phone: a browser whose profile outlives it, and whose way to the portal may lead over a port of the test's own. */
export async function openPhone(profile: string, over?: number): Promise<Phone> {
  const { launchOptions, ...use } = test.info().project.use;
  const way = over ? [`--host-resolver-rules=MAP localhost localhost:${over}`] : [];
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), ...way],
    ...(use.baseURL ? { baseURL: use.baseURL } : {}),
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: use.viewport ?? null,
    isMobile: true,
    hasTouch: true,
  });
  return { context, page: context.pages()[0] ?? (await context.newPage()) };
}

export async function signIn(page: Page, name = 'daisu.dongthuan'): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Tên đăng nhập hoặc số điện thoại').fill(name);
  await page.getByLabel('Mật khẩu').fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Việc hôm nay');
}

/** The one visit that has to be enough. */
export async function getReady(page: Page, name?: string): Promise<void> {
  await signIn(page, name);
  await expect(page.locator('[data-ready]')).toBeVisible({ timeout: 30_000 });
}

export const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name }).first();
/** So many acts are on this phone only. */
export const waiting = (page: Page, count: number) =>
  expect(page.getByLabel('Đồng bộ')).toContainText(`trên máy này ${count}`, { timeout: 40_000 });

/** What a phone keeps in these of its stores: how many rows in each, and all that is written there. */
export const keptIn = <Store extends string>(page: Page, ...stores: readonly Store[]) =>
  page.evaluate(
    (names) =>
      new Promise<{ rows: Record<string, number>; text: string }>((resolve) => {
        const request = indexedDB.open('camtay');
        request.onsuccess = () => {
          const look = request.result.transaction(names);
          const found = names.map((name) => [name, look.objectStore(name).getAll()] as const);
          look.oncomplete = () => {
            request.result.close();
            resolve({
              rows: Object.fromEntries(found.map(([name, { result }]) => [name, result.length])),
              text: JSON.stringify(found.map(([, { result }]) => result)),
            });
          };
        };
      }),
    stores,
  ) as Promise<{ rows: Record<Store, number>; text: string }>;
