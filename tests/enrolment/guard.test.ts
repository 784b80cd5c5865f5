import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, type Caller } from '@/lib/access/scoped';
import {
  checkStamp,
  confirmPlace,
  enrolAll,
  promoteWhereDue,
  senderFrom,
  stampFor,
  undoBatch,
} from '@/lib/enrolment/commands';
import { forgetNetworks } from '@/lib/enrolment/guard';
import { unconfirmedPlaces } from '@/lib/enrolment/queries';
import { guardLimits, mostTogether } from '@/lib/enrolment/rules';
import type { Enrolled } from '@/lib/enrolment/schema';
import { newId } from '@/lib/kernel/id';
import { isRefusal } from '@/lib/kernel/result';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { layDownTheLaws } from './books';
import { asResident, asStaff, form, openClass, resident, type TypedLearner } from './scene';

let cast: Cast;
let staff: { token: string; caller: Caller };

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  await layDownTheLaws(cast.owner);
  const token = await cast.token('organiser', cast.here);
  const [row] = await asStaff(token, (tx) => tx<{ caller: Caller }[]>`select caller()`);
  if (!row) throw new Error('no caller');
  staff = { token, caller: row.caller };
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const start = new Date();
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const organiser = () => ({ caller: staff.caller, channel: 'phone' }) as const;

/** Somebody's form from an address at a moment; what it was refused for, or the place. */
async function from(address: string, now: Date, classId: string, who: Partial<TypedLearner> = {}) {
  const done = await asResident((tx) =>
    enrolAll(tx, resident, [form(classId, cast.here, who)], { sender: senderFrom(address, now) }),
  );
  return isRefusal(done) ? done : (done[0] as Enrolled);
}
const placed = async (...given: Parameters<typeof from>): Promise<Enrolled> => {
  const done = await from(...given);
  if (isRefusal(done)) throw new Error(done.refused);
  return done;
};
/** A form with as many people as one takes, in one go. */
async function familyFrom(address: string, now: Date, classId: string, together: boolean): Promise<number> {
  const formKey = newId();
  const people = Array.from({ length: mostTogether }, (_, at) => ({
    ...form(classId, cast.here, {}, formKey),
    row: at === 0 ? '' : String(at + 1),
  }));
  const done = await asResident((tx) => enrolAll(tx, resident, people, { together, sender: senderFrom(address, now) }));
  if (isRefusal(done)) throw new Error(done.refused);
  return done.length;
}
const placeOf = async ({ enrolmentId }: Enrolled) => {
  const [row] = await cast.owner<{ status: string; unconfirmedUntil: Date | null }[]>`
    select status, unconfirmed_until from enrolment where id = ${enrolmentId}`;
  return row;
};
const marked = async (classId: string) => {
  const [row] = await cast.owner<{ seated: number; waiting: number }[]>`
    select (count(*) filter (where status = 'confirmed'))::integer as seated, (count(*) filter (where status = 'waitlisted'))::integer as waiting
    from enrolment where class_id = ${classId} and unconfirmed_until is not null and status in ('confirmed', 'waitlisted')`;
  return row;
};
const lawsBroken = async (...classes: string[]) =>
  (await cast.owner<{ law: string }[]>`select laws_broken(${classes}) as law`).map(({ law }) => law);
const confirm = (classId: string, enrolmentId: string) =>
  asStaff(staff.token, (tx) => confirmPlace(tx, organiser(), { classId, enrolmentId }));

describe('the stamp of a form', () => {
  const stamp = stampFor('abcdefgh', start);
  it('is fine from 3 seconds to 12 hours after, for its own class', () => {
    expect(checkStamp(stamp, 'abcdefgh', after(1))).toBe('tooQuick');
    expect(checkStamp(stamp, 'abcdefgh', after(4))).toBeNull();
    expect(checkStamp(stamp, 'abcdefgh', after(12 * 3600 - 1))).toBeNull();
    expect(checkStamp(stamp, 'abcdefgh', after(12 * 3600 + 2))).toBe('formTooOld');
    expect(checkStamp(stamp, 'abcdefgj', after(10))).toBe('formTooOld');
  });
  it('cannot be made up: not another time, not another key, not nonsense', () => {
    const [at = '', key = ''] = stamp.split('.');
    for (const made of [`${at}0.${key}`, `${at}.${key}x`, '', '.', `${at}.`, 'x'.repeat(200)])
      expect(checkStamp(made, 'abcdefgh', after(10))).toBe('formTooOld');
  });
});

