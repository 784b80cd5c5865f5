import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { recordBatch } from '@/lib/register/commands';
import { operationBatch } from '@/lib/register/schema';
import { testDatabase } from '../support/database';
import { as, buildWorld, stateOf, type World } from './world';

/**
 * What phones of each version really send, frozen the day the version came: a file is never changed, only added, and goes no
 * earlier than the fifth version after it (docs/protocols/register-operations.md).
 */
const folder = path.resolve(import.meta.dirname, 'protocols');
const frozen = fs
  .readdirSync(folder)
  .map((file) => Number(path.parse(file).name))
  .sort((a, b) => a - b);
const newest = frozen.at(-1) ?? 0;

let world: World;
beforeAll(async () => {
  world = await buildWorld((await testDatabase()).url);
});
afterAll(async () => {
  await world.sql.end();
  await closePool();
});

const takes = (protocol: number) =>
  operationBatch.safeParse({ protocol, account: world.helper.caller.accountId, operations: [{}] }).success;

test('the newest version and the three before it are taken, and none that nobody has sent yet', () => {
  for (let version = Math.max(1, newest - 3); version <= newest; version += 1) expect(frozen).toContain(version);
  expect(Array.from({ length: newest + 5 }, (_, at) => at).filter(takes)).toEqual(frozen);
});

test.each(frozen)('a phone of protocol %i still syncs, and is answered in its own version', async (version) => {
  const sessionId = await world.newSession();
  const names = {
    SESSION: sessionId,
    PERSON: world.people[0] ?? '',
    SKILL: world.skill,
    ACCOUNT: world.helper.caller.accountId,
  };
  const sent = fs
    .readFileSync(path.join(folder, `${version}.json`), 'utf8')
    .replace(/SESSION|PERSON|SKILL|ACCOUNT/g, (name) => Reflect.get(names, name));
  const send = () => as(world.helper, (tx, caller) => recordBatch(tx, operationBatch.parse(JSON.parse(sent)), caller));
  const first = await send();
  expect(first).toMatchObject({ protocol: version });
  expect('results' in first && first.results.map(({ outcome }) => outcome)).toEqual(Array(6).fill('applied'));
  const state = await stateOf(world.sql, sessionId);
  expect(state.session).toMatchObject({ status: 'held', guests: 4 });
  expect(state.attendance.find(({ personId }) => personId === names.PERSON)).toMatchObject({
    state: 'late',
    minutesLate: 10,
  });
  expect(state.attendance.filter(({ walkIn }) => walkIn)).toHaveLength(1);
  expect(state.observations).toMatchObject([{ level: 3 }]);
  const again = await send();
  expect('results' in again && again.results.map(({ outcome }) => outcome)).toEqual(Array(6).fill('duplicate'));
  expect(await stateOf(world.sql, sessionId)).toEqual(state);
});
