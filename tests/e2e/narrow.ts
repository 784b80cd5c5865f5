import type { Page } from '@playwright/test';

/** What does not fit 320 px: the page itself, words cut by their box, what sticks out, what covers the page when it is low. */
function whatIsCut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = 320;
    const name = (element: Element) =>
      `<${element.tagName.toLowerCase()} class="${(element.getAttribute('class') ?? '').slice(0, 60)}"> “${(element.textContent ?? '').trim().slice(0, 40)}”`;
    const found: string[] = [];
    if (document.documentElement.scrollWidth > wide)
      found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    const inFrame = (element: Element | null): boolean =>
      element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || inFrame(element.parentElement));
    for (const element of document.body.querySelectorAll('*')) {
      if (!element.checkVisibility() || element.closest('svg, .sr-only, [aria-hidden=true]')) continue;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1) continue;
      const cutX = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const cutY = /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
      if ((cutX || cutY) && (element.textContent ?? '').trim() !== '') found.push(`cut: ${name(element)}`);
      const own = element.childElementCount === 0 || element.matches('p, li, dd, td, th, a, button, h1, h2, h3');
      if (own && box.right > wide + 1 && !inFrame(element.parentElement)) found.push(`sticks out: ${name(element)}`);
      const stuck = /fixed|sticky/.test(style.position) && (style.top !== 'auto' || style.bottom !== 'auto');
      if (stuck && innerHeight < 300 && box.height > innerHeight / 2)
        found.push(`covers half of a low window: ${name(element)}`);
    }
    return found;
  });
}

/** What is cut 320 px wide, and then in 1280 × 800 at 400 %, which is as wide and 200 px high. */
export async function cutWhenNarrow(page: Page, label: string): Promise<string[]> {
  const cut: string[] = [];
  for (const height of [640, 200]) {
    await page.setViewportSize({ width: 320, height });
    for (const fault of await whatIsCut(page)) cut.push(`${label} (320 × ${height}): ${fault}`);
  }
  return cut;
}
