import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import { putOffAll, takeBack } from '@/lib/class/commands';
import { stormDraft, type Storm } from '@/lib/class/forms';
import { putOffLately, stormPreview } from '@/lib/class/postponing';
import { sessionSpan } from '@/lib/class/rules';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { newAddressId, newId } from '@/lib/kernel/id';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const now = new Date('2037-11-24T03:00:00Z');
const origin = '2037-12-01';

let cast: Cast;
let lessons: string[];
/** The classes of the test at hand. */
const made: string[] = [];
const who: Record<string, { token: string; accountId: string }> = {};

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  for (const [name, role, place] of [
    ['here', 'organiser', cast.here],
    ['there', 'organiser', cast.there],
    ['admin', 'province_admin', cast.here],
    ['helper', 'helper', cast.here],
  ] as const)
    who[name] = { token: await cast.token(role, place), accountId: await cast.accountOf(role, place) };
  const rows = await cast.owner<
    { id: string }[]
  >`select id from lesson where course_id = ${cast.courseId} order by position`;
  lessons = rows.map(({ id }) => id);
});
beforeEach(clear);
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

async function clear(): Promise<void> {
  await cast.owner`delete from day_off`;
  await cast.owner`delete from class_session where class_id = any (${made})`;
  await cast.owner`delete from class where id = any (${made})`;
  made.length = 0;
}

class Undo extends Error {}
async function act<R extends object>(name: string, work: (tx: ScopedTx) => Promise<Refusal | R>): Promise<Refusal | R> {
  let answer: Refusal | R | undefined;
  try {
    return await openScoped('read write', 'camtay_app', who[name]?.token ?? '', async (tx) => {
      answer = await work(tx);
      if (isRefusal(answer)) throw new Undo();
      return answer;
    });
  } catch (error) {
    if (error instanceof Undo && answer) return answer;
    throw error;
  }
}
const caller = (name: string) => ({ accountId: who[name]?.accountId ?? '' });
const preview = (name: string, storm: Storm) =>
  openScoped('read only', 'camtay_app', who[name]?.token ?? '', (tx) => stormPreview(tx, 'vi', storm, now));
async function seen(name: string, storm: Storm) {
  const found = await preview(name, storm);
  if (isRefusal(found)) throw new Error(found.refused);
  return found;
}
const putOff = (name: string, storm: Storm, mark: string) =>
  act(name, (tx) => putOffAll(tx, { ...storm, seen: mark }, caller(name), now));
const back = (name: string, pressId: string, at = now) =>
  act(name, (tx) => takeBack(tx, { pressId }, caller(name), at));

/** A published class with a session a week, each with its lesson. */
async function classOf(place: Place, first: string, count: number, startTime = '19:30'): Promise<string> {
  const classId = newAddressId();
  made.push(classId);
  const spans = Array.from({ length: count }, (_, at) => sessionSpan(addDays(first, 7 * at), startTime, 90));
  const rule = {
    firstDay: first,
    weekdays: [new Date(`${first}T00:00:00Z`).getUTCDay() || 7],
    startTime,
    minutes: 90,
    count,
  };
  await cast.owner`
    insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, weekly_rule, first_starts_at, last_ends_at)
    values (${classId}, ${place.villageId}, ${cast.courseId}, ${place.venueId}, ${place.teamId}, 'published', 20, ${cast.owner.json(rule)},
      ${spans[0]?.startsAt ?? now}, ${spans.at(-1)?.endsAt ?? now})`;
  const rows = spans.map((span, at) => ({
    id: newId(),
    classId,
    areaId: place.villageId,
    venueId: place.venueId,
    lessonId: lessons[at] ?? null,
    position: at + 1,
    status: 'published',
    ...span,
  }));
  await cast.owner`insert into class_session ${cast.owner(rows)}`;
  return classId;
}
const state = async () => [
  ...(await cast.owner<
    {
      id: string;
      classId: string;
      startsAt: Date;
      status: string;
      lesson: number | null;
      note: string;
      statusReason: string | null;
    }[]
  >`
    select s.id, s.class_id, s.starts_at, s.ends_at, s.venue_id, s.status, s.status_reason, s.note, s.moved_from, l.position as lesson
    from class_session s left join lesson l on l.id = s.lesson_id where s.class_id = any (${made}) order by s.class_id, s.position`),
];
const storm = (asked: Partial<Record<keyof Storm, unknown>> = {}): Storm =>
  stormDraft.parse({
    areas: [String(cast.here.unitId)],
    firstDay: origin,
    lastDay: addDays(origin, 6),
    instead: 'move',
    reason: 'Bão số 12',
    ...asked,
  });
