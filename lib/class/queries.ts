import type { Capability } from '@/db/capabilities';
import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { addDays, dayOf, momentOf } from '@/lib/kernel/clock';
import {
  classesPerPage,
  filterNames,
  searchWords,
  type Around,
  type ClassCard,
  type ClassDetails,
  type ClassSessionLine,
  type DayPart,
  type FilterName,
  type ScheduleFilters,
  type SkillChoice,
  type SkipReason,
  type WeeklyRule,
} from './schema';

type Language = 'vi' | 'en';

const hours: Record<DayPart, readonly [number, number]> = { morning: [0, 12], afternoon: [12, 18], evening: [18, 24] };

const always = (tx: ScopedTx) => tx`true`;

/** Sessions `s` of a day, as `ScheduleFilters.day` tells it. */
function onDay(tx: ScopedTx, day: string | undefined) {
  if (!day) return always(tx);
  if (/^[1-7]$/.test(day)) return tx`extract(isodow from s.starts_at at time zone 'Asia/Ho_Chi_Minh') = ${Number(day)}`;
  const from = day === 'today' || day === 'week' ? dayOf(new Date()) : day;
  const to = addDays(from, day === 'week' ? 7 : 1);
  return tx`s.starts_at >= ${momentOf(from, '00:00')} and s.starts_at < ${momentOf(to, '00:00')}`;
}

function inPart(tx: ScopedTx, part: DayPart | undefined) {
  if (!part) return always(tx);
  const [from, to] = hours[part];
  return tx`extract(hour from s.starts_at at time zone 'Asia/Ho_Chi_Minh') >= ${from}
    and extract(hour from s.starts_at at time zone 'Asia/Ho_Chi_Minh') < ${to}`;
}

/** Sessions `s` one can still come to, on that day and in that part of it. */
function fitting(tx: ScopedTx, { day, part }: Pick<ScheduleFilters, 'day' | 'part'>) {
  // One that began more than a day ago is over; the bound lets the index on the start cut the past off.
  return tx`s.status = 'published' and s.ends_at > now() and s.starts_at > now() - interval '1 day'
    and ${onDay(tx, day)} and ${inPart(tx, part)}`;
}

/** Every word begins a word of the class, of a skill it teaches, or of a name (today's, earlier, of a predecessor) of a place it lies in. */
function says(tx: ScopedTx, q: string | undefined) {
  const said = (word: string) => tx`(' ' || c.search_folded like ${`% ${word}%`} or c.area_id in (
    select t.area_id from area_tree t join (
      select id, name_folded || ' ' || lower(full_name_en) as name from area
      union all select area_id, name_folded from area_alias
    ) named on named.id = t.ancestor_id
    where ' ' || named.name like ${`% ${word}%`}) or c.course_id in (
    select l.course_id from skill_version v join lesson_skill ls on ls.skill_code = v.skill_code join lesson l on l.id = ls.lesson_id
    where v.valid_to is null and ' ' || place_full(v.title_vi || ' ' || v.title_en) like ${`% ${word}%`}))`;
  return searchWords(q ?? '').reduce((all, word) => tx`${all} and ${said(word)}`, always(tx));
}

/** One skill by its code, or any of a domain by the domain's. */
const teaches = (tx: ScopedTx, skill: string | undefined) =>
  skill
    ? tx`exists (select from lesson l join lesson_skill ls on ls.lesson_id = l.id
                 where l.course_id = c.course_id
                   and ls.skill_code in (select code from skill where ${skill} in (code, domain_code)))`
    : always(tx);

const liesIn = (tx: ScopedTx, area: number | undefined) =>
  area ? tx`c.area_id in (select area_id from area_tree where ancestor_id = ${area})` : always(tx);

/** Seats for display; the decision is made when one enrols. Who waits goes first, so with a queue there are none. */
const seatsLeft = (tx: ScopedTx) =>
  tx`case when c.waiting > 0 then 0 else greatest(0,
       c.capacity + c.seats_overbooked - c.seats_confirmed - c.seats_offered - c.seats_held - c.seats_reserved) end`;

const hasRoom = (tx: ScopedTx, open: true | undefined) => (open ? tx`${seatsLeft(tx)} > 0` : always(tx));

