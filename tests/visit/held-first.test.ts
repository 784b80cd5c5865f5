import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { withdraw } from '../../lib/card/commands';
import { dayOf, addDays } from '../../lib/kernel/clock';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { matchRequest, putOnRound } from '../../lib/visit/commands';
import { asHolder, learner } from '../card/scene';
import { as } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { roundAt } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const request = async (personId: string | null = null) => {
  const id = newId();
  await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key, person_id)
    values (${id}, ${newSlipCode()}, ${cast.here.villageId}, 'self', 'Ai Đó', '{phone}', 1, ${newId()}, ${personId})`;
  return id;
};
let ahead = 40;
const round = () => roundAt(cast, cast.here, { day: addDays(dayOf(new Date()), (ahead += 1)) });
const plan = <R>(work: Parameters<typeof as<R>>[3]) => as(cast, 'organiser', cast.here, work);

/** A withdrawal on a connection of its own, done but for its end, while `other` begins on another; ends once that waits for it, or is through. */
async function whileWithdrawing<R>(code: string, other: () => Promise<R>): Promise<R> {
  let done: Promise<R> | undefined;
  await asHolder(code, async (tx, id) => {
    expect(await withdraw(tx, id)).toBeNull();
    let through = false;
    done = other().finally(() => (through = true));
    done.catch(() => undefined);
    const waits = async () =>
      (
        await cast.owner`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and state = 'active'`
      ).count > 0;
    await expect.poll(async () => through || (await waits()), { timeout: 10_000, interval: 10 }).toBe(true);
    return null;
  });
  if (!done) throw new Error('nobody withdrew');
  return done;
}

describe('somebody withdraws at this very moment', () => {
  test('a request is not said to be about them', async () => {
    const me = await learner(cast, cast.here);
    const requestId = await request();
    const match = () => plan((tx, caller) => matchRequest(tx, { requestId, personId: me.personId }, caller));
    expect(await whileWithdrawing(me.code, match)).toHaveProperty('refused');
    expect(await match(), 'nor afterwards').toHaveProperty('refused');
    const [row] = await cast.owner`select person_id, full_name from visit_request where id = ${requestId}`;
    expect(row).toEqual({ personId: null, fullName: 'Ai Đó' });
  });

  test('nobody puts them on a round, by their record or by what they asked for', async () => {
    for (const by of ['record', 'request']) {
      const me = await learner(cast, cast.here);
      const home = by === 'record' ? `p:${me.personId}` : `r:${await request(me.personId)}`;
      const roundId = await round();
      const put = () => plan((tx, caller) => putOnRound(tx, { roundId, homes: [home] }, caller, new Date()));
      expect(await whileWithdrawing(me.code, put), by).toHaveProperty('refused');
      expect(await put(), `${by}, afterwards`).toHaveProperty('refused');
      expect(await cast.owner`select from visit where round_id = ${roundId}`, by).toHaveLength(0);
    }
  });

  test('who was put on a round first is taken off it', async () => {
    const me = await learner(cast, cast.here);
    const roundId = await round();
    const put = { roundId, homes: [`p:${me.personId}`] };
    let left: Promise<unknown> | undefined;
    await plan(async (tx, caller) => {
      expect(await putOnRound(tx, put, caller, new Date())).toEqual({ id: roundId });
      left = asHolder(me.code, (own, id) => withdraw(own, id));
    });
    expect(await left).toBeNull();
    const rows = await cast.owner`select taken_off_at is null as "on" from visit where round_id = ${roundId}`;
    expect([...rows]).toEqual([{ on: false }]);
  });
});
