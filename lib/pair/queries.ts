import { elevated, type RecordTx, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { withdrawnName } from '@/lib/card/rules';
import { fold } from '@/lib/kernel/text';
import { likelyFrom, likeness } from '@/lib/person/rules';
import type { Gender } from '@/lib/person/schema';
import { undoDays } from './rules';
import { mostPairs, type PairFound } from './schema';

type Language = 'vi' | 'en';

const mostCompared = 2000;

const mine = (tx: ScopedTx) => tx`any (coalesce((select may_areas('person.write')), '{}'))`;

interface Compared {
  readonly id: string;
  readonly fullName: string;
  readonly name: string;
  readonly birthYear: number | null;
  readonly phoneHint: string | null;
  readonly areaId: number;
  readonly village: string;
}

/**
 * People the caller may correct who look like one (`likeness`) and of whom nobody said that they are not, or put off; the likeliest
 * first. Compared are those with one family and given name. Whoever withdrew has no name to compare.
 */
export async function openPairs(tx: ScopedTx, language: Language): Promise<{ pairs: PairFound[]; more: boolean }> {
  const rows = await elevated(
    tx,
    'people: who looks like whom, where the caller corrects people',
    (system) => system<{ one: Compared; other: Compared }[]>`
      with mine as materialized (
        select p.id, p.full_name, p.name_folded, p.birth_year, p.phone_hint, p.area_id, ${tx(`a.full_name_${language}`)} as village,
          split_part(p.name_folded, ' ', 1) as family, regexp_replace(p.name_folded, '^.* ', '') as given, p.created_at
        from person p join area a on a.id = p.area_id
        where p.merged_into is null and p.area_id = ${mine(system)} and p.name_folded <> ${fold(withdrawnName)})
      select ${picture(system, 'a')} as one, ${picture(system, 'b')} as other
      from mine a join mine b on b.family = a.family and b.given = a.given and (b.created_at, b.id) > (a.created_at, a.id)
        and coalesce(abs(a.birth_year - b.birth_year) <= 1, true) and (a.area_id = b.area_id or a.birth_year = b.birth_year)
      where not exists (select from person_pair d where d.low_id = least(a.id, b.id) and d.high_id = greatest(a.id, b.id)
        and (d.state = 'not_same' or d.later_until > now()))
      order by a.name_folded <> b.name_folded, a.area_id <> b.area_id, a.birth_year is distinct from b.birth_year, a.name_folded, a.id, b.id
      limit ${mostCompared}`,
  );
  const pairs = rows
    .flatMap(({ one, other }) => {
      const like = likeness(one, other, one.areaId === other.areaId);
      return like && like.score >= likelyFrom ? [{ one, other, ...like }] : [];
    })
    .toSorted((a, b) => b.score - a.score);
  return { pairs: pairs.slice(0, mostPairs), more: pairs.length > mostPairs };
}

const picture = (tx: SystemTx, alias: 'a' | 'b') => {
  const of = (column: string) => tx(`${alias}.${column}`);
  return tx`jsonb_build_object('id', ${of('id')}, 'fullName', ${of('full_name')}, 'name', ${of('name_folded')}, 'birthYear', ${of('birth_year')},
    'phoneHint', ${of('phone_hint')}, 'areaId', ${of('area_id')}, 'village', ${of('village')})`;
};

/** One of two records beside each other: who it is, and how much would move with it. */
export interface SideOfPair {
  readonly id: string;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly gender: Gender | null;
  readonly village: string;
  readonly phoneHint: string | null;
  readonly createdAt: Date;
  readonly classes: number;
  readonly sessions: number;
  readonly observations: number;
  readonly consents: number;
}

/**
 * Two records of people the caller may correct, the older one first, with what both have: classes with a place in each, sessions
 * with a mark of each. Null out of reach. The readings were written down.
 */
export async function pairBeside(
  tx: RecordTx,
  language: Language,
  { one, other }: { readonly one: string; readonly other: string },
): Promise<{ kept: SideOfPair; merged: SideOfPair; bothClasses: number; bothSessions: number } | null> {
  const sides = await tx<SideOfPair[]>`
    select p.id, p.full_name, p.birth_year, p.gender, ${tx(`a.full_name_${language}`)} as village, p.phone_hint, p.created_at,
      (select count(*)::integer from enrolment e where e.person_id = p.id) as classes,
      (select count(*)::integer from attendance t where t.person_id = p.id) as sessions,
      (select count(*)::integer from skill_observation o where o.person_id = p.id) as observations,
      (select count(*)::integer from consent c where c.person_id = p.id) as consents
    from person p join area a on a.id = p.area_id
    where p.id in (${one}, ${other}) and p.merged_into is null and p.area_id = ${mine(tx)} order by p.created_at, p.id`;
  const [kept, merged] = sides;
  if (!kept || !merged) return null;
  const [both] = await tx<{ classes: number; sessions: number }[]>`
    select (select count(*)::integer from enrolment e join enrolment o on o.class_id = e.class_id and o.person_id = ${other}
        and o.status in ('waitlisted', 'offered', 'confirmed')
        where e.person_id = ${one} and e.status in ('waitlisted', 'offered', 'confirmed')) as classes,
      (select count(*)::integer from attendance t join attendance o on o.session_id = t.session_id and o.person_id = ${other}
        where t.person_id = ${one}) as sessions`;
  return { kept, merged, bothClasses: both?.classes ?? 0, bothSessions: both?.sessions ?? 0 };
}

/** A record that was joined to this one: when, by whom, and whether it can still be undone. */
export interface MergeOfRecord {
  readonly id: string;
  readonly fullName: string;
  readonly at: Date;
  readonly by: string;
  readonly undoneAt: Date | null;
  readonly mayUndo: boolean;
}

/** The merges of one record, newest first. Takes a transaction in which the reading was written down. */
export async function mergesOf(tx: RecordTx, personId: string): Promise<MergeOfRecord[]> {
  return elevated(tx, 'record: what was merged into it', async (system) => {
    const rows = await system<MergeOfRecord[]>`
      select m.id, p.full_name, m.at, b.full_name as by, m.undone_at, m.undone_at is null and m.moved <> '{}'
        and m.at > now() - make_interval(days => ${undoDays}) as may_undo
      from person_merge m join person p on p.id = m.merged_id join account b on b.id = m.by
      where m.kept_id = ${personId} order by m.at desc limit 20`;
    return [...rows];
  });
}

/** The record somebody's was merged into; null where it stands for itself, or is out of reach. */
export async function keptFor(tx: ScopedTx, personId: string): Promise<string | null> {
  const [row] = await tx<{ keptId: string }[]>`
    select merged_into as kept_id from person where id = ${personId} and merged_into is not null`;
  return row?.keptId ?? null;
}
