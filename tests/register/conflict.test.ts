import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { recordBatch, recordPlainRegister } from '@/lib/register/commands';
import { registerPack } from '@/lib/register/packing';
import { operationBatch, plainRegister } from '@/lib/register/schema';
import { registerSheet } from '@/lib/register/sheets';
import { testDatabase } from '../support/database';
import { as, buildWorld, post, said, stateOf, type World } from './world';

let world: World;

beforeAll(async () => {
  world = await buildWorld((await testDatabase()).url);
});
afterAll(async () => {
  await world.sql.end();
  await closePool();
});

const person = (index: number) => world.people[index] ?? '';
const outcomes = (results: readonly { outcome: string; reason?: string; first?: string }[]) =>
  results.map(({ outcome, reason, first }) => [outcome, reason, first].filter(Boolean).join(' '));
const mark = (session: string, state: string, after: string[] | undefined, at: string, more: object = {}) =>
  said(session, 'mark', { personId: person(0), state, at: `2026-03-02T${at}Z`, ...(after ? { after } : {}), ...more });
const outcomeOf = async (session: string) =>
  Object.fromEntries((await stateOf(world.sql, session)).operations.map(({ id, outcome }) => [id, outcome]));
const standing = async (session: string) => (await stateOf(world.sql, session)).attendance[0]?.state;

describe('two who mark the same person and do not know of each other', () => {
  test('both are told, whichever came first, and the newer stands meanwhile', async () => {
    for (const order of ['as made', 'the other way']) {
      const session = await world.newSession();
      const absent = mark(session, 'absent', [], '12:00:00');
      const late = mark(session, 'late', [], '12:01:00', { minutesLate: 10 });
      const sent = order === 'as made' ? [absent, late] : [late, absent];
      await post(world.helper, sent.slice(0, 1));
      expect(outcomes(await post(world.helper, sent.slice(1)))).toEqual(['conflict']);
      expect(outcomes(await post(world.helper, sent.slice(0, 1)))).toEqual(['duplicate conflict']);
      expect(await standing(session)).toBe('late');
      const sheet = await as(world.helper, (tx) => registerSheet(tx, session, 'vi'));
      const shown = sheet?.people.find(({ id }) => id === person(0));
      expect(shown?.versions).toMatchObject([
        { state: 'late', minutesLate: 10, byName: 'Người thử' },
        { state: 'absent' },
      ]);
      expect(shown?.marks.toSorted()).toEqual([absent.id, late.id].toSorted());
    }
  });

  test('who say the same do not disagree', async () => {
    const session = await world.newSession();
    const results = await post(world.helper, [
      mark(session, 'absent', [], '12:00:00'),
      mark(session, 'absent', [], '12:01:00'),
    ]);
    expect(outcomes(results)).toEqual(['merged', 'applied']);
  });

  test('a mark that names both settles it, even by a clock two days slow', async () => {
    const session = await world.newSession();
    const [one, two] = [mark(session, 'absent', [], '12:00:00'), mark(session, 'late', [], '12:01:00')];
    await post(world.helper, [one, two]);
    const settles = { ...mark(session, 'excused', [one.id, two.id], '12:00:00'), at: '2026-02-28T12:00:00Z' };
    expect(outcomes(await post(world.helper, [settles]))).toEqual(['applied']);
    expect(await outcomeOf(session)).toEqual({ [one.id]: 'merged', [two.id]: 'merged', [settles.id]: 'applied' });
    expect(await standing(session)).toBe('excused');
  });

  test('a device that knew the other’s mark corrects it, whatever its clock says', async () => {
    const session = await world.newSession();
    const first = mark(session, 'absent', [], '12:00:00');
    const after = { ...mark(session, 'present', [first.id], '12:00:00'), at: '2026-02-28T12:00:00Z' };
    expect(outcomes(await post(world.helper, [first, after]))).toEqual(['merged', 'applied']);
    expect(await standing(session)).toBe('present');
  });

  test('devices of protocol 1 tell nothing of what they knew: the newest mark wins as ever, nothing is contested', async () => {
    const session = await world.newSession();
    const knows = mark(session, 'absent', [], '12:00:00');
    const old = mark(session, 'late', undefined, '12:01:00');
    expect(outcomes(await post(world.helper, [knows, old]))).toEqual(['merged', 'applied']);
    const newer = mark(session, 'excused', [], '12:02:00');
    expect(outcomes(await post(world.helper, [newer]))).toEqual(['conflict']);
    expect((await outcomeOf(session))[old.id]).toBe('merged');
  });

  test('marks that name each other in a circle still leave one standing', async () => {
    const session = await world.newSession();
    const [a, b] = [randomUUID(), randomUUID()];
    await post(world.helper, [
      { ...mark(session, 'absent', [b], '12:00:00'), id: a },
      { ...mark(session, 'late', [a], '12:01:00'), id: b },
    ]);
    expect(await standing(session)).toBe('late');
  });

  test('with the plain form, too: what it showed is what it knows', async () => {
    const session = await world.newSession();
    await world.sql`update class_session set starts_at = now() - interval '1 hour', ends_at = now() where id = ${session}`;
    await post(world.helper, [said(session, 'start', { at: new Date().toISOString() })]);
    const form = (state: string, seen: string) =>
      plainRegister.parse({
        sessionId: session,
        act: 'save',
        [`mark.${person(0)}`]: state,
        [`was.mark.${person(0)}`]: '',
        [`seen.${person(0)}`]: seen,
      });
    const save = (state: string, seen: string) =>
      as(world.helper, (tx, caller) => recordPlainRegister(tx, form(state, seen), caller));
    expect(await save('absent', '')).toBeNull();
    expect(await save('late', '')).toBeNull();
    const sheet = await as(world.helper, (tx) => registerSheet(tx, session, 'vi'));
    const shown = sheet?.people.find(({ id }) => id === person(0));
    expect(shown?.versions).toHaveLength(2);
    expect(await save('late', shown?.marks.join() ?? '')).toBeNull();
    const settled = await as(world.helper, (tx) => registerSheet(tx, session, 'vi'));
    expect(settled?.people.find(({ id }) => id === person(0))).toMatchObject({ state: 'late', versions: [] });
  });
});

