import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool, recordReading } from '../../lib/access/scoped';
import { withdraw } from '../../lib/card/commands';
import { ownData } from '../../lib/card/queries';
import { undoAssist } from '../../lib/desk/commands';
import { assistsToday, countsToday, deskAtHand } from '../../lib/desk/queries';
import { undoMinutes } from '../../lib/desk/rules';
import { assistInput } from '../../lib/desk/schema';
import { newId } from '../../lib/kernel/id';
import { problemsOf } from '../../lib/kernel/input';
import { mergePeople, undoMerge } from '../../lib/pair/commands';
import { personHistory } from '../../lib/person/history';
import { historyAddress } from '../../lib/person/schema';
import { asHolder, learner, readAsHolder } from '../card/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { as, deskWith, log, typed } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
beforeEach(() => cast.owner`delete from desk_assist where at > '2026-02-01'`);

const stored = (id: string) => cast.owner`
  select need_code, need_version, level, minutes, referred_to, person_id, invite, undone_at is not null as undone from desk_assist where id = ${id}`;
const undo = (
  assistId: string,
  now = new Date(),
  role: 'desk_officer' | 'helper' = 'desk_officer',
  place = cast.here,
) => as(cast, role, place, (tx, caller) => undoAssist(tx, { assistId }, caller, now));

describe('logging somebody helped', () => {
  test('writes what the buttons said, with nobody named, and says so in the audit', async () => {
    const form = typed(cast.here, { need: 'service.1', level: '3', minutes: '15', outcome: 'one_stop', invite: 'on' });
    expect(await log(cast, form)).toEqual({ id: form.formKey, deskId: cast.here.deskId });
    expect(await stored(form.formKey)).toEqual([
      {
        needCode: 'service',
        needVersion: 1,
        level: 3,
        minutes: 15,
        referredTo: 'one_stop',
        personId: null,
        invite: false,
        undone: false,
      },
    ]);
    const [event] =
      await cast.owner`select action, subject_kind, subject_id, area_id from audit_event where action = 'desk.log' order by at desc limit 1`;
    expect(event).toEqual({
      action: 'desk.log',
      subjectKind: 'desk',
      subjectId: cast.here.deskId,
      areaId: cast.here.villageId,
    });
  });

  test('twenty times at once, and once more later, is one assist; the key with other content is refused', async () => {
    const form = typed(cast.here);
    const all = await Promise.all(Array.from({ length: 20 }, () => log(cast, form)));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await log(cast, form)).toEqual({ id: form.formKey, deskId: cast.here.deskId });
    const [rows] = await cast.owner`select count(*)::int as count from desk_assist where id = ${form.formKey}`;
    const [events] =
      await cast.owner`select count(*)::int as count from audit_event where action = 'desk.log' and at > now() - interval '1 minute' and details->>'need' = 'vneid'`;
    expect([rows?.count, events?.count]).toEqual([1, 1]);
    expect(await log(cast, { ...form, minutes: 30 })).toEqual({ refused: 'assistKnown' });
    expect(await log(cast, form, 'helper'), 'another’s key').toEqual({ refused: 'assistKnown' });
  });

  test('at a desk of elsewhere, a closed one, or none is refused; so is a wording there never was', async () => {
    expect(await log(cast, typed(cast.there))).toEqual({ refused: 'notFound' });
    expect(await log(cast, { ...typed(cast.here), deskId: newId() })).toEqual({ refused: 'notFound' });
    const closed = await deskWith(cast, cast.here, []);
    await cast.owner`update desk set retired_at = now() where id = ${closed}`;
    expect(await log(cast, { ...typed(cast.here), deskId: closed })).toEqual({ refused: 'notFound' });
    expect(await log(cast, typed(cast.here, { need: 'vneid.2' }))).toEqual({ refused: 'chooseNeed', field: 'need' });
    expect(await log(cast, typed(cast.here, { need: 'nothing.1' }))).toEqual({ refused: 'chooseNeed', field: 'need' });
    const [rows] =
      await cast.owner`select count(*)::int as count from desk_assist where at > now() - interval '1 hour'`;
    expect(rows?.count).toBe(0);
  });

  test('names somebody the caller may look up, and nobody else', async () => {
    const { personId } = cast.here;
    const named = typed(cast.here, { personId, invite: 'on' });
    expect(await log(cast, named)).toMatchObject({ id: named.formKey });
    expect(await stored(named.formKey)).toMatchObject([{ personId, invite: true }]);
    expect(await log(cast, typed(cast.here, { personId: cast.there.personId }))).toEqual({ refused: 'notFound' });
    expect(await log(cast, typed(cast.here, { personId }), 'helper'), 'helpers look nobody up').toEqual({
      refused: 'notFound',
    });
  });

  test('the wall itself lets nobody hang an assist on a stranger, or on a desk of elsewhere', async () => {
    const insert = (deskId: string, personId: string | null) =>
      as(
        cast,
        'desk_officer',
        cast.here,
        (tx) => tx`
        insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, person_id)
        values (${newId()}, ${deskId}, ${cast.here.villageId}, 'vneid', 1, 1, 10, ${personId})`,
      );
    await expect(insert(cast.here.deskId, cast.there.personId)).rejects.toThrow(/row-level security/);
    await expect(insert(cast.there.deskId, null)).rejects.toThrow(/row-level security/);
    expect((await insert(cast.here.deskId, cast.here.personId)).count).toBe(1);
  });

  test('what is missing is said at its own question', () => {
    const parsed = assistInput.safeParse({ formKey: newId(), deskId: newId() });
    expect(parsed.success ? null : problemsOf(parsed.error)).toEqual({
      need: 'chooseNeed',
      level: 'chooseHelp',
      minutes: 'chooseMinutes',
      outcome: 'chooseOutcome',
    });
  });
});

