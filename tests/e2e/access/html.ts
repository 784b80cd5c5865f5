/** An element of a page as the server sent it. Only what React writes has to be read: quoted attributes, tags closed. */
export interface Element {
  tag: string;
  attributes: Record<string, string>;
  parent: Element | null;
  children: (Element | string)[];
}

const single = new Set(['input', 'br', 'hr', 'img', 'meta', 'link', 'area', 'base', 'col', 'source', 'wbr']);
const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#x27': "'", '#39': "'" };
const unescape = (text: string) => text.replace(/&(#?\w+);/g, (whole, name: string) => names[name] ?? whole);

/** The page as a tree, its scripts left out; what is in `<noscript>` is read, as a browser without JavaScript does. */
export function pageOf(html: string): Element {
  const root: Element = { tag: '#page', attributes: {}, parent: null, children: [] };
  const shown = html.replace(/<(script|style)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->|<!DOCTYPE[^>]*>/gi, '');
  let at = root;
  for (const [whole, closes, tag, inside = ''] of shown.matchAll(
    /<(\/?)([a-z][\w-]*)((?:\s+[^\s=/>]+(?:="[^"]*")?)*)\s*\/?>|[^<]+|</gi,
  )) {
    if (tag === undefined) at.children.push(unescape(whole));
    else if (closes) {
      let open: Element | null = at;
      while (open && open.tag !== tag) open = open.parent;
      if (open?.parent) at = open.parent;
    } else {
      const attributes = [...inside.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)].map(
        ([, name = '', value = '']) => [name.toLowerCase(), unescape(value)] as const,
      );
      const element: Element = { tag, attributes: Object.fromEntries(attributes), parent: at, children: [] };
      at.children.push(element);
      if (!single.has(tag)) at = element;
    }
  }
  return root;
}

/** Everything in an element that fits, in the order of the page. */
export function all(within: Element, fits: (element: Element) => boolean): Element[] {
  return within.children.flatMap((child) =>
    typeof child === 'string' ? [] : [...(fits(child) ? [child] : []), ...all(child, fits)],
  );
}

/** The words of an element, with single spaces. */
export function wordsOf(element: Element): string {
  const words = (one: Element): string =>
    one.children.map((child) => (typeof child === 'string' ? child : words(child))).join('');
  return words(element).replace(/\s+/g, ' ').trim();
}

/** The nearest element around this one, or itself, that has this tag. */
export function around(element: Element, tag: string): Element | null {
  for (let one: Element | null = element; one; one = one.parent) if (one.tag === tag) return one;
  return null;
}

const isControl = ({ tag }: Element) => tag === 'input' || tag === 'select' || tag === 'textarea';

/** The controls of a form that people see and fill in. */
export const visibleControls = (form: Element): Element[] =>
  all(form, (one) => isControl(one) && one.attributes.type !== 'hidden' && !('hidden' in one.attributes));

/** What is wrong with a refusal, if anything, and where it says what: message by the name of the field, and those of the whole form. */
export interface Refusal {
  wrong: string[];
  at: Record<string, string>;
  whole: string[];
}

/** Reads the summary of a refused form and follows each of its links to the field; null when the page has no summary. */
export function refusalOn(page: Element): Refusal | null {
  const byId = (id: string) => all(page, (one) => one.attributes.id === id);
  const summaries = byId('error-summary');
  const [summary] = summaries;
  if (!summary) return null;
  const refusal: Refusal = { wrong: [], at: {}, whole: [] };
  if (summaries.length > 1) refusal.wrong.push('several summaries');
  const form = around(summary, 'form');
  for (const item of all(summary, ({ tag }) => tag === 'li')) {
    const [link] = all(item, ({ tag }) => tag === 'a');
    if (!link) {
      refusal.whole.push(wordsOf(item));
      continue;
    }
    const id = (link.attributes.href ?? '').slice(1);
    const [target, another] = byId(id);
    if (!target || another)
      refusal.wrong.push(`the summary leads to #${id}, which is ${another ? 'twice' : 'not'} there`);
    else if (form !== around(target, 'form')) refusal.wrong.push(`the summary leads to #${id} in another form`);
    else {
      const { field, complaint } = fieldAt(target, wordsOf(link), byId);
      refusal.at[field] = wordsOf(link);
      if (complaint) refusal.wrong.push(`#${id} ${complaint}`);
    }
  }
  if (refusal.whole.length === 0 && Object.keys(refusal.at).length === 0) refusal.wrong.push('an empty summary');
  return refusal;
}

function fieldAt(target: Element, message: string, byId: (id: string) => Element[]) {
  const group = around(target, 'fieldset');
  const controls = isControl(target) ? [target] : visibleControls(target);
  const field = controls[0]?.attributes.name ?? '';
  const say = (complaint: string | null) => ({ field, complaint });
  if (!field) return say('is no field');
  if (target.attributes.type === 'hidden' || 'hidden' in target.attributes) return say('is hidden');
  const marked = [target, ...controls, ...(group ? [group] : [])].filter(
    (one) => one.attributes['aria-invalid'] === 'true',
  );
  if (marked.length === 0) return say('has no aria-invalid');
  // A control's own words, or those of the group it stands in.
  const described = [...marked, ...(group ? [group] : [])]
    .flatMap((one) => (one.attributes['aria-describedby'] ?? '').split(' '))
    .filter(Boolean);
  const lost = described.find((id) => byId(id).length !== 1);
  if (lost) return say(`is described by #${lost}, which is not there once`);
  const words = described.flatMap((id) => byId(id).map(wordsOf));
  return say(words.some((one) => one.endsWith(message) && message) ? null : 'is not described by the message');
}
