import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { currentLevels } from '@/lib/register/queries';
import { operationBatch } from '@/lib/register/schema';
import { registerSheet } from '@/lib/register/sheets';
import { testDatabase } from '../support/database';
import { as, buildWorld, post, said, stateOf, type World } from './world';

let world: World;

beforeAll(async () => {
  const database = await testDatabase();
  world = await buildWorld(database.url);
});
afterAll(async () => {
  await world.sql.end();
  await closePool();
});

const outcomes = (results: readonly { outcome: string; reason?: string }[]) =>
  results.map((result) => (result.reason ? `${result.outcome} ${result.reason}` : result.outcome));
const person = (index: number) => world.people[index] ?? '';
const walkIn = (sessionId: string, content: object = {}, personId: string = randomUUID()) => ({
  ...said(sessionId, 'walk_in', { fullName: 'Hoàng Thị Yến', areaId: world.village, state: 'present', ...content }),
  personId,
});

describe('the register', () => {
  test('starts with everyone on the roll present by default, and a mark by hand wins over it even when older', async () => {
    const session = await world.newSession();
    const absent = said(session, 'mark', { personId: person(0), state: 'absent', at: '2026-03-02T11:00:00Z' });
    expect(outcomes(await post(world.helper, [said(session, 'start'), absent]))).toEqual(['applied', 'applied']);
    const { attendance, session: row } = await stateOf(world.sql, session);
    expect(attendance.map((mark) => mark.state).toSorted()).toEqual(['absent', 'present', 'present', 'present']);
    expect(row?.registerStartedBy).toBe(world.helper.caller.accountId);
  });

  test('keeps the mark that lost, as merged', async () => {
    const session = await world.newSession();
    const newer = said(session, 'mark', {
      personId: person(0),
      state: 'late',
      minutesLate: 10,
      at: '2026-03-02T12:10:00Z',
    });
    const older = said(session, 'mark', { personId: person(0), state: 'absent', at: '2026-03-02T12:05:00Z' });
    expect(outcomes(await post(world.helper, [newer]))).toEqual(['applied']);
    expect(outcomes(await post(world.helper, [older]))).toEqual(['merged']);
    const { attendance, operations } = await stateOf(world.sql, session);
    expect(attendance).toMatchObject([{ state: 'late', minutesLate: 10, operationId: newer.id }]);
    expect(operations).toHaveLength(2);
  });

  test('holds the mark of somebody who has not walked in yet, until the walk-in comes', async () => {
    const session = await world.newSession();
    const comes = walkIn(session, { birthYear: 1950, phone: '0912 345 678' });
    const mark = said(session, 'mark', { personId: comes.personId, state: 'left_early', at: '2026-03-02T13:00:00Z' });
    expect(outcomes(await post(world.helper, [mark]))).toEqual(['held personNotOnRoll']);
    expect((await stateOf(world.sql, session)).attendance).toHaveLength(0);
    expect(outcomes(await post(world.helper, [comes]))).toEqual(['merged']);
    expect((await stateOf(world.sql, session)).attendance).toMatchObject([{ state: 'left_early', walkIn: true }]);
    const [made] = await world.sql`
      select p.full_name, p.given_name, p.phone_hint, c.how, c.taken_by, c.text_version, f.phone
      from person p join consent c on c.person_id = p.id join person_phone f on f.person_id = p.id where p.id = ${comes.personId}`;
    expect(made).toMatchObject({ givenName: 'Yến', phoneHint: '••• 678', how: 'oral', phone: '+84912345678' });
    const [kept] = await world.sql`select content::text as content from register_operation where id = ${comes.id}`;
    expect(kept?.content).not.toMatch(/Yến|678/);
  });

  test('finishes only once started; then the session is held, and stays open to corrections', async () => {
    const session = await world.newSession();
    expect(outcomes(await post(world.helper, [said(session, 'finish')]))).toEqual(['held registerNotStarted']);
    expect((await stateOf(world.sql, session)).session?.status).toBe('published');
    await post(world.helper, [said(session, 'start'), said(session, 'guests', { count: 3 })]);
    const { session: row, attendance } = await stateOf(world.sql, session);
    expect(row).toMatchObject({ status: 'held', guests: 3 });
    expect(attendance).toHaveLength(4);
    expect(
      outcomes(await post(world.helper, [said(session, 'mark', { personId: person(1), state: 'excused' })])),
    ).toEqual(['applied']);
  });

  test('writes one audit row for a batch, without names', async () => {
    const session = await world.newSession();
    await post(world.helper, [said(session, 'start'), walkIn(session)]);
    const rows =
      await world.sql`select action, details::text as details from audit_event where subject_id = ${session}`;
    expect(rows).toHaveLength(1);
    expect(rows[0]?.details).not.toMatch(/Yến/);
  });
});

