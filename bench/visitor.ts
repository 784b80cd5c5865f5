// A browser without scripts, as far as the portal can tell: keeps cookies, reads the forms of a page and sends them.
import { origin, portalPort } from './stage';

export interface Answer {
  readonly status: number;
  readonly html: string;
  readonly location: string;
  readonly ms: number;
}

export type Fields = Readonly<Record<string, string>>;

const attribute = (tag: string, name: string) => tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];
const plain = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** The hidden fields of a page's forms, one set a form, of those that have all these fields. */
export function formsOf(html: string, ...names: readonly string[]): Fields[] {
  return [...html.matchAll(/<form\b[\s\S]*?<\/form>/g)]
    .map(([form]) => form)
    .filter((form) => names.every((name) => form.includes(` name="${name}"`)))
    .map((form) =>
      Object.fromEntries(
        [...form.matchAll(/<input\b[^>]*>/g)]
          .filter(([tag]) => attribute(tag, 'type') === 'hidden')
          .map(([tag]) => [plain(attribute(tag, 'name') ?? ''), plain(attribute(tag, 'value') ?? '')]),
      ),
    );
}

/** Somebody behind an address, as the portal hears of it from nginx. */
export class Visitor {
  private readonly cookies = new Map<string, string>();

  constructor(readonly address: string) {}

  get(path: string): Promise<Answer> {
    return this.ask(path, {});
  }

  /** Sends a form as it stands on the page there, filled in. */
  send(path: string, fields: Fields): Promise<Answer> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    return this.ask(path, { method: 'POST', body });
  }

  private async ask(path: string, request: RequestInit): Promise<Answer> {
    const began = performance.now();
    const answer = await fetch(origin(portalPort) + path, {
      ...request,
      redirect: 'manual',
      headers: {
        origin: origin(portalPort),
        'x-forwarded-for': this.address,
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    });
    const html = await answer.text();
    const ms = performance.now() - began;
    for (const kept of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (kept.split(';')[0] ?? '').split(/=(.*)/);
      this.cookies.set(name, value);
    }
    return { status: answer.status, html, location: answer.headers.get('location') ?? '', ms };
  }
}
