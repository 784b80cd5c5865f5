import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { newId } from '@/lib/kernel/id';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { isAway, onDutyThen } from './availability';
import { audit, holdMembers, holdQuestions, type Staff } from './record';
import { reachOf } from './suggesting';
import type { AnswerInput, AskInput, HelperState } from './schema';

/** How many were asked of how many questions put; the others are at another session at that time, or were asked before. */
interface Asked {
  readonly classId: string;
  readonly sessionId: string;
  readonly asked: number;
  readonly passedOver: number;
}

interface ToStaff {
  readonly id: string;
  readonly areaId: number;
}

/**
 * Asks members for one session, or for all to come of its class, to teach or to help. Each is asked where they are free; who is not is
 * passed over and counted. Two who ask the same people at once take turns, so that nobody is asked for two sessions at one time.
 * Refused: not the caller's class or a member out of reach (`notFound`), class over (`classOver`), session begun, called off
 * (`sessionBegun`), nobody free (`helperBusy`).
 */
export async function askHelpers(tx: ScopedTx, ask: AskInput, caller: Staff, now: Date): Promise<Refusal | Asked> {
  const [found] = await tx<{ classId: string; classAreaId: number; open: boolean }[]>`
    select s.class_id, c.area_id as class_area_id, c.status in ('draft', 'published') as open
    from class_session s join class c on c.id = s.class_id
    where s.id = ${ask.sessionId} and c.area_id = ${mine(tx, 'class.write')}`;
  if (!found) return refuse('notFound');
  if (!found.open) return refuse('classOver');
  const { classId, classAreaId } = found;
  const done = await elevated(tx, 'helpers of other teams and units are asked', async (system) => {
    const sessions = await sessionsToStaff(system, classId, ask, now);
    if (sessions.length === 0) return refuse('sessionBegun');
    const members = await holdMembers(system, ask.members);
    const reach = await reachOf(system, classAreaId);
    const inReach = await system`
      select from team_member m join team k on k.id = m.team_id
      where m.id = any(${members}::uuid[]) and k.area_id = any(${[...reach.own, ...reach.near]}::integer[])`;
    if (inReach.count < new Set(ask.members).size) return refuse('notFound', 'members');
    return putQuestions(system, sessions, members, ask.role, caller);
  });
  if (isRefusal(done)) return done;
  for (const { id, areaId, members } of done.filter((one) => one.members.length > 0))
    await audit(tx, caller, 'helper.ask', { kind: 'class_session', id, areaId }, { role: ask.role, members });
  const asked = done.reduce((sum, one) => sum + one.members.length, 0);
  if (asked === 0) return refuse('helperBusy', 'members');
  return { classId, sessionId: ask.sessionId, asked, passedOver: done.length * new Set(ask.members).size - asked };
}

/** The session asked about, or with it all to come of the class; the class is held against being planned anew meanwhile. */
async function sessionsToStaff(system: SystemTx, classId: string, ask: AskInput, now: Date): Promise<ToStaff[]> {
  await system`select from class where id = ${classId} for share`;
  return [
    ...(await system<ToStaff[]>`
      select id, area_id from class_session
      where class_id = ${classId} and status in ('planned', 'published') and starts_at > ${now}
        and (${ask.scope === 'all'} or id = ${ask.sessionId})
      order by starts_at, id limit 60 for share`),
  ];
}

