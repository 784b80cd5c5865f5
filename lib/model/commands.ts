import { attempt, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { copyCourse } from '@/lib/course/commands';
import { newId } from '@/lib/kernel/id';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { modelInHand } from './queries';
import { sameWords } from './rules';
import type { ModelDraft } from './schema';

type Staff = Pick<Caller, 'accountId'>;

async function audit(
  tx: ScopedTx,
  caller: Staff,
  action: string,
  of: { readonly id: string; readonly areaId: number },
  details: object = {},
): Promise<void> {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, ${action}, 'model', ${of.id}, ${of.areaId}, ${tx.json({ ...details })})`;
}

const isDouble = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '23505';

async function mayOwn(tx: ScopedTx, areaId: number): Promise<boolean> {
  const [found] = await tx`select from area where id = ${areaId} and id = ${mine(tx, 'class.write')}`;
  return found !== undefined;
}

/** The course is taught now, and open to the place. */
async function courseIsOpen(tx: ScopedTx, courseId: string, areaId: number): Promise<boolean> {
  const [found] = await tx`
    select from course c join area_tree t on t.ancestor_id = c.area_id
    where c.id = ${courseId} and t.area_id = ${areaId} and c.replaced_at is null and c.retired_at is null`;
  return found !== undefined;
}

/** What a model says, as its columns. */
const wordsOf = (draft: ModelDraft) => ({
  name: draft.name,
  what: draft.what,
  audience: draft.audience,
  forWhom: draft.forWhom,
  materials: draft.materials,
  adapted: draft.adapted,
  courseId: draft.courseId,
  weekdays: draft.weekdays,
  startTime: draft.startTime,
  minutes: draft.minutes,
  sessions: draft.sessions,
  capacity: draft.capacity,
  minimumToRun: draft.minimumToRun,
  venueKind: draft.venueKind,
});

/**
 * Writes a new model as a draft (with the class it was made of, if any), or the next state of one; from its first publishing on every change
 * is a new version. Refuses, with nothing written: notFound (not one's own; the area, the course or the class not either), changedMeanwhile
 * (somebody was quicker), nothingChanged, heldByAnother (that class is counted with a model already).
 */
export async function saveModel(
  tx: ScopedTx,
  draft: ModelDraft,
  caller: Staff,
  now: Date,
): Promise<Refusal | { id: string; made: 'model' | 'change' }> {
  const words = wordsOf(draft);
  if (draft.modelId === undefined) {
    if (!(await mayOwn(tx, draft.areaId))) return refuse('notFound', 'areaId');
    if (!(await courseIsOpen(tx, draft.courseId, draft.areaId))) return refuse('chooseCourse', 'courseId');
    const fresh = { id: newId(), areaId: draft.areaId };
    await tx`insert into model ${tx({ ...fresh, ...words, createdBy: caller.accountId, changedBy: caller.accountId, changedAt: now })}`;
    await audit(tx, caller, 'model.begin', fresh);
    if (draft.fromClass !== undefined) {
      const linked = await linkClass(tx, { modelId: fresh.id, classId: draft.fromClass }, caller, now);
      if (isRefusal(linked)) return refuse(linked.refused);
    }
    return { id: fresh.id, made: 'model' };
  }
  const before = await modelInHand(tx, draft.modelId);
  if (!before) return refuse('notFound');
  if (before.changedAt !== draft.changedAt) return refuse('changedMeanwhile');
  if (before.courseId !== draft.courseId && !(await courseIsOpen(tx, draft.courseId, before.areaId)))
    return refuse('chooseCourse', 'courseId');
  const { id, areaId, status, version, changedAt, publishedAt, ...stored } = before;
  if (sameWords(stored, words)) return refuse('nothingChanged');
  const next = publishedAt === null ? version : version + 1;
  await tx`
    update model set ${tx(words)}, version = ${next}, changed_at = clock_timestamp(), changed_by = ${caller.accountId} where id = ${id}`;
  await audit(tx, caller, 'model.change', { id, areaId }, { version: next, since: changedAt, status });
  return { id, made: 'change' };
}

/** Publishes a model for everybody who organises or leads, or puts it away. What was held by it goes on. Refuses: notFound, nothingChanged. */
export async function moveModel(
  tx: ScopedTx,
  { modelId, to }: { readonly modelId: string; readonly to: 'published' | 'put_away' },
  caller: Staff,
  now: Date,
): Promise<Refusal | { id: string }> {
  const found = await modelInHand(tx, modelId);
  if (!found) return refuse('notFound');
  if (found.status === to) return refuse('nothingChanged');
  try {
    await attempt(
      tx,
      (inner) => inner`
        update model set status = ${to}, published_at = case when ${to} = 'published' then coalesce(published_at, ${now}) else published_at end
        where id = ${modelId}`,
    );
  } catch (error) {
    // Another copy of the same took its place meanwhile.
    if (isDouble(error)) return refuse('modelCopiedAlready');
    throw error;
  }
  await audit(tx, caller, to === 'published' ? 'model.publish' : 'model.put_away', found);
  return { id: modelId };
}

/** The course a copy is planned with: the same where the place may teach it, the copy the place has of it, or a new copy. */
async function courseOfCopy(
  tx: ScopedTx,
  courseId: string,
  areaId: number,
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const [now] = await tx<{ id: string; seriesId: string }[]>`
    select n.id, n.series_id from course was join course n on n.series_id = was.series_id and n.replaced_at is null where was.id = ${courseId}`;
  if (!now) return refuse('notFound');
  if (await courseIsOpen(tx, now.id, areaId)) return { id: now.id };
  const [had] = await tx<{ id: string }[]>`
    select n.id from course k join course was on was.id = k.copied_from and was.series_id = ${now.seriesId}
      join course n on n.series_id = k.series_id and n.replaced_at is null and n.retired_at is null
    where n.area_id = ${areaId} order by n.changed_at desc, n.id limit 1`;
  return had ?? copyCourse(tx, { courseId: now.id, areaId }, caller);
}

/**
 * Copies a published model with its plan and course to a place of the caller's, as a draft to be adapted there. The course is copied only
 * where that place may not teach it and has no copy yet. Refuses, with nothing written: notFound (the model; the area not one's own),
 * modelCopiedAlready, modelOfOwn (it is the place's own).
 */
export async function copyModel(
  tx: ScopedTx,
  { modelId, areaId }: { readonly modelId: string; readonly areaId: number },
  caller: Staff,
  now: Date,
): Promise<Refusal | { id: string }> {
  if (!(await mayOwn(tx, areaId))) return refuse('notFound', 'areaId');
  const [source] = await tx<{ areaId: number; version: number; courseId: string }[]>`
    select area_id, version, course_id from model where id = ${modelId} and status = 'published'`;
  if (!source) return refuse('notFound');
  if (source.areaId === areaId) return refuse('modelOfOwn', 'areaId');
  const course = await courseOfCopy(tx, source.courseId, areaId, caller);
  if (isRefusal(course)) return course;
  const copy = { id: newId(), areaId };
  try {
    await attempt(
      tx,
      (inner) => inner`
        insert into model (id, area_id, copied_from, copied_version, name, what, audience, for_whom, materials, course_id, weekdays, start_time, minutes,
          sessions, capacity, minimum_to_run, venue_kind, created_at, created_by, changed_at, changed_by)
        select ${copy.id}, ${areaId}, id, version, name, what, audience, for_whom, materials, ${course.id}, weekdays, start_time, minutes, sessions,
          capacity, minimum_to_run, venue_kind, ${now}, ${caller.accountId}, ${now}, ${caller.accountId}
        from model where id = ${modelId}`,
    );
  } catch (error) {
    if (isDouble(error)) return refuse('modelCopiedAlready', 'areaId');
    throw error;
  }
  await audit(tx, caller, 'model.copy', copy, { from: modelId, version: source.version });
  return copy;
}

/**
 * Counts a class with a model of the caller's, as the model is now. Refuses: notFound (the class or the model; a class outside the place the
 * model belongs to), heldByAnother.
 */
export async function linkClass(
  tx: ScopedTx,
  { modelId, classId }: { readonly modelId: string; readonly classId: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | { id: string }> {
  return link(tx, { modelId, held: `c:${classId}` }, caller, now);
}

/** What is meant by `c:…` or `r:…`: its table, id, and where it lies, if the caller may plan there and it lies where the model does. */
async function heldBy(tx: ScopedTx, { modelId, held }: { modelId: string; held: string }) {
  const [kind, key] = [held.slice(0, 1) === 'c' ? ('class' as const) : ('round' as const), held.slice(2)];
  const [row] =
    kind === 'class'
      ? await tx<{ areaId: number; version: number }[]>`
          select k.area_id, m.version from class k join model m on m.id = ${modelId} join area_tree t on t.ancestor_id = m.area_id and t.area_id = k.area_id
          where k.id = ${key} and k.status <> 'cancelled' and k.area_id = ${mine(tx, 'class.write')} and m.area_id = ${mine(tx, 'class.write')}`
      : await tx<{ areaId: number; version: number }[]>`
          select k.area_id, m.version from visit_round k join model m on m.id = ${modelId} join area_tree t on t.ancestor_id = m.area_id and t.area_id = k.area_id
          where k.id = ${key}::uuid and k.called_off_at is null and k.area_id = ${mine(tx, 'visit.plan')} and m.area_id = ${mine(tx, 'class.write')}`;
  return row ? { kind, key, ...row } : null;
}

/** Counts a class or a round of visits with a model of the caller's. Refuses, at the field: notFound, heldByAnother. */
export async function link(
  tx: ScopedTx,
  input: { readonly modelId: string; readonly held: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | { id: string }> {
  const found = await heldBy(tx, input);
  if (!found) return refuse('notFound', 'held');
  const { kind, key, areaId, version } = found;
  const row = { modelId: input.modelId, areaId, version, at: now, by: caller.accountId };
  const made =
    kind === 'class'
      ? await tx`insert into model_class ${tx({ ...row, classId: key })} on conflict do nothing`
      : await tx`insert into model_round ${tx({ ...row, roundId: key })} on conflict do nothing`;
  if (made.count === 0) return refuse('heldByAnother', 'held');
  await audit(tx, caller, 'model.link', { id: input.modelId, areaId }, { kind, of: key });
  return { id: input.modelId };
}

/** Takes a class or a round out of the results of a model of the caller's; both stay what they are. Refuses: notFound (either is not the caller's). */
export async function unlink(
  tx: ScopedTx,
  { modelId, held }: { readonly modelId: string; readonly held: string },
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const key = held.slice(2);
  const ofOwnModel = tx`model_id = ${modelId} and exists (select from model m where m.id = ${modelId} and m.area_id = ${mine(tx, 'class.write')})`;
  const [gone] = held.startsWith('c:')
    ? await tx<{ areaId: number }[]>`
        delete from model_class where class_id = ${key} and ${ofOwnModel} and area_id = ${mine(tx, 'class.write')} returning area_id`
    : await tx<{ areaId: number }[]>`
        delete from model_round where round_id = ${key}::uuid and ${ofOwnModel} and area_id = ${mine(tx, 'visit.plan')} returning area_id`;
  if (!gone) return refuse('notFound');
  await audit(tx, caller, 'model.unlink', { id: modelId, areaId: gone.areaId }, { of: key });
  return { id: modelId };
}
