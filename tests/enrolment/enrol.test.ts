import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, type Caller } from '@/lib/access/scoped';
import { cancelEnrolment, enrol, openSlip } from '@/lib/enrolment/commands';
import { classRoster, slipByCode } from '@/lib/enrolment/queries';
import { newId } from '@/lib/kernel/id';
import { isRefusal } from '@/lib/kernel/result';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { asResident, asStaff, form, openClass, resident, send, standingOf } from './scene';

let cast: Cast;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const phone = '+84912345678';
async function peopleNow(): Promise<number> {
  const [row] = await cast.owner<{ count: number }[]>`select count(*)::integer from person`;
  return row?.count ?? 0;
}
async function personBehind(outcome: Awaited<ReturnType<typeof send>>): Promise<string> {
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  const [row] = await cast.owner<
    { personId: string }[]
  >`select person_id from enrolment where id = ${outcome.enrolmentId}`;
  return row?.personId ?? '';
}

describe('the same form', () => {
  it('sent 50 times at once makes one enrolment and gives one code, with a phone and without', async () => {
    for (const given of [phone, null]) {
      const classId = await openClass(cast, cast.here, 10);
      const one = form(classId, cast.here, { fullName: 'Lê Thị Hoa', phone: given });
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => send(one)));
      expect(outcomes.filter(isRefusal)).toEqual([]);
      expect(new Set(outcomes.map((outcome) => ('code' in outcome ? outcome.code : ''))).size).toBe(1);
      expect(await standingOf(cast.owner, classId)).toMatchObject({ seatsConfirmed: 1, confirmedRows: 1, waiting: 0 });
    }
  });

  it('gives no code away once the hour is over: the key of a cached page is everybody’s', async () => {
    const classId = await openClass(cast, cast.here, 10);
    const one = form(classId, cast.here, { fullName: 'Lê Thị Nhung', phone: '+84912000099' });
    const first = await send(one);
    if (isRefusal(first)) throw new Error(first.refused);
    await cast.owner`update enrolment set created_at = now() - interval '61 minutes' where id = ${first.enrolmentId}`;
    expect(await send(one)).toEqual({ refused: 'alreadyEnrolled' });
    expect(await standingOf(cast.owner, classId)).toMatchObject({ seatsConfirmed: 1, confirmedRows: 1 });
  });

  it('on a page two neighbours got from one cache makes two enrolments', async () => {
    const classId = await openClass(cast, cast.here, 10);
    const formKey = newId();
    await send(form(classId, cast.here, { fullName: 'Lê Thị Lan' }, formKey));
    await send(form(classId, cast.here, { fullName: 'Lê Thị Huệ' }, formKey));
    expect(await standingOf(cast.owner, classId)).toMatchObject({ confirmedRows: 2 });
  });
});

describe('a person', () => {
  it('is met again by the same phone, name and village, however the name was typed', async () => {
    const who = { fullName: 'Hoàng Thị Hóa', phone: '+84912000001' };
    const first = await personBehind(await send(form(await openClass(cast, cast.here, 5), cast.here, who)));
    const again = await personBehind(
      await send(
        form(await openClass(cast, cast.here, 5), cast.here, { ...who, fullName: 'HOÀNG thị Hoá', birthYear: 1954 }),
      ),
    );
    expect(again).toBe(first);
  });

  it('is another with the phone but another name, another village, a contradicting year, or no phone at all', async () => {
    const who = { fullName: 'Phan Văn Bảy', phone: '+84912000002', birthYear: 1950 };
    const classId = await openClass(cast, cast.here, 20);
    const ids = [];
    for (const other of [
      {},
      { fullName: 'Phan Văn Tám' },
      { areaId: cast.here.unitId },
      { birthYear: 1980 },
      { phone: null },
      { phone: null },
    ])
      ids.push(await personBehind(await send(form(classId, cast.here, { ...who, ...other }))));
    expect(new Set(ids).size).toBe(6);
  });

  it('signing up from two forms at once is one person with one enrolment', async () => {
    const classId = await openClass(cast, cast.here, 20);
    const who = { fullName: 'Võ Thị Sáu Thử', phone: '+84912000003' };
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => send(form(classId, cast.here, who))));
    expect(outcomes.filter((outcome) => !isRefusal(outcome))).toHaveLength(1);
    expect(outcomes.filter(isRefusal)).toContainEqual({ refused: 'alreadyEnrolled' });
    expect(await standingOf(cast.owner, classId)).toMatchObject({ seatsConfirmed: 1, confirmedRows: 1, waiting: 0 });
  });

  it('may come back after leaving', async () => {
    const classId = await openClass(cast, cast.here, 20);
    const who = { fullName: 'Đỗ Văn Về', phone: '+84912000004' };
    const first = await send(form(classId, cast.here, who));
    if (isRefusal(first)) throw new Error(first.refused);
    await asResident((tx) => cancelEnrolment(tx, resident, { code: first.code }, 'resident'));
    expect(await send(form(classId, cast.here, who))).toMatchObject({ status: 'confirmed' });
  });
});

