import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionOptions } from '../../db/connection';
import { attempt, closePool, elevated, openScoped, type ScopedTx } from '../../lib/access/scoped';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

/**
 * A row that names a person opens that person to whoever reads the row. So nobody may hang one on a stranger, with the walls
 * alone and every rule in code forgotten.
 */
let cast: Cast;
let token: string;

beforeAll(async () => {
  const database = await testDatabase();
  cast = await setTheScene(database.url);
  token = await cast.token('organiser', cast.here);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

/** What the organiser of here sees of the learner of there once the statement went through; 'refused' by the wall. */
async function afterwards(hang: (tx: ScopedTx) => Promise<unknown>) {
  const undo = new Error('undo');
  let seen: object | 'refused' = 'refused';
  await openScoped('read write', 'camtay_app', token, async (tx) => {
    try {
      await hang(tx);
    } catch (error) {
      if (error instanceof postgres.PostgresError && error.code === '42501') throw undo;
      throw error;
    }
    const people = await tx`select full_name from person where id = ${cast.there.personId}`;
    const phones = await tx`select phone from person_phone where person_id = ${cast.there.personId}`;
    seen = { people: people.count, phones: phones.count };
    throw undo;
  }).catch((error: unknown) => expect(error).toBe(undo));
  return seen;
}

describe('an organiser cannot open a stranger of another unit', () => {
  test('by enrolling them, in a class of either unit', async () => {
    for (const classId of [cast.here.classId, cast.there.classId])
      expect(
        await afterwards(
          (tx) => tx`
            insert into enrolment (class_id, area_id, person_id, status, code, channel, idempotency_key)
            values (${classId}, ${cast.here.villageId}, ${cast.there.personId}, 'cancelled', ${newSlipCode()}, 'staff', ${newId()})`,
        ),
      ).toBe('refused');
  });

  test('by putting their id into a place of one’s own', async () => {
    const seen = await afterwards(
      (tx) => tx`update enrolment set person_id = ${cast.there.personId} where id = ${cast.here.enrolmentId}`,
    );
    expect(seen).toEqual({ people: 0, phones: 0 });
  });

  test('by marking them present, or moving a mark to them', async () => {
    for (const sessionId of [cast.here.sessionIds[0], cast.there.sessionIds[0]])
      expect(
        await afterwards(
          (tx) => tx`
            insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
            values (${sessionId}, ${cast.there.personId}, ${cast.here.villageId}, 'present', false, now(), ${newId()})
            on conflict do nothing`,
        ),
      ).toBe('refused');
    expect(
      await afterwards(
        (tx) =>
          tx`update attendance set person_id = ${cast.there.personId} where session_id = ${cast.here.sessionIds[0]}`,
      ),
    ).toBe('refused');
  });

  test('nor write a phone, a consent or an observation upon them', async () => {
    expect(
      await afterwards(
        (tx) => tx`insert into person_phone (person_id, phone) values (${cast.there.personId}, '+84900000000')`,
      ),
    ).toBe('refused');
    expect(
      await afterwards(
        (tx) =>
          tx`insert into consent (person_id, purpose, text_version, given, how) values (${cast.there.personId}, 'class', 1, true, 'oral')`,
      ),
    ).toBe('refused');
    expect(
      await afterwards(
        (tx) => tx`
          insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at)
          values (${newId()}, ${cast.there.personId}, ${cast.skillCode}, 4, 'recheck', ${cast.here.villageId}, now())`,
      ),
    ).toBe('refused');
  });

  test('nor hang a session or an operation of theirs on another unit’s class', async () => {
    expect(
      await afterwards(
        (tx) => tx`
          insert into class_session (class_id, area_id, venue_id, position, starts_at, ends_at)
          values (${cast.there.draftId}, ${cast.here.villageId}, ${cast.here.venueId}, 9, now() + interval '90 days', now() + interval '91 days')`,
      ),
    ).toBe('refused');
    expect(
      await afterwards(
        (tx) => tx`
          insert into register_operation (id, session_id, area_id, account_id, kind, content, content_hash, device_time, outcome)
          select ${newId()}, ${cast.there.sessionIds[0]}, ${cast.here.villageId}, caller_account(), 'start', '{}', 'none', now(), 'held'`,
      ),
    ).toBe('refused');
  });

  test('and still brings in somebody new, with phone, consent and a mark', async () => {
    const id = newId();
    const seen = await afterwards(async (tx) => {
      await tx`insert into person (id, area_id, full_name, given_name, name_folded) values (${id}, ${cast.there.villageId}, 'Hồ Thị Mới', 'Mới', 'ho thi moi')`;
      await tx`insert into person_phone (person_id, phone) values (${id}, '+84900000001')`;
      await tx`insert into consent (person_id, purpose, text_version, given, how) values (${id}, 'class', 1, true, 'oral')`;
      await tx`
        insert into attendance (session_id, person_id, area_id, state, walk_in, by_default, marked_at, operation_id)
        values (${cast.here.sessionIds[0]}, ${id}, ${cast.here.villageId}, 'present', true, false, now(), ${newId()})`;
      expect((await tx`select from person where id = ${id}`).count).toBe(1);
    });
    expect(seen).toEqual({ people: 0, phones: 0 });
  });
});

describe('temporary tables', () => {
  test('cannot be made by a caller of a migrated database', async () => {
    // Asked of the template: what is granted on a database is not copied with it.
    const template = connectionOptions(process.env.TEST_DATABASE_URL ?? '').database;
    const open = await cast.owner`
      select r from unnest(array['camtay_app', 'camtay_public', 'camtay_system']) r where has_database_privilege(r, ${template}, 'TEMP')`;
    expect(open.map(({ r }) => String(r))).toEqual([]);
  });

  test('are not what the functions behind the policies read, were there one', async () => {
    const undo = new Error('undo');
    await cast.owner
      .begin(async (tx) => {
        await tx.unsafe(`
          create temp table auth_session (account_id uuid, token_hash bytea, ended_at timestamptz, expires_at timestamptz);
          insert into auth_session select id, sha256('made up'), null, now() + interval '1 day' from account limit 1;
          grant select on auth_session to public;
          select set_config('camtay.token', 'made up', true), set_config('role', 'camtay_app', true);`);
        expect(await tx`select caller_account() as who`).toEqual([{ who: null }]);
        throw undo;
      })
      .catch((error: unknown) => expect(error).toBe(undo));
  });
});

describe('the system’s rights are given back', () => {
  const who = async (tx: ScopedTx) => (await tx<{ who: string }[]>`select current_user as who`)[0]?.who;

  test('when the work throws and the caller goes on', async () => {
    const left = await openScoped('read only', 'camtay_app', token, async (tx) => {
      await elevated(tx, 'test', async () => {
        throw new Error('a rule, not the database');
      }).catch(() => undefined);
      return who(tx);
    });
    expect(left).toBe('camtay_app');
  });

  test('when the database refuses inside a savepoint', async () => {
    const left = await openScoped('read only', 'camtay_app', token, async (tx) => {
      await attempt(tx, (inner) => elevated(inner, 'test', (system) => system`select 1 / 0`)).catch(() => undefined);
      return who(tx);
    });
    expect(left).toBe('camtay_app');
  });

  test('when a savepoint inside them elevates again', async () => {
    const left = await openScoped('read only', 'camtay_app', token, async (tx) => {
      await elevated(tx, 'test', (system) => attempt(system, (inner) => elevated(inner, 'again', who)));
      return who(tx);
    });
    expect(left).toBe('camtay_app');
  });
});
