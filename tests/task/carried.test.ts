import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  forgetOld,
  forgetOthers,
  memoryStore,
  type StoredDoor,
  type StoredOperation,
} from '@/components/register/phone-store';
import { hereOf, visitsOf } from '@/components/task/local-door';
import { recordReading } from '../../lib/access/scoped';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { recordWork } from '../../lib/task/commands';
import { doorOf, doorsToCarry, toldAtDoor } from '../../lib/task/door';
import type { Outcome, PackedDoor } from '../../lib/task/schema';
import { atDoors, type Doors } from '../visit/doors';
import { neighbour } from '../visit/scene';

const dayMs = 86_400_000;

describe('the doors a phone takes along', () => {
  let doors: Doors;
  beforeAll(async () => {
    doors = await atDoors();
  });
  afterAll(() => doors.close());
  beforeEach(async () => {
    await doors.cast.owner`update task_given set ended_at = now() where ended_at is null`;
  });

  const give = async (until = 7, to: 'one' | 'two' = 'one') => {
    const { cast, members } = doors;
    const personId = await neighbour(cast, cast.here);
    await cast.owner`insert into person_phone (person_id, phone) values (${personId}, '+84912345678')`;
    await cast.owner`insert into task_given (kind, person_id, fact, area_id, member_id, account_id, given_at, until)
      values ('never', ${personId}, 'never', ${cast.here.villageId}, ${members[to === 'one' ? 0 : 1] ?? ''}, ${doors[to]},
        ${new Date(Date.now() - 10 * dayMs)}, ${new Date(Date.now() + until * dayMs)})`;
    return personId;
  };
  const carried = (account = doors.one) =>
    doors.by(account, async (tx, caller) =>
      doorsToCarry(await recordReading(tx, caller, [], 'door'), 'vi', caller, new Date()),
    );
  const whose = async (account?: string) => (await carried(account)).doors.map(({ id }) => id).toSorted();

  test('are those given to its holder and to nobody else, as long as there is something to do and it is theirs', async () => {
    const { cast, one, two, idle } = doors;
    const [stands, over, done, left, back, moved] = [
      await give(),
      await give(-1),
      await give(),
      await give(),
      await give(),
      await give(),
    ];
    const other = await give(7, 'two');
    expect(await whose()).toEqual([stands, done, left, back, moved].toSorted());
    expect([await whose(two), await whose(idle), await whose(await cast.accountOf('helper', cast.there))]).toEqual([
      [other],
      [],
      [],
    ]);
    const record = (personId: string, outcome: Outcome) =>
      doors.by(one, (tx, caller) =>
        recordWork(
          tx,
          { formKey: newId(), task: { kind: 'never', personId, fact: 'never' }, outcome, note: '' },
          caller,
        ),
      );
    await record(done, 'done');
    await record(left, 'refused');
    await record(stands, 'not_home');
    await cast.owner`update task_given set ended_at = now() where person_id = ${back}`;
    await cast.owner`update consent set withdrawn_at = now() where person_id = ${moved}`;
    await cast.owner`insert into consent (person_id, purpose, text_version, given, how, withdrawn_at) values (${moved}, 'class', 1, true, 'oral', now())`;
    expect(await whose(), 'not at home: it is to be done still').toEqual([stands]);
    expect(await whose()).not.toContain(over);
    await cast.owner`update account_grant set area_id = ${cast.there.unitId} where account_id = ${one}`;
    expect(await whose(), 'records there no more').toEqual([]);
    await cast.owner`update account_grant set area_id = ${cast.here.unitId} where account_id = ${one}`;
  });

  test('tell what their page tells, and never a number; all of whom they tell are written down as read', async () => {
    const { cast, one } = doors;
    const [personId, beside, unknown] = [await give(), await give(), await neighbour(cast, cast.here)];
    await cast.owner`with made as (insert into household (area_id) values (${cast.here.villageId}) returning id)
      insert into household_member (household_id, person_id, area_id) select id, person, ${cast.here.villageId} from made, unnest(${[personId, beside, unknown]}::uuid[]) person`;
    // One of them learns in a class there: then the page shows their number to whoever is to ring them.
    const enrolment = newId();
    await cast.owner`insert into enrolment (id, class_id, area_id, person_id, status, code, channel, idempotency_key)
      values (${enrolment}, ${cast.here.classId}, ${cast.here.villageId}, ${beside}, 'confirmed', ${newSlipCode()}, 'web', ${enrolment})`;
    const page = await doors.by(one, async (tx, caller) =>
      doorOf(await recordReading(tx, caller, personId, 'door'), 'vi', caller, personId, new Date()),
    );
    const { doors: packed, told } = await carried();
    const door = packed.find(({ id }) => id === personId);
    expect(door?.people.map(({ fullName, tasks }) => [fullName, tasks])).toEqual(
      page?.people.map(({ fullName, tasks }) => [fullName, tasks]),
    );
    expect(
      [door?.people.map(({ id }) => id), door?.others],
      'of whoever else lives there it is told that there is somebody',
    ).toEqual([[personId, beside], 1]);
    expect(JSON.stringify(page)).toContain('+84912345678');
    expect(JSON.stringify(packed)).not.toMatch(/\+84|912345678/);
    expect(told).toEqual([personId, beside].toSorted());
    expect(await doors.by(one, (tx) => toldAtDoor(tx, personId))).toEqual([personId, beside].toSorted());
  });

  test('are forty at most, what is due first; the same twice in a row', async () => {
    for (let more = 0; more < 42; more += 1) await give();
    const [first, second] = [await carried(), await carried()];
    expect(first.doors).toHaveLength(40);
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });
});

