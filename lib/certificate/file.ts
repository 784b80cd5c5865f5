import { portalOrigin } from '@/lib/kernel/portal';
import { asJwt, credential, proved } from './credential';
import type { CredentialFacts } from './schema';

/** A certificate as a file to take along: the signed JSON document, or the same as a VC-JWT. Never kept by anything on the way. */
export function badgeFile(facts: CredentialFacts, form: 'json' | 'jwt'): Response {
  const origin = portalOrigin();
  const document = credential(origin, facts);
  const body =
    form === 'json'
      ? `${JSON.stringify(proved(origin, document, facts.issuedAt), null, 2)}\n`
      : asJwt(origin, document, facts.issuedAt);
  return new Response(body, {
    headers: {
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
      'content-type': form === 'json' ? 'application/json; charset=utf-8' : 'application/vc+jwt',
      'content-disposition': `attachment; filename="chung-nhan-${facts.serial}.${form}"`,
    },
  });
}