describe('an address', () => {
  it('is kept as its network, hashed, the same for a /24 or a /64 and for no other', () => {
    const of = (address: string) => senderFrom(address, start).network;
    expect(of('203.0.113.7')).toBe(of('203.0.113.250'));
    expect(of('203.0.113.7')).toBe(of('::ffff:203.0.113.9'));
    expect(of('203.0.113.7')).not.toBe(of('203.0.114.7'));
    expect(of('2001:db8:1:2::1')).toBe(of('2001:0db8:0001:0002:ffff::'));
    expect(of('2001:db8:1:2::1')).not.toBe(of('2001:db8:1:3::1'));
    expect(of('203.0.113.7')).not.toContain('203');
    for (const nobody of ['127.0.0.1', '::1', '0.0.0.0', 'unknown', '']) expect(of(nobody)).toBeNull();
  });

  it('is forgotten after two days', async () => {
    const classId = await openClass(cast, cast.here, 5);
    const one = await placed('192.0.2.77', after(0), classId);
    const [kept] = await cast.owner<{ row: string }[]>`
      select s::text as row from signup_sighting s where enrolment_id = ${one.enrolmentId}`;
    expect(kept?.row).not.toContain('192.0.2');
    await forgetNetworks(after(47 * 3600));
    expect(await cast.owner`select from signup_sighting where enrolment_id = ${one.enrolmentId}`).toHaveLength(1);
    await forgetNetworks(after(49 * 3600));
    expect(await cast.owner`select from signup_sighting where enrolment_id = ${one.enrolmentId}`).toHaveLength(0);
  });
});

describe('one phone', () => {
  const phone = '+84935000001';
  it('holds 2 places in a class and 6 in all, however many ask at once, and says so at its field', async () => {
    const classes = [];
    for (let n = 0; n < 4; n += 1) classes.push(await openClass(cast, cast.here, 30));
    const asked = await Promise.all(
      classes.flatMap((classId, c) =>
        Array.from({ length: 5 }, (_, n) => from(`198.51.${c}.${n}`, after(n), classId, { phone })),
      ),
    );
    const refused = asked.filter(isRefusal);
    expect(asked.length - refused.length).toBe(6);
    expect(new Set(refused.map(({ refused: why, field }) => `${why} ${field}`))).toEqual(new Set(['phoneFull phone']));
    const rows = await cast.owner<{ count: number }[]>`
      select count(*)::integer as count from enrolment e join person_phone f on f.person_id = e.person_id where f.phone = ${phone} group by e.class_id`;
    expect(Math.max(...rows.map(({ count }) => count))).toBeLessThanOrEqual(2);
  });

  it('has room again when somebody leaves; staff may put more on it', async () => {
    const classId = await openClass(cast, cast.here, 30);
    const family = '+84935000002';
    const first = await placed('198.51.100.1', after(0), classId, { phone: family });
    await placed('198.51.100.1', after(1), classId, { phone: family });
    expect(await from('198.51.100.1', after(2), classId, { phone: family })).toMatchObject({ refused: 'phoneFull' });
    const sheet = Array.from({ length: 10 }, (_, n) => ({
      ...form(classId, cast.here, { phone: family }),
      row: n === 0 ? '' : String(n + 1),
    }));
    expect(await asStaff(staff.token, (tx) => enrolAll(tx, organiser(), sheet))).toHaveLength(10);
    await cast.owner`update enrolment set status = 'cancelled' where class_id = ${classId} and id <> ${first.enrolmentId}`;
    expect(await from('198.51.100.1', after(3), classId, { phone: family })).not.toHaveProperty('refused');
  });
});

