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
async function saidUnder(
  tx: ScopedTx,
  areaId: number,
  groups: readonly string[],
  day: string,
  where = tx`true`,
): Promise<Said[]> {
  return tx<Said[]>`
    select distinct on (e.area_id, e.grp) e.area_id, e.grp, e.people, e.source, e.as_of::text
    from area_tree t join eligible e on e.area_id = t.area_id
    where t.ancestor_id = ${areaId} and e.grp = any (${[...groups]}) and e.as_of <= ${day}::date and ${where}
    order by e.area_id, e.grp, e.as_of desc, e.id desc`;
}

const ofGroup = (said: readonly Said[], group: string) =>
  new Map(said.filter(({ grp }) => grp === group).map((one) => [one.areaId, one]));

/** How many of a group live in an area as of a day, by the rule of `peopleOf`. */
export async function eligibleOf(tx: ScopedTx, areaId: number, group: string, day: string): Promise<Eligible> {
  const [below, said] = await Promise.all([treeUnder(tx, areaId), saidUnder(tx, areaId, [group], day)]);
  return peopleOf(areaId, below, ofGroup(said, group));
}

/** Every place below one. */
const allUnder = (place: number, below: Below): number[] =>
  (below.get(place) ?? []).flatMap((id) => [id, ...allUnder(id, below)]);

/**
 * How many of a group live in an area and in each place directly below it, and of other groups in the area alone, as of a day: asked once, told
 * of any of them. Further down the other groups are asked about only where neither the area nor the place below it spoke for itself.
 */
export async function eligibleUnder(
  tx: ScopedTx,
  areaId: number,
  group: string,
  besides: readonly string[],
  day: string,
): Promise<(place: number, group: string) => Eligible> {
  const [below, near] = await Promise.all([
    treeUnder(tx, areaId),
    saidUnder(tx, areaId, [group, ...besides], day, tx`(e.grp = ${group} or t.depth <= 1)`),
  ]);
  const places = below.get(areaId) ?? [];
  const spoke = new Set(near.map(({ areaId: id, grp }) => `${id} ${grp}`));
  const open = besides.filter((of) => !spoke.has(`${areaId} ${of}`));
  const silent = places.filter((place) => open.some((of) => !spoke.has(`${place} ${of}`)));
  const within = silent.flatMap((place) => allUnder(place, below));
  const further =
    within.length > 0 ? await saidUnder(tx, areaId, open, day, tx`e.area_id = any (${within}) and t.depth > 1`) : [];
  const said = [...near, ...further];
  const byGroup = new Map([group, ...besides].map((of) => [of, ofGroup(said, of)]));
  return (place, of) => peopleOf(place, below, byGroup.get(of) ?? new Map());
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
