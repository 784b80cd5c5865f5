import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped, type ScopedTx } from '../../lib/access/scoped';
import { cancelClass, cancelSession, changeClass, dateField } from '../../lib/class/commands';
import { planClass, publishClass, restoreSession } from '../../lib/class/commands';
import { areaChoices } from '../../lib/area/queries';
import { planPreview } from '../../lib/class/preview';
import { planningChoices } from '../../lib/class/queries';
import { planInput, type PlanInput } from '../../lib/class/schema';
import { sessionSpan, weeklyDates } from '../../lib/class/rules';
import { classRoster } from '../../lib/enrolment/queries';
import { addDays, dayOf } from '../../lib/kernel/clock';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { isRefusal, type Refusal } from '../../lib/kernel/result';
import { classForStaff, sessionsOfClass } from '../../lib/manage/queries';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let cast: Cast;
let token: string;
let accountId: string;
const now = new Date();

beforeAll(async () => {
  database = await testDatabase();
  process.env.DATABASE_URL = database.url;
  cast = await setTheScene(database.url);
  token = await cast.token('organiser', cast.here);
  accountId = await cast.accountOf('organiser', cast.here);
});
afterAll(async () => {
  await cast.owner.end();
  await closePool();
  await database.drop();
});

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
const caller = () => ({ accountId });

let weeks = 10;
/** A plan nobody else's dates touch, as the form sends it. */
function plan(changes: Record<string, unknown> = {}): PlanInput {
  weeks += 20;
  const firstDay = addDays(dayOf(now), weeks * 7);
  const rule = { firstDay, weekdays: ['2', '4'], startTime: '19:30', minutes: '90', count: '6' };
  const dates = weeklyDates({ firstDay, weekdays: [2, 4], startTime: '19:30', minutes: 90, count: 6 });
  return planInput.parse({
    courseId: cast.courseId,
    venueId: cast.here.venueId,
    teamId: cast.here.teamId,
    capacity: '20',
    minimumToRun: '5',
    language: 'vi',
    ...rule,
    dates,
    saveAs: 'draft',
    ...changes,
  });
}
async function planned(changes: Record<string, unknown> = {}): Promise<{ id: string; asked: PlanInput }> {
  const asked = plan(changes);
  const done = await act((tx) => planClass(tx, asked, caller(), now));
  if (isRefusal(done)) throw new Error(done.refused);
  return { id: done.id, asked };
}
async function counts() {
  const [row] = await cast.owner<Record<string, number>[]>`
    select (select count(*) from class)::int as classes, (select count(*) from class_session)::int as sessions,
           (select count(*) from venue)::int as venues, (select count(*) from audit_event)::int as acts`;
  return row;
}

