import type { Capability } from '@/db/capabilities';
import type { ScopedTx } from '@/lib/access/scoped';
import { placeQuery, placeMeant, rankPlaces } from '@/lib/area/rules';
import { unitKinds, type PlaceHit } from '@/lib/area/schema';
import { TooMuchWrong } from './kinds';

/** Every name of every place of today where the caller holds a verb, and what each of them lies in. */
async function namesOfMine(tx: ScopedTx, capability: Capability): Promise<readonly PlaceHit[]> {
  return tx<PlaceHit[]>`
    with mine as (
      select a.id, a.kind, a.full_name_vi as label from area a
      where a.id = any (coalesce((select may_areas(${capability})), '{}')) and a.kind <> 'province'
        and a.valid_from <= current_date and (a.valid_to is null or a.valid_to > current_date)),
    named as (
      select id, 'today' as kind, label as name from mine
      union all select l.area_id, l.kind, l.name from area_alias l join mine on mine.id = l.area_id)
    select m.id, m.kind, m.label, u.id as unit_id, u.full_name_vi as unit_label, n.name, n.kind as name_kind, w.name as within, w.kind as within_kind
    from mine m join named n on n.id = m.id
      left join lateral (select p.id, p.full_name_vi from area_tree t join area p on p.id = t.ancestor_id
        where t.area_id = m.id and t.depth > 0 and p.kind in ${tx(unitKinds)} order by t.depth limit 1) u on true
      cross join lateral (
        select null as name, null as kind
        union all
        select p.full_name_vi, 'today' from area_tree t join area p on p.id = t.ancestor_id where t.area_id = m.id and t.depth > 0
        union all
        select l.name, l.kind from area_tree t join area_alias l on l.area_id = t.ancestor_id where t.area_id = m.id and t.depth > 0) w
    order by m.id limit 20000`;
}

/** Different names that cannot be told before the list is given up: each was compared with thousands, letter by letter. */
const mostUntold = 500;

/** What was typed as a place: its number, or why it cannot be told. */
export type PlaceTyped = { readonly id: number } | { readonly wrong: 'placeUnknown' | 'placeAmbiguous' };

/**
 * Tells places of the caller's own areas by what people call them: with or without marks and kind words, by old names, with a letter
 * off; with the name of the unit behind it where there is one. A name asked again is not looked up again. Throws `TooMuchWrong`.
 */
export async function placesOfMine(
  tx: ScopedTx,
  capability: Capability,
): Promise<(place: string, unit: string) => PlaceTyped> {
  const hits = await namesOfMine(tx, capability);
  const alone = hits.filter(({ within }) => within === null);
  const known = new Map<string, PlaceTyped>();
  let untold = 0;
  return (place, unit) => {
    const typed = [place, unit].filter(Boolean).join(', ');
    const before = known.get(typed);
    if (before) return before;
    const query = placeQuery(typed);
    const found = query ? rankPlaces(query, unit && place ? hits : alone) : [];
    const meant = placeMeant(found);
    const told: PlaceTyped = meant
      ? { id: meant.id }
      : { wrong: found.length === 0 ? 'placeUnknown' : 'placeAmbiguous' };
    known.set(typed, told);
    if (!meant && typed !== '') untold += 1;
    if (untold > mostUntold) throw new TooMuchWrong();
    return told;
  };
}
