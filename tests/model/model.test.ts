import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { copyModel, link, linkClass, moveModel, saveModel, unlink } from '@/lib/model/commands';
import {
  classesOfModel,
  couldBeHeld,
  familyOf,
  modelFromClass,
  modelList,
  modelShown,
  modelToPlan,
} from '@/lib/model/queries';
import { resultsOf } from '@/lib/model/results';
import { modelForm, modelListInput, type ModelDraft } from '@/lib/model/schema';
import { done, teamScene } from '../team/scene';

let scene: Awaited<ReturnType<typeof teamScene>>;
beforeAll(async () => {
  scene = await teamScene();
});
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

const now = new Date();
type Role = Parameters<typeof scene.as>[0];
const draft = (more: Partial<ModelDraft> = {}): ModelDraft => ({
  ...modelForm.parse({
    areaId: scene.cast.here.unitId,
    name: 'Chợ số',
    what: 'Học ngay tại chợ.',
    audience: ['traders'],
    materials: 'Mã của từng sạp',
    courseId: scene.cast.courseId,
    weekdays: ['3', '6'],
    startTime: '14:30',
    minutes: '90',
    sessions: '4',
    capacity: '20',
    minimumToRun: '5',
    venueKind: 'market',
  }),
  ...more,
});
const save = (more: Partial<ModelDraft> = {}, role: Role = 'organiser', place = scene.cast.here) =>
  scene.as(role, place, (tx, caller) => saveModel(tx, draft(more), caller, now));
const move = (modelId: string, to: 'published' | 'put_away', place = scene.cast.here) =>
  scene.as('organiser', place, (tx, caller) => moveModel(tx, { modelId, to }, caller, now));
const copy = (modelId: string, areaId = scene.cast.there.unitId, place = scene.cast.there) =>
  scene.as('organiser', place, (tx, caller) => copyModel(tx, { modelId, areaId }, caller, now));
const seen = (id: string, role: Role = 'organiser', place = scene.cast.here) =>
  scene.as(role, place, (tx) => modelShown(tx, 'vi', id));
const published = async (more: Partial<ModelDraft> = {}) => {
  const { id } = done(await save(more));
  done(await move(id, 'published'));
  return id;
};

describe('who reads and writes a model', () => {
  test('a draft is its unit’s alone; published, everybody who organises or leads reads it, and nobody else', async () => {
    const { cast, as } = scene;
    const { id } = done(await save());
    expect((await seen(id))?.mayWrite).toBe(true);
    const others = [
      ['organiser', cast.there],
      ['unit_leader', cast.here],
      ['unit_leader', cast.there],
      ['province_leader', cast.here],
      ['province_admin', cast.here],
    ] as const;
    for (const [role, place] of others) expect(await seen(id, role, place), role).toBeNull();
    done(await move(id, 'published'));
    for (const [role, place] of others)
      expect(await seen(id, role, place), role).toMatchObject({ id, status: 'published', mayWrite: false });
    for (const role of ['helper', 'desk_officer'] as const) expect(await seen(id, role), role).toBeNull();
    await expect(
      openScoped('read write', 'camtay_public', '', (tx) => tx`select from model where id = ${id}`),
    ).rejects.toThrow(/permission denied/);
    const list = await as('organiser', cast.there, (tx) =>
      modelList(tx, 'vi', modelListInput.parse({ q: 'cho so', for: 'traders', unit: 'ward', whose: 'others' }), 20),
    );
    expect(list.rows.map((row) => row.id)).toContain(id);
    for (const asked of [
      { q: 'khong co' },
      { for: 'youth' },
      { unit: 'commune' },
      { whose: 'own' },
      { state: 'put_away' },
    ]) {
      const none = await as('organiser', cast.there, (tx) => modelList(tx, 'vi', modelListInput.parse(asked), 20));
      expect(
        none.rows.map((row) => row.id),
        JSON.stringify(asked),
      ).not.toContain(id);
    }
  });

  test('nobody writes another unit’s, by a form or past it; nor one of a course the place may not teach', async () => {
    const { cast, as } = scene;
    const id = await published();
    const now_ = (await seen(id))?.changedAt ?? '';
    expect(await save({ modelId: id, changedAt: now_, name: 'Khác' }, 'organiser', cast.there)).toEqual({
      refused: 'notFound',
    });
    expect(await move(id, 'put_away', cast.there)).toEqual({ refused: 'notFound' });
    expect(await save({ areaId: cast.here.unitId }, 'organiser', cast.there)).toEqual({
      refused: 'notFound',
      field: 'areaId',
    });
    expect(await save({ courseId: cast.there.courseId })).toEqual({ refused: 'chooseCourse', field: 'courseId' });
    const touched = await as('organiser', cast.there, (tx) => tx`update model set name = 'Khác' where id = ${id}`);
    expect(touched.count).toBe(0);
    for (const role of ['unit_leader', 'province_admin', 'helper'] as const)
      await expect(save({}, role), role).resolves.toEqual({ refused: 'notFound', field: 'areaId' });
    await expect(
      as('organiser', cast.here, (tx) => tx`update model set course_id = ${cast.there.courseId} where id = ${id}`),
    ).rejects.toThrow(/row-level security/);
  });

  test('a change is a new version once it was published, is refused over somebody else’s, and says when there is none', async () => {
    const { id } = done(await save());
    const first = (await seen(id))?.changedAt ?? '';
    done(await save({ modelId: id, changedAt: first, name: 'Chợ số 2' }));
    expect((await seen(id))?.version).toBe(1);
    expect(await save({ modelId: id, changedAt: first, name: 'Chợ số 3' })).toEqual({ refused: 'changedMeanwhile' });
    done(await move(id, 'published'));
    const second = (await seen(id))?.changedAt ?? '';
    expect(await save({ modelId: id, changedAt: second, name: 'Chợ số 2' })).toEqual({ refused: 'nothingChanged' });
    done(await save({ modelId: id, changedAt: second, name: 'Chợ số 4' }));
    expect(await seen(id)).toMatchObject({ version: 2, name: 'Chợ số 4' });
    expect(await move(id, 'published')).toEqual({ refused: 'nothingChanged' });
  });
});

