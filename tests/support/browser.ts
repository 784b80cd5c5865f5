import { test as base, expect } from '@playwright/test';

export { expect };

type Watched = {
  /** Console errors this test provokes on purpose, such as the browser's note on a 404. */
  expectedErrors: RegExp | null;
  watch: void;
};

/** Like Playwright's, and fails when the page writes an error, breaks its security policy, or calls another server. */
export const test = base.extend<Watched>({
  expectedErrors: [null, { option: true }],
  watch: [
    async ({ context, baseURL, expectedErrors }, use) => {
      const errors: string[] = [];
      const note = (text: string) => {
        if (!expectedErrors?.test(text)) errors.push(text);
      };
      context.on('console', (message) => {
        if (message.type() === 'error') note(`${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => note(String(error.error())));
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (/^https?:$/.test(url.protocol) && url.origin !== new URL(baseURL ?? url.origin).origin)
          note(`call to ${url.origin}`);
      });
      await use();
      expect(errors, 'errors in the browser').toEqual([]);
    },
    { auto: true },
  ],
});