describe('skills', () => {
  const observe = (session: string, content: object) =>
    said(session, 'observe', { personId: person(0), skillCode: world.skill, level: 3, ...content });

  test('an observation waits for the person to have come', async () => {
    const session = await world.newSession();
    const seen = observe(session, {});
    expect(outcomes(await post(world.helper, [seen]))).toEqual(['held personNotMarked']);
    expect((await stateOf(world.sql, session)).observations).toHaveLength(0);
    await post(world.helper, [said(session, 'start')]);
    expect((await stateOf(world.sql, session)).observations).toMatchObject([
      { id: seen.id, level: 3, source: 'session' },
    ]);
  });

  test('the current level is the latest, counts only while the person stands as present, and never an own claim', async () => {
    const session = await world.newSession();
    const who = person(3);
    const levels = () => as(world.helper, (tx) => currentLevels(tx, [who]));
    const skillCode = world.skill;
    await post(world.helper, [
      said(session, 'start'),
      observe(session, { personId: who, level: 3, at: '2026-03-02T12:30:00Z' }),
      observe(session, { personId: who, level: 2, at: '2026-03-02T12:20:00Z' }),
    ]);
    await world.sql`
      insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at)
      values (${randomUUID()}, ${who}, ${skillCode}, 4, 'own_claim', ${world.village}, '2026-04-01')`;
    expect(await levels()).toMatchObject([{ personId: who, skillCode, level: 3, attained: true }]);
    const absent = said(session, 'mark', { personId: who, state: 'absent', at: '2026-03-02T14:00:00Z' });
    await post(world.helper, [absent]);
    expect(await levels()).toEqual([]);
    await post(world.helper, [said(session, 'mark', { personId: who, state: 'late', at: '2026-03-02T14:01:00Z' })]);
    expect(await levels()).toMatchObject([{ level: 3 }]);
    expect(await as(world.stranger, (tx) => currentLevels(tx, [who]))).toEqual([]);
  });
});

describe('repetition', () => {
  test('the same id with the same content is a duplicate, with the first outcome', async () => {
    const session = await world.newSession();
    const start = said(session, 'start');
    expect(outcomes(await post(world.helper, [start, start]))).toEqual(['applied', 'duplicate']);
    expect(await post(world.helper, [start])).toEqual([{ id: start.id, outcome: 'duplicate', first: 'applied' }]);
  });

  test('the same id with other content is put aside and changes nothing', async () => {
    const session = await world.newSession();
    const mark = said(session, 'mark', { personId: person(0), state: 'absent' });
    await post(world.helper, [mark]);
    const before = await stateOf(world.sql, session);
    expect(outcomes(await post(world.helper, [{ ...mark, state: 'present' }]))).toEqual(['quarantined idReused']);
    const elsewhere = await world.newSession();
    expect(outcomes(await post(world.helper, [{ ...mark, sessionId: elsewhere }]))).toEqual(['quarantined idReused']);
    expect(await stateOf(world.sql, session)).toEqual(before);
    expect((await stateOf(world.sql, elsewhere)).operations).toHaveLength(0);
  });
});