describe('copying', () => {
  test('takes words and plan along; the province’s course stays one, a unit’s own is copied once', async () => {
    const { cast } = scene;
    const id = await published({ forWhom: 'Tiểu thương', adapted: '' });
    const made = done(await copy(id));
    const copied = await seen(made.id, 'organiser', cast.there);
    expect(copied).toMatchObject({
      status: 'draft',
      version: 1,
      name: 'Chợ số',
      forWhom: 'Tiểu thương',
      materials: ['Mã của từng sạp'],
      weekdays: [3, 6],
      startTime: '14:30',
      courseId: cast.courseId,
      source: { id, version: 1 },
      mayWrite: true,
    });
    const own = await published({ name: 'Riêng', courseId: cast.here.courseId });
    const [one, other] = [own, await published({ name: 'Riêng nữa', courseId: cast.here.courseId })];
    const first = await seen(done(await copy(one)).id, 'organiser', cast.there);
    const second = await seen(done(await copy(other)).id, 'organiser', cast.there);
    expect(first?.courseId).not.toBe(cast.here.courseId);
    expect(second?.courseId).toBe(first?.courseId);
    const [course] = await cast.owner`select area_id, copied_from from course where id = ${first?.courseId ?? ''}`;
    expect(course).toEqual({ areaId: cast.there.unitId, copiedFrom: cast.here.courseId });
    done(await move(made.id, 'published', cast.there));
    const family = await scene.as('province_leader', cast.here, (tx) =>
      familyOf(tx, 'vi', { id, familyId: copied?.familyId ?? '' }),
    );
    expect(family.members.map((member) => [member.id, member.isFirst])).toEqual([
      [id, true],
      [made.id, false],
    ]);
  });

  test('ten at once make one copy; a draft, one’s own and what was put away are not copied', async () => {
    const { cast } = scene;
    const id = await published();
    const all = await Promise.all(Array.from({ length: 10 }, () => copy(id)));
    expect(all.filter((one) => !('refused' in one))).toHaveLength(1);
    expect(all.filter((one) => 'refused' in one)).toEqual(
      Array.from({ length: 9 }, () => ({ refused: 'modelCopiedAlready', field: 'areaId' })),
    );
    const { id: unseen } = done(await save());
    expect(await copy(unseen)).toEqual({ refused: 'notFound' });
    expect(await copy(id, cast.here.unitId, cast.here)).toEqual({ refused: 'modelOfOwn', field: 'areaId' });
    expect(await copy(id, cast.here.unitId, cast.there)).toEqual({ refused: 'notFound', field: 'areaId' });
    const gone = await published();
    done(await move(gone, 'put_away'));
    expect(await copy(gone)).toEqual({ refused: 'notFound' });
    // Put away, the copy makes room for another; it does not come back beside that one.
    const [mine] = await cast.owner<{ id: string }[]>`select id from model where copied_from = ${id}`;
    done(await move(mine?.id ?? '', 'put_away', cast.there));
    done(await copy(id));
    expect(await move(mine?.id ?? '', 'published', cast.there)).toEqual({ refused: 'modelCopiedAlready' });
  });

  test('the database itself refuses a copy of a draft, and a family changed afterwards', async () => {
    const { cast, as } = scene;
    const { id } = done(await save());
    const pub = await published();
    const insert = (from: string) =>
      as(
        'organiser',
        cast.there,
        (
          tx,
        ) => tx`insert into model (id, area_id, copied_from, copied_version, name, what, audience, course_id, weekdays, start_time, minutes, sessions,
            capacity, minimum_to_run, venue_kind)
          values (${newId()}, ${cast.there.unitId}, ${from}, 9, 'Lén', 'Lén', '{everyone}', ${cast.courseId}, '{1}', '08:00', 90, 1, 9, 1, 'home')`,
      );
    await expect(insert(id)).rejects.toThrow(/only a published model is copied/);
    await insert(pub);
    const [made] = await cast.owner`select family_id, copied_version from model where copied_from = ${pub}`;
    expect(made).toEqual({ familyId: pub, copiedVersion: 1 });
    await expect(
      as('organiser', cast.here, (tx) => tx`update model set family_id = ${id} where id = ${pub}`),
    ).rejects.toThrow(/never changes/);
  });
});