describe('planning a class', () => {
  test('what is stored equals the preview: the kept dates, the times, lessons in order, the rule with what was left out', async () => {
    const asked = plan();
    const kept = asked.dates.filter((_, index) => index !== 2);
    const done = await act((tx) => planClass(tx, { ...asked, dates: kept }, caller(), now));
    if (isRefusal(done)) throw new Error(done.refused);
    const stored = await look((tx) => sessionsOfClass(tx, 'vi', done.id));
    expect(stored.map(({ startsAt, endsAt }) => ({ startsAt, endsAt }))).toEqual(
      kept.map((day) => sessionSpan(day, '19:30', 90)),
    );
    expect(stored.every((one) => one.status === 'planned')).toBe(true);
    const lessons = await cast.owner<
      { titleVi: string }[]
    >`select title_vi from lesson where course_id = ${cast.courseId} order by position limit 5`;
    expect(stored.map((one) => one.lesson).slice(0, lessons.length)).toEqual(lessons.map((one) => one.titleVi));
    const [row] = await cast.owner`select status, weekly_rule, created_by from class where id = ${done.id}`;
    expect(row).toMatchObject({
      status: 'draft',
      createdBy: accountId,
      weeklyRule: { weekdays: [2, 4] },
    });
    expect(await cast.owner`select day::text, reason from class_skipped_day where class_id = ${done.id}`).toEqual([
      { day: asked.dates[2], reason: 'chosen' },
    ]);
    const acts = await cast.owner`select action, account_id from audit_event where subject_id = ${done.id}`;
    expect(acts).toEqual([{ action: 'class.plan', accountId }]);
  });

  test('published at once it is on the schedule, found by the name of its unit, old names too', async () => {
    const { id } = await planned({ saveAs: 'publish' });
    const [row] = await cast.owner<
      { status: string; searchFolded: string; publishedAt: Date | null; firstStartsAt: Date; sessions: string[] }[]
    >`
      select c.status, c.search_folded, c.published_at, c.first_starts_at, array(select distinct status from class_session where class_id = c.id) as sessions
      from class c where id = ${id}`;
    expect(row).toMatchObject({ status: 'published', sessions: ['published'] });
    expect(row?.searchFolded).toContain('dong thuan');
    expect(row?.publishedAt).toBeInstanceOf(Date);
  });

  test('a venue described in the same form is made in a village of mine', async () => {
    const { id } = await planned({
      venueId: 'new',
      venueName: 'Nhà cụ Thử',
      venueAddress: 'Cạnh giếng làng',
      venueAreaId: String(cast.here.villageId),
      venueSeats: '15',
      venueStepFree: 'on',
    });
    const found = await look((tx) => classForStaff(tx, 'vi', id, now));
    expect(found).toMatchObject({ venue: 'Nhà cụ Thử', seats: 15, stepFree: true, mayWrite: true });
  });

  test('a date at a taken venue is refused at that date, and nothing is written', async () => {
    const { asked } = await planned();
    const before = await counts();
    const again = await act((tx) => planClass(tx, { ...asked, dates: asked.dates.slice(3) }, caller(), now));
    expect(again).toEqual({ refused: 'venueTaken', field: dateField(asked.dates[3] ?? '') });
    expect(await counts()).toEqual(before);
  });

  test('two organisers planning the same evening at once: one gets it, the other is told the date', async () => {
    const asked = plan();
    const before = await counts();
    const answers = await Promise.all([1, 2].map(() => act((tx) => planClass(tx, asked, caller(), now))));
    const refused = answers.filter(isRefusal);
    expect(refused).toEqual([{ refused: 'venueTaken', field: dateField(asked.dates[0] ?? '') }]);
    expect((await counts())?.classes).toBe((before?.classes ?? 0) + 1);
  });

  test('a date in the past, or one the rule does not make, is refused', async () => {
    const past = plan({
      firstDay: '2026-01-01',
      dates: weeklyDates({ firstDay: '2026-01-01', weekdays: [2, 4], startTime: '19:30', minutes: 90, count: 6 }),
    });
    expect(await act((tx) => planClass(tx, past, caller(), now))).toMatchObject({ refused: 'past' });
    const foreign = plan();
    expect(
      await act((tx) => planClass(tx, { ...foreign, dates: [addDays(foreign.firstDay, 400)] }, caller(), now)),
    ).toMatchObject({ refused: 'dateNotInRule' });
  });

  test("another unit's venue, team, course or village: not found, nothing written", async () => {
    const [course] = await cast.owner<{ id: string }[]>`
      insert into course (area_id, title_vi, title_en, summary_vi, summary_en, bring_vi, bring_en)
      values (${cast.there.unitId}, 'x', 'x', 'x', 'x', 'x', 'x') returning id`;
    const elsewhere = { venueName: 'N', venueAddress: 'A', venueId: 'new', venueAreaId: String(cast.there.villageId) };
    const tries = [
      [{ venueId: cast.there.venueId }, 'venueId'],
      [{ teamId: cast.there.teamId }, 'teamId'],
      [{ courseId: course?.id }, 'courseId'],
      [elsewhere, 'venueAreaId'],
      [{ venueId: newId() }, 'venueId'],
    ] as const;
    const before = await counts();
    for (const [changes, field] of tries)
      expect(await act((tx) => planClass(tx, plan(changes), caller(), now)), field).toEqual({
        refused: 'notFound',
        field,
      });
    expect(await counts()).toEqual(before);
  });
});

