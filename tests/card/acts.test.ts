import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, type Caller } from '@/lib/access/scoped';
import { changeOwnPhone, excuse, withdraw } from '@/lib/card/commands';
import { holderOfCard, ownData, ownEnrolments, ownSessions, readingsOf, stampsOf } from '@/lib/card/queries';
import { countStamps, withdrawnName } from '@/lib/card/rules';
import { cancelEnrolment, enrol } from '@/lib/enrolment/commands';
import { slipByCode } from '@/lib/enrolment/queries';
import { newId } from '@/lib/kernel/id';
import { isRefusal } from '@/lib/kernel/result';
import { recordOperations } from '@/lib/register/commands';
import { registerSheet } from '@/lib/register/sheets';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { asResident, asStaff, form, openClass, resident, send, standingOf } from '../enrolment/scene';
import { asHolder, learner, readAsHolder, type Learner } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

/** A learner with a card and a confirmed place in a class of their own; `hoursAhead` may lie in the past. */
async function enrolled(
  hoursAhead = 24,
  known = {},
): Promise<Learner & { classId: string; sessionId: string; enrolmentId: string }> {
  const one = await learner(cast, cast.here, known);
  const classId = await openClass(cast, cast.here, 1, { hoursAhead: Math.max(1, hoursAhead) });
  const enrolmentId = await place(one.personId, classId);
  const [session] = await cast.owner<{ id: string }[]>`select id from class_session where class_id = ${classId}`;
  await cast.owner`update enrolment set status_at = status_at - interval '10 days', created_at = created_at - interval '10 days' where id = ${enrolmentId}`;
  if (hoursAhead < 1) {
    const startsAt = new Date(Date.now() + hoursAhead * 3_600_000);
    const endsAt = new Date(startsAt.getTime() + 5_400_000);
    await cast.owner`update class_session set starts_at = ${startsAt}, ends_at = ${endsAt} where class_id = ${classId}`;
  }
  return { ...one, classId, enrolmentId, sessionId: session?.id ?? '' };
}

async function place(personId: string, classId: string): Promise<string> {
  const staff = await caller('organiser');
  const outcome = await asStaff(staff.token, (tx) =>
    enrol(tx, { caller: staff.caller, channel: 'staff' }, { ...form(classId, cast.here), learner: { personId } }),
  );
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  return outcome.enrolmentId;
}

async function caller(role: 'organiser' | 'helper') {
  const accountId = await cast.accountOf(role, cast.here);
  return { token: await cast.token(role, cast.here), caller: { accountId, areaId: cast.here.unitId } as Caller };
}

const markOf = async (sessionId: string, personId: string) => {
  const [row] = await cast.owner<{ state: string; markedBy: string | null }[]>`
    select state, marked_by from attendance where session_id = ${sessionId} and person_id = ${personId}`;
  return row?.state ?? null;
};

async function record(sessionId: string, ...said: object[]) {
  const helper = await caller('helper');
  const at = new Date().toISOString();
  return asStaff(helper.token, (tx) =>
    recordOperations(
      tx,
      said.map((one) => ({ id: newId(), sessionId, at, ...one })),
      helper.caller,
    ),
  );
}

const everything = async () => {
  const [row] = await cast.owner<{ marks: string }[]>`
    select (select count(*) from attendance) || ' ' || (select count(*) from register_operation) || ' '
      || (select count(*) from audit_event) || ' ' || (select string_agg(status, ',' order by id) from enrolment) as marks`;
  return row?.marks;
};

