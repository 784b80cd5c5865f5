import type { ScopedTx } from '@/lib/access/scoped';
import { peopleOf, type Below } from './rules';
import { eligibleGroups, type Eligible, type EligibleRow, type Said } from './schema';

type Language = 'vi' | 'en';

/** The tree under an area, itself left out: who lies directly in whom. */
async function treeUnder(tx: ScopedTx, areaId: number): Promise<Below> {
  const rows = await tx<{ id: number; parentId: number }[]>`
    select t.area_id as id, p.ancestor_id as parent_id from area_tree t join area_tree p on p.area_id = t.area_id and p.depth = 1
    where t.ancestor_id = ${areaId} and t.depth > 0 order by t.area_id limit 20000`;
  const below = new Map<number, number[]>();
  for (const { id, parentId } of rows) below.set(parentId, [...(below.get(parentId) ?? []), id]);
  return below;
}

/** What each area in and under one said last of some groups, as of a day. */
async function saidUnder(tx: ScopedTx, areaId: number, groups: readonly string[], day: string): Promise<Said[]> {
  return tx<Said[]>`
    select distinct on (e.area_id, e.grp) e.area_id, e.grp, e.people, e.source, e.as_of::text
    from area_tree t join eligible e on e.area_id = t.area_id
    where t.ancestor_id = ${areaId} and e.grp = any (${[...groups]}) and e.as_of <= ${day}::date
    order by e.area_id, e.grp, e.as_of desc, e.id desc`;
}

const ofGroup = (said: readonly Said[], group: string) =>
  new Map(said.filter(({ grp }) => grp === group).map((one) => [one.areaId, one]));

/** How many of a group live in an area as of a day, by the rule of `peopleOf`. */
export async function eligibleOf(tx: ScopedTx, areaId: number, group: string, day: string): Promise<Eligible> {
  const [below, said] = await Promise.all([treeUnder(tx, areaId), saidUnder(tx, areaId, [group], day)]);
  return peopleOf(areaId, below, ofGroup(said, group));
}

/**
 * How many of some groups live in an area and in each place directly below it, as of a day: asked once, told of any of them. Further down only
 * where a place has not spoken for itself.
 */
export async function eligibleUnder(tx: ScopedTx, areaId: number, groups: readonly string[], day: string) {
  const near = await tx<{ id: number }[]>`
    select area_id as id from area_tree where ancestor_id = ${areaId} and depth <= 1 order by depth, area_id limit 501`;
  const spoken = await saidOf(
    tx,
    near.map(({ id }) => id),
    groups,
    day,
  );
  const silent = near
    .filter(
      ({ id }) =>
        id !== areaId && groups.some((group) => !spoken.some((one) => one.areaId === id && one.grp === group)),
    )
    .map(({ id }) => id);
  const further = await tx<{ id: number; parentId: number }[]>`
    select t.area_id as id, p.ancestor_id as parent_id from area_tree t join area_tree p on p.area_id = t.area_id and p.depth = 1
    where t.ancestor_id = any (${silent}) and t.depth > 0 limit 20000`;
  const said = [
    ...spoken,
    ...(await saidOf(
      tx,
      further.map(({ id }) => id),
      groups,
      day,
    )),
  ];
  const below = new Map<number, number[]>([[areaId, near.flatMap(({ id }) => (id === areaId ? [] : [id]))]]);
  for (const { id, parentId } of further) below.set(parentId, [...(below.get(parentId) ?? []), id]);
  const byGroup = new Map(groups.map((group) => [group, ofGroup(said, group)]));
  return (place: number, group: string): Eligible => peopleOf(place, below, byGroup.get(group) ?? new Map());
}

/** What these areas said last of some groups, as of a day. */
async function saidOf(tx: ScopedTx, areas: readonly number[], groups: readonly string[], day: string): Promise<Said[]> {
  if (areas.length === 0) return [];
  return tx<Said[]>`
    select a.id as area_id, g.grp, e.people, e.source, e.as_of::text
    from unnest(${[...areas]}::int[]) a (id), unnest(${[...groups]}::text[]) g (grp),
    lateral (select people, source, as_of from eligible e where e.area_id = a.id and e.grp = g.grp and e.as_of <= ${day}::date
      order by e.as_of desc, e.id desc limit 1) e`;
}

/** An area and the places directly below it, each with what is known of every group as of a day; the area itself first. */
export async function eligibleAround(
  tx: ScopedTx,
  language: Language,
  areaId: number,
  day: string,
): Promise<EligibleRow[]> {
  const [places, below, said] = await Promise.all([
    tx<{ id: number; name: string }[]>`
      select a.id, ${tx(`a.full_name_${language}`)} as name from area_tree t join area a on a.id = t.area_id
      where t.ancestor_id = ${areaId} and t.depth <= 1
      order by t.depth, regexp_replace(a.name_vi, '\\d+.*$', '') collate "vi-x-icu",
        substring(a.name_vi from '\\d{1,8}')::integer nulls first, a.name_vi collate "vi-x-icu", a.id limit 500`,
    treeUnder(tx, areaId),
    saidUnder(tx, areaId, eligibleGroups, day),
  ]);
  const byGroup = eligibleGroups.map((group) => [group, ofGroup(said, group)] as const);
  return places.map(({ id, name }) => ({
    id,
    name,
    groups: Object.fromEntries(byGroup.map(([group, known]) => [group, peopleOf(id, below, known)])),
  }));
}

/** An area whose figures the caller may see: its name, whether they may say how many live there, and what it lies directly in; else null. */
export async function eligiblePlace(tx: ScopedTx, language: Language, areaId: number) {
  const [place] = await tx<
    { id: number; name: string; mayWrite: boolean; parentId: number | null; hasPlaces: boolean }[]
  >`
    select a.id, ${tx(`a.full_name_${language}`)} as name, a.id = any (coalesce((select may_areas('declared.write')), '{}')) as may_write,
      (select ancestor_id from area_tree t where t.area_id = a.id and t.depth = 1
        and ancestor_id = any (coalesce((select may_areas('figures.read')), '{}'))) as parent_id,
      exists (select from area_tree t where t.ancestor_id = a.id and t.depth = 1) as has_places
    from area a where a.id = ${areaId} and a.id = any (coalesce((select may_areas('figures.read')), '{}'))`;
  return place ?? null;
}
