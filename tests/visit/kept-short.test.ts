import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool, openScoped } from '../../lib/access/scoped';
import { withdraw } from '../../lib/card/commands';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { addDays, dayOf, momentOf } from '../../lib/kernel/clock';
import {
  askForVisit,
  closeRequest,
  forgetOverdue,
  matchNewPerson,
  matchRequest,
  withdrawRequest,
} from '../../lib/visit/commands';
import { requestForStaff, visitQueue } from '../../lib/visit/queries';
import { mostADay, mostOfNetwork } from '../../lib/visit/rules';
import { closeForm, helpForm, newPersonForm, type HelpAsked } from '../../lib/visit/schema';
import { asHolder, learner } from '../card/scene';
import { as } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, pair, roundAt } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
beforeEach(async () => {
  await cast.owner`update visit_request set created_at = created_at - interval '2 days'`;
  await cast.owner`delete from visit_request_sighting`;
});

const now = new Date();
const publicly = <R>(work: Parameters<typeof openScoped<R>>[3]) => openScoped('read write', 'camtay_public', '', work);
const typed = (more: Record<string, unknown> = {}): HelpAsked =>
  helpForm.parse({
    area: String(cast.here.villageId),
    askedBy: 'self',
    fullName: 'Hồ Thị Ngắn',
    born: '1951',
    needs: 'vneid',
    words: 'Nhà cuối bản',
    consent: 'on',
    consentVersion: '2',
    formKey: newId(),
    ...more,
  });
const ask = (address: string, form = typed()) => publicly((tx) => askForVisit(tx, form, address));

/** A request as it lies in the database. */
async function requested(
  more: { personId?: string; phone?: string; daysAgo?: number; name?: string } = {},
): Promise<{ id: string; code: string }> {
  const [id, code] = [newId(), newSlipCode()];
  await cast.owner`
    insert into visit_request (id, code, area_id, asked_by, full_name, birth_year, phone, phone_of, needs, words, consent_version, idempotency_key, person_id, created_at)
    values (${id}, ${code}, ${cast.here.villageId}, 'self', ${more.name ?? 'Hồ Thị Ngắn'}, 1951, ${more.phone ?? null}, ${more.phone ? 'self' : null},
      '{phone}', 'Nhà cuối bản', 1, ${newId()}, ${more.personId ?? null}, now() - make_interval(days => ${more.daysAgo ?? 0}))`;
  return { id, code };
}
const outcomeOf = (visitId: string, words: string) => cast.owner`
  insert into visit_outcome (id, visit_id, area_id, outcome, words, at)
  values (${newId()}, ${visitId}, ${cast.here.villageId}, 'not_home', ${words}, now())`;
const organiser = <R>(work: Parameters<typeof as<R>>[3]) => as(cast, 'organiser', cast.here, work);

