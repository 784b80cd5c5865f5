import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { changeOwnPhone, excuse } from '@/lib/card/commands';
import {
  holderOfCard,
  offersGone,
  ownData,
  ownEnrolments,
  ownSessions,
  readingsOf,
  stampsOf,
} from '@/lib/card/queries';
import { countStamps } from '@/lib/card/rules';
import { answerOffer, cancelEnrolment } from '@/lib/enrolment/commands';
import { newId } from '@/lib/kernel/id';
import { isRefusal } from '@/lib/kernel/result';
import { recordOperations } from '@/lib/register/commands';
import { registerSheet } from '@/lib/register/sheets';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { asResident, asStaff, form, resident, send } from '../enrolment/scene';
import { asHolder, caller, enrolled, learner, place, readAsHolder } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const markOf = async (sessionId: string, personId: string) => {
  const [row] = await cast.owner<{ state: string; markedBy: string | null }[]>`
    select state, marked_by from attendance where session_id = ${sessionId} and person_id = ${personId}`;
  return row?.state ?? null;
};

async function record(sessionId: string, ...said: object[]) {
  const helper = await caller(cast, 'helper');
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
    const me = await enrolled(cast);
    expect(await asHolder(me.code, (tx, id) => excuse(tx, id, me.sessionId))).toBeNull();
    expect(await markOf(me.sessionId, me.personId)).toBe('excused');
    await record(me.sessionId, { kind: 'start' });
    expect(await markOf(me.sessionId, me.personId)).toBe('excused');
    const helper = await caller(cast, 'helper');
    const sheet = await asStaff(helper.token, (tx) => registerSheet(tx, me.sessionId, 'vi'));
    expect(sheet?.people).toMatchObject([{ id: me.personId, state: 'excused', byDefault: false }]);
    expect(sheet?.history).toContainEqual(expect.objectContaining({ state: 'excused', byName: null, won: true }));
    await record(me.sessionId, { kind: 'mark', personId: me.personId, state: 'present' });
    expect(await markOf(me.sessionId, me.personId)).toBe('present');
    const closed = { refused: 'excuseClosed' };
    expect(await asHolder(me.code, (tx, id) => excuse(tx, id, me.sessionId))).toEqual(closed);
  });

  it('works until three days after, also where one was marked absent, and not a minute longer', async () => {
    const me = await enrolled(cast, -71);
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
    const off = await enrolled(cast);
    await cast.owner`update class_session set status = 'cancelled', status_reason = 'Bão' where id = ${off.sessionId}`;
    const there = await enrolled(cast, -2);
    await record(there.sessionId, { kind: 'start' }, { kind: 'finish' });
    for (const me of [off, there])
      expect(await asHolder(me.code, (tx, id) => excuse(tx, id, me.sessionId))).toEqual({ refused: 'excuseClosed' });
    expect(await markOf(there.sessionId, there.personId)).toBe('present');
  });
});

describe('somebody else’s ids', () => {
  it('in an act are not found, and nothing is written', async () => {
    const [me, other] = [await enrolled(cast), await enrolled(cast)];
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
    const me = await enrolled(cast);
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

describe('an offer on the card', () => {
  /** Somebody with a card who waited and is asked, and whoever waits behind them. */
  async function asked() {
    const first = await enrolled(cast, 96);
    const me = await learner(cast, cast.here);
    const enrolmentId = await place(cast, me.personId, first.classId);
    const behind = await learner(cast, cast.here);
    const behindId = await place(cast, behind.personId, first.classId);
    const seen = () => readAsHolder(behind.code, (tx, id) => ownEnrolments(tx, 'vi', id));
    expect(await seen()).toMatchObject([{ status: 'waitlisted', placeInQueue: 2, answerBy: null }]);
    await cast.owner`update class set offer_hours = 24 where id = ${first.classId}`;
    await asHolder(first.code, (tx) => cancelEnrolment(tx, resident, { enrolmentId: first.enrolmentId }, 'resident'));
    expect(await seen()).toMatchObject([{ status: 'waitlisted', placeInQueue: 1 }]);
    return { ...me, enrolmentId, behind, behindId, classId: first.classId };
  }
  const answer = (code: string, enrolmentId: string, said: 'accept' | 'decline') =>
    asHolder(code, (tx) => answerOffer(tx, resident, { enrolmentId }, said));
  const statusOf = async (id: string) => {
    const [row] = await cast.owner<{ status: string }[]>`select status from enrolment where id = ${id}`;
    return row?.status;
  };

  it('says until when, and is taken or given up, the seat going on to the next', async () => {
    const me = await asked();
    const [offer] = (await readAsHolder(me.code, (tx, id) => ownEnrolments(tx, 'vi', id))) ?? [];
    expect(offer).toMatchObject({ id: me.enrolmentId, status: 'offered', placeInQueue: null });
    expect(offer?.answerBy?.getTime()).toBeGreaterThan(Date.now());
    expect(await answer(me.code, me.enrolmentId, 'accept')).toMatchObject({ promoted: 0 });
    expect(await statusOf(me.enrolmentId)).toBe('confirmed');
    const other = await asked();
    expect(await answer(other.code, other.enrolmentId, 'decline')).toMatchObject({ promoted: 1 });
    expect([await statusOf(other.enrolmentId), await statusOf(other.behindId)]).toEqual(['offer_declined', 'offered']);
  });

  it('is refused when it is too late, when there is none, and when it is somebody else’s; late it is shown no more', async () => {
    const me = await asked();
    expect(await answer(me.behind.code, me.behindId, 'accept')).toMatchObject({ refused: 'noOffer' });
    expect(await answer(me.behind.code, me.enrolmentId, 'decline')).toEqual({ refused: 'notFound' });
    expect(await statusOf(me.enrolmentId)).toBe('offered');
    await cast.owner`update enrolment set offer_expires_at = now() - interval '1 minute' where id = ${me.enrolmentId}`;
    expect(await readAsHolder(me.code, (tx, id) => ownEnrolments(tx, 'vi', id))).toEqual([]);
    const gone = () => readAsHolder(me.code, (tx, id) => offersGone(tx, 'vi', id));
    expect(await gone()).toMatchObject([{ id: me.enrolmentId, classId: me.classId }]);
    expect(await answer(me.code, me.enrolmentId, 'accept')).toMatchObject({ refused: 'offerOver' });
    expect(await gone()).toMatchObject([{ id: me.enrolmentId }]);
    expect(await readAsHolder(me.behind.code, (tx, id) => offersGone(tx, 'vi', id))).toEqual([]);
    await place(cast, me.personId, me.classId);
    expect(await gone(), 'not once they stand in line again').toEqual([]);
    expect([await statusOf(me.enrolmentId), await statusOf(me.behindId)]).toEqual(['offer_expired', 'offered']);
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
    const me = await enrolled(cast, 24, { fullName: 'Hồ Thị Đọc' });
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
    const me = await enrolled(cast);
    await enrolled(cast);
    const seen = await readAsHolder(me.code, async (tx, id) => ({
      holder: await holderOfCard(tx, 'vi', id),
      sessions: await ownSessions(tx, 'vi', id),
    }));
    expect(seen?.holder).toMatchObject({ fullName: 'Võ Thị Thử', code: me.code, unitId: 18859 });
    expect(seen?.sessions.map(({ id }) => id)).toEqual([me.sessionId]);
  });
});
