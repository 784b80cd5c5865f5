import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import { cancelSession, editSessions, planClass } from '@/lib/class/commands';
import { editPreview, sessionField, type SessionEdit } from '@/lib/class/editing';
import { editInput, type EditInput } from '@/lib/class/forms';
import { inFreeOrder } from '@/lib/class/moves';
import { canPlan, sessionSpan } from '@/lib/class/rules';
import { planInput } from '@/lib/class/schema';
import { addDays, dayOf, timeOf, weekdayOf } from '@/lib/kernel/clock';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const now = new Date('2037-11-24T03:00:00Z');
const origin = '2037-12-01';

let cast: Cast;
let token: string;
let accountId: string;
let hall: string;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  token = await cast.token('organiser', cast.here);
  accountId = await cast.accountOf('organiser', cast.here);
  const [made] = await cast.owner<{ id: string }[]>`
    insert into venue (area_id, name, address, seats) values (${cast.here.villageId}, 'Hội trường Thử', 'Đường Thử', 30) returning id`;
  hall = made?.id ?? '';
});
beforeEach(clear);
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

/** No days off, and no sessions but the cast's. */
async function clear(): Promise<void> {
  await cast.owner`delete from day_off`;
  await cast.owner`delete from class_session where class_id not in (${cast.here.classId}, ${cast.there.classId})`;
}

class Undo extends Error {}
/** As the door does: one transaction, undone when the answer is no. */
async function act<R extends object>(work: (tx: ScopedTx) => Promise<Refusal | R>): Promise<Refusal | R> {
  let answer: Refusal | R | undefined;
  try {
    return await openScoped('read write', 'camtay_app', token, async (tx) => {
      answer = await work(tx);
      if (isRefusal(answer)) throw new Undo();
      return answer;
    });
  } catch (error) {
    if (error instanceof Undo && answer) return answer;
    throw error;
  }
}
const look = <R>(work: (tx: ScopedTx) => Promise<R>) => openScoped('read only', 'camtay_app', token, work);

interface Stored {
  id: string;
  startsAt: Date;
  endsAt: Date;
  venueId: string;
  note: string;
  movedFrom: Date | null;
  revision: number;
  status: string;
}
const stored = async (classId: string): Promise<Stored[]> => [
  ...(await cast.owner<Stored[]>`
    select id, starts_at, ends_at, venue_id, note, moved_from, revision, status from class_session where class_id = ${classId} order by position`),
];

/** A class of one's own at the venue, by a weekly rule. */
async function planned(
  rule: { weekdays: number[]; count: number; firstDay?: string },
  saveAs = 'publish',
): Promise<string> {
  const firstDay = rule.firstDay ?? origin;
  const days: string[] = [];
  for (let day = firstDay; days.length < rule.count; day = addDays(day, 1))
    if (rule.weekdays.includes(weekdayOf(day))) days.push(day);
  const input = planInput.parse({
    courseId: cast.courseId,
    venueId: cast.here.venueId,
    teamId: cast.here.teamId,
    capacity: '20',
    minimumToRun: '1',
    language: 'vi',
    startTime: '19:30',
    minutes: '90',
    ...rule,
    weekdays: rule.weekdays.map(String),
    count: String(rule.count),
    firstDay,
    dates: days,
    saveAs,
  });
  const done = await act((tx) => planClass(tx, input, { accountId }, now));
  if (isRefusal(done)) throw new Error(done.refused);
  return done.id;
}

/** A change as the form sends it: what is not said stays as the session stands. */
function change(one: Stored | undefined, asked: Partial<Record<keyof EditInput, unknown>>): EditInput {
  if (!one) throw new Error('no session');
  return editInput.parse({
    sessionId: one.id,
    scope: 'this',
    day: dayOf(one.startsAt),
    time: timeOf(one.startsAt),
    minutes: (one.endsAt.getTime() - one.startsAt.getTime()) / 60_000,
    venueId: one.venueId,
    note: one.note,
    sessions: [one.id],
    ...asked,
  });
}
async function preview(input: EditInput): Promise<SessionEdit[]> {
  const found = await look((tx) => editPreview(tx, 'vi', input.sessionId, input, now));
  if (!found || isRefusal(found)) throw new Error(found?.refused ?? 'not there');
  return found;
}
const edit = (input: EditInput) => act((tx) => editSessions(tx, input, { accountId }, now));

