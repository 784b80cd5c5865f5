import { expect, test } from '../support/browser';

test.describe('the first page', () => {
  test.use({ expectedErrors: /favicon/ });
  test('runs its scripts under the strict policy, from this server alone', async ({ page }) => {
    const answer = await page.goto('/');
    expect(answer?.status()).toBe(200);
    expect(answer?.headers()['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+';/);
    // React leaves its mark on what it has taken over: the scripts did run.
    await expect
      .poll(() =>
        page.evaluate(() =>
          Object.keys(document).some((key) => key.startsWith('__reactContainer') || key.startsWith('_reactListening')),
        ),
      )
      .toBe(true);
  });
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
