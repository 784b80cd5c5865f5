import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped } from '../../lib/access/scoped';
import { withdraw } from '../../lib/card/commands';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { recordOutcome, withdrawRequest } from '../../lib/visit/commands';
import type { OutcomeSaid } from '../../lib/visit/schema';
import { asHolder, learner } from '../card/scene';
import { as } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, pair, roundAt, said } from './scene';

let cast: Cast;
let own: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  ({ own } = await pair(cast, cast.here));
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

let minute = 0;
const round = () => {
  minute += 2;
  const at = (from: number) =>
    `${String(Math.floor(from / 60)).padStart(2, '0')}:${String(from % 60).padStart(2, '0')}`;
  return roundAt(cast, cast.here, { members: [own], from: at(minute), until: at(minute + 1) });
};
const record = (what: OutcomeSaid, role: 'helper' | 'organiser' = 'helper') =>
  as(cast, role, cast.here, (tx, caller) => recordOutcome(tx, what, caller, new Date()));
const words = (visitId: string, more = {}) =>
  said(visitId, { outcome: 'not_home', minutes: '', words: 'Hàng xóm nói bà đi vắng', ...more });
const outcomes = (visitId: string) =>
  cast.owner<{ words: string }[]>`select words from visit_outcome where visit_id = ${visitId}`;

/** Numbers that look random and are the same for the same seed. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('what came of a visit is not recorded', () => {
  test('of a round called off, by whoever goes or plans', async () => {
    const [roundId, personId] = [await round(), await neighbour(cast, cast.here)];
    const visitId = await homeOn(cast, cast.here, roundId, { personId });
    await cast.owner`update visit_round set called_off_at = now() where id = ${roundId}`;
    expect(await record(words(visitId), 'organiser')).toEqual({ refused: 'roundCalledOff' });
    expect(await record(words(visitId), 'helper'), 'no more theirs').toEqual({ refused: 'notFound' });
    expect(await outcomes(visitId)).toHaveLength(0);
  });

  test('of somebody who withdrew, though an earlier outcome keeps the home on its round', async () => {
    const me = await learner(cast, cast.here);
    const visitId = await homeOn(cast, cast.here, await round(), { personId: me.personId });
    await record(words(visitId));
    await asHolder(me.code, (tx, id) => withdraw(tx, id));
    expect(await record(words(visitId))).toEqual({ refused: 'visitWithdrawn' });
    expect(await outcomes(visitId)).toEqual([{ words: '' }]);
  });

  test('of a request that was taken back', async () => {
    const [id, code] = [newId(), newSlipCode()];
    await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key)
      values (${id}, ${code}, ${cast.here.villageId}, 'self', 'Ai Đó', '{phone}', 1, ${newId()})`;
    const visitId = await homeOn(cast, cast.here, await round(), { requestId: id });
    await record(words(visitId));
    await openScoped('read write', 'camtay_public', '', (tx) => withdrawRequest(tx, code, '203.0.113.1'));
    expect(await record(words(visitId))).toEqual({ refused: 'visitWithdrawn' });
    expect(await outcomes(visitId)).toEqual([{ words: '' }]);
  });
});

test('withdrawing and recording at the same moment, fifty times: no word is left, and what was refused wrote nothing', async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  process.stdout.write(`withdraw against record: SEED=${seed}\n`);
  const roll = dice(seed);
  const tally = { recorded: 0, refused: 0 };
  for (let run = 0; run < 50; run += 1) {
    const me = await learner(cast, cast.here);
    const visitId = await homeOn(cast, cast.here, await round(), { personId: me.personId });
    const before = roll(2);
    if (before === 1) await record(words(visitId));
    const [early, late] = [roll(2) === 0, roll(12)];
    // The one begins first, the other after so many statements of its own.
    const later = async <R>(work: () => Promise<R>) => {
      for (let step = 0; step < late; step += 1) await cast.owner`select 1`;
      return work();
    };
    const leave = () => asHolder(me.code, (tx, id) => withdraw(tx, id));
    const write = () => record(words(visitId));
    const [left, wrote] = await Promise.all(early ? [leave(), later(write)] : [later(leave), write()]);
    expect(left, `run ${run}`).toBeNull();
    const rows = await outcomes(visitId);
    if ('refused' in wrote) {
      tally.refused += 1;
      expect(['visitWithdrawn', 'notFound'], `run ${run}`).toContain(wrote.refused);
      expect(rows, `run ${run}`).toHaveLength(before);
    } else tally.recorded += 1;
    expect(
      rows.filter((row) => row.words !== ''),
      `run ${run} of seed ${seed}: words left behind`,
    ).toHaveLength(0);
    expect(await record(words(visitId)), `run ${run}: afterwards`).toHaveProperty('refused');
  }
  expect(tally.recorded, 'both ways happened').toBeGreaterThan(0);
  expect(tally.refused, 'both ways happened').toBeGreaterThan(0);
});
