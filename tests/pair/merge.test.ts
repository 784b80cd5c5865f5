import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped, type Caller, type ScopedTx } from '../../lib/access/scoped';
import { enrol } from '../../lib/enrolment/commands';
import { refreshFigures, rebuildFigures } from '../../lib/figure/commands';
import { newCardCode, newId } from '../../lib/kernel/id';
import { isRefusal } from '../../lib/kernel/result';
import { fold, givenName } from '../../lib/kernel/text';
import { mergePeople, undoMerge } from '../../lib/pair/commands';
import { mergeRules } from '../../lib/pair/rules';
import { details, type Detail } from '../../lib/pair/schema';
import { form, openClass } from '../enrolment/scene';
import { dice, type Dice } from '../figure/world';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase, type TestDatabase } from '../support/database';

const seed = Number(process.env.MERGE_SEED ?? Date.now() % 1_000_000);
let database: TestDatabase;
let cast: Cast;

beforeAll(async () => {
  database = await testDatabase();
  process.env.DATABASE_URL = database.url;
  cast = await setTheScene(database.url);
});
afterAll(async () => {
  await cast.owner.end();
  await closePool();
  await database.drop();
});

async function asOrganiser<R>(
  work: (tx: ScopedTx, caller: Caller) => Promise<R>,
  place: Place = cast.here,
): Promise<R> {
  return openScoped('read write', 'camtay_app', await cast.token('organiser', place), async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) throw new Error('nobody signed in');
    return work(tx, row.caller);
  });
}
const merge = (keptId: string, mergedId: string, take: Detail[] = [], place = cast.here) =>
  asOrganiser((tx, caller) => mergePeople(tx, { keptId, mergedId, take }, caller), place);
const undo = (mergeId: string, place = cast.here) =>
  asOrganiser((tx, caller) => undoMerge(tx, { mergeId }, caller), place);
async function lastMerge(): Promise<string> {
  const [row] = await cast.owner<{ id: string }[]>`select id from person_merge order by at desc, id desc limit 1`;
  return row?.id ?? '';
}

