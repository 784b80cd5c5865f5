import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { addDays, dayOf, momentOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { leaveTheDeadAlone } from '@/lib/visit/commands';
import { noteCame } from './came';
import { mayTake } from './hands';
import { kindOf, taskKinds } from './kinds';
import { tasksIn, tasksOf } from './queries';
import { givenUntil, pauseAfter } from './rules';
import {
  keyOf,
  onPaper,
  type Giving,
  type Outcome,
  type Pausing,
  type TaskKey,
  type TaskLine,
  type Work,
} from './schema';

type Who = Pick<Caller, 'accountId'>;

/** From here on one at a time works on what there is to do with a person, or on a thing (`of`), until the end. */
export async function holdTask(tx: ScopedTx, of: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`task ${of}`}, 12))`;
}

/** The task as the caller sees it now; null when they do not, or when its fact stands no more. One at a time works on it. */
export async function taskInHand(tx: ScopedTx, caller: Who, task: TaskKey, now: Date): Promise<TaskLine | null> {
  const kind = kindOf(task.kind);
  if (!kind) return null;
  await holdTask(tx, task.personId ?? task.fact);
  const scope = { people: task.personId === null ? null : [task.personId], kinds: [kind] };
  return (await tasksOf(tx, 'vi', caller, scope, now)).find(({ key }) => key === keyOf(task)) ?? null;
}

/**
 * Writes down what came of a task; the same form again is the same work. "Done" only where the kind lets work settle it; who refused or
 * where it was not safe is left alone for a while; who moved or died, or whose details are wrong, is left alone until an organiser looked
 * (a correction confirmed: for good). Minutes are said where somebody went there, and make it a visit (`noteCame`). Refuses: notFound, taskGone (its fact stands no more, or it is settled), taskByFact, taskNobody.
 */
export async function recordWork(
  tx: ScopedTx,
  { formKey, task, outcome, note, spent }: Omit<Work, 'person' | 'spent'> & Partial<Pick<Work, 'spent'>>,
  caller: Who,
  now = new Date(),
): Promise<Refusal | { personId: string | null }> {
  const [before] = await tx`select from task_work where id = ${formKey} and by = ${caller.accountId}`;
  if (before) return { personId: task.personId };
  if (!kindOf(task.kind)) return refuse('notFound');
  const line = await taskInHand(tx, caller, task, now);
  if (!line || line.state === 'settled') return refuse('taskGone');
  if (line.personId === null) return refuse('taskNobody');
  if (outcome === 'done' && !line.byWork) return refuse('taskByFact');
  const twice = await tx`select from task_work where id = ${formKey}`;
  if (twice.count > 0) return refuse('taskGone');
  await writeWork(tx, line, { id: formKey, outcome, note, spent, at: now }, caller);
  return { personId: line.personId };
}

/** What came of a task, and when. */
interface Said extends Pick<Work, 'outcome' | 'note'> {
  readonly id: string;
  readonly spent: Work['spent'] | null;
  readonly at: Date;
}
/** With which rights rows about a person are written: under the walls of this moment, or past them for whoever was asked after their right apart. */
type Writes = (work: (tx: ScopedTx) => Promise<unknown>) => Promise<unknown>;

/** Writes what came of a task with all that follows from it, of the moment it was done. For whoever asked that it stands and is the caller's to settle. */
export async function writeWork(
  tx: ScopedTx,
  line: TaskLine,
  { id, outcome, note, spent, at }: Said,
  caller: Who,
  writes: Writes = (work) => work(tx),
): Promise<void> {
  await writes(
    (writing) => writing`
      insert into task_work (id, kind, person_id, fact, area_id, outcome, note, at, by)
      values (${id}, ${line.kind}, ${line.personId}, ${line.fact}, ${line.areaId}, ${outcome}, ${note}, ${at}, ${caller.accountId})`,
  );
  await consequences(tx, line, outcome, caller, at, writes);
  if (spent && spent !== 'call' && line.personId !== null && !onPaper.includes(line.kind))
    await noteCame(
      tx,
      { ...line, personId: line.personId, minutes: Number(spent), met: outcome === 'done' },
      caller,
      at,
    );
  await audit(tx, caller, 'task.work', line, { kind: line.kind, outcome });
}

async function consequences(
  tx: ScopedTx,
  line: TaskLine,
  outcome: Outcome,
  { accountId }: Who,
  now: Date,
  writes: Writes,
): Promise<void> {
  const days = pauseAfter[outcome];
  if (days !== undefined) {
    const until = momentOf(addDays(dayOf(now), days), '00:00');
    await writes(
      (writing) => writing`insert into person_pause (id, person_id, area_id, reason, until, at, by)
      values (${newId()}, ${line.personId}, ${line.areaId}, ${outcome}, ${until}, ${now}, ${accountId})`,
    );
  }
  // An organiser confirmed that somebody moved away or died.
  if (kindOf(line.kind)?.corrects && outcome === 'done' && (line.label === 'moved' || line.label === 'died'))
    await tx`insert into person_pause (id, person_id, area_id, reason, at, by)
      values (${newId()}, ${line.personId}, ${line.areaId}, ${line.label}, ${now}, ${accountId})`;
  const ends = outcome === 'done' ? kindOf(line.kind)?.done : undefined;
  if (ends)
    await elevated(tx, 'tasks: what is done ends what asked for it', (system) => ends(system, line, accountId, now));
  await aboutTheDead(tx, line.personId);
  // What was settled, or where nobody should go just now, is nobody's in particular any more. Its row is the organiser's to change.
  if (outcome !== 'not_home')
    await elevated(
      tx,
      'tasks: what was given ends with its work',
      (system) => system`
        update task_given set ended_at = ${now}, ended_by = ${accountId}
        where kind = ${line.kind} and fact = ${line.fact} and person_id is not distinct from ${line.personId} and ended_at is null`,
    );
}

/** Whoever is said to have died is rung and written to no more, as at a visit; said otherwise, they may be. */
const aboutTheDead = (tx: ScopedTx, personId: string | null): Promise<void> =>
  elevated(tx, 'tasks: nobody rings or writes to the dead', (system) => leaveTheDeadAlone(system, personId));

/**
 * Gives tasks to a member of a team of the caller's areas, or to the caller; whoever had them has them no more; to nobody, they are taken
 * back. Refuses: chooseWhom (no such member), taskForPlanners (there is nothing they could do about one of them), taskGone (one of them stands no more, or is not the caller's to give: nothing is given).
 */
export async function giveTasks(
  tx: ScopedTx,
  { task: tasks, to }: Omit<Giving, 'back'>,
  caller: Who,
  now = new Date(),
): Promise<Refusal | { given: number }> {
  if (to === 'nobody') return takeBack(tx, tasks, caller, now);
  const [reach] = await tx<{ areas: number[] }[]>`select coalesce(may_areas('class.write'), '{}') as areas`;
  const areas = reach?.areas ?? [];
  if (to !== 'me') {
    const member =
      await tx`select from team_member where id = ${to} and left_on is null and area_id = any(${areas}::integer[])`;
    if (member.count === 0) return refuse('chooseWhom', 'to');
  }
  const people = tasks.flatMap(({ personId }) => (personId === null ? [] : [personId]));
  const things = taskKinds.filter(({ code }) => tasks.some(({ kind, personId }) => kind === code && personId === null));
  const kinds = taskKinds.filter(({ code }) => tasks.some(({ kind }) => kind === code));
  for (const of of tasks.map(({ personId, fact }) => personId ?? fact).toSorted()) await holdTask(tx, of);
  const lines = [
    ...(people.length > 0 ? await tasksIn(tx, caller.accountId, { areas, people, language: 'vi', kinds }, now) : []),
    ...(things.length > 0
      ? await tasksIn(tx, caller.accountId, { areas, people: null, language: 'vi', kinds: things }, now)
      : []),
  ];
  const known = new Map(lines.map((line) => [line.key, line]));
  const found = tasks.map((task) => known.get(keyOf(task)));
  if (found.some((line) => line?.state !== 'open')) return refuse('taskGone');
  if (to !== 'me' && !(await mayTake(tx, to, found))) return refuse('taskForPlanners', 'to');
  for (const line of found) {
    if (!line) continue;
    await endGiving(tx, line, caller, now);
    await tx`
      insert into task_given (id, kind, person_id, fact, area_id, member_id, account_id, given_at, given_by, until)
      values (${newId()}, ${line.kind}, ${line.personId}, ${line.fact}, ${line.areaId}, ${to === 'me' ? null : to},
        ${to === 'me' ? caller.accountId : null}, ${now}, ${caller.accountId}, ${givenUntil(line.due, now)})`;
    await audit(tx, caller, 'task.give', line, { kind: line.kind });
  }
  return { given: found.length };
}

/** Takes tasks back from whoever has them. Refuses: taskGone (nobody has any of them, or they are not the caller's to take). */
async function takeBack(
  tx: ScopedTx,
  tasks: readonly TaskKey[],
  caller: Who,
  now: Date,
): Promise<Refusal | { given: number }> {
  let ended = 0;
  for (const task of tasks) ended += await endGiving(tx, task, caller, now);
  return ended === 0 ? refuse('taskGone') : { given: 0 };
}

async function endGiving(tx: ScopedTx, { kind, personId, fact }: TaskKey, caller: Who, now: Date): Promise<number> {
  const ended = await tx`
    update task_given set ended_at = ${now}, ended_by = ${caller.accountId}
    where kind = ${kind} and fact = ${fact} and person_id is not distinct from ${personId} and ended_at is null
      and area_id = any (coalesce((select may_areas('class.write')), '{}'))`;
  return ended.count;
}

/**
 * Leaves a person, or everybody they live with, alone until a day. The same form again is the same pause. Refuses: notFound (out of reach),
 * pauseDayPast, pauseTooLong (a year), householdNone (they live with nobody the portal knows of).
 */
export async function pausePerson(
  tx: ScopedTx,
  { formKey, personId, whole, reason, until }: Pausing,
  caller: Who,
  now = new Date(),
): Promise<Refusal | { personId: string }> {
  const today = dayOf(now);
  if (until <= today) return refuse('pauseDayPast', 'until');
  if (until > addDays(today, 366)) return refuse('pauseTooLong', 'until');
  const [person] = await tx<{ areaId: number }[]>`
    select area_id from person where id = ${personId} and merged_into is null and area_id = any (coalesce((select may_areas('register.write')), '{}'))`;
  if (!person) return refuse('notFound');
  const [home] = await elevated(
    tx,
    'tasks: the household to leave alone',
    (system) => system<{ id: string }[]>`
      select household_id as id from household_member where person_id = ${personId} and left_at is null`,
  );
  if (whole === 'household' && !home) return refuse('householdNone', 'whole');
  const done = await tx`
    insert into person_pause (id, person_id, household_id, area_id, reason, until, at, by)
    values (${formKey}, ${whole === 'person' ? personId : null}, ${whole === 'household' ? (home?.id ?? null) : null}, ${person.areaId},
      ${reason}, ${momentOf(until, '00:00')}, ${now}, ${caller.accountId})
    on conflict (id) do nothing`;
  if (done.count > 0) await audit(tx, caller, 'task.pause', { ...person, personId }, { reason, whole });
  return { personId };
}

/**
 * Ends a pause earlier than its day, as whoever might have made it: they have to do with the person, or with somebody of the household; one that is
 * for good (an organiser confirmed that somebody died or moved) only as who plans there or was asked to look (the wall asks both). Refuses: notFound
 * (out of reach, or over).
 */
export async function endPause(
  tx: ScopedTx,
  { pauseId }: { readonly pauseId: string },
  caller: Who,
  now = new Date(),
): Promise<Refusal | null> {
  const [ended] = await tx<{ areaId: number; personId: string | null }[]>`
    update person_pause set ended_at = ${now}, ended_by = ${caller.accountId}
    where id = ${pauseId} and ended_at is null and area_id = any (coalesce((select may_areas('register.write')), '{}'))
    returning area_id, person_id`;
  if (!ended) return refuse('notFound');
  await aboutTheDead(tx, ended.personId);
  await audit(tx, caller, 'task.end_pause', ended, {});
  return null;
}

async function audit(
  tx: ScopedTx,
  { accountId }: Who,
  action: string,
  { areaId, personId }: { readonly areaId: number; readonly personId: string | null },
  details: Readonly<Record<string, string>>,
): Promise<void> {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${accountId}, ${action}, ${personId === null ? 'area' : 'person'}, ${personId ?? String(areaId)}, ${areaId}, ${tx.json(details)})`;
}
