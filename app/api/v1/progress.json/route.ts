import { endpoint } from '@/lib/access/doors';
import { portalOrigin } from '@/lib/kernel/portal';
import { progressOf } from '@/lib/progress/queries';
import { lastOver, openRows } from '@/lib/progress/rules';
import { licence, progressInput } from '@/lib/progress/schema';

export const dynamic = 'force-dynamic';

/** The public figures as JSON; what the fields are says `/api/v1/progress/schema.json`. */
export const GET = endpoint({ may: 'public', input: progressInput, writes: false }, async (tx, { period }) => {
  const progress = await progressOf(tx, period ?? lastOver('month', new Date()).key);
  return Response.json(
    {
      describedBy: `${portalOrigin()}/api/v1/progress/schema.json`,
      licence,
      period: progress.period,
      computedAt: progress.computedAt?.toISOString() ?? null,
      rows: openRows(progress),
    },
    { headers: { 'cache-control': 'public, max-age=300' } },
  );
});
