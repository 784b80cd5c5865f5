import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import { cancelSession, planClass, restoreSession } from '@/lib/class/commands';
import { planningChoices } from '@/lib/class/queries';
import { planInput } from '@/lib/class/schema';
import { addDays, dayOf, weekdayOf } from '@/lib/kernel/clock';
import { isRefusal } from '@/lib/kernel/result';
import { addVenue, changeVenue, reopenVenue, retireVenue } from '@/lib/venue/commands';
import { classesAt, venueForStaff, venueList } from '@/lib/venue/queries';
import { newVenueInput, venueInput } from '@/lib/venue/schema';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

type Who = 'organiser' | 'helper';
const as = async <R>(role: Who, place: Place, work: (tx: ScopedTx, caller: { accountId: string }) => Promise<R>) => {
  const accountId = await cast.accountOf(role, place);
  return openScoped('read write', 'camtay_app', await cast.token(role, place), (tx) => work(tx, { accountId }));
};
const here = <R>(work: (tx: ScopedTx, caller: { accountId: string }) => Promise<R>) => as('organiser', cast.here, work);
const typed = { name: 'Nhà cụ Thử', address: 'Cạnh giếng làng', seats: '15', power: 'on' };
const add = async (areaId = cast.here.villageId) => {
  const done = await here((tx, caller) => addVenue(tx, newVenueInput.parse({ ...typed, areaId }), caller));
  if (isRefusal(done)) throw new Error(done.refused);
  return done.id;
};
let ahead = 100;
/** A class of one session there, as drafted from the form. */
const planAt = (venueId: string) => {
  ahead += 1;
  const day = addDays(dayOf(new Date()), ahead);
  return planInput.parse({
    courseId: cast.courseId,
    venueId,
    teamId: cast.here.teamId,
    capacity: '10',
    minimumToRun: '1',
    language: 'vi',
    firstDay: day,
    weekdays: String(weekdayOf(day)),
    startTime: '08:00',
    minutes: '60',
    count: '1',
    dates: day,
    saveAs: 'publish',
  });
};
const plan = (venueId: string) => here((tx, caller) => planClass(tx, planAt(venueId), caller, new Date()));
const refused = (why: string, field?: string) => (field ? { refused: why, field } : { refused: why });

describe('a venue', () => {
  test('is added with what there is, offered to plan at, and tells which classes still meet there', async () => {
    const id = await add();
    expect(await here((tx) => venueForStaff(tx, 'vi', id))).toMatchObject({
      seats: 15,
      power: true,
      wifi: false,
      stepFree: false,
      mayWrite: true,
    });
    const made = await plan(id);
    if (isRefusal(made)) throw new Error(made.refused);
    expect(await here((tx) => classesAt(tx, 'vi', id))).toMatchObject([{ classId: made.id, sessionsToCome: 1 }]);
    const { rows } = await here((tx) => venueList(tx, 'vi', { page: 1 }));
    expect(rows.find((one) => one.id === id)).toMatchObject({ sessionsToCome: 1 });
    expect(await as('helper', cast.here, (tx) => venueForStaff(tx, 'vi', id))).toMatchObject({ mayWrite: false });
  });

  test('called otherwise is found by its new name, and what people carry in their calendars rises', async () => {
    const id = await add();
    const made = await plan(id);
    if (isRefusal(made)) throw new Error(made.refused);
    const standing = async () => {
      const [row] = await cast.owner<{ revision: number; words: string }[]>`
        select s.revision, c.search_folded as words from class c join class_session s on s.class_id = c.id where c.id = ${made.id}`;
      return row;
    };
    const change = (more: object) =>
      here((tx, caller) => changeVenue(tx, venueInput.parse({ ...typed, id, ...more }), caller));
    expect(await change({ seats: '' })).toEqual({ id });
    expect(await standing()).toMatchObject({ revision: 0 });
    expect(await change({ name: 'Nhà Đổi Tên' })).toEqual({ id });
    expect(await standing()).toMatchObject({ revision: 1 });
    expect((await standing())?.words).toContain('nha doi ten');
  });

  test('is not taken out of use while a class still meets there; then it is offered no more, until it is used again', async () => {
    const id = await add();
    const made = await plan(id);
    if (isRefusal(made)) throw new Error(made.refused);
    const retire = () => here((tx, caller) => retireVenue(tx, { id }, caller));
    expect(await retire()).toEqual(refused('venueHasSessions'));
    const [session] = await cast.owner<{ id: string }[]>`select id from class_session where class_id = ${made.id}`;
    const sessionId = session?.id ?? '';
    await here((tx, caller) => cancelSession(tx, { sessionId, reason: 'Bão' }, caller));
    expect(await retire()).toEqual({ id });
    expect(await retire()).toEqual(refused('notFound'));
    expect(await plan(id)).toEqual(refused('notFound', 'venueId'));
    expect(await here((tx, caller) => restoreSession(tx, { sessionId }, caller))).toEqual(refused('venueRetired'));
    const offered = async () => (await here((tx) => planningChoices(tx, 'vi'))).venues.some((one) => one.id === id);
    expect(await offered()).toBe(false);
    expect(await here((tx, caller) => reopenVenue(tx, { id }, caller))).toEqual({ id });
    expect(await offered()).toBe(true);
    const acts = await cast.owner<
      { action: string }[]
    >`select action from audit_event where subject_id = ${id} order by at`;
    expect(acts.map(({ action }) => action)).toEqual(['venue.add', 'venue.retire', 'venue.reopen']);
  });

  test('taken out of use and planned at in the same moment: never both, ten times over', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await add();
      const [retired, planned] = await Promise.all([here((tx, caller) => retireVenue(tx, { id }, caller)), plan(id)]);
      expect([isRefusal(retired), isRefusal(planned)].filter(Boolean)).toHaveLength(1);
    }
  });

  test("another unit's is not found, and nothing is written", async () => {
    const before = await cast.owner`select * from venue order by id`;
    const id = cast.there.venueId;
    const tries = [
      here((tx, caller) => changeVenue(tx, venueInput.parse({ ...typed, id }), caller)),
      here((tx, caller) => retireVenue(tx, { id }, caller)),
      here((tx, caller) => reopenVenue(tx, { id }, caller)),
      as('helper', cast.there, (tx, caller) => retireVenue(tx, { id }, caller)),
    ];
    for (const answer of await Promise.all(tries)) expect(answer).toEqual(refused('notFound'));
    const input = newVenueInput.parse({ ...typed, areaId: cast.there.villageId });
    expect(await here((tx, caller) => addVenue(tx, input, caller))).toEqual(refused('notFound', 'areaId'));
    expect(await here((tx) => venueForStaff(tx, 'vi', id))).toBeNull();
    expect(await cast.owner`select * from venue order by id`).toEqual(before);
  });
});
