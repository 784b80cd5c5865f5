import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { mine } from '@/lib/class/queries';
import type { DemandGroup, DemandLine, DemandSettled, DemandUnder } from './schema';

type Language = 'vi' | 'en';

/** The words people agree to when they leave a name or a phone with what they ask for; null before any were loaded. */
export async function askConsent(tx: ScopedTx, language: Language): Promise<{ version: number; body: string } | null> {
  const [row] = await tx<{ version: number; body: string }[]>`
    select version, ${tx(`body_${language}`)} as body from consent_text
    where purpose = 'ask' and used_from <= now() order by version desc limit 1`;
  return row ?? null;
}

/** `d` waits for an answer. */
export const unanswered = (tx: ScopedTx) => tx`d.outcome is null`;

/** How many asks of the caller's areas wait for an answer. */
export async function openDemandCount(tx: ScopedTx): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from class_demand d where ${unanswered(tx)} and d.area_id = ${mine(tx, 'class.read')}`;
  return row?.count ?? 0;
}

/**
 * How many people asked for a class and have had no answer, under an area: together, and in each place directly below it (the most
 * first). Counts alone, of the caller's areas; `mayAnswer` where the caller plans classes. Straight from the asks: there are few.
 */
export async function demandUnder(tx: ScopedTx, areaId: number): Promise<DemandUnder> {
  const found = await tx<(Omit<DemandUnder['below'][number], 'id'> & { id: number | null; mayAnswer: boolean })[]>`
    select a.id, a.kind, a.name_vi, a.name_en, d.people, d.places, d.may_answer
    from (
      select under.ancestor_id as id, sum(d.people)::int as people, count(distinct d.area_id)::int as places,
        bool_or(d.area_id = ${mine(tx, 'class.write')}) as may_answer
      from class_demand d join area_tree t on t.area_id = d.area_id and t.ancestor_id = ${areaId}
      left join area_tree under on under.area_id = d.area_id and under.depth = t.depth - 1
      where d.outcome is null group by 1) d
    left join area a on a.id = d.id
    order by d.people desc, a.name_vi collate "vi-x-icu", a.id limit 501`;
  const sum = (what: 'people' | 'places') => found.reduce((all, one) => all + one[what], 0);
  return {
    people: sum('people'),
    places: sum('places'),
    mayAnswer: found.some(({ mayAnswer }) => mayAnswer),
    // Without an id: asked of the area itself.
    below: found.flatMap(({ id, kind, nameVi, nameEn, people, places }) =>
      id === null ? [] : [{ id, kind, nameVi, nameEn, people, places }],
    ),
  };
}

/** What is asked for in the caller's areas and not settled, by place and skill, most asked first; at most 200 groups. */
export async function openDemand(
  tx: ScopedTx,
  language: Language,
  only: { area: number; skill: string | null } | null = null,
): Promise<readonly DemandGroup[]> {
  const chosen = only ? tx`d.area_id = ${only.area} and d.skill_code is not distinct from ${only.skill}` : tx`true`;
  return tx<DemandGroup[]>`
    select g.*, ${tx(`a.full_name_${language}`)} as place, ${tx(`v.title_${language}`)} as skill,
      g.area_id = ${mine(tx, 'class.write')} as may_write,
      (select ${tx(`u.full_name_${language}`)} from area_tree t join area u on u.id = t.ancestor_id
       where t.area_id = g.area_id and t.depth > 0 and u.kind in ${tx(unitKinds)} order by t.depth limit 1) as unit
    from (
      select d.area_id, d.skill_code, count(*)::int as asked, sum(d.people)::int as people, max(d.created_at) as latest,
        coalesce((select jsonb_agg(distinct time) from class_demand s, jsonb_array_elements(s.times) time
          where s.area_id = d.area_id and s.skill_code is not distinct from d.skill_code and s.outcome is null), '[]') as times
      from class_demand d where d.outcome is null and d.area_id = ${mine(tx, 'class.read')} and ${chosen}
      group by d.area_id, d.skill_code) g
      join area a on a.id = g.area_id left join skill_version v on v.skill_code = g.skill_code and v.valid_to is null
    order by g.asked desc, g.latest desc, g.area_id limit 200`;
}

/** The asks of one group, the latest first, with whom to call for those who plan classes there; at most 100. */
export async function demandLines(tx: ScopedTx, area: number, skill: string | null): Promise<readonly DemandLine[]> {
  return tx<DemandLine[]>`
    select d.id, d.wish, d.people, d.times, d.created_at, nullif(c.full_name, '') as full_name, c.phone
    from class_demand d left join class_demand_contact c on c.demand_id = d.id
    where d.area_id = ${area} and d.skill_code is not distinct from ${skill} and d.outcome is null
      and d.area_id = ${mine(tx, 'class.read')}
    order by d.created_at desc, d.id limit 100`;
}

/** What was settled in the caller's areas of late, together where it was settled together. */
export async function settledDemand(tx: ScopedTx, language: Language): Promise<readonly DemandSettled[]> {
  return tx<DemandSettled[]>`
    select ${tx(`a.full_name_${language}`)} as place, ${tx(`v.title_${language}`)} as skill, count(*)::int as asked, d.outcome,
      d.outcome_note as note, d.class_id, d.settled_at as at
    from class_demand d join area a on a.id = d.area_id left join skill_version v on v.skill_code = d.skill_code and v.valid_to is null
    where d.outcome is not null and d.area_id = ${mine(tx, 'class.read')}
    group by 1, 2, 4, 5, 6, 7 order by d.settled_at desc limit 20`;
}

/** Published classes of the caller's in the unit of a place, that an ask may have led to; the soonest first. */
export async function classesForDemand(
  tx: ScopedTx,
  language: Language,
  area: number,
): Promise<readonly { id: string; title: string; place: string; startsAt: Date }[]> {
  return tx<{ id: string; title: string; place: string; startsAt: Date }[]>`
    select c.id, ${tx(`co.title_${language}`)} as title, ${tx(`a.full_name_${language}`)} as place, c.first_starts_at as starts_at
    from class c join course co on co.id = c.course_id join area a on a.id = c.area_id
    where c.status = 'published' and c.last_ends_at > now() and c.area_id = ${mine(tx, 'class.write')}
      and c.area_id in (select area_id from area_tree where ancestor_id = (
        select u.id from area_tree t join area u on u.id = t.ancestor_id
        where t.area_id = ${area} and u.kind in ${tx(unitKinds)} order by t.depth limit 1))
    order by c.first_starts_at, c.id limit 60`;
}
