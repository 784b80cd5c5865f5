import { endpoint } from '@/lib/access/doors';
import { progressOf } from '@/lib/progress/queries';
import { lastOver, openCsv } from '@/lib/progress/rules';
import { progressInput } from '@/lib/progress/schema';

export const dynamic = 'force-dynamic';

/** The public figures as CSV; what its columns are says `/api/v1/progress/schema.json`. */
export const GET = endpoint({ may: 'public', input: progressInput, writes: false }, async (tx, { period }) => {
  const csv = openCsv(await progressOf(tx, period ?? lastOver('month', new Date()).key));
  return new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'cache-control': 'public, max-age=300',
      link: '</api/v1/progress/schema.json>; rel="describedby"; type="application/csvm+json"',
    },
  });
});