const taughtHow = (tx: ScopedTx, { lang }: ScheduleFilters) => (lang ? tx`c.language = ${lang}` : always(tx));

const heldWhere = (tx: ScopedTx, { stepFree }: ScheduleFilters) =>
  stepFree ? tx`c.venue_id in (select id from venue where step_free)` : always(tx);

const unitName = (tx: ScopedTx, language: Language) =>
  tx`(select ${tx(`u.full_name_${language}`)} from area_tree t join area u on u.id = t.ancestor_id
      where t.area_id = c.area_id and t.depth > 0 and u.kind in ${tx(unitKinds)} order by t.depth limit 1)`;

/** Skills of the class's course with their current wording, core ones first. */
const skillsTaught = (tx: ScopedTx, language: Language, most: number) =>
  tx`select taught.code, taught.title, taught.can_do from (
       select distinct on (k.code) k.code, ${tx(`v.title_${language}`)} as title, ${tx(`v.can_do_${language}`)} as can_do,
         l.position as lesson, k.position as skill
       from lesson l join lesson_skill ls on ls.lesson_id = l.id join skill k on k.code = ls.skill_code
         join skill_version v on v.skill_code = k.code and v.valid_to is null
       where l.course_id = c.course_id order by k.code, l.position) taught
     order by taught.lesson, taught.skill, taught.code limit ${most}`;

/**
 * Classes one can come to, by their next fitting session, 10 a page: published, with a session not yet over. With `rings` only
 * those in one of these places, the first place's first. `total` counts all pages; a page past the last gives the first. The
 * same for every visitor.
 */
export async function classSchedule(
  tx: ScopedTx,
  language: Language,
  filters: ScheduleFilters,
  around: Partial<Around> = {},
): Promise<{ total: number; page: number; classes: readonly ClassCard[] }> {
  const { rings, perPage = classesPerPage } = around;
  const narrowed = rings !== undefined || filterNames.some((name) => filters[name] !== undefined);
  const found = narrowed ? chosen(tx, filters, around) : soonest(tx);
  const nearest = rings ? tx`ring,` : tx``;
  const rows = await tx<(ClassCard & { total: number })[]>`
    with found as (
      ${found} order by ${nearest} next_starts_at, id limit ${perPage} offset ${(filters.page - 1) * perPage}
    )
    select f.total, f.ring, c.id, ${tx(`co.title_${language}`)} as title, ${tx(`co.summary_${language}`)} as summary,
      coalesce(k.can_do, '{}') as can_do, k.skill_code, f.next_starts_at, f.next_ends_at,
      (select count(*) from class_session s where s.class_id = c.id and ${fitting(tx, {})}) as sessions_to_come,
      v.name as venue, v.address, v.step_free, ${tx(`a.full_name_${language}`)} as place_name, ${unitName(tx, language)} as unit_name,
      ${seatsLeft(tx)} as seats_left, c.waiting, te.name as team_name, ${tx(`co.bring_${language}`)} as bring, c.language
    from found f join class c on c.id = f.id
      join course co on co.id = c.course_id join venue v on v.id = f.venue_id join team te on te.id = c.team_id
      join area a on a.id = c.area_id
      left join lateral (select array_agg(can_do) as can_do, (array_agg(code))[1] as skill_code
        from (${skillsTaught(tx, language, 3)}) first_few) k on true
    order by f.ring, f.next_starts_at, c.id`;
  const [first] = rows;
  if (!first && filters.page > 1) return classSchedule(tx, language, { ...filters, page: 1 }, around);
  return { total: first?.total ?? 0, page: filters.page, classes: rows };
}

