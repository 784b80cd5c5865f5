import { asSystem } from '@/lib/access/scoped';
import { keyedHash } from '@/lib/kernel/operation';
import { log } from '@/lib/kernel/log';

/** Where operations lie: of registers, and of doors. */
const tables = ['register_operation', 'visit_operation'] as const;
const atOnce = 500;

/**
 * Replaces what earlier builds kept of operations, a plain hash that whoever reads the rows could guess the content of, by a keyed one. By whom
 * it is done and how often makes no difference; a row somebody holds just now is left for the next start, and is known again all the same
 * (`isSameContent`). Says how many it replaced.
 */
export async function keyOldHashes(): Promise<number> {
  let replaced = 0;
  for (const table of tables)
    for (let after: string | null = '00000000-0000-0000-0000-000000000000'; after !== null;) {
      const from: string = after;
      after = await asSystem('operations: key the hashes of earlier builds', async (tx) => {
        const rows = await tx<{ id: string; contentHash: string }[]>`
          select id, content_hash from ${tx(table)} where id > ${from} and content_hash ~ '^[0-9a-f]{64}$'
          order by id limit ${atOnce} for update skip locked`;
        await tx`
          update ${tx(table)} o set content_hash = w.hash
          from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map((row) => keyedHash(row.contentHash))}::text[]) w (id, hash) where o.id = w.id`;
        replaced += rows.length;
        return rows.at(-1)?.id ?? null;
      });
    }
  return replaced;
}

/** Does it once, beside the serving, at every start; trouble is logged and the next start tries again. */
export function keepHashesKeyed(): void {
  void keyOldHashes().catch((error: unknown) =>
    log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'hashes of operations not keyed'),
  );
}
