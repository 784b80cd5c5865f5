import { createHash } from 'node:crypto';
import { endpoint } from '@/lib/access/doors';
import { refuse } from '@/lib/kernel/result';
import { registerPack } from '@/lib/register/packing';
import { packInput } from '@/lib/register/schema';

/** What a phone takes along for registers without a network: see docs/protocols/register-operations.md. */
export const GET = endpoint(
  { may: 'register.write', input: packInput, writes: false },
  async (tx, { language, session }, caller) => {
    const pack = await registerPack(tx, caller, language, new Date(), session);
    if (session && pack.sessions.length === 0) return refuse('notFound');
    const body = JSON.stringify(pack);
    const mark = createHash('sha256').update(body).digest('base64url').slice(0, 27);
    // Never in the browser's own cache, which nobody wipes at sign-out: the phone keeps it and asks with the mark.
    return new Response(body, {
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: `"${mark}"` },
    });
  },
);
