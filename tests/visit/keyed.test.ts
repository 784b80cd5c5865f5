import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyOldHashes } from '../../lib/register/keyed';
import { visitOperation } from '../../lib/visit/schema';
import { atDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await atDoors();
});
afterAll(() => doors.close());

/** The hash earlier builds kept of an operation at a door: who has the rows can make it of every guess. */
const guessed = (operation: object) => {
  const sorted = Object.entries(visitOperation.parse(operation)).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
};
const kept = async (id: string) =>
  (await doors.cast.owner<{ contentHash: string }[]>`select content_hash from visit_operation where id = ${id}`)[0]
    ?.contentHash;
/** As if an earlier build had kept it: its trigger lets nobody write that. */
const asBefore = (id: string, hash: string) =>
  doors.cast.owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update visit_operation set content_hash = ${hash} where id = ${id}`;
  });

test('what is kept of an act is not what everybody can work out of a guess, and with another key it is another', async () => {
  const { one, send, home, outcome, told } = doors;
  const { visitId } = await home();
  const said = outcome(visitId, 'done', { words: 'Bà đang ốm' });
  expect(told(await send(one, [said]))).toEqual(['applied']);
  const first = await kept(said.id);
  expect(first).not.toBe(guessed(said));
  const key = process.env.AUTH_SECRET;
  process.env.AUTH_SECRET = 'another-only-for-tests-another-only-for-tests';
  expect(told(await send(one, [said])), 'not the same under another key').toEqual(['quarantined idReused']);
  process.env.AUTH_SECRET = key;
  expect(told(await send(one, [said]))).toEqual(['duplicate applied']);
});

test('what an earlier build kept is known again before its hash is keyed, and after; something else under its id is not', async () => {
  const { cast, one, send, home, outcome, steps, told } = doors;
  const { visitId } = await home();
  const all = [outcome(visitId), steps(visitId, 'no')];
  const other = [outcome(visitId, 'refused', { id: all[0]?.id }), steps(visitId, 'yes', { id: all[1]?.id })];
  await send(one, all);
  const fresh = await Promise.all(all.map(({ id }) => kept(id)));
  for (const each of all) await asBefore(each.id, guessed(each));
  const [session] = await cast.owner<{ id: string; areaId: number }[]>`select id, area_id from class_session limit 1`;
  const onRegister = randomUUID();
  await cast.owner`insert into register_operation (id, session_id, area_id, account_id, kind, content, content_hash, device_time, outcome)
    values (${onRegister}, ${session?.id ?? ''}, ${session?.areaId ?? 0}, ${one}, 'finish', '{}', ${'0'.repeat(64)}, now(), 'merged')`;

  const again = async () => [told(await send(one, all)), told(await send(one, other))];
  const answers = [Array(2).fill('duplicate applied'), Array(2).fill('quarantined idReused')];
  expect(await again()).toEqual(answers);
  // Two processes that start together.
  const replaced = await Promise.all([keyOldHashes(), keyOldHashes()]);
  expect(replaced[0] + replaced[1]).toBeGreaterThanOrEqual(3);
  expect(await Promise.all(all.map(({ id }) => kept(id)))).toEqual(fresh);
  const [left] = await cast.owner`
    select (select count(*)::int from visit_operation where content_hash ~ '^[0-9a-f]{64}$')
      + (select count(*)::int from register_operation where content_hash ~ '^[0-9a-f]{64}$') as count`;
  expect(left?.count).toBe(0);
  expect(await again()).toEqual(answers);
  expect(await keyOldHashes()).toBe(0);
  await expect(
    cast.owner`update visit_operation set content_hash = 'x' where id = ${all[0]?.id ?? ''}`,
    'once keyed, what a device sent stays',
  ).rejects.toThrow(/is not changed/);
});
