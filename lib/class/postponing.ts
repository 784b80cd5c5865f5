import { createHash } from 'node:crypto';
import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { daysOffOf } from '@/lib/dayoff/queries';
import type { DayOffLine } from '@/lib/dayoff/schema';
import { addDays, momentOf } from '@/lib/kernel/clock';
import { grouped } from '@/lib/kernel/group';
import { newId } from '@/lib/kernel/id';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import type { Storm, StormInput } from './forms';
import type { AtVenue } from './moves';
import { takenAtAny, type Taken } from './preview';
import { mine } from './queries';
import { audit, isExclusion, isTeamClosed, spansAgain, type Staff } from './record';
import { stormOf, type ComingClass, type ComingSession, type SessionState, type StormOfClass } from './storm';
import type { Span } from './rules';
import { changesOf, storedChange, type StoredChange } from './storm-record';

type Language = 'vi' | 'en';

/** More sessions than this are not put off with one press. */
const mostPutOff = 2000;
/** How far ahead clashes are looked up; free days are looked for no further. */
const lookAheadDays = 400;

interface ClassInStorm extends ComingClass {
  readonly title: string;
  readonly venue: string;
  readonly area: string;
  readonly unit: string;
  readonly confirmed: number;
  readonly venueAreaId: number;
  readonly seats: number | null;
  /** The unit it lies in, or the widest part of it that is the caller's. */
  readonly underId: number;
}
export interface StormPreview {
  readonly classes: readonly (StormOfClass<Taken | Span, DayOffLine> & { of: ClassInStorm })[];
  readonly putOff: number;
  readonly people: number;
  /** The mark of this very preview: what is written must have the same. */
  readonly seen: string;
}

/** The classes a storm touches that the caller may put off, each with all its sessions to come. */
async function classesInStorm(tx: ScopedTx, language: Language, storm: Storm, now: Date): Promise<ClassInStorm[]> {
  const until = addDays(storm.lastDay, 1);
  const rows = await tx<Omit<ClassInStorm, 'sessions'>[]>`
    select c.id, c.venue_id, c.capacity, c.weekly_rule, ${tx(`co.title_${language}`)} as title, v.name as venue,
           ${tx(`a.full_name_${language}`)} as area, ${tx(`u.full_name_${language}`)} as unit, c.seats_confirmed as confirmed,
           v.area_id as venue_area_id, v.seats, under.id as under_id
    from class c join course co on co.id = c.course_id join venue v on v.id = c.venue_id join area a on a.id = c.area_id
      cross join lateral (select t.ancestor_id as id from area_tree t join area k on k.id = t.ancestor_id
        where t.area_id = c.area_id and t.ancestor_id = ${mine(tx, 'class.postpone')}
        order by k.kind in ${tx(unitKinds)} desc, t.depth limit 1) under
      join area u on u.id = under.id
    where c.status in ('draft', 'published') and c.area_id = ${mine(tx, 'class.postpone')}
      and c.area_id in (select area_id from area_tree where ancestor_id = any (${[...storm.areas]}::integer[])) and exists (
      select from class_session s where s.class_id = c.id and s.status in ('planned', 'published') and s.register_started_at is null
        and s.starts_at > ${now} and s.starts_at >= ${momentOf(storm.firstDay, '00:00')} and s.starts_at < ${momentOf(until, '00:00')})
    order by u.name_vi collate "vi-x-icu", c.first_starts_at, c.id limit ${mostPutOff}`;
  const sessions = await comingSessions(
    tx,
    rows.map(({ id }) => id),
    now,
  );
  return rows.map((row) => ({ ...row, sessions: sessions.get(row.id) ?? [] }));
}

type ComingRow = Omit<SessionState, 'reason'> & Omit<ComingSession, 'now'> & { classId: string };

async function comingSessions(
  tx: ScopedTx,
  classIds: readonly string[],
  now: Date,
): Promise<Map<string, ComingSession[]>> {
  const rows = await tx<ComingRow[]>`
    select s.id, s.class_id, s.revision, s.starts_at, s.ends_at, s.venue_id, s.lesson_id, s.note, s.moved_from, s.status, l.position as lesson_position
    from class_session s left join lesson l on l.id = s.lesson_id
    where s.class_id = any (${[...classIds]}) and s.status in ('planned', 'published') and s.register_started_at is null and s.starts_at > ${now}
    order by s.starts_at, s.position limit 20000`;
  const sessions = rows.map(({ id, classId, revision, lessonPosition, ...state }) => ({
    classId,
    session: { id, revision, lessonPosition, now: { ...state, reason: null } },
  }));
  const byClass = grouped(sessions, ({ classId }) => classId);
  return new Map([...byClass].map(([classId, ofClass]) => [classId, ofClass.map(({ session }) => session)]));
}