/** What was asked for: the classes first, then the first fitting session of each. */
function chosen(tx: ScopedTx, filters: ScheduleFilters, { rings, except }: Partial<Around>) {
  const ring = rings
    ? tx`(select min(r.at)::integer from unnest(${[...rings]}::integer[]) with ordinality r (id, at)
          join area_tree t on t.ancestor_id = r.id where t.area_id = c.area_id)`
    : tx`null::integer`;
  const inOneOfThem = rings
    ? tx`c.area_id in (select area_id from area_tree where ancestor_id = any (${[...rings]}::integer[]))`
    : always(tx);
  return tx`
    select c.id, c.ring, s.starts_at as next_starts_at, s.ends_at as next_ends_at, s.venue_id, count(*) over () as total
    from (
      select c.id, ${ring} as ring from class c
      where c.status = 'published' and c.last_ends_at > now() and ${inOneOfThem} and ${liesIn(tx, filters.area)}
        and ${says(tx, filters.q)} and ${teaches(tx, filters.skill)} and ${taughtHow(tx, filters)} and ${heldWhere(tx, filters)}
        and ${hasRoom(tx, filters.open)} and ${except ? tx`c.id <> ${except}` : always(tx)} offset 0
    ) c cross join lateral (
      select s.starts_at, s.ends_at, s.venue_id from class_session s
      where s.class_id = c.id and ${fitting(tx, filters)} order by s.starts_at limit 1
    ) s`;
}

/**
 * Everything there is, soonest first: the sessions are walked in the order of their start until the page is full; the first one
 * to come stands for its class. (`coalesce` and not `not exists`, which is planned as a join of all sessions with all.) A class
 * whose end lies ahead has a session to come, since its end is that of its last session not cancelled: so it is counted without.
 */
function soonest(tx: ScopedTx) {
  return tx`
    select c.id, null::integer as ring, s.starts_at as next_starts_at, s.ends_at as next_ends_at, s.venue_id,
      (select count(*) from class c where c.status = 'published' and c.last_ends_at > now()) as total
    from class_session s join class c on c.id = s.class_id
    where ${fitting(tx, {})} and c.status = 'published' and coalesce((
      select false from class_session e where e.class_id = s.class_id and e.status = 'published' and e.ends_at > now()
        and (e.starts_at, e.id) < (s.starts_at, s.id) limit 1), true)`;
}

/** When nothing was found: how many there would be without each one of the filters in use. */
export async function classesWithout(
  tx: ScopedTx,
  filters: ScheduleFilters,
): Promise<readonly { filter: FilterName; total: number }[]> {
  const meets = (day?: string, part?: DayPart) =>
    tx`exists (select from class_session s where s.class_id = c.id and ${fitting(tx, { day, part })})`;
  const plain = ['area', 'q', 'skill', 'open', 'lang', 'stepFree'] as const;
  /** How many there are with every condition but this one (one of `plain`), at times that fit. */
  const counted = (name: FilterName, fits: string) => {
    const others = plain
      .filter((other) => other !== name)
      .reduce((all, other) => tx`${all} and ${tx(other)}`, always(tx));
    return tx`count(*) filter (where ${others} and ${tx(fits)}) as ${tx(name)}`;
  };
  const [row] = await tx<Record<FilterName, number>[]>`
    select ${plain.map((name) => counted(name, 'fits')).reduce((all, one) => tx`${all}, ${one}`)},
      ${counted('day', 'fitsAnyDay')}, ${counted('part', 'fitsAnyPart')}
    from (
      select ${liesIn(tx, filters.area)} as area, ${says(tx, filters.q)} as q, ${teaches(tx, filters.skill)} as skill,
        ${hasRoom(tx, filters.open)} as open, ${taughtHow(tx, filters)} as lang, ${heldWhere(tx, filters)} as step_free,
        ${meets(filters.day, filters.part)} as fits, ${meets(undefined, filters.part)} as fits_any_day,
        ${meets(filters.day)} as fits_any_part
      from class c where c.status = 'published' and c.last_ends_at > now()
    ) flags`;
  const names: readonly FilterName[] = ['day', 'part', 'open', 'lang', 'stepFree', 'q', 'skill', 'area'];
  return names
    .filter((name) => filters[name] !== undefined)
    .map((filter) => ({ filter, total: row?.[filter] ?? 0 }))
    .filter((without) => without.total > 0);
}

/** The skills one can look for, by domain, in the order of the catalogue. */
export async function skillChoices(tx: ScopedTx, language: Language): Promise<readonly SkillChoice[]> {
  return tx<SkillChoice[]>`
    select k.code, k.domain_code, ${tx(`v.title_${language}`)} as title, ${tx(`d.name_${language}`)} as domain
    from skill k join skill_version v on v.skill_code = k.code and v.valid_to is null
      join skill_domain d on d.code = k.domain_code
    order by d.position, k.position, k.code`;
}

