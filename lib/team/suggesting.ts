import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { unitsNear } from '@/lib/area/queries';
import { unitKinds } from '@/lib/area/schema';
import { mine } from '@/lib/class/queries';
import { canThen, onDutyThen, saidFree } from './availability';
import type { HelperRole, Suggestion } from './schema';

type Language = 'vi' | 'en';
/** So many units next door; further away nobody is sent to for an evening. */
const nearest = 5;
const most = 12;

/** The areas whose teams may be asked for a class held there: those of its unit and above, and those next door. */
export async function reachOf(tx: ScopedTx, areaId: number): Promise<{ own: number[]; near: number[] }> {
  const [unit] = await tx<{ id: number }[]>`
    select u.id from area_tree t join area u on u.id = t.ancestor_id
    where t.area_id = ${areaId} and u.kind in ${tx(unitKinds)} order by t.depth limit 1`;
  const units = unit ? await unitsNear(tx, 'vi', unit.id, nearest) : [];
  const below = async (ids: readonly number[]) => {
    const rows = await tx<{ areaId: number }[]>`
      select distinct area_id from area_tree where ancestor_id = any(${[...ids]}::integer[])`;
    return rows.map((row) => row.areaId);
  };
  const above = await tx<{ id: number }[]>`select ancestor_id as id from area_tree where area_id = ${areaId}`;
  const own = [...above.map(({ id }) => id), ...(await below(unit ? [unit.id] : []))];
  return { own: [...new Set(own)], near: await below(units.map(({ id }) => id)) };
}

/**
 * Who might be asked for a session, those nearest first: of the class's own team, of its unit, then of the units next door. All of them
 * can come at that time (are expected nowhere else, are not away, and said nothing of their week or that they usually can then), speak
 * the language of the class and were not asked for it before; who teaches may teach every skill of the
 * lesson, who helps some of them (or nothing is noted of what they may teach). Where equally near: who
 * said that they can then, who knows more of the lesson, then who was asked least. Of a session of the caller's classes; otherwise nobody. Names of other units are read as the system, no phones.
 */
export async function suggestionsFor(
  tx: ScopedTx,
  language: Language,
  sessionId: string,
  role: HelperRole,
): Promise<readonly Suggestion[]> {
  const [found] = await tx<{ classAreaId: number }[]>`
    select c.area_id as class_area_id from class_session s join class c on c.id = s.class_id
    where s.id = ${sessionId} and c.area_id = ${mine(tx, 'class.write')}`;
  if (!found) return [];
  return elevated(tx, 'helpers of other teams and units are put forward', async (system) => {
    const { own, near } = await reachOf(system, found.classAreaId);
    const fits =
      role === 'teaches'
        ? system`may_teach = lesson_skills and known > 0`
        : system`may_teach > 0 or known = 0 or lesson_skills = 0`;
    return system<Suggestion[]>`
      with session as (
        select s.id, s.starts_at, s.ends_at, c.team_id, c.language,
          array(select distinct ls.skill_code from lesson l join lesson_skill ls on ls.lesson_id = l.id
                where l.course_id = c.course_id and (s.lesson_id is null or l.id = s.lesson_id)) as skills
        from class_session s join class c on c.id = s.class_id where s.id = ${sessionId}
      ), free as (
        select m.id, m.full_name, k.name as team, ${tx(`a.full_name_${language}`)} as unit, s.language, cardinality(s.skills) as lesson_skills,
          case when k.id = s.team_id then 0 when k.area_id = any(${own}::integer[]) then 1 else 2 end as near,
          (select count(*) from team_member_skill t where t.member_id = m.id and t.skill_code = any(s.skills)) as may_teach,
          (select count(*) from team_member_skill t where t.member_id = m.id) as known,
          ${saidFree(system, system`m.id`, system`s.starts_at`, system`s.ends_at`)} as said,
          (select count(*) from session_helper o where o.member_id = m.id and o.state <> 'no' and not o.called_off
             and o.starts_at between s.starts_at - interval '30 days' and s.starts_at + interval '30 days') as load
        from session s cross join team_member m join team k on k.id = m.team_id join area a on a.id = k.area_id
        where k.area_id = any(${[...own, ...near]}::integer[]) and m.left_on is null and s.language = any(m.languages)
          and not exists (select from session_helper h where h.session_id = s.id and h.member_id = m.id and h.no_because is distinct from 'clash')
          and not exists (select from session_helper o where o.member_id = m.id and o.state <> 'no' and not o.called_off
             and tstzrange(o.starts_at, o.ends_at) && tstzrange(s.starts_at, s.ends_at))
          and ${canThen(system, system`m.id`, system`s.starts_at`, system`s.ends_at`)}
          and not ${onDutyThen(system, system`m.id`, system`s.starts_at`, system`s.ends_at`)}
      )
      select id, full_name, team, case when near = 2 then unit end as unit, near, language, lesson_skills, may_teach, known, said, load
      from free where ${fits}
      order by near, said desc, may_teach desc, load, split_part(full_name, ' ', -1) collate "vi-x-icu", full_name collate "vi-x-icu", id
      limit ${most}`;
  });
}
