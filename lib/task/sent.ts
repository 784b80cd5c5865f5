import { attemptEach, elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { isSameContent, quarantined, readSent, type OperationResult } from '@/lib/kernel/operation';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import { holdPeople, keptOf, recordVisits } from '@/lib/visit/commands';
import { recordedWithin } from '@/lib/visit/rules';
import type { VisitBatch } from '@/lib/visit/schema';
import { holdTask, taskInHand, writeWork } from './commands';
import { kindOf } from './kinds';
import { tasksIn } from './queries';
import { keyOf, workOperation, type TaskKey, type TaskLine, type WorkOperation } from './schema';

interface Slot {
  readonly index: number;
  readonly operation: WorkOperation;
  readonly hash: string;
  /** The task, of the record that is theirs by now. */
  readonly task: TaskKey;
}

const isWork = (given: unknown) =>
  typeof given === 'object' && given !== null && 'kind' in given && given.kind === 'work';

/**
 * Takes a batch of what was done at doors, of rounds (`recordVisits`) and for tasks, and answers each, in order. What came of tasks is written down after the rest, in the
 * order it was done, each by itself: a bad one never blocks another. `otherAccount`: the batch is another account's, who signed in on that phone before.
 */
export async function recordAtDoors(
  tx: ScopedTx,
  batch: VisitBatch,
  caller: Caller,
  now = new Date(),
): Promise<Refusal | { protocol: 1; results: OperationResult[] }> {
  const indexed = batch.operations.map((given, index) => ({ given, index }));
  const [works, rest] = [indexed.filter(({ given }) => isWork(given)), indexed.filter(({ given }) => !isWork(given))];
  const done = await recordVisits(tx, { ...batch, operations: rest.map(({ given }) => given) }, caller, now);
  if (isRefusal(done)) return done;
  const results: OperationResult[] = [];
  for (const [at, { index }] of rest.entries()) {
    const answer = done.results[at];
    if (answer) results[index] = answer;
  }
  for (const [index, answer] of await recordWorks(tx, works, caller, now)) results[index] = answer;
  return { protocol: 1, results };
}

/** What phones tell of tasks; answers by index. People are held as recording at homes holds them, so that none withdraws meanwhile. */
async function recordWorks(
  tx: ScopedTx,
  works: readonly { readonly given: unknown; readonly index: number }[],
  caller: Caller,
  now: Date,
): Promise<Map<number, OperationResult>> {
  const answers = new Map<number, OperationResult>();
  const read: Omit<Slot, 'task'>[] = [];
  for (const { given, index } of works) {
    const one = readSent(workOperation, given, now.getTime());
    if (!('operation' in one)) answers.set(index, one);
    else if (one.operation.task.personId === null) answers.set(index, quarantined(one.operation, 'taskNobody'));
    else read.push({ index, ...one });
  }
  if (read.length === 0) return answers;
  const slots = await ofToday(tx, read);
  const people = [...new Set(slots.flatMap(({ task }) => task.personId ?? []))].toSorted();
  for (const person of people) await holdTask(tx, person);
  const gone = await holdPeople(tx, people);
  const inOrder = slots.toSorted(
    ({ operation: one }, { operation: other }) => one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1),
  );
  for (const slot of inOrder)
    for (const [at, answer] of await attemptEach(
      tx,
      [slot],
      async (inner) => new Map([[slot.index, await take(inner, slot, gone, caller, now)]]),
      ({ index, operation }) => [index, quarantined(operation, 'operationRefused')],
    ))
      answers.set(at, answer);
  return answers;
}

/** Whoever was written down twice is one by now: what was recorded of either is of the record that stayed. */
async function ofToday(tx: ScopedTx, slots: readonly Omit<Slot, 'task'>[]): Promise<Slot[]> {
  const ids = slots.flatMap(({ operation }) => operation.task.personId ?? []);
  const rows = await elevated(
    tx,
    'tasks: whose records were merged',
    (system) => system<{ id: string; into: string }[]>`
      select id, merged_into as into from person where id = any(${ids}::uuid[]) and merged_into is not null`,
  );
  const into = new Map(rows.map((row) => [row.id, row.into]));
  return slots.map((slot) => {
    const { personId } = slot.operation.task;
    return { ...slot, task: { ...slot.operation.task, personId: into.get(personId ?? '') ?? personId } };
  });
}

interface Giving {
  readonly areaId: number;
  readonly givenAt: Date;
  readonly endedAt: Date;
}

/**
 * As what the caller was given it, now or once: as an account, or as somebody who is of that team still, and where they record. The right is asked apart from the wall, since somebody
 * may be back from the hills when what was given to them is out of their sight.
 */
