import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSystem, closePool } from '@/lib/access/scoped';
import { mergeEnrolments } from '@/lib/enrolment/commands';
import { fairness } from '@/lib/enrolment/fairness';
import { fairnessTable } from '@/lib/enrolment/rules';
import type { FairnessCount } from '@/lib/enrolment/schema';
import type { Role } from '../../db/capabilities';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';
import { asStaff, handsOf, openClass, type TypedLearner } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const { come, standing, leave, full } = handsOf(() => cast);

describe('two records of one person', () => {
  it('keep the better place, and the seat of the other goes on', async () => {
    const classId = await openClass(cast, cast.here, 2, { hoursAhead: 96 });
    const [one, other, next] = [await come(classId), await come(classId), await come(classId)];
    const ids = await cast.owner<
      { personId: string }[]
    >`select person_id from enrolment where class_id = ${classId} order by queued_at`;
    const [stays = '', goes = ''] = ids.map(({ personId }) => personId);
    await asSystem('test', async (tx) => {
      await tx`update person set merged_into = ${stays} where id = ${goes}`;
      await mergeEnrolments(tx, { goes, stays });
    });
    expect(await standing(one.code)).toMatchObject({ status: 'confirmed' });
    expect(await standing(other.code)).toMatchObject({ status: 'cancelled', why: 'merged' });
    expect(await standing(next.code)).toMatchObject({ status: 'confirmed' });
    expect(await cast.owner`select id from enrolment where person_id = ${goes}`).toEqual([]);
  });
});

describe('whoever missed waiting lists', () => {
  const over = (classId: string) =>
    cast.owner`update class set first_starts_at = now() - interval '3 days', last_ends_at = now() - interval '2 days' where id = ${classId}`;
  async function miss(who: Partial<TypedLearner>): Promise<string> {
    const classId = await openClass(cast, cast.here, 1, { hoursAhead: 96 });
    await come(classId);
    const { enrolmentId } = await come(classId, who);
    await over(classId);
    return enrolmentId;
  }
  /** Whether they go before somebody who came first. */
  async function goesFirst(who: Partial<TypedLearner>): Promise<boolean> {
    const { seated, queue, classId } = await full(1);
    const late = await come(classId, who);
    await leave(seated.code);
    const first = await standing(queue[0]);
    const second = await standing(late.code);
    expect([first?.status, second?.status].toSorted()).toEqual(['offered', 'waitlisted']);
    expect(second?.status === 'offered' ? second.why : 'turn_missed').toBe('turn_missed');
    return second?.status === 'offered';
  }

  it('goes first after two, not after one, and not for two records of one list', async () => {
    const who = { fullName: 'Lê Thị Đợi', phone: '+84912000201' };
    const first = await miss(who);
    expect(await goesFirst(who)).toBe(false);
    // The same list missed by another record of the same person, found out later.
    const [row] = await cast.owner<
      { classId: string; personId: string }[]
    >`select class_id, person_id from enrolment where id = ${first}`;
    const { queue } = await full(1);
    const [twin] = await cast.owner<
      { enrolmentId: string }[]
    >`select id as enrolment_id from enrolment where code = ${queue[0]}`;
    if (!twin) throw new Error('nobody waits');
    await cast.owner`update enrolment set status = 'class_cancelled', class_id = ${row?.classId ?? ''}, person_id = ${row?.personId ?? ''} where id = ${twin.enrolmentId}`;
    await cast.owner`alter table enrolment_event disable trigger enrolment_event_step`;
    await cast.owner`insert into enrolment_event (enrolment_id, area_id, from_status, to_status, channel, step)
      values (${twin.enrolmentId}, ${cast.here.villageId}, 'waitlisted', 'class_cancelled', 'staff', 2)`;
    await cast.owner`alter table enrolment_event enable trigger enrolment_event_step`;
    expect(await goesFirst(who)).toBe(false);
    // A second list, and they have missed two.
    const calm = { fullName: 'Lê Thị Chờ', phone: '+84912000202' };
    await miss(calm);
    await miss(calm);
    expect(await goesFirst(calm)).toBe(true);
  });

  it('starts anew once they had a place', async () => {
    const who = { fullName: 'Lê Thị Mới', phone: '+84912000203' };
    await miss(who);
    await miss(who);
    await come(await openClass(cast, cast.here, 5, { hoursAhead: 96 }), who);
    expect(await goesFirst(who)).toBe(false);
  });
});

