import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { mine } from '@/lib/class/queries';
import { repeatDays, repeats } from './rules';
import type { Answered, Invitee, Proposal } from './schema';

type Language = 'vi' | 'en';
type Piece = ReturnType<ScopedTx>;

/** So long a class that came of a proposal is shown with whom to invite. */
const answeredDays = 14;

/** The unit an area lies in. */
const unitOf = (tx: ScopedTx, area: Piece) => tx`
  (select u.id from area_tree t join area u on u.id = t.ancestor_id where t.area_id = ${area} and u.kind in ${tx(unitKinds)} order by t.depth limit 1)`;

/**
 * What was logged in the last seven days and no answer was given to yet, of needs that a course teaches: (id, desk_id, area_id, unit_id,
 * need, series, level, referred, person_id, invite, at). An answer is a dismissal, or a class of that course in the unit, after it.
 */
const unanswered = (tx: SystemTx, areas: readonly number[], now: Date) => tx`
  select s.id, s.desk_id, s.area_id, d.unit_id, s.need_code as need, n.course_id as series, s.level, s.referred_to is not null as referred,
    s.person_id, s.invite, s.at
  from desk_assist s
    join desk_need n on n.code = s.need_code and n.replaced_at is null and n.course_id is not null
    join lateral (select ${unitOf(tx, tx`s.area_id`)} as unit_id) d on true
  where s.area_id = any(${[...areas]}::int[]) and s.undone_at is null and s.at <= ${now}
    and s.at > ${now}::timestamptz - make_interval(days => ${repeatDays})
    and not exists (select from desk_dismissal x where x.need_code = s.need_code and x.at >= s.at
      and (x.desk_id = s.desk_id or x.desk_id is null and x.area_id in (s.area_id, d.unit_id)))
    and not exists (select from class c join course co on co.id = c.course_id
      where co.series_id = n.course_id and c.status <> 'cancelled' and c.created_at >= s.at
        and c.area_id in (select area_id from area_tree where ancestor_id = d.unit_id))`;

/** The areas whose desks the caller keeps. */
async function kept(tx: ScopedTx): Promise<number[]> {
  const [row] = await tx<{ areas: number[] | null }[]>`select may_areas('desk.manage') as areas`;
  return row?.areas ?? [];
}

/**
 * The classes that what repeats proposes to the caller, those asked for most first; nothing of it is stored. Five times one need within
 * seven days at one desk, or else at the desks of the unit together. Classes made elsewhere in the unit count as an answer.
 */
export async function proposals(tx: ScopedTx, language: Language, now: Date): Promise<readonly Proposal[]> {
  const areas = await kept(tx);
  if (areas.length === 0) return [];
  return elevated(tx, 'desks: what repeats, and whether a class answers it', async (system) => {
    const rows = await system<Proposal[]>`
      with open as materialized (${unanswered(system, areas, now)}),
      by_desk as (
        select desk_id, area_id, unit_id, need, series, ${tallies(system)} from open
        group by desk_id, area_id, unit_id, need, series having count(*) >= ${repeats}),
      by_unit as (
        select null::uuid as desk_id, unit_id as area_id, unit_id, need, series, ${tallies(system)} from open o
        where unit_id = any(${areas}::int[]) and not exists (select from by_desk b where b.unit_id = o.unit_id and b.need = o.need)
        group by unit_id, need, series having count(*) >= ${repeats})
      select g.area_id, g.desk_id, coalesce(d.name, ${system(`a.full_name_${language}`)}) as place, ${system(`u.full_name_${language}`)} as unit, g.need,
        ${system(`n.name_${language}`)} as need_name, co.id as course_id, ${system(`co.title_${language}`)} as course,
        g.count, g.days, g.by_hand, g.referred, g.busiest_hour, g.willing
      from (select * from by_desk union all select * from by_unit) g
        join area a on a.id = g.area_id join area u on u.id = g.unit_id left join desk d on d.id = g.desk_id
        join desk_need n on n.code = g.need and n.replaced_at is null
        join course co on co.series_id = g.series and co.replaced_at is null and co.retired_at is null
      order by g.count desc, n.position, g.area_id, g.desk_id limit 100`;
    return [...rows];
  });
}

const tallies = (tx: SystemTx) => tx`
  count(*)::int as count, count(distinct (at at time zone 'Asia/Ho_Chi_Minh')::date)::int as days,
  (count(*) filter (where level <= 1))::int as by_hand, (count(*) filter (where referred))::int as referred,
  (mode() within group (order by extract(hour from at at time zone 'Asia/Ho_Chi_Minh')))::int as busiest_hour,
  (count(distinct person_id) filter (where invite))::int as willing`;

