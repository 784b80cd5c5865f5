import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool, openScoped } from '../../lib/access/scoped';
import { newId } from '../../lib/kernel/id';
import { problemsOf } from '../../lib/kernel/input';
import { askNumber, slipOfVisit } from '../../lib/visit/checking';
import { askForSomebody, askForVisit, forgetOverdue, withdrawRequest } from '../../lib/visit/commands';
import { visitQueue } from '../../lib/visit/queries';
import { keptDays, mostADay, mostWrong } from '../../lib/visit/rules';
import { momentOf, dayOf } from '../../lib/kernel/clock';
import { helpForm, requestForm, type HelpAsked } from '../../lib/visit/schema';
import { as } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, roundAt } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
beforeEach(async () => {
  await cast.owner`delete from visit_check_attempt`;
  await cast.owner`delete from slip_attempt`;
  await cast.owner`update visit_request set created_at = created_at - interval '2 days'`;
});

const typed = (more: Record<string, unknown> = {}): HelpAsked =>
  helpForm.parse({
    area: String(cast.here.villageId),
    askedBy: 'relative',
    fullName: 'Hồ Thị Nhờ',
    born: '1951',
    phone: '0912 345 678',
    phoneOf: 'relative',
    needs: ['vneid', 'phone'],
    times: 'morning',
    words: 'Nhà sau trường',
    consent: 'on',
    consentVersion: '2',
    formKey: newId(),
    ...more,
  });
const publicly = <R>(work: Parameters<typeof openScoped<R>>[3]) => openScoped('read write', 'camtay_public', '', work);
/** Each from a network of its own, unless told: the share of one network is kept-short.test.ts's. */
let networks = 0;
const ask = (form: HelpAsked, address = `10.${(networks += 1) >> 8}.${networks & 255}.1`) =>
  publicly((tx) => askForVisit(tx, form, address));
const codeOf = async (form = typed()) => {
  const done = await ask(form);
  if (!('code' in done)) throw new Error(JSON.stringify(done));
  return done.code;
};

describe('asking for a visit', () => {
  test('anybody may; twenty times the same form at once is one request with one slip', async () => {
    const form = typed();
    const all = await Promise.all(Array.from({ length: 20 }, () => ask(form)));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    const rows =
      await cast.owner`select area_id, needs, birth_year, phone, phone_of from visit_request where full_name = 'Hồ Thị Nhờ'`;
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      needs: ['vneid', 'phone'],
      birthYear: 1951,
      phone: '+84912345678',
      phoneOf: 'relative',
    });
  });

  test('an age is understood as a year; without consent, a need or a name nothing is taken', () => {
    expect(typed({ born: '71' }).birthYear).toBe(new Date().getFullYear() - 71);
    const bad = helpForm.safeParse({
      area: '1',
      askedBy: '',
      fullName: '',
      born: 'già',
      formKey: newId(),
      consentVersion: '1',
    });
    expect(bad.success ? {} : problemsOf(bad.error)).toEqual({
      askedBy: 'chooseWhoAsks',
      fullName: 'nameMissing',
      born: 'ageShape',
      needs: 'chooseVisitNeed',
      consent: 'visitConsent',
    });
  });

  test('the words agreed to say how long each is kept, as the portal then does; those agreed to before stay as they were', async () => {
    const words = await cast.owner<{ version: number; vi: string; en: string }[]>`
      select version, body_vi as vi, body_en as en from consent_text where purpose = 'visit' order by version`;
    const days = ({ vi, en }: { vi: string; en: string }) => [vi, en].map((text) => text.match(/\d+(?= (ngày|days))/g));
    expect(words.map(days)).toEqual([
      [[String(keptDays.settled)], [String(keptDays.settled)]],
      [
        [String(keptDays.settled), String(keptDays.waiting)],
        [String(keptDays.settled), String(keptDays.waiting)],
      ],
    ]);
  });

  test('words replaced meanwhile are shown again; a phone asks nine times a day at most, from wherever', async () => {
    for (const consentVersion of ['1', '7'])
      expect(await ask(typed({ consentVersion }))).toEqual({ refused: 'consentChanged', field: 'consent' });
    expect(await ask(typed({ area: '44' }))).toEqual({ refused: 'chooseVillage', field: 'area' });
    const phone = '0912 000 111';
    for (let at = 0; at < mostADay.phone; at += 1) await codeOf(typed({ phone }));
    expect(await ask(typed({ phone }))).toEqual({ refused: 'askTooMany' });
  });

  test('the slip says how it stands and names nobody; wrong numbers are counted and then nothing is looked at', async () => {
    const code = await codeOf(typed({ phone: '' }));
    const look = (which: string) => publicly((tx) => slipOfVisit(tx, 'vi', which, '203.0.113.9', new Date()));
    const slip = await look(code);
    expect(slip).toMatchObject({ code, state: 'open', needs: ['vneid', 'phone'] });
    expect(JSON.stringify(slip)).not.toMatch(/Nhờ"|Hồ Thị|1951|trường/);
    for (let at = 0; at < 30; at += 1) {
      const wrong = await publicly((tx) => withdrawRequest(tx, '22222222', '203.0.113.9'));
      expect(wrong).toMatchObject({ refused: 'visitCodeUnknown', kept: true });
    }
    expect(await look(code)).toBe('tooMany');
    expect(await publicly((tx) => slipOfVisit(tx, 'vi', code, '198.51.100.4', new Date()))).toMatchObject({ code });
  });

  test('taken back, who it was about is gone at once and no round goes there', async () => {
    const code = await codeOf(typed({ phone: '0912 222 333' }));
    const [request] = await cast.owner<{ id: string }[]>`select id from visit_request where code = ${code}`;
    const visitId = await homeOn(cast, cast.here, await roundAt(cast, cast.here), { requestId: request?.id ?? '' });
    expect(await publicly((tx) => withdrawRequest(tx, code, '203.0.113.1'))).toEqual({ code });
    expect(await publicly((tx) => withdrawRequest(tx, code, '203.0.113.1')), 'twice is once').toEqual({ code });
    const [left] =
      await cast.owner`select full_name, phone, birth_year, words, closed_because from visit_request where code = ${code}`;
    expect(left).toEqual({ fullName: '', phone: null, birthYear: null, words: '', closedBecause: 'withdrawn' });
    const [home] = await cast.owner<
      { off: boolean }[]
    >`select taken_off_at is not null as off from visit where id = ${visitId}`;
    expect(home?.off).toBe(true);
  });

  test('thirty days after it was settled nobody knows who it was', async () => {
    const code = await codeOf(typed({ phone: '0912 444 555' }));
    await cast.owner`update visit_request set closed_at = now() - interval '31 days', closed_because = 'done' where code = ${code}`;
    await forgetOverdue();
    const [left] = await cast.owner`select full_name, phone, words from visit_request where code = ${code}`;
    expect(left).toEqual({ fullName: '', phone: null, words: '' });
  });

  test('an organiser asks for whom they may look up, once; nobody else sees the queue', async () => {
    const personId = await neighbour(cast, cast.here);
    const form = requestForm.parse({ personId, needs: 'safety', times: '', words: '', formKey: newId() });
    const done = await as(cast, 'organiser', cast.here, (tx, caller) => askForSomebody(tx, form, caller));
    expect(done).toHaveProperty('id');
    expect(await as(cast, 'organiser', cast.here, (tx, caller) => askForSomebody(tx, form, caller))).toEqual(done);
    const again = { ...form, formKey: newId() };
    expect(await as(cast, 'organiser', cast.here, (tx, caller) => askForSomebody(tx, again, caller))).toEqual({
      refused: 'visitOpen',
    });
    expect(await as(cast, 'organiser', cast.there, (tx, caller) => askForSomebody(tx, again, caller))).toEqual({
      refused: 'notFound',
    });
    const queue = await as(cast, 'organiser', cast.here, (tx) => visitQueue(tx, 'vi', undefined, new Date()));
    expect(queue.find((line) => line.personId === personId)?.priority.reasons).toEqual(['safety', 'age70', 'never']);
    for (const [role, place] of [
      ['organiser', cast.there],
      ['helper', cast.here],
      ['unit_leader', cast.here],
      ['province_leader', cast.here],
      ['desk_officer', cast.here],
      ['province_admin', cast.here],
    ] as const) {
      const seen = await as(cast, role, place, async (tx) => ({
        queue: (await visitQueue(tx, 'vi', undefined, new Date())).length,
        rows: (await tx`select from visit_request where area_id = ${cast.here.villageId}`).count,
      }));
      expect(seen, `${role} of ${place.unitId}`).toEqual({ queue: 0, rows: 0 });
    }
  });
});