describe('excusing oneself', () => {
  it('is a mark of the register: shown before it begins, kept when everybody is made present, changed by a mark made later', async () => {
    const me = await enrolled();
    expect(await asHolder(me.code, (tx, id) => excuse(tx, id, me.sessionId))).toBeNull();
    expect(await markOf(me.sessionId, me.personId)).toBe('excused');
    await record(me.sessionId, { kind: 'start' });
    expect(await markOf(me.sessionId, me.personId)).toBe('excused');
    const helper = await caller('helper');
    const sheet = await asStaff(helper.token, (tx) => registerSheet(tx, me.sessionId, 'vi'));
    expect(sheet?.people).toMatchObject([{ id: me.personId, state: 'excused', byDefault: false }]);
    expect(sheet?.history).toContainEqual(expect.objectContaining({ state: 'excused', byName: null, won: true }));
    await record(me.sessionId, { kind: 'mark', personId: me.personId, state: 'present' });
    expect(await markOf(me.sessionId, me.personId)).toBe('present');
    const closed = { refused: 'excuseClosed' };
    expect(await asHolder(me.code, (tx, id) => excuse(tx, id, me.sessionId))).toEqual(closed);
  });

  it('works until three days after, also where one was marked absent, and not a minute longer', async () => {
    const me = await enrolled(-71);
    await record(
      me.sessionId,
      { kind: 'start' },
      { kind: 'mark', personId: me.personId, state: 'absent' },
      { kind: 'finish' },
    );
    const [{ endsAt } = { endsAt: new Date() }] = await cast.owner<{ endsAt: Date }[]>`
      select ends_at from class_session where id = ${me.sessionId}`;
    const late = new Date(endsAt.getTime() + 3 * 86_400_000);
    const closed = { refused: 'excuseClosed' };
    expect(await asHolder(me.code, (tx, id) => excuse(tx, id, me.sessionId, late))).toEqual(closed);
    expect(await markOf(me.sessionId, me.personId)).toBe('absent');
    const inTime = new Date(late.getTime() - 60_000);
    expect(await asHolder(me.code, (tx, id) => excuse(tx, id, me.sessionId, inTime))).toBeNull();
    expect(await markOf(me.sessionId, me.personId)).toBe('excused');
  });

  it('is refused for a session called off, and once a finished register says one came', async () => {
    const off = await enrolled();
    await cast.owner`update class_session set status = 'cancelled', status_reason = 'Bão' where id = ${off.sessionId}`;
    const there = await enrolled(-2);
    await record(there.sessionId, { kind: 'start' }, { kind: 'finish' });
    for (const me of [off, there])
      expect(await asHolder(me.code, (tx, id) => excuse(tx, id, me.sessionId))).toEqual({ refused: 'excuseClosed' });
    expect(await markOf(there.sessionId, there.personId)).toBe('present');
  });
});

describe('somebody else’s ids', () => {
  it('in an act are not found, and nothing is written', async () => {
    const [me, other] = [await enrolled(), await enrolled()];
    const before = await everything();
    const notFound = { refused: 'notFound' };
    expect(await asHolder(me.code, (tx, id) => excuse(tx, id, other.sessionId))).toEqual(notFound);
    expect(await asHolder(me.code, (tx, id) => excuse(tx, id, newId()))).toEqual(notFound);
    expect(
      await asHolder(me.code, (tx) => cancelEnrolment(tx, resident, { enrolmentId: other.enrolmentId }, 'resident')),
    ).toEqual(notFound);
    expect(
      await asResident((tx) => cancelEnrolment(tx, resident, { enrolmentId: other.enrolmentId }, 'resident')),
      'without a card at all',
    ).toEqual(notFound);
    expect(await everything()).toBe(before);
  });
});

describe('leaving a class by the card', () => {
  it('frees the seat for whoever waits', async () => {
    const me = await enrolled();
    await send(form(me.classId, cast.here, { fullName: 'Lê Thị Chờ' }));
    const left = await asHolder(me.code, (tx) =>
      cancelEnrolment(tx, resident, { enrolmentId: me.enrolmentId }, 'resident'),
    );
    expect(isRefusal(left)).toBe(false);
    const [row] = await cast.owner`select status from enrolment where id = ${me.enrolmentId}`;
    expect(row?.status).toBe('cancelled');
    expect(await readAsHolder(me.code, (tx, id) => ownEnrolments(tx, 'vi', id))).toEqual([]);
  });
});

describe('another phone', () => {
  it('takes the old one’s place, opens the card, and is written down without a number', async () => {
    const me = await learner(cast, cast.here, { birthYear: null, phone: '+84912000777' });
    expect(await asHolder(me.code, (tx, id) => changeOwnPhone(tx, id, '+84912000777', 'self'))).toEqual({
      refused: 'phoneSame',
      field: 'phone',
    });
    expect(await asHolder(me.code, (tx, id) => changeOwnPhone(tx, id, '+84912000888', 'relative'))).toBeNull();
    const phones = await cast.owner`select phone, belongs_to from person_phone where person_id = ${me.personId}`;
    expect([...phones]).toEqual([{ phone: '+84912000888', belongsTo: 'relative' }]);
    const [person] = await cast.owner`select phone_hint from person where id = ${me.personId}`;
    expect(person?.phoneHint).toBe('••• 888');
    const [event] =
      await cast.owner`select action, details, account_id from audit_event where subject_id = ${me.personId}
      and action = 'card.phone'`;
    expect(event).toEqual({ action: 'card.phone', details: {}, accountId: null });
  });
});