type JsonSession = Omit<ClassSessionLine, 'startsAt' | 'endsAt' | 'movedFrom'> & {
  startsAt: string;
  endsAt: string;
  movedFrom: string | null;
};

/** A class as anybody may see it, with all its sessions; cancelled ones too. Null for drafts and unknown ids. */
export async function classForResident(tx: ScopedTx, language: Language, id: string): Promise<ClassDetails | null> {
  const [row] = await tx<(Omit<ClassDetails, 'sessions' | 'skillCode'> & { sessions: JsonSession[] })[]>`
    select c.id, c.area_id, c.status, c.status_reason, coalesce(c.last_ends_at <= now(), true) as over, c.capacity,
      ${tx(`co.title_${language}`)} as title, ${tx(`co.summary_${language}`)} as summary,
      ${tx(`co.bring_${language}`)} as bring, v.name as venue, v.address, v.way_there, v.step_free,
      ${tx(`a.full_name_${language}`)} as place_name, ${unitName(tx, language)} as unit_name,
      ${seatsLeft(tx)} as seats_left, c.waiting, te.name as team_name, c.language, c.note, c.hotline,
      coalesce((select jsonb_agg(jsonb_build_object('code', k.code, 'title', k.title, 'canDo', k.can_do))
                from (${skillsTaught(tx, language, 60)}) k), '[]') as skills,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'startsAt', s.starts_at, 'endsAt', s.ends_at,
          'state', case when s.status in ('cancelled', 'did_not_happen') then 'cancelled' when s.ends_at <= now() then 'past' else 'toCome' end,
          'reason', s.status_reason, 'note', s.note, 'movedFrom', s.moved_from, 'lesson', ${tx(`l.title_${language}`)},
          'venue', case when s.venue_id <> c.venue_id then sv.name || ', ' || sv.address end) order by s.starts_at, s.position)
        from class_session s left join lesson l on l.id = s.lesson_id join venue sv on sv.id = s.venue_id
        where s.class_id = c.id), '[]') as sessions
    from class c join course co on co.id = c.course_id join venue v on v.id = c.venue_id
      join team te on te.id = c.team_id join area a on a.id = c.area_id
    where c.id = ${id} and c.status <> 'draft'`;
  if (!row) return null;
  const sessions = row.sessions.map((line) => ({
    ...line,
    startsAt: new Date(line.startsAt),
    endsAt: new Date(line.endsAt),
    movedFrom: line.movedFrom === null ? null : new Date(line.movedFrom),
  }));
  return { ...row, sessions, skillCode: row.skills[0]?.code ?? null };
}

// — For those who run classes —

/**
 * Where the caller holds a verb. Published classes are everybody's to see, so the policies alone would show staff the whole
 * province as theirs; what they run is narrowed by the same function the policies ask.
 */
export const mine = (tx: ScopedTx, capability: Capability) =>
  tx`any (coalesce((select may_areas(${capability})), '{}'))`;

/** A venue in use where the caller may plan classes; null otherwise. */
export async function venueInReach(tx: ScopedTx, id: string) {
  const [venue] = await tx<{ id: string; areaId: number; name: string; seats: number | null }[]>`
    select id, area_id, name, seats from venue
    where id = ${id} and retired_at is null and area_id = ${mine(tx, 'class.write')}`;
  return venue ?? null;
}

/** All words a class is searched by: course, venue, and every name of its area and those above, old ones too. */
export async function classSearchWords(tx: ScopedTx, classId: string): Promise<string[]> {
  const rows = await tx<{ word: string }[]>`
    with found as (select c.area_id, co.title_vi, co.title_en, v.name, v.address
                   from class c join course co on co.id = c.course_id join venue v on v.id = c.venue_id where c.id = ${classId}),
         above as (select t.ancestor_id, t.depth from area_tree t join found on found.area_id = t.area_id)
    select unnest(array[title_vi, title_en, name, address]) as word from found
    union all select unnest(array[full_name_vi, full_name_en]) from area join above on ancestor_id = id
    union all select name from area_alias join above on ancestor_id = area_id`;
  return rows.map((row) => row.word);
}