describe('taking back', () => {
  test('within the minutes takes it out of every count; twice is once, and its key logs nothing any more', async () => {
    const form = typed(cast.here);
    await log(cast, form);
    expect(await undo(form.formKey)).toEqual({ id: form.formKey, deskId: cast.here.deskId });
    expect(await undo(form.formKey)).toEqual({ id: form.formKey, deskId: cast.here.deskId });
    const seen = await as(cast, 'desk_officer', cast.here, async (tx, caller) => ({
      list: await assistsToday(tx, 'vi', cast.here.deskId, caller, new Date()),
      counts: await countsToday(tx, cast.here.deskId, new Date()),
    }));
    expect(seen).toEqual({ list: [], counts: [] });
    expect(await log(cast, form)).toEqual({ refused: 'assistKnown' });
  });

  test('later, by somebody else, or from another unit is refused, also by the wall itself', async () => {
    const form = typed(cast.here);
    await log(cast, form);
    expect(await undo(form.formKey, new Date(Date.now() + (undoMinutes + 1) * 60_000))).toEqual({
      refused: 'assistTooOld',
    });
    expect(await undo(form.formKey, new Date(), 'helper')).toEqual({ refused: 'notFound' });
    expect(await undo(form.formKey, new Date(), 'desk_officer', cast.there)).toEqual({ refused: 'notFound' });
    const changed = await as(
      cast,
      'organiser',
      cast.here,
      (tx) => tx`update desk_assist set undone_at = now() where id = ${form.formKey}`,
    );
    expect(changed.count).toBe(0);
    expect(await stored(form.formKey)).toMatchObject([{ undone: false }]);
  });
});

