import { endpoint } from '@/lib/access/doors';
import { templateSheet } from '@/lib/import/queries';
import { templateAddress } from '@/lib/import/schema';
import { fileAnswer } from '@/lib/sheet/answer';

export const dynamic = 'force-dynamic';

/** An empty list to fill in. */
export const GET = endpoint(
  { may: 'declared.write', input: templateAddress, writes: false },
  async (tx, { kind, format, language }) => fileAnswer(await templateSheet(tx, language, kind, format)),
);
