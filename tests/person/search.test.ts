import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, openScoped, type Caller, type ScopedTx } from '../../lib/access/scoped';
import { enrolAll } from '../../lib/enrolment/commands';
import { newId } from '../../lib/kernel/id';
import { isRefusal } from '../../lib/kernel/result';
import { fold, givenName } from '../../lib/kernel/text';
import { findPeople } from '../../lib/person/queries';
import { answersSearch, likelyFrom, likeness } from '../../lib/person/rules';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase, type TestDatabase } from '../support/database';

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

async function as<R>(role: Role, work: (tx: ScopedTx, caller: Caller) => Promise<R>): Promise<R> {
  return openScoped('read write', 'camtay_app', await cast.token(role, cast.here), async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) throw new Error('nobody signed in');
    return work(tx, row.caller);
  });
}

async function known(fullName: string, birthYear: number | null, areaId: number, hint: string | null = null) {
  const id = newId();
  await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year, phone_hint)
    values (${id}, ${areaId}, ${fullName}, ${givenName(fullName)}, ${fold(fullName)}, ${birthYear}, ${hint})`;
  return id;
}

const said = (name: string, birthYear: number | null = null, phoneHint: string | null = null) => ({
  name: fold(name),
  birthYear,
  phoneHint,
});

describe('how like two people are', () => {
  test.each([
    ['Nguyễn Thị Bé', 'NGUYEN THI BE', 'nameSame'],
    ['Bé Nguyễn Thị', 'Nguyễn Thị Bé', 'nameOrder'],
    ['Nguyễn Bé', 'Nguyễn Thị Bé', 'nameAlike'],
    ['thi be', 'Nguyễn Thị Bé', 'namePart'],
    ['Nguyễn Thị Ba', 'Nguyễn Thị Bé', null],
    ['', 'Nguyễn Thị Bé', null],
  ])('by name: %s and %s are %s', (typed, held, reason) => {
    expect(likeness(said(typed), said(held), false)?.reasons ?? null).toEqual(reason === null ? null : [reason]);
  });
  test('years of birth one apart speak for it, two apart rule it out, an unknown one says nothing', () => {
    const [name, known] = ['Lê Thị A', 1950];
    expect(likeness(said(name, 1950), said(name, known), false)?.reasons).toContain('bornSame');
    expect(likeness(said(name, 1951), said(name, known), false)?.reasons).toContain('bornNear');
    expect(likeness(said(name, 1952), said(name, known), false)).toBeNull();
    expect(likeness(said(name), said(name, known), false)?.reasons).toEqual(['nameSame']);
  });
  test('a phone never makes two people one: with it and the name alone nobody is asked', () => {
    expect(likeness(said('Lê Thị A', null, '••• 1'), said('Lê Thị A', null, '••• 1'), false)?.score).toBeLessThan(
      likelyFrom,
    );
    expect(likeness(said('Lê Thị A', null, '••• 1'), said('Trần Văn B', null, '••• 1'), true)).toBeNull();
  });
  test('whom signing up meets again by name, village and phone is likely by these rules too', () => {
    expect(
      likeness(said('Lê Thị A', null, '••• 1'), said('Lê Thị A', null, '••• 1'), true)?.score,
    ).toBeGreaterThanOrEqual(likelyFrom);
  });
});

describe('a search', () => {
  test('puts the likeliest first, says why, and still shows who moved to another village', async () => {
    const same = await known('Hồ Thị Pan', 1950, cast.here.villageId, '••• 222');
    const moved = await known('Hồ Thị Pan', 1951, cast.here.unitId);
    const alike = await known('Hồ Pan', null, cast.here.villageId);
    await known('Hồ Thị Pan', 1940, cast.here.villageId);
    const search = { name: 'ho thi pan', birthYear: 1950, area: cast.here.villageId, phone: '+84912000222' };
    const { people } = await as('organiser', (tx) => findPeople(tx, 'vi', search));
    expect(people.map((one) => [one.id, one.reasons])).toEqual([
      [same, ['nameSame', 'bornSame', 'placeSame', 'phoneSame']],
      [moved, ['nameSame', 'bornNear']],
      [alike, ['nameAlike', 'placeSame']],
    ]);
  });
});

describe('somebody new, written down by staff', () => {
  const learner = (fullName: string, isNew = false) => ({
    fullName,
    phone: null,
    phoneOf: 'self' as const,
    areaId: cast.here.villageId,
    birthYear: 1948,
    isNew,
  });
  const enrolment = (who: ReturnType<typeof learner>, formKey = newId()) => ({
    classId: cast.here.classId,
    formKey,
    row: '2',
    learner: who,
    signedUpBy: null,
    consent: { version: 1, how: 'oral' as const },
  });
  const people = async (name: string) =>
    (await cast.owner`select from person where name_folded = ${fold(name)}`).length;

  test('is asked about where somebody known looks like them, and nothing is written; saying it is another writes them', async () => {
    await known('Phan Thị Lành', 1948, cast.here.villageId);
    const form = enrolment(learner('Phan Thị Lành'));
    const refused = await as('desk_officer', (tx, caller) => enrolAll(tx, { caller, channel: 'staff' }, [form]));
    expect(refused).toEqual({ refused: 'looksKnown', field: 'fullName2' });
    expect(await people('Phan Thị Lành')).toBe(1);
    const sure = { ...form, learner: learner('Phan Thị Lành', true) };
    const done = await as('desk_officer', (tx, caller) => enrolAll(tx, { caller, channel: 'staff' }, [sure]));
    expect(isRefusal(done)).toBe(false);
    expect(await people('Phan Thị Lành')).toBe(2);
  });
  test('sent again, the form that wrote them gives the same place and asks nothing', async () => {
    const form = enrolment(learner('Phan Thị Hiền'));
    const send = () => as('organiser', (tx, caller) => enrolAll(tx, { caller, channel: 'staff' }, [form]));
    const [first, again] = [await send(), await send()];
    if (isRefusal(first) || isRefusal(again)) throw new Error('refused');
    expect([again[0]?.enrolmentId, again[0]?.repeated]).toEqual([first[0]?.enrolmentId, true]);
  });
  test('people of another unit are not given away, and residents themselves are never asked', async () => {
    await known('Phan Thị Xa', 1948, cast.there.villageId);
    const far = await as('organiser', (tx, caller) =>
      enrolAll(tx, { caller, channel: 'staff' }, [enrolment(learner('Phan Thị Xa'))]),
    );
    expect(isRefusal(far)).toBe(false);
    await known('Phan Thị Gần', 1948, cast.here.villageId);
    const self = await openScoped('read write', 'camtay_public', '', (tx) =>
      enrolAll(tx, { caller: null, channel: 'web' }, [enrolment(learner('Phan Thị Gần'))]),
    );
    expect(isRefusal(self)).toBe(false);
  });
  test('answers the search only with the name and year that were searched for', () => {
    const searched = { name: 'phan thi lanh', birthYear: 1948 };
    expect(answersSearch(searched, { fullName: 'Phan Thị Lành', birthYear: 1948 })).toBe(true);
    expect(answersSearch(searched, { fullName: 'Phan Thị Lành', birthYear: null })).toBe(false);
    expect(answersSearch(searched, { fullName: 'Phan Thị Lan', birthYear: 1948 })).toBe(false);
    expect(answersSearch(null, { fullName: 'Phan Thị Lành', birthYear: 1948 })).toBe(false);
  });
});
