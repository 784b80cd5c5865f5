import type { Capability } from '@/db/capabilities';
import type { ScopedTx } from '@/lib/access/scoped';
import { addDays, dayOf, momentOf } from '@/lib/kernel/clock';
import { fold } from '@/lib/kernel/text';
import type { Locale } from '@/lib/i18n/routing';
import type { ClassListInput, ClassStatus, SessionStatus, TaughtIn } from './schema';

// — For those who run classes —

/**
 * Where the caller holds a verb. Published classes are everybody's to see, so the policies alone would show staff the whole
 * province as theirs; what they run is narrowed by the same function the policies ask.
 */
const mine = (tx: ScopedTx, capability: Capability) => tx`any (coalesce((select may_areas(${capability})), '{}'))`;

const inTongue = (tx: ScopedTx, locale: Locale, column: string) => tx(`${column}_${locale}`);

/** A venue the caller may plan classes at; null otherwise. */
export async function venueInReach(tx: ScopedTx, id: string) {
  const [venue] = await tx<{ id: string; areaId: number; name: string; seats: number | null }[]>`
    select id, area_id, name, seats from venue where id = ${id} and area_id = ${mine(tx, 'class.write')}`;
  return venue ?? null;
}

/** When a venue is taken on the days asked about, by sessions that are on. */
export async function takenAt(tx: ScopedTx, venueId: string, days: readonly string[]) {
  const [first] = days;
  const last = days.at(-1);
  if (!first || !last) return [];
  return tx<{ startsAt: Date; endsAt: Date }[]>`
    select starts_at, ends_at from class_session
    where venue_id = ${venueId} and status in ('planned', 'published', 'held')
      and starts_at < ${momentOf(addDays(last, 2), '00:00')} and ends_at > ${momentOf(addDays(first, -1), '00:00')}
    order by starts_at limit 2000`;
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

export interface AreaChoice {
  id: number;
  name: string;
}

/** Areas under the caller's grants where a verb is held, at most `depth` levels down; the granted ones first, then by name. */
export async function areaChoices(
  tx: ScopedTx,
  locale: Locale,
  { grants, capability, depth }: { grants: readonly { areaId: number }[]; capability: Capability; depth: number },
): Promise<AreaChoice[]> {
  return tx<AreaChoice[]>`
    select a.id, a.${inTongue(tx, locale, 'full_name')} as name
    from (select area_id, min(depth) as depth from area_tree
          where ancestor_id in ${tx(grants.map((grant) => grant.areaId).concat(0))} and depth <= ${depth}
            and area_id = ${mine(tx, capability)} group by area_id) t
    join area a on a.id = t.area_id
    order by t.depth, name collate "vi-x-icu" limit 500`;
}

/** What a new class can be made of: courses open to the caller's areas, their venues and teams. */
export async function planningChoices(tx: ScopedTx, locale: Locale) {
  const courses = await tx<{ id: string; title: string; lessons: number }[]>`
    select c.id, c.${inTongue(tx, locale, 'title')} as title, (select count(*) from lesson l where l.course_id = c.id) as lessons
    from course c
    where c.area_id in (select ancestor_id from area_tree where area_id = ${mine(tx, 'class.write')})
    order by c.position, title collate "vi-x-icu" limit 200`;
  const venues = await tx<{ id: string; name: string; area: string; seats: number | null }[]>`
    select v.id, v.name, v.seats, a.${inTongue(tx, locale, 'name')} as area
    from venue v join area a on a.id = v.area_id where v.area_id = ${mine(tx, 'class.write')}
    order by area collate "vi-x-icu", v.name collate "vi-x-icu" limit 500`;
  const teams = await tx<{ id: string; name: string }[]>`
    select id, name from team
    where area_id = ${mine(tx, 'class.write')}
       or area_id in (select ancestor_id from area_tree where area_id = ${mine(tx, 'class.write')})
    order by name collate "vi-x-icu" limit 200`;
  return { courses: [...courses], venues: [...venues], teams: [...teams] };
}

/** A session as a line of work: what, where, when, how many come, and whether its register is taken. */
export interface SessionLine {
  id: string;
  classId: string;
  position: number;
  title: string;
  lesson: string | null;
  venue: string;
  area: string;
  startsAt: Date;
  endsAt: Date;
  status: SessionStatus;
  confirmed: number;
  capacity: number;
  minimum: number;
  waiting: number;
  started: boolean;
  finished: boolean;
  mayMark: boolean;
}

async function sessionLines(
  tx: ScopedTx,
  locale: Locale,
  which: ReturnType<ScopedTx>,
  limit: number,
): Promise<{ total: number; rows: SessionLine[] }> {
  const rows = await tx<(SessionLine & { total: number })[]>`
    select s.id, s.class_id, s.position, s.starts_at, s.ends_at, s.status, count(*) over () as total,
           co.${inTongue(tx, locale, 'title')} as title, l.${inTongue(tx, locale, 'title')} as lesson, v.name as venue,
           a.${inTongue(tx, locale, 'name')} as area, c.seats_confirmed as confirmed, c.capacity, c.minimum_to_run as minimum,
           c.waiting, s.register_started_at is not null as started, s.register_finished_at is not null as finished,
           s.area_id = ${mine(tx, 'register.write')} as may_mark
    from class_session s
    join class c on c.id = s.class_id join course co on co.id = c.course_id
    join venue v on v.id = s.venue_id join area a on a.id = s.area_id left join lesson l on l.id = s.lesson_id
    where s.area_id = ${mine(tx, 'class.read')} and ${which}
    order by s.starts_at, s.id limit ${limit}`;
  return { total: rows[0]?.total ?? 0, rows: [...rows] };
}

/** A class as one line of a list. */
export interface ClassLine {
  id: string;
  status: ClassStatus;
  title: string;
  venue: string;
  area: string;
  firstStartsAt: Date | null;
  lastEndsAt: Date | null;
  nextStartsAt: Date | null;
  sessions: number;
  registersTaken: number;
  registersMissing: number;
  confirmed: number;
  capacity: number;
  minimum: number;
  waiting: number;
}

const classLineColumns = (tx: ScopedTx, locale: Locale, now: Date) => tx`
  c.id, c.status, co.${inTongue(tx, locale, 'title')} as title, v.name as venue, a.${inTongue(tx, locale, 'name')} as area,
  c.first_starts_at, c.last_ends_at, c.seats_confirmed as confirmed, c.capacity, c.minimum_to_run as minimum, c.waiting,
  (select min(starts_at) from class_session s where s.class_id = c.id and s.status in ('planned', 'published') and s.ends_at > ${now}) as next_starts_at,
  (select count(*) from class_session s where s.class_id = c.id and s.status not in ('cancelled', 'did_not_happen')) as sessions,
  (select count(*) from class_session s where s.class_id = c.id and s.status = 'held') as registers_taken,
  (select count(*) from class_session s where s.class_id = c.id and s.status = 'published' and s.ends_at <= ${now}) as registers_missing`;

/** Everything "today" asks of whoever runs classes, each list in order of urgency and with how many there are in all. */
export async function todayBoard(tx: ScopedTx, locale: Locale, now: Date) {
  const day = dayOf(now);
  const [dawn, midnight, dayAfter, week] = [0, 1, 2, 8].map((days) => momentOf(addDays(day, days), '00:00'));
  const on = tx`s.status in ('published', 'held')`;
  const today = await sessionLines(tx, locale, tx`${on} and s.starts_at >= ${dawn} and s.starts_at < ${midnight}`, 50);
  const notTaken = await sessionLines(tx, locale, tx`s.status = 'published' and s.ends_at <= ${now}`, 12);
  const few = await sessionLines(
    tx,
    locale,
    tx`s.status = 'published' and s.starts_at >= ${midnight} and s.starts_at < ${dayAfter} and c.seats_confirmed < c.minimum_to_run`,
    12,
  );
  const soon = await sessionLines(tx, locale, tx`${on} and s.starts_at >= ${midnight} and s.starts_at < ${week}`, 40);
  const classLines = (which: ReturnType<ScopedTx>, order: ReturnType<ScopedTx>) => tx<ClassLine[]>`
    select ${classLineColumns(tx, locale, now)}
    from class c join course co on co.id = c.course_id join venue v on v.id = c.venue_id join area a on a.id = c.area_id
    where ${which} order by ${order} limit 12`;
  const waiting = await classLines(
    tx`c.status = 'published' and c.waiting > 0 and c.last_ends_at > ${now} and c.area_id = ${mine(tx, 'class.read')}`,
    tx`c.waiting desc, c.first_starts_at`,
  );
  const drafts = await classLines(
    tx`c.status = 'draft' and c.area_id = ${mine(tx, 'class.write')}`,
    tx`c.first_starts_at nulls last, c.created_at`,
  );
  return { today, notTaken, few, soon, waiting: [...waiting], drafts: [...drafts] };
}

export const classSorts = ['next', 'begins', 'title', 'seats', 'waiting'] as const;

function listCondition(tx: ScopedTx, asked: ClassListInput, now: Date) {
  const all = [tx`c.area_id = ${mine(tx, 'class.read')}`];
  if (asked.state) all.push(tx`c.status = ${asked.state}`);
  if (asked.area) all.push(tx`c.area_id in (select area_id from area_tree where ancestor_id = ${asked.area})`);
  if (asked.when === 'coming') all.push(tx`c.first_starts_at > ${now}`);
  if (asked.when === 'running') all.push(tx`c.first_starts_at <= ${now} and c.last_ends_at >= ${now}`);
  if (asked.when === 'past') all.push(tx`c.last_ends_at < ${now}`);
  if (asked.need === 'waiting') all.push(tx`c.waiting > 0`);
  if (asked.need === 'few') all.push(tx`c.seats_confirmed < c.minimum_to_run and c.status = 'published'`);
  if (asked.need === 'register')
    all.push(tx`exists (select from class_session s where s.class_id = c.id and s.status = 'published' and s.ends_at <= ${now})`);
  for (const word of fold(asked.q ?? '').split(' ').filter(Boolean).slice(0, 8)) all.push(tx`c.search_folded like ${`%${word}%`}`);
  return all.reduce((sum, next) => tx`${sum} and ${next}`);
}

/** The classes of the caller's areas that the address asks for, a page at a time. */
export async function classList(
  tx: ScopedTx,
  locale: Locale,
  asked: ClassListInput,
  { sort, now, perPage }: { sort: { by: string; descending: boolean }; now: Date; perPage: number },
): Promise<{ total: number; rows: ClassLine[] }> {
  const columns = {
    next: tx`next_starts_at`,
    begins: tx`c.first_starts_at`,
    title: tx`co.${inTongue(tx, locale, 'title')} collate "vi-x-icu"`,
    seats: tx`(c.seats_confirmed::real / c.capacity)`,
    waiting: tx`c.waiting`,
  };
  const [, by] = Object.entries(columns).find(([name]) => name === sort.by) ?? ['next', columns.next];
  const rows = await tx<(ClassLine & { total: number })[]>`
    select ${classLineColumns(tx, locale, now)}, count(*) over () as total
    from class c join course co on co.id = c.course_id join venue v on v.id = c.venue_id join area a on a.id = c.area_id
    where ${listCondition(tx, asked, now)}
    order by ${by} ${sort.descending ? tx`desc` : tx`asc`} nulls last, c.id
    limit ${perPage} offset ${(asked.page - 1) * perPage}`;
  return { total: rows[0]?.total ?? 0, rows: [...rows] };
}

export interface ClassForStaff extends ClassLine {
  courseId: string;
  venueId: string;
  teamId: string;
  team: string;
  unit: string;
  address: string;
  wayThere: string;
  seats: number | null;
  stepFree: boolean;
  language: TaughtIn;
  note: string;
  hotline: string;
  statusReason: string | null;
  mayWrite: boolean;
  mayEnrol: boolean;
  mayRoster: boolean;
}

/** One class for those who run it, with what the caller may do there; null out of scope, also when it is published. */
export async function classForStaff(tx: ScopedTx, locale: Locale, id: string, now: Date): Promise<ClassForStaff | null> {
  const [row] = await tx<ClassForStaff[]>`
    select ${classLineColumns(tx, locale, now)}, c.course_id, c.venue_id, c.team_id, k.name as team, v.address, v.way_there, v.seats,
           v.step_free, c.language, c.note, c.hotline, c.status_reason,
           coalesce((select u.${inTongue(tx, locale, 'full_name')} from area_tree t join area u on u.id = t.ancestor_id
                     where t.area_id = c.area_id and u.kind in ('commune', 'ward', 'special_zone') order by t.depth limit 1), '') as unit,
           c.area_id = ${mine(tx, 'class.write')} as may_write, c.area_id = ${mine(tx, 'enrolment.write')} as may_enrol,
           c.area_id = ${mine(tx, 'roster.read')} as may_roster
    from class c join course co on co.id = c.course_id join venue v on v.id = c.venue_id
    join area a on a.id = c.area_id join team k on k.id = c.team_id
    where c.id = ${id} and c.area_id = ${mine(tx, 'class.read')}`;
  return row ?? null;
}

export interface ClassSessionLine extends SessionLine {
  reason: string | null;
  present: number | null;
}

/** The sessions of a class in order, with how many came where a register was begun. Present counts only for those who may see marks. */
export async function sessionsOfClass(tx: ScopedTx, locale: Locale, classId: string): Promise<ClassSessionLine[]> {
  const rows = await tx<ClassSessionLine[]>`
    select s.id, s.class_id, s.position, s.starts_at, s.ends_at, s.status, s.status_reason as reason, '' as title,
           l.${inTongue(tx, locale, 'title')} as lesson, v.name as venue, '' as area, c.seats_confirmed as confirmed, c.capacity,
           c.minimum_to_run as minimum, c.waiting, s.register_started_at is not null as started,
           s.register_finished_at is not null as finished, s.area_id = ${mine(tx, 'register.write')} as may_mark,
           case when s.register_started_at is not null and s.area_id = ${mine(tx, 'roster.read')} then
             (select count(*) from attendance t where t.session_id = s.id and t.state in ('present', 'late', 'left_early')) end as present
    from class_session s join class c on c.id = s.class_id join venue v on v.id = s.venue_id
    left join lesson l on l.id = s.lesson_id
    where s.class_id = ${classId} order by s.starts_at, s.position limit 200`;
  return [...rows];
}

/** A person's place in a class, for those who run it. `phone` only where the wall lets it through, else the hint. */
export interface RosterLine {
  id: string;
  personId: string;
  fullName: string;
  birthYear: number | null;
  village: string;
  status: 'confirmed' | 'offered' | 'waitlisted';
  phone: string | null;
  phoneOfRelative: boolean;
  phoneHint: string | null;
  signedUpBy: string | null;
}

/** Who is in, by given name as Vietnamese lists are, then who waits, in the order of the queue. */
export async function classRoster(tx: ScopedTx, locale: Locale, classId: string): Promise<RosterLine[]> {
  const rows = await tx<RosterLine[]>`
    select e.id, e.person_id, p.full_name, p.birth_year, a.${inTongue(tx, locale, 'name')} as village, e.status, e.signed_up_by,
           n.phone, coalesce(n.belongs_to = 'relative', false) as phone_of_relative, p.phone_hint
    from enrolment e join person p on p.id = e.person_id join area a on a.id = p.area_id
    left join person_phone n on n.person_id = p.id
    where e.class_id = ${classId} and e.status in ('confirmed', 'offered', 'waitlisted')
    order by e.status = 'waitlisted',
      case when e.status = 'waitlisted' then e.queue_priority end desc, case when e.status = 'waitlisted' then e.queued_at end,
      p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", e.id
    limit 1000`;
  return [...rows];
}
