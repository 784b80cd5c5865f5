import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { withdraw } from '@/lib/card/commands';
import { withdrawnName } from '@/lib/card/rules';
import { answerEquality } from '@/lib/enrolment/commands';
import { slipByCode } from '@/lib/enrolment/queries';
import { refreshFigures } from '@/lib/figure/commands';
import { newId } from '@/lib/kernel/id';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { asResident, form, openClass, send, standingOf } from '../enrolment/scene';
import { asHolder, enrolled, learner, place } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

describe('withdrawing consent', () => {
  it('leaves classes, erases phone and names, ends consents and card, and keeps the register’s facts', async () => {
    const me = await enrolled(cast, 24, { fullName: 'Hoàng Thị Rút', phone: '+84912000999' });
    const { classId: second } = await enrolled(cast);
    const waitingId = await place(cast, me.personId, second);
    await send(form(me.classId, cast.here, { fullName: 'Lê Thị Đợi' }));
    await cast.owner`update enrolment set signed_up_by = 'Hoàng Văn Cháu' where id = ${me.enrolmentId}`;
    await cast.owner`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
      values (${cast.here.sessionIds[0]}, ${me.personId}, ${cast.here.villageId}, 'present', false, now(), ${newId()})`;
    expect(await asHolder(me.code, (tx, id) => withdraw(tx, id))).toBeNull();

    const states = await cast.owner`select status from enrolment where id in (${me.enrolmentId}, ${waitingId})`;
    expect(states.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    expect(await standingOf(cast.owner, second)).toMatchObject({ seatsConfirmed: 1, waiting: 0 });
    const [person] = await cast.owner`select full_name, phone_hint, birth_year from person where id = ${me.personId}`;
    expect(person).toEqual({ fullName: withdrawnName, phoneHint: null, birthYear: null });
    expect((await cast.owner`select from person_phone where person_id = ${me.personId}`).count).toBe(0);
    expect(
      (await cast.owner`select from consent where person_id = ${me.personId} and withdrawn_at is null`).count,
    ).toBe(0);
    expect(
      (await cast.owner`select from enrolment where person_id = ${me.personId} and signed_up_by is not null`).count,
    ).toBe(0);
    expect((await cast.owner`select from attendance where person_id = ${me.personId}`).count).toBe(1);
    expect(await asHolder(me.code, async (_tx, id) => id)).toBeNull();
    const [event] =
      await cast.owner`select details from audit_event where subject_id = ${me.personId} and action = 'card.withdraw'`;
    expect(event?.details).toEqual({ places: 2 });
    const dump = await cast.owner`select to_jsonb(p) as row from person p where id = ${me.personId}
      union all select to_jsonb(e) from audit_event e union all select to_jsonb(e) from enrolment e where person_id = ${me.personId}`;
    expect(JSON.stringify(dump)).not.toMatch(/Rút"|Hoàng|912000999/);
    const [slip] = await cast.owner<{ code: string }[]>`select code from enrolment where id = ${me.enrolmentId}`;
    expect(await asResident((tx) => slipByCode(tx, 'vi', slip?.code ?? ''))).toMatchObject({ fullName: withdrawnName });
  });

  it('leaves a band of age and the unit in place of year and village, and every figure of the unit as it was', async () => {
    const year = new Date(Date.now() + 7 * 3_600_000).getUTCFullYear();
    const figures = async () => {
      await refreshFigures();
      const rows = await cast.owner<{ key: string }[]>`
        select concat_ws(' ', area_id, period, measure, grp, value, denominator) as key from figure_exact
        where area_id in (44, ${cast.here.unitId}) order by 1`;
      return rows.map(({ key }) => key);
    };
    // At the edges of the bands, and somebody of whom nothing was known.
    const ages = [
      [17, 15, 'female'],
      [18, 26, 'male'],
      [34, 26, 'female'],
      [35, 37, 'male'],
      [39, 37, 'male'],
      [40, 50, 'female'],
      [59, 50, 'other'],
      [60, 65, 'female'],
      [69, 65, 'male'],
      [70, 75, 'other'],
      [79, 75, null],
      [88, 85, 'female'],
      [null, null, 'male'],
    ] as const;
    const everybody = [];
    for (const [age, , gender] of ages) {
      const me = await learner(cast, cast.here, { birthYear: age === null ? null : year - age, phone: '+84912000555' });
      await cast.owner`update person set gender = ${gender} where id = ${me.personId}`;
      await cast.owner`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
        values (${cast.here.sessionIds[0]}, ${me.personId}, ${cast.here.villageId}, 'present', false, now(), ${newId()})`;
      everybody.push(me);
    }
    const before = await figures();
    expect(before.join()).toMatch(/people_reached age60/);
    for (const [at, me] of everybody.entries()) {
      expect(await asHolder(me.code, (tx, id) => withdraw(tx, id))).toBeNull();
      const [left] = await cast.owner`
        select area_id, birth_year, ${year} - born_about as age, gender from person where id = ${me.personId}`;
      const [, age, gender] = ages[at] ?? [];
      expect(left).toEqual({
        areaId: cast.here.unitId,
        birthYear: null,
        age,
        gender: gender === 'other' ? null : gender,
      });
    }
    expect(await figures()).toEqual(before);
    const [derived] = await cast.owner<{ told: number }[]>`
      select count(*)::integer as told from figure_person f where person_id in ${cast.owner(everybody.map(({ personId }) => personId))}
        and (f.area_id <> ${cast.here.unitId} or ${year} - f.birth_year not in (15, 26, 37, 50, 65, 75, 85))`;
    expect(derived?.told).toBe(0);
  });

  it('takes the answers to the equality questions away', async () => {
    const me = await enrolled(cast, 24, { fullName: 'Hoàng Thị Đáp' });
    const [slip] = await cast.owner<{ code: string }[]>`select code from enrolment where id = ${me.enrolmentId}`;
    await asResident((tx) =>
      answerEquality(tx, slip?.code ?? '', { answers: { poor_household: true }, consentVersion: 1 }),
    );
    const kept = async () => (await cast.owner`select from equality_answer where person_id = ${me.personId}`).count;
    expect(await kept()).toBe(1);
    expect(await asHolder(me.code, (tx, id) => withdraw(tx, id))).toBeNull();
    expect(await kept()).toBe(0);
  });

  it('while the same person is enrolled from another page: nobody is left with a seat and without consent', async () => {
    for (let n = 0; n < 8; n += 1) {
      const me = await enrolled(cast, 24, { fullName: 'Hoàng Thị Cùng', phone: `+8491300010${n}` });
      const classId = await openClass(cast, cast.here, 5);
      const who = { fullName: 'Hoàng Thị Cùng', phone: `+8491300010${n}`, birthYear: 1950 };
      await Promise.all([
        asHolder(me.code, (tx, id) => withdraw(tx, id)),
        send(form(classId, cast.here, who)),
        asHolder(me.code, (tx, id) => withdraw(tx, id)),
      ]);
      const torn = await cast.owner`
        select from enrolment e where e.person_id = ${me.personId} and e.status in ('confirmed', 'waitlisted')
          and not exists (select from consent c where c.person_id = e.person_id and c.withdrawn_at is null)`;
      expect(torn.count).toBe(0);
    }
  });
});