/** What stands at the venues of these classes from the storm on, read at once; days off once per place. */
async function atVenues(
  tx: ScopedTx,
  language: Language,
  classes: readonly ClassInStorm[],
  storm: Storm,
): Promise<ReadonlyMap<string, AtVenue<Taken, DayOffLine>>> {
  const venues = [...new Set(classes.map(({ venueId }) => venueId))];
  const taken = grouped(
    await takenAtAny(tx, language, venues, storm.firstDay, addDays(storm.lastDay, lookAheadDays)),
    (one) => one.venueId,
  );
  const daysOff = new Map<number, readonly DayOffLine[]>();
  for (const areaId of new Set(classes.map(({ venueAreaId }) => venueAreaId)))
    daysOff.set(areaId, await daysOffOf(tx, language, areaId, storm.firstDay));
  return new Map(
    classes.map(({ venueId, venueAreaId, seats }) => [
      venueId,
      { taken: taken.get(venueId) ?? [], daysOff: daysOff.get(venueAreaId) ?? [], seats },
    ]),
  );
}

/**
 * What a storm would make of every class of the units chosen, before anything is written. Refused: a unit that is not the caller's to
 * put off (`notFound`), more than 2 000 sessions at once (`tooMany`).
 */
export async function stormPreview(
  tx: ScopedTx,
  language: Language,
  storm: Storm,
  now: Date,
): Promise<Refusal | StormPreview> {
  const own = await tx`
    select from area where id = any (${storm.areas}::integer[]) and id = ${mine(tx, 'class.postpone')}`;
  if (own.count < new Set(storm.areas).size) return refuse('notFound', 'areas');
  const classes = await classesInStorm(tx, language, storm, now);
  const made = stormOf(classes, storm, { now, at: await atVenues(tx, language, classes, storm) });
  const withClass = classes.flatMap((of, at) => {
    const one = made[at];
    return one ? [{ ...one, of }] : [];
  });
  const lines = made.flatMap((one) => one.lines);
  const putOff = lines.filter(({ put }) => put).length;
  if (putOff > mostPutOff) return refuse('tooMany', 'areas');
  const people = classes.reduce((sum, { confirmed }) => sum + confirmed, 0);
  const mark = JSON.stringify([
    storm,
    lines.map(({ session, after }) => [session.id, session.revision, after.startsAt, after.status, after.lessonId]),
  ]);
  return { classes: withClass, putOff, people, seen: createHash('sha256').update(mark).digest('hex').slice(0, 32) };
}