describe('what is written', () => {
  it('is consent with its version and who gave it, an event, and an audit row without a name', async () => {
    const classId = await openClass(cast, cast.here, 5);
    const outcome = await send({
      ...form(classId, cast.here, { fullName: 'Bùi Thị Riêng', phone: '+84912000005', phoneOf: 'relative' }),
      signedUpBy: 'Bùi Văn Cháu',
      consent: { version: 1, how: 'representative' },
    });
    const personId = await personBehind(outcome);
    const [consent] =
      await cast.owner`select purpose, text_version, given, how, representative from consent where person_id = ${personId}`;
    expect(consent).toEqual({
      purpose: 'class',
      textVersion: 1,
      given: true,
      how: 'representative',
      representative: 'Bùi Văn Cháu',
    });
    const enrolmentId = 'enrolmentId' in outcome ? outcome.enrolmentId : '';
    const events =
      await cast.owner`select from_status, to_status, channel from enrolment_event where enrolment_id = ${enrolmentId}`;
    expect(events).toEqual([{ fromStatus: null, toStatus: 'confirmed', channel: 'web' }]);
    const [audit] =
      await cast.owner`select action, account_id, details::text from audit_event where subject_id = ${enrolmentId}`;
    expect(audit).toMatchObject({ action: 'enrolment.enrol', accountId: null });
    expect(JSON.stringify(audit)).not.toMatch(/Riêng|Cháu|912000005/);
    const [kept] =
      await cast.owner`select p.phone_hint, f.belongs_to from person p join person_phone f on f.person_id = p.id where p.id = ${personId}`;
    expect(kept).toEqual({ phoneHint: '••• 005', belongsTo: 'relative' });
  });

  it('is nothing when refused: unknown, draft, cancelled or past class, unknown place, old words', async () => {
    const before = await peopleNow();
    const open = await openClass(cast, cast.here, 5);
    const refused = async (enrolment: Parameters<typeof send>[0]) => {
      const outcome = await send(enrolment);
      return isRefusal(outcome) ? outcome.refused : 'went through';
    };
    expect(await refused(form('zzzzzzzz', cast.here))).toBe('notFound');
    expect(await refused(form(await openClass(cast, cast.here, 5, { status: 'draft' }), cast.here))).toBe('notFound');
    expect(
      await refused(form(await openClass(cast, cast.here, 5, { status: 'cancelled', statusReason: 'bão' }), cast.here)),
    ).toBe('classCancelled');
    expect(await refused(form(await openClass(cast, cast.here, 5, { hoursAhead: -48 }), cast.here))).toBe('classOver');
    expect(await refused(form(open, cast.here, { areaId: 44 }))).toBe('chooseVillage');
    expect(await refused(form(open, cast.here, { areaId: 7 }))).toBe('chooseVillage');
    expect(await refused({ ...form(open, cast.here), consent: { version: 2, how: 'self' } })).toBe('consentChanged');
    expect(await peopleNow()).toBe(before);
    expect(await standingOf(cast.owner, open)).toMatchObject({ seatsConfirmed: 0, waiting: 0 });
  });
});

