import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { leaveJob } from '@/lib/job/commands';
import { jobShown } from '@/lib/job/queries';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { tidy } from '@/lib/kernel/text';
import { kinds } from './queries';
import { checkAsked, type ImportKind } from './schema';

type Language = 'vi' | 'en';

/**
 * Leaves a list to the portal to be checked; nothing of it is written. Refused: a kind one may not import (`notFound`), too much open
 * work (`tooManyJobs`).
 */
export async function checkList(
  tx: ScopedTx,
  caller: Caller,
  language: Language,
  { kind, bytes, name }: { kind: ImportKind; bytes: Buffer; name: string },
): Promise<Refusal | { id: string }> {
  if (!caller.capabilities.includes(kinds[kind].may)) return refuse('notFound', 'kind');
  return leaveJob(tx, caller, {
    kind: 'import_check',
    language,
    input: { kind },
    file: { bytes, name: tidy(name).slice(0, 120) || 'list' },
  });
}

/**
 * Leaves a checked list to be written, all of it or its good rows. Refused: no check of one's own that ended well (`notFound`), its
 * file erased already (`fileErased`), too much open work.
 */
export async function writeList(
  tx: ScopedTx,
  caller: Caller,
  language: Language,
  { checkId, which, warned }: { checkId: string; which: 'all' | 'good'; warned: boolean },
): Promise<Refusal | { id: string }> {
  const check = await jobShown(tx, checkId, ['cells']);
  const asked = checkAsked.safeParse(check?.input);
  if (!check || check.kind !== 'import_check' || check.state !== 'done' || !asked.success) return refuse('notFound');
  if (!check.hasFile) return refuse('fileErased');
  return leaveJob(tx, caller, {
    kind: 'import_write',
    language,
    input: { kind: asked.data.kind, checkId, which, warned },
  });
}
