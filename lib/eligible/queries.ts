import type { ScopedTx } from '@/lib/access/scoped';
import { peopleOf, type Below } from './rules';
import { eligibleGroups, type Eligible, type EligibleRow, type Said } from './schema';

type Language = 'vi' | 'en';

/** The tree under an area, itself left out: who lies directly in whom. */
async function treeUnder(tx: ScopedTx, areaId: number): Promise<Below> {
  const rows = await tx<{ parentId: number; ids: number[] }[]>`
    select p.ancestor_id as parent_id, array_agg(t.area_id order by t.area_id) as ids
    from area_tree t join area_tree p on p.area_id = t.area_id and p.depth = 1
    where t.ancestor_id = ${areaId} and t.depth > 0 group by 1`;
  return new Map(rows.map(({ parentId, ids }) => [parentId, ids]));
}

/** What each area in and under one said last of some groups, as of a day. Told by source: of a province there are thousands, of few sources. */
async function saidUnder(tx: ScopedTx, areaId: number, groups: readonly string[], day: string): Promise<Said[]> {
  const rows = await tx<(Pick<Said, 'grp' | 'source' | 'asOf'> & { people: Record<string, number> })[]>`
    select e.grp, e.source, e.as_of::text, json_object_agg(e.area_id, e.people) as people
    from (
      select distinct on (area_id, grp) area_id, grp, people, source, as_of from eligible
      where grp = any (${[...groups]}) and as_of <= ${day}::date order by area_id, grp, as_of desc, id desc) e
    join area_tree t on t.area_id = e.area_id and t.ancestor_id = ${areaId} group by 1, 2, 3`;
  return rows.flatMap(({ people, ...said }) =>
    Object.entries(people).map(([place, count]) => ({ ...said, areaId: Number(place), people: count })),
  );
}

const ofGroup = (said: readonly Said[], group: string) =>
  new Map(said.filter(({ grp }) => grp === group).map((one) => [one.areaId, one]));

/** How many of a group live in an area as of a day, by the rule of `peopleOf`. */
export async function eligibleOf(tx: ScopedTx, areaId: number, group: string, day: string): Promise<Eligible> {
  const [below, said] = await Promise.all([treeUnder(tx, areaId), saidUnder(tx, areaId, [group], day)]);
  return peopleOf(areaId, below, ofGroup(said, group));
}

/** How many of some groups live in an area and in each place below it, as of a day: asked once, told of any of them. */
export async function eligibleUnder(
  tx: ScopedTx,
  areaId: number,
  groups: readonly string[],
  day: string,
): Promise<(place: number, group: string) => Eligible> {
  const [below, said] = await Promise.all([treeUnder(tx, areaId), saidUnder(tx, areaId, groups, day)]);
  const byGroup = new Map(groups.map((of) => [of, ofGroup(said, of)]));
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