async function aPerson(fullName: string, birthYear: number | null = 1950, place = cast.here): Promise<string> {
  const id = newId();
  await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${id}, ${place.villageId}, ${fullName}, ${givenName(fullName)}, ${fold(fullName)}, ${birthYear})`;
  return id;
}

/** A session of yesterday, with its class, for marks. */
async function aSession(): Promise<string> {
  const classId = await openClass(cast, cast.here, 5);
  const [row] = await cast.owner<{ id: string }[]>`
    update class_session set starts_at = now() - interval '1 day', ends_at = now() - interval '23 hours', status = 'held'
    where class_id = ${classId} returning id`;
  return row?.id ?? '';
}

async function mark(
  sessionId: string,
  personId: string,
  { state = 'present', byDefault = false, minutes = 0 }: { state?: string; byDefault?: boolean; minutes?: number } = {},
): Promise<void> {
  const id = newId();
  const at = new Date(Date.now() - 80_000_000 + minutes * 60_000);
  await cast.owner`insert into register_operation (id, session_id, area_id, person_id, kind, content, content_hash, device_time, outcome)
    values (${id}, ${sessionId}, ${cast.here.villageId}, ${personId}, 'mark', '{}', 'none', ${at}, 'applied')`;
  await cast.owner`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id, walk_in)
    values (${sessionId}, ${personId}, ${cast.here.villageId}, ${state}, ${byDefault}, ${at}, ${id}, true)`;
}
async function observe(sessionId: string, personId: string, level: number): Promise<void> {
  await cast.owner`insert into skill_observation (id, person_id, skill_code, level, source, session_id, area_id, observed_at)
    values (${newId()}, ${personId}, ${cast.skillCode}, ${level}, 'session', ${sessionId}, ${cast.here.villageId}, now())`;
}
async function aHousehold(): Promise<string> {
  const id = newId();
  await cast.owner`insert into household (id, area_id) values (${id}, ${cast.here.villageId})`;
  return id;
}
const moveIn = (householdId: string, personId: string, left: boolean) => cast.owner`
  insert into household_member (household_id, person_id, area_id, left_at)
  values (${householdId}, ${personId}, ${cast.here.villageId}, case when ${left} then now() end)`;
async function agree(personId: string, purpose: string): Promise<string> {
  const id = newId();
  await cast.owner`insert into consent (id, person_id, purpose, text_version, given, how) values (${id}, ${personId}, ${purpose}, 1, true, 'oral')`;
  return id;
}

type Rows = Record<string, unknown[]>;
/** Every row that names one of these people, of every table that can, and the people themselves; what is appended aside. */
async function rowsOf(ids: readonly string[]): Promise<Rows> {
  const appended = ['enrolment_event', 'person_merge', 'figure_change', 'figure_person', 'figure_core'];
  const rows: Rows = {
    person: [
      ...(await cast.owner`select to_jsonb(p) as row from person p where id = any(${[...ids]}::uuid[]) order by id`),
    ],
  };
  for (const column of Object.keys(mergeRules)) {
    const [table = '', name = ''] = column.split('.');
    if (appended.includes(table) || table === 'person') continue;
    rows[column] = [
      ...(await cast.owner`select to_jsonb(t) as row from ${cast.owner(table)} t where ${cast.owner(name)} = any(${[...ids]}::uuid[]) order by to_jsonb(t)::text`),
    ];
  }
  return rows;
}
const seatsOf = async (ids: readonly string[]) => [
  ...(await cast.owner`select id, seats_confirmed, seats_offered, waiting from class where id = any(${[...ids]}::text[]) order by id`),
];

test('every column that names a person has its rule for merging, and there is no rule for one that is not', async () => {
  const columns = await cast.owner<{ name: string }[]>`
    select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
      and (a.attname = 'person_id' or exists (select from pg_constraint f where f.contype = 'f' and f.conrelid = c.oid
        and f.confrelid = 'person'::regclass and a.attnum = any (f.conkey)))
    order by 1`;
  expect(columns.map(({ name }) => name).toSorted()).toEqual(Object.keys(mergeRules).toSorted());
});

describe('a merge', () => {
  test('lets the mark that beats the other stand, once a session, and brings the rest over', async () => {
    const [kept, gone] = [await aPerson('Lê Thị Hợp'), await aPerson('Lê Thị Hợp')];
    const [both, defaulted, theirs] = [await aSession(), await aSession(), await aSession()];
    await mark(both, kept, { state: 'absent', minutes: 1 });
    await mark(both, gone, { state: 'late', minutes: 2 });
    await mark(defaulted, kept, { state: 'absent', minutes: 1 });
    await mark(defaulted, gone, { byDefault: true, minutes: 9 });
    await mark(theirs, gone);
    await observe(theirs, gone, 3);
    expect(await merge(kept, gone)).toEqual({ id: kept });
    const marks = await cast.owner<{ sessionId: string; personId: string; state: string }[]>`
      select session_id, person_id, state from attendance where person_id in (${kept}, ${gone})`;
    expect(marks.every(({ personId }) => personId === kept)).toBe(true);
    expect(new Map(marks.map(({ sessionId, state }) => [sessionId, state]))).toEqual(
      new Map([
        [both, 'late'],
        [defaulted, 'absent'],
        [theirs, 'present'],
      ]),
    );
    expect((await cast.owner`select from skill_observation where person_id = ${kept}`).length).toBe(1);
  });

  test('of people out of reach, of one with itself, and of one merged already is refused, and nothing is written', async () => {
    const [kept, gone] = [await aPerson('Lê Thị Xa'), await aPerson('Lê Thị Xa')];
    const far = await aPerson('Lê Thị Xa', 1950, cast.there);
    const before = await rowsOf([kept, gone, far]);
    const said = [
      await merge(kept, far),
      await merge(far, kept),
      await merge(kept, kept),
      await merge(kept, gone, [], cast.there),
    ];
    expect(said.every((one) => isRefusal(one) && one.refused === 'notFound')).toBe(true);
    expect(await rowsOf([kept, gone, far])).toEqual(before);
    await merge(kept, gone);
    expect(await merge(kept, gone)).toEqual({ refused: 'notFound' });
  });

  test('an operation of a device that still knows the record merged away is the kept one’s', async () => {
    const [kept, gone] = [await aPerson('Lê Thị Máy'), await aPerson('Lê Thị Máy')];
    await merge(kept, gone);
    const [row] = await cast.owner<{ personId: string }[]>`
      insert into register_operation (id, session_id, area_id, person_id, kind, content, content_hash, device_time, outcome)
      values (${newId()}, ${await aSession()}, ${cast.here.villageId}, ${gone}, 'mark', '{}', 'none', now(), 'held') returning person_id`;
    expect(row?.personId).toBe(kept);
  });

  test('counts one person where two were counted, and two again once undone', async () => {
    const [kept, gone] = [await aPerson('Lê Thị Đếm'), await aPerson('Lê Thị Đếm')];
    const session = await aSession();
    await mark(session, kept, { minutes: 1 });
    await mark(session, gone, { minutes: 2 });
    await rebuildFigures();
    const figures = async () => [
      ...(await cast.owner`select area_id, period, measure, grp, value, denominator from figure_exact
        where area_id = ${cast.here.villageId} order by area_id, period, measure, grp`),
    ];
    const before = await figures();
    await merge(kept, gone);
    await refreshFigures();
    const merged = await figures();
    expect(merged).not.toEqual(before);
    await rebuildFigures();
    expect(await figures()).toEqual(merged);
    await undo(await lastMerge());
    await refreshFigures();
    expect(await figures()).toEqual(before);
  });
});

const chance = (roll: Dice, of: number) => roll.next() < of;

/** Two records with a random past: classes (some in both), marks, skills, consents, needs, answers, a card, a phone. */
async function aRandomPast(roll: Dice): Promise<{ kept: string; gone: string; classIds: string[] }> {
  const [kept, gone] = [await aPerson('Hồ Văn Trùng', 1950), await aPerson('Hồ Văn Trùng', roll.pick([1951, null]))];
  const classIds: string[] = [];
  for (let at = 0; at < 3; at += 1) {
    const classId = await openClass(cast, cast.here, roll.pick([1, 2, 4]), {
      offerHours: roll.pick([0, 12]),
      hoursAhead: 96,
    });
    classIds.push(classId);
    for (const personId of [kept, gone].filter(() => chance(roll, 0.7)))
      await asOrganiser((tx, caller) =>
        enrol(tx, { caller, channel: 'staff' }, { ...form(classId, cast.here), learner: { personId } }),
      );
    const session = await aSession();
    for (const personId of [kept, gone].filter(() => chance(roll, 0.7))) {
      const state = roll.pick(['present', 'late', 'absent', 'excused']);
      await mark(session, personId, { state, byDefault: chance(roll, 0.3), minutes: roll.pick([1, 2, 3]) });
      if (chance(roll, 0.5)) await observe(session, personId, roll.pick([1, 2, 3]));
    }
  }
  const homes = await Promise.all([0, 1].map(() => aHousehold()));
  for (const personId of [kept, gone]) {
    if (chance(roll, 0.6)) await moveIn(roll.pick(homes), personId, chance(roll, 0.3));
    if (chance(roll, 0.3)) await moveIn(roll.pick(homes), personId, true);
    if (chance(roll, 0.6))
      await cast.owner`insert into person_phone (person_id, phone) values (${personId}, ${roll.pick(['+84912000001', '+84912000002'])})`;
    if (chance(roll, 0.6)) await cast.owner`insert into card (person_id, code) values (${personId}, ${newCardCode()})`;
    if (chance(roll, 0.6))
      await cast.owner`insert into person_need (person_id, kind, consent_id) values (${personId}, 'disability', ${await agree(personId, 'need')})`;
    if (chance(roll, 0.6))
      await cast.owner`insert into equality_answer (person_id, question, answer, consent_id) values (${personId}, 'disability', true, ${await agree(personId, 'equality')})`;
  }
  return { kept, gone, classIds };
}

describe('an undo', () => {
  test(`puts every row back as it was, whatever the past (MERGE_SEED=${seed})`, async () => {
    const roll = dice(seed);
    for (let round = 0; round < 20; round += 1) {
      const { kept, gone, classIds } = await aRandomPast(roll);
      const before = await rowsOf([kept, gone]);
      const seats = await seatsOf(classIds);
      const take = details.filter(() => chance(roll, 0.5));
      expect(await merge(kept, gone, take), `seed ${seed}, round ${round}`).toEqual({ id: kept });
      for (const column of [
        'enrolment.person_id',
        'attendance.person_id',
        'consent.person_id',
        'skill_observation.person_id',
      ])
        expect((await rowsOf([gone]))[column], `${column}, seed ${seed}, round ${round}`).toEqual([]);
      expect(await undo(await lastMerge())).toEqual({ id: kept, mergedId: gone });
      expect(await rowsOf([kept, gone]), `seed ${seed}, round ${round}`).toEqual(before);
      expect(await seatsOf(classIds), `seed ${seed}, round ${round}`).toEqual(seats);
    }
  }, 120_000);

  test('leaves what was written in between with the record it was written for', async () => {
    const [kept, gone] = [await aPerson('Hồ Thị Giữa', 1950), await aPerson('Hồ Thị Giữa', 1951)];
    const [both, later] = [await aSession(), await aSession()];
    await mark(both, kept, { state: 'absent', minutes: 1 });
    await mark(both, gone, { state: 'present', minutes: 2 });
    await merge(kept, gone, ['birthYear']);
    await mark(later, kept);
    const consent = await agree(kept, 'class');
    await cast.owner`update attendance set state = 'late', minutes_late = 5, marked_at = now() where session_id = ${both} and person_id = ${kept}`;
    await cast.owner`update person set full_name = 'Hồ Thị Giữa Đã Sửa' where id = ${kept}`;
    await undo(await lastMerge());
    const marks = await cast.owner<{ sessionId: string; personId: string; state: string }[]>`
      select session_id, person_id, state from attendance where person_id in (${kept}, ${gone})`;
    const said = marks.map((one) => `${one.sessionId} ${one.personId} ${one.state}`).toSorted();
    expect(said).toEqual([`${both} ${kept} late`, `${later} ${kept} present`, `${both} ${gone} present`].toSorted());
    const [row] = await cast.owner`select full_name, birth_year from person where id = ${kept}`;
    expect(row).toEqual({ fullName: 'Hồ Thị Giữa Đã Sửa', birthYear: 1950 });
    expect((await cast.owner`select person_id from consent where id = ${consent}`)[0]?.personId).toBe(kept);
  });

  test('of a seat that went on brings its owner to where they stood in the queue', async () => {
    const [kept, gone] = [await aPerson('Hồ Thị Chỗ'), await aPerson('Hồ Thị Chỗ')];
    const classId = await openClass(cast, cast.here, 2, { hoursAhead: 96 });
    const next = await aPerson('Trần Thị Chờ', 1960);
    for (const personId of [kept, gone, next])
      await asOrganiser((tx, caller) =>
        enrol(tx, { caller, channel: 'staff' }, { ...form(classId, cast.here), learner: { personId } }),
      );
    await merge(kept, gone);
    await undo(await lastMerge());
    const rows = await cast.owner<{ personId: string; status: string }[]>`
      select person_id, status from enrolment where class_id = ${classId}`;
    expect(new Map(rows.map((one) => [one.personId, one.status]))).toEqual(
      new Map([
        [kept, 'confirmed'],
        [gone, 'waitlisted'],
        [next, 'confirmed'],
      ]),
    );
    expect(await seatsOf([classId])).toEqual([{ id: classId, seatsConfirmed: 2, seatsOffered: 0, waiting: 1 }]);
  });

  test('is refused after 90 days, twice, from elsewhere, and while a later merge stands on it', async () => {
    const [one, two, three] = [await aPerson('Hồ A Hai'), await aPerson('Hồ A Hai'), await aPerson('Hồ A Hai')];
    await merge(two, three);
    const first = await lastMerge();
    await merge(one, two);
    const second = await lastMerge();
    const [chained] = await cast.owner<{ mergedInto: string }[]>`select merged_into from person where id = ${three}`;
    expect(chained?.mergedInto).toBe(one);
    expect(await undo(first)).toEqual({ refused: 'undoLaterFirst' });
    expect(await undo(second, cast.there)).toEqual({ refused: 'notFound' });
    expect(isRefusal(await undo(second))).toBe(false);
    expect(await undo(second)).toEqual({ refused: 'notFound' });
    const [back] = await cast.owner<{ mergedInto: string }[]>`select merged_into from person where id = ${three}`;
    expect(back?.mergedInto).toBe(two);
    await cast.owner`update person_merge set at = now() - interval '91 days' where id = ${first}`;
    expect(await undo(first)).toEqual({ refused: 'undoTooLate' });
  });
});
