import { z } from 'zod';
import { endpoint } from '@/lib/access/doors';
import { issuerDocument } from '@/lib/certificate/credential';
import { trustedKeys } from '@/lib/certificate/queries';
import { portalOrigin } from '@/lib/kernel/portal';

export const dynamic = 'force-dynamic';

/** Who signs certificates: what did:web leads to, at /.well-known/did.json. */
export const GET = endpoint({ may: 'public', input: z.object({}), writes: false }, async (tx) =>
  Response.json(issuerDocument(portalOrigin(), await trustedKeys(tx)), {
    headers: { 'content-type': 'application/did+json', 'cache-control': 'public, max-age=300' },
  }),
);