describe('staff', () => {
  async function organiser(): Promise<{ token: string; caller: Caller }> {
    const token = await cast.token('organiser', cast.here);
    const [row] = await asStaff(token, (tx) => tx<{ caller: Caller }[]>`select caller()`);
    if (!row) throw new Error('no caller');
    return { token, caller: row.caller };
  }

  it('enrol and cancel for people in a class of their own unit, under their own name', async () => {
    const { token, caller } = await organiser();
    const actor = { caller, channel: 'staff' } as const;
    const classId = await openClass(cast, cast.here, 5);
    const outcome = await asStaff(token, (tx) =>
      enrol(tx, actor, {
        ...form(classId, cast.here),
        learner: { personId: cast.here.personId },
        consent: { version: 1, how: 'oral' },
      }),
    );
    expect(outcome).toMatchObject({ status: 'confirmed' });
    const enrolmentId = 'enrolmentId' in outcome ? outcome.enrolmentId : '';
    const [consent] =
      await cast.owner`select taken_by from consent where person_id = ${cast.here.personId} order by at desc limit 1`;
    expect(consent).toEqual({ takenBy: caller.accountId });
    expect(await asStaff(token, (tx) => cancelEnrolment(tx, actor, { enrolmentId }, 'phoned'))).toEqual({
      classId,
      promoted: 0,
    });
  });

  it('still see who was in a class when it is over and closed', async () => {
    const { token } = await organiser();
    const classId = await openClass(cast, cast.here, 5);
    await send(form(classId, cast.here, { fullName: 'Lê Thị Hoa' }));
    await send(form(classId, cast.here, { fullName: 'Trần Văn An' }));
    await cast.owner`update enrolment set status = 'completed' where class_id = ${classId}`;
    const names = (await asStaff(token, (tx) => classRoster(tx, 'vi', classId))).map((one) => one.fullName);
    expect(names).toEqual(['Trần Văn An', 'Lê Thị Hoa']);
  });

  it('find nothing of another unit: neither class, nor person, nor enrolment; nothing is written', async () => {
    const { token, caller } = await organiser();
    const actor = { caller, channel: 'staff' } as const;
    const theirs = await openClass(cast, cast.there, 5);
    const ours = await openClass(cast, cast.here, 5);
    const before = await peopleNow();
    expect(await asStaff(token, (tx) => enrol(tx, actor, form(theirs, cast.here)))).toEqual({
      refused: 'notFound',
      field: 'classId',
    });
    expect(
      await asStaff(token, (tx) =>
        enrol(tx, actor, { ...form(ours, cast.here), learner: { personId: cast.there.personId } }),
      ),
    ).toEqual({ refused: 'notFound', field: 'classId' });
    expect(
      await asStaff(token, (tx) => cancelEnrolment(tx, actor, { enrolmentId: cast.there.enrolmentId }, 'x')),
    ).toEqual({ refused: 'notFound' });
    expect(await peopleNow()).toBe(before);
    expect(await standingOf(cast.owner, theirs)).toMatchObject({ confirmedRows: 0, waitingRows: 0 });
  });
});

describe('a slip', () => {
  it('shows its own enrolment and place in the queue, and a wrong code shows nothing', async () => {
    const classId = await openClass(cast, cast.here, 1);
    const codes = [];
    for (let n = 0; n < 3; n += 1) {
      const outcome = await send(form(classId, cast.here));
      codes.push('code' in outcome ? outcome.code : '');
    }
    const slips = await Promise.all(codes.map((code) => asResident((tx) => slipByCode(tx, 'vi', code))));
    expect(slips.map((slip) => slip?.placeInQueue)).toEqual([null, 1, 2]);
    expect(slips.map((slip) => slip?.code)).toEqual(codes);
    expect(await asResident((tx) => slipByCode(tx, 'vi', 'AAAAAAAA'))).toBeNull();
    expect(await asResident((tx) => cancelEnrolment(tx, resident, { code: 'AAAAAAAA' }, 'resident'))).toEqual({
      refused: 'notFound',
    });
  });

  it('still opens with its name after 30 wrong codes from one address, and without a name no longer', async () => {
    const classId = await openClass(cast, cast.here, 1);
    const outcome = await send(form(classId, cast.here, { fullName: 'Mai Thị Sáng' }));
    const code = 'code' in outcome ? outcome.code : '';
    const open = (address: string, typed: string, name = '') =>
      asResident((tx) => openSlip(tx, address, { code: typed, name }));
    expect(await open('203.0.113.7', code)).toEqual({ code });
    for (let n = 0; n < 30; n += 1)
      expect(await open('203.0.113.7', 'AAAAAAAA')).toMatchObject({ refused: 'codeUnknown' });
    expect(await open('203.0.113.7', code)).toMatchObject({ refused: 'codeNeedsName' });
    expect(await open('203.0.113.7', 'AAAAAAAA', 'Sáng')).toMatchObject({ refused: 'codeNeedsName' });
    expect(await open('203.0.113.7', code, 'Mai Thị Sáng')).toEqual({ code });
    expect(await open('203.0.113.7', code, 'sang')).toEqual({ code });
    expect(await open('203.0.113.8', code)).toEqual({ code });
  });

  it('counts the wrong codes of a whole /64 together, and those of the next one apart', async () => {
    const one = await send(form(await openClass(cast, cast.here, 1), cast.here));
    const code = 'code' in one ? one.code : '';
    const open = (address: string, typed: string) =>
      asResident((tx) => openSlip(tx, address, { code: typed, name: '' }));
    for (let n = 0; n < 30; n += 1) await open(`2001:db8:5:1::${n.toString(16)}`, 'AAAAAAAA');
    expect(await open('2001:db8:5:1:ffff::1', code)).toMatchObject({ refused: 'codeNeedsName' });
    expect(await open('2001:db8:5:2::1', code)).toEqual({ code });
  });
});