describe('what looks unnatural', () => {
  it('is more than a family in a class, or many in all, from one network within ten minutes; never refused', async () => {
    const classes = [];
    for (let n = 0; n < 6; n += 1) classes.push(await openClass(cast, cast.here, 100));
    const [crowded = ''] = classes;
    const state = [];
    for (let n = 0; n < guardLimits.networkInClass + 1; n += 1)
      state.push(await placeOf(await placed(`10.1.1.${n}`, after(n), crowded)));
    expect(state.map((one) => one?.unconfirmedUntil !== null)).toEqual([
      ...Array.from({ length: 6 }, () => false),
      true,
    ]);
    expect(await placeOf(await placed('10.1.2.1', after(8), crowded))).toMatchObject({ unconfirmedUntil: null });
    // Elsewhere the same network goes on, until there are many in all.
    let clean = 0;
    for (let n = 0; n < 20; n += 1) {
      const one = await placeOf(await placed('10.1.1.9', after(10 + n), classes[1 + (n % 5)] ?? ''));
      clean += one?.unconfirmedUntil === null ? 1 : 0;
    }
    expect(clean).toBe(guardLimits.network - guardLimits.networkInClass - 1);
    expect(await placeOf(await placed('10.1.1.3', after(700), crowded))).toMatchObject({ unconfirmedUntil: null });
  });

  it('is a burst for one class from everywhere, the network’s own fakes not counted', async () => {
    const classId = await openClass(cast, cast.here, 200);
    const state = [];
    for (let n = 0; n < guardLimits.inClass + 2; n += 1)
      state.push(await placeOf(await placed(`10.2.${n}.1`, after(n), classId)));
    expect(state.filter((one) => one?.unconfirmedUntil === null)).toHaveLength(guardLimits.inClass);
    const calm = await openClass(cast, cast.here, 200);
    for (let n = 0; n * mostTogether < guardLimits.inClass * 2; n += 1)
      await familyFrom('10.3.1.1', after(n), calm, false);
    expect(await placeOf(await placed('10.3.2.1', after(20), calm))).toMatchObject({ unconfirmedUntil: null });
  }, 60_000);

  it('sits on at most half of the seats, and the rest waits behind everybody real', async () => {
    const classId = await openClass(cast, cast.here, 20);
    await Promise.all(Array.from({ length: 40 }, (_, n) => placed('10.4.1.1', after(n / 100), classId)));
    // 6 came before anything looked odd; of the others 10 sit and 24 wait, though 4 seats are free.
    expect(await marked(classId)).toEqual({ seated: 10, waiting: 24 });
    expect(await placeOf(await placed('10.4.2.1', after(2), classId))).toEqual({
      status: 'confirmed',
      unconfirmedUntil: null,
    });
    expect(await marked(classId)).toEqual({ seated: 10, waiting: 24 });
    expect(await lawsBroken(classId)).toEqual([]);
  });

  it('ends after a day unless somebody vouches; its seats go on', async () => {
    const classId = await openClass(cast, cast.here, 8);
    for (let n = 0; n < 14; n += 1) await placed('10.5.1.1', after(n), classId);
    const [mine] = await cast.owner<{ id: string }[]>`
      select id from enrolment where class_id = ${classId} and unconfirmed_until is not null and status = 'confirmed' order by created_at limit 1`;
    expect(await confirm(classId, mine?.id ?? '')).toEqual({ classId });
    expect(await confirm(classId, mine?.id ?? '')).toEqual({ classId });
    await cast.owner`update enrolment set unconfirmed_until = now() - interval '1 minute' where class_id = ${classId} and unconfirmed_until is not null`;
    await promoteWhereDue();
    expect(await marked(classId)).toEqual({ seated: 0, waiting: 0 });
    const [left] = await cast.owner<{ status: string }[]>`select status from enrolment where id = ${mine?.id ?? ''}`;
    expect(left?.status).toBe('confirmed');
    const reasons =
      await cast.owner`select distinct reason_code from enrolment_event v join enrolment e on e.id = v.enrolment_id
      where e.class_id = ${classId} and v.to_status = 'cancelled'`;
    expect(reasons).toEqual([{ reasonCode: 'unconfirmed' }]);
    expect(await lawsBroken(classId)).toEqual([]);
  });

  it('ends when its time is over at the next sign-up, without any job', async () => {
    const classId = await openClass(cast, cast.here, 8);
    for (let n = 0; n < 14; n += 1) await placed('10.6.1.1', after(n), classId);
    await cast.owner`update enrolment set unconfirmed_until = now() - interval '1 minute' where class_id = ${classId} and unconfirmed_until is not null`;
    expect(await placeOf(await placed('10.6.2.1', after(20), classId))).toEqual({
      status: 'confirmed',
      unconfirmedUntil: null,
    });
    expect(await marked(classId)).toEqual({ seated: 0, waiting: 0 });
  });

  it('is confirmed and undone only by those who run the class', async () => {
    const theirs = await openClass(cast, cast.there, 20);
    const ids = [];
    for (let n = 0; n < 10; n += 1) ids.push((await placed('10.7.1.1', after(n), theirs)).enrolmentId);
    const last = ids.at(-1) ?? '';
    expect(await confirm(theirs, last)).toEqual({ refused: 'notFound' });
    const undo = { classId: theirs, batch: last, keep: [], before: after(100) };
    expect(await asStaff(staff.token, (tx) => undoBatch(tx, organiser(), undo))).toEqual({ refused: 'notFound' });
    expect(await asStaff(staff.token, (tx) => unconfirmedPlaces(tx, 'vi', theirs))).toEqual({
      places: [],
      batches: [],
    });
    const helper = await cast.token('helper', cast.there);
    expect(await asStaff(helper, (tx) => undoBatch(tx, organiser(), undo))).toEqual({ refused: 'notFound' });
    expect(await marked(theirs)).toMatchObject({ seated: 4 });
  });
});

