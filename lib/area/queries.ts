import type { Capability } from '@/db/capabilities';
import type { ScopedTx } from '@/lib/access/scoped';
import { fold } from '@/lib/kernel/text';
import { unitKinds, type AreaKind, type PlaceChoice } from './schema';

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

export interface AreaRow {
  id: number;
  officialCode: string | null;
  kind: AreaKind;
  fullNameVi: string;
  fullNameEn: string;
  validFrom: string;
  validTo: string | null;
  /** Open places directly below. */
  children: number;
  /** What it was found by, when that was another name. */
  alias: string | null;
}

/** Places at the top of today's tree: those under nobody. */
export async function topAreas(tx: ScopedTx): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`
    select id from area a where (valid_to is null or valid_to > current_date)
      and not exists (select from area_tree t where t.area_id = a.id and t.depth > 0) order by id limit 20`;
  return rows.map(({ id }) => id);
}

/** Open places directly below a place, with the number below each; at most 500. */
export function areasBelow(tx: ScopedTx, parentId: number) {
  return tx<AreaRow[]>`
    select a.id, a.official_code, a.kind, a.full_name_vi, a.full_name_en, a.valid_from, a.valid_to, null as alias,
           (select count(*)::int from area_tree b where b.ancestor_id = a.id and b.depth = 1) as children
    from area_tree t join area a on a.id = t.area_id
    where t.ancestor_id = ${parentId} and t.depth = 1 and (a.valid_to is null or a.valid_to > current_date)
    order by a.kind, a.name_vi collate "vi-x-icu", a.id limit 500`;
}

/** Open places whose name, or a name they once had, holds the words; with or without diacritics; at most 50, nearest the top first. */
export function searchAreas(tx: ScopedTx, words: string) {
  const pattern = `%${fold(words)}%`;
  return tx<AreaRow[]>`
    select a.id, a.official_code, a.kind, a.full_name_vi, a.full_name_en, a.valid_from, a.valid_to,
           case when a.name_folded like ${pattern} then null else
             (select min(l.name) from area_alias l where l.area_id = a.id and l.name_folded like ${pattern}) end as alias,
           (select count(*)::int from area_tree b where b.ancestor_id = a.id and b.depth = 1) as children
    from area a
    where ${fold(words)} <> '' and (a.valid_to is null or a.valid_to > current_date)
      and (a.name_folded like ${pattern} or a.id in (select l.area_id from area_alias l where l.name_folded like ${pattern}))
    order by (select max(depth) from area_tree t where t.area_id = a.id), a.name_vi collate "vi-x-icu", a.id limit 50`;
}

export interface AreaRecord {
  id: number;
  officialCode: string | null;
  kind: AreaKind;
  nameVi: string;
  fullNameVi: string;
  fullNameEn: string;
  validFrom: string;
  validTo: string | null;
  above: { id: number; fullNameVi: string; fullNameEn: string }[];
  aliases: {
    kind: 'predecessor' | 'former_district' | 'former_province' | 'spelling';
    name: string;
    validTo: string | null;
  }[];
}

/** One place with the line above it (the top first) and its other names; null when there is none. */
export async function areaRecord(tx: ScopedTx, areaId: number): Promise<AreaRecord | null> {
  const [row] = await tx<AreaRecord[]>`
    select a.id, a.official_code, a.kind, a.name_vi, a.full_name_vi, a.full_name_en, a.valid_from, a.valid_to,
           coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'fullNameVi', p.full_name_vi, 'fullNameEn', p.full_name_en) order by t.depth desc)
             from area_tree t join area p on p.id = t.ancestor_id where t.area_id = a.id and t.depth > 0), '[]') as above,
           coalesce((select jsonb_agg(jsonb_build_object('kind', l.kind, 'name', l.name, 'validTo', l.valid_to) order by l.valid_to desc nulls last, l.kind, l.name)
             from area_alias l where l.area_id = a.id), '[]') as aliases
    from area a where a.id = ${areaId}`;
  return row ?? null;
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