describe('a register settled more than 48 hours ago', () => {
  const hours = (session: { endsAt: Date }, count: number) =>
    new Date(session.endsAt.getTime() + count * 3_600_000).toISOString();
  const newHeld = async () => {
    const id = await world.newSession();
    const [row] = await world.sql<{ endsAt: Date }[]>`select ends_at from class_session where id = ${id}`;
    const session = { id, endsAt: row?.endsAt ?? new Date() };
    await post(world.helper, [said(id, 'start', { at: hours(session, -1) })]);
    return session;
  };

  test('takes no correction without a reason, and keeps the reason where the history is read', async () => {
    const session = await newHeld();
    const late = said(session.id, 'mark', {
      personId: person(0),
      state: 'absent',
      after: [],
      at: hours(session, 48.1),
    });
    const walkIn = { fullName: 'Hồ Thị Mới', areaId: world.village, at: hours(session, 50), personId: randomUUID() };
    const inTime = said(session.id, 'mark', {
      personId: person(1),
      state: 'absent',
      after: [],
      at: hours(session, 47.9),
    });
    const answers = await post(world.helper, [late, inTime, said(session.id, 'walk_in', walkIn)]);
    expect(outcomes(answers)).toEqual(['quarantined reasonMissing', 'applied', 'quarantined reasonMissing']);
    expect(answers[0]?.field).toBe('why');
    const [made] = await world.sql`select count(*)::int as count from person where id = ${walkIn.personId}`;
    expect(made?.count).toBe(0);
    const again = { ...late, id: randomUUID(), why: '  ghi nhầm   người ' };
    expect(outcomes(await post(world.helper, [again]))).toEqual(['applied']);
    const sheet = await as(world.helper, (tx) => registerSheet(tx, session.id, 'vi'));
    expect(sheet?.history.find(({ personId }) => personId === person(0))?.why).toBe('ghi nhầm người');
  });

  test('that is only begun then is no correction', async () => {
    const id = await world.newSession();
    const [row] = await world.sql<{ endsAt: Date }[]>`select ends_at from class_session where id = ${id}`;
    const at = hours({ endsAt: row?.endsAt ?? new Date() }, 72);
    const results = await post(world.helper, [
      said(id, 'start', { at }),
      said(id, 'mark', { personId: person(0), state: 'absent', after: [], at }),
    ]);
    expect(outcomes(results)).toEqual(['applied', 'applied']);
  });

  test('refuses the plain form at its field, and writes nothing', async () => {
    const session = await newHeld();
    const before = await stateOf(world.sql, session.id);
    const form = {
      sessionId: session.id,
      act: 'save',
      [`mark.${person(0)}`]: 'absent',
      [`was.mark.${person(0)}`]: 'present',
    };
    const refused = as(world.helper, async (tx, caller) => {
      const refusal = await recordPlainRegister(tx, plainRegister.parse(form), caller);
      if (refusal) throw new Error(`${refusal.refused} ${refusal.field}`);
    });
    await expect(refused).rejects.toThrow('reasonMissing why');
    expect(await stateOf(world.sql, session.id)).toEqual(before);
  });
});