describe('running a class', () => {
  const asChange = (id: string, changes = {}) => ({
    classId: id,
    teamId: cast.here.teamId,
    capacity: 20,
    minimumToRun: 5,
    language: 'vi' as const,
    note: '',
    hotline: '',
    ...changes,
  });

  test('plan, publish once, change, cancel a session, put it back, cancel: each one act, with one audit row', async () => {
    const { id } = await planned();
    expect(await act((tx) => publishClass(tx, { classId: id }, caller()))).toEqual({ id });
    expect(await act((tx) => publishClass(tx, { classId: id }, caller()))).toEqual({ refused: 'notADraft' });
    expect(
      await act((tx) => changeClass(tx, asChange(id, { capacity: 25, hotline: '0912 345 678' }), caller())),
    ).toEqual({ id });
    const [first, second] = await look((tx) => sessionsOfClass(tx, 'vi', id));
    if (!first || !second) throw new Error('no sessions');
    const input = { sessionId: first.id, reason: 'Mưa lũ' };
    expect(await act((tx) => cancelSession(tx, input, caller()))).toEqual({ classId: id });
    expect(await act((tx) => cancelSession(tx, input, caller()))).toEqual({ refused: 'sessionOver' });
    expect((await look((tx) => classForStaff(tx, 'vi', id, now)))?.firstStartsAt).toEqual(second.startsAt);
    expect(await act((tx) => restoreSession(tx, { sessionId: first.id }, caller()))).toEqual({ classId: id });
    expect((await look((tx) => classForStaff(tx, 'vi', id, now)))?.firstStartsAt).toEqual(first.startsAt);
    expect(await act((tx) => cancelClass(tx, { classId: id, reason: 'Ít người' }, caller()))).toEqual({ id });
    expect(await act((tx) => cancelClass(tx, { classId: id, reason: 'Ít người' }, caller()))).toEqual({
      refused: 'classOver',
    });
    const acts = await cast.owner<{ action: string }[]>`
      select action from audit_event where subject_id in (${id}, ${first.id}) order by at`;
    expect(acts.map((one) => one.action)).toEqual([
      'class.plan',
      'class.publish',
      'class.change',
      'session.cancel',
      'session.restore',
      'class.cancel',
    ]);
  });

  test('a cancelled session frees its evening; put back when it was taken since, it is refused', async () => {
    const { id, asked } = await planned();
    const [first] = await look((tx) => sessionsOfClass(tx, 'vi', id));
    await act((tx) => cancelSession(tx, { sessionId: first?.id ?? '', reason: 'x' }, caller()));
    await act((tx) => planClass(tx, { ...asked, dates: asked.dates.slice(0, 1) }, caller(), now));
    expect(await act((tx) => restoreSession(tx, { sessionId: first?.id ?? '' }, caller()))).toEqual({
      refused: 'venueTaken',
    });
  });

  test('cancelling a class ends every place and turn in it, with an event each, and frees the seats', async () => {
    const { id } = await planned({ saveAs: 'publish' });
    const enrol = async (status: string) => {
      const personId = newId();
      await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded) values (${personId}, ${cast.here.villageId}, 'A', 'A', 'a')`;
      await cast.owner`insert into enrolment (class_id, area_id, person_id, status, code, channel, idempotency_key)
        values (${id}, ${cast.here.villageId}, ${personId}, ${status}, ${newSlipCode()}, 'web', ${newId()})`;
    };
    const begin = () => cast.owner`insert into enrolment_event (enrolment_id, area_id, to_status, channel)
      select id, area_id, status, channel from enrolment where class_id = ${id} and status in ('confirmed', 'waitlisted')`;
    for (const status of ['confirmed', 'confirmed', 'waitlisted', 'cancelled']) await enrol(status);
    await begin();
    await cast.owner`update class set seats_confirmed = 2, waiting = 1 where id = ${id}`;
    await act((tx) => cancelClass(tx, { classId: id, reason: 'Bão' }, caller()));
    // Whoever had a place or waited is still on the list: somebody has to ring them.
    const toTell = await look((tx) => classRoster(tx, 'vi', id));
    expect(toTell.map((one) => one.status)).toEqual(Array(3).fill('class_cancelled'));
    const states = await cast.owner<
      { status: string; n: number }[]
    >`select status, count(*)::int as n from enrolment where class_id = ${id} group by 1 order by 1`;
    expect(states).toEqual([
      { status: 'cancelled', n: 1 },
      { status: 'class_cancelled', n: 3 },
    ]);
    const events =
      await cast.owner`select 1 from enrolment_event v join enrolment e on e.id = v.enrolment_id where e.class_id = ${id} and v.to_status = 'class_cancelled' and v.reason = 'Bão'`;
    expect(events).toHaveLength(3);
    const [row] =
      await cast.owner`select status, seats_confirmed, waiting, (select count(*)::int from class_session where class_id = ${id} and status = 'cancelled') as off from class where id = ${id}`;
    expect(row).toEqual({ status: 'cancelled', seatsConfirmed: 0, waiting: 0, off: 6 });
  });

  test('more capacity promotes who waits longest; less than the seats given is refused', async () => {
    const { id } = await planned({ saveAs: 'publish', capacity: '2', minimumToRun: '1', offerHours: '0' });
    const people: string[] = [];
    for (const [index, status] of ['confirmed', 'confirmed', 'waitlisted', 'waitlisted'].entries()) {
      const personId = newId();
      people.push(personId);
      await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded) values (${personId}, ${cast.here.villageId}, 'A', 'A', 'a')`;
      await cast.owner`insert into enrolment (class_id, area_id, person_id, status, code, channel, idempotency_key, queued_at)
        values (${id}, ${cast.here.villageId}, ${personId}, ${status}, ${newSlipCode()}, 'web', ${newId()}, now() + make_interval(secs => ${index}))`;
    }
    await cast.owner`insert into enrolment_event (enrolment_id, area_id, to_status, channel)
      select id, area_id, status, channel from enrolment where class_id = ${id}`;
    await cast.owner`update class set seats_confirmed = 2, waiting = 2 where id = ${id}`;
    expect(await act((tx) => changeClass(tx, asChange(id, { capacity: 1, minimumToRun: 1 }), caller()))).toEqual({
      refused: 'belowTaken',
      field: 'capacity',
    });
    await act((tx) => changeClass(tx, asChange(id, { capacity: 3 }), caller()));
    const [row] =
      await cast.owner`select seats_confirmed, waiting, (select status from enrolment where person_id = ${people[2] ?? ''}) as third from class where id = ${id}`;
    expect(row).toEqual({ seatsConfirmed: 3, waiting: 1, third: 'confirmed' });
  });

  test("another unit's class and sessions: not found whatever one asks, nothing written", async () => {
    const { classId, draftId, sessionIds } = cast.there;
    const before = await counts();
    const no = { refused: 'notFound' };
    expect(await act((tx) => publishClass(tx, { classId: draftId }, caller()))).toEqual(no);
    expect(await act((tx) => changeClass(tx, asChange(classId), caller()))).toEqual(no);
    expect(await act((tx) => cancelClass(tx, { classId, reason: 'x' }, caller()))).toEqual(no);
    expect(await act((tx) => cancelSession(tx, { sessionId: sessionIds[1], reason: 'x' }, caller()))).toEqual(no);
    expect(await act((tx) => restoreSession(tx, { sessionId: sessionIds[1] }, caller()))).toEqual(no);
    expect(
      await act((tx) => changeClass(tx, asChange(cast.here.classId, { teamId: cast.there.teamId }), caller())),
    ).toEqual({ ...no, field: 'teamId' });
    expect(await look((tx) => classForStaff(tx, 'vi', classId, now))).toBeNull();
    expect(await counts()).toEqual(before);
  });
});

