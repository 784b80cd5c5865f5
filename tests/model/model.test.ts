import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { familyOf, modelList } from '@/lib/model/queries';
import { modelListInput } from '@/lib/model/schema';
import { done } from '../team/scene';
import { modelScene } from './scene';

let scene: Awaited<ReturnType<typeof modelScene>>;
beforeAll(async () => {
  scene = await modelScene();
});
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

describe('who reads and writes a model', () => {
  test('a draft is its unit’s alone; published, everybody who organises or leads reads it, and nobody else', async () => {
    const { cast, as } = scene;
    const { id } = done(await scene.save());
    expect((await scene.seen(id))?.mayWrite).toBe(true);
    const others = [
      ['organiser', cast.there],
      ['unit_leader', cast.here],
      ['unit_leader', cast.there],
      ['province_leader', cast.here],
      ['province_admin', cast.here],
    ] as const;
    for (const [role, place] of others) expect(await scene.seen(id, role, place), role).toBeNull();
    done(await scene.move(id, 'published'));
    for (const [role, place] of others)
      expect(await scene.seen(id, role, place), role).toMatchObject({ id, status: 'published', mayWrite: false });
    for (const role of ['helper', 'desk_officer'] as const) expect(await scene.seen(id, role), role).toBeNull();
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
    const id = await scene.published();
    const now_ = (await scene.seen(id))?.changedAt ?? '';
    expect(await scene.save({ modelId: id, changedAt: now_, name: 'Khác' }, 'organiser', cast.there)).toEqual({
      refused: 'notFound',
    });
    expect(await scene.move(id, 'put_away', cast.there)).toEqual({ refused: 'notFound' });
    expect(await scene.save({ areaId: cast.here.unitId }, 'organiser', cast.there)).toEqual({
      refused: 'notFound',
      field: 'areaId',
    });
    expect(await scene.save({ courseId: cast.there.courseId })).toEqual({ refused: 'chooseCourse', field: 'courseId' });
    const touched = await as('organiser', cast.there, (tx) => tx`update model set name = 'Khác' where id = ${id}`);
    expect(touched.count).toBe(0);
    for (const role of ['unit_leader', 'province_admin', 'helper'] as const)
      await expect(scene.save({}, role), role).resolves.toEqual({ refused: 'notFound', field: 'areaId' });
    await expect(
      as('organiser', cast.here, (tx) => tx`update model set course_id = ${cast.there.courseId} where id = ${id}`),
    ).rejects.toThrow(/row-level security/);
  });

  test('a change is a new version once it was published, is refused over somebody else’s, and says when there is none', async () => {
    const { id } = done(await scene.save());
    const first = (await scene.seen(id))?.changedAt ?? '';
    done(await scene.save({ modelId: id, changedAt: first, name: 'Chợ số 2' }));
    expect((await scene.seen(id))?.version).toBe(1);
    expect(await scene.save({ modelId: id, changedAt: first, name: 'Chợ số 3' })).toEqual({
      refused: 'changedMeanwhile',
    });
    done(await scene.move(id, 'published'));
    const second = (await scene.seen(id))?.changedAt ?? '';
    expect(await scene.save({ modelId: id, changedAt: second, name: 'Chợ số 2' })).toEqual({
      refused: 'nothingChanged',
    });
    done(await scene.save({ modelId: id, changedAt: second, name: 'Chợ số 4' }));
    expect(await scene.seen(id)).toMatchObject({ version: 2, name: 'Chợ số 4' });
    expect(await scene.move(id, 'published')).toEqual({ refused: 'nothingChanged' });
  });
});

describe('copying', () => {
  test('takes words and plan along; the province’s course stays one, a unit’s own is copied once', async () => {
    const { cast } = scene;
    const id = await scene.published({ forWhom: 'Tiểu thương', adapted: '' });
    const made = done(await scene.copy(id));
    const copied = await scene.seen(made.id, 'organiser', cast.there);
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
    const own = await scene.published({ name: 'Riêng', courseId: cast.here.courseId });
    const [one, other] = [own, await scene.published({ name: 'Riêng nữa', courseId: cast.here.courseId })];
    const first = await scene.seen(done(await scene.copy(one)).id, 'organiser', cast.there);
    const second = await scene.seen(done(await scene.copy(other)).id, 'organiser', cast.there);
    expect(first?.courseId).not.toBe(cast.here.courseId);
    expect(second?.courseId).toBe(first?.courseId);
    const [course] = await cast.owner`select area_id, copied_from from course where id = ${first?.courseId ?? ''}`;
    expect(course).toEqual({ areaId: cast.there.unitId, copiedFrom: cast.here.courseId });
    done(await scene.move(made.id, 'published', cast.there));
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
    const id = await scene.published();
    const all = await Promise.all(Array.from({ length: 10 }, () => scene.copy(id)));
    expect(all.filter((one) => !('refused' in one))).toHaveLength(1);
    expect(all.filter((one) => 'refused' in one)).toEqual(
      Array.from({ length: 9 }, () => ({ refused: 'modelCopiedAlready', field: 'areaId' })),
    );
    const { id: unseen } = done(await scene.save());
    expect(await scene.copy(unseen)).toEqual({ refused: 'notFound' });
    expect(await scene.copy(id, cast.here.unitId, cast.here)).toEqual({ refused: 'modelOfOwn', field: 'areaId' });
    expect(await scene.copy(id, cast.here.unitId, cast.there)).toEqual({ refused: 'notFound', field: 'areaId' });
    const gone = await scene.published();
    done(await scene.move(gone, 'put_away'));
    expect(await scene.copy(gone)).toEqual({ refused: 'notFound' });
    // Put away, the copy makes room for another; it does not come back beside that one.
    const [mine] = await cast.owner<{ id: string }[]>`select id from model where copied_from = ${id}`;
    done(await scene.move(mine?.id ?? '', 'put_away', cast.there));
    done(await scene.copy(id));
    expect(await scene.move(mine?.id ?? '', 'published', cast.there)).toEqual({ refused: 'modelCopiedAlready' });
  });

  test('the database itself refuses a copy of a draft, and a family changed afterwards', async () => {
    const { cast, as } = scene;
    const { id } = done(await scene.save());
    const pub = await scene.published();
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
  const first = await scene.published();
  const mineToo = done(await scene.copy(first));
  done(await scene.move(mineToo.id, 'published', cast.there));
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
