import type { Capability } from '@/db/capabilities';
import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds, type PlaceChoice } from './schema';

/** The communes, wards and special zones of today, by name, to choose from. */
export async function unitChoices(tx: ScopedTx, language: 'vi' | 'en'): Promise<readonly PlaceChoice[]> {
  return tx<PlaceChoice[]>`
    select id, ${tx(`full_name_${language}`)} as name
    from area
    where kind in ${tx(unitKinds)} and valid_from <= current_date and (valid_to is null or valid_to > current_date)
    order by name_vi collate "vi-x-icu", id`;
}

/** Where one can say one lives within the unit an area lies in: that unit, and every place below it, "2" before "10". */
export async function homesAround(
  tx: ScopedTx,
  language: 'vi' | 'en',
  areaId: number,
): Promise<{ unit: PlaceChoice | null; villages: readonly PlaceChoice[] }> {
  const rows = await tx<(PlaceChoice & { isUnit: boolean })[]>`
    with unit as (
      select u.id from area_tree t join area u on u.id = t.ancestor_id
      where t.area_id = ${areaId} and u.kind in ${tx(unitKinds)} order by t.depth limit 1
    )
    select a.id, ${tx(`a.full_name_${language}`)} as name, a.id = unit.id as is_unit
    from unit join area_tree t on t.ancestor_id = unit.id join area a on a.id = t.area_id
    where a.valid_to is null or a.valid_to > current_date
    order by regexp_replace(a.name_vi, '\\d+.*$', '') collate "vi-x-icu",
             substring(a.name_vi from '\\d{1,8}')::integer nulls first, a.name_vi collate "vi-x-icu", a.id
    limit 400`;
  const unit = rows.find((row) => row.isUnit) ?? null;
  return { unit, villages: rows.filter((row) => !row.isUnit) };
}

/** The full name of a place, with that of the unit it lies in; null when there is none with this number. */
export async function placeNamed(
  tx: ScopedTx,
  language: 'vi' | 'en',
  areaId: number,
): Promise<(PlaceChoice & { isUnit: boolean }) | null> {
  const [place] = await tx<(PlaceChoice & { isUnit: boolean })[]>`
    select a.id, a.kind in ${tx(unitKinds)} as is_unit,
      ${tx(`a.full_name_${language}`)} || coalesce((
        select ', ' || ${tx(`u.full_name_${language}`)} from area_tree t join area u on u.id = t.ancestor_id
        where t.area_id = a.id and t.depth > 0 and u.kind in ${tx(unitKinds)} order by t.depth limit 1), '') as name
    from area a where a.id = ${areaId}`;
  return place ?? null;
}

/** Areas under the caller's grants where a verb is held, at most `depth` levels down; the granted ones first, then by name. */
export async function areaChoices(
  tx: ScopedTx,
  language: 'vi' | 'en',
  { grants, capability, depth }: { grants: readonly { areaId: number }[]; capability: Capability; depth: number },
): Promise<PlaceChoice[]> {
  return tx<PlaceChoice[]>`
    select a.id, ${tx(`a.full_name_${language}`)} as name
    from (select area_id, min(depth) as depth from area_tree
          where ancestor_id in ${tx(grants.map((grant) => grant.areaId).concat(0))} and depth <= ${depth}
            and area_id = any (coalesce((select may_areas(${capability})), '{}')) group by area_id) t
    join area a on a.id = t.area_id
    order by t.depth, a.name_vi collate "vi-x-icu" limit 500`;
}
