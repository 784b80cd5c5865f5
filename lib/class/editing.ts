import type { ScopedTx } from '@/lib/access/scoped';
import { daysOffOf } from '@/lib/dayoff/queries';
import type { DayOffLine } from '@/lib/dayoff/schema';
import { dayOf } from '@/lib/kernel/clock';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import type { EditDraft, EditInput, EditScope } from './forms';
import { changedLike, editsOf, firstImpossible, inFreeOrder, ruleLike, type AtVenue, type Edited } from './moves';
import type { Standing } from './moves';
import { takenAt, type Taken } from './preview';
import { mine, venueInReach } from './queries';
import { audit, classInHand, describeAgain, isExclusion, isTeamClosed, venueInUse, type Staff } from './record';
import type { Span } from './rules';
import type { SessionStatus, WeeklyRule } from './schema';

type Language = 'vi' | 'en';

/** A session of a class with what decides whether it may still be changed. */
interface SessionRow extends Standing {
  readonly status: SessionStatus;
  /** Nothing was marked yet, and it lies ahead. */
  readonly changeable: boolean;
}

/** What a change may be made to: the session chosen, those in its scope, and the class's others that are on. */
export interface Scene {
  readonly classId: string;
  readonly chosen: SessionRow;
  readonly inScope: readonly SessionRow[];
  readonly staying: readonly Span[];
}

/** The error field of one session in the preview. */
export const sessionField = (id: string) => `session-${id}`;

/**
 * The scene of a change, `lock` while it is written. A cancelled session may be given another time, alone. Null when the session is not
 * the caller's to change, was held or marked, or has begun.
 */
async function sceneOf(
  tx: ScopedTx,
  sessionId: string,
  scope: EditScope,
  now: Date,
  lock: boolean,
): Promise<Scene | null> {
  const rows = await tx<(SessionRow & { classId: string })[]>`
    select s.id, s.class_id, s.venue_id, s.note, s.starts_at, s.ends_at, s.status,
           s.register_started_at is null and case s.status when 'cancelled' then s.id = ${sessionId}
             else s.status in ('planned', 'published') and s.starts_at > ${now} end as changeable
    from class_session s join class c on c.id = s.class_id
    where s.class_id = (select class_id from class_session where id = ${sessionId}) and c.area_id = ${mine(tx, 'class.write')}
      and c.status in ('draft', 'published') and (s.status in ('planned', 'published', 'held') or s.id = ${sessionId})
    order by s.starts_at, s.position limit 200 ${lock ? tx`for update of s` : tx``}`;
  const chosen = rows.find(({ id }) => id === sessionId);
  if (!chosen?.changeable) return null;
  const inScope = rows.filter((one) => {
    if (scope === 'this' || chosen.status === 'cancelled') return one === chosen;
    return one.changeable && (scope === 'all' || one.startsAt >= chosen.startsAt);
  });
  return { classId: chosen.classId, chosen, inScope, staying: rows.filter((one) => !inScope.includes(one)) };
}

/** One session as it stands, for the form that changes it; null when it can no longer be changed, or not by the caller. */
export async function sessionToEdit(tx: ScopedTx, sessionId: string, now: Date): Promise<Scene | null> {
  return sceneOf(tx, sessionId, 'all', now, false);
}

export type SessionEdit = Edited<Taken | Span, DayOffLine>;

/** What stands at the venues the sessions would be held at: other classes' sessions, days off, seats. */
async function circumstances(
  tx: ScopedTx,
  language: Language,
  { chosen, inScope, classId }: Scene,
  to: EditDraft,
): Promise<ReadonlyMap<string, AtVenue<Taken, DayOffLine>>> {
  const afters = inScope.map((one) => changedLike(one, chosen, to));
  const days = afters.map(({ startsAt }) => dayOf(startsAt)).sort();
  const [first = to.day, last = to.day] = [days[0], days.at(-1)];
  const at = new Map<string, AtVenue<Taken, DayOffLine>>();
  for (const venueId of new Set(afters.map((one) => one.venueId))) {
    const [venue] = await tx<
      { areaId: number; seats: number | null }[]
    >`select area_id, seats from venue where id = ${venueId}`;
    const taken = await takenAt(tx, language, venueId, first, last);
    at.set(venueId, {
      taken: taken.filter((one) => one.classId !== classId),
      daysOff: venue ? await daysOffOf(tx, language, venue.areaId, first) : [],
      seats: venue?.seats ?? null,
    });
  }
  return at;
}

async function editsIn(
  tx: ScopedTx,
  language: Language,
  scene: Scene,
  { to, decided, now }: { to: EditDraft; decided: readonly string[] | null; now: Date },
): Promise<SessionEdit[]> {
  const [row] = await tx<{ capacity: number }[]>`select capacity from class where id = ${scene.classId}`;
  const at = await circumstances(tx, language, scene, to);
  return editsOf(scene, to, { now, capacity: row?.capacity ?? 0, at }, decided);
}

