import type { ScopedTx } from '@/lib/access/scoped';
import { peopleIn, toldIn, type Below } from './rules';
import {
  eligibleGroups,
  sensitiveGroups,
  type Eligible,
  type EligibleRow,
  type Said,
  type SaidToCaller,
} from './schema';

type Language = 'vi' | 'en';

/** The tree under an area, itself left out: who lies directly in whom. */
async function treeUnder(tx: ScopedTx, areaId: number): Promise<Below> {
  const rows = await tx<{ parentId: number; ids: number[] }[]>`
    select p.ancestor_id as parent_id, array_agg(t.area_id order by t.area_id) as ids
    from area_tree t join area_tree p on p.area_id = t.area_id and p.depth = 1
    where t.ancestor_id = ${areaId} and t.depth > 0 group by 1`;
  return new Map(rows.map(({ parentId, ids }) => [parentId, ids]));
}

/**
 * What each area in and under one said last of some groups, as of a day, by group and area. Told by source: of a province there are thousands, of few
 * sources.
 */
async function saidUnder(
  tx: ScopedTx,
  areaId: number,
  groups: readonly string[],
  day: string,
): Promise<(group: string) => ReadonlyMap<number, Said>> {
  const rows = await tx<(Pick<Said, 'source' | 'asOf'> & { grp: string; places: number[]; people: number[] })[]>`
    select grp, source, as_of::text, places, people from (
      select e.grp, e.source, e.as_of, array_agg(e.area_id) as places, array_agg(e.people) as people
      from (
        select distinct on (area_id, grp) area_id, grp, people, source, as_of from eligible
        where grp = any (${[...groups]}) and as_of <= ${day}::date order by area_id, grp, as_of desc, id desc) e
      join area_tree t on t.area_id = e.area_id and t.ancestor_id = ${areaId} group by 1, 2, 3) found`;
  const found = new Map(groups.map((group) => [group, new Map<number, Said>()]));
  for (const { grp, source, asOf, places, people } of rows)
    for (const [nth, place] of places.entries()) found.get(grp)?.set(place, { people: people[nth] ?? 0, source, asOf });
  return (group) => found.get(group) ?? new Map();
}

/**
 * The same of sensitive groups, which nothing else asks: where the caller may look people up as of the day, elsewhere what was said last of all, since two days set
 * beside each other tell what changed between them. Only for `toldIn`.
 */
async function sensitiveUnder(
  tx: ScopedTx,
  areaId: number,
  groups: readonly string[],
  day: string,
): Promise<(group: string) => ReadonlyMap<number, SaidToCaller>> {
  const rows = await tx<(Omit<SaidToCaller, 'people'> & { grp: string; places: number[]; people: number[] })[]>`
    select grp, source, as_of::text, exact, array_agg(area_id) as places, array_agg(people) as people
    from eligible_sensitive(${areaId}, ${[...groups]}, ${day}) group by grp, source, as_of, exact`;
  const found = new Map(groups.map((group) => [group, new Map<number, SaidToCaller>()]));
  for (const { grp, places, people, ...said } of rows)
    for (const [nth, place] of places.entries()) found.get(grp)?.set(place, { ...said, people: people[nth] ?? 0 });
  return (group) => found.get(group) ?? new Map();
}

/** How many of a group live in an area as of a day, by the rule of `peopleIn`, of a sensitive group by that of `toldIn`. */
export async function eligibleOf(tx: ScopedTx, areaId: number, group: string, day: string): Promise<Eligible> {
  const living = await eligibleUnder(tx, areaId, [group], day);
  return living(areaId, group);
}

/** How many of a group live in a place, as of the day that was asked about. */
export type Living = (place: number, group: string) => Eligible;

/** How many of some groups live in an area and in each place below it, as of a day: asked once, told of any of them. */
export async function eligibleUnder(
  tx: ScopedTx,
  areaId: number,
  groups: readonly string[],
  day: string,
): Promise<Living> {
  const sensitive = groups.filter((group) => sensitiveGroups.includes(group));
  const others = groups.filter((group) => !sensitiveGroups.includes(group));
  const [below, said, kept] = await Promise.all([
    treeUnder(tx, areaId),
    others.length > 0 ? saidUnder(tx, areaId, others, day) : null,
    sensitive.length > 0 ? sensitiveUnder(tx, areaId, sensitive, day) : null,
  ]);
  const byGroup = new Map([
    ...others.map((group) => [group, peopleIn(below, said?.(group) ?? new Map())] as const),
    ...sensitive.map((group) => [group, toldIn(below, kept?.(group) ?? new Map())] as const),
  ]);
  return (place, group) => (byGroup.get(group) ?? peopleIn(below, new Map()))(place);
}

/** An area and the places directly below it, each with what is known of every group as of a day; the area itself first. */
export async function eligibleAround(
  tx: ScopedTx,
  language: Language,
  areaId: number,
  day: string,
): Promise<EligibleRow[]> {
  const [places, living] = await Promise.all([
    tx<{ id: number; name: string }[]>`
      select a.id, ${tx(`a.full_name_${language}`)} as name from area_tree t join area a on a.id = t.area_id
      where t.ancestor_id = ${areaId} and t.depth <= 1
      order by t.depth, regexp_replace(a.name_vi, '\\d+.*$', '') collate "vi-x-icu",
        substring(a.name_vi from '\\d{1,8}')::integer nulls first, a.name_vi collate "vi-x-icu", a.id limit 500`,
    eligibleUnder(tx, areaId, eligibleGroups, day),
  ]);
  return places.map(({ id, name }) => ({
    id,
    name,
    groups: Object.fromEntries(eligibleGroups.map((group) => [group, living(id, group)])),
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