async function givenTo(tx: ScopedTx, { kind, personId, fact }: TaskKey, caller: Caller): Promise<readonly Giving[]> {
  const [reach] = await tx<{ areas: number[] }[]>`select coalesce(may_areas('register.write'), '{}') as areas`;
  return elevated(tx, 'tasks: whether the caller was given it', async (system) => [
    ...(await system<Giving[]>`
      select g.area_id, g.given_at, least(g.until, g.ended_at) as ended_at from task_given g left join team_member m on m.id = g.member_id
      where g.kind = ${kind} and g.fact = ${fact} and g.person_id = ${personId} and g.account_id = ${caller.accountId} and m.left_on is null
        and g.area_id = any(${reach?.areas ?? []}::integer[])`),
  ]);
}

/** Writes one act down, or says why not. What somebody was given, and did while it was theirs, counts however late the phone finds a signal, as long as the task stands. */
async function take(
  tx: ScopedTx,
  { operation: said, hash, task }: Slot,
  gone: ReadonlySet<string>,
  caller: Caller,
  now: Date,
): Promise<OperationResult> {
  const before = (await keptOf(tx, [said.id])).get(said.id);
  if (before && !isSameContent(before.contentHash, hash)) return quarantined(said, 'idReused');
  if (before) return { id: said.id, outcome: 'duplicate', first: before.outcome };
  const form = await byForm(tx, said.id);
  if (form) {
    const same = form.by === caller.accountId && form.key === keyOf(task) && form.outcome === said.outcome;
    return same ? { id: said.id, outcome: 'duplicate', first: 'applied' } : quarantined(said, 'idReused');
  }
  const given = await givenTo(tx, task, caller);
  const seen = await taskInHand(tx, caller, task, now);
  if (given.length === 0 && !seen) return { id: said.id, outcome: 'out_of_scope' };
  if (gone.has(task.personId ?? '')) return quarantined(said, 'visitWithdrawn');
  if (said.at.getTime() < now.getTime() - recordedWithin.arrived * 86_400_000)
    return quarantined(said, 'workArrivedLate');
  const line = seen ?? (await asItStands(tx, caller, task, given, now));
  if (!line || line.state === 'settled') return quarantined(said, (await isDone(tx, task)) ? 'taskDone' : 'taskOver');
  const theirs = given.some(({ givenAt, endedAt }) => givenAt <= said.at && said.at < endedAt);
  if (!seen && !theirs) return { id: said.id, outcome: 'out_of_scope' };
  if (said.outcome === 'done' && !line.byWork) return quarantined(said, 'taskByFact');
  const { id, outcome, note, spent = null, at } = said;
  await writeWork(tx, line, { id, outcome, note, spent, at }, caller, (work) =>
    elevated(tx, 'tasks: what came of a task that was given to the caller', work),
  );
  await elevated(
    tx,
    'tasks: keep that something came of a task',
    (system) => system`
      insert into visit_operation (id, area_id, account_id, kind, content, content_hash, device_time, outcome)
      values (${id}, ${line.areaId}, ${caller.accountId}, 'work', '{}', ${hash}, ${at}, 'applied')`,
  );
  return { id, outcome: 'applied' };
}

/** What the page's form wrote under an id: its answer was lost, and the phone sends the same once more. */
async function byForm(tx: ScopedTx, id: string) {
  const [row] = await elevated(
    tx,
    'tasks: whether the form wrote it',
    (system) => system<(TaskKey & { by: string | null; outcome: string })[]>`
      select kind, person_id, fact, by, outcome from task_work where id = ${id}`,
  );
  return row ? { by: row.by, outcome: row.outcome, key: keyOf(row) } : null;
}

/** The task where it was given, also out of the caller's sight by now. */
async function asItStands(
  tx: ScopedTx,
  caller: Caller,
  task: TaskKey,
  given: readonly Giving[],
  now: Date,
): Promise<TaskLine | undefined> {
  const kind = kindOf(task.kind);
  if (!kind || task.personId === null) return undefined;
  const areas = [...new Set(given.map(({ areaId }) => areaId))];
  const scope = { areas, people: [task.personId], language: 'vi', kinds: [kind] } as const;
  return (await tasksIn(tx, caller.accountId, scope, now)).find(({ key }) => key === keyOf(task));
}

/** Whether somebody did it: what is gone otherwise went because a register or a record changed. */
const isDone = (tx: ScopedTx, { kind, personId, fact }: TaskKey): Promise<boolean> =>
  elevated(tx, 'tasks: whether somebody did it meanwhile', async (system) => {
    const rows = await system`
      select from task_work where kind = ${kind} and fact = ${fact} and person_id = ${personId} and outcome = 'done' limit 1`;
    return rows.count > 0;
  });