describe('a door on the phone', () => {
  const now = Date.parse('2026-03-02T05:00:00Z');
  const task = {
    key: 'never~p~never',
    kind: 'never',
    personId: 'p',
    fact: 'never',
    areaId: 1,
    classId: null,
    since: new Date(now - dayMs),
    label: null,
    state: 'open',
    due: new Date(now + 9 * dayMs),
    overdue: false,
    need: null,
    priority: 3,
    given: { memberId: 'm', accountId: 'me', name: 'Tôi', mine: true, until: new Date(now + 20 * dayMs), back: false },
    last: null,
    byWork: true,
    goTo: null,
  } as const;
  const doorOf = (more: Partial<PackedDoor> = {}): PackedDoor => ({
    id: 'p',
    people: [
      { id: 'p', fullName: 'Hồ Thị Bên Suối', birthYear: 1950, village: 'Bản', tasks: [task], need: null, last: [] },
    ],
    others: 0,
    household: false,
    pauses: [],
    until: new Date(now + 20 * dayMs),
    ...more,
  });
  const stored = (more: Partial<PackedDoor> = {}, takenAtMs = now): StoredDoor => ({
    owner: 'me',
    id: 'p',
    door: doorOf(more),
    takenAtMs,
  });
  const act = (state: StoredOperation['state'], outcome: Outcome, atMs = now + 1): StoredOperation => ({
    owner: 'me',
    id: `${state}${outcome}`,
    operation: {
      id: newId(),
      kind: 'work',
      at: new Date(atMs).toISOString(),
      task: task.key,
      outcome,
      note: 'Nhà cuối bản',
    },
    state,
    result: null,
    label: 'Hồ Thị Bên Suối',
    endsAtMs: atMs,
  });
  const held = async (row: StoredDoor, atMs: number) => {
    const store = memoryStore();
    await store.put('doors', [row]);
    await forgetOld(store, 'me', atMs);
    return (await store.all('doors', 'me')).length;
  };

  test('leaves when what was given is over, seven days after the portal was asked last, at sign-out, and when another signs in', async () => {
    expect([await held(stored(), now), await held(stored(), now + 7 * dayMs)]).toEqual([1, 1]);
    expect(await held(stored(), now + 7 * dayMs + 1)).toBe(0);
    expect(await held(stored({ until: new Date(now + 5) }), now + 5)).toBe(0);
    for (const next of [null, 'you']) {
      const store = memoryStore();
      await store.put('doors', [stored()]);
      await store.put('operations', [act('waiting', 'done'), act('attention', 'refused'), act('accepted', 'not_home')]);
      await forgetOthers(store, next, now);
      expect(await store.all('doors', 'me')).toEqual([]);
      const left = await store.all('operations', 'me');
      expect(
        left.map(({ state, label }) => [state, label]),
        'what was not sent waits for whoever made it',
      ).toEqual([
        ['waiting', 'Hồ Thị Bên Suối'],
        ['attention', ''],
      ]);
    }
  });

  test('shows what was recorded here until the portal tells it; what was refused never', () => {
    expect(hereOf(task, [act('waiting', 'not_home')], now)).toEqual({
      done: { outcome: 'not_home', at: new Date(now + 1), waits: true },
      leftAlone: false,
    });
    expect(hereOf(task, [act('accepted', 'refused')], now).leftAlone).toBe(true);
    expect(hereOf(task, [act('accepted', 'refused')], now + 2), 'the portal knew').toEqual({
      done: null,
      leftAlone: false,
    });
    expect(hereOf(task, [act('waiting', 'refused', now - 9)], now).leftAlone, 'older than the pack, and not sent').toBe(
      true,
    );
    expect(hereOf(task, [act('attention', 'done')], now)).toEqual({ done: null, leftAlone: false });
    expect(hereOf({ ...task, key: 'recheck~p~x' }, [act('waiting', 'died')], now)).toEqual({
      done: null,
      leftAlone: true,
    });
  });

  test('stands in the list as long as something there is its holder’s; overdue by the day it is looked at', () => {
    const [visit] = visitsOf([stored()], [act('waiting', 'done')], now);
    expect(visit).toMatchObject({ personId: 'p', phone: null, tasks: [{ last: { outcome: 'done' } }] });
    expect(visitsOf([stored()], [], now + 10 * dayMs)[0]?.tasks[0]?.overdue).toBe(true);
    expect(visitsOf([stored()], [], now + 21 * dayMs)).toEqual([]);
  });
});
