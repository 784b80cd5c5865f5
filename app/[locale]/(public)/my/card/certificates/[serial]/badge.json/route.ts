import { readOwn } from '@/lib/access/doors';
import { badgeFile } from '@/lib/certificate/file';
import { credentialFacts } from '@/lib/certificate/queries';
import { serialTyped } from '@/lib/certificate/schema';

/** The holder's own signed certificate, with the card in hand. A revoked one is none. */
export async function GET(_request: Request, { params }: { params: Promise<{ serial: string }> }): Promise<Response> {
  const serial = serialTyped.safeParse((await params).serial);
  const facts = serial.success ? await readOwn('certificate', (tx) => credentialFacts(tx, serial.data)) : null;
  if (!facts) return Response.json({ error: 'notFound' }, { status: 404, headers: { 'cache-control': 'no-store' } });
  return badgeFile(facts, 'json');
}
