import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, type Caller } from '@/lib/access/scoped';
import {
  answerEquality,
  cancelEnrolment,
  enrolAll,
  lookAhead,
  senderFrom,
  withdrawEquality,
} from '@/lib/enrolment/commands';
import { fairness } from '@/lib/enrolment/fairness';
import { fairnessTable } from '@/lib/enrolment/rules';
import { enrolForm, staffEnrolForm } from '@/lib/enrolment/forms';
import type { Enrolled, Enrolment } from '@/lib/enrolment/schema';
import { newId } from '@/lib/kernel/id';
import { problemsOf } from '@/lib/kernel/input';
import { isRefusal } from '@/lib/kernel/result';
import type { Role } from '../../db/capabilities';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { layDownTheLaws } from './books';
import { asResident, asStaff, form, openClass, resident, send, standingOf } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  await layDownTheLaws(cast.owner);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const phone = '+84912345678';
const group = (classId: string, size: number): Enrolment[] => {
  const formKey = newId();
  return Array.from({ length: size }, (_, at) => ({
    ...form(classId, cast.here, {}, formKey),
    row: at === 0 ? '' : String(at + 1),
  }));
};
const sendAll = (enrolments: readonly Enrolment[], together = false) =>
  asResident((tx) => enrolAll(tx, resident, enrolments, { together }));
const sure = async (outcome: ReturnType<typeof sendAll>): Promise<readonly Enrolled[]> => {
  const done = await outcome;
  if (isRefusal(done)) throw new Error(done.refused);
  return done;
};
const statusesOf = async (made: readonly Enrolled[]) => {
  const rows = await cast.owner<{ status: string }[]>`
    select status from enrolment where id in ${cast.owner(made.map(({ enrolmentId }) => enrolmentId))} order by created_at, id`;
  return rows.map(({ status }) => status);
};
const leave = (one: Enrolled | undefined) =>
  asResident((tx) => cancelEnrolment(tx, resident, { code: one?.code ?? '' }, 'resident'));

