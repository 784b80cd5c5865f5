import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { dayOf } from '@/lib/kernel/clock';
import { areasOf, byPlace, byVillage, knownPeople, placesOf, standingAnswers, withdrew } from '@/lib/step/queries';
import { bandsFrom } from './rules';
import type { BandCounts, BandGroup, BandPlace, KnownBand } from './schema';

type Language = 'vi' | 'en';
const always = (tx: ScopedTx) => tx`true`;
type Piece = ReturnType<typeof always>;

/** Ages are counted by the year of birth, as figures count them. */
const ofGroup = (tx: ScopedTx, whom: BandGroup, now: Date): Piece => {
  const year = Number(dayOf(now).slice(0, 4));
  return whom === 'age60'
    ? tx`${year}::int - p.birth_year >= 60`
    : tx`(p.birth_year is null or ${year}::int - p.birth_year >= 18)`;
};

/** The rows that say somebody has had to do with a person, by the table (`x`) that holds them: a new way is one more line. */
const contacts = [
  ['enrolment', 'true'],
  ['attendance', 'true'],
  ['skill_observation', 'true'],
  ['desk_assist', 'x.undone_at is null'],
  [
    'visit',
    `(select o.outcome from visit_outcome o where o.visit_id = x.id order by o.at desc, o.id desc limit 1) in ('done', 'refused')`,
  ],
  // Met, or spoken with, for a task; what is settled at a desk alone (a record looked at, a referral read) is nobody's meeting.
  ['task_work', "x.outcome in ('done', 'refused') and x.kind not in ('correct', 'referral_returned')"],
  ['step_record', 'exists (select from step s where s.code = x.step_code and s.retired_at is null)'],
] as const;

/** `p` is known, has not withdrawn, and nobody has had to do with them, in their own record or one merged into it: the band `never`. */
export const neverMet = (tx: ScopedTx): Piece => tx`
  (p.merged_into is null and not ${withdrew(tx)} and not exists (
     select from (select p.id union all select m.id from person m where m.merged_into = p.id) one (id)
     where ${tx.unsafe(contacts.map(([table, which]) => `exists (select from ${table} x where x.person_id = one.id and ${which})`).join(' or '))}))`;

/**
 * Everybody known in some places, each with the one band they are in, as `banded (id, area_id, birth_year, given_name, full_name, band)`: `bandOf` of
 * the rules in SQL. What stayed with a record that was merged away counts for the kept one.
 */
const banded = (tx: ScopedTx, areas: readonly number[], whom: BandGroup, now: Date): Piece => tx`
  known as materialized (${knownPeople(tx, areas)} and ${ofGroup(tx, whom, now)}),
  record as materialized (select k.id as person_id, k.id from known k union all select k.id, m.id from known k join person m on m.merged_into = k.id),
  place as (
    select r.person_id, bool_or(e.status = 'confirmed' and c.status = 'published' and coalesce(c.last_ends_at > ${now}, false)) as learns
    from record r join enrolment e on e.person_id = r.id join class c on c.id = e.class_id group by 1),
  seen as (
    select distinct on (r.person_id, o.skill_code) r.person_id, o.skill_code, o.level
    from record r join skill_observation o on o.person_id = r.id
    where o.source <> 'own_claim' and (o.session_id is null or exists (select from attendance a
      where a.session_id = o.session_id and a.person_id = o.person_id and a.state in ('present', 'late', 'left_early')))
    order by r.person_id, o.skill_code, o.observed_at desc, o.id desc),
  core as materialized (select skill_code from skill_version where core and valid_to is null),
  able as (
    select person_id, max(level) as best, count(*) filter (where level >= 3 and skill_code in (select skill_code from core)) as core
    from seen group by 1),
  standing as (${standingAnswers(tx, 'record')}),
  stopped as (
    select r.person_id, bool_or(a.answer = 'no') as stopped from record r join standing a on a.person_id = r.id group by 1),
  met as (
    ${tx.unsafe(contacts.map(([table, which]) => `select r.person_id from record r join ${table} x on x.person_id = r.id and ${which}`).join(' union '))}),
  banded as materialized (
    select k.*, case
      when able.core > 0 and able.core = (select count(*) from core) then 'alone'
      when able.best >= 1 then 'helped'
      when place.learns then 'inClass'
      when stopped.stopped then 'blocked'
      when met.person_id is not null then 'contacted'
      else 'never' end as band
    from known k left join able on able.person_id = k.id left join place on place.person_id = k.id
      left join stopped on stopped.person_id = k.id left join met on met.person_id = k.id)`;

