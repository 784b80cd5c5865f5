import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { tidy } from '@/lib/kernel/text';
import { BadBoundaries, readBoundaries, type ReadBoundaries } from './outline';
import { boundaryDraft, codedPlaces } from './queries';

async function note(tx: ScopedTx, caller: Caller, action: string, details: Record<string, string | number>) {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, ${action}, 'area', ${String(caller.areaId)}, ${caller.areaId}, ${tx.json(details)})`;
}

/**
 * Reads a file of boundaries and keeps it to be looked at, in place of what the account has sent before; nothing in use changes.
 * Refused at `shapes`, with nothing kept: what cannot be read, too much, no area of a known code, two of one code.
 */
export async function sendBoundaries(
  tx: ScopedTx,
  caller: Caller,
  { source, bytes, name }: { source: string; bytes: Buffer; name: string },
): Promise<Refusal | null> {
  const known = new Map((await codedPlaces(tx)).map(({ id, code }) => [code.replace(/^0+(?=\d)/, ''), id]));
  let found: ReadBoundaries;
  try {
    found = readBoundaries(bytes.toString('utf8').replace(/^\uFEFF/, ''), known);
  } catch (error) {
    if (error instanceof BadBoundaries) return refuse(error.reason, 'shapes');
    throw error;
  }
  // Sent twice at once, the later takes the place of the earlier.
  await tx`select pg_advisory_xact_lock(hashtextextended(${caller.accountId}, 12))`;
  await tx`delete from boundary_draft where account_id = ${caller.accountId}`;
  await tx`
    insert into boundary_draft (account_id, source, file_name, shapes, unmatched, points_before, points_after)
    values (${caller.accountId}, ${source}, ${tidy(name).slice(0, 120) || 'geojson'}, ${tx.json([...found.shapes])},
      ${found.unmatched.map(tidy)}, ${found.pointsBefore}, ${found.pointsAfter})`;
  return null;
}

/**
 * Puts what was looked at in the place of all boundaries in use, or drops it. Refuses `notFound` where that is no longer what the
 * account has sent last.
 */
export async function decideBoundaries(
  tx: ScopedTx,
  caller: Caller,
  { draft, act }: { draft: string; act: 'save' | 'drop' },
): Promise<Refusal | null> {
  const sent = await boundaryDraft(tx);
  if (sent?.id !== draft) return refuse('notFound');
  const decided = await tx`delete from boundary_draft where id = ${draft}`;
  if (decided.count === 0) return refuse('notFound');
  if (act === 'drop') return null;
  await tx`select pg_advisory_xact_lock(hashtext('camtay.area_boundary'))`;
  await tx`delete from area_boundary`;
  const rows = sent.shapes.map(({ areaId, path, box, spot }) => ({
    areaId,
    path,
    box: [...box],
    spot: [...spot],
    source: sent.source,
    importedBy: caller.accountId,
  }));
  for (let from = 0; from < rows.length; from += 200)
    await tx`insert into area_boundary ${tx(rows.slice(from, from + 200))}`;
  await note(tx, caller, 'area.draw', { file: sent.fileName, places: rows.length });
  return null;
}

/** Takes all boundaries away: maps are of squares again. Refuses `nothingChanged` where there are none. */
export async function removeBoundaries(tx: ScopedTx, caller: Caller): Promise<Refusal | null> {
  const gone = await tx`delete from area_boundary`;
  if (gone.count === 0) return refuse('nothingChanged');
  await note(tx, caller, 'area.undraw', { places: gone.count });
  return null;
}