/** One session after the other, since what was asked for the one may take the time of the next. Says who was asked for which. */
async function putQuestions(
  system: SystemTx,
  sessions: readonly ToStaff[],
  members: readonly string[],
  role: AskInput['role'],
  caller: Staff,
): Promise<(ToStaff & { members: string[] })[]> {
  const done: (ToStaff & { members: string[] })[] = [];
  for (const session of sessions) {
    const rows = await system<{ memberId: string }[]>`
      insert into session_helper (id, session_id, member_id, role, asked_by)
      select x.id, ${session.id}, x.member_id, ${role}, ${caller.accountId}
      from unnest(${members.map(() => newId())}::uuid[], ${[...members]}::uuid[]) x (id, member_id)
      where ${isFree(system, session.id, system`x.member_id`)}
      on conflict (session_id, member_id) do update
        set state = 'asked', role = excluded.role, asked_at = now(), asked_by = excluded.asked_by,
            answered_at = null, answered_by = null, no_because = null, reason = '', moved_at = null
        where session_helper.state = 'no'
      returning member_id`;
    done.push({ ...session, members: rows.map(({ memberId }) => memberId) });
  }
  return done;
}

/** Nobody else expects the member at that session's time, no desk either, and they did not say that they are away. */
const isFree = (tx: ScopedTx, sessionId: string, member: ReturnType<ScopedTx>) => tx`
  not exists (
    select from session_helper o join class_session s on s.id = ${sessionId}
    where o.member_id = ${member} and o.session_id <> s.id and o.state <> 'no' and not o.called_off
      and tstzrange(o.starts_at, o.ends_at) && tstzrange(s.starts_at, s.ends_at))
  and not exists (
    select from visit_round_helper v join class_session s on s.id = ${sessionId}
    where v.who_id = who_goes(${member}) and v.called_off_at is null and tstzrange(v.starts_at, v.ends_at) && tstzrange(s.starts_at, s.ends_at))
  and not exists (
    select from class_session s where s.id = ${sessionId} and (${isAway(tx, member, tx`s.starts_at`, tx`s.ends_at`)}
      or ${onDutyThen(tx, member, tx`s.starts_at`, tx`s.ends_at`)}))`;

interface Answered {
  readonly id: string;
  readonly memberId: string;
  readonly sessionId: string;
  readonly areaId: number;
  readonly classId: string;
}

/** Those questions of the list the caller may answer: put to themselves, or of sessions whose classes they run. */
async function answerable(tx: ScopedTx, ids: readonly string[], caller: Staff): Promise<Answered[]> {
  return [
    ...(await tx<Answered[]>`
      select h.id, h.member_id, h.session_id, h.area_id, s.class_id
      from session_helper h join class_session s on s.id = h.session_id
        left join team_member m on m.id = h.member_id
      where h.id = any(${[...ids]}::uuid[])
        and (m.account_id = ${caller.accountId} or h.area_id = ${mine(tx, 'class.write')})`),
  ];
}

/**
 * Says yes or no to what was asked, as the helper, or as whoever runs the class and rang them; may be said otherwise until the session
 * begins. All or none. Refused: not the caller's to answer (`notFound`), begun (`sessionBegun`), called off (`sessionOff`), no
 * longer asked (`notAskedNow`), at another session at that time by now (`busyThen`).
 */
export async function answerAsk(
  tx: ScopedTx,
  input: AnswerInput,
  caller: Staff,
  now: Date,
): Promise<Refusal | { classId: string; sessionId: string }> {
  const rows = await answerable(tx, input.ids, caller);
  const [first] = rows;
  if (!first || rows.length < new Set(input.ids).size) return refuse('notFound');
  const refused = await elevated(tx, 'an answer takes or frees a place', async (system) => {
    await holdQuestions(system, rows);
    for (const { id } of rows) {
      const no = await cannotAnswer(system, id, input.answer, now);
      if (no) return no;
      await system`
        update session_helper set state = ${input.answer}, reason = ${input.reason}, answered_at = ${now},
          answered_by = ${caller.accountId}, no_because = ${input.answer === 'no' ? 'said' : null}, moved_at = null
        where id = ${id}`;
    }
    return null;
  });
  if (refused) return refused;
  for (const { sessionId: id, areaId, memberId } of rows)
    await audit(tx, caller, 'helper.answer', { kind: 'class_session', id, areaId }, { memberId, answer: input.answer });
  return { classId: first.classId, sessionId: first.sessionId };
}