const inStorm = (asked: Storm, at: Date) => dayOf(at) >= asked.firstDay && dayOf(at) <= asked.lastDay;

const world = fc.record({
  classes: fc.uniqueArray(
    fc.record({
      ahead: fc.nat({ max: 10 }),
      count: fc.integer({ min: 1, max: 5 }),
      time: fc.constantFrom('08:00', '14:00', '19:30'),
    }),
    { minLength: 1, maxLength: 4, selector: ({ ahead, time }) => `${ahead % 7} ${time}` },
  ),
  first: fc.nat({ max: 12 }),
  length: fc.nat({ max: 9 }),
  daysOff: fc.array(fc.nat({ max: 70 }), { maxLength: 6 }),
  instead: fc.constantFrom('move', 'cancel'),
});

describe(`a storm (seed ${seed})`, () => {
  test('what is stored is the preview; nothing is left in those days; lessons stay in order; taking it back leaves all as it was', async () => {
    let pressed = 0;
    await fc.assert(
      fc.asyncProperty(world, async ({ classes, first, length, daysOff, instead }) => {
        await clear();
        for (const one of classes) await classOf(cast.here, addDays(origin, one.ahead), one.count, one.time);
        for (const ahead of daysOff)
          await cast.owner`insert into day_off (area_id, kind, first_day, last_day, reason, name)
            values (${cast.here.unitId}, 'dates', ${addDays(origin, ahead)}, ${addDays(origin, ahead)}, 'other', 'Nghỉ')`;
        const firstDay = addDays(origin, first);
        const asked = storm({ firstDay, lastDay: addDays(firstDay, length), instead });
        const before = await state();
        const told = await seen('here', asked);
        const done = await putOff('here', asked, told.seen);
        if (told.putOff === 0) {
          expect(done).toEqual({ refused: 'nothingToPutOff' });
          return;
        }
        if (isRefusal(done)) throw new Error(done.refused);
        pressed += 1;
        expect(done.sessions).toBe(told.putOff);
        const after = await state();
        const lines = new Map(told.classes.flatMap((one) => one.lines.map((line) => [line.session.id, line.after])));
        for (const [at, was] of before.entries()) {
          const to = lines.get(was.id);
          expect(after[at]).toMatchObject(
            to ? { startsAt: to.startsAt, status: to.status } : { startsAt: was.startsAt },
          );
        }
        expect(after.filter(({ status, startsAt }) => status === 'published' && inStorm(asked, startsAt))).toEqual([]);
        const off = daysOff.map((ahead) => addDays(origin, ahead));
        const wentTo = after.filter(({ id, status }) => status === 'published' && lines.get(id)?.movedFrom);
        expect(wentTo.filter(({ startsAt }) => off.includes(dayOf(startsAt)))).toEqual([]);
        if (instead === 'move')
          for (const classId of new Set(after.map((one) => one.classId))) {
            const on = after.filter((one) => one.classId === classId && one.status === 'published');
            const taught = on
              .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
              .map(({ lesson }) => lesson ?? 99);
            expect(taught).toEqual(taught.toSorted((a, b) => a - b));
          }
        expect(await back('here', done.pressId)).toMatchObject({ sessions: told.putOff });
        expect(await state()).toEqual(before);
      }),
      { seed, numRuns: 40 },
    );
    expect(pressed).toBeGreaterThan(10);
  }, 180_000);

  test('free days: of the rule, after the last one, over days off and where the venue is taken, and no two classes on one evening', async () => {
    const one = await classOf(cast.here, '2037-12-01', 2);
    const other = await classOf(cast.here, '2037-12-02', 3);
    await cast.owner`update class set weekly_rule = (select weekly_rule from class where id = ${one}) where id = ${other}`;
    await cast.owner`insert into day_off (area_id, kind, first_day, last_day, reason, name)
      values (${cast.here.villageId}, 'dates', '2037-12-15', '2037-12-15', 'market', 'Phiên chợ')`;
    const asked = storm({ lastDay: '2037-12-02' });
    const told = await seen('here', asked);
    const days = told.classes.map(({ lines, passed }) => [
      lines.filter(({ put }) => put).map(({ after }) => dayOf(after.startsAt)),
      passed.map(({ day, verdict }) => [day, verdict]),
    ]);
    expect(days).toEqual([
      [['2037-12-22'], [['2037-12-15', 'dayOff']]],
      [['2037-12-29'], [['2037-12-22', 'venueTaken']]],
    ]);
    const done = await putOff('here', asked, told.seen);
    expect(isRefusal(done)).toBe(false);
    const first = (await state()).find(({ classId }) => classId === one);
    expect(first).toMatchObject({ note: 'Bão số 12', movedFrom: sessionSpan('2037-12-01', '19:30', 90).startsAt });
    const [row] = await cast.owner`select first_starts_at from class where id = ${one}`;
    expect(row?.firstStartsAt).toEqual(sessionSpan('2037-12-08', '19:30', 90).startsAt);
  });

  test('a preview that is no longer true is not written; changed or marked since, it is not taken back', async () => {
    await classOf(cast.here, '2037-12-01', 2);
    const asked = storm();
    const told = await seen('here', asked);
    await classOf(cast.here, '2037-12-03', 1);
    const before = await state();
    expect(await putOff('here', asked, told.seen)).toEqual({ refused: 'planChanged' });
    expect(await state()).toEqual(before);
    const done = await putOff('here', asked, (await seen('here', asked)).seen);
    if (isRefusal(done)) throw new Error(done.refused);
    const [moved] = await state();
    await cast.owner`update class_session set note = 'khác' where id = ${moved?.id ?? ''}`;
    expect(await back('here', done.pressId)).toEqual({ refused: 'changedSince' });
  });

  test('taken back once, not when a day has come or its evening was given away', async () => {
    const classId = await classOf(cast.here, '2037-12-01', 1);
    const asked = storm();
    const press = async () => {
      const done = await putOff('here', asked, (await seen('here', asked)).seen);
      if (isRefusal(done)) throw new Error(done.refused);
      return done.pressId;
    };
    const first = await press();
    expect(await back('here', first, new Date('2037-12-02T00:00:00Z'))).toEqual({ refused: 'takeBackTooLate' });
    expect(await back('here', first)).toMatchObject({ sessions: 1 });
    expect(await back('here', first)).toEqual({ refused: 'notFound' });
    const second = await press();
    await classOf(cast.here, '2037-12-01', 1);
    expect(await back('here', second)).toEqual({ refused: 'venueTaken' });
    const acts =
      await cast.owner`select action from audit_event where subject_kind = 'area' and action like 'class.%' and account_id = ${caller('here').accountId} order by at desc limit 3`;
    expect(acts.map(({ action }) => action)).toEqual(['class.put_off', 'class.take_back', 'class.put_off']);
    expect(classId).toBeTruthy();
  });

  test('whose: organisers their own unit, the administrator many at once, each unit with its own record; helpers none', async () => {
    const [here, there] = [await classOf(cast.here, '2037-12-01', 1), await classOf(cast.there, '2037-12-01', 1)];
    const both = storm({ areas: [String(cast.here.unitId), String(cast.there.unitId)] });
    expect(await preview('here', both)).toEqual({ refused: 'notFound', field: 'areas' });
    expect(await preview('helper', storm())).toEqual({ refused: 'notFound', field: 'areas' });
    const province = storm({ areas: ['44'] });
    const told = await seen('admin', province);
    expect(told.classes.map(({ id }) => id).sort()).toEqual([here, there].sort());
    expect(await putOff('here', province, told.seen)).toEqual({ refused: 'notFound', field: 'areas' });
    const done = await putOff('admin', province, told.seen);
    if (isRefusal(done)) throw new Error(done.refused);
    const records =
      await cast.owner`select area_id from postponement where press_id = ${done.pressId} order by area_id`;
    expect(records.map(({ areaId }) => areaId)).toEqual([cast.here.unitId, cast.there.unitId]);
    const lately = await openScoped('read only', 'camtay_app', who.here?.token ?? '', (tx) => putOffLately(tx, 'vi'));
    expect(lately[0]).toMatchObject({ pressId: done.pressId, sessions: 1, mayUndo: true });
    // Each organiser takes back what is theirs.
    expect(await back('here', done.pressId)).toMatchObject({ sessions: 1 });
    expect(await back('helper', done.pressId)).toEqual({ refused: 'notFound' });
    const days = Object.fromEntries((await state()).map((one) => [one.classId, dayOf(one.startsAt)]));
    expect(days).toEqual({ [here]: '2037-12-01', [there]: '2037-12-08' });
  });
});
