import type { Caller, ScopedTx, SystemTx } from '@/lib/access/scoped';
import { fold } from '@/lib/kernel/text';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { namesOf } from './rules';
import { communeTerrains } from './queries';
import { addableKinds, type AreaKind, type NewArea, type TerrainSaid } from './schema';

/** Work as the system role inside the same transaction; the action hands `elevated` in, so that doors stay out of here. */
type Elevated = <R>(tx: ScopedTx, reason: string, work: (tx: SystemTx) => Promise<R>) => Promise<R>;

interface Place {
  id: number;
  kind: AreaKind;
  nameVi: string;
  fullNameVi: string;
  validFrom: string;
  closed: boolean;
  today: string;
}

/** Changes of the tree take turns: they number new places and rebuild the flattened tree. */
async function takeTurn(tx: ScopedTx) {
  await tx`select pg_advisory_xact_lock(hashtext('camtay.area_tree'))`;
}

async function place(tx: ScopedTx, areaId: number): Promise<Place | undefined> {
  const [row] = await tx<Place[]>`
    select id, kind, name_vi, full_name_vi, valid_from, valid_to is not null as closed, current_date as today from area where id = ${areaId}`;
  return row;
}

async function note(tx: ScopedTx, caller: Caller, action: string, areaId: number, details: Record<string, string>) {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, ${action}, 'area', ${String(areaId)}, ${areaId}, ${tx.json(details)})`;
}

const rebuild = (tx: ScopedTx, elevated: Elevated) =>
  elevated(tx, 'rebuild the tree of areas', (system) => system`select rebuild_area_tree()`);

async function nameTaken(tx: ScopedTx, parentId: number, folded: string, except: number): Promise<boolean> {
  const found = await tx`
    select from area_tree t join area a on a.id = t.area_id
    where t.ancestor_id = ${parentId} and t.depth = 1 and a.id <> ${except} and a.valid_to is null and a.name_folded = ${folded}`;
  return found.count > 0;
}

/**
 * Adds a village, hamlet or residential group under a place, from a day that has come. Places without a code are numbered from
 * 1 000 000. Refuses `notFound` (also under a closed place), `dayNotCome`, `areaExists`.
 */
export async function addArea(
  tx: ScopedTx,
  caller: Caller,
  { parent, kind, name, from }: NewArea,
  elevated: Elevated,
): Promise<Refusal | { areaId: number }> {
  await takeTurn(tx);
  const above = await place(tx, parent);
  if (!above || above.closed) return refuse('notFound');
  if (from > above.today) return refuse('dayNotCome', 'from');
  if (from < above.validFrom) return refuse('dayBeforeParent', 'from');
  const names = namesOf(kind, name);
  const folded = fold(names.fullNameVi);
  if (await nameTaken(tx, parent, folded, 0)) return refuse('areaExists', 'name');
  const [next] = await tx<{ id: number }[]>`select greatest(max(id), 999999) + 1 as id from area`;
  const areaId = next?.id ?? 1_000_000;
  await tx`
    insert into area (id, kind, name_vi, name_en, full_name_vi, full_name_en, name_folded, valid_from)
    values (${areaId}, ${kind}, ${names.nameVi}, ${names.nameEn}, ${names.fullNameVi}, ${names.fullNameEn}, ${folded}, ${from})`;
  await tx`insert into area_parent (area_id, parent_id, valid_from) values (${areaId}, ${parent}, ${from})`;
  await rebuild(tx, elevated);
  await note(tx, caller, 'area.add', areaId, { kind, from });
  return { areaId };
}

/**
 * Gives a place a new name from a day that has come; the old one stays findable, with the day it ended. Refuses `notFound`,
 * `dayNotCome`, `nothingChanged`, `areaExists`.
 */
export async function renameArea(
  tx: ScopedTx,
  caller: Caller,
  { area, name, from }: { area: number; name: string; from: string },
): Promise<Refusal | null> {
  await takeTurn(tx);
  const before = await place(tx, area);
  if (!before || before.closed) return refuse('notFound');
  if (from > before.today) return refuse('dayNotCome', 'from');
  const names = namesOf(before.kind, name);
  if (names.nameVi === before.nameVi) return refuse('nothingChanged', 'name');
  const folded = fold(names.fullNameVi);
  const [parent] = await tx<
    { id: number }[]
  >`select ancestor_id as id from area_tree where area_id = ${area} and depth = 1`;
  if (parent && (await nameTaken(tx, parent.id, folded, area))) return refuse('areaExists', 'name');
  await tx`
    insert into area_alias (area_id, kind, name, name_folded, valid_to)
    values (${area}, 'predecessor', ${before.fullNameVi}, ${fold(before.fullNameVi)}, ${from}) on conflict do nothing`;
  const done = await tx`
    update area set name_vi = ${names.nameVi}, name_en = ${names.nameEn}, full_name_vi = ${names.fullNameVi},
                    full_name_en = ${names.fullNameEn}, name_folded = ${folded} where id = ${area}`;
  if (done.count === 0) return refuse('notFound');
  await note(tx, caller, 'area.rename', area, { from });
  return null;
}

/**
 * Closes a place without a code from a day on: it leaves the tree that day, and everything recorded there stays. Refuses
 * `notFound`, `areaHasCode` (units follow the state's list), `areaHasPlaces`, `areaHasClasses`, `dayBeforeBegin`, `dayNotCome`.
 */
export async function closeArea(
  tx: ScopedTx,
  caller: Caller,
  { area, from }: { area: number; from: string },
  elevated: Elevated,
): Promise<Refusal | null> {
  await takeTurn(tx);
  const before = await place(tx, area);
  if (!before || before.closed) return refuse('notFound');
  if (!addableKinds.some((kind) => kind === before.kind)) return refuse('areaHasCode');
  if (from > before.today) return refuse('dayNotCome', 'from');
  if (from <= before.validFrom) return refuse('dayBeforeBegin', 'from');
  const below = await tx`select from area_tree where ancestor_id = ${area} and depth > 0 limit 1`;
  if (below.count > 0) return refuse('areaHasPlaces');
  const classes = await elevated(
    tx,
    'are there sessions to come in the place',
    (system) => system`
      select from class_session where area_id = ${area} and starts_at >= ${from}::date and status in ('planned', 'published') limit 1`,
  );
  if (classes.count > 0) return refuse('areaHasClasses');
  const done = await tx`update area set valid_to = ${from} where id = ${area}`;
  if (done.count === 0) return refuse('notFound');
  await tx`update area_parent set valid_to = ${from} where area_id = ${area} and valid_to is null`;
  await rebuild(tx, elevated);
  await note(tx, caller, 'area.close', area, { from });
  return null;
}

/**
 * Says of communes what kind of country they lie in. Only what was changed in the form is written, so that what somebody else said meanwhile of others
 * stays; each change is an entry of the log. Refuses `notFound`: no commune of today.
 */
export async function setTerrains(tx: ScopedTx, caller: Caller, said: readonly TerrainSaid[]): Promise<Refusal | null> {
  await takeTurn(tx);
  const now = new Map((await communeTerrains(tx)).map(({ id, terrain }) => [id, terrain]));
  if (said.some(({ areaId }) => !now.has(areaId))) return refuse('notFound');
  for (const { areaId, terrain, was } of said) {
    const before = now.get(areaId) ?? null;
    if (terrain === was || terrain === before) continue;
    const done = await tx`update area set terrain = ${terrain} where id = ${areaId}`;
    if (done.count === 0) return refuse('notFound');
    await note(tx, caller, 'area.terrain', areaId, { from: before ?? '', to: terrain ?? '' });
  }
  return null;
}