describe('what the card shows', () => {
  it('fills the stamps by the register’s rule: level 3, never an own claim', async () => {
    const me = await learner(cast, cast.here);
    const observe = (skill: string, level: number, source: string, ago: string) => cast.owner`
      insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at)
      values (${newId()}, ${me.personId}, ${skill}, ${level}, ${source}, ${cast.here.villageId}, now() - ${ago}::interval)`;
    await observe('A1', 3, 'recheck', '3 days');
    await observe('A3', 4, 'own_claim', '1 day');
    await observe('B1', 3, 'recheck', '3 days');
    await observe('B1', 2, 'recheck', '1 day');
    const domains = (await readAsHolder(me.code, (tx, id) => stampsOf(tx, 'vi', id))) ?? [];
    const [{ count } = { count: 0 }] = await cast.owner<{ count: number }[]>`select count(*)::int from skill`;
    expect(countStamps(domains)).toEqual({ filled: 1, of: count });
    const filled = domains.flatMap(({ stamps }) => stamps).filter(({ since }) => since);
    expect(filled.map(({ code }) => code)).toEqual(['A1']);
  });

  it('names roles and units of those who read the record, never an official; the holder’s own reading is one of them', async () => {
    const me = await enrolled(24, { fullName: 'Hồ Thị Đọc' });
    const accountId = await cast.accountOf('organiser', cast.here);
    await cast.owner`insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      values (${accountId}, 'person.read', 'person', ${me.personId}, ${cast.here.unitId}, '{"purpose":"record"}')`;
    const readings = await readAsHolder(me.code, (tx, id) => readingsOf(tx, 'vi', id));
    expect(readings).toHaveLength(2);
    expect(readings).toContainEqual(
      expect.objectContaining({
        own: false,
        role: 'organiser',
        place: 'Phường Đồng Thuận',
        purpose: 'record',
        times: 1,
      }),
    );
    expect(readings).toContainEqual(expect.objectContaining({ own: true, role: null, times: 1 }));
    const data = await readAsHolder(me.code, (tx, id) => ownData(tx, 'vi', id));
    expect(data?.person).toMatchObject({ fullName: 'Hồ Thị Đọc', birthYear: 1950 });
    expect(data?.enrolments).toHaveLength(1);
    expect(JSON.stringify({ readings, data })).not.toMatch(/Người thử|organiser\.18859/);
  });

  it('holds the sessions of the holder’s own classes and the card itself', async () => {
    const me = await enrolled();
    await enrolled();
    const seen = await readAsHolder(me.code, async (tx, id) => ({
      holder: await holderOfCard(tx, 'vi', id),
      sessions: await ownSessions(tx, 'vi', id),
    }));
    expect(seen?.holder).toMatchObject({ fullName: 'Võ Thị Thử', code: me.code, unitId: 18859 });
    expect(seen?.sessions.map(({ id }) => id)).toEqual([me.sessionId]);
  });
});

describe('withdrawing consent', () => {
  it('leaves classes, erases phone and names, ends consents and card, and keeps the register’s facts', async () => {
    const me = await enrolled(24, { fullName: 'Hoàng Thị Rút', phone: '+84912000999' });
    const { classId: second } = await enrolled();
    const waitingId = await place(me.personId, second);
    await send(form(me.classId, cast.here, { fullName: 'Lê Thị Đợi' }));
    await cast.owner`update enrolment set signed_up_by = 'Hoàng Văn Cháu' where id = ${me.enrolmentId}`;
    await cast.owner`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
      values (${cast.here.sessionIds[0]}, ${me.personId}, ${cast.here.villageId}, 'present', false, now(), ${newId()})`;
    expect(await asHolder(me.code, (tx, id) => withdraw(tx, id))).toBeNull();

    const states = await cast.owner`select status from enrolment where id in (${me.enrolmentId}, ${waitingId})`;
    expect(states.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    expect(await standingOf(cast.owner, second)).toMatchObject({ seatsConfirmed: 1, waiting: 0 });
    const [person] = await cast.owner`select full_name, phone_hint, birth_year from person where id = ${me.personId}`;
    expect(person).toEqual({ fullName: withdrawnName, phoneHint: null, birthYear: 1950 });
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

  it('while the same person is enrolled from another page: nobody is left with a seat and without consent', async () => {
    for (let n = 0; n < 8; n += 1) {
      const me = await enrolled(24, { fullName: 'Hoàng Thị Cùng', phone: `+8491300010${n}` });
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