/**
 * What a change would make of a session and the others in its scope, each with a verdict, before anything is written. Refuses `venueId`
 * where the caller may not plan; null as `sessionToEdit`.
 */
export async function editPreview(
  tx: ScopedTx,
  language: Language,
  sessionId: string,
  to: EditDraft,
  now: Date,
): Promise<Refusal | SessionEdit[] | null> {
  const scene = await sceneOf(tx, sessionId, to.scope, now, false);
  if (!scene) return null;
  if (to.venueId !== scene.chosen.venueId && !(await venueInReach(tx, to.venueId)))
    return refuse('notFound', 'venueId');
  return editsIn(tx, language, scene, { to, decided: null, now });
}

/**
 * Changes a session, with those after it or all to come: another day, time, length, venue, or what is told of it. Exactly what the
 * preview says of the sessions ticked, or nothing. A cancelled session gets another time and is on again. Sessions begun, held or marked
 * are never rewritten. What was published keeps when it was to be first (`moved_from`); calendars follow. Refused: not one's own
 * (`notFound`), over or marked (`sessionOver`), nothing different (`sessionsSame`), other sessions than were shown (`planChanged`), a
 * venue out of use, a class whose team is closed (`classTeamClosed`), and at a session's field: in the past, or taken (also by the database, when somebody else was quicker).
 */
export async function editSessions(
  tx: ScopedTx,
  input: EditInput,
  caller: Staff,
  now: Date,
): Promise<Refusal | { classId: string }> {
  const [owner] = await tx<{ classId: string }[]>`select class_id from class_session where id = ${input.sessionId}`;
  const found = owner ? await classInHand(tx, owner.classId) : null;
  if (!owner || !found) return refuse('notFound');
  const scene = await sceneOf(tx, input.sessionId, input.scope, now, true);
  if (!scene) return refuse('sessionOver');
  if (input.venueId !== scene.chosen.venueId) {
    if (!(await venueInReach(tx, input.venueId))) return refuse('notFound', 'venueId');
    if (!(await venueInUse(tx, input.venueId))) return refuse('venueRetired', 'venueId');
  }
  const edits = await editsIn(tx, 'vi', scene, { to: input, decided: input.sessions, now });
  const stale = input.sessions.some((id) => !edits.some((one) => one.id === id));
  if (stale) return edits.length === 0 ? refuse('sessionsSame') : refuse('planChanged', 'sessions');
  const blocked = firstImpossible(edits);
  if (blocked) return refuse(blocked.verdict, sessionField(blocked.id));
  const kept = edits.filter((one) => one.kept);
  const clash = await writeEdits(tx, kept, found.status === 'draft' ? 'planned' : 'published');
  if (isRefusal(clash)) return clash;
  if (input.scope !== 'this') await ruleFollows(tx, scene, input);
  if (input.scope === 'all' && kept.length === edits.length)
    await tx`update class set venue_id = ${input.venueId} where id = ${scene.classId} and venue_id = ${scene.chosen.venueId}`;
  await describeAgain(tx, scene.classId);
  await audit(
    tx,
    caller,
    'session.edit',
    { kind: 'class', id: scene.classId, areaId: found.areaId },
    {
      scope: input.scope,
      sessions: kept.length,
      leftAsTheyWere: edits.length - kept.length,
      from: scene.chosen.startsAt,
    },
  );
  return { classId: scene.classId };
}

/** Moves sessions one by one, in an order in which none meets another on the way; the first the database refuses is said. */
async function writeEdits(tx: ScopedTx, kept: readonly SessionEdit[], on: SessionStatus): Promise<Refusal | null> {
  let current = '';
  try {
    await tx.savepoint(async (point) => {
      for (const { id, after } of inFreeOrder(kept)) {
        current = id;
        await point`
          update class_session set
            moved_from = case
              when status = 'planned' or ${after.startsAt} = coalesce(moved_from, starts_at) then null
              when ${after.startsAt} = starts_at then moved_from
              else coalesce(moved_from, starts_at) end,
            starts_at = ${after.startsAt}, ends_at = ${after.endsAt}, venue_id = ${after.venueId}, note = ${after.note},
            status = case when status = 'cancelled' then ${on} else status end, status_reason = null
          where id = ${id}`;
      }
    });
    return null;
  } catch (error) {
    if (isTeamClosed(error)) return refuse('classTeamClosed');
    if (!isExclusion(error)) throw error;
    return refuse('venueTaken', sessionField(current));
  }
}

/** The class's rule follows what was changed for more than one session: days put back and make-up days go by it. */
async function ruleFollows(tx: ScopedTx, { classId, chosen }: Scene, to: EditInput): Promise<void> {
  const [row] = await tx<{ weeklyRule: WeeklyRule | null }[]>`select weekly_rule from class where id = ${classId}`;
  if (!row?.weeklyRule) return;
  const rule = ruleLike(row.weeklyRule, chosen, to);
  await tx`update class set weekly_rule = ${tx.json({ ...rule })} where id = ${classId}`;
}