describe('asking after a number', () => {
  const clock = (time: string) => momentOf(dayOf(new Date()), time);
  const check = (pin: string, { address = '203.0.113.50', area = cast.here.villageId, at = clock('01:15') } = {}) =>
    askNumber('vi', { area, pin }, address, at);
  const wrong = (count: number, address: (at: number) => string) =>
    cast.owner`insert into visit_check_attempt ${cast.owner(
      Array.from({ length: count }, (_, at) => ({ area_id: cast.here.villageId, address: address(at) })),
    )}`;

  test('a right one tells team and hours, never a name; another village, another day and a round called off do not', async () => {
    const personId = await neighbour(cast, cast.here);
    const roundId = await roundAt(cast, cast.here, { members: [cast.here.memberId], from: '01:00', until: '01:30' });
    await homeOn(cast, cast.here, roundId, { personId }, '0482');
    const right = await check('0482');
    expect(right).toMatchObject({ tooMany: false, expected: { helpers: 1 } });
    expect(JSON.stringify(right)).not.toMatch(/Lê Văn|Trần Văn|1950/);
    expect((await check('0483')).expected).toBeNull();
    expect((await check('0482', { area: cast.there.villageId })).expected).toBeNull();
    expect((await check('0482', { at: clock('13:15') })).expected, 'the afternoon').toBeNull();
    expect(
      (await check('0482', { at: new Date(clock('01:15').getTime() + 86_400_000) })).expected,
      'tomorrow',
    ).toBeNull();
    await cast.owner`update visit_round set called_off_at = now() where id = ${roundId}`;
    expect((await check('0482')).expected).toBeNull();
  });

  test('guessing ends after a few from one address, and for a village after more, whoever guesses', async () => {
    const roundId = await roundAt(cast, cast.here, { members: [cast.here.memberId], from: '02:00', until: '02:30' });
    await homeOn(cast, cast.here, roundId, { personId: await neighbour(cast, cast.here) }, '7777');
    await wrong(mostWrong.address, () => '203.0.113.50');
    expect(await check('7777')).toEqual({ expected: null, tooMany: true });
    expect((await check('7777', { address: '198.51.100.1', at: clock('02:15') })).expected).not.toBeNull();
    await wrong(mostWrong.village, (at) => `198.51.100.${100 + (at % 100)}`);
    expect(await check('7777', { address: '192.0.2.200' })).toEqual({ expected: null, tooMany: true });
  });

  test('many guesses at once are no more guesses', async () => {
    const pins = Array.from({ length: 40 }, (_, at) => String(9000 + at));
    const answers = await Promise.all(pins.map((pin) => check(pin)));
    expect(answers.filter(({ tooMany }) => !tooMany)).toHaveLength(mostWrong.address);
  });
});