const none: BandCounts = { never: 0, contacted: 0, blocked: 0, inClass: 0, helped: 0, alone: 0 };

/**
 * Every village in and under an area with its people by bands (those of its hamlets with it), and whoever is known of the commune alone; null where the caller may look nobody up.
 * Counted as the system, for those places alone: a class or a desk may have been elsewhere. How many live there is what was declared last.
 */
export async function bandsByVillage(
  tx: ScopedTx,
  language: Language,
  { area, group }: { readonly area: number | undefined; readonly group: BandGroup },
  now = new Date(),
): Promise<readonly BandPlace[] | null> {
  const areas = await areasOf(tx, area);
  if (areas.length === 0) return null;
  const rows = await elevated(
    tx,
    'unreached: people by bands where the caller looks people up',
    (system) => system<
      {
        id: number;
        name: string;
        isVillage: boolean;
        declared: number | null;
        asOf: string | null;
        ageUnknown: number;
        counts: Partial<BandCounts> | null;
      }[]
    >`
      with ${banded(system, areas, group, now)},
        home as materialized (${placesOf(system, areas)}),
        counted as (
          select h.place, b.band, count(*)::int as people, (count(*) filter (where b.birth_year is null))::int as no_age
          from banded b join home h on h.area_id = b.area_id group by 1, 2),
        told as (select place, jsonb_object_agg(band, people) as counts, sum(no_age)::int as no_age from counted group by 1)
      select a.id, ${system(`a.full_name_${language}`)} as name, a.kind not in ${system([...unitKinds, 'province'])} as is_village, e.people as declared,
        e.as_of::text, coalesce(t.no_age, 0) as age_unknown, t.counts
      from area a left join told t on t.place = a.id
        left join lateral (select people, as_of from eligible e where e.area_id = a.id and e.grp = ${group} and e.as_of <= ${dayOf(now)}::date
          order by e.as_of desc, e.id desc limit 1) e on a.kind not in ${system([...unitKinds, 'province'])}
      where a.id in (select place from home) and (t.place is not null
        or a.kind not in ${system([...unitKinds, 'province'])} and (a.valid_to is null or a.valid_to > ${dayOf(now)}::date))
      order by ${system.unsafe(byPlace)}`,
  );
  return rows.map(({ id, name, isVillage, declared, asOf, ageUnknown, counts }) => ({
    id,
    name,
    villageUnknown: !isVillage,
    ageUnknown,
    asOf,
    ...bandsFrom({ ...none, ...counts }, declared),
  }));
}

/**
 * Who of some places is in a band: the ids of one page, by village and name, and how many there are. Asked as the system; the areas must be those where
 * the caller may look people up, and names are read under the caller's own walls.
 */
export async function peopleInBand(
  tx: ScopedTx,
  {
    areas,
    whom,
    band,
    page,
    perPage,
  }: {
    readonly areas: readonly number[];
    readonly whom: BandGroup;
    readonly band: KnownBand;
    readonly page: number;
    readonly perPage: number;
  },
  now = new Date(),
): Promise<{ ids: readonly string[]; total: number }> {
  const [found] = await elevated(
    tx,
    'unreached: who is in a band where the caller looks people up',
    (system) => system<{ ids: string[]; total: number }[]>`
      with ${banded(system, areas, whom, now)}, here as materialized (select * from banded where band = ${band})
      select (select count(*)::int from here) as total, array(
        select p.id from here p join area a on a.id = p.area_id order by ${byVillage(system)}
        limit ${perPage} offset ${(page - 1) * perPage}) as ids`,
  );
  return found ?? { ids: [], total: 0 };
}