describe('5 000 fake sign-ups in ten minutes', () => {
  it('keep none of 60 real people from a place', async () => {
    const classId = await openClass(cast, cast.here, 160);
    const fakes = ['192.0.2.10', '192.0.2.99', '198.51.100.5', '2001:db8:9:9::1', '2001:db8:9:9::2'];
    const real: Enrolled[] = [];
    const calls: string[] = [];
    let most = 0;
    let faked = 0;
    // Sixty steps of ten simulated seconds: 84 fakes each, by ones and by sixes, at once with whoever is real.
    for (let step = 0; step < 60; step += 1) {
      const now = after(step * 10);
      const wave = Array.from({ length: 19 }, async (_, n) => {
        const address = fakes[n % fakes.length] ?? '';
        if (n % 3 !== 2) return familyFrom(address, now, classId, n % 2 === 0);
        await placed(address, now, classId);
        return 1;
      });
      const honest =
        step % 2 === 0
          ? // Every third one sits in the same network as some of the fakes.
            [placed((step / 2) % 3 === 0 ? '192.0.2.200' : `100.64.${step}.7`, now, classId)]
          : [];
      const sheet =
        step % 20 === 19
          ? asStaff(staff.token, (tx) =>
              enrolAll(
                tx,
                organiser(),
                Array.from({ length: 10 }, (_, n) => ({ ...form(classId, cast.here), row: String(n) })),
              ),
            )
          : Promise.resolve([]);
      const [came, listed, sizes] = await Promise.all([Promise.all(honest), sheet, Promise.all(wave)]);
      faked += sizes.reduce((sum, size) => sum + size, 0);
      if (isRefusal(listed)) throw new Error(listed.refused);
      real.push(...came, ...listed);
      for (const one of came) if ((await placeOf(one))?.unconfirmedUntil) calls.push(one.enrolmentId);
      most = Math.max(most, (await marked(classId))?.seated ?? 0);
    }
    expect(faked).toBeGreaterThanOrEqual(5000);
    expect(most).toBeLessThanOrEqual(80);
    expect(real).toHaveLength(60);
    // Who sat among the fakes was told whom to call: one press each.
    expect(calls.length).toBe(10);
    for (const id of calls) expect(await confirm(classId, id)).toEqual({ classId });
    const states = await Promise.all(real.map(placeOf));
    expect(states.filter((one) => one?.status === 'confirmed' && one.unconfirmedUntil === null)).toHaveLength(60);
    expect(await lawsBroken(classId)).toEqual([]);
    // The organiser finds a caller among thousands, by name or by the code on the slip.
    const lost = await placed('192.0.2.201', after(599), classId, { fullName: 'Võ Thị Tìm' });
    const sought = (what: string) => asStaff(staff.token, (tx) => unconfirmedPlaces(tx, 'vi', classId, what));
    for (const said of ['vo thi tim', lost.code.toLowerCase(), `${lost.code.slice(0, 4)} ${lost.code.slice(4)}`])
      expect((await sought(said)).places.map(({ id }) => id)).toEqual([lost.enrolmentId]);
    expect((await sought('nobody like this')).places).toEqual([]);
    // The organiser undoes the batches; the real ones stay.
    const seen = await asStaff(staff.token, (tx) => unconfirmedPlaces(tx, 'vi', classId));
    expect(seen.batches).toHaveLength(3);
    for (const { batch } of seen.batches)
      expect(
        await asStaff(staff.token, (tx) =>
          undoBatch(tx, organiser(), { classId, batch, keep: [], before: after(3600) }),
        ),
      ).toMatchObject({ classId });
    expect(await marked(classId)).toEqual({ seated: 0, waiting: 0 });
    expect((await Promise.all(real.map(placeOf))).filter((one) => one?.status === 'confirmed')).toHaveLength(60);
    expect(await lawsBroken(classId)).toEqual([]);
  }, 240_000);
});
