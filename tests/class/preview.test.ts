import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import { planAddress, planClass, putDayBack } from '@/lib/class/commands';
import { planPreview } from '@/lib/class/preview';
import { skippedDays } from '@/lib/class/queries';
import { canPlan, sessionSpan, sessionsOf } from '@/lib/class/rules';
import { planDraft, planInput, type PlanInput } from '@/lib/class/schema';
import { addDays, weekdayOf } from '@/lib/kernel/clock';
import { newAddressId, newId } from '@/lib/kernel/id';
import { isRefusal } from '@/lib/kernel/result';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const now = new Date('2026-11-24T03:00:00Z');
const origin = '2026-11-20';

let cast: Cast;
let token: string;
let accountId: string;
/** Nobody else's: the scene's classes meet in days counted from the real today. */
const venueId = newId();

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  token = await cast.token('organiser', cast.here);
  accountId = await cast.accountOf('organiser', cast.here);
  await cast.owner`insert into venue (id, area_id, name, address) values (${venueId}, ${cast.here.villageId}, 'Nhà văn hóa riêng', 'Cạnh sông')`;
});
beforeEach(clear);
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

/** Nothing at the venue, and no days off. */
async function clear(): Promise<void> {
  await cast.owner`delete from day_off`;
  await cast.owner`delete from class_skipped_day`;
  await cast.owner`delete from class_session where register_started_at is null and status = 'planned'`;
}
const act = <R>(work: (tx: ScopedTx) => Promise<R>) => openScoped('read write', 'camtay_app', token, work);

/** A session of the draft class at the venue of the plans. */
async function take(day: string, time: string, minutes = 60): Promise<void> {
  const { startsAt, endsAt } = sessionSpan(day, time, minutes);
  await cast.owner`
    insert into class_session (class_id, area_id, venue_id, position, starts_at, ends_at, status)
    select ${cast.here.draftId}, ${cast.here.villageId}, ${venueId}, coalesce(max(position), 0) + 1, ${startsAt}, ${endsAt}, 'planned'
    from class_session where class_id = ${cast.here.draftId} on conflict do nothing`;
}
async function off(areaId: number, kind: string, firstDay: string, lastDay: string, name = 'Nghỉ'): Promise<void> {
  await cast.owner`
    insert into day_off (area_id, kind, weekday, first_day, last_day, reason, name)
    values (${areaId}, ${kind}, ${kind === 'weekly' ? weekdayOf(firstDay) : null}, ${firstDay}, ${lastDay}, 'other', ${name})`;
}

const typed = (rule: Record<string, unknown>): Record<string, unknown> => ({
  courseId: cast.courseId,
  venueId,
  teamId: cast.here.teamId,
  capacity: '20',
  minimumToRun: '1',
  language: 'vi',
  startTime: '19:30',
  minutes: '90',
  saveAs: 'draft',
  ...rule,
});
const preview = async (asked: Record<string, unknown>) => {
  const draft = planDraft.parse(asked);
  const found = await act((tx) => planPreview(tx, 'vi', draft, now));
  if (!found) throw new Error('no preview');
  return found.days;
};
const stored = async (classId: string) => [
  ...(await cast.owner<{ startsAt: Date; endsAt: Date }[]>`
    select starts_at, ends_at from class_session where class_id = ${classId} order by position`),
];
const plan = (input: PlanInput) => act((tx) => planClass(tx, input, { accountId }, now));

