import { endpoint } from '@/lib/access/doors';
import { achievement } from '@/lib/certificate/credential';
import { achievementFacts } from '@/lib/certificate/queries';
import { courseInput } from '@/lib/certificate/schema';
import { portalOrigin } from '@/lib/kernel/portal';
import { refuse } from '@/lib/kernel/result';

/** What a certificate of one version of a course certifies (Open Badges 3.0, Achievement). */
export const GET = endpoint({ may: 'public', input: courseInput, writes: false }, async (tx, { course }) => {
  const facts = await achievementFacts(tx, course);
  if (!facts) return refuse('notFound');
  const document = {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    ...achievement(portalOrigin(), facts),
  };
  return Response.json(document, { headers: { 'cache-control': 'public, max-age=300' } });
});
