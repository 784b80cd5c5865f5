const tooLong = 1_000_000;

/** 304 for whoever holds exactly this answer already. */
export function unlessKnown(request: Request, response: Response): Response {
  const mark = response.headers.get('etag');
  const known = request.headers.get('if-none-match')?.split(',') ?? [];
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  if (!mark || response.status !== 200 || !known.some((tag) => tag.trim() === '*' || bare(tag) === bare(mark)))
    return response;
  const headers = new Headers(response.headers);
  for (const name of ['content-type', 'content-length']) headers.delete(name);
  return new Response(null, { status: 304, headers });
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
