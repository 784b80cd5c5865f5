import { readOwn } from '@/lib/access/doors';
import { ownData } from '@/lib/card/queries';
import { routing } from '@/lib/i18n/routing';

/** What is kept about the holder of the card in hand, as a file. Without a card in hand there is nothing here. */
export async function GET(_request: Request, { params }: { params: Promise<{ locale: string }> }): Promise<Response> {
  const wanted = (await params).locale;
  const locale = routing.locales.find((known) => known === wanted) ?? routing.defaultLocale;
  const data = await readOwn('data', (tx, personId) => ownData(tx, locale, personId));
  const headers = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' };
  if (!data) return Response.json({ error: 'cardClosed' }, { status: 404, headers });
  const file = JSON.stringify({ format: 1, madeAt: new Date().toISOString(), ...data }, null, 2);
  return new Response(file, {
    headers: {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="the-hoc.json"',
    },
  });
}