/** What a new class can be made of: courses open to the caller's areas, their venues and teams. */
export async function planningChoices(tx: ScopedTx, language: Language) {
  const courses = await tx<{ id: string; title: string; lessons: number }[]>`
    select c.id, ${tx(`c.title_${language}`)} as title, (select count(*) from lesson l where l.course_id = c.id) as lessons
    from course c
    where c.area_id in (select ancestor_id from area_tree where area_id = ${mine(tx, 'class.write')})
      and c.replaced_at is null and c.retired_at is null
    order by c.position, c.title_vi collate "vi-x-icu" limit 200`;
  const venues = await tx<{ id: string; name: string; area: string; seats: number | null }[]>`
    select v.id, v.name, v.seats, ${tx(`a.name_${language}`)} as area
    from venue v join area a on a.id = v.area_id where v.area_id = ${mine(tx, 'class.write')} and v.retired_at is null
    order by a.name_vi collate "vi-x-icu", v.name collate "vi-x-icu" limit 500`;
  const teams = await tx<{ id: string; name: string }[]>`
    select id, name from team
    where closed_on is null and (area_id = ${mine(tx, 'class.write')}
       or area_id in (select ancestor_id from area_tree where area_id = ${mine(tx, 'class.write')}))
    order by name collate "vi-x-icu" limit 200`;
  return { courses: [...courses], venues: [...venues], teams: [...teams] };
}

/** The days of a class's rule on which it does not meet, and why. */
export function skippedDays(tx: ScopedTx, classId: string) {
  return tx<{ day: string; reason: SkipReason; because: string }[]>`
    select day::text, reason, because from class_skipped_day where class_id = ${classId} order by day limit 100`;
}

/** The team of the class the caller planned last; the next one is mostly taught by the same. */
export async function lastTeamOf(tx: ScopedTx, accountId: string): Promise<string | null> {
  const [last] = await tx<{ teamId: string }[]>`
    select team_id from class where created_by = ${accountId} order by created_at desc, id limit 1`;
  return last?.teamId ?? null;
}

/** What a class like this one is planned with: its course as it is now, venue and rule where they still stand; null when it is not the caller's. */
export async function classToCopy(tx: ScopedTx, language: Language, classId: string) {
  const [row] = await tx<
    {
      title: string;
      courseId: string;
      venueId: string | null;
      teamId: string;
      capacity: number;
      minimumToRun: number;
      reservedPlaces: number;
      reservedFor: string | null;
      offerHours: number;
      language: string;
      weeklyRule: WeeklyRule | null;
      sessions: number;
      lastEndsAt: Date | null;
      firstStartsAt: Date | null;
    }[]
  >`
    select ${tx(`co.title_${language}`)} as title, coalesce(n.id, c.course_id) as course_id, v.id as venue_id, c.team_id, c.capacity,
           c.minimum_to_run, c.reserved_places, c.reserved_for, c.offer_hours, c.language, c.weekly_rule, c.first_starts_at, c.last_ends_at,
           (select count(*)::integer from class_session s where s.class_id = c.id) as sessions
    from class c join course co on co.id = c.course_id
      left join course n on n.series_id = co.series_id and n.replaced_at is null and n.retired_at is null
      left join venue v on v.id = c.venue_id and v.retired_at is null
    where c.id = ${classId} and c.area_id = ${mine(tx, 'class.write')}`;
  return row ?? null;
}

/**
 * The number that may be rung about an area: what the unit around it gives out with its classes, on posters and slips, of the class made last; null
 * where it gives none. A number of somebody's own is never told.
 */
export const officeNumber = (tx: ScopedTx, area: ReturnType<ScopedTx>) => tx`
  (select c.hotline from class c join area_tree near on near.area_id = c.area_id
   where c.hotline <> '' and c.status <> 'draft' and near.ancestor_id = (select u.id from area_tree t join area u on u.id = t.ancestor_id
     where t.area_id = ${area} and u.kind in ${tx(unitKinds)} order by t.depth limit 1)
   order by c.created_at desc, c.id desc limit 1)`;
