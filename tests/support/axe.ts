import type { BrowserContext, Page } from '@playwright/test';
import type axe from 'axe-core';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

const source = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** A colour as axe keeps it, which it reads from the words of a style. */
interface Colour {
  r: number;
  g: number;
  b: number;
  alpha: number;
  parseString(words: string): Colour;
}

/**
 * A page has a dozen colours, and axe reads the words of each again for every element, through a library for all colours there are: a
 * seventh of its time. What it has read once it now knows, to the last digit; what it cannot read it is asked again.
 */
function rememberColours(): void {
  const { prototype }: { prototype: Colour } = Reflect.get(window.axe ?? {}, 'commons').color.Color;
  const known = new Map<string, Pick<Colour, 'r' | 'g' | 'b' | 'alpha'>>();
  const read = prototype.parseString;
  prototype.parseString = function (words) {
    const found = known.get(words);
    if (found) return Object.assign(this, found);
    const { r, g, b, alpha } = read.call(this, words);
    known.set(words, { r, g, b, alpha });
    return this;
  };
}

const script = () => `${fs.readFileSync(source, 'utf8')};(${rememberColours.toString()})();`;

/** Every page of a context has axe from its start, so that a walk need not send it to each. */
export async function bringAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: script() });
}

/** React has taken the page over, where it has scripts at all: what it adds then is judged too. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(
    () => !document.querySelector('script[src*="/_next/"]') || document.querySelector('next-route-announcer'),
  );
}

/** What axe finds wrong with a page by all its rules of WCAG 2.2 A and AA. It sees the page as it stands in the window. */
export async function axeFaults(page: Page, label: string): Promise<string[]> {
  await hydrated(page);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(script());
  const violations = await page.evaluate(async (values) => {
    if (!window.axe) throw new Error('axe is not there');
    // All rules are run; nothing is gathered of what they found in order, which takes a fifth of the time.
    const results = await window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
    return results.violations.map(({ id, help, nodes }) => ({
      rule: `${id} (${help})`,
      nodes: nodes.map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 200)}`),
    }));
  }, levels);
  return violations.flatMap(({ rule, nodes }) => nodes.map((node) => `${label}: ${rule} ${node}`));
}
