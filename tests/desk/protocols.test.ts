import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordAssists } from '../../lib/desk/commands';
import { deskBatch } from '../../lib/desk/schema';
import { atDesks, type Desks } from './acts';

/**
 * What phones of each version really send, frozen the day the version came: a file is never changed, only added
 * (docs/protocols/desk-operations.md).
 */
const folder = path.resolve(import.meta.dirname, 'protocols');
const frozen = fs
  .readdirSync(folder)
  .map((file) => Number(path.parse(file).name))
  .sort((a, b) => a - b);

let desks: Desks;
beforeAll(async () => {
  desks = await atDesks();
});
afterAll(() => desks.close());

test('the versions phones have sent are taken, and none that nobody has sent yet', () => {
  const takes = (protocol: number) => deskBatch.safeParse({ protocol, account: desks.one, operations: [{}] }).success;
  expect(Array.from({ length: (frozen.at(-1) ?? 0) + 5 }, (_, at) => at).filter(takes)).toEqual(frozen);
});

test.each(frozen)('a phone of protocol %i still syncs, once', async (version) => {
  const { deskId, personId } = await desks.point({ day: '2026-03-02' });
  const names = { DESK: deskId, PERSON: personId, ACCOUNT: desks.one };
  const sent = fs
    .readFileSync(path.join(folder, `${version}.json`), 'utf8')
    .replace(/DESK|PERSON|ACCOUNT/g, (name) => Reflect.get(names, name));
  // In the days after: what arrives a season later is not taken any more.
  const now = new Date('2026-03-05T08:00:00+07:00');
  const send = () =>
    desks.by(desks.one, (tx, caller) => recordAssists(tx, deskBatch.parse(JSON.parse(sent)), caller, now));
  const first = await send();
  expect(first).toMatchObject({ protocol: version });
  expect('results' in first && desks.told(first.results)).toEqual(['applied', 'applied', 'applied', 'held']);
  const state = await desks.cast.owner`
    select need_code, level, minutes, referred_to, person_id, invite, undone_at is not null as undone from desk_assist where desk_id = ${deskId} order by at`;
  expect(state).toEqual([
    { needCode: 'vneid', level: 2, minutes: 10, referredTo: 'home_visit', personId, invite: true, undone: false },
    { needCode: 'phone', level: 0, minutes: 60, referredTo: null, personId: null, invite: false, undone: true },
  ]);
  const again = await send();
  expect('results' in again && desks.told(again.results)).toEqual([
    ...Array<string>(3).fill('duplicate applied'),
    'duplicate held',
  ]);
});