describe('saying of whom a request speaks', () => {
  test('somebody who is on that round already: told at the field, and nothing is half written', async () => {
    const personId = await neighbour(cast, cast.here);
    const round = await roundAt(cast, cast.here, { from: '03:00', until: '03:10' });
    await homeOn(cast, cast.here, round, { personId });
    const request = await requested();
    const visitId = await homeOn(cast, cast.here, round, { requestId: request.id });
    expect(await organiser((tx, caller) => matchRequest(tx, { requestId: request.id, personId }, caller))).toEqual({
      refused: 'matchOnRound',
      field: 'personId',
    });
    const rows = await cast.owner`
      select q.person_id as request, v.person_id as visit from visit_request q join visit v on v.request_id = q.id where v.id = ${visitId}`;
    expect([...rows]).toEqual([{ request: null, visit: null }]);
  });

  test('two requests of one person on one round, matched at the same moment: one is, the other is told', async () => {
    const personId = await neighbour(cast, cast.here);
    const round = await roundAt(cast, cast.here, { from: '03:10', until: '03:20' });
    const both = [await requested(), await requested()];
    for (const { id } of both) await homeOn(cast, cast.here, round, { requestId: id });
    const done = await Promise.all(
      both.map(({ id }) => organiser((tx, caller) => matchRequest(tx, { requestId: id, personId }, caller))),
    );
    expect(done.filter((one) => 'id' in one)).toHaveLength(1);
    expect(done.find((one) => 'refused' in one)).toEqual({ refused: 'matchOnRound', field: 'personId' });
  });

  test('a phone given for one visit goes into the record only where that was agreed to', async () => {
    const phoneOf = async (keepPhone: Record<string, string>, name: string) => {
      const { id } = await requested({ phone: '+84912777888', name });
      const form = newPersonForm.parse({ requestId: id, birthYear: '1951', how: 'oral', consent: 'on', ...keepPhone });
      const done = await organiser((tx, caller) =>
        matchNewPerson(tx, form, { name, birthYear: 1951 } as never, caller),
      );
      expect(done).toEqual({ id });
      const [row] = await cast.owner<{ phone: string | null; hint: string | null }[]>`
        select f.phone, p.phone_hint as hint from person p left join person_phone f on f.person_id = p.id
        where p.id = (select person_id from visit_request where id = ${id})`;
      return row;
    };
    expect(await phoneOf({}, 'Hồ Thị Giấu')).toEqual({ phone: null, hint: null });
    expect(await phoneOf({ keepPhone: 'on' }, 'Hồ Thị Cho')).toMatchObject({ phone: '+84912777888' });
  });
});

describe('what a withdrawal erases', () => {
  test('the person’s own: why a request was settled, words of visits, an objection in the log', async () => {
    const me = await learner(cast, cast.here, { fullName: 'Võ Thị Rút' });
    const request = await requested({ personId: me.personId });
    await cast.owner`update visit_request set closed_at = now(), closed_because = 'not_needed', closed_note = 'Bà Rút đã tự làm được' where id = ${request.id}`;
    const other = await requested({ personId: me.personId });
    const visitId = await homeOn(cast, cast.here, await roundAt(cast, cast.here, { from: '03:20', until: '03:30' }), {
      requestId: other.id,
    });
    await outcomeOf(visitId, 'Bà Rút ra đồng');
    await cast.owner`insert into audit_event (action, subject_kind, subject_id, details)
      values ('person.openObject', 'person', ${me.personId}, '{"outside": "x", "objection": "Bà Rút không hề xin"}')`;
    expect(await asHolder(me.code, (tx, id) => withdraw(tx, id))).toBeNull();
    const left = await cast.owner`
      select to_jsonb(q) as row from visit_request q where id in (${request.id}, ${other.id})
      union all select to_jsonb(o) from visit_outcome o where visit_id = ${visitId}
      union all select to_jsonb(e) from audit_event e where subject_id = ${me.personId}`;
    expect(JSON.stringify(left)).not.toMatch(/Rút/);
    const [log] =
      await cast.owner`select details from audit_event where subject_id = ${me.personId} and action = 'person.openObject'`;
    expect(log?.details, 'that there was one stays').toEqual({ outside: 'x' });
  });

  test('the log stays otherwise as it was written, for the system too', async () => {
    const [line] = await cast.owner<{ id: string }[]>`
      insert into audit_event (action, subject_kind, subject_id, details) values ('person.openObject', 'person', 'x', '{"objection": "a", "why": "b"}') returning id`;
    const change = (set: string) =>
      cast.owner.begin(async (tx) => {
        await tx`select set_config('role', 'camtay_system', true)`;
        await tx.unsafe(`update audit_event set ${set} where id = '${line?.id}'`);
      });
    for (const set of [
      `details = details || '{"objection": "c"}'`,
      `details = details - 'why'`,
      `details = details - 'objection', action = 'other'`,
      `at = now() + interval '1 day'`,
    ])
      await expect(change(set), set).rejects.toThrow(/append-only/);
    await expect(cast.owner`delete from audit_event where id = ${line?.id ?? ''}`).rejects.toThrow(/append-only/);
  });

  test('a request taken back, also one settled without a visit: nothing in words is left of it', async () => {
    const open = await requested();
    const visitId = await homeOn(cast, cast.here, await roundAt(cast, cast.here, { from: '03:30', until: '03:40' }), {
      requestId: open.id,
    });
    await outcomeOf(visitId, 'Bà Ngắn ra đồng');
    const settled = await requested();
    const reason = closeForm.parse({ requestId: settled.id, reason: 'Bà Ngắn nói con đã làm giúp' });
    await organiser((tx, caller) => closeRequest(tx, reason, caller));
    for (const { code } of [open, settled])
      expect(await publicly((tx) => withdrawRequest(tx, code, '203.0.113.1'))).toEqual({ code });
    const left = await cast.owner`
      select to_jsonb(q) as row from visit_request q where id in (${open.id}, ${settled.id})
      union all select to_jsonb(o) from visit_outcome o where visit_id = ${visitId}`;
    expect(JSON.stringify(left)).not.toMatch(/Ngắn|cuối bản/);
  });
});