test('however many copied a model, twenty at most are compared at once: the one asked for, the first and one’s own always', async () => {
  const { cast, as } = scene;
  const first = await published();
  const mineToo = done(await copy(first));
  done(await move(mineToo.id, 'published', cast.there));
  for (let at = 0; at < 44; at += 1)
    await cast.owner`insert into model (id, area_id, copied_from, copied_version, status, published_at, name, what, audience, course_id, weekdays, start_time,
        minutes, sessions, capacity, minimum_to_run, venue_kind)
      values (${newId()}, ${cast.there.unitId}, ${first}, 1, 'put_away', now(), ${`Bản ${at}`}, 'Thử', '{everyone}', ${cast.courseId}, '{1}', '08:00', 90, 4,
        20, 5, 'home')`;
  const [last] = await cast.owner<{ id: string }[]>`
    select id from model where copied_from = ${first} and status = 'put_away' order by id limit 1`;
  const busy = await scene.classOn(cast.there, [14]);
  await cast.owner`insert into model_class (class_id, model_id, area_id, version) values (${busy.classId}, ${last?.id ?? ''}, ${cast.there.villageId}, 1)`;
  const page = (id: string, at: number) =>
    as('organiser', cast.here, (tx) => familyOf(tx, 'vi', { id, familyId: first }, at));
  const pages = await Promise.all([1, 2, 3].map((at) => page(mineToo.id, at)));
  expect(pages.map(({ members, pages: all }) => [members.length, all])).toEqual([
    [20, 3],
    [20, 3],
    [8, 3],
  ]);
  const ids = pages.map(({ members }) => members.map((one) => one.id));
  for (const one of ids) expect(one).toContain(mineToo.id);
  // The first, and where most is counted, stand on the first page; each other on one.
  expect(ids[0]).toEqual(expect.arrayContaining([first, last?.id]));
  expect(new Set(ids.flat()).size).toBe(46);
  expect(
    (await page(first, 9)).members.map((one) => one.id),
    'past the end',
  ).toEqual([first]);
});

