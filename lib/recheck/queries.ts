import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { trainers } from '@/lib/certificate/queries';
import type { Locale } from '@/lib/i18n/routing';
import { dueOf, oldestDays, type Attained, type Due } from './rules';
import type { RecheckLine } from './schema';

interface Facts {
  readonly personId: string;
  readonly areaId: number;
  readonly attained: readonly (Omit<Attained, 'since'> & { since: string })[];
  readonly rechecks: readonly string[];
  readonly atVisits: readonly { readonly skillCode: string; readonly at: string }[];
}

/**
 * What people attained who live in these areas, and when they were looked at again: at a re-check, or at home by somebody who did not teach it. Elevated: what was learnt or seen in another commune
 * counts here too. Nobody whose consent ended.
 */
async function factsOf(
  tx: ScopedTx,
  areas: readonly number[],
  people: readonly string[] | null,
  now: Date,
): Promise<Facts[]> {
  return elevated(tx, 're-checks: what was attained where people live', async (system) => {
    const rows = await system<Facts[]>`
      with people as materialized (
        select p.id, p.area_id from person p
        where p.area_id = any(${[...areas]}::integer[]) and p.merged_into is null and ${people === null ? system`true` : system`p.id = any(${[...people]}::uuid[])`}
          and exists (select from consent c where c.person_id = p.id and c.purpose = 'class' and c.given and c.withdrawn_at is null)
          and exists (select from skill_observation o where o.person_id = p.id and o.level >= 3
            and o.observed_at > ${now}::timestamptz - make_interval(days => ${oldestDays}))
      ), counted as (
        select o.person_id, o.skill_code, o.level, o.observed_at, o.observed_by, o.source, s.class_id
        from people join skill_observation o on o.person_id = people.id left join class_session s on s.id = o.session_id
        where o.source <> 'own_claim' and (o.session_id is null or exists (select from attendance a
          where a.session_id = o.session_id and a.person_id = o.person_id and a.state in ('present', 'late', 'left_early')))
      ), attained as (
        select distinct on (c.person_id, c.skill_code) c.person_id, c.skill_code, c.observed_at as since,
          case when c.source = 'session' then c.class_id end as class_id
        from counted c
        where c.level >= 3 and not exists (select from counted l
          where l.person_id = c.person_id and l.skill_code = c.skill_code and l.level < 3 and l.observed_at >= c.observed_at)
        order by c.person_id, c.skill_code, c.observed_at
      )
      select a.person_id, (select area_id from people where id = a.person_id) as area_id, jsonb_agg(jsonb_build_object('skillCode', a.skill_code, 'since', a.since, 'classId', a.class_id)) as attained,
        coalesce((select jsonb_agg(c.observed_at) from counted c where c.person_id = a.person_id and c.source = 'recheck'), '[]') as rechecks,
        coalesce((select jsonb_agg(jsonb_build_object('skillCode', c.skill_code, 'at', c.observed_at)) from counted c
          where c.person_id = a.person_id and c.source = 'visit' and c.observed_by is not null and not exists (select from attained t
            where t.person_id = c.person_id and t.skill_code = c.skill_code and c.observed_by in (${trainers(system, system`t.class_id`)}))), '[]') as at_visits
      from attained a group by a.person_id limit 5000`;
    return [...rows];
  });
}

const dueFrom = ({ personId, attained, rechecks, atVisits }: Facts, now: Date): Due | null =>
  dueOf(
    personId,
    attained.map((one) => ({ ...one, since: new Date(one.since) })),
    rechecks.map((at) => new Date(at)),
    now,
    atVisits.map(({ skillCode, at }) => ({ skillCode, at: new Date(at) })),
  );

/** What is due of those who live in these areas (of these people alone, where given): at most one of each. Names nobody. */
export async function dueAmong(
  tx: ScopedTx,
  areas: readonly number[],
  people: readonly string[] | null,
  now: Date,
): Promise<(Due & { readonly personId: string; readonly areaId: number })[]> {
  const facts = await factsOf(tx, areas, people, now);
  return facts.flatMap((one) => {
    const due = dueFrom(one, now);
    return due ? [{ personId: one.personId, areaId: one.areaId, ...due }] : [];
  });
}

/** Where the caller records, as far as it lies under `area`. */
async function recordingAreas(tx: ScopedTx, area: number | null): Promise<number[]> {
  const [row] = await tx<{ areas: number[] | null }[]>`
    select array_agg(id) as areas from unnest(coalesce((select may_areas('register.write')), '{}')) id
    where ${area}::integer is null or id in (select area_id from area_tree where ancestor_id = ${area}::integer)`;
  return row?.areas ?? [];
}

/**
 * The re-checks that are due of people who live where the caller records and whom they may see, by village and then the longest due. At most 300.
 * Tasks are not stored: they follow from what was attained and what was seen since.
 */
export async function rechecksDue(
  tx: ScopedTx,
  locale: Locale,
  { area = null, personId = null }: { readonly area?: number | null; readonly personId?: string | null },
  now: Date,
): Promise<RecheckLine[]> {
  const due = await dueAmong(tx, await recordingAreas(tx, area), personId === null ? null : [personId], now);
  const people = await peopleOf(
    tx,
    locale,
    due.map((one) => one.personId),
  );
  const skills = await skillsOf(tx, locale);
  return due
    .flatMap((one): RecheckLine[] => {
      const [person, skill] = [people.get(one.personId), skills.get(one.skillCode)];
      return person && skill ? [{ ...one, ...person, ...skill }] : [];
    })
    .toSorted(
      (one, other) =>
        one.village.localeCompare(other.village, 'vi', { numeric: true }) ||
        one.dueAt.getTime() - other.dueAt.getTime(),
    )
    .slice(0, 300);
}

type PersonPart = Pick<RecheckLine, 'fullName' | 'birthYear' | 'villageId' | 'village' | 'phone'>;
type SkillPart = Pick<RecheckLine, 'skill' | 'canDo' | 'evidence'>;

async function peopleOf(tx: ScopedTx, locale: Locale, ids: readonly string[]): Promise<Map<string, PersonPart>> {
  const rows = await tx<(PersonPart & { id: string })[]>`
    select p.id, p.full_name, p.birth_year, p.area_id as village_id, ${tx(`a.full_name_${locale}`)} as village, n.phone
    from person p join area a on a.id = p.area_id left join person_phone n on n.person_id = p.id where p.id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map(({ id, ...person }) => [id, person]));
}

async function skillsOf(tx: ScopedTx, locale: Locale): Promise<Map<string, SkillPart>> {
  const rows = await tx<(SkillPart & { code: string })[]>`
    select skill_code as code, ${tx(`title_${locale}`)} as skill, ${tx(`can_do_${locale}`)} as can_do, evidence_vi as evidence
    from skill_version where valid_to is null`;
  return new Map(rows.map(({ code, ...skill }) => [code, skill]));
}

/** Whether the caller records where this person lives, and may see them. */
export async function personInReach(tx: ScopedTx, personId: string): Promise<boolean> {
  const found = await tx`
    select from person where id = ${personId} and merged_into is null and area_id = any (coalesce((select may_areas('register.write')), '{}'))`;
  return found.count > 0;
}
