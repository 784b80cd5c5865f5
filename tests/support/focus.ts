import type { Page } from '@playwright/test';

/** Where the focus is: its place in the document, what is wrong with it there, where it stands on the page. */
interface Stop {
  at: number;
  label: string;
  faults: string[];
  /** In the page's own coordinates. Null for what stays in one place of the window or lies over the page. */
  box: { left: number; right: number; top: number; bottom: number } | null;
  /** A closed disclosure: opening it brings more stops. */
  closed: boolean;
  /** Players keep the focus while one moves among their buttons. */
  player: boolean;
}

/** Runs in the page: looks at what has the focus as somebody would who moves by keyboard. Null when nothing has it. */
export function lookAtFocus(): Stop | null {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return null;
  const label = `<${element.tagName.toLowerCase()}${element.id ? ` id="${element.id}"` : ''}> “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 50)}”`;
  const faults: string[] = [];
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const ancestors: Element[] = [];
  for (let one = element.parentElement; one; one = one.parentElement) ancestors.push(one);

  if (box.width < 2 || box.height < 2 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    faults.push('has the focus and is not seen');
  const isRing = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  // What a page opens on is no place to act: it may go without.
  if (!isRing && !element.matches('[tabindex="-1"]')) faults.push('shows no ring');

  // The ring must stand out from the ground it is drawn on: its outer line, or the band within it.
  const light = (color: string) => {
    const [red = 0, green = 0, blue = 0, alpha = 1] =
      (/rgba?\(([^)]*)\)/.exec(color)?.[1] ?? '0 0 0 0').match(/[\d.]+/g)?.map(Number) ?? [];
    if (alpha < 1) return null;
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) =>
      part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const grounds = ancestors.map((one) => light(getComputedStyle(one).backgroundColor));
  const ground = grounds.find((one) => one !== null) ?? 1;
  const lines = [style.outlineColor, style.boxShadow].flatMap((line) => light(line) ?? []);
  const ratio = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (isRing && !lines.some((line) => ratio(line, ground) >= 3)) faults.push('has a ring that does not stand out');

  // No box around it cuts the ring off.
  const room = Math.max(0, parseFloat(style.outlineOffset)) + 1;
  for (const one of ancestors.slice(0, -2)) {
    const { overflowX, overflowY } = getComputedStyle(one);
    const frame = one.getBoundingClientRect();
    const isCutX = overflowX !== 'visible' && (box.left - room < frame.left || box.right + room > frame.right);
    const isCutY = overflowY !== 'visible' && (box.top - room < frame.top || box.bottom + room > frame.bottom);
    if (isCutX || isCutY) faults.push(`has its ring cut by <${one.tagName.toLowerCase()} class="${one.className}">`);
  }

  // Wholly in the window where it fits, and nothing lies over it.
  const isCut = element.matches('textarea') // The line one writes in is brought into the window, not its whole box.
    ? box.top > innerHeight || box.bottom < 0
    : box.height <= innerHeight * 0.75 && (box.top < -1 || box.bottom > innerHeight + 1);
  if (isCut || box.left < -1 || box.right > innerWidth + 1) faults.push('is outside the window');
  for (const part of element.getClientRects())
    for (const [x, y] of [
      [(part.left + part.right) / 2, (part.top + part.bottom) / 2],
      [(part.left + part.right) / 2, part.top + 3],
      [(part.left + part.right) / 2, part.bottom - 3],
      [part.left + 3, (part.top + part.bottom) / 2],
      [part.right - 3, (part.top + part.bottom) / 2],
    ] as const) {
      const over = document.elementFromPoint(x, y);
      if (over && !element.contains(over) && !over.contains(element)) {
        faults.push(`is covered by <${over.tagName.toLowerCase()} class="${over.getAttribute('class') ?? ''}">`);
        break;
      }
    }

  const isStuck = [element, ...ancestors].some((one) => /fixed|sticky|absolute/.test(getComputedStyle(one).position));
  return {
    at: [...document.querySelectorAll('*')].indexOf(element),
    label,
    faults: [...new Set(faults)],
    box: isStuck ? null : { left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY },
    closed: element.matches('details:not([open]) > summary'),
    player: element.matches('audio, video'),
  };
}

/** Runs in the page: everything one can act on, as groups of places in the document of which one must be a stop; and what only a finger reaches. */
function whatCanBeUsed(): { wanted: { at: number[]; label: string }[]; unreachable: string[] } {
  const every = [...document.querySelectorAll('*')];
  const acts =
    'a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], [contenteditable], [tabindex], [onclick], [role=button], [role=link]';
  const said = (element: Element) =>
    `<${element.tagName.toLowerCase()}> “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 50)}”`;
  const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true });
  const groups = new Map<string, { at: number[]; label: string }>();
  for (const element of document.querySelectorAll(acts)) {
    if (!isSeen(element) || element.matches(':disabled, [aria-disabled=true]')) continue;
    // The focus is sent there; nobody stops there by themselves. The trap for programs is none of anybody's stops.
    if (element.matches('[tabindex="-1"]:not(a, button, input, select, textarea), [aria-hidden=true] *')) continue;
    const at = every.indexOf(element);
    const isRadio = element instanceof HTMLInputElement && element.type === 'radio';
    const group = isRadio ? `radio ${element.name} of ${every.indexOf(element.form ?? element)}` : String(at);
    groups.set(group, { at: [...(groups.get(group)?.at ?? []), at], label: said(element) });
  }
  const forFingers = every.filter(
    (element) =>
      getComputedStyle(element).cursor === 'pointer' &&
      isSeen(element) &&
      !element.closest('a[href], button, label, summary, select, input, svg'),
  );
  return { wanted: [...groups.values()], unreachable: forFingers.map(said) };
}

