import type { ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { registerDueAfterMs } from '@/lib/class/rules';
import { unitKinds } from '@/lib/area/schema';
import type { ClassListInput, ClassStatus, SessionStatus, TaughtIn } from '@/lib/class/schema';
import { releaseHours } from '@/lib/enrolment/rules';
import type { ReservedGroup } from '@/lib/enrolment/schema';
import { addDays, dayOf, momentOf } from '@/lib/kernel/clock';
import { fold } from '@/lib/kernel/text';
import type { Locale } from '@/lib/i18n/routing';

type Condition = ReturnType<typeof mine>;

/** A session as a line of work: what, where, when, how many come, and whether its register is taken. */
export interface SessionLine {
  id: string;
  classId: string;
  position: number;
  title: string;
  lesson: string | null;
  venue: string;
  area: string;
  /** The unit, for whoever sees more than one; else null. */
  inUnit: string | null;
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

/** The unit a class is held in, below it, for whoever looks after more than one: village names repeat from unit to unit. */
const unitAmongMany = (tx: ScopedTx, locale: Locale) => tx`
  case when (select count(*) > 1 from area many where many.kind in ${tx(unitKinds)} and many.id = ${mine(tx, 'class.read')}) then
    (select ${tx(`u.full_name_${locale}`)} from area_tree up join area u on u.id = up.ancestor_id
     where up.area_id = a.id and up.depth > 0 and u.kind in ${tx(unitKinds)} order by up.depth limit 1) end`;

async function sessionLines(
  tx: ScopedTx,
  locale: Locale,
  which: Condition,
  limit: number,
): Promise<{ total: number; rows: SessionLine[] }> {
  const rows = await tx<(SessionLine & { total: number })[]>`
    select s.id, s.class_id, s.position, s.starts_at, s.ends_at, s.status, count(*) over () as total,
           ${tx(`co.title_${locale}`)} as title, ${tx(`l.title_${locale}`)} as lesson, v.name as venue,
           ${tx(`a.name_${locale}`)} as area, ${unitAmongMany(tx, locale)} as in_unit, c.seats_confirmed as confirmed, c.capacity,
           c.minimum_to_run as minimum, c.waiting, s.register_started_at is not null as started, s.register_finished_at is not null as finished,
           s.area_id = ${mine(tx, 'register.write')} as may_mark
    from class_session s
    join class c on c.id = s.class_id join course co on co.id = c.course_id
    join venue v on v.id = s.venue_id join area a on a.id = s.area_id left join lesson l on l.id = s.lesson_id
    where s.area_id = ${mine(tx, 'class.read')} and ${which}
    order by s.starts_at, s.id limit ${limit}`;
  return { total: rows[0]?.total ?? 0, rows: [...rows] };
}

/** These sessions as lines of work; those out of sight are left out. */
export const sessionLinesOf = async (tx: ScopedTx, locale: Locale, ids: readonly string[]): Promise<SessionLine[]> =>
  (await sessionLines(tx, locale, tx`s.id = any(${[...ids]}::uuid[])`, ids.length)).rows;

/** A class as one line of a list. */
export interface ClassLine {
  id: string;
  status: ClassStatus;
  title: string;
  venue: string;
  area: string;
  inUnit: string | null;
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
  c.id, c.status, ${tx(`co.title_${locale}`)} as title, v.name as venue, ${tx(`a.name_${locale}`)} as area,
  ${unitAmongMany(tx, locale)} as in_unit, c.first_starts_at, c.last_ends_at, c.seats_confirmed as confirmed, c.capacity, c.minimum_to_run as minimum, c.waiting,
  (select min(starts_at) from class_session s where s.class_id = c.id and s.status in ('planned', 'published') and s.ends_at > ${now}) as next_starts_at,
  (select count(*) from class_session s where s.class_id = c.id and s.status not in ('cancelled', 'did_not_happen')) as sessions,
  (select count(*) from class_session s where s.class_id = c.id and s.status = 'held') as registers_taken,
  (select count(*) from class_session s where s.class_id = c.id and s.status = 'published' and s.ends_at <= ${now}) as registers_missing`;

/** A register not taken a day after the session ended: what the dashboard counts as missing. */
const overdue = (tx: ScopedTx, now: Date) =>
  tx`s.status = 'published' and s.ends_at < ${new Date(now.getTime() - registerDueAfterMs)}`;

/** A class where somebody is to be rung or looked at: who was offered a place and has not answered, who signed up unnaturally. */
export interface ClassToCall extends ClassLine {
  offers: number;
  /** Of the offers, those so near a session that staff ring. */
  callNow: number;
  answerBy: Date | null;
  unconfirmed: number;
}

/** `e` was offered a place and has not answered. */
export const offerStands = (tx: ScopedTx, now: Date) => tx`(e.status = 'offered' and e.offer_expires_at > ${now})`;

/** The caller's classes whose offers wait for an answer or whose sign-ups wait for somebody to vouch, the first to run out first. */
export async function classesToCall(tx: ScopedTx, locale: Locale, now: Date): Promise<ClassToCall[]> {
  const rows = await tx<ClassToCall[]>`
    select ${classLineColumns(tx, locale, now)}, w.offers, w.call_now, w.answer_by, w.unconfirmed
    from class c join course co on co.id = c.course_id join venue v on v.id = c.venue_id join area a on a.id = c.area_id
    cross join lateral (
      select count(*) filter (where offered) as offers, count(*) filter (where offered and offer_by = 'call') as call_now,
             min(offer_expires_at) filter (where offered) as answer_by, count(*) filter (where unconfirmed) as unconfirmed
      from (select e.offer_by, e.offer_expires_at, ${offerStands(tx, now)} as offered,
                   e.status in ('waitlisted', 'offered', 'confirmed') and coalesce(e.unconfirmed_until > ${now}, false) as unconfirmed
            from enrolment e where e.class_id = c.id) one) w
    where c.status = 'published' and c.last_ends_at > ${now} and c.area_id = ${mine(tx, 'enrolment.write')} and w.offers + w.unconfirmed > 0
    order by w.answer_by nulls last, c.first_starts_at, c.id limit 30`;
  return [...rows];
}

/** A class with fewer people than it needs, shortly before it begins. */
export interface ClassToDecide extends ClassLine {
  firstSessionId: string;
  firstStartsAt: Date;
  mayWrite: boolean;
}

/**
 * Published classes whose first session lies between two moments, with fewer confirmed than the minimum and nobody having decided for
 * that first session to run all the same: the soonest first, 12 of them, and how many there are. Never cancelled by themselves.
 */
export async function classesToDecide(
  tx: ScopedTx,
  locale: Locale,
  { from, to }: { from: Date; to: Date },
): Promise<{ total: number; rows: ClassToDecide[] }> {
  const rows = await tx<(ClassToDecide & { total: number })[]>`
    select ${classLineColumns(tx, locale, from)}, c.area_id = ${mine(tx, 'class.write')} as may_write, count(*) over () as total,
           (select s.id from class_session s where s.class_id = c.id and s.starts_at = c.first_starts_at and s.status = 'published'
            order by s.position limit 1) as first_session_id
    from class c join course co on co.id = c.course_id join venue v on v.id = c.venue_id join area a on a.id = c.area_id
    where c.status = 'published' and c.area_id = ${mine(tx, 'class.read')} and c.first_starts_at > ${from} and c.first_starts_at < ${to}
      and c.seats_confirmed < c.minimum_to_run and c.run_anyway_from is distinct from c.first_starts_at
    order by c.first_starts_at, c.id limit 12`;
  return { total: rows[0]?.total ?? 0, rows: [...rows] };
}

/**
 * Everything "today" asks of whoever runs classes, each list in order of urgency and with how many there are in all. `notTaken` are
 * registers of days before: those of today stand in `today`.
 */
export async function todayBoard(tx: ScopedTx, locale: Locale, now: Date) {
  const day = dayOf(now);
  const dawnIn = (days: number) => momentOf(addDays(day, days), '00:00');
  const [dawn, midnight, dayAfter, week] = [dawnIn(0), dawnIn(1), dawnIn(2), dawnIn(8)];
  const on = tx`s.status in ('published', 'held')`;
  const today = await sessionLines(tx, locale, tx`${on} and s.starts_at >= ${dawn} and s.starts_at < ${midnight}`, 50);
  const notTaken = await sessionLines(
    tx,
    locale,
    tx`s.status = 'published' and s.ends_at <= ${now} and s.starts_at < ${dawn}`,
    12,
  );
  const [late] = await tx<{ overdue: number }[]>`
    select count(*) as overdue from class_session s where s.area_id = ${mine(tx, 'class.read')} and ${overdue(tx, now)}`;
  const soon = await sessionLines(tx, locale, tx`${on} and s.starts_at >= ${midnight} and s.starts_at < ${week}`, 40);
  const classLines = (which: Condition, order: Condition) => tx<ClassLine[]>`
    select ${classLineColumns(tx, locale, now)}
    from class c join course co on co.id = c.course_id join venue v on v.id = c.venue_id join area a on a.id = c.area_id
    where ${which} order by ${order} limit 12`;
  const few = await classesToDecide(tx, locale, { from: now, to: dayAfter });
  const waiting = await classLines(
    tx`c.status = 'published' and c.waiting > 0 and c.last_ends_at > ${now} and c.area_id = ${mine(tx, 'class.read')}`,
    tx`c.waiting desc, c.first_starts_at`,
  );
  const drafts = await classLines(
    tx`c.status = 'draft' and c.area_id = ${mine(tx, 'class.write')}`,
    tx`c.first_starts_at nulls last, c.created_at`,
  );
  return { today, notTaken, overdue: late?.overdue ?? 0, few, soon, waiting: [...waiting], drafts: [...drafts] };
}

export const classSorts = ['next', 'begins', 'title', 'state', 'seats', 'waiting', 'registers'] as const;

export function listCondition(tx: ScopedTx, asked: ClassListInput, now: Date) {
  const all = [tx`c.area_id = ${mine(tx, 'class.read')}`];
  if (asked.state) all.push(tx`c.status = ${asked.state}`);
  if (asked.area) all.push(tx`c.area_id in (select area_id from area_tree where ancestor_id = ${asked.area})`);
  if (asked.when === 'coming') all.push(tx`c.first_starts_at > ${now}`);
  if (asked.when === 'running') all.push(tx`c.first_starts_at <= ${now} and c.last_ends_at >= ${now}`);
  if (asked.when === 'past') all.push(tx`c.last_ends_at < ${now}`);
  if (asked.need === 'waiting') all.push(tx`c.waiting > 0`);
  if (asked.need === 'few') all.push(tx`c.seats_confirmed < c.minimum_to_run and c.status = 'published'`);
  if (asked.need === 'register')
    all.push(
      tx`exists (select from class_session s where s.class_id = c.id and s.status = 'published' and s.ends_at <= ${now})`,
    );
  if (asked.need === 'overdue')
    all.push(tx`exists (select from class_session s where s.class_id = c.id and ${overdue(tx, now)})`);
  for (const word of fold(asked.q ?? '')
    .split(' ')
    .filter(Boolean)
    .slice(0, 8))
    all.push(tx`c.search_folded like ${`%${word}%`}`);
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
    title: tx`${tx(`co.title_${locale}`)} collate "vi-x-icu"`,
    seats: tx`(c.seats_confirmed::real / c.capacity)`,
    waiting: tx`c.waiting`,
    state: tx`(c.status, c.last_ends_at <= ${now})`,
    registers: tx`registers_missing`,
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
  areaId: number;
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
  held: number;
  overbooked: number;
  offerHours: number;
  reservedPlaces: number;
  reservedFor: ReservedGroup | null;
  /** Kept places nobody of the group has taken yet, and until when they are kept. */
  reservedFree: number;
  reservedUntil: Date | null;
}

/** One class for those who run it, with what the caller may do there; null out of scope, also when it is published. */
export async function classForStaff(
  tx: ScopedTx,
  locale: Locale,
  id: string,
  now: Date,
): Promise<ClassForStaff | null> {
  const [row] = await tx<ClassForStaff[]>`
    select ${classLineColumns(tx, locale, now)}, c.area_id, c.course_id, c.venue_id, c.team_id, k.name as team, v.address, v.way_there, v.seats,
           v.step_free, c.language, c.note, c.hotline, c.status_reason, c.seats_held as held, c.seats_overbooked as overbooked, c.offer_hours,
           c.reserved_places, c.reserved_for, c.seats_reserved as reserved_free,
           case when c.reserved_released_at is null then c.first_starts_at - make_interval(hours => ${releaseHours}) end as reserved_until,
           coalesce((select ${tx(`u.full_name_${locale}`)} from area_tree t join area u on u.id = t.ancestor_id
                     where t.area_id = c.area_id and u.kind in ('commune', 'ward', 'special_zone') order by t.depth limit 1), '') as unit,
           c.area_id = ${mine(tx, 'class.write')} as may_write, c.area_id = ${mine(tx, 'enrolment.write')} as may_enrol,
           c.area_id = ${mine(tx, 'roster.read')} as may_roster
    from class c join course co on co.id = c.course_id join venue v on v.id = c.venue_id
    join area a on a.id = c.area_id join team k on k.id = c.team_id
    where c.id = ${id} and c.area_id = ${mine(tx, 'class.read')}`;
  return row ?? null;
}

export interface SessionOfClass extends SessionLine {
  reason: string | null;
  present: number | null;
  note: string;
  movedFrom: Date | null;
}

/** The sessions of a class in order, with how many came where a register was begun. Present counts only for those who may see marks. */
export async function sessionsOfClass(tx: ScopedTx, locale: Locale, classId: string): Promise<SessionOfClass[]> {
  const rows = await tx<SessionOfClass[]>`
    select s.id, s.class_id, s.position, s.starts_at, s.ends_at, s.status, s.status_reason as reason, s.note, s.moved_from, '' as title,
           ${tx(`l.title_${locale}`)} as lesson, v.name as venue, '' as area, null as in_unit, c.seats_confirmed as confirmed, c.capacity,
           c.minimum_to_run as minimum, c.waiting, s.register_started_at is not null as started,
           s.register_finished_at is not null as finished, s.area_id = ${mine(tx, 'register.write')} as may_mark,
           case when s.register_started_at is not null and s.area_id = ${mine(tx, 'roster.read')} then
             (select count(*) from attendance t where t.session_id = s.id and t.state in ('present', 'late', 'left_early')) end as present
    from class_session s join class c on c.id = s.class_id join venue v on v.id = s.venue_id
    left join lesson l on l.id = s.lesson_id
    where s.class_id = ${classId} order by s.starts_at, s.position limit 200`;
  return [...rows];
}

/** Classes of the caller's that still take people, the soonest first, for somebody who is not in them yet. */
export async function classesToJoin(
  tx: ScopedTx,
  locale: Locale,
  personId: string | null,
  now: Date,
): Promise<(ClassLine & { nextStartsAt: Date })[]> {
  const rows = await tx<(ClassLine & { nextStartsAt: Date })[]>`
    select * from (
      select ${classLineColumns(tx, locale, now)}
      from class c join course co on co.id = c.course_id join venue v on v.id = c.venue_id join area a on a.id = c.area_id
      where c.status = 'published' and c.last_ends_at > ${now} and c.area_id = ${mine(tx, 'enrolment.write')}
        and not exists (select from enrolment e where e.class_id = c.id and e.person_id = ${personId}::uuid
                        and e.status in ('waitlisted', 'offered', 'confirmed'))) open
    where next_starts_at is not null order by next_starts_at, id limit 200`;
  return [...rows];
}