/** Brings sessions into a state, all in one statement; their revisions since. */
async function bring(
  tx: ScopedTx,
  states: readonly (SessionState & { id: string })[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.savepoint(
    (point) => point<{ id: string; revision: number }[]>`
      update class_session s set starts_at = v."startsAt", ends_at = v."endsAt", venue_id = v."venueId", lesson_id = v."lessonId",
        note = v.note, moved_from = v."movedFrom", status = v.status, status_reason = v.reason
      from jsonb_to_recordset(${point.json(states.map((one) => ({ ...one })))}) as v(id uuid, "startsAt" timestamptz, "endsAt" timestamptz,
        "venueId" uuid, "lessonId" uuid, note text, "movedFrom" timestamptz, status text, reason text)
      where s.id = v.id returning s.id, s.revision`,
  );
  return new Map(rows.map(({ id, revision }) => [id, revision]));
}

/** Locks classes in one order, so that two who put off at once wait for each other and do not stand in each other's way. */
const holdClasses = (tx: ScopedTx, ids: readonly string[]) =>
  tx`select from class where id = any (${[...ids]}) order by id for update`;

type PutOff = { pressId: string; sessions: number };

/**
 * Puts off every session of the units and days chosen, exactly as the preview with this mark says, or nothing; one record and one audit
 * row per unit. Sessions held, begun or marked stay. Refused as `stormPreview`; `planChanged`: something changed since the preview;
 * `nothingToPutOff`.
 */
export async function putOffAll(tx: ScopedTx, input: StormInput, caller: Staff, now: Date): Promise<Refusal | PutOff> {
  const { seen, ...storm } = input;
  const first = await stormPreview(tx, 'vi', storm, now);
  if (isRefusal(first)) return first;
  if (first.putOff === 0) return refuse('nothingToPutOff');
  const pressId = newId();
  // Whoever may put off need not be allowed to plan: the rows were chosen by the caller's own right, and are chosen so again.
  const done = await elevated(tx, 'sessions of units the caller may put off', async (system) => {
    await holdClasses(
      system,
      first.classes.map(({ id }) => id),
    );
    const plan = await stormPreview(system, 'vi', storm, now);
    if (isRefusal(plan)) return plan;
    if (plan.seen !== seen) return refuse('planChanged');
    const lines = plan.classes.flatMap((one) =>
      one.lines.map((line) => ({ ...line, under: one.of.underId, classId: one.id })),
    );
    try {
      const revisions = await bring(
        system,
        lines.map(({ session, after }) => ({ id: session.id, ...after })),
      );
      await spansAgain(
        system,
        plan.classes.map(({ id }) => id),
      );
      return [...grouped(lines, ({ under }) => under)].map(([areaId, ofUnit]) => ({
        areaId,
        putOff: ofUnit.filter(({ put }) => put).length,
        changes: ofUnit.map(({ session, after, classId, put }) => ({
          ...storedChange(session, after, revisions.get(session.id) ?? 0),
          classId,
          put,
        })),
      }));
    } catch (error) {
      if (isExclusion(error)) return refuse('planChanged');
      throw error;
    }
  });
  if (isRefusal(done)) return done;
  for (const { areaId, putOff, changes } of done) {
    await tx`
      insert into postponement (press_id, area_id, first_day, last_day, instead, reason, changes, by)
      values (${pressId}, ${areaId}, ${storm.firstDay}, ${storm.lastDay}, ${storm.instead}, ${storm.reason}, ${tx.json(changes)}, ${caller.accountId})`;
    await audit(
      tx,
      caller,
      'class.put_off',
      { kind: 'area', id: String(areaId), areaId },
      { sessions: putOff, instead: storm.instead, firstDay: storm.firstDay, lastDay: storm.lastDay },
    );
  }
  return { pressId, sessions: done.reduce((sum, { putOff }) => sum + putOff, 0) };
}

/** Whether every session still is as it was left, with nothing marked. */
async function untouchedSince(tx: ScopedTx, changes: readonly StoredChange[]): Promise<boolean> {
  const rows = await tx<{ id: string; revision: number }[]>`
    select id, revision from class_session where id = any (${changes.map(({ id }) => id)}::uuid[]) and register_started_at is null
    order by id for update`;
  const now = new Map(rows.map(({ id, revision }) => [id, revision]));
  return changes.every(({ id, revision }) => now.get(id) === revision);
}

/**
 * Takes one press back, in the units of it that are the caller's: every session is as it was before. Refused: not the caller's or taken
 * back already (`notFound`); `changedSince`: one of the sessions, or its register, was touched meanwhile; `takeBackTooLate`: one would have
 * begun by now; `venueTaken`: a venue was given to others; `classTeamClosed`: the team of one of the classes was closed since.
 */
export async function takeBack(
  tx: ScopedTx,
  { pressId }: { pressId: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | PutOff> {
  const rows = await tx<{ id: string; areaId: number; changes: unknown }[]>`
    select id, area_id, changes from postponement
    where press_id = ${pressId} and undone_at is null and area_id = ${mine(tx, 'class.postpone')} order by id for update`;
  if (rows.length === 0) return refuse('notFound');
  const changes = rows.flatMap((row) => changesOf(row.changes));
  if (changes.some(({ put, before }) => put && before.startsAt <= now)) return refuse('takeBackTooLate');
  const classIds = [...new Set(changes.map(({ classId }) => classId))];
  const refused = await elevated(tx, 'sessions the caller put off are as before', async (system) => {
    await holdClasses(system, classIds);
    if (!(await untouchedSince(system, changes))) return refuse('changedSince');
    try {
      await bring(
        system,
        changes.map(({ id, before }) => ({ id, ...before })),
      );
    } catch (error) {
      if (isExclusion(error)) return refuse('venueTaken');
      if (isTeamClosed(error)) return refuse('classTeamClosed');
      throw error;
    }
    await spansAgain(system, classIds);
    return null;
  });
  if (refused) return refused;
  await tx`update postponement set undone_at = now(), undone_by = ${caller.accountId} where id in ${tx(rows.map(({ id }) => id))}`;
  for (const { areaId } of rows)
    await audit(tx, caller, 'class.take_back', { kind: 'area', id: String(areaId), areaId }, {});
  return { pressId, sessions: changes.filter(({ put }) => put).length };
}

/** What was put off lately in the caller's areas, the newest first; one line per press. */
export function putOffLately(tx: ScopedTx, language: Language) {
  return tx<
    {
      pressId: string;
      units: string[];
      firstDay: string;
      lastDay: string;
      instead: Storm['instead'];
      reason: string;
      at: Date;
      undoneAt: Date | null;
      sessions: number;
      mayUndo: boolean;
    }[]
  >`
    select p.press_id, array_agg(${tx(`a.full_name_${language}`)} order by a.name_vi collate "vi-x-icu") as units, p.first_day::text, p.last_day::text,
           p.instead, p.reason, max(p.at) as at, max(p.undone_at) as undone_at,
           sum((select count(*) from jsonb_array_elements(p.changes) c where (c ->> 'put')::boolean))::integer as sessions,
           bool_or(p.undone_at is null and p.area_id = ${mine(tx, 'class.postpone')}) as may_undo
    from postponement p join area a on a.id = p.area_id where p.area_id = ${mine(tx, 'class.read')}
    group by p.press_id, p.first_day, p.last_day, p.instead, p.reason order by max(p.at) desc, p.press_id limit 10`;
}
