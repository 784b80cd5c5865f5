import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { changeClass, editSessions, putDayBack, putOffAll, restoreSession, takeBack } from '@/lib/class/commands';
import { editInput, stormDraft } from '@/lib/class/forms';
import { stormPreview } from '@/lib/class/postponing';
import { changeInput } from '@/lib/class/schema';
import { planShifts } from '@/lib/desk/commands';
import { addDays, dayOf, momentOf, weekdayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { isRefusal } from '@/lib/kernel/result';
import { addTeam, closeTeam } from '@/lib/team/commands';
import { newTeamInput } from '@/lib/team/schema';
import { planRound } from '@/lib/visit/commands';
import { done, teamScene, type Work } from './scene';

let scene: Awaited<ReturnType<typeof teamScene>>;
beforeAll(async () => {
  scene = await teamScene();
});
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

const now = new Date();
const today = dayOf(now);
const here = <R>(work: Work<R>) => scene.as('organiser', scene.cast.here, work);
const close = (id: string) => here((tx, caller) => closeTeam(tx, { id }, caller, now));
async function team(name: string): Promise<string> {
  const details = { name, kind: 'front', organisation: 'women', areaId: scene.cast.here.unitId };
  return done(await here((tx, caller) => addTeam(tx, newTeamInput.parse(details), caller))).id;
}
/** A class of a team whose sessions are over but for one called off in twenty days and a day left out in thirty. */
async function classOver(teamId: string) {
  const { cast, classOn } = scene;
  const { classId, sessionIds, venueId } = await classOn(cast.here, [-20, 20]);
  const off = sessionIds[1] ?? '';
  const day = addDays(today, 30);
  const rule = { firstDay: today, weekdays: [weekdayOf(day)], startTime: '19:30', minutes: 90, count: 3, until: null };
  await cast.owner`update class_session set status = 'cancelled', status_reason = 'Mưa' where id = ${off}`;
  await cast.owner`insert into class_skipped_day (class_id, area_id, day, reason) values (${classId}, ${cast.here.villageId}, ${day}, 'chosen')`;
  await cast.owner`update class set team_id = ${teamId}, last_ends_at = now() - interval '19 days', weekly_rule = ${cast.owner.json(rule)} where id = ${classId}`;
  return { classId, off, venueId, day };
}
const later = (off: string, venueId: string) =>
  editInput.parse({
    sessionId: off,
    scope: 'this',
    day: addDays(today, 40),
    time: '19:30',
    minutes: '90',
    venueId,
    note: '',
    sessions: [off],
  });
const onAgain = async (classId: string) =>
  (
    await scene.cast
      .owner`select from class_session where class_id = ${classId} and status = 'published' and ends_at > now()`
  ).count;

test('a class whose team was closed gets no session: none put back, none given another time, no day left out after all', async () => {
  const { cast } = scene;
  const id = await team('Đội đã nghỉ');
  const { classId, off, venueId, day } = await classOver(id);
  done(await close(id));
  const refused = { refused: 'classTeamClosed' };
  expect(await here((tx, caller) => restoreSession(tx, { sessionId: off }, caller))).toEqual(refused);
  expect(await here((tx, caller) => editSessions(tx, later(off, venueId), caller, now))).toEqual(refused);
  expect(await here((tx, caller) => putDayBack(tx, { classId, day }, caller, now))).toEqual(refused);
  expect(await onAgain(classId)).toBe(0);
  expect((await cast.owner`select from class_skipped_day where class_id = ${classId}`).count, 'kept').toBe(1);

  // What lies behind is corrected as before, and with another team all of it goes.
  await cast.owner`update class_session set status = 'did_not_happen', status_reason = 'Mất điện' where class_id = ${classId} and ends_at < now()`;
  await cast.owner`update class_session set status = 'published', status_reason = null where class_id = ${classId} and ends_at < now()`;
  const change = {
    classId,
    teamId: cast.here.teamId,
    capacity: '30',
    minimumToRun: '1',
    language: 'vi',
    hotline: '',
    note: '',
  };
  done(await here((tx, caller) => changeClass(tx, changeInput.parse(change), caller)));
  done(await here((tx, caller) => restoreSession(tx, { sessionId: off }, caller)));
  done(await here((tx, caller) => putDayBack(tx, { classId, day }, caller, now)));
  expect(await onAgain(classId)).toBe(2);
});

test('what a storm put off does not come back either once the team is closed', async () => {
  const { cast, classOn } = scene;
  const id = await team('Đội trước bão');
  const { classId } = await classOn(cast.here, [-20, 50]);
  await cast.owner`update class set team_id = ${id} where id = ${classId}`;
  const day = dayOf(new Date(now.getTime() + 50 * 86_400_000));
  const storm = stormDraft.parse({
    areas: [String(cast.here.unitId)],
    firstDay: day,
    instead: 'cancel',
    reason: 'Bão',
  });
  const preview = await here((tx) => stormPreview(tx, 'vi', storm, now));
  const { pressId } = done(
    await here((tx, caller) => putOffAll(tx, { ...storm, seen: done(preview).seen }, caller, now)),
  );
  expect(await onAgain(classId)).toBe(0);
  done(await close(id));
  expect(await here((tx, caller) => takeBack(tx, { pressId }, caller, now))).toEqual({ refused: 'classTeamClosed' });
  expect(await onAgain(classId)).toBe(0);
});

test('the database takes no session to come and no duty for a closed team, whoever asks', async () => {
  const { cast, member } = scene;
  const id = await team('Đội không còn');
  const { classId, off } = await classOver(id);
  const one = await member(cast.here, { teamId: id });
  done(await close(id));
  const day = addDays(today, 33);
  await expect(cast.owner`insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status)
    select ${newId()}, ${classId}, area_id, venue_id, 9, ${momentOf(day, '08:00')}, ${momentOf(day, '09:00')}, 'published' from class where id = ${classId}`).rejects.toThrow(
    'the team is closed',
  );
  await expect(cast.owner`update class_session set status = 'published' where id = ${off}`).rejects.toThrow(
    'the team is closed',
  );
  await expect(cast.owner`insert into desk_shift (desk_id, area_id, member_id, who_id, starts_at, ends_at)
    select id, area_id, ${one}, ${one}, ${momentOf(day, '08:00')}, ${momentOf(day, '10:00')} from desk where id = ${cast.here.deskId}`).rejects.toThrow(
    'the team is closed',
  );
});

test('closed at the very moment a session is put back, a round or duty planned, one of the two is told, in words', async () => {
  const { cast, member } = scene;
  for (let times = 0; times < 6; times += 1) {
    const id = await team(`Đội ganh ${times}`);
    const { classId, off } = await classOver(id);
    const [first, second] = [await member(cast.here, { teamId: id }), await member(cast.here, { teamId: id })];
    const day = addDays(today, 60 + times);
    const during = { day, from: '08:00', until: '10:00' };
    const { deskId, villageId: areaId } = cast.here;
    const [closed, ...others] = await Promise.all([
      close(id),
      here((tx, caller) => restoreSession(tx, { sessionId: off }, caller)),
      here((tx, caller) =>
        planShifts(tx, { deskId, who: { kind: 'member', id: first }, ...during, weeks: 1 }, caller, now),
      ),
      here((tx, caller) =>
        planRound(
          tx,
          { areaId, ...during, point: false, from: '13:00', until: '15:00', first, second, formKey: newId() },
          caller,
          now,
        ),
      ),
    ]);
    const [{ ahead } = { ahead: -1 }] = await cast.owner<{ ahead: number }[]>`
      select (select count(*) from class_session s where s.class_id = ${classId} and s.status = 'published' and s.ends_at > now())::int
        + (select count(*) from desk_shift d where d.member_id = ${first} and d.called_off_at is null)::int
        + (select count(*) from visit_round r where r.team_id = ${id} and r.called_off_at is null)::int as ahead`;
    expect(ahead, 'what was refused is not there').toBe(others.filter((one) => !isRefusal(one)).length);
    if (!isRefusal(closed)) expect(ahead).toBe(0);
    else expect(closed.refused).toBe('teamBusy');
  }
});
