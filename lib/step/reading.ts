import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';

const always = (tx: ScopedTx) => tx`true`;
type Piece = ReturnType<typeof always>;

/**
 * The people known in some places, as rows of `person`: records of their own, of whom nobody withdrew. Whoever was only written down, with no
 * consent asked yet, is known too.
 */
export const knownPeople = (tx: ScopedTx, areas: readonly number[]): Piece => tx`
  select p.id, p.area_id, p.birth_year, p.given_name, p.full_name from person p
  where p.area_id = any(${[...areas]}::int[]) and p.merged_into is null
    and not exists (select from consent c where c.person_id = p.id and c.purpose = 'class' and c.withdrawn_at is not null
      and not exists (select from consent d where d.person_id = p.id and d.purpose = 'class' and d.given and d.withdrawn_at is null))`;

/** The answer that counts of each of these people's steps (`people` is a relation with an id), by the rule of `standingOf`. */
export const standingAnswers = (tx: ScopedTx, people: string): Piece => tx`
  select distinct on (r.person_id, r.step_code) r.person_id, r.step_code, r.answer, r.at, s.position
  from ${tx(people)} k join step_record r on r.person_id = k.id join step s on s.code = r.step_code and s.retired_at is null
  order by r.person_id, r.step_code, r.at desc, r.recorded_at desc, r.id desc`;

/**
 * For each of some areas the village it is told under, as rows of (area_id, place): the highest of them that is neither commune, ward nor province, so that a
 * hamlet belongs to its village; a commune, of whose people no village is known, stands for itself.
 */
export const placesOf = (tx: ScopedTx, areas: readonly number[]): Piece => tx`
  select o.area_id, coalesce((select t.ancestor_id from area_tree t join area v on v.id = t.ancestor_id
      where t.area_id = o.area_id and t.ancestor_id = any(${[...areas]}::int[]) and v.kind not in ${tx([...unitKinds, 'province'])}
      order by t.depth desc limit 1), o.area_id) as place
  from unnest(${[...areas]}::int[]) o (area_id)`;

/** The places in and under an area (or everywhere; `own`: the area alone) where the caller looks people up. */
export async function areasOf(tx: ScopedTx, area: number | undefined, own = false): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`
    select distinct t.area_id as id from area_tree t
    where ${area === undefined ? tx`true` : tx`t.ancestor_id = ${area}`} and (t.depth = 0 or not ${own}) and t.area_id = any (coalesce((select may_areas('person.read')), '{}'))
    order by id`;
  return rows.map(({ id }) => id);
}

/** By village ("2" before "10"), then as class lists are ordered: `a` is the area of `p`. */
export const byVillage = (tx: Pick<ScopedTx, 'unsafe'>) =>
  tx.unsafe(`${byPlace}, p.given_name collate "vi-x-icu",
  p.full_name collate "vi-x-icu", p.id`);

/** Places as people count them. */
export const byPlace = `regexp_replace(a.name_vi, '\\d+.*$', '') collate "vi-x-icu", substring(a.name_vi from '\\d{1,8}')::integer nulls first, a.id`;
