import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { withdrawnName } from '@/lib/card/rules';
import { fold } from '@/lib/kernel/text';
import { dayOf } from '@/lib/kernel/clock';
import { periodAround } from '@/lib/period/rules';
import { awaiting, dashboardArea } from './reading';
import { repeatedFrom } from './rules';
import type { Doubt, QualityPage, UnitRegisters } from './rules';

/** Registers of so many days back are looked through, at most so many of them, the latest first. */
const daysBack = 90;
const mostSessions = 400;
const mostShown = 20;
/** One number may serve a household; from so many people on it is looked at. */
const manyOnOnePhone = 4;

/**
 * What speaks against the figures of an area no larger than a unit: the same person twice, one number on many people, registers alike to the last
 * mark, levels of somebody who did not come. Counts for whoever reads figures; the sessions to whoever sees the class. Null when the area is none
 * of the caller's; above a unit only the units with what is known of their registers, the most not taken first, since people are compared one by one.
 */
export async function qualityOf(
  tx: ScopedTx,
  wanted: number | undefined,
  now = new Date(),
): Promise<QualityPage | null> {
  const area = await dashboardArea(tx, wanted);
  if (!area) return null;
  const units = await unitsUnder(tx, area.id, now);
  if (units.length > 0) return { area, units, found: null };
  const [may] = await tx<{ people: boolean }[]>`
    select ${area.id} = any (coalesce((select may_areas('person.write')), '{}')) as people`;
  // The caller sees figures here: `dashboardArea` asked. What is counted are doubts, never who.
  const found = await elevated(tx, 'quality: what speaks against the figures of an area the caller leads', (system) =>
    Promise.all([
      twice(system, area.id),
      phones(system, area.id),
      alike(system, area.id),
      absentLevels(system, area.id),
    ]),
  );
  const [pairs, shared, repeated, absent] = found;
  return {
    area,
    units,
    found: {
      mayOpenPeople: may?.people ?? false,
      pairs,
      phones: shared,
      repeated: await opened(tx, repeated),
      absent: await opened(tx, absent),
    },
  };
}

/** The units in an area, with their registers not taken now and those taken late in the administration's year that runs. */
async function unitsUnder(tx: ScopedTx, areaId: number, now: Date): Promise<QualityPage['units']> {
  const year = periodAround(dayOf(now), 'administrative', 'year').key;
  return tx<UnitRegisters[]>`
    with unit as (
      select a.id, a.kind, a.name_vi, a.name_en from area_tree t join area a on a.id = t.area_id
      where t.ancestor_id = ${areaId} and t.depth > 0 and a.kind in ${tx(unitKinds)}),
    waiting as (
      select t.ancestor_id as id, count(*)::int as missing
      from unit join area_tree t on t.ancestor_id = unit.id join class_session s on s.area_id = t.area_id
      where ${awaiting(tx)} group by t.ancestor_id)
    select unit.*, coalesce(waiting.missing, 0) as missing, f.value as late, f.denominator as held
    from unit left join waiting using (id)
      left join figure f on f.area_id = unit.id and f.period = ${year} and f.measure = 'registers_late' and f.grp = 'all'
    order by missing desc, late desc nulls last, unit.name_vi collate "vi-x-icu", unit.id limit 200`;
}

const under = (tx: SystemTx, areaId: number) => tx`(select area_id from area_tree where ancestor_id = ${areaId})`;

/** Pairs alike in their whole name and year of birth, of whom nobody said that they are two. */
async function twice(tx: SystemTx, areaId: number): Promise<number> {
  const [row] = await tx<{ pairs: number }[]>`
    with one as materialized (
      select id, name_folded, birth_year from person
      where merged_into is null and birth_year is not null and name_folded <> ${fold(withdrawnName)} and area_id in ${under(tx, areaId)})
    select count(*)::int as pairs from one a join one b using (name_folded, birth_year)
    where a.id < b.id and not exists (select from person_pair d where d.low_id = a.id and d.high_id = b.id and d.state = 'not_same')`;
  return row?.pairs ?? 0;
}

async function phones(tx: SystemTx, areaId: number): Promise<{ numbers: number; people: number }> {
  const [row] = await tx<{ numbers: number; people: number }[]>`
    select count(*)::int as numbers, coalesce(sum(people), 0)::int as people from (
      select count(*) as people from person p join person_phone n on n.person_id = p.id
      where p.merged_into is null and p.area_id in ${under(tx, areaId)} group by n.phone having count(*) >= ${manyOnOnePhone}) f`;
  return { numbers: 0, people: 0, ...row };
}

const latest = (tx: SystemTx, areaId: number) => tx`
  select s.id, s.class_id, s.starts_at from class_session s
  where s.area_id in ${under(tx, areaId)} and s.status = 'held' and s.starts_at > now() - make_interval(days => ${daysBack})
  order by s.starts_at desc limit ${mostSessions}`;

/** Sessions whose register is the same, mark by mark, as at the two sessions of the class before. */
async function alike(tx: SystemTx, areaId: number): Promise<string[]> {
  const rows = await tx<{ id: string; classId: string; marks: string; people: number }[]>`
    with late as materialized (${latest(tx, areaId)})
    select l.id, l.class_id, md5(string_agg(a.person_id || a.state, ',' order by a.person_id)) as marks, count(*)::int as people
    from late l join attendance a on a.session_id = l.id group by l.id, l.class_id, l.starts_at order by l.class_id, l.starts_at`;
  return repeatedFrom(rows);
}

/** Sessions at which somebody was given a level who, as their register says, was not there. */
async function absentLevels(tx: SystemTx, areaId: number): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    with late as materialized (${latest(tx, areaId)})
    select l.id from late l where exists (
      select from skill_observation o where o.session_id = l.id and not exists (
        select from attendance a where a.session_id = l.id and a.person_id = o.person_id and a.state in ('present', 'late', 'left_early')))
    order by l.starts_at desc`;
  return rows.map(({ id }) => id);
}

/** Those sessions under the caller's own walls: all are counted, the latest are shown. */
async function opened(tx: ScopedTx, ids: readonly string[]): Promise<Doubt> {
  const first = await tx<Doubt['first'][number][]>`
    select s.id, s.class_id, c.title_vi, c.title_en, a.full_name_vi as area_name_vi, a.full_name_en as area_name_en, s.starts_at,
      s.area_id = any (coalesce((select may_areas('register.write')), '{}')) as may_open,
      s.area_id = any (coalesce((select may_areas('class.read')), '{}')) as may_read_class
    from class_session s join class on class.id = s.class_id join course c on c.id = class.course_id join area a on a.id = s.area_id
    where s.id = any (${[...ids]}::uuid[]) order by s.starts_at desc, s.id limit ${mostShown}`;
  return { total: ids.length, first };
}
