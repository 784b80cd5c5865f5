import { expect, test } from '../support/browser';

test.describe('the first page', () => {
  test('is one plain document with one script of ours', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') asked.push(new URL(request.url()).pathname);
    });
    const answer = await page.goto('/');
    expect(answer?.status()).toBe(200);
    expect(answer?.headers()['content-security-policy']).toContain("script-src 'self';");
    await page.waitForLoadState('networkidle');
    expect(asked).toEqual(['/portal.js']);
    expect(await page.content()).not.toContain('__next_f');
  });

  test('keeps the reader’s own colours and type size on the device', async ({ page }) => {
    await page.goto('/');
    await page.locator('header summary').click();
    const dark = page.getByRole('button', { name: 'Tối', exact: true });
    await expect(dark).toHaveAttribute('aria-pressed', 'false');
    await dark.click();
    await expect(dark).toHaveAttribute('aria-pressed', 'true');
    await page.goto('/classes');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    // Staff pages ask the same script.
    await page.goto('/manage');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });
});

test('a form goes once, says so, and may go again when one comes back to it', async ({ page }) => {
  await page.goto('/my');
  const button = page.getByRole('main').getByRole('button', { name: 'Xem lớp của tôi' });
  // Asked last, after the portal's own script; the form stays, so that what the page says can be read.
  await page.evaluate(() =>
    window.addEventListener('submit', (event) => {
      document.title += event.defaultPrevented ? ' refused' : ' sent';
      event.preventDefault();
    }),
  );
  await button.click();
  const waiting = page.getByRole('main').getByRole('button', { name: 'Đang tìm' });
  await expect(waiting).toHaveAttribute('aria-disabled', 'true');
  await waiting.click({ force: true });
  await expect(page).toHaveTitle(/ sent refused$/);
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await expect(button).not.toHaveAttribute('aria-disabled');
  await button.click();
  await expect(page).toHaveTitle(/ sent refused sent$/);
});

test.describe('somebody else’s script', () => {
  test.use({ expectedErrors: /Content Security Policy|404/ });
  test('does not run, wherever it got into a page', async ({ page }) => {
    await page.route('**/', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        body: (await answer.text()).replace(
          '</body>',
          '<img src=/x onerror="window.stolen=1"><script>window.stolen=1</script></body>',
        ),
      });
    });
    await page.goto('/');
    expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
  });
});
test.describe('an address that does not exist', () => {
  test.use({ expectedErrors: /404/ });
  test('is not found, in both languages', async ({ page }) => {
    for (const address of ['/khong-co', '/en/khong-co']) expect((await page.goto(address))?.status()).toBe(404);
  });
});
