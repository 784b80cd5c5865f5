import { headers } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import type { Locale } from '@/lib/i18n/routing';

const tooLong = 1_000_000;

/** 304 for whoever holds exactly this answer already. */
export function unlessKnown(request: Request, response: Response): Response {
  const mark = response.headers.get('etag');
  const known = request.headers.get('if-none-match')?.split(',') ?? [];
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  if (!mark || response.status !== 200 || !known.some((tag) => tag.trim() === '*' || bare(tag) === bare(mark)))
    return response;
  const kept = new Headers(response.headers);
  for (const name of ['content-type', 'content-length']) kept.delete(name);
  return new Response(null, { status: 304, headers: kept });
}

/** What a program sent: the query of a reading, the JSON of a writing; `undefined` for what is no JSON, `tooLong` for a flood. */
export async function givenTo(request: Request, writes: boolean): Promise<unknown> {
  if (!writes) return Object.fromEntries(new URL(request.url).searchParams);
  const body = await request.text();
  if (body.length > tooLong) return 'tooLong';
  try {
    const parsed: unknown = JSON.parse(body);
    return parsed;
  } catch {
    return undefined;
  }
}

/**
 * The language of the address asked for. A form's action has no layout around it that says which, so the request does: the path
 * our server puts there or, in development, where it came from.
 */
export async function languageAsked(): Promise<Locale> {
  const [given, locale] = await Promise.all([headers(), getLocale()]);
  if (locale === 'en') return 'en';
  const path = given.get('x-portal-path') ?? given.get('referer')?.replace(/^https?:\/\/[^/]+/, '') ?? '';
  return /^\/en(?=[/?]|$)/.test(path) ? 'en' : 'vi';
}

/** Says no: to programs the key of the message, to people who opened an address outside /api/ its words. */
export async function refusal(
  request: Request,
  status: number,
  body: { error: string; fields?: Record<string, string> },
): Promise<Response> {
  const unkept = { 'cache-control': 'no-store' };
  if (new URL(request.url).pathname.startsWith('/api/')) return Response.json(body, { status, headers: unkept });
  const t = await getTranslations({ locale: await languageAsked(), namespace: 'errors' });
  const keys = [...new Set([...Object.values(body.fields ?? {}), body.error])];
  const said = keys.find((key) => t.has(key)) ?? 'wrong';
  return new Response(`${t(said)}\n`, {
    status,
    headers: { ...unkept, 'content-type': 'text/plain; charset=utf-8' },
  });
}
