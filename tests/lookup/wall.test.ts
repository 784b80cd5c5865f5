import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asJob, closePool, recordOutsideReading } from '../../lib/access/scoped';
import { enrol } from '../../lib/enrolment/commands';
import { newId } from '../../lib/kernel/id';
import { answerReading, closeReading } from '../../lib/lookup/commands';
import { mergePeople, undoMerge } from '../../lib/pair/commands';
import { correctPerson } from '../../lib/person/commands';
import { findPeople, personRecord } from '../../lib/person/queries';
import { withdraw } from '../../lib/card/commands';
import { openScoped, presentCard } from '../../lib/access/scoped';
import { newCardCode } from '../../lib/kernel/id';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase, type TestDatabase } from '../support/database';
import { nothing, rowsOf, Scene, theWhole } from './scene';

let database: TestDatabase;
let cast: Cast;
let scene: Scene;

beforeAll(async () => {
  database = await testDatabase();
  process.env.DATABASE_URL = database.url;
  cast = await setTheScene(database.url);
  scene = new Scene(cast);
});
afterAll(async () => {
  await cast.owner.end();
  await closePool();
  await database.drop();
});

describe('the record of somebody of another unit', () => {
  test('is not read without a purpose, by any table, whatever the transaction did and whoever asks', async () => {
    const id = await scene.person(cast.there, 'Hồ Thị Không');
    for (const role of ['organiser', 'desk_officer', 'helper', 'unit_leader'] as const) {
      const { token } = await scene.somebody(cast.here, role);
      for (const seen of await scene.lookWithoutLog(token, id)) expect(seen).toEqual(nothing);
      expect(await scene.look(token, newId(), id)).toBeNull();
    }
  });

  test('is read with one: that person alone, what was learnt alone, by that account alone, and every look is in the log', async () => {
    const [id, other] = [await scene.person(cast.there, 'Hồ Thị Mở'), await scene.person(cast.there, 'Hồ Thị Khác')];
    const reader = await scene.somebody(cast.here, 'desk_officer');
    const colleague = await scene.somebody(cast.here);
    const right = await scene.open(reader.token, 'hồ thị mở');
    expect(await scene.look(reader.token, right, id)).toEqual(theWhole);
    expect(await scene.look(reader.token, right, other)).toEqual(nothing);
    expect(await scene.look(colleague.token, right, id)).toBeNull();
    expect(await scene.look(reader.token, right, id)).toEqual(theWhole);
    expect(await scene.logged(reader.accountId, id)).toEqual(
      Array.from({ length: 3 }, () => ({ purpose: 'outside', outside: right })),
    );
    // The log, not the right, is what opens: without the line there is no row.
    for (const seen of await scene.lookWithoutLog(reader.token, id)) expect(seen).toEqual(nothing);
  });

  test('opens to no line of the log but that transaction’s own: not one of before, not a colleague’s, not one that names another right', async () => {
    const id = await scene.person(cast.there, 'Hồ Thị Vết');
    const reader = await scene.somebody(cast.here);
    const right = await scene.open(reader.token, 'Hồ Thị Vết');
    const lines = (account: string, at: string, named: string) =>
      scene.with(reader.token, async (tx) => {
        await cast.owner`insert into audit_event (account_id, at, action, subject_kind, subject_id, details)
        values (${account}, ${at}::text::timestamptz, 'person.read', 'person', ${id}, ${cast.owner.json({ outside: named })})`;
        await tx`insert into audit_event (account_id, action, subject_kind, subject_id) values (${reader.accountId}, 'scene.act', 'person', ${id})`;
        return rowsOf(tx, id);
      });
    expect(await lines(reader.accountId, 'now', right)).toEqual(nothing);
    const other = await scene.somebody(cast.here);
    expect(await lines(other.accountId, 'now', right)).toEqual(nothing);
    const forged = await scene.with(reader.token, async (tx) => {
      // The moment of this very transaction, written by another one.
      const [now] = await tx<{ at: Date }[]>`select now() as at, pg_current_xact_id()`;
      const [moment] = await tx<{ at: string }[]>`select now()::text as at`;
      await cast.owner`insert into audit_event (account_id, at, action, subject_kind, subject_id, details)
        values (${reader.accountId}, ${moment?.at ?? ''}::text::timestamptz, 'person.read', 'person', ${id}, ${cast.owner.json({ outside: right })})`;
      expect(now).toBeDefined();
      return rowsOf(tx, id);
    });
    expect(forged).toEqual(nothing);
    const wrongRight = await scene.with(reader.token, async (tx) => {
      await tx`insert into audit_event (account_id, action, subject_kind, subject_id, details)
        values (${reader.accountId}, 'person.read', 'person', ${id}, ${tx.json({ outside: newId() })})`;
      return rowsOf(tx, id);
    });
    expect(wrongRight).toEqual(nothing);
  });

  test('a look that fails leaves no line and shows nothing; a line is never taken away', async () => {
    const id = await scene.person(cast.there, 'Hồ Thị Hỏng');
    const reader = await scene.somebody(cast.here);
    const right = await scene.open(reader.token, 'Hồ Thị Hỏng');
    await scene.look(reader.token, right, id);
    await expect(cast.owner`delete from audit_event where subject_id = ${id}`).rejects.toThrow('append-only');
    await expect(scene.with(reader.token, (tx) => tx`update audit_event set action = 'x'`)).resolves.toHaveProperty(
      'count',
      0,
    );
  });

  test('ends after three hours to the minute, and nobody can write a longer one', async () => {
    const reader = await scene.somebody(cast.here);
    const id = await scene.person(cast.there, 'Hồ Thị Giờ');
    const still = await scene.openedBefore(reader.accountId, id, cast.here, cast.there, '2 hours 59 minutes');
    expect(await scene.look(reader.token, still, id)).toEqual(theWhole);
    const other = await scene.person(cast.there, 'Hồ Thị Hết');
    const over = await scene.openedBefore(reader.accountId, other, cast.here, cast.there, '3 hours');
    expect(await scene.look(reader.token, over, other)).toBeNull();
    const ahead = await scene.openedBefore(reader.accountId, other, cast.here, cast.there, '-1 hour');
    expect(await scene.look(reader.token, ahead, other)).toBeNull();
    await expect(
      cast.owner`insert into outside_reading (person_id, account_id, reader_area_id, owner_area_id, why, words, until)
        values (${id}, ${reader.accountId}, ${cast.here.unitId}, ${cast.there.villageId}, 'other', 'x', now() + interval '3 hours 1 second')`,
    ).rejects.toThrow('outside_reading_three_hours');
    await expect(
      cast.owner`update outside_reading set until = now() + interval '2 hours' where id = ${over}`,
    ).rejects.toThrow();
    expect(await scene.with(reader.token, (tx) => tx`update outside_reading set until = until`)).toHaveProperty(
      'count',
      0,
    );
  });

  test('ends within a transaction’s own look for who is told meanwhile: by the owning unit, by the reader, by the grant, by the session', async () => {
    const id = await scene.person(cast.there, 'Hồ Thị Dừng');
    const ended = await scene.somebody(cast.here);
    const right = await scene.open(ended.token, 'Hồ Thị Dừng');
    expect(
      await scene.as((tx, caller) => answerReading(tx, { readingId: right, objection: '' }, caller), cast.there),
    ).toEqual({ ended: true });
    expect(await scene.look(ended.token, right, id)).toBeNull();
    expect(await scene.tryOpen(ended.token, 'Hồ Thị Dừng')).toEqual({ refused: 'readingStopped' });

    const done = await scene.somebody(cast.here);
    const own = await scene.open(done.token, 'Hồ Thị Dừng');
    expect(await scene.with(done.token, (tx, caller) => closeReading(tx, own, caller))).toBeNull();
    expect(await scene.look(done.token, own, id)).toBeNull();
    expect(await scene.with(done.token, (tx, caller) => closeReading(tx, own, caller))).toEqual({
      refused: 'notFound',
    });

    const left = await scene.somebody(cast.here);
    const granted = await scene.open(left.token, 'Hồ Thị Dừng');
    await cast.owner`update account_grant set valid_to = portal_day() - 1 where account_id = ${left.accountId}`;
    expect(await scene.look(left.token, granted, id)).toBeNull();
    // Another office of theirs does not bring it back.
    await cast.owner`insert into account_grant (account_id, role, area_id) select ${left.accountId}, 'organiser', min(id) from area where kind = 'commune' and id not in (18859, 18901)`;
    expect(await scene.look(left.token, granted, id)).toBeNull();

    const out = await scene.somebody(cast.here);
    const session = await scene.open(out.token, 'Hồ Thị Dừng');
    expect(await scene.look(out.token, session, id)).toEqual(theWhole);
    await cast.owner`update auth_session set ended_at = now() where account_id = ${out.accountId}`;
    await expect(scene.look(out.token, session, id)).rejects.toThrow('nobody signed in');
    await cast.owner`update account set disabled_at = now() where id = ${out.accountId}`;
  });

  test('of a record that was merged is that of the one that was kept, and goes back when they are taken apart', async () => {
    const [kept, goes] = [await scene.person(cast.there, 'Hồ Thị Giữ'), await scene.person(cast.there, 'Hồ Thị Gộp')];
    await cast.owner`delete from attendance where person_id = ${goes}`;
    const reader = await scene.somebody(cast.here);
    const right = await scene.open(reader.token, 'Hồ Thị Gộp');
    expect(await scene.look(reader.token, right, kept)).toEqual(nothing);
    await scene.as((tx, caller) => mergePeople(tx, { keptId: kept, mergedId: goes, take: [] }, caller), cast.there);
    expect(await scene.look(reader.token, right, kept)).toMatchObject({ person: 1, attendance: 1 });
    expect(await scene.look(reader.token, right, goes)).toMatchObject({ person: 0 });
    const [merge] = await cast.owner<{ id: string }[]>`select id from person_merge where merged_id = ${goes}`;
    await scene.as((tx, caller) => undoMerge(tx, { mergeId: merge?.id ?? '' }, caller), cast.there);
    expect(await scene.look(reader.token, right, kept)).toEqual(nothing);
    expect(await scene.look(reader.token, right, goes)).toMatchObject({ person: 1 });
    // The old name finds the kept record.
    await scene.as((tx, caller) => mergePeople(tx, { keptId: kept, mergedId: goes, take: [] }, caller), cast.there);
    const second = await scene.somebody(cast.here);
    expect(await scene.look(second.token, await scene.open(second.token, 'Hồ Thị Gộp'), kept)).toMatchObject({
      person: 1,
    });
  });

  test('is never written: not corrected, not enrolled, not marked, not found by the ordinary search, in the very transaction that reads', async () => {
    const id = await scene.person(cast.there, 'Hồ Thị Viết');
    const reader = await scene.somebody(cast.here);
    const right = await scene.open(reader.token, 'Hồ Thị Viết');
    await scene.with(reader.token, async (tx, caller) => {
      const open = await recordOutsideReading(tx, caller, right);
      expect(open?.personId).toBe(id);
      expect((await tx`update person set full_name = 'X' where id = ${id}`).count).toBe(0);
      for (const table of ['attendance', 'skill_observation', 'enrolment', 'consent'] as const) {
        expect((await tx`delete from ${tx(table)} where person_id = ${id}`).count).toBe(0);
        if (table !== 'consent')
          expect((await tx`update ${tx(table)} set person_id = person_id where person_id = ${id}`).count).toBe(0);
      }
      expect(
        await correctPerson(
          tx,
          { personId: id, fullName: 'X Y', areaId: cast.here.villageId, phoneOf: 'self', homeHow: 'moved' },
          caller,
        ),
      ).toEqual({ refused: 'notFound' });
    });
    for (const statement of ['consent', 'person_phone'] as const)
      await expect(
        scene.with(reader.token, async (tx, caller) => {
          await recordOutsideReading(tx, caller, right);
          await (statement === 'consent'
            ? tx`insert into consent (person_id, purpose, text_version, given, how) values (${id}, 'class', 1, true, 'oral')`
            : tx`insert into person_phone (person_id, phone) values (${id}, '+84912345999')`);
        }),
      ).rejects.toThrow('row-level security');
    // An action's transaction writes no such line: to it the person is not there.
    const enrolled = await scene.with(reader.token, (tx, caller) =>
      enrol(
        tx,
        { caller, channel: 'phone' },
        {
          classId: cast.here.classId,
          formKey: newId(),
          signedUpBy: null,
          consent: { version: 1, how: 'oral' },
          learner: { personId: id },
        },
      ),
    );
    expect(enrolled).toHaveProperty('refused');
    const found = await scene.with(reader.token, (tx) => findPeople(tx, 'vi', { name: 'Hồ Thị Viết' }));
    expect(found.people).toEqual([]);
  });

  test('is not read by work left to the portal under the same account, nor by a token of somebody else', async () => {
    const id = await scene.person(cast.there, 'Hồ Thị Máy');
    const reader = await scene.somebody(cast.here);
    await scene.open(reader.token, 'Hồ Thị Máy');
    const seen = await asJob(reader.token, 'read write', async (tx) => {
      await tx`select pg_current_xact_id()`;
      return rowsOf(tx, id);
    });
    expect(seen).toEqual(nothing);
  });

  test('shows by the record’s own query name, year, village, classes, skills; neither the number nor who may correct', async () => {
    const id = await scene.person(cast.there, 'Hồ Thị Trang', 1950, '+84912000111');
    const reader = await scene.somebody(cast.here);
    const right = await scene.open(reader.token, 'Hồ Thị Trang');
    const record = await scene.with(reader.token, async (tx, caller) => {
      const open = await recordOutsideReading(tx, caller, right);
      return open ? personRecord(open.tx, 'vi', open.personId) : null;
    });
    expect(record?.details).toMatchObject({
      id,
      fullName: 'Hồ Thị Trang',
      birthYear: 1950,
      phone: null,
      mayCorrect: false,
    });
    expect(record?.classes).toHaveLength(1);
    expect(record?.skills.some(({ history }) => history.length > 0)).toBe(true);
  });

  test('is nobody’s any longer once the person withdrew', async () => {
    const id = await scene.person(cast.there, 'Hồ Thị Rút');
    const reader = await scene.somebody(cast.here);
    const right = await scene.open(reader.token, 'Hồ Thị Rút');
    const code = newCardCode();
    await cast.owner`insert into card (person_id, code) values (${id}, ${code})`;
    await openScoped('read write', 'camtay_public', '', async (tx) => {
      expect(await presentCard(tx, code)).toBe(id);
      expect(await withdraw(tx, id)).toBeNull();
    });
    expect(await scene.look(reader.token, right, id)).toBeNull();
    const [row] =
      await cast.owner`select words, ended_at is not null as ended from outside_reading where id = ${right}`;
    expect(row).toEqual({ words: '', ended: true });
  });
});
