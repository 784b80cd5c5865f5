import { endpoint } from '@/lib/access/doors';
import { proved, statusList } from '@/lib/certificate/credential';
import { revokedPlaces } from '@/lib/certificate/queries';
import { listInput } from '@/lib/certificate/schema';
import { portalOrigin } from '@/lib/kernel/portal';

/** Which certificates were revoked, as a signed list of bits (W3C Bitstring Status List); it names none. */
export const GET = endpoint({ may: 'public', input: listInput, writes: false }, async (tx, { list }) => {
  const now = new Date();
  const document = statusList(portalOrigin(), list, await revokedPlaces(tx, list), now);
  return Response.json(proved(portalOrigin(), document, now), { headers: { 'cache-control': 'no-store' } });
});