/** Whether the reader is led backwards: the next stop stands before this one where one reads on. */
function goesBack(from: Stop, to: Stop): boolean {
  if (!from.box || !to.box) return false;
  const isAbove = to.box.bottom <= from.box.top + 1 && to.box.left < from.box.right;
  const isSameLine = to.box.top < from.box.bottom - 1 && from.box.top < to.box.bottom - 1;
  return isAbove || (isSameLine && to.box.right <= from.box.left + 1);
}

/** Presses Tab from where the focus is until it leaves the page or comes round, opening every disclosure on the way. */
async function tabThrough(page: Page, stops: Stop[]): Promise<string[]> {
  let opened = 0;
  for (let presses = 0; presses < 400; presses++) {
    // Held down, it moves on as well: one message to the browser less for each of some thousand stops.
    await page.keyboard.down('Tab');
    let stop = await page.evaluate(lookAtFocus);
    if (!stop || stop.at === stops[0]?.at) return [];
    if (stop.player && stop.at === stops.at(-1)?.at) continue;
    if (stops.some(({ at }) => at === stop?.at)) return [`${stop.label} holds the focus`];
    if (stop.closed) {
      await page.keyboard.press(opened++ % 2 === 0 ? 'Enter' : 'Space');
      stop = (await page.evaluate(lookAtFocus)) ?? stop;
      if (stop.closed) return [`${stop.label} does not open`];
    }
    stops.push(stop);
  }
  return ['the focus never comes to an end'];
}

/** The same backwards, from the end: every stop that is still there, in the opposite order. */
async function tabBack(page: Page, stops: readonly Stop[]): Promise<string[]> {
  const back: number[] = [];
  await page.keyboard.down('Shift');
  for (let presses = 0; presses < stops.length * 2; presses++) {
    await page.keyboard.down('Tab');
    const at = await page.evaluate(() =>
      document.activeElement === document.body
        ? -1
        : [...document.querySelectorAll('*')].findIndex((one) => one === document.activeElement),
    );
    if (at < 0 || at === back.at(-1)) continue;
    back.push(at);
    if (at === stops[0]?.at) break;
  }
  await page.keyboard.up('Tab');
  await page.keyboard.up('Shift');
  const faults = stops.filter(({ at }) => !back.includes(at)).map(({ label }) => `${label} is not met going back`);
  if (back.some((at, index) => at >= (back[index - 1] ?? Infinity))) faults.push('going back is not in order');
  return faults;
}

/** The first stop leads past the frame: the next one after pressing it stands in what the page says, or behind it. */
async function skipFaults(page: Page): Promise<string[]> {
  const fault = ['the first stop does not lead past the frame'];
  const leads = await page.evaluate(() => {
    const first = document.querySelector<HTMLElement>('a[href]');
    first?.focus();
    return first?.getAttribute('href');
  });
  if (!leads?.startsWith('#')) return fault;
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const isPast = await page.evaluate(() => {
    const main = document.querySelector('main');
    const element = document.activeElement;
    const after = Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY;
    return main !== null && element !== null && (main.compareDocumentPosition(element) & after) !== 0;
  });
  return isPast ? [] : fault;
}

/**
 * Walks the page that is open from its first stop to its last, and back when asked; says what somebody without a pointer would
 * suffer. A page may open with the focus on what it has to say, nowhere else.
 */
export async function keyboardFaults(page: Page, { back }: { back: boolean }): Promise<string[]> {
  const faults: string[] = [];
  const opensOn = await page.evaluate(lookAtFocus);
  const isSaid = await page.evaluate(() =>
    document.activeElement?.matches('main :is(h1, h2, h3, [role=status], [role=alert])'),
  );
  if (opensOn && !isSaid) faults.push(`opens on ${opensOn.label}`);
  if (opensOn) await page.evaluate(() => document.querySelector<HTMLElement>('a[href]')?.focus());
  else await page.keyboard.press('Tab');
  const first = await page.evaluate(lookAtFocus);
  const stops = first ? [first] : [];
  faults.push(...(await tabThrough(page, stops)));
  await page.keyboard.up('Tab');
  for (const stop of opensOn ? [opensOn, ...stops] : stops)
    faults.push(...stop.faults.map((fault) => `${stop.label} ${fault}`));
  for (const [index, stop] of stops.entries()) {
    const next = stops[index + 1];
    if (next && next.at < stop.at) faults.push(`${next.label} comes after ${stop.label} and stands before it`);
    if (next && goesBack(stop, next)) faults.push(`${next.label} is seen before ${stop.label} and reached after it`);
  }
  const { wanted, unreachable } = await page.evaluate(whatCanBeUsed);
  const met = new Set(stops.map(({ at }) => at));
  const missed = wanted.filter(({ at }) => !at.some((one) => met.has(one)));
  faults.push(...missed.map(({ label }) => `${label} is never reached`));
  faults.push(...unreachable.map((label) => `${label} looks as if it could be pressed, by a finger only`));
  const left = new Set(wanted.flatMap(({ at }) => at));
  if (back)
    faults.push(
      ...(await tabBack(
        page,
        stops.filter(({ at }) => left.has(at)),
      )),
    );
  return [...faults, ...(await skipFaults(page))];
}
