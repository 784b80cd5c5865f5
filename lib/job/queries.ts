import type { ScopedTx } from '@/lib/access/scoped';
import { mostOpen, type JobLine, type JobShown } from './schema';

const line = (tx: ScopedTx) => tx`
  id, kind, state, file_name, output_name, file is not null as has_file, output is not null as has_output, progress, total, reason,
  kept_until, created_at, finished_at`;

/** The caller's own work of these kinds, the newest first; nobody sees anybody else's. */
export async function jobsOf(tx: ScopedTx, kinds: readonly string[] | null = null, most = 50): Promise<JobLine[]> {
  const rows = await tx<JobLine[]>`
    select ${line(tx)} from job where ${kinds === null ? tx`true` : tx`kind in ${tx(kinds)}`}
    order by created_at desc, id desc limit ${most}`;
  return [...rows];
}

/** One piece of the caller's own work; null when it is nobody's or somebody else's. `without` leaves long lists of the result unread. */
export async function jobShown(tx: ScopedTx, id: string, without: readonly string[] = []): Promise<JobShown | null> {
  const [row] = await tx<JobShown[]>`
    select ${line(tx)}, input, result - ${[...without, 'needs']}::text[] as result from job where id = ${id}`;
  return row ?? null;
}

/** A stretch of a list in the result of one's own work; empty where there is none. */
export async function jobResultPart(
  tx: ScopedTx,
  id: string,
  { list, from, most }: { readonly list: string; readonly from: number; readonly most: number },
): Promise<unknown[]> {
  const [row] = await tx<{ part: unknown[] }[]>`
    select coalesce((
      select jsonb_agg(item order by at) from jsonb_array_elements(result -> ${list}::text) with ordinality as items (item, at)
      where at > ${from} and at <= ${from + most}), '[]') as part
    from job where id = ${id} and jsonb_typeof(result -> ${list}::text) = 'array'`;
  return row?.part ?? [];
}

/** What one's own work made, and its name; null when there is nothing, or no more, or one lost a right it was made with. */
export async function jobOutput(tx: ScopedTx, id: string): Promise<{ output: Buffer; outputName: string } | null> {
  const [row] = await tx<{ output: Buffer; outputName: string }[]>`
    select output, output_name from job where id = ${id} and state = 'done' and output is not null and kept_until > now()
      and not exists (select from jsonb_array_elements(
          -- One alone, as it was kept by earlier builds.
          case jsonb_typeof(result -> 'needs') when 'array' then result -> 'needs' when 'object' then jsonb_build_array(result -> 'needs') else '[]' end) need, jsonb_array_elements_text(need -> 'areas') needed
        where needed::integer <> all (coalesce(may_areas(need ->> 'may'), '{}')))`;
  return row ?? null;
}

/** The file that was sent with one's own work; null when it was erased. */
export async function jobFile(tx: ScopedTx, id: string): Promise<{ file: Buffer; fileName: string } | null> {
  const [row] = await tx<{ file: Buffer; fileName: string }[]>`
    select file, file_name from job where id = ${id} and file is not null and (kept_until is null or kept_until > now())`;
  return row ?? null;
}

/** Whether the caller may leave one more piece of work to the portal. */
export async function mayLeaveMore(tx: ScopedTx): Promise<boolean> {
  const [row] = await tx<{ open: number }[]>`select count(*) as open from job where state in ('queued', 'running')`;
  return (row?.open ?? 0) < mostOpen;
}