/** A session of somebody else's class at the venue. */
async function take(day: string, time: string, minutes = 60): Promise<void> {
  const { startsAt, endsAt } = sessionSpan(day, time, minutes);
  await cast.owner`
    insert into class_session (class_id, area_id, venue_id, position, starts_at, ends_at, status)
    select ${cast.here.draftId}, ${cast.here.villageId}, ${cast.here.venueId}, coalesce(max(position), 0) + 1, ${startsAt}, ${endsAt}, 'planned'
    from class_session where class_id = ${cast.here.draftId} on conflict do nothing`;
}

const time = fc.constantFrom('08:00', '14:00', '18:30', '19:30', '20:30');
const world = fc.record({
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
  count: fc.integer({ min: 1, max: 8 }),
  clashes: fc.array(fc.record({ ahead: fc.nat({ max: 50 }), time }), { maxLength: 6 }),
  daysOff: fc.array(fc.nat({ max: 50 }), { maxLength: 4 }),
  chosen: fc.nat({ max: 7 }),
  scope: fc.constantFrom('this', 'following', 'all'),
  days: fc.integer({ min: -8, max: 14 }),
  time: fc.option(time, { nil: null }),
  minutes: fc.option(fc.constantFrom(30, 60, 240), { nil: null }),
  elsewhere: fc.boolean(),
  drop: fc.array(fc.nat({ max: 7 }), { maxLength: 2 }),
});