const ahead = (max: number) => fc.integer({ min: 0, max }).map((days) => addDays(origin, days));
const time = fc.constantFrom('08:00', '14:00', '18:30', '19:30', '20:30');
const world = fc.record({
  rule: fc.record({
    firstDay: ahead(10),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
    startTime: time,
    minutes: fc.constantFrom('60', '90', '120'),
    count: fc.integer({ min: 1, max: 14 }).map(String),
  }),
  clashes: fc.array(fc.record({ day: ahead(60), time }), { maxLength: 6 }),
  daysOff: fc.array(
    fc.record({
      up: fc.integer({ min: 0, max: 2 }),
      kind: fc.constantFrom('weekly', 'dates', 'exception'),
      day: ahead(60),
      length: fc.integer({ min: 0, max: 6 }),
    }),
    { maxLength: 5 },
  ),
  drop: fc.array(fc.nat({ max: 13 }), { maxLength: 4 }),
  moves: fc.array(fc.record({ at: fc.nat({ max: 13 }), day: ahead(70), time: fc.option(time, { nil: '' }) }), {
    maxLength: 3,
  }),
});

describe(`the preview of a plan (seed ${seed})`, () => {
  test('is what is stored, over random rules, calendars, clashes and decisions; what it calls impossible is refused whole', async () => {
    const areas = [cast.here.villageId, cast.here.unitId, 44];
    let planned = 0;
    await fc.assert(
      fc.asyncProperty(world, async ({ rule, clashes, daysOff, drop, moves }) => {
        await clear();
        for (const one of clashes) await take(one.day, one.time);
        for (const one of daysOff) await off(areas[one.up] ?? 44, one.kind, one.day, addDays(one.day, one.length));
        const first = await preview(typed(rule));
        const dates = first.filter(({ kept }, at) => kept && !drop.includes(at)).map(({ day }) => day);
        const moved = Object.fromEntries(
          moves.flatMap((move) => {
            const from = first[move.at]?.day;
            return from
              ? [
                  [`moves.${from}.day`, move.day],
                  [`moves.${from}.time`, move.time],
                ]
              : [];
          }),
        );
        const input = planInput.safeParse({ ...typed(rule), dates, ...moved });
        if (!input.success) {
          expect(dates).toEqual([]);
          return;
        }
        // As the form does it: looked at again under its address, then saved.
        const address = new URLSearchParams(planAddress(input.data));
        const read = Object.fromEntries([...address.keys()].map((name) => [name, address.getAll(name)]));
        const again = await preview(
          Object.fromEntries(Object.entries(read).map(([name, all]) => [name, all.length > 1 ? all : all[0]])),
        );
        const told = again.flatMap(({ kept, verdict, moved: to }) => to?.verdict ?? (kept ? verdict : []));
        const before = await cast.owner`select count(*)::int as n from class_session`;
        const done = await plan(input.data).catch(() => null);
        if (!told.every(canPlan) || told.length === 0) {
          expect(done !== null && isRefusal(done)).toBe(true);
          expect(await cast.owner`select count(*)::int as n from class_session`).toEqual(before);
          return;
        }
        if (!done || isRefusal(done)) throw new Error(done?.refused ?? 'failed');
        planned += 1;
        expect(await stored(done.id)).toEqual(sessionsOf(again).map(({ startsAt, endsAt }) => ({ startsAt, endsAt })));
        const skipped = again.filter(({ kept, moved: to }) => !kept && !to).map(({ day }) => day);
        expect((await act((tx) => skippedDays(tx, done.id))).map(({ day }) => day)).toEqual(skipped);
      }),
      { seed, numRuns: 50 },
    );
    expect(planned).toBeGreaterThan(10);
  }, 120_000);

  test('12 evenings with a clash on two and a holiday on one: three left out, and each says with which class or whose day off', async () => {
    const [one, two, three] = ['2026-12-01', '2026-12-03', '2026-12-08'];
    await take(one, '19:00');
    await take(two, '20:59');
    await off(cast.here.unitId, 'dates', three, three, 'Phiên chợ');
    const days = await preview(typed({ firstDay: '2026-11-25', weekdays: ['2', '4'], count: '12' }));
    expect(days.filter(({ kept }) => !kept).map(({ day, verdict }) => [day, verdict])).toEqual([
      [one, 'venueTaken'],
      [two, 'venueTaken'],
      [three, 'dayOff'],
    ]);
    expect(days.find(({ day }) => day === one)?.clash).toMatchObject({ classId: cast.here.draftId });
    expect(days.find(({ day }) => day === three)?.dayOff).toMatchObject({
      name: 'Phiên chợ',
      areaId: cast.here.unitId,
    });
  });

  test('a move is judged where it went; onto another session of the same plan it is a clash, and is refused at its field', async () => {
    const rule = typed({ firstDay: '2026-12-01', weekdays: ['2'], count: '3' });
    const dates = ['2026-12-08', '2026-12-15'];
    const fields = { ...rule, decided: '1', dates, 'moves.2026-12-01.day': '2026-12-08', 'moves.2026-12-01.time': '' };
    const [first] = await preview(fields);
    expect(first?.moved).toMatchObject({ verdict: 'venueTaken' });
    expect(await plan(planInput.parse(fields))).toEqual({ refused: 'venueTaken', field: 'moves.2026-12-01.day' });
    const free = { ...fields, 'moves.2026-12-01.time': '08:00' };
    const done = await plan(planInput.parse(free));
    if (isRefusal(done)) throw new Error(done.refused);
    expect((await stored(done.id)).map(({ startsAt }) => startsAt)).toEqual([
      sessionSpan('2026-12-08', '08:00', 90).startsAt,
      sessionSpan('2026-12-08', '19:30', 90).startsAt,
      sessionSpan('2026-12-15', '19:30', 90).startsAt,
    ]);
  });

  test('a day that is none, and a time that is none, are said at the field of the move', () => {
    const rule = typed({ firstDay: '2026-12-01', weekdays: ['2'], count: '1', dates: '2026-12-01' });
    const wrong = (fields: object) =>
      planInput.safeParse({ ...rule, ...fields }).error?.issues.map(({ path, message }) => [path.join('.'), message]);
    expect(wrong({ 'moves.2026-12-01.day': '31/12/2026' })).toContainEqual(['moves.2026-12-01.day', 'dayShape']);
    expect(wrong({ 'moves.2026-12-01.time': 'tối' })).toEqual([['moves.2026-12-01.time', 'timeShape']]);
    expect(wrong({ 'moves.2026-12-01.day': '' })).toBeUndefined();
  });
});

