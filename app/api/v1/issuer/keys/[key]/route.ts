import { endpoint } from '@/lib/access/doors';
import { keyDocument } from '@/lib/certificate/credential';
import { trustedKeys } from '@/lib/certificate/queries';
import { keyInput } from '@/lib/certificate/schema';
import { refuse } from '@/lib/kernel/result';

/** One public key as a JWK: what a VC-JWT names. A key that is no longer trusted is not found. */
export const GET = endpoint({ may: 'public', input: keyInput, writes: false }, async (tx, { key }) => {
  const found = (await trustedKeys(tx)).find(({ id }) => id === key);
  return found
    ? Response.json(keyDocument(found), { headers: { 'cache-control': 'public, max-age=300' } })
    : refuse('notFound');
});
