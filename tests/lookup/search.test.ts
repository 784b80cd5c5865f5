import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { readingsOf } from '../../lib/card/queries';
import { newId } from '../../lib/kernel/id';
import { isRefusal } from '../../lib/kernel/result';
import { answerReading, lookUp, openReading } from '../../lib/lookup/commands';
import { foundElsewhere, readingsHere, readingsLately, runningReadings } from '../../lib/lookup/queries';
import { maskedName } from '../../lib/lookup/rules';
import { lookupForm, mostHits, mostReadings, mostSearches, openForm } from '../../lib/lookup/schema';
import { presentCard, openScoped, recordOwnReading } from '../../lib/access/scoped';
import { newCardCode } from '../../lib/kernel/id';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase, type TestDatabase } from '../support/database';
import { Scene } from './scene';

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

const found = (token: string, typed: { name: string; birthYear?: number; digits?: string }) =>
  scene.with(token, async (tx, caller) => {
    const done = await lookUp(tx, typed, caller);
    if (isRefusal(done)) throw new Error(done.refused);
    return { id: done.searchId, ...(await foundElsewhere(tx, 'vi', done.searchId)) };
  });

describe('looking for somebody of another unit', () => {
  test('takes the whole name and one thing more: neither alone, nor a part, nor a year beside it finds anybody', async () => {
    await scene.person(cast.there, 'Hồ Thị Tìm', 1950, '+84912345111');
    const { token } = await scene.somebody(cast.here);
    expect((await found(token, { name: 'hồ thị TÌM', birthYear: 1950 })).people).toMatchObject([
      { name: 'H.T. Tìm', decade: 1950 },
    ]);
    expect((await found(token, { name: 'Ho Thi Tim', digits: '5111' })).people).toHaveLength(1);
    expect((await found(token, { name: 'Ho Thi Tim', birthYear: 1950, digits: '5111' })).people).toHaveLength(1);
    for (const typed of [
      { name: 'Hồ Tìm', birthYear: 1950 },
      { name: 'Hồ Thị', birthYear: 1950 },
      { name: 'Hồ Thị Tìm', birthYear: 1951 },
      { name: 'Hồ Thị Tìm', digits: '5112' },
      { name: 'Hồ Thị Tìm', birthYear: 1951, digits: '5111' },
      { name: '% % %', birthYear: 1950 },
      { name: 'Hồ Thị _ìm', birthYear: 1950 },
    ])
      expect((await found(token, typed)).people).toEqual([]);
    expect(lookupForm.safeParse({ name: 'Hồ Thị Tìm', birthYear: '', digits: '' }).success).toBe(false);
    expect(lookupForm.safeParse({ name: 'Tìm', birthYear: '1950' }).success).toBe(false);
    expect(lookupForm.safeParse({ name: 'Hồ Thị Tìm', digits: '111' }).success).toBe(false);
  });

  test('shows at most five, masked, and never those of the own area or an id of a record', async () => {
    const ids = [];
    for (let at = 0; at < mostHits + 2; at += 1) ids.push(await scene.person(cast.there, 'Hồ Thị Đông', 1948));
    const mine = await scene.person(cast.here, 'Hồ Thị Đông', 1948);
    const { token } = await scene.somebody(cast.here);
    const { people, more } = await found(token, { name: 'Hồ Thị Đông', birthYear: 1948 });
    expect(people).toHaveLength(mostHits);
    expect(more).toBe(true);
    for (const one of people ?? []) {
      expect(Object.keys(one).toSorted()).toEqual(['decade', 'id', 'name', 'unit']);
      expect([...ids, mine]).not.toContain(one.id);
    }
    const { token: own } = await scene.somebody(cast.there);
    expect((await found(own, { name: 'Hồ Thị Đông', birthYear: 1948 })).people).toHaveLength(1);
    expect(maskedName('Hồ Thị Đông')).toBe('H.T. Đông');
    expect(maskedName('Đông')).toBe('Đông');
  });

  test('is limited for each account and day, hits and misses alike, also twenty at once', async () => {
    const { token, accountId } = await scene.somebody(cast.here);
    const tries = await Promise.all(
      Array.from({ length: mostSearches + 8 }, () =>
        scene.with(token, (tx, caller) => lookUp(tx, { name: 'Không Có Ai', birthYear: 1950 }, caller)),
      ),
    );
    expect(tries.filter((one) => !isRefusal(one))).toHaveLength(mostSearches);
    expect(tries.filter(isRefusal).every(({ refused }) => refused === 'lookupTooMany')).toBe(true);
    const [log] = await cast.owner`
      select count(*)::integer as count, max(details::text) as details from audit_event where account_id = ${accountId} and action = 'person.lookup'`;
    expect(log?.count).toBe(mostSearches);
    expect(log?.details).not.toContain('Không');
    const { token: other } = await scene.somebody(cast.here);
    expect((await found(other, { name: 'Không Có Ai', birthYear: 1950 })).people).toEqual([]);
    await cast.owner`update outside_search set at = at - interval '1 day' where account_id = ${accountId}`;
    expect((await found(token, { name: 'Không Có Ai', birthYear: 1950 })).people).toEqual([]);
  });

  test('is opened by nothing but one’s own search of the last quarter of an hour: no record’s id, no stranger’s hit, no old one', async () => {
    const id = await scene.person(cast.there, 'Hồ Thị Mã', 1947);
    const [one, other] = [await scene.somebody(cast.here), await scene.somebody(cast.here)];
    const search = await found(one.token, { name: 'Hồ Thị Mã', birthYear: 1947 });
    const hitId = search.people?.[0]?.id ?? '';
    const open = (token: string, hit: string) =>
      scene.with(token, (tx, caller) =>
        openReading(tx, { hitId: hit, why: 'other', words: 'Việc cần làm hôm nay' }, caller),
      );
    for (const [token, hit] of [
      [other.token, hitId],
      [one.token, id],
      [one.token, newId()],
    ] as const)
      expect(await open(token, hit)).toEqual({ refused: 'lookupGone' });
    expect(await scene.with(other.token, (tx) => foundElsewhere(tx, 'vi', search.id))).toBeNull();
    await cast.owner`update outside_search set at = now() - interval '16 minutes' where id = ${search.id}`;
    expect(await open(one.token, hitId)).toEqual({ refused: 'lookupGone' });
    expect(await scene.with(one.token, (tx) => foundElsewhere(tx, 'vi', search.id))).toBeNull();
    for (const words of ['', '.', 'xem', '. . . . . . . . . .', 'a b c d'])
      expect(openForm.safeParse({ hitId, why: 'other', words }).success).toBe(false);
    expect(openForm.safeParse({ hitId, words: 'Bác xin vào lớp' }).success).toBe(false);
  });

  test('opened twice it is the one that runs, not a longer one; ten a day and no more', async () => {
    const reader = await scene.somebody(cast.here);
    await scene.person(cast.there, 'Hồ Thị Hai', 1946);
    const first = await scene.open(reader.token, 'Hồ Thị Hai', 1946);
    expect(await scene.open(reader.token, 'Hồ Thị Hai', 1946)).toBe(first);
    const others = [];
    for (let at = 1; at < mostReadings + 1; at += 1) {
      const name = `Hồ Thị Số ${'abcdefghijkl'[at]}`;
      await scene.person(cast.there, name, 1945);
      others.push(await scene.tryOpen(reader.token, name, 1945));
    }
    expect(others.filter((one) => !isRefusal(one))).toHaveLength(mostReadings - 1);
    expect(others.at(-1)).toEqual({ refused: 'readingTooMany' });
    expect(await scene.with(reader.token, (tx) => runningReadings(tx, 'vi'))).toHaveLength(mostReadings);
  });
});