describe('what is held by a model', () => {
  test('is planned from it, made of a class that went well, counted once, and taken out again', async () => {
    const { cast, as } = scene;
    const { classId } = await scene.classOn(cast.here, [3, 5]);
    const like = await as('organiser', cast.here, (tx) => modelFromClass(tx, 'vi', classId));
    expect(like?.plan).toMatchObject({ courseId: cast.courseId, sessions: 2, capacity: 30 });
    expect(await as('organiser', cast.there, (tx) => modelFromClass(tx, 'vi', classId))).toBeNull();
    const { id } = done(await save({ fromClass: classId }));
    expect((await as('organiser', cast.here, (tx) => classesOfModel(tx, 'vi', id))).map((one) => one.id)).toEqual([
      classId,
    ]);
    expect(await as('organiser', cast.here, (tx) => modelToPlan(tx, id))).toBeNull();
    done(await move(id, 'published'));
    expect(await as('organiser', cast.here, (tx) => modelToPlan(tx, id))).toMatchObject({
      courseId: cast.courseId,
      weekdays: [3, 6],
      startTime: '14:30',
      sessions: 4,
    });
    expect(await as('organiser', cast.there, (tx) => modelToPlan(tx, id))).toBeNull();
    const other = await published();
    const linked = (modelId: string, place = cast.here) =>
      as('organiser', place, (tx, caller) => linkClass(tx, { modelId, classId }, caller, now));
    expect(await linked(other)).toEqual({ refused: 'heldByAnother', field: 'held' });
    expect(await linked(other, cast.there)).toEqual({ refused: 'notFound', field: 'held' });
    done(await as('organiser', cast.here, (tx, caller) => unlink(tx, { modelId: id, held: `c:${classId}` }, caller)));
    done(await linked(other));
    // The other unit sees which classes they are: they stand on the schedule.
    expect((await as('unit_leader', cast.there, (tx) => classesOfModel(tx, 'vi', other)))[0]).toMatchObject({
      id: classId,
      mayOpen: false,
    });
  });

  test('lies where the model does: the wall refuses another unit’s class, and a class of one’s own with another’s model', async () => {
    const { cast, as } = scene;
    const id = await published();
    const { classId } = await scene.classOn(cast.there, [4]);
    const insert = (place = cast.there) =>
      as(
        'organiser',
        place,
        (tx) =>
          tx`insert into model_class (class_id, model_id, area_id, version) values (${classId}, ${id}, ${cast.there.villageId}, 1)`,
      );
    await expect(insert()).rejects.toThrow(/row-level security/);
    await expect(insert(cast.here)).rejects.toThrow(/row-level security/);
    const could = await as('organiser', cast.here, (tx) =>
      couldBeHeld(tx, 'vi', { areaId: cast.here.unitId, courseId: cast.courseId }),
    );
    expect(could.classes.map((one) => one.id)).not.toContain(classId);
    expect(
      await as('organiser', cast.here, (tx, caller) => link(tx, { modelId: id, held: `r:${newId()}` }, caller, now)),
    ).toEqual({
      refused: 'notFound',
      field: 'held',
    });
  });

  test('is taken out only by whoever writes the model: a class of one’s own is not enough, by the form or past it', async () => {
    const { cast, as } = scene;
    const [modelId, roundId] = [await published(), newId()];
    const { classId } = await scene.classOn(cast.here, [11]);
    done(await as('organiser', cast.here, (tx, caller) => linkClass(tx, { modelId, classId }, caller, now)));
    await cast.owner`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
      values (${roundId}, ${cast.here.villageId}, ${cast.here.teamId}, '2026-02-03', '2026-02-03T08:00+07', '2026-02-03T10:00+07')`;
    done(await as('organiser', cast.here, (tx, caller) => link(tx, { modelId, held: `r:${roundId}` }, caller, now)));
    // The village’s own organiser plans class and round there, and writes no model of the unit.
    const village = { ...cast.here, unitId: cast.here.villageId };
    for (const held of [`c:${classId}`, `r:${roundId}`])
      expect(await as('organiser', village, (tx, caller) => unlink(tx, { modelId, held }, caller)), held).toEqual({
        refused: 'notFound',
      });
    for (const table of ['model_class', 'model_round'])
      expect(
        (await as('organiser', village, (tx) => tx`delete from ${tx(table)} where model_id = ${modelId}`)).count,
        table,
      ).toBe(0);
    for (const held of [`c:${classId}`, `r:${roundId}`])
      done(await as('organiser', cast.here, (tx, caller) => unlink(tx, { modelId, held }, caller)));
  });

  test('is counted past the form only as the form would: under one’s own name, as the model is now, and what goes ahead', async () => {
    const { cast, as } = scene;
    const modelId = await published();
    const { classId } = await scene.classOn(cast.here, [12]);
    const [roundId, offId] = [newId(), newId()];
    for (const [id, off] of [
      [roundId, null],
      [offId, now],
    ] as const)
      await cast.owner`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at, called_off_at)
        values (${id}, ${cast.here.villageId}, ${cast.here.teamId}, '2026-02-04', '2026-02-04T08:00+07', '2026-02-04T10:00+07', ${off})`;
    const cancelled = await scene.classOn(cast.here, [13]);
    await cast.owner`update class set status = 'cancelled', status_reason = 'Bão' where id = ${cancelled.classId}`;
    const somebodyElse = await cast.accountOf('unit_leader', cast.here);
    const tries = (table: 'model_class' | 'model_round', key: string, more: { by?: string; version?: number } = {}) =>
      as('organiser', cast.here, async (tx, { accountId }) => {
        const row = { modelId, areaId: cast.here.villageId, version: 1, by: accountId, ...more };
        return (
          await tx`insert into ${tx(table)} ${tx({ ...row, [table === 'model_class' ? 'classId' : 'roundId']: key })}`
        ).count;
      });
    const refused = [
      () => tries('model_class', classId, { by: somebodyElse }),
      () => tries('model_class', classId, { version: 7 }),
      () => tries('model_class', cancelled.classId),
      () => tries('model_round', roundId, { by: somebodyElse }),
      () => tries('model_round', roundId, { version: 7 }),
      () => tries('model_round', offId),
    ];
    for (const [at, one] of refused.entries()) await expect(one(), String(at)).rejects.toThrow(/row-level security/);
    expect([await tries('model_class', classId), await tries('model_round', roundId)]).toEqual([1, 1]);
  });

  test('has no results for whoever does not see the model', async () => {
    const { id } = done(await save());
    expect(await scene.as('unit_leader', scene.cast.there, (tx) => resultsOf(tx, [id], now))).toEqual([]);
  });
});
