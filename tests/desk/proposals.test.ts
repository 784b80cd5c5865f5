import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool } from '../../lib/access/scoped';
import { dismissProposal } from '../../lib/desk/commands';
import { answered, dismissed, inviteesOf, proposals } from '../../lib/desk/proposals';
import { newAddressId, newId, newSlipCode } from '../../lib/kernel/id';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { as, deskWith, times } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  await cast.owner`update class set created_at = now() - interval '60 days'`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
beforeEach(async () => {
  await cast.owner`delete from desk_assist where at > '2026-02-01'`;
  await cast.owner`delete from desk_dismissal where at > '2026-02-01' and reason <> 'Đã có lớp'`;
  await cast.owner`update class set status = 'cancelled', status_reason = 'Bão' where created_at > now() - interval '50 days'`;
});

const open = (role: Role = 'organiser', place = cast.here, now = new Date()) =>
  as(cast, role, place, (tx) => proposals(tx, 'vi', now));
const dismiss = (deskId: string | undefined, areaId: number, need = 'vneid', now = new Date()) =>
  as(cast, 'organiser', cast.here, (tx, caller) =>
    dismissProposal(tx, { areaId, deskId, need, reason: 'Hệ thống lỗi' }, caller, now),
  );
const aPerson = async (areaId = cast.here.villageId) => {
  const id = newId();
  await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded) values (${id}, ${areaId}, 'Hồ Thị Mời', 'Mời', 'ho thi moi')`;
  await cast.owner`insert into consent (person_id, purpose, text_version, given, how) values (${id}, 'class', 1, true, 'oral')`;
  return id;
};
/** A class of the course a need proposes, in the village. */
const aClass = async (hoursAgo: number, need = 'vneid', status = 'published') => {
  const id = newAddressId();
  await cast.owner`insert into class (id, area_id, course_id, venue_id, team_id, status, status_reason, capacity, first_starts_at, last_ends_at, created_at)
    select ${id}, ${cast.here.villageId}, n.course_id, ${cast.here.venueId}, ${cast.here.teamId}, ${status}, ${status === 'cancelled' ? 'Bão' : null}, 20, now() + interval '3 days',
      now() + interval '30 days', now() - make_interval(hours => ${hoursAgo})
    from desk_need n where n.code = ${need} and n.replaced_at is null`;
  return id;
};

describe('a class is proposed', () => {
  test('by the fifth time within seven days at one desk, with its reasons and the course that teaches it', async () => {
    const deskId = await deskWith(cast, cast.here, times(4));
    expect(await open()).toEqual([]);
    await deskWith(cast, cast.here, [{ hoursAgo: 26, referred: true }], { deskId });
    const [course] =
      await cast.owner`select c.id from course c join desk_need n on n.course_id = c.series_id and n.code = 'vneid' where c.replaced_at is null`;
    expect(await open()).toMatchObject([
      {
        deskId,
        areaId: cast.here.villageId,
        need: 'vneid',
        needName: 'VNeID',
        courseId: course?.id,
        count: 5,
        byHand: 5,
        referred: 1,
        willing: 0,
      },
    ]);
    // Eight days later none of it counts.
    expect(await open('organiser', cast.here, new Date(Date.now() + 8 * 86_400_000))).toEqual([]);
  });

  test('by the desks of the unit together where no desk alone reaches five, once', async () => {
    await deskWith(cast, cast.here, times(3));
    await deskWith(cast, cast.here, times(3), { areaId: cast.here.unitId });
    expect(await open()).toMatchObject([{ deskId: null, areaId: cast.here.unitId, count: 6 }]);
    const deskId = await deskWith(cast, cast.here, times(5));
    expect((await open()).map((one) => [one.deskId, one.count])).toEqual([[deskId, 5]]);
  });

  test('not by what no course teaches, what was undone, or what is logged elsewhere; and to organisers alone', async () => {
    await deskWith(cast, cast.here, times(9, 1, { need: 'other' }));
    const deskId = await deskWith(cast, cast.here, times(5));
    expect(await open('desk_officer')).toEqual([]);
    expect(await open('organiser', cast.there)).toEqual([]);
    expect(await open()).toHaveLength(1);
    await cast.owner`update desk_assist set undone_at = now() where id in (select id from desk_assist where desk_id = ${deskId} limit 1)`;
    expect(await open()).toEqual([]);
  });

  test('no more once a class of the course is planned in the unit, until five more come; a cancelled one is no answer', async () => {
    const deskId = await deskWith(cast, cast.here, times(5, 3));
    const cancelled = await aClass(1, 'vneid', 'cancelled');
    expect(await open()).toHaveLength(1);
    await cast.owner`update class set status = 'draft', status_reason = null where id = ${cancelled}`;
    expect(await open()).toEqual([]);
    await aClass(1, 'payment');
    await deskWith(
      cast,
      cast.here,
      Array.from({ length: 5 }, () => ({ hoursAgo: 0.5 })),
      { deskId },
    );
    expect(await open()).toMatchObject([{ deskId, count: 5 }]);
  });

  test('no more once it was decided against, with the reason kept, until five more come', async () => {
    const deskId = await deskWith(cast, cast.here, times(6));
    expect(await dismiss(deskId, cast.here.villageId)).toMatchObject({ id: expect.any(String) });
    expect(await open()).toEqual([]);
    const list = await as(cast, 'organiser', cast.here, (tx) => dismissed(tx, 'vi'));
    expect(list[0]).toMatchObject({ needName: 'VNeID', reason: 'Hệ thống lỗi' });
    const later = new Date(Date.now() + 3_600_000);
    await deskWith(
      cast,
      cast.here,
      Array.from({ length: 5 }, () => ({ hoursAgo: 0.1 })),
      { deskId, now: later },
    );
    expect(await open('organiser', cast.here, later)).toMatchObject([{ count: 5 }]);
    expect(await dismiss(undefined, cast.here.unitId, 'vneid', later), 'for the whole unit').toMatchObject({
      id: expect.any(String),
    });
    expect(await open('organiser', cast.here, later)).toEqual([]);
    for (const refused of [
      dismiss(deskId, cast.there.villageId),
      dismiss(deskId, cast.here.unitId),
      dismiss(undefined, cast.here.unitId, 'nothing'),
    ])
      expect(await refused).toEqual({ refused: 'notFound' });
  });

  test('property: exactly where five or more within seven days stand unanswered, whatever the past', async () => {
    const past = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 0, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(past, fc.option(fc.integer({ min: 1, max: 200 })), async (hours, against) => {
        await cast.owner`delete from desk_assist where at > '2026-02-01'`;
        await cast.owner`delete from desk_dismissal where at > '2026-02-01' and reason <> 'Đã có lớp'`;
        const now = new Date();
        const deskId = await deskWith(
          cast,
          cast.here,
          hours.map((hoursAgo) => ({ hoursAgo })),
          { now },
        );
        if (against !== null)
          await dismiss(deskId, cast.here.villageId, 'vneid', new Date(now.getTime() - against * 3_600_000));
        const counted = hours.filter((ago) => ago < 7 * 24 && (against === null || ago < against)).length;
        const found = await open('organiser', cast.here, now);
        expect(found.map(({ count }) => count)).toEqual(counted >= 5 ? [counted] : []);
      }),
      { numRuns: 40, seed: Number(process.env.DESK_SEED ?? 7) },
    );
  });
});

describe('who can be invited', () => {
  test('is who gave a name and agreed, within the organiser’s reach, and whose consent stands', async () => {
    const [willing, unwilling, ended, stranger] = [
      await aPerson(),
      await aPerson(),
      await aPerson(),
      await aPerson(cast.there.villageId),
    ];
    await cast.owner`update consent set withdrawn_at = now() where person_id = ${ended}`;
    const deskId = await deskWith(cast, cast.here, [
      { hoursAgo: 2, personId: willing, invite: true },
      { hoursAgo: 3, personId: willing, invite: true },
      { hoursAgo: 4, personId: unwilling },
      { hoursAgo: 5, personId: ended, invite: true },
      { hoursAgo: 6, personId: stranger, invite: true },
    ]);
    const [proposal] = await open();
    expect(proposal).toMatchObject({ deskId, count: 5 });
    if (!proposal) throw new Error('nothing proposed');
    const people = await as(cast, 'organiser', cast.here, (tx) => inviteesOf(tx, 'vi', proposal, new Date()));
    expect(people.map(({ personId }) => personId)).toEqual([willing]);
    expect(await as(cast, 'organiser', cast.there, (tx) => inviteesOf(tx, 'vi', proposal, new Date()))).toEqual([]);
  });

  test('stays in view once the class is there, until they have a place in it', async () => {
    const personId = await aPerson();
    await deskWith(cast, cast.here, [...times(4, 3), { hoursAgo: 4, personId, invite: true }]);
    const classId = await aClass(1);
    const seen = () => as(cast, 'organiser', cast.here, (tx) => answered(tx, 'vi', new Date()));
    expect(await open()).toEqual([]);
    expect((await seen()).map((one) => [one.classId, one.people.map((each) => each.personId)])).toEqual([
      [classId, [personId]],
    ]);
    await cast.owner`insert into enrolment (class_id, area_id, person_id, status, code, channel, idempotency_key)
      values (${classId}, ${cast.here.villageId}, ${personId}, 'waitlisted', ${newSlipCode()}, 'staff', ${newId()})`;
    expect(await seen()).toEqual([]);
  });
});
