import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { dayOf } from '@/lib/kernel/clock';
import type { NeverContacted, PersonUnreached, UnreachedAddress } from './schema';

type Language = 'vi' | 'en';

/** People on a page. */
export const unreachedPerPage = 50;

/** `p` withdrew what they had agreed to: nobody goes to see them any more. */
export const withdrew = (tx: ScopedTx) => tx`
  (exists (select from consent c where c.person_id = p.id and c.purpose = 'class' and c.withdrawn_at is not null)
   and not exists (select from consent d where d.person_id = p.id and d.purpose = 'class' and d.given and d.withdrawn_at is null))`;

/** Nobody has had to do with `p`: no enrolment of any state, no mark, no skill observed, of their own record or of one merged into it. */
export const neverMet = (tx: ScopedTx) => tx`
  (p.merged_into is null and not ${withdrew(tx)} and not exists (
    select from (select p.id union all select m.id from person m where m.merged_into = p.id) one (id)
    where exists (select from enrolment e where e.person_id = one.id) or exists (select from attendance a where a.person_id = one.id)
      or exists (select from skill_observation o where o.person_id = one.id)))`;

/**
 * People known to the portal whom nobody has had to do with: no enrolment of any state, no mark, no skill observed, of their own record or of one that
 * was merged into it. Of the area asked for with all below it, as far as the caller may look people up there; null where they may not. Whether there
 * is anything is asked as the system, since a class may have been elsewhere; names are read under the caller's own walls. Whoever withdrew is not listed.
 */
export async function neverContacted(
  tx: ScopedTx,
  language: Language,
  { area, age, page }: UnreachedAddress,
): Promise<NeverContacted | null> {
  const areas = await tx<{ id: number }[]>`
    select t.id from (
      select distinct t.area_id as id from area_tree t
      where ${area === undefined ? tx`true` : tx`t.ancestor_id = ${area}`} and t.area_id = any (coalesce((select may_areas('person.read')), '{}'))) t
    order by t.id`;
  if (areas.length === 0) return null;
  const [found] = await elevated(
    tx,
    'unreached: whether anything is known of those who live there',
    (system) => system<{ ids: string[]; total: number }[]>`
      with alone as materialized (
        select p.id, p.area_id, p.given_name, p.full_name from person p
        where p.area_id = any(${areas.map(({ id }) => id)}::int[]) and ${neverMet(system)}
          and ${age === undefined ? system`true` : system`${Number(dayOf(new Date()).slice(0, 4))}::int - p.birth_year >= ${age}`})
      select (select count(*) from alone) as total, array(
        select p.id from alone p join area a on a.id = p.area_id
        order by ${inOrder(system)} limit ${unreachedPerPage} offset ${(page - 1) * unreachedPerPage}) as ids`,
  );
  const people = await tx<PersonUnreached[]>`
    select p.id, p.full_name, p.birth_year, p.phone_hint, p.created_at, ${tx(`a.full_name_${language}`)} as village,
      a.kind in ${tx(unitKinds)} as village_unknown
    from person p join area a on a.id = p.area_id where p.id = any(${found?.ids ?? []}::uuid[])
    order by ${inOrder(tx)}`;
  return { people, total: found?.total ?? 0 };
}

/** By village ("2" before "10"), then as class lists are ordered: `a` is the area of `p`. */
const inOrder = (tx: Pick<ScopedTx, 'unsafe'>) =>
  tx.unsafe(`regexp_replace(a.name_vi, '\\d+.*$', '') collate "vi-x-icu", substring(a.name_vi from '\\d{1,8}')::integer nulls first,
    a.id, p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", p.id`);
