import type { Page } from '@playwright/test';

/** A node of what the browser tells a screen reader. */
interface Told {
  role: string;
  name: string;
  level: number;
  url: string;
  /** The names of the parents that say where one is, outermost first. */
  within: string;
  /** The roles of all its parents. */
  roles: readonly string[];
}

const controls =
  /^(link|button|textbox|searchbox|combobox|checkbox|radio|spinbutton|slider|switch|DisclosureTriangle|Audio|Video)$/;
const landmarks = /^(banner|main|contentinfo|navigation|search|complementary|region|form)$/;
const context = /^(group|radiogroup|region|article|form|search|navigation|dialog|table|row)$/;

/** The page as it is told to a screen reader, in its order, without what is hidden from it. */
async function told(page: Page): Promise<Told[]> {
  const cdp = await page.context().newCDPSession(page);
  const { nodes } = await cdp.send('Accessibility.getFullAXTree');
  await cdp.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const found: Told[] = [];
  const tell = (id: string, roles: readonly string[], within: readonly string[]): void => {
    const node = byId.get(id);
    if (!node) return;
    const property = (name: string) => String(node.properties?.find((one) => one.name === name)?.value.value ?? '');
    const given = String(node.role?.value ?? '');
    const children = node.childIds ?? [];
    const next = [...children, ...children.flatMap((child) => byId.get(child)?.childIds ?? [])];
    const isDisclosure = given === 'group' && next.some((one) => byId.get(one)?.role?.value === 'DisclosureTriangle');
    const role = node.ignored ? 'ignored' : isDisclosure ? 'details' : given;
    const name = String(node.name?.value ?? '').trim();
    if (!node.ignored)
      found.push({
        role,
        name,
        level: Number(property('level')),
        url: property('url'),
        within: within.join(' › '),
        roles,
      });
    const inside = context.test(role) && name !== '' ? [...within, name] : within;
    for (const child of children) tell(child, [...roles, role], inside);
  };
  const root = nodes.find(({ parentId }) => parentId === undefined);
  tell(root?.nodeId ?? '', [], []);
  return found;
}

/** Two of one kind and name that do not lead to the same, or stand in the same place: nobody who listens can tell them apart. */
function alike(nodes: readonly Told[]): string[] {
  const faults: string[] = [];
  const known = new Map<string, Told>();
  for (const node of nodes.filter(({ role }) => controls.test(role))) {
    const key = node.role === 'link' ? `link ${node.name}` : `${node.role} ${node.within} › ${node.name}`;
    const other = known.get(key);
    known.set(key, node);
    if (!other) continue;
    if (node.role !== 'link') faults.push(`two of ${node.role} “${node.name}” within “${node.within}”`);
    else if (node.url !== other.url) faults.push(`two links “${node.name}” lead to ${other.url} and ${node.url}`);
  }
  return faults;
}

function outlineFaults(nodes: readonly Told[]): string[] {
  const headings = nodes.filter(({ role }) => role === 'heading');
  const faults = headings.filter(({ name }) => name === '').map(({ level }) => `an empty heading ${level}`);
  const first = headings.filter(({ level }) => level === 1);
  if (first.length !== 1) faults.push(`${first.length} headings of level 1`);
  if (headings[0] && headings[0].level !== 1)
    faults.push(`the first heading, “${headings[0].name}”, is of level ${headings[0].level}`);
  for (const [index, { level, name }] of headings.entries())
    if (level > (headings[index - 1]?.level ?? level) + 1) faults.push(`heading ${level} “${name}” skips a level`);
  return faults;
}

function landmarkFaults(nodes: readonly Told[]): string[] {
  const faults: string[] = [];
  // A form without a name is no landmark.
  const marks = nodes.filter(({ role, name }) => landmarks.test(role) && (role !== 'form' || name !== ''));
  for (const role of ['banner', 'main', 'contentinfo']) {
    const count = marks.filter((one) => one.role === role).length;
    if (count !== 1) faults.push(`${count} of ${role}`);
  }
  const named = marks.filter(({ role }) => !/^(banner|main|contentinfo)$/.test(role));
  for (const { role, name } of named) if (name === '') faults.push(`a ${role} without a name`);
  const names = named.map(({ role, name }) => `${role} “${name}”`);
  for (const name of new Set(names.filter((one, index) => names.indexOf(one) !== index))) faults.push(`two of ${name}`);
  const outside = nodes.filter(
    ({ role, roles }) => role === 'StaticText' && !roles.some((one) => landmarks.test(one)) && !roles.includes('link'),
  );
  faults.push(...outside.map(({ name }) => `“${name}” is in no landmark`));
  return faults;
}

/** What somebody would miss who hears the page: names, groups, outline, landmarks, tables, pictures. */
export async function nameFaults(page: Page): Promise<string[]> {
  const nodes = await told(page);
  const faults = [...alike(nodes), ...outlineFaults(nodes), ...landmarkFaults(nodes)];
  for (const { role, name, within, roles } of nodes) {
    if (controls.test(role) && name === '') faults.push(`a ${role} without a name within “${within}”`);
    if (/^(group|radiogroup)$/.test(role) && name === '') faults.push(`a ${role} without a name within “${within}”`);
    if (/^(image|img|SvgRoot|graphics-|Canvas)/.test(role) && name === '')
      faults.push(`a picture (${role}) neither named nor hidden within “${within}”`);
    if (role === 'radio' && !roles.some((one) => one === 'radiogroup' || one === 'group'))
      faults.push(`“${name}” is a choice of no question`);
    if (role !== 'table') continue;
    if (name === '') faults.push('a table without a name');
    if (!nodes.some((one) => one.role === 'columnheader' && one.roles.includes('table')))
      faults.push(`the table “${name}” has no headers`);
  }
  return faults;
}

/** Words in the other language that do not say so: a voice reads them as gibberish. Names of people and places are nobody's language. */
export function foreignWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const marks = /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹáàãéèíìóòõúùũýĩ]/i;
    const english = /\b(the|and|of|your|you|is|are|with|for|not|this|that|how|please)\b/gi;
    while (texts.nextNode()) {
      const text = texts.currentNode;
      const parent = text.parentElement;
      const words = (text.textContent ?? '').trim();
      if (!parent || words === '' || parent.closest('script, style, textarea')) continue;
      const language = parent.closest('[lang]')?.getAttribute('lang');
      // A run of small words with marks is a sentence; capitals are names.
      const run = words.split(/[\s,.()·:;–]+/).filter((word) => marks.test(word) && word === word.toLowerCase());
      if (language === 'en' && run.length >= 3) found.push(`Vietnamese in English: “${words.slice(0, 80)}”`);
      if (language === 'vi' && (words.match(english) ?? []).length >= 2)
        found.push(`English in Vietnamese: “${words.slice(0, 80)}”`);
    }
    return found;
  });
}

/** What a thumb has to hit and is smaller than 48 px. Links within a sentence are as high as its lines. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea, summary',
    )) {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('[aria-hidden=true]')) continue;
      const row = element.matches('[type=checkbox], [type=radio]') ? element.closest('label') : null;
      const { width, height } = (row ?? element).getBoundingClientRect();
      if (width <= 1 && height <= 1) continue;
      const isInline = element.matches('a') && getComputedStyle(element).display === 'inline';
      const around =
        (element.parentElement?.textContent ?? '').trim().length > (element.textContent ?? '').trim().length;
      if (isInline && around) continue;
      if (width < 47.5 || height < 47.5)
        found.push(
          `<${element.tagName.toLowerCase()}> “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}” is ${Math.round(width)} × ${Math.round(height)}`,
        );
    }
    return found;
  });
}