interface Standing {
  readonly state: HelperState;
  readonly noBecause: string | null;
  readonly calledOff: boolean;
  readonly begun: boolean;
  readonly free: boolean;
}

/** What stands in the way of an answer, read once its session is held. */
async function cannotAnswer(system: SystemTx, id: string, answer: 'yes' | 'no', now: Date): Promise<Refusal | null> {
  const [row] = await system<Standing[]>`
    select h.state, h.no_because, h.called_off, h.starts_at <= ${now} as begun,
           not exists (select from session_helper o where o.member_id = h.member_id and o.id <> h.id and o.state <> 'no'
             and not o.called_off and tstzrange(o.starts_at, o.ends_at) && tstzrange(h.starts_at, h.ends_at)) as free
    from session_helper h where h.id = ${id}`;
  if (!row) return refuse('notFound');
  if (row.calledOff) return refuse('sessionOff');
  if (row.begun) return refuse('sessionBegun');
  if (row.noBecause === 'withdrawn' || row.noBecause === 'left') return refuse('notAskedNow');
  return answer === 'yes' && !row.free ? refuse('busyThen') : null;
}

/** The question, when whoever runs the class may take it back or correct it. */
async function ofMyClass(tx: ScopedTx, id: string): Promise<Answered | null> {
  const [row] = await tx<Answered[]>`
    select h.id, h.member_id, h.session_id, h.area_id, s.class_id
    from session_helper h join class_session s on s.id = h.session_id
    where h.id = ${id} and h.area_id = ${mine(tx, 'class.write')}`;
  return row ?? null;
}

/** No longer asks somebody; their time is free again. Refused: not the caller's class (`notFound`), session begun (`sessionBegun`). */
export async function withdrawAsk(
  tx: ScopedTx,
  input: { id: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | { classId: string; sessionId: string }> {
  const row = await ofMyClass(tx, input.id);
  if (!row) return refuse('notFound');
  const { classId, sessionId, areaId, memberId } = row;
  const freed = await elevated(tx, 'a place is no longer asked for', async (system) => {
    await holdQuestions(system, [row]);
    const done = await system`
      update session_helper set state = 'no', no_because = 'withdrawn', answered_at = ${now}, answered_by = ${caller.accountId},
        moved_at = null
      where id = ${input.id} and state <> 'no' and starts_at > ${now}`;
    return done.count;
  });
  if (freed === 0) return refuse('sessionBegun');
  await audit(tx, caller, 'helper.withdraw', { kind: 'class_session', id: sessionId, areaId }, { memberId });
  return { classId, sessionId };
}

/**
 * Corrects whether somebody who had said yes came after all: they themselves, or whoever runs the class. Hours follow. Refused: not the
 * caller's to say (`notFound`), not over yet or nobody who had agreed (`sessionNotOver`).
 */
export async function markPresence(
  tx: ScopedTx,
  { id, came }: { id: string; came: 'yes' | 'no' },
  caller: Staff,
  now: Date,
): Promise<Refusal | { classId: string; memberId: string; teamId: string }> {
  const [row] = await answerable(tx, [id], caller);
  if (!row) return refuse('notFound');
  const { classId, sessionId, areaId, memberId } = row;
  const changed = await elevated(tx, 'hours follow who came', async (system) => {
    await holdQuestions(system, [row]);
    const [done] = await system<{ teamId: string }[]>`
      update session_helper h set absent_at = ${came === 'yes' ? null : now}, absent_by = ${came === 'yes' ? null : caller.accountId}
      from team_member m where h.id = ${id} and m.id = h.member_id and h.state = 'yes' and not h.called_off and h.ends_at <= ${now}
      returning m.team_id`;
    return done?.teamId;
  });
  if (!changed) return refuse('sessionNotOver');
  await audit(tx, caller, 'helper.presence', { kind: 'class_session', id: sessionId, areaId }, { memberId, came });
  return { classId, memberId, teamId: changed };
}