describe('somebody else’s', () => {
  test('a session out of scope is answered like one that does not exist, and nothing is written', async () => {
    const session = await world.newSession();
    const operations = [said(session, 'start'), walkIn(session), said(randomUUID(), 'start')];
    for (const actor of [world.stranger, world.desk])
      expect(outcomes(await post(actor, operations))).toEqual(['out_of_scope', 'out_of_scope', 'out_of_scope']);
    const { attendance, operations: kept } = await stateOf(world.sql, session);
    expect([attendance, kept]).toEqual([[], []]);
    expect(await as(world.stranger, (tx) => registerSheet(tx, session, 'vi'))).toBeNull();
    expect(await as(world.desk, (tx) => registerSheet(tx, session, 'vi'))).toMatchObject({ mayRecord: false });
  });

  test('a person of another ward cannot be marked, observed or walked in by their id', async () => {
    const session = await world.newSession();
    const theirs = await world.newPerson('Người Xã Khác', 18901);
    const results = await post(world.helper, [
      said(session, 'start'),
      said(session, 'mark', { personId: theirs, state: 'present' }),
      said(session, 'observe', { personId: theirs, skillCode: world.skill, level: 3 }),
      walkIn(session, {}, theirs),
    ]);
    expect(outcomes(results)).toEqual([
      'applied',
      'held personNotOnRoll',
      'held personNotOnRoll',
      'quarantined idReused',
    ]);
    const { attendance, observations } = await stateOf(world.sql, session);
    expect([attendance.length, observations.length]).toEqual([4, 0]);
    const [row] = await world.sql`select full_name from person where id = ${theirs}`;
    expect(row?.fullName).toBe('Người Xã Khác');
  });

  test('an operation id taken in another ward is put aside, not overwritten', async () => {
    const [mine, start] = [await world.newSession(), said(await world.newSession(), 'start')];
    await world.sql`
      insert into register_operation (id, session_id, area_id, account_id, kind, content, content_hash, device_time, outcome)
      values (${start.id}, ${mine}, 18901, ${world.stranger.caller.accountId}, 'start', '{}', 'x', now(), 'applied')`;
    expect(outcomes(await post(world.helper, [start, said(start.sessionId, 'guests', { count: 2 })]))).toEqual([
      'quarantined idReused',
      'applied',
    ]);
  });
});

