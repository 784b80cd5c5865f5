import type { Capability } from '@/db/capabilities';
import type { ScopedTx } from '@/lib/access/scoped';
import { fold } from '@/lib/kernel/text';
import { nearForms, placeQuery, rankPlaces, type PlaceQuery } from './rules';
import { unitKinds, type AreaKind, type PlaceChoice, type PlaceFound, type PlaceHit, type Terrain } from './schema';

type Language = 'vi' | 'en';
const always = (tx: ScopedTx) => tx`true`;
type Piece = ReturnType<typeof always>;

/** The communes, wards and special zones of today, by name, to choose from. */
export async function unitChoices(tx: ScopedTx, language: Language): Promise<readonly PlaceChoice[]> {
  return tx<PlaceChoice[]>`
    select id, ${tx(`full_name_${language}`)} as name
    from area
    where kind in ${tx(unitKinds)} and valid_from <= current_date and (valid_to is null or valid_to > current_date)
    order by name_vi collate "vi-x-icu", id`;
}

/** Where one can say one lives within the unit an area lies in: that unit, and every place below it, "2" before "10". */
export async function homesAround(
  tx: ScopedTx,
  language: Language,
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

/** A place looked at: its full name with that of the unit it lies in, and that unit. */
export interface PlaceLooked extends PlaceChoice {
  readonly label: string;
  readonly isUnit: boolean;
  /** The unit itself for a unit; null above the units. */
  readonly unitId: number | null;
  readonly unitName: string | null;
}

/** The place with this number; null when there is none. */
export async function placeNamed(tx: ScopedTx, language: Language, areaId: number): Promise<PlaceLooked | null> {
  const [place] = await tx<PlaceLooked[]>`
    select a.id, a.kind in ${tx(unitKinds)} as is_unit, ${tx(`a.full_name_${language}`)} as label,
      u.id as unit_id, ${tx(`u.full_name_${language}`)} as unit_name,
      ${tx(`a.full_name_${language}`)} || case when u.id <> a.id then ', ' || ${tx(`u.full_name_${language}`)} else '' end as name
    from area a left join lateral (select u.id, u.full_name_vi, u.full_name_en from area_tree t join area u on u.id = t.ancestor_id
      where t.area_id = a.id and u.kind in ${tx(unitKinds)} order by t.depth limit 1) u on true
    where a.id = ${areaId}`;
  return place ? { ...place, name: place.name ?? place.label } : null;
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

export interface CommuneTerrain {
  readonly id: number;
  readonly fullNameVi: string;
  readonly fullNameEn: string;
  readonly formerDistrict: string | null;
  readonly terrain: Terrain | null;
}

/** The communes of today by name, each with the country it is said to lie in. */
export async function communeTerrains(tx: ScopedTx): Promise<CommuneTerrain[]> {
  return tx<CommuneTerrain[]>`
    select a.id, a.full_name_vi, a.full_name_en, a.terrain,
      (select min(l.name) from area_alias l where l.area_id = a.id and l.kind = 'former_district') as former_district
    from area a where a.kind = 'commune' and a.valid_from <= current_date and (a.valid_to is null or a.valid_to > current_date)
    order by a.name_vi collate "vi-x-icu", a.id limit 2000`;
}

export interface AreaRecord {
  id: number;
  officialCode: string | null;
  kind: AreaKind;
  terrain: Terrain | null;
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
    select a.id, a.official_code, a.kind, a.terrain, a.name_vi, a.full_name_vi, a.full_name_en, a.valid_from, a.valid_to,
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
  language: Language,
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

/** Every name of every place of today for which something holds, as rows of (id, kind, name, words); each table by its own index. */
function named(tx: ScopedTx, holds: (name: Piece) => Piece): Piece {
  return tx`
    select id, 'today' as kind, full_name_vi as name, words from area
    where ${holds(tx`full_name_vi`)} and valid_from <= current_date and (valid_to is null or valid_to > current_date)
    union all select area_id, kind, name, words from area_alias where ${holds(tx`name`)}`;
}

/**
 * The places of some names that lie in the places of others, or bear both names. Each half is looked up once and kept, and the tree
 * is walked upwards: what it takes is the number of those names by the depth of the tree, whatever the planner expects.
 */
function within(tx: ScopedTx, heads: Piece, tails: Piece, fits: Piece): Piece {
  return tx`
    (with head as materialized (${heads}), tail as materialized (${tails}),
      above as materialized (select h.*, t.ancestor_id, t.depth from head h join area_tree t on t.area_id = h.id)
    select h.id, h.kind, h.name, t.name as within, t.kind as within_kind, true as good
    from above h join tail t on t.id = h.ancestor_id
    where ${fits} and (h.depth > 0 or t.kind not in ('today', h.kind)))`;
}

/** The hits with what the reader sees of them. The province is no place one lives in. */
function told(tx: ScopedTx, language: Language, hits: Piece) {
  return tx<PlaceHit[]>`
    select a.id, a.kind, ${tx(`a.full_name_${language}`)} as label, u.id as unit_id, ${tx(`u.full_name_${language}`)} as unit_label,
      h.name, h.kind as name_kind, h.within, h.within_kind
    from (select * from (${hits}) found order by good desc, kind = 'today' desc, id limit 150) h
      join area a on a.id = h.id and a.kind <> 'province' and (a.valid_to is null or a.valid_to > current_date)
      left join lateral (select u.id, u.full_name_vi, u.full_name_en from area_tree t join area u on u.id = t.ancestor_id
        where t.area_id = a.id and t.depth > 0 and u.kind in ${tx(unitKinds)} order by t.depth limit 1) u on true
    order by coalesce(${tx(`u.full_name_${language}`)}, '') collate "vi-x-icu", a.name_vi collate "vi-x-icu", a.id`;
}

/**
 * The places somebody may mean by what they typed, best first: by today's name, the predecessor's, the former district's or
 * province's, another spelling; with or without marks and kind words; a village with its unit behind it. When there is none,
 * those one letter away. Read by everybody.
 */
export async function findPlaces(tx: ScopedTx, language: Language, typed: string, most = 12): Promise<PlaceFound[]> {
  const query = placeQuery(typed);
  if (!query) return [];
  const found = rankPlaces(query, await withoutTypo(tx, language, query));
  if (found.length > 0) return found.slice(0, most);
  const bare = query.typed.replace(/\([^)]*\)/g, ' ');
  if (bare !== query.typed) return findPlaces(tx, language, bare, most);
  return rankPlaces(query, await oneTypoAway(tx, language, query)).slice(0, most);
}

const bearing = (tx: ScopedTx, words: readonly string[]) => named(tx, () => tx`words = any (${words}::text[])`);

/** Places whose name holds the words, or is their beginning where their end is the name of a place it lies in. */
function withoutTypo(tx: ScopedTx, language: Language, { wholes, splits }: PlaceQuery) {
  const heads = splits.map(({ head }) => head);
  const tails = splits.map(({ tail }) => tail);
  // "3" is not the beginning of "30".
  const begins = wholes.flatMap((whole) => (/\d$/.test(whole) ? [`% ${whole}`, `% ${whole} %`] : [`% ${whole}%`]));
  const cut = tx`(h.words, t.words) in (select * from unnest(${heads}::text[], ${tails}::text[]))`;
  return told(
    tx,
    language,
    tx`select id, kind, name, null as within, null as within_kind, words = any (${wholes}::text[]) as good
       from (${named(tx, () => tx`(' ' || words) like any (${begins})`)}) whole
       union all ${within(tx, bearing(tx, heads), bearing(tx, tails), cut)}`,
  );
}

/** The same with one letter off: of the whole, or of one half where the other half is somebody's name. */
async function oneTypoAway(tx: ScopedTx, language: Language, { wholes, splits }: PlaceQuery) {
  const rows = await tx<{ words: string }[]>`
    select distinct words from (${bearing(
      tx,
      splits.flatMap(({ head, tail }) => [head, tail]),
    )}) known`;
  const known = new Set(rows.map(({ words }) => words));
  const before = splits.filter(({ head }) => known.has(head));
  const behind = splits.filter(({ tail }) => known.has(tail));
  const near = (words: readonly string[]) => {
    const forms = [...new Set(words.flatMap(nearForms))];
    return named(tx, (name) => tx`place_near(${name}) && ${forms}::text[]`);
  };
  const nearHeads = near(behind.flatMap(({ head, full }) => [head, full]));
  const nearTails = near(before.flatMap(({ tail, tailFull }) => [tail, tailFull]));
  const heads = bearing(
    tx,
    before.map(({ head }) => head),
  );
  const tails = bearing(
    tx,
    behind.map(({ tail }) => tail),
  );
  return told(
    tx,
    language,
    tx`select id, kind, name, null as within, null as within_kind, true as good from (${near(wholes)}) whole
       union all ${within(tx, nearHeads, tails, tx`true`)}
       union all ${within(tx, heads, nearTails, tx`true`)}`,
  );
}

/** The units nearest to one, by the distance between their positions, nearest first; none for a unit without a position. */
export async function unitsNear(
  tx: ScopedTx,
  language: Language,
  unitId: number,
  most = 5,
): Promise<readonly (PlaceChoice & { km: number })[]> {
  return tx<(PlaceChoice & { km: number })[]>`
    select o.id, ${tx(`o.full_name_${language}`)} as name,
      round(6371 * acos(least(1, sin(radians(u.latitude)) * sin(radians(o.latitude))
        + cos(radians(u.latitude)) * cos(radians(o.latitude)) * cos(radians(o.longitude - u.longitude)))))::int as km
    from area u join area o on o.id <> u.id and o.kind in ${tx(unitKinds)} and (o.valid_to is null or o.valid_to > current_date)
    where u.id = ${unitId} and u.latitude is not null and o.latitude is not null
    order by km, o.id limit ${most}`;
}
