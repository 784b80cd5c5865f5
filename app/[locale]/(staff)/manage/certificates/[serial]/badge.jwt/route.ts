import { endpoint } from '@/lib/access/doors';
import { badgeFile } from '@/lib/certificate/file';
import { credentialFacts } from '@/lib/certificate/queries';
import { serialInput } from '@/lib/certificate/schema';
import { refuse } from '@/lib/kernel/result';

/** The signed certificate for those who hand it to its owner. A revoked one is none. */
export const GET = endpoint({ may: 'roster.read', input: serialInput, writes: false }, async (tx, { serial }) => {
  const facts = await credentialFacts(tx, serial);
  return facts ? badgeFile(facts, 'jwt') : refuse('notFound');
});