describe('several people with one form', () => {
  it('sent 50 times at once are the same enrolments and the same codes', async () => {
    const classId = await openClass(cast, cast.here, 20);
    const people = group(classId, 6);
    const answers = await Promise.all(Array.from({ length: 50 }, () => sure(sendAll(people, true))));
    expect(new Set(answers.map((made) => made.map(({ code }) => code).join()))).toHaveProperty('size', 1);
    expect(await standingOf(cast.owner, classId)).toMatchObject({ seatsConfirmed: 6, confirmedRows: 6, waiting: 0 });
  });

  it('stay together: all get seats or all wait, and go in together later, others passing meanwhile', async () => {
    const classId = await openClass(cast, cast.here, 4);
    const seated = [];
    for (let n = 0; n < 3; n += 1) seated.push(...(await sure(sendAll(group(classId, 1)))));
    const family = await sure(sendAll(group(classId, 3), true));
    expect(family.map(({ status }) => status)).toEqual(['waitlisted', 'waitlisted', 'waitlisted']);
    const [single] = await sure(sendAll(group(classId, 1)));
    expect(single?.status).toBe('confirmed');
    await leave(seated[0]);
    const [next] = await sure(sendAll(group(classId, 1)));
    expect(next?.status).toBe('confirmed');
    await leave(next);
    await leave(single);
    expect(await statusesOf(family)).toEqual(['waitlisted', 'waitlisted', 'waitlisted']);
    await leave(seated[1]);
    expect(await statusesOf(family)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect(await standingOf(cast.owner, classId)).toMatchObject({ seatsConfirmed: 4, waiting: 0 });
  });

  it('or not: who gets a seat has it, the others wait', async () => {
    const classId = await openClass(cast, cast.here, 2);
    const made = await sure(sendAll(group(classId, 3), false));
    expect(made.map(({ status }) => status)).toEqual(['confirmed', 'confirmed', 'waitlisted']);
  });

  it('never split and never oversell, 30 groups of 1 to 4 at once', async () => {
    const classId = await openClass(cast, cast.here, 25);
    const made = await Promise.all(
      Array.from({ length: 30 }, (_, n) => sure(sendAll(group(classId, 1 + (n % 4)), true))),
    );
    for (const one of made) expect(new Set(await statusesOf(one)).size).toBe(1);
    const gone = made.filter((one) => one.every(({ status }) => status === 'confirmed')).slice(0, 4);
    await Promise.all(gone.flat().map(leave));
    for (const one of made) expect(new Set(await statusesOf(one)).size, 'together still').toBe(1);
    const [broken] = await cast.owner<
      { laws: string[] }[]
    >`select array(select laws_broken(array[${classId}])) as laws`;
    expect(broken?.laws).toEqual([]);
    expect((await standingOf(cast.owner, classId)).seatsConfirmed).toBeLessThanOrEqual(25);
  });

  it('are all or none: one bad person blames their own field, and nobody is written', async () => {
    const classId = await openClass(cast, cast.here, 20);
    const [first, second] = group(classId, 2);
    if (!first || !second) throw new Error('two');
    const known = { fullName: 'Đã Ghi Tên', phone };
    await send(form(classId, cast.here, known));
    const again = { ...second, learner: { ...second.learner, ...known } };
    expect(await sendAll([first, again])).toEqual({ refused: 'alreadyEnrolled', field: 'fullName2' });
    expect(await sendAll([first, { ...first, row: '2' }])).toEqual({ refused: 'sameTwice', field: 'fullName2' });
    expect(await sendAll([first, { ...second, learner: { ...second.learner, areaId: 7 } }])).toEqual({
      refused: 'chooseVillage',
      field: 'village2',
    });
    expect(await standingOf(cast.owner, classId)).toMatchObject({ confirmedRows: 1 });
  });
});

describe('looking at it once more', () => {
  it('tells nobody whether a person is in the class or a phone holds places; sending it does', async () => {
    const classId = await openClass(cast, cast.here, 20);
    const known = { fullName: 'Trần Thị Kín', phone: '+84912000333' };
    await send(form(classId, cast.here, known));
    await send(form(classId, cast.here, { ...known, fullName: 'Trần Thị Khép' }));
    const again = form(classId, cast.here, known);
    const third = form(classId, cast.here, { ...known, fullName: 'Trần Thị Lạ' });
    const look = (one: Enrolment) => asResident((tx) => lookAhead(tx, [one]));
    expect([await look(again), await look(third)]).toEqual([null, null]);
    const sender = senderFrom('203.0.113.77', new Date());
    const sent = (one: Enrolment) => asResident((tx) => enrolAll(tx, resident, [one], { sender }));
    expect(await sent(again)).toEqual({ refused: 'alreadyEnrolled' });
    expect(await sent(third)).toEqual({ refused: 'phoneFull', field: 'phone' });
    expect(await look(form(classId, cast.here, { areaId: 7 }))).toEqual({ refused: 'chooseVillage', field: 'village' });
  });
});

describe('the form of residents', () => {
  const good = {
    classId: 'abcdefgh',
    formKey: newId(),
    fullName: '  Nguyễn   Thị Lành ',
    phone: '0912 345 678',
    village: '1000001',
    consent: 'on',
    consentVersion: '1',
    step: 'confirm',
    people: '1',
    stamp: 'x',
  };
  const problems = (change: Record<string, unknown>) => {
    const typed = enrolForm.safeParse({ ...good, ...change });
    return typed.success ? {} : problemsOf(typed.error);
  };
  const people = (change: Record<string, unknown>) => {
    const typed = enrolForm.parse({ ...good, ...change });
    return 'enrolments' in typed ? typed.enrolments : [];
  };

  it('takes three answers and a tick, and tidies them', () => {
    expect(people({})).toMatchObject([
      {
        learner: { fullName: 'Nguyễn Thị Lành', phone, areaId: 1_000_001, birthYear: null },
        signedUpBy: null,
        consent: { version: 1, how: 'self' },
      },
    ]);
    expect(people({ noPhone: 'on' })[0]?.learner).toMatchObject({ phone: null });
    expect(people({ village: 'elsewhere', unit: '18859' })[0]?.learner).toMatchObject({ areaId: 18_859 });
    expect(people({ forWhom: 'other', signedUpBy: 'Cháu Nam', phoneOf: 'relative' })[0]).toMatchObject({
      learner: { phoneOf: 'relative' },
      signedUpBy: 'Cháu Nam',
      consent: { how: 'representative' },
    });
  });

  it('takes up to six, leaves empty ones out, and lets the first one speak for the others', () => {
    const more = {
      people: '4',
      fullName2: 'Lê Văn Hai',
      noPhone2: 'on',
      village2: 'same',
      fullName3: ' ',
      fullName4: 'Lê Văn Tư',
      phone4: '0912345678',
      village4: '1000002',
    };
    expect(people(more)).toMatchObject([
      { row: '', signedUpBy: null, consent: { how: 'self' } },
      {
        row: '2',
        signedUpBy: 'Nguyễn Thị Lành',
        consent: { how: 'representative' },
        learner: { phone: null, areaId: 1_000_001 },
      },
      { row: '4', learner: { phoneOf: 'relative', areaId: 1_000_002 } },
    ]);
    expect(problems({ ...more, fullName2: '7', phone4: '12', people: '7' })).toMatchObject({
      people: 'wrong',
      fullName2: 'nameShape',
      phone4: 'phoneShape',
    });
    expect(problems({ ...more, noPhone2: '' })).toEqual({ phone2: 'phoneRequired' });
  });

  it('is only shown again when somebody is to be added or corrected, whatever is in it', () => {
    for (const step of ['add', 'edit']) expect(enrolForm.parse({ step })).toEqual({ step });
    expect(problems({ step: 'send' })).toEqual({ step: 'wrong' });
    expect(problems({ step: '' })).toEqual({ step: 'wrong' });
  });

  it('says at the field what is missing or wrong', () => {
    expect(problems({ fullName: '' })).toEqual({ fullName: 'nameRequired' });
    expect(problems({ fullName: '\u0000' })).toEqual({ fullName: 'nameRequired' });
    expect(problems({ fullName: 'Bà 😀' })).toEqual({ fullName: 'nameShape' });
    expect(problems({ fullName: "<script>alert('x')</script>" })).toEqual({ fullName: 'nameShape' });
    expect(problems({ fullName: 'x'.repeat(10_000) })).toEqual({ fullName: 'tooLong' });
    expect(problems({ phone: '' })).toEqual({ phone: 'phoneRequired' });
    expect(problems({ phone: '12' })).toEqual({ phone: 'phoneShape' });
    expect(problems({ village: '' })).toEqual({ village: 'chooseVillage' });
    expect(problems({ village: 'elsewhere' })).toEqual({ unit: 'chooseUnit' });
    expect(problems({ birthYear: '2150' })).toEqual({ birthYear: 'birthYearFuture' });
    expect(problems({ fullName: '', phone: '', village: '', consent: undefined, forWhom: 'other' })).toEqual({
      fullName: 'nameRequired',
      phone: 'phoneRequired',
      village: 'chooseVillage',
      consent: 'consentRequired',
      signedUpBy: 'signedUpByRequired',
    });
    expect(problems({ fullName: ['a', 'b'] })).toEqual({ fullName: 'nameRequired' });
  });
});

describe('a sheet of staff', () => {
  const sheet = { classId: 'abcdefgh', formKey: newId(), channel: 'paper', consent: 'on', consentVersion: '1' };
  const lines = {
    fullName: 'Lê Thị Một',
    noPhone: 'on',
    areaId: '1900001',
    fullName3: 'Lê Thị Ba',
    phone3: '0912345678',
  };

  it('takes its lines, leaves empty ones out, and keeps how it came and who heard it', async () => {
    const typed = staffEnrolForm.parse({ ...sheet, ...lines, witness: 'Trần Văn Trưởng' });
    expect(typed).toMatchObject({ channel: 'paper', together: false });
    expect(typed.enrolments).toMatchObject([
      { row: '', learner: { areaId: 1_900_001, phone: null } },
      { row: '3', learner: { areaId: 1_900_001, phone }, consent: { how: 'paper', witness: 'Trần Văn Trưởng' } },
    ]);
    const token = await cast.token('organiser', cast.here);
    const [row] = await asStaff(token, (tx) => tx<{ caller: Caller }[]>`select caller()`);
    if (!row) throw new Error('no caller');
    const classId = await openClass(cast, cast.here, 1);
    const done = await asStaff(token, (tx) =>
      enrolAll(
        tx,
        { caller: row.caller, channel: typed.channel },
        typed.enrolments.map((one) => ({ ...one, classId })),
      ),
    );
    expect(done).toMatchObject([{ status: 'confirmed' }, { status: 'waitlisted' }]);
    const kept = await cast.owner`
      select e.channel, c.how, c.witness, c.taken_by from enrolment e join consent c on c.person_id = e.person_id where e.class_id = ${classId}`;
    expect([...kept]).toEqual(
      Array.from({ length: 2 }, () => ({
        channel: 'paper',
        how: 'paper',
        witness: 'Trần Văn Trưởng',
        takenBy: row.caller.accountId,
      })),
    );
  });

  it('marks each bad line at its field, and an empty sheet at its first', () => {
    const wrong = staffEnrolForm.safeParse({ ...sheet, ...lines, fullName2: '1', phone3: '1' });
    expect(wrong.success ? {} : problemsOf(wrong.error)).toEqual({
      fullName2: 'nameShape',
      phone2: 'phoneRequired',
      phone3: 'phoneShape',
    });
    const empty = staffEnrolForm.safeParse(sheet);
    expect(empty.success ? {} : problemsOf(empty.error)).toMatchObject({
      fullName: 'nameRequired',
      areaId: 'chooseArea',
    });
  });
});

describe('the equality questions', () => {
  it('are kept with a consent of their own, read by no role, told only as counts of ten and more, and gone when withdrawn', async () => {
    const classId = await openClass(cast, cast.here, 100);
    const codes: string[] = [];
    for (let n = 0; n < 21; n += 1) {
      const [one] = await sure(sendAll(group(classId, 1)));
      codes.push(one?.code ?? '');
      const answered = { answers: { disability: n < 10, poor_household: n < 3 }, consentVersion: 1 };
      expect(await asResident((tx) => answerEquality(tx, one?.code ?? '', answered))).toEqual({ kept: 2 });
    }
    for (const role of ['organiser', 'desk_officer', 'unit_leader'] as const) {
      const rows = await asStaff(await cast.token(role, cast.here), (tx) => tx`select from equality_answer`);
      expect(rows).toHaveLength(0);
    }
    const counts = async (role: Role, place = cast.here) => {
      const found = await asStaff(await cast.token(role, place), (tx) => fairness(tx, { classId }));
      const tables = found ? fairnessTable(found) : [];
      const of = (question: string) => tables.find(({ by }) => by === question)?.lines.map(({ asked }) => asked);
      return [of('disability'), of('poor_household'), of('ethnic_minority')];
    };
    // As yes, no, unanswered. An organiser, who sees the names, sees no small count of an answer either.
    for (const role of ['unit_leader', 'organiser'] as const)
      expect(await counts(role)).toEqual([
        [10, 11, 0],
        [null, null, 0],
        [0, 0, 21],
      ]);
    // No figures, no answers, also where the names may be seen.
    expect(await counts('helper')).toEqual([undefined, undefined, undefined]);
    expect(await counts('unit_leader', cast.there)).toEqual([undefined, undefined, undefined]);
    expect(await asResident((tx) => withdrawEquality(tx, codes[0] ?? ''))).toEqual({ gone: 2 });
    expect(await counts('organiser')).toMatchObject([
      [null, 11, null],
      [null, null, null],
      [0, 0, 21],
    ]);
    const [left] = await cast.owner<{ open: number }[]>`
      select count(*)::integer as open from consent where purpose = 'equality' and withdrawn_at is null`;
    expect(left?.open).toBe(20);
    expect(
      await asResident((tx) => answerEquality(tx, 'AAAAAAAA', { answers: { disability: true }, consentVersion: 1 })),
    ).toEqual({ refused: 'slipClosed' });
    expect(
      await asResident((tx) => answerEquality(tx, codes[1] ?? '', { answers: {}, consentVersion: 1 })),
    ).toMatchObject({ refused: 'nothingAnswered' });
  });
});