describe('the fairness table', () => {
  const counts = (by: FairnessCount['by'], ...lines: [string, number, number, number][]) =>
    lines.map(([group, asked, got, waited]) => ({ by, group, asked, got, waited }));
  const of = (rows: FairnessCount[], named: boolean, by: string) =>
    fairnessTable({ rows, named, answers: true })
      .find((table) => table.by === by)
      ?.lines.map(({ group, asked }) => [group, asked]);

  it('hides 1 to 9, what is one subtraction away from it, and a neighbour, from whoever may not see names', () => {
    const rows = [
      ...counts('total', ['total', 60, 45, 15]),
      ...counts('age', ['under_40', 20, 10, 10], ['60_79', 35, 24, 11], ['80_up', 5, 5, 0]),
      ...counts('home', ['own', 40, 38, 12], ['elsewhere', 20, 10, 10]),
    ];
    expect(of(rows, false, 'age')).toEqual([
      ['under_40', null],
      ['40_59', 0],
      ['60_79', 35],
      ['80_up', null],
      ['unknown', 0],
    ]);
    expect(of(rows, false, 'home')).toEqual([
      ['own', null],
      ['elsewhere', null],
    ]);
    expect(of(rows, true, 'age')).toContainEqual(['80_up', 5]);
  });

  it('tells nobody, by one subtraction from the list or from the larger page beside it, how few gave an answer', () => {
    const seed = Number(process.env.FAIR_SEED ?? Date.now() % 1_000_000);
    let state = seed;
    const upTo = (most: number) => (state = (state * 48_271 + 11) % 2_147_483_647) % most;
    const groups = ['yes', 'no', 'unanswered'] as const;
    type Few = Record<(typeof groups)[number], number>;
    const some = (): Few => ({ yes: upTo(upTo(3) ? 14 : 40), no: upTo(40), unanswered: upTo(60) });
    const sum = (few: Few) => few.yes + few.no + few.unanswered;
    const page = (here: Few, rest: Few) => {
      const line = (by: FairnessCount['by'], group: string, asked: number, left: number) => {
        return { by, group, asked, got: asked, waited: 0, rest: { asked: left, got: left, waited: 0 } };
      };
      const rows = [
        line('total', 'total', sum(here), sum(rest)),
        ...groups.map((group) => line('disability', group, here[group], rest[group])),
      ];
      // Also to an organiser, who sees the names.
      return of(rows, true, 'disability') ?? [];
    };
    const none: Few = { yes: 0, no: 0, unanswered: 0 };
    let shown = 0;
    for (let round = 0; round < 5000; round += 1) {
      const [here, other] = [some(), some()];
      const unit = {
        yes: here.yes + other.yes,
        no: here.no + other.no,
        unanswered: here.unanswered + other.unanswered,
      };
      const tables = [page(here, other), page(other, here), page(unit, none)] as const;
      const told = `seed ${seed}, round ${round}: ${JSON.stringify({ here, other, tables })}`;
      for (const [at, whole] of [here, other, unit].entries()) {
        const lines = tables[at] ?? [];
        const seen = lines.flatMap(([, asked]) => (typeof asked === 'number' ? [asked] : []));
        shown += seen.length;
        expect(
          seen.filter((asked) => asked > 0 && asked < 10),
          told,
        ).toEqual([]);
        const left = sum(whole) - seen.reduce((all, asked) => all + asked, 0);
        if (seen.length > 0 && seen.length < groups.length) expect(left === 0 || left > 9, told).toBe(true);
        if (whole.yes + whole.no > 0 && whole.yes < 10) expect(lines[0]?.[1], told).toBeNull();
      }
      for (const [at] of groups.entries()) {
        const [mine, all] = [tables[0][at]?.[1], tables[2][at]?.[1]];
        if (typeof mine !== 'number' || typeof all !== 'number') continue;
        expect(all === mine || all - mine > 9, told).toBe(true);
      }
    }
    expect(shown).toBeGreaterThan(5000);
  });

  it('counts the caller’s classes alone, by year and unit, and names nobody to a leader', async () => {
    const classId = await openClass(cast, cast.here, 2);
    await come(classId, { birthYear: 1950 });
    const seen = async (role: Role, place: Place, scope: Parameters<typeof fairness>[1] = { classId }) =>
      asStaff(await cast.token(role, place), (tx) => fairness(tx, scope));
    expect(await seen('organiser', cast.there)).toBeNull();
    expect((await seen('organiser', cast.here))?.named).toBe(true);
    const leader = await seen('unit_leader', cast.here);
    expect(leader?.named).toBe(false);
    const total = leader?.rows.find(({ by }) => by === 'total');
    expect(total).toMatchObject({ asked: 1, got: 1, waited: 0 });
    expect(leader && of([...leader.rows], leader.named, 'total')).toEqual([['total', null]]);

    const year = new Date(Date.now() + 7 * 3_600_000).getUTCFullYear();
    await cast.owner`update class set first_starts_at = ${`${year}-06-01`}::timestamptz where id <> ${classId}`;
    await cast.owner`update class set first_starts_at = ${`${year - 1}-12-31 16:00+00`}::timestamptz where id = ${classId}`;
    const asked = async (scope: Parameters<typeof fairness>[1], place = cast.here) =>
      (await seen('organiser', place, scope))?.rows.find(({ by }) => by === 'total');
    const [theirs] = await cast.owner<{ here: number; there: number }[]>`
      select (count(*) filter (where area_id = ${cast.here.villageId}))::integer as here, (count(*) filter (where area_id = ${cast.there.villageId}))::integer as there
      from enrolment`;
    // The evening before the first of January is still last year here: 23:00, as it is written above.
    expect(await asked({ areaId: null, year: year - 1 })).toMatchObject({ asked: 1, rest: { asked: 0 } });
    expect((await asked({ areaId: null, year }))?.asked).toBe((theirs?.here ?? 0) - 1);
    expect((await asked({ areaId: cast.here.unitId, year }))?.asked).toBe((theirs?.here ?? 0) - 1);
    expect(await asked({ areaId: cast.here.unitId, year }, cast.there)).toBeUndefined();
    expect((await asked({ areaId: null, year }, cast.there))?.asked ?? 0).toBe(theirs?.there);
    const province = await seen('province_leader', cast.here, { areaId: cast.here.unitId, year: year - 1 });
    expect(province?.rows.find(({ by }) => by === 'total')).toMatchObject({ asked: 1, rest: { asked: 0 } });
  });
});