describe('the owning unit', () => {
  test('has every reading in its list with who, of which unit, what for, until when, how often; nobody else does', async () => {
    const id = await scene.person(cast.there, 'Hồ Thị Sở', 1944);
    const reader = await scene.somebody(cast.here);
    const right = await scene.open(reader.token, 'Hồ Thị Sở', 1944);
    await scene.look(reader.token, right, id);
    await scene.look(reader.token, right, id);
    const listed = (place = cast.there) => scene.as((tx) => readingsHere(tx, 'vi', 1), place);
    const { readings, total } = await listed();
    expect(total).toBe(readings.length);
    expect(readings.find((one) => one.id === right)).toMatchObject({
      personId: id,
      person: 'Hồ Thị Sở',
      reader: 'Người đọc',
      why: 'asks_class',
      words: 'Bác xin vào lớp tối ở phường',
      live: true,
      looks: 2,
    });
    const [unit] = await cast.owner<
      { name: string }[]
    >`select full_name_vi as name from area where id = ${cast.here.unitId}`;
    expect(readings.find((one) => one.id === right)?.readerUnit).toBe(unit?.name);
    expect(await scene.as((tx) => readingsLately(tx), cast.there)).toBeGreaterThan(0);
    expect((await listed(cast.here)).readings.map((one) => one.id)).not.toContain(right);
    expect(
      (await scene.with(reader.token, (tx) => readingsHere(tx, 'vi', 1))).readings.map((one) => one.id),
    ).not.toContain(right);
    expect((await scene.as((tx) => readingsHere(tx, 'vi', 1), cast.there, 'helper')).total).toBe(0);
    expect((await scene.as((tx) => readingsHere(tx, 'vi', 1), cast.there, 'desk_officer')).total).toBe(0);
  });

  test('follows the person: who moved on is in the new unit’s list too, and its organisers may end it', async () => {
    const id = await scene.person(cast.there, 'Hồ Thị Dời', 1943);
    const third = await scene.somebody({ ...cast.here, unitId: await anotherUnit() });
    const right = await scene.open(third.token, 'Hồ Thị Dời', 1943);
    await cast.owner`update person set area_id = ${cast.here.villageId} where id = ${id}`;
    const here = await scene.as((tx) => readingsHere(tx, 'vi', 1), cast.here);
    expect(here.readings.find((one) => one.id === right)).toMatchObject({ personId: id });
    const there = await scene.as((tx) => readingsHere(tx, 'vi', 1), cast.there);
    expect(there.readings.find((one) => one.id === right)).toMatchObject({ personId: null, person: null });
    expect(await scene.look(third.token, right, id)).toMatchObject({ person: 1 });
    expect(await scene.as((tx, caller) => answerReading(tx, { readingId: right, objection: '' }, caller))).toEqual({
      ended: true,
    });
    expect(await scene.look(third.token, right, id)).toBeNull();
  });

  test('objects in words, which stand in the province’s log; strangers and the reader cannot, and twice it is refused', async () => {
    const id = await scene.person(cast.there, 'Hồ Thị Phản', 1942);
    const reader = await scene.somebody(cast.here);
    const right = await scene.open(reader.token, 'Hồ Thị Phản', 1942);
    const answer = (objection: string, place = cast.there) =>
      scene.as((tx, caller) => answerReading(tx, { readingId: right, objection }, caller), place);
    expect(await answer('Không đúng', cast.here)).toEqual({ refused: 'notFound' });
    expect(
      await scene.with(reader.token, (tx, caller) => answerReading(tx, { readingId: right, objection: 'x' }, caller)),
    ).toEqual({ refused: 'notFound' });
    expect(await answer('Người này không hề xin vào lớp')).toEqual({ ended: true });
    expect(await answer('Lần nữa')).toEqual({ refused: 'objectedAlready', field: 'objection' });
    expect(await answer('')).toEqual({ refused: 'objectionWords', field: 'objection' });
    const log = await scene.as(
      (tx) => tx<{ action: string; objection: string | null }[]>`
      select action, details->>'objection' as objection from audit_event where subject_id = ${id} and action like 'person.open%' order by action`,
      cast.here,
      'province_admin',
    );
    expect([...log]).toEqual([
      { action: 'person.open', objection: null },
      { action: 'person.openEnd', objection: null },
      { action: 'person.openObject', objection: 'Người này không hề xin vào lớp' },
    ]);
  });

  test('and the person has it on their card: from where, in which role, what for', async () => {
    const id = await scene.person(cast.there, 'Hồ Thị Thẻ', 1941);
    const reader = await scene.somebody(cast.here, 'desk_officer');
    const right = await scene.open(reader.token, 'Hồ Thị Thẻ', 1941);
    await scene.look(reader.token, right, id);
    const code = newCardCode();
    await cast.owner`insert into card (person_id, code) values (${id}, ${code})`;
    const shown = await openScoped('read write', 'camtay_public', '', async (tx) => {
      await presentCard(tx, code);
      return readingsOf(await recordOwnReading(tx, id, 'readers'), 'vi', id);
    });
    const [unit] = await cast.owner<
      { name: string }[]
    >`select full_name_vi as name from area where id = ${cast.here.unitId}`;
    expect(
      shown
        .filter(({ own }) => !own)
        .map(({ role, place, purpose, why }) => ({ role, place, purpose, why }))
        .toSorted((a, b) => ((a.purpose ?? '') < (b.purpose ?? '') ? -1 : 1)),
    ).toEqual([
      { role: 'desk_officer', place: unit?.name, purpose: 'outside', why: 'asks_class' },
      { role: 'desk_officer', place: unit?.name, purpose: 'person.open', why: 'asks_class' },
    ]);
  });
});

async function anotherUnit(): Promise<number> {
  const [row] = await cast.owner<
    { id: number }[]
  >`select min(id) as id from area where kind = 'commune' and id not in (18859, 18901)`;
  return row?.id ?? 0;
}