describe('the envelope', () => {
  test('of protocol 2 is refused whole when the work is another account’s', async () => {
    const session = await world.newSession();
    const batch = (account: string) =>
      operationBatch.parse({ protocol: 2, account, operations: [said(session, 'start')] });
    const sent = (account: string) => as(world.helper, (tx, caller) => recordBatch(tx, batch(account), caller));
    expect(await sent(world.stranger.caller.accountId)).toMatchObject({ refused: 'otherAccount' });
    expect((await stateOf(world.sql, session)).operations).toEqual([]);
    expect(await sent(world.helper.caller.accountId)).toMatchObject({ protocol: 2, results: [{ outcome: 'applied' }] });
  });

  test('of protocol 1 still gets its answer, and an operation of it sent again after the update is a duplicate', async () => {
    const session = await world.newSession();
    const operation = {
      id: '01990000-0000-7000-8000-000000000001',
      sessionId: session,
      kind: 'mark',
      at: '2026-03-02T12:00:00.000Z',
      personId: person(0),
      state: 'late',
      minutesLate: 10,
    };
    const sent = () =>
      as(world.helper, (tx, caller) =>
        recordBatch(tx, operationBatch.parse({ protocol: 1, operations: [operation] }), caller),
      );
    expect(await sent()).toEqual({ protocol: 1, results: [{ id: operation.id, outcome: 'applied' }] });
    expect(await sent()).toMatchObject({ results: [{ outcome: 'duplicate', first: 'applied' }] });
    // The hash earlier builds made.
    await world.sql`
      update register_operation set content_hash = encode(sha256(convert_to(${JSON.stringify(
        Object.entries(operation).sort(([a], [b]) => (a < b ? -1 : 1)),
      )}, 'UTF8')), 'hex') where id = ${operation.id}`;
    expect(await sent()).toMatchObject({ results: [{ outcome: 'duplicate', first: 'applied' }] });
  });
});

describe('what a phone takes along', () => {
  test('is the caller’s sessions of the days around, with names and no phone numbers, years or villages but of namesakes', async () => {
    const soon = await world.newSession();
    const far = await world.newSession();
    const gone = await world.newSession();
    await world.sql`update class_session set starts_at = now() + interval '1 day', ends_at = now() + interval '26 hours' where id = ${soon}`;
    await world.sql`update class_session set starts_at = now() + interval '15 days', ends_at = now() + interval '15 days 2 hours' where id = ${far}`;
    await world.sql`update class_session set starts_at = now() - interval '9 days', ends_at = now() - interval '8 days' where id = ${gone}`;
    const [twin, other] = [randomUUID(), randomUUID()];
    await post(world.helper, [
      said(soon, 'walk_in', {
        personId: twin,
        fullName: 'Lê Thị Ánh',
        birthYear: 1950,
        areaId: world.village,
        phone: '0912345678',
      }),
      said(soon, 'walk_in', { personId: other, fullName: 'Cao Thị Yến', birthYear: 1951, areaId: world.village }),
    ]);
    const pack = await as(world.helper, (tx, caller) => registerPack(tx, caller, 'vi', new Date(), undefined));
    const packed = pack.sessions.find(({ line }) => line.id === soon);
    const ids = pack.sessions.map(({ line }) => line.id);
    expect([soon, far, gone].filter((id) => ids.includes(id))).toEqual([soon]);
    expect(pack.account).toBe(world.helper.caller.accountId);
    const people = packed?.sheet.people ?? [];
    expect(people.find(({ id }) => id === twin)).toMatchObject({ birthYear: 1950 });
    expect(people.find(({ id }) => id === other)).toMatchObject({ birthYear: null, village: '' });
    expect(JSON.stringify(pack)).not.toMatch(/1951|0?912\s?345\s?678|•/);
    expect(packed).not.toHaveProperty('sheet.history');
    const theirs = await as(world.stranger, (tx, caller) => registerPack(tx, caller, 'vi', new Date(), soon));
    expect(theirs.sessions).toEqual([]);
  });
});