describe('bad input', () => {
  test('each bad operation is put aside with a reason; the good ones between them are applied', async () => {
    const session = await world.newSession();
    const mark = (content: object) => said(session, 'mark', { personId: person(0), state: 'absent', ...content });
    const bad: [unknown, string][] = [
      [null, 'wrong'],
      ['start', 'wrong'],
      [{}, 'wrong'],
      [said(session, 'dance'), 'wrong'],
      [mark({ id: 'abc' }), 'unknownId'],
      [mark({ sessionId: "'; drop table person" }), 'unknownId'],
      [mark({ personId: 5 }), 'unknownId'],
      [mark({ state: '' }), 'chooseState'],
      [mark({ state: 'late', minutesLate: 0 }), 'minutesShape'],
      [mark({ state: 'late', minutesLate: '10' }), 'minutesShape'],
      [mark({ at: '31/02/2026' }), 'clockWrong'],
      [mark({ at: '2026-02-31T10:00:00Z' }), 'clockWrong'],
      [mark({ at: '1970-01-01T00:00:00Z' }), 'clockWrong'],
      [mark({ at: new Date(Date.now() + 3 * 86_400_000).toISOString() }), 'clockWrong'],
      [walkIn(session, { fullName: '' }), 'nameMissing'],
      [walkIn(session, { fullName: '\u0000' }), 'nameMissing'],
      [walkIn(session, { fullName: 'a'.repeat(10_000) }), 'tooLong'],
      [walkIn(session, { birthYear: 2400 }), 'birthYearFuture'],
      [walkIn(session, { areaId: 77 }), 'chooseArea'],
      [walkIn(session, { areaId: '18859; --' }), 'chooseArea'],
      [walkIn(session, { phone: '12' }), 'phoneShape'],
      [said(session, 'observe', { personId: person(0), skillCode: 'no-such', level: 3 }), 'skillUnknown'],
      [said(session, 'observe', { personId: person(0), skillCode: '<script>\u0000', level: 3 }), 'skillUnknown'],
      [said(session, 'observe', { personId: person(0), skillCode: world.skill, level: 5 }), 'levelShape'],
      [said(session, 'guests', { count: -1 }), 'guestsShape'],
    ];
    const batch = bad.flatMap(([each]) => [each, said(session, 'guests', { count: 1 })]);
    const results = await post(world.helper, batch);
    expect(results.filter((_, index) => index % 2 === 0).map((result) => `${result.outcome} ${result.reason}`)).toEqual(
      bad.map(([, reason]) => `quarantined ${reason}`),
    );
    expect(results.filter((_, index) => index % 2 === 1).every((result) => /applied|merged/.test(result.outcome))).toBe(
      true,
    );
    expect((await stateOf(world.sql, session)).attendance).toHaveLength(0);
  });

  test('odd but honest text is kept as typed, in NFC', async () => {
    const session = await world.newSession();
    const comes = walkIn(session, { fullName: '  Nguyễn  Thị\u0000 Hòa 🌸 '.normalize('NFD') });
    expect(outcomes(await post(world.helper, [comes]))).toEqual(['applied']);
    const [row] = await world.sql`select full_name from person where id = ${comes.personId}`;
    expect(row?.fullName).toBe('Nguyễn Thị Hòa 🌸'.normalize('NFC'));
  });

  test('a session that is planned, cancelled or did not happen takes no register', async () => {
    for (const [status, reason] of [
      ['planned', 'sessionNotPublished'],
      ['cancelled', 'sessionCancelled'],
    ] as const) {
      const session = await world.newSession(status);
      const comes = walkIn(session);
      expect(outcomes(await post(world.helper, [said(session, 'start'), comes]))).toEqual([
        `quarantined ${reason}`,
        `quarantined ${reason}`,
      ]);
      const { operations } = await stateOf(world.sql, session);
      const [row] = await world.sql`select count(*)::int as count from person where id = ${comes.personId}`;
      expect([operations.length, row?.count]).toEqual([0, 0]);
    }
  });

  test('what the database refuses is put aside alone and leaves no trace', async () => {
    const session = await world.newSession();
    const comes = walkIn(session);
    await world.sql`reset role`;
    await world.sql`alter table person add constraint not_this_one check (full_name <> 'Bị Từ Chối')`;
    await world.sql`set role camtay_system`;
    const refused = walkIn(session, { fullName: 'Bị Từ Chối' });
    expect(outcomes(await post(world.helper, [said(session, 'start'), refused, comes]))).toEqual([
      'applied',
      'quarantined operationRefused',
      'applied',
    ]);
    const [row] = await world.sql`select count(*)::int as count from person where id = ${refused.personId}`;
    expect([row?.count, (await stateOf(world.sql, session)).operations.length]).toEqual([0, 2]);
  });

  test('only a broken envelope is an error of the whole', () => {
    for (const body of [
      null,
      [],
      {},
      { protocol: 2, operations: [{}] },
      { protocol: 3, operations: [{}] },
      { protocol: 1, operations: [] },
    ])
      expect(operationBatch.safeParse(body).success).toBe(false);
    expect(operationBatch.safeParse({ protocol: 1, operations: Array.from({ length: 201 }, () => ({})) }).success).toBe(
      false,
    );
    expect(operationBatch.safeParse({ protocol: 1, operations: [null] }).success).toBe(true);
  });
});

describe('two devices at once', () => {
  test('take turns over several sessions in any order: no deadlock, nothing lost', async () => {
    const sessions = [await world.newSession(), await world.newSession(), await world.newSession()];
    const shared = randomUUID();
    const batches = Array.from({ length: 16 }, (_, device) =>
      sessions
        .flatMap((session) => [
          said(session, 'start'),
          walkIn(session, {}, shared),
          ...world.people.map((personId) =>
            said(session, 'mark', {
              personId,
              state: 'late',
              minutesLate: device + 1,
              at: `2026-03-02T12:00:${10 + device}Z`,
            }),
          ),
          said(session, 'observe', { personId: person(device % 4), skillCode: world.skill, level: device % 5 }),
        ])
        .toSorted(() => Math.random() - 0.5),
    );
    const answers = await Promise.all(batches.map((batch) => post(world.helper, batch)));
    expect(answers.flat().every((answer) => /applied|merged|held/.test(answer.outcome))).toBe(true);
    for (const session of sessions) {
      const { attendance, observations, operations } = await stateOf(world.sql, session);
      expect(operations).toHaveLength(16 * 7);
      expect(observations).toHaveLength(16);
      expect(attendance.filter((mark) => !mark.walkIn).map((mark) => mark.minutesLate)).toEqual([16, 16, 16, 16]);
    }
  });
});