describe('the limits of a day', () => {
  test('one network uses up its share and no more, whatever its addresses; neighbours elsewhere still get in', async () => {
    const near = (at: number) => `203.0.113.${at}`;
    for (let at = 0; at < mostOfNetwork.place; at += 1) expect(await ask(near(at + 1))).toHaveProperty('code');
    expect(await ask(near(99))).toEqual({ refused: 'askTooManyHere' });
    expect(await ask(`::ffff:${near(98)}`), 'the same network, written otherwise').toEqual({
      refused: 'askTooManyHere',
    });
    const six = (at: number) => `2001:db8:1:2:${at.toString(16)}::9`;
    for (let at = 0; at < mostOfNetwork.place; at += 1) expect(await ask(six(at + 1))).toHaveProperty('code');
    expect(await ask(six(4000))).toEqual({ refused: 'askTooManyHere' });
    expect(await ask('198.51.100.7'), 'somebody of the village').toHaveProperty('code');
    expect(mostOfNetwork.place * 2).toBeLessThan(mostADay.place);
    expect(mostOfNetwork.unit * 2).toBeLessThan(mostADay.unit);
  });

  test('many at once from one network are no more', async () => {
    const all = await Promise.all(Array.from({ length: 24 }, (_, at) => ask(`203.0.113.${at + 1}`)));
    expect(all.filter((one) => 'code' in one)).toHaveLength(mostOfNetwork.place);
  });

  test('a stranger who types somebody’s phone does not use up that phone’s day', async () => {
    const phone = '0912 345 111';
    for (let at = 0; at < mostOfNetwork.phone; at += 1) await ask('203.0.113.5', typed({ phone }));
    expect(await ask('203.0.113.6', typed({ phone }))).toMatchObject({ refused: 'askTooManyHere' });
    expect(await ask('198.51.100.9', typed({ phone }))).toHaveProperty('code');
  });

  test('networks are kept hashed, apart from the request, and for two days', async () => {
    await ask('203.0.113.77');
    const [row] = await cast.owner`select network from visit_request_sighting order by at desc limit 1`;
    expect(row?.network).toMatch(/^[\w-]{43}$/);
    await cast.owner`update visit_request_sighting set at = at - interval '49 hours'`;
    await forgetOverdue();
    expect((await cast.owner`select from visit_request_sighting`).count).toBe(0);
  });
});