/**
 * Who agreed to be invited, of those a proposal counts; the latest first. Under the caller's own rows: nobody they may not look up, and
 * nobody whose consent to be on a list has ended.
 */
export async function inviteesOf(
  tx: ScopedTx,
  language: Language,
  { areaId, deskId, need }: Pick<Proposal, 'areaId' | 'deskId' | 'need'>,
  now: Date,
): Promise<readonly Invitee[]> {
  const areas = await kept(tx);
  const ids = await elevated(tx, 'desks: who agreed to be invited', async (system) => {
    const rows = await system<{ personId: string }[]>`
      select distinct o.person_id from (${unanswered(system, areas, now)}) o
      where o.invite and o.need = ${need} and (${deskId}::uuid is null and o.unit_id = ${areaId} or o.desk_id = ${deskId})`;
    return rows.map(({ personId }) => personId);
  });
  return named(tx, language, ids, now);
}

/** People by name, where the caller may look them up and their consent stands. */
async function named(tx: ScopedTx, language: Language, ids: readonly string[], now: Date): Promise<readonly Invitee[]> {
  if (ids.length === 0) return [];
  return tx<Invitee[]>`
    select p.id as person_id, p.full_name, ${tx(`a.full_name_${language}`)} as village, p.birth_year, f.phone,
      (select max(s.at) from desk_assist s where s.person_id = p.id and s.undone_at is null and s.at <= ${now}) as last_at
    from person p join area a on a.id = p.area_id left join person_phone f on f.person_id = p.id
    where p.id = any(${[...ids]}::uuid[]) and p.merged_into is null and p.area_id = ${mine(tx, 'person.read')}
      and exists (select from consent c where c.person_id = p.id and c.purpose = 'class' and c.given and c.withdrawn_at is null)
    order by last_at desc nulls last, p.given_name collate "vi-x-icu", p.id limit 200`;
}

/**
 * Classes of the last two weeks that came of what repeated at the caller's desks and still take people, with whom to invite: who agreed
 * in the week before and has no place there yet.
 */
export async function answered(tx: ScopedTx, language: Language, now: Date): Promise<readonly Answered[]> {
  const areas = await kept(tx);
  if (areas.length === 0) return [];
  const found = await elevated(tx, 'desks: classes that came of what repeated', async (system) => {
    const rows = await system<{ classId: string; title: string; people: string[] }[]>`
      select c.id as class_id, ${system(`co.title_${language}`)} as title, array_agg(distinct s.person_id) as people
      from class c join course co on co.id = c.course_id
        join desk_need n on n.course_id = co.series_id and n.replaced_at is null
        join desk_assist s on s.need_code = n.code and s.invite and s.undone_at is null and s.at <= c.created_at
          and s.at > c.created_at - make_interval(days => ${repeatDays}) and s.area_id = any(${areas}::int[])
      where c.status in ('draft', 'published') and c.created_at > ${now}::timestamptz - make_interval(days => ${answeredDays})
        and c.area_id = any(${areas}::int[]) and coalesce(c.last_ends_at > ${now}, true)
        and c.area_id in (select area_id from area_tree where ancestor_id = ${unitOf(system, system`s.area_id`)})
        and not exists (select from enrolment e where e.class_id = c.id and e.person_id = s.person_id
          and e.status in ('waitlisted', 'offered', 'confirmed'))
      group by c.id, co.id order by c.created_at desc limit 20`;
    return [...rows];
  });
  const classes: Answered[] = [];
  for (const { classId, title, people } of found) {
    const shown = await named(tx, language, people, now);
    if (shown.length > 0) classes.push({ classId, title, people: shown });
  }
  return classes;
}

/** What the caller's organisers decided against of late, and why. */
export function dismissed(tx: ScopedTx, language: Language) {
  return tx<{ id: string; place: string; needName: string; reason: string; at: Date }[]>`
    select x.id, coalesce(d.name, ${tx(`a.full_name_${language}`)}) as place, ${tx(`n.name_${language}`)} as need_name, x.reason, x.at
    from desk_dismissal x join area a on a.id = x.area_id left join desk d on d.id = x.desk_id
      join lateral (select * from desk_need n where n.code = x.need_code order by n.version desc limit 1) n on true
    where x.area_id = ${mine(tx, 'desk.manage')} order by x.at desc limit 20`;
}