describe('today at a desk', () => {
  test('is listed the newest first and counted by need and hour of the day, with names for those who may', async () => {
    const noon = new Date(`${new Date().toISOString().slice(0, 10)}T05:30:00Z`);
    await log(cast, typed(cast.here, { personId: cast.here.personId }), 'desk_officer', cast.here, noon);
    await log(cast, typed(cast.here), 'desk_officer', cast.here, new Date(noon.getTime() - 3_600_000));
    await log(cast, typed(cast.here, { need: 'phone.1' }), 'desk_officer', cast.here, noon);
    const later = new Date(noon.getTime() + 60_000);
    const look = (role: 'desk_officer' | 'helper') =>
      as(cast, role, cast.here, async (tx, caller) => ({
        list: await assistsToday(tx, 'vi', cast.here.deskId, caller, later),
        counts: await countsToday(tx, cast.here.deskId, later),
      }));
    const { list, counts } = await look('desk_officer');
    expect(list.map(({ need, undoable }) => [need, undoable])).toEqual(
      expect.arrayContaining([
        ['VNeID', true],
        ['VNeID', false],
        ['Dùng điện thoại', true],
      ]),
    );
    expect(list.find(({ person }) => person !== null)?.person).toBe('Nguyễn Thị Thử');
    expect(counts).toEqual([
      { code: 'phone', hour: 12, count: 1 },
      { code: 'vneid', hour: 11, count: 1 },
      { code: 'vneid', hour: 12, count: 1 },
    ]);
    expect((await look('helper')).list.every(({ undoable }) => !undoable)).toBe(true);
  });

  test('the desk at hand is where one is on duty, else where one logged last', async () => {
    const other = await deskWith(cast, cast.here, []);
    const atHand = (now = new Date()) =>
      as(cast, 'desk_officer', cast.here, (tx, caller) => deskAtHand(tx, caller, now));
    await log(cast, { ...typed(cast.here), deskId: other });
    expect(await atHand()).toBe(other);
    await cast.owner`insert into desk_shift (desk_id, area_id, account_id, who_id, starts_at, ends_at)
      select ${cast.here.deskId}, ${cast.here.villageId}, a, a, now() - interval '1 hour', now() + interval '1 hour'
      from (select ${await cast.accountOf('desk_officer', cast.here)}::uuid as a) x`;
    expect(await atHand()).toBe(cast.here.deskId);
    expect(await atHand(new Date(Date.now() + 7_200_000))).toBe(other);
  });
});

describe('of somebody named', () => {
  const aPerson = async () => {
    const id = newId();
    await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded) values (${id}, ${cast.here.villageId}, 'Hồ Thị Bàn', 'Bàn', 'ho thi ban')`;
    await cast.owner`insert into consent (person_id, purpose, text_version, given, how) values (${id}, 'class', 1, true, 'oral')`;
    return id;
  };
  const assistsOf = async (id: string) =>
    as(cast, 'organiser', cast.here, async (tx, caller) => {
      const reading = await recordReading(tx, caller, id, 'record');
      return (await personHistory(reading, 'vi', id, historyAddress.parse({ show: 'assists' })))?.facts ?? [];
    });

  test('it stands in their history, gone once taken back, and goes along when records are merged and taken apart', async () => {
    const [kept, gone] = [await aPerson(), await aPerson()];
    const form = typed(cast.here, { personId: gone, outcome: 'bank' });
    await log(cast, form);
    expect(await assistsOf(gone)).toMatchObject([{ what: 'referred', title: 'VNeID', value: '1', ref: '10' }]);
    const organiser = { accountId: await cast.accountOf('organiser', cast.here) };
    await as(cast, 'organiser', cast.here, (tx) =>
      mergePeople(tx, { keptId: kept, mergedId: gone, take: [] }, organiser),
    );
    expect(await assistsOf(kept)).toHaveLength(1);
    const [merge] = await cast.owner<{ id: string }[]>`select id from person_merge where kept_id = ${kept}`;
    await as(cast, 'organiser', cast.here, (tx) => undoMerge(tx, { mergeId: merge?.id ?? '' }, organiser));
    expect([(await assistsOf(kept)).length, (await assistsOf(gone)).length]).toEqual([0, 1]);
    await undo(form.formKey);
    expect(await assistsOf(gone)).toEqual([]);
  });

  test('once they withdraw it stays a count of nobody; until then it is in what is kept about them', async () => {
    const me = await learner(cast, cast.here);
    const form = typed(cast.here, { personId: me.personId, invite: 'on' });
    await log(cast, form);
    const data = await readAsHolder(me.code, (tx, id) => ownData(tx, 'vi', id));
    expect(data?.assists).toMatchObject([{ need: 'VNeID', level: 1, minutes: 10, mayInvite: true }]);
    await asHolder(me.code, (tx) => withdraw(tx, me.personId));
    expect(await stored(form.formKey)).toMatchObject([{ personId: null, invite: false, undone: false }]);
  });
});
