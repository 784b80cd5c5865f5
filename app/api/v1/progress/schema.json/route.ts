import { z } from 'zod';
import { endpoint } from '@/lib/access/doors';
import { portalOrigin } from '@/lib/kernel/portal';
import { openSchema } from '@/lib/progress/rules';

export const dynamic = 'force-dynamic';

/** What the open data's columns are, as CSV on the Web describes tables. */
export const GET = endpoint({ may: 'public', input: z.object({}), writes: false }, async () =>
  Response.json(openSchema(portalOrigin()), { headers: { 'cache-control': 'public, max-age=300' } }),
);
