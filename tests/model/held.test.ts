import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { link, linkClass, unlink } from '@/lib/model/commands';
import { classesOfModel, couldBeHeld, modelFromClass, modelToPlan } from '@/lib/model/queries';
import { resultsOf } from '@/lib/model/results';
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

describe('what is held by a model', () => {
  test('is planned from it, made of a class that went well, counted once, and taken out again', async () => {
    const { cast, as } = scene;
    const { classId } = await scene.classOn(cast.here, [3, 5]);
    const like = await as('organiser', cast.here, (tx) => modelFromClass(tx, 'vi', classId));
    expect(like?.plan).toMatchObject({ courseId: cast.courseId, sessions: 2, capacity: 30 });
    expect(await as('organiser', cast.there, (tx) => modelFromClass(tx, 'vi', classId))).toBeNull();
    const { id } = done(await scene.save({ fromClass: classId }));
    expect((await as('organiser', cast.here, (tx) => classesOfModel(tx, 'vi', id))).map((one) => one.id)).toEqual([
      classId,
    ]);
    expect(await as('organiser', cast.here, (tx) => modelToPlan(tx, id))).toBeNull();
    done(await scene.move(id, 'published'));
    expect(await as('organiser', cast.here, (tx) => modelToPlan(tx, id))).toMatchObject({
      courseId: cast.courseId,
      weekdays: [3, 6],
      startTime: '14:30',
      sessions: 4,
    });
    expect(await as('organiser', cast.there, (tx) => modelToPlan(tx, id))).toBeNull();
    const other = await scene.published();
    const linked = (modelId: string, place = cast.here) =>
      as('organiser', place, (tx, caller) => linkClass(tx, { modelId, classId }, caller, scene.now));
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
    const id = await scene.published();
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
      await as('organiser', cast.here, (tx, caller) =>
        link(tx, { modelId: id, held: `r:${newId()}` }, caller, scene.now),
      ),
    ).toEqual({
      refused: 'notFound',
      field: 'held',
    });
  });

  test('is taken out only by whoever writes the model: a class of one’s own is not enough, by the form or past it', async () => {
    const { cast, as } = scene;
    const [modelId, roundId] = [await scene.published(), newId()];
    const { classId } = await scene.classOn(cast.here, [11]);
    done(await as('organiser', cast.here, (tx, caller) => linkClass(tx, { modelId, classId }, caller, scene.now)));
    await cast.owner`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
      values (${roundId}, ${cast.here.villageId}, ${cast.here.teamId}, '2026-02-03', '2026-02-03T08:00+07', '2026-02-03T10:00+07')`;
    done(
      await as('organiser', cast.here, (tx, caller) => link(tx, { modelId, held: `r:${roundId}` }, caller, scene.now)),
    );
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

  test('is counted past the form only as the form would: under one’s own name, as the model is scene.now, and what goes ahead', async () => {
    const { cast, as } = scene;
    const modelId = await scene.published();
    const { classId } = await scene.classOn(cast.here, [12]);
    const [roundId, offId] = [newId(), newId()];
    for (const [id, off] of [
      [roundId, null],
      [offId, scene.now],
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
    const { id } = done(await scene.save());
    expect(await scene.as('unit_leader', scene.cast.there, (tx) => resultsOf(tx, [id], scene.now))).toEqual([]);
  });
});