describe('what the clock forgets, though nobody asks', () => {
  const stateOf = async (id: string) =>
    (
      await cast.owner`select full_name, phone, phone_of, birth_year, words, closed_because, closed_note from visit_request where id = ${id}`
    )[0];
  const gone = { fullName: '', phone: null, phoneOf: null, birthYear: null, words: '', closedNote: '' };

  test('thirty days after it was settled; ninety after an unsettled one was asked or last tried, and not a day before', async () => {
    const phone = '+84912000222';
    const [settled, fresh, old, tried, planned] = [
      await requested({ phone }),
      await requested({ phone }),
      await requested({ phone, daysAgo: 91 }),
      await requested({ phone, daysAgo: 91 }),
      await requested({ phone, daysAgo: 91 }),
    ];
    await cast.owner`update visit_request set closed_at = now() - interval '31 days', closed_because = 'not_needed', closed_note = 'Bà Ngắn thôi' where id = ${settled.id}`;
    await cast.owner`update visit_request set closed_at = now() - interval '29 days', closed_because = 'done' where id = ${fresh.id}`;
    const round = await roundAt(cast, cast.here, { day: addDays(dayOf(now), -40), from: '03:00', until: '03:10' });
    await outcomeOf(await homeOn(cast, cast.here, round, { requestId: tried.id }), 'Bà Ngắn đi vắng');
    const ahead = await roundAt(cast, cast.here, { day: addDays(dayOf(now), 3), from: '03:00', until: '03:10' });
    await homeOn(cast, cast.here, ahead, { requestId: planned.id });
    await forgetOverdue();
    expect(await stateOf(settled.id)).toEqual({ ...gone, closedBecause: 'not_needed' });
    expect(await stateOf(fresh.id)).toMatchObject({ fullName: 'Hồ Thị Ngắn', phone });
    expect(await stateOf(old.id)).toEqual({ ...gone, closedBecause: 'expired' });
    expect(await stateOf(tried.id), 'somebody was there forty days ago').toMatchObject({ fullName: 'Hồ Thị Ngắn' });
    expect(await stateOf(planned.id), 'somebody goes there on Tuesday').toMatchObject({ fullName: 'Hồ Thị Ngắn' });
    expect(await publicly((tx) => withdrawRequest(tx, old.code, '203.0.113.1'))).toEqual({ code: old.code });
  });

  test('of a request of somebody known only what was copied goes: it waits on, under their own name', async () => {
    const personId = await neighbour(cast, cast.here);
    const one = await requested({ personId, phone: '+84912000333', daysAgo: 120 });
    await forgetOverdue();
    expect(await stateOf(one.id)).toEqual({ ...gone, closedBecause: null });
    const line = (await organiser((tx) => visitQueue(tx, 'vi', undefined, now))).find(({ id }) => id === one.id);
    expect(line?.fullName).toMatch(/^Lê Văn Xóm/);
    expect(await organiser((tx) => requestForStaff(tx, 'vi', one.id, now))).toMatchObject({ phone: null, words: '' });
  });

  test('words of a visit to somebody nobody knew go with the request', async () => {
    const one = await requested();
    const round = await roundAt(cast, cast.here, { day: addDays(dayOf(now), -40), from: '03:10', until: '03:20' });
    const visitId = await homeOn(cast, cast.here, round, { requestId: one.id });
    await outcomeOf(visitId, 'Bà Ngắn ở nhà con');
    await cast.owner`update visit_request set closed_at = now() - interval '31 days', closed_because = 'done' where id = ${one.id}`;
    await forgetOverdue();
    const [said] = await cast.owner`select words from visit_outcome where visit_id = ${visitId}`;
    expect(said?.words).toBe('');
  });
});

test('a round’s number counts from an hour before it to an hour after, and not the whole day', async () => {
  const { askNumber } = await import('../../lib/visit/checking');
  const { own } = await pair(cast, cast.here);
  const day = addDays(dayOf(now), 9);
  const round = await roundAt(cast, cast.here, { members: [own], day, from: '09:00', until: '11:00' });
  await homeOn(cast, cast.here, round, { personId: await neighbour(cast, cast.here) }, '0611');
  const at = async (time: string, on = day) => {
    await cast.owner`delete from visit_check_attempt`;
    const { expected } = await askNumber(
      'vi',
      { area: cast.here.villageId, pin: '0611' },
      '203.0.113.60',
      momentOf(on, time),
    );
    return expected !== null;
  };
  expect([await at('07:59'), await at('08:00'), await at('09:30'), await at('12:00'), await at('12:01')]).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(await at('09:30', addDays(day, 1))).toBe(false);
});