describe('a day left out', () => {
  test('keeps its reason and is put back once, with the lesson nobody teaches yet; not where it cannot be', async () => {
    const rule = typed({ firstDay: '2026-12-01', weekdays: ['2'], count: '3' });
    await off(cast.here.villageId, 'dates', '2026-12-08', '2026-12-08', 'Gặt');
    const done = await plan(planInput.parse({ ...rule, dates: ['2026-12-01'] }));
    if (isRefusal(done)) throw new Error(done.refused);
    expect(await act((tx) => skippedDays(tx, done.id))).toMatchObject([
      { day: '2026-12-08', reason: 'dayOff', because: `Gặt · Thôn Thử ${cast.here.villageId}` },
      { day: '2026-12-15', reason: 'chosen' },
    ]);
    const back = (day: string, classId = done.id) => act((tx) => putDayBack(tx, { classId, day }, { accountId }, now));
    await take('2026-12-15', '19:00');
    expect(await back('2026-12-15').catch(() => null)).toEqual({ refused: 'venueTaken' });
    expect(await back('2026-12-08')).toEqual({ classId: done.id });
    expect(await back('2026-12-08')).toEqual({ refused: 'notFound' });
    expect(await back('2026-12-08', newAddressId())).toEqual({ refused: 'notFound' });
    const sessions = await cast.owner<{ day: string; lessons: number }[]>`
      select to_char(starts_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as day, count(lesson_id) over (partition by lesson_id)::int as lessons
      from class_session where class_id = ${done.id} order by starts_at`;
    expect(sessions.map(({ day }) => day)).toEqual(['2026-12-01', '2026-12-08']);
    expect(sessions.every(({ lessons }) => lessons <= 1)).toBe(true);
  });
});