describe('what the forms offer', () => {
  test("courses of the province, venues and teams of one's own unit only; the same for places", async () => {
    const choices = await look((tx) => planningChoices(tx, 'vi'));
    expect(choices.courses.map((one) => one.id)).toContain(cast.courseId);
    expect(choices.venues.map((one) => one.id)).toContain(cast.here.venueId);
    expect(choices.venues.map((one) => one.id)).not.toContain(cast.there.venueId);
    expect(choices.teams.map((one) => one.id)).toEqual([cast.here.teamId]);
    const grants = [{ areaId: cast.here.unitId }, { areaId: 44 }];
    const places = await look((tx) => areaChoices(tx, 'en', { grants, capability: 'class.write', depth: 12 }));
    expect(places.map((one) => one.id).sort()).toEqual([cast.here.unitId, cast.here.villageId].sort());
  });
  test('the preview says of each date what planning it would answer', async () => {
    const { asked } = await planned();
    const preview = await look((tx) => planPreview(tx, 'vi', { ...asked, count: 8 }, now));
    expect(preview?.days.map((date) => date.verdict)).toEqual([...Array(6).fill('venueTaken'), 'fine', 'fine']);
    expect(await look((tx) => planPreview(tx, 'vi', { ...asked, venueId: cast.there.venueId }, now))).toBeNull();
  });
});