describe(`a change of sessions (seed ${seed})`, () => {
  test('what is stored is the preview, session by session, over random rules, clashes and scopes; what it calls impossible is refused whole', async () => {
    let written = 0;
    await fc.assert(
      fc.asyncProperty(world, async (asked) => {
        await clear();
        const classId = await planned({ weekdays: asked.weekdays, count: asked.count });
        for (const one of asked.clashes) await take(addDays(origin, one.ahead), one.time);
        for (const ahead of asked.daysOff)
          await cast.owner`insert into day_off (area_id, kind, first_day, last_day, reason, name)
            values (${cast.here.villageId}, 'dates', ${addDays(origin, ahead)}, ${addDays(origin, ahead)}, 'other', 'Nghỉ')`;
        const before = await stored(classId);
        const one = before[asked.chosen % before.length];
        const input = change(one, {
          scope: asked.scope,
          day: addDays(dayOf(one?.startsAt ?? now), asked.days),
          ...(asked.time ? { time: asked.time } : {}),
          ...(asked.minutes ? { minutes: asked.minutes } : {}),
          ...(asked.elsewhere ? { venueId: hall } : {}),
        });
        const shown = await preview(input);
        const sessions = shown.filter(({ kept }, at) => kept && !asked.drop.includes(at)).map(({ id }) => id);
        if (sessions.length === 0) return;
        const at = await look((tx) => editPreview(tx, 'vi', input.sessionId, input, now));
        expect(at).toEqual(shown);
        const done = await edit({ ...input, sessions });
        const after = await stored(classId);
        if (isRefusal(done)) {
          // Left as they were, the others may stand in the way of those that were ticked.
          expect(sessions.length).toBeLessThan(shown.length);
          expect(done.refused).toBe('venueTaken');
          expect(after).toEqual(before);
          return;
        }
        written += 1;
        for (const [index, was] of before.entries()) {
          const to = sessions.includes(was.id) ? shown.find(({ id }) => id === was.id)?.after : was;
          expect(after[index]).toMatchObject({
            startsAt: to?.startsAt,
            endsAt: to?.endsAt,
            venueId: to?.venueId,
            revision: was.revision + (to === was ? 0 : 1),
          });
        }
      }),
      { seed, numRuns: 60 },
    );
    expect(written).toBeGreaterThan(15);
  }, 180_000);

  test('there is always an order in which sessions moved alike do not meet on the way', () => {
    const spans = fc.uniqueArray(fc.nat({ max: 60 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(spans, fc.integer({ min: -30, max: 30 }), fc.constantFrom(30, 90, 600), (days, by, minutes) => {
        const edits = days
          .toSorted((a, b) => a - b)
          .map((ahead) => ({
            before: sessionSpan(addDays(origin, ahead), '08:00', 90),
            after: sessionSpan(addDays(origin, ahead + by), '09:00', minutes),
          }));
        const stand = new Map(edits.map((one) => [one, one.before]));
        for (const one of inFreeOrder(edits)) {
          for (const [other, span] of stand)
            if (other !== one) expect(span.startsAt < one.after.endsAt && one.after.startsAt < span.endsAt).toBe(false);
          stand.set(one, one.after);
        }
      }),
      { seed },
    );
  });
});

describe('changing sessions', () => {
  test('all a week later: each onto the next one’s evening, moved from is kept, calendars rise, the rule and the span follow', async () => {
    const classId = await planned({ weekdays: [2], count: 4 });
    const before = await stored(classId);
    const input = change(before[0], { scope: 'all', day: '2037-12-09', sessions: before.map(({ id }) => id) });
    expect((await preview(input)).map(({ verdict, kept }) => [verdict, kept])).toEqual(
      before.map(() => ['fine', true]),
    );
    expect(await edit(input)).toEqual({ classId });
    const after = await stored(classId);
    expect(after.map(({ startsAt }) => dayOf(startsAt))).toEqual([
      '2037-12-09',
      '2037-12-16',
      '2037-12-23',
      '2037-12-30',
    ]);
    expect(after.map(({ movedFrom }) => movedFrom)).toEqual(before.map(({ startsAt }) => startsAt));
    expect(after.map(({ revision }) => revision)).toEqual(before.map(({ revision }) => revision + 1));
    const [row] = await cast.owner`select weekly_rule, first_starts_at from class where id = ${classId}`;
    expect(row).toMatchObject({ weeklyRule: { weekdays: [3] }, firstStartsAt: after[0]?.startsAt });
    // And back: nothing was moved.
    await edit(change(after[0], { scope: 'all', day: '2037-12-01', sessions: before.map(({ id }) => id) }));
    expect((await stored(classId)).map(({ movedFrom }) => movedFrom)).toEqual([null, null, null, null]);
    const acts =
      await cast.owner`select details from audit_event where subject_id = ${classId} and action = 'session.edit' order by at`;
    expect(acts).toMatchObject([
      { details: { scope: 'all', sessions: 4 } },
      { details: { scope: 'all', sessions: 4 } },
    ]);
  });

  test('a taken evening is refused at its session and nothing is written; two at once: one gets it', async () => {
    const classId = await planned({ weekdays: [2], count: 3 });
    const other = await planned({ weekdays: [4], count: 3, firstDay: '2037-12-03' });
    const [before, theirs] = [await stored(classId), await stored(other)];
    const onto = change(before[1], { day: '2037-12-10' });
    expect(await edit(onto)).toEqual({ refused: 'venueTaken', field: sessionField(before[1]?.id ?? '') });
    expect(await stored(classId)).toEqual(before);
    const answers = await Promise.all([
      edit(change(before[0], { day: '2037-12-04' })),
      edit(change(theirs[0], { day: '2037-12-04' })),
    ]);
    expect(answers.flatMap((one) => (isRefusal(one) ? one.refused : []))).toEqual(['venueTaken']);
  });

  test('what began, was held or marked is never rewritten, whatever the scope', async () => {
    const classId = await planned({ weekdays: [2], count: 4 });
    const before = await stored(classId);
    await cast.owner`update class_session set register_started_at = now() where id = ${before[1]?.id ?? ''}`;
    const input = change(before[0], { scope: 'all', time: '18:00', sessions: before.map(({ id }) => id) });
    expect((await preview(input)).map(({ id }) => id)).toEqual([0, 2, 3].map((at) => before[at]?.id));
    expect(await edit(input)).toEqual({ refused: 'planChanged', field: 'sessions' });
    expect(await edit(change(before[1], { time: '18:00' }))).toEqual({ refused: 'sessionOver' });
    const past = new Date('2037-12-20T00:00:00Z');
    expect(await act((tx) => editSessions(tx, change(before[0], { time: '18:00' }), { accountId }, past))).toEqual({
      refused: 'sessionOver',
    });
    expect(await edit({ ...input, sessions: [0, 2, 3].map((at) => before[at]?.id ?? '') })).toEqual({ classId });
    const [, second] = await stored(classId);
    expect(second?.startsAt).toEqual(before[1]?.startsAt);
  });

  test('a cancelled session gets another day and is on again, with when it was to be', async () => {
    const classId = await planned({ weekdays: [2], count: 2 });
    const [first] = await stored(classId);
    await act((tx) => cancelSession(tx, { sessionId: first?.id ?? '', reason: 'Bão' }, { accountId }));
    expect(await edit(change(first, { scope: 'all', day: '2037-12-05' }))).toEqual({ classId });
    const [now1] = await stored(classId);
    expect(now1).toMatchObject({ status: 'published', movedFrom: first?.startsAt });
    expect(dayOf(now1?.startsAt ?? now)).toBe('2037-12-05');
  });

  test('all at another venue: the class is held there; one at another venue: only that one', async () => {
    const classId = await planned({ weekdays: [2], count: 3 });
    const before = await stored(classId);
    await edit(change(before[1], { venueId: hall, note: 'Cô Lan dạy thay' }));
    const venueOf = () =>
      cast.owner`select venue_id, search_folded like '%hoi truong thu%' as found from class where id = ${classId}`;
    expect(await venueOf()).toEqual([{ venueId: cast.here.venueId, found: false }]);
    expect((await stored(classId)).map(({ venueId, note }) => [venueId === hall, note])).toEqual([
      [false, ''],
      [true, 'Cô Lan dạy thay'],
      [false, ''],
    ]);
    const rest = [0, 2].map((at) => before[at]?.id ?? '');
    expect(await edit(change(before[0], { scope: 'all', venueId: hall, sessions: rest }))).toEqual({ classId });
    expect(await venueOf()).toEqual([{ venueId: hall, found: true }]);
  });

  test('a day off is left as it was unless it is ticked; the past never', async () => {
    const classId = await planned({ weekdays: [2], count: 2 });
    const before = await stored(classId);
    await cast.owner`insert into day_off (area_id, kind, first_day, last_day, reason, name)
      values (${cast.here.unitId}, 'dates', '2037-12-02', '2037-12-02', 'market', 'Phiên chợ')`;
    const input = change(before[0], { scope: 'all', day: '2037-12-02', sessions: before.map(({ id }) => id) });
    expect((await preview(input)).map(({ verdict, kept }) => [verdict, kept])).toEqual([
      ['dayOff', false],
      ['fine', true],
    ]);
    expect(await edit(input)).toEqual({ classId });
    const past = change((await stored(classId))[0], { day: '2037-11-20' });
    const [told] = await preview(past);
    expect(told && canPlan(told.verdict)).toBe(false);
    expect(await edit(past)).toMatchObject({ refused: 'past' });
  });

  test("another unit's session or venue, and nothing different: refused", async () => {
    const classId = await planned({ weekdays: [2], count: 1 });
    const [one] = await stored(classId);
    const [, theirs] = await stored(cast.there.classId);
    expect(await edit(change(theirs, { time: '08:00' }))).toEqual({ refused: 'notFound' });
    expect(await edit(change(one, { venueId: cast.there.venueId }))).toEqual({ refused: 'notFound', field: 'venueId' });
    expect(await edit(change(one, {}))).toEqual({ refused: 'sessionsSame' });
    expect(await edit(change(one, { day: '2037-12-02', sessions: [theirs?.id] }))).toEqual({
      refused: 'planChanged',
      field: 'sessions',
    });
  });
});
