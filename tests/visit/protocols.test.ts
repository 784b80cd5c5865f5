import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordVisits } from '../../lib/visit/commands';
import { visitBatch } from '../../lib/visit/schema';
import { atDoors, type Doors } from './doors';

/**
 * What phones of each version really send, frozen the day the version came: a file is never changed, only added
 * (docs/protocols/visit-operations.md).
 */
const folder = path.resolve(import.meta.dirname, 'protocols');
const frozen = fs
  .readdirSync(folder)
  .map((file) => Number(path.parse(file).name))
  .sort((a, b) => a - b);

let doors: Doors;
beforeAll(async () => {
  doors = await atDoors();
});
afterAll(() => doors.close());

test('the versions phones have sent are taken, and none that nobody has sent yet', () => {
  const takes = (protocol: number) => visitBatch.safeParse({ protocol, account: doors.one, operations: [{}] }).success;
  expect(Array.from({ length: (frozen.at(-1) ?? 0) + 5 }, (_, at) => at).filter(takes)).toEqual(frozen);
});

test.each(frozen)('a phone of protocol %i still syncs, once', async (version) => {
  const { visitId } = await doors.home({ day: '2026-03-02' });
  const names = { VISIT: visitId, SKILL: doors.cast.skillCode, ACCOUNT: doors.one };
  const sent = fs
    .readFileSync(path.join(folder, `${version}.json`), 'utf8')
    .replace(/VISIT|SKILL|ACCOUNT/g, (name) => Reflect.get(names, name));
  // In the days after: what arrives a season later is not taken any more.
  const now = new Date('2026-03-05T08:00:00+07:00');
  const send = () =>
    doors.by(doors.one, (tx, caller) => recordVisits(tx, visitBatch.parse(JSON.parse(sent)), caller, now));
  const first = await send();
  expect(first).toMatchObject({ protocol: version });
  expect('results' in first && doors.told(first.results)).toEqual(['merged', 'applied', 'applied', 'applied']);
  const state = await doors.stateOf(visitId);
  expect(state.outcomes.map(({ outcome }) => outcome)).toEqual(['not_home', 'done']);
  expect([state.seen.length, state.answers.length, state.rest?.closedBecause]).toEqual([1, 2, 'done']);
  const again = await send();
  expect('results' in again && doors.told(again.results)).toEqual([
    'duplicate merged',
    ...Array<string>(3).fill('duplicate applied'),
  ]);
  expect(await doors.stateOf(visitId)).toEqual(state);
});
