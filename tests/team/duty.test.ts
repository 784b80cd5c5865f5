import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { addDays, dayOf, weekdayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { timesOf } from '@/lib/team/availability';
import { dropTraining, noteTraining, sayAway, sayFree, takeBackAway } from '@/lib/team/commands';
import { sessionsWanting } from '@/lib/team/queries';
import { hoursOfTeam, weekOfTeam } from '@/lib/team/roster';
import { mondayOf } from '@/lib/team/rules';
import { freeInput, trainingInput } from '@/lib/team/schema';
import { suggestionsFor } from '@/lib/team/suggesting';
import { trainingsOf } from '@/lib/team/training';
import { roundAt } from '../visit/scene';
import { done, teamScene } from './scene';

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
let ahead = 30;
/** A class on a day of its own, whose one session lies in the evening of the portal's zone. */
const evening = async () => {
  const made = await scene.classOn(scene.cast.here, [(ahead += 2)]);
  const day = addDays(today, ahead);
  await scene.cast
    .owner`update class_session set starts_at = ${`${day}T19:00:00+07:00`}, ends_at = ${`${day}T20:30:00+07:00`} where id = ${made.session}`;
  return { ...made, day };
};
type Role = Parameters<typeof scene.as>[0];
const free = (memberId: string, parts: string[], role: Role = 'organiser', place = scene.cast.here) =>
  scene.as(role, place, (tx, caller) => sayFree(tx, freeInput.parse({ memberId, free: parts }), caller));
const away = (memberId: string, firstDay: string, lastDay: string, role: Role = 'organiser', place = scene.cast.here) =>
  scene.as(role, place, (tx, caller) => sayAway(tx, { memberId, firstDay, lastDay }, caller, now));
const put = async (sessionId: string) =>
  new Map(
    (await scene.as('organiser', scene.cast.here, (tx) => suggestionsFor(tx, 'vi', sessionId, 'helps'))).map((one) => [
      one.id,
      one.said,
    ]),
  );

describe('when somebody can', () => {
  test('decides who is put forward: said then first, nothing said next, said otherwise or away not at all', async () => {
    const { cast, member, ask, helperOf } = scene;
    const { session, day } = await evening();
    const [says, silent, other, gone] = [
      await member(cast.here),
      await member(cast.here),
      await member(cast.here),
      await member(cast.here),
    ];
    done(await free(says, [`${weekdayOf(day)}.evening`]));
    done(await free(other, [`${weekdayOf(day)}.morning`]));
    done(await away(gone, addDays(day, -2), day));
    const found = await put(session);
    expect([found.get(says), found.get(silent), found.get(other), found.get(gone)]).toEqual([
      true,
      false,
      undefined,
      undefined,
    ]);
    const order = [...found.keys()];
    expect(order.indexOf(says)).toBeLessThan(order.indexOf(silent));
    // Whoever said another part may be talked into it; whoever is away is passed over.
    expect(await ask(session, [gone])).toEqual({ refused: 'helperBusy', field: 'members' });
    expect(done(await ask(session, [other, gone]))).toMatchObject({ asked: 1, passedOver: 1 });
    expect(await helperOf(session, gone)).toBeNull();
  });

  test('and so does duty at a desk at that time', async () => {
    const { cast, member } = scene;
    const { session, day } = await evening();
    const who = await member(cast.here);
    expect((await put(session)).has(who)).toBe(true);
    await cast.owner`insert into desk_shift (desk_id, area_id, member_id, who_id, starts_at, ends_at)
      select id, area_id, ${who}, ${who}, ${`${day}T20:00:00+07:00`}, ${`${day}T21:00:00+07:00`} from desk where id = ${cast.here.deskId}`;
    expect((await put(session)).has(who)).toBe(false);
    expect(await scene.ask(session, [who])).toEqual({ refused: 'helperBusy', field: 'members' });
  });

  test('is counted where a session of the week lacks somebody', async () => {
    const { cast, member, as } = scene;
    const made = await scene.classOn(cast.here, [2]);
    const found = async () =>
      (await as('organiser', cast.here, (tx) => sessionsWanting(tx, 'vi', now))).rows.find(
        ({ id }) => id === made.session,
      )?.free ?? -1;
    const before = await found();
    const who = await member(cast.here);
    expect(await found()).toBe(before + 1);
    done(await away(who, today, addDays(today, 9)));
    expect(await found()).toBe(before);
  });

  test('is said by themselves and by those who plan with them, and by nobody else; the walls agree', async () => {
    const { cast, member, as } = scene;
    const account = await cast.accountOf('helper', cast.here);
    await cast.owner`update team_member set account_id = null where account_id = ${account}`;
    const [own, other] = [await member(cast.here, { account }), await member(cast.here)];
    done(await free(own, ['1.morning', '7.evening'], 'helper'));
    done(await free(own, ['7.evening'], 'helper'));
    done(await away(own, today, today, 'helper'));
    done(await away(own, today, today));
    const times = await as('helper', cast.here, (tx) => timesOf(tx, own, now));
    expect(times.free).toEqual([{ weekday: 7, part: 'evening' }]);
    expect(times.away).toHaveLength(1);
    for (const [role, place] of [
      ['helper', cast.here],
      ['unit_leader', cast.here],
      ['organiser', cast.there],
    ] as const) {
      expect(await free(other, ['1.morning'], role, place)).toEqual({ refused: 'notFound' });
      expect(await away(other, today, today, role, place)).toEqual({ refused: 'notFound' });
      await expect(
        as(
          role,
          place,
          (tx) =>
            tx`insert into team_member_free (member_id, area_id, weekday, part) values (${other}, ${cast.here.unitId}, 1, 'morning')`,
        ),
      ).rejects.toThrow('row-level security');
    }
    const id = times.away[0]?.id ?? '';
    expect(await as('organiser', cast.there, (tx, caller) => takeBackAway(tx, { id }, caller))).toEqual({
      refused: 'notFound',
    });
    done(await as('helper', cast.here, (tx, caller) => takeBackAway(tx, { id }, caller)));
    expect((await as('helper', cast.here, (tx) => timesOf(tx, own, now))).away).toEqual([]);
    await cast.owner`update team_member set left_on = current_date where id = ${own}`;
    expect(await free(own, ['1.morning'], 'helper')).toEqual({ refused: 'notFound' });
  });

  test('days away are in order, not over and at most a year', async () => {
    const who = await scene.member(scene.cast.here);
    expect(await away(who, addDays(today, 3), addDays(today, 2))).toEqual({ refused: 'awayEnds', field: 'lastDay' });
    expect(await away(who, addDays(today, -3), addDays(today, -1))).toEqual({ refused: 'awayPast', field: 'lastDay' });
    expect(await away(who, today, addDays(today, 366))).toEqual({ refused: 'awayLong', field: 'lastDay' });
    done(await away(who, today, addDays(today, 365)));
    expect(freeInput.safeParse({ memberId: who, free: ['8.morning'] }).success).toBe(false);
  });
});

test('trainings are noted by those who plan, once, none of a day to come, and taken off', async () => {
  const { cast, member, as } = scene;
  const memberId = await member(cast.here);
  const typed = (more: object = {}) =>
    trainingInput.parse({
      memberId,
      title: 'Cách ngồi kèm',
      heldOn: today,
      givenBy: 'Hội Khuyến học',
      hours: '1,5',
      ...more,
    });
  const note = (input = typed(), place = cast.here) =>
    as('organiser', place, (tx, caller) => noteTraining(tx, input, caller, now));
  await Promise.all([note(), note()]);
  const rows = await as('unit_leader', cast.here, (tx) => trainingsOf(tx, memberId));
  expect(rows).toMatchObject([{ title: 'Cách ngồi kèm', heldOn: today, minutes: 90 }]);
  expect(await note(typed({ heldOn: addDays(today, 1) }))).toEqual({ refused: 'trainingAhead', field: 'heldOn' });
  expect(await note(typed(), cast.there)).toEqual({ refused: 'notFound' });
  for (const hours of ['', '0', '1,3', '101', 'ba giờ', '-1'])
    expect(trainingInput.safeParse({ ...typed(), hours }).error?.issues[0]?.message).toBe('trainingHours');
  const id = rows[0]?.id ?? '';
  const drop = (place = cast.here) => as('organiser', place, (tx, caller) => dropTraining(tx, { id }, caller));
  expect(await drop(cast.there)).toEqual({ refused: 'notFound' });
  done(await drop());
  expect(await drop()).toEqual({ refused: 'notFound' });
});

describe('a roster', () => {
  test('says of a week who is asked, who agreed, who is on duty and who is away; to the team’s unit alone', async () => {
    const { cast, member, as, ask } = scene;
    const { session, day } = await evening();
    const [one, other] = [await member(cast.here), await member(cast.here)];
    done(await ask(session, [one, other]));
    await cast.owner`update session_helper set state = 'yes', answered_at = now() where member_id = ${one} and session_id = ${session}`;
    await cast.owner`update session_helper set state = 'no', no_because = 'said', answered_at = now() where member_id = ${other} and session_id = ${session}`;
    await cast.owner`insert into desk_shift (desk_id, area_id, member_id, who_id, starts_at, ends_at)
      select id, area_id, ${other}, ${other}, ${`${day}T08:00:00+07:00`}, ${`${day}T10:00:00+07:00`} from desk where id = ${cast.here.deskId}`;
    done(await away(one, addDays(day, -40), addDays(day, 1)));
    const monday = mondayOf(day);
    expect(weekdayOf(monday)).toBe(1);
    const week = (place = cast.here, from = monday) =>
      as('unit_leader', place, (tx) => weekOfTeam(tx, 'vi', cast.here.teamId, from));
    const { tasks, away: gone } = await week();
    expect(tasks.filter(({ memberId }) => memberId === one)).toMatchObject([{ kind: 'session', state: 'yes' }]);
    expect(tasks.filter(({ memberId }) => memberId === other)).toMatchObject([{ kind: 'shift', state: 'yes' }]);
    expect(gone.map(({ memberId }) => memberId)).toContain(one);
    expect((await week(cast.here, addDays(monday, 14))).tasks.filter(({ memberId }) => memberId === one)).toEqual([]);
    expect(await week(cast.there)).toEqual({ tasks: [], away: [] });
  });

  test('a week holds rounds from home to home, not those somebody was let go of or that were called off', async () => {
    const { cast, member, as } = scene;
    const [goes, stays] = [await member(cast.here), await member(cast.here)];
    const monday = addDays(mondayOf(dayOf(new Date())), 28);
    const round = await roundAt(cast, cast.here, {
      day: monday,
      from: '08:00',
      until: '10:00',
      members: [goes, stays],
    });
    await cast.owner`update visit_round_helper set called_off_at = now() where round_id = ${round} and member_id = ${stays}`;
    const rounds = async () =>
      (await as('unit_leader', cast.here, (tx) => weekOfTeam(tx, 'vi', cast.here.teamId, monday))).tasks.filter(
        ({ kind }) => kind === 'round',
      );
    expect(await rounds()).toMatchObject([{ memberId: goes, state: 'yes', place: expect.stringContaining('Thôn') }]);
    await cast.owner`update visit_round set called_off_at = now() where id = ${round}`;
    expect(await rounds()).toEqual([]);
  });

  test('hours hold duty in which somebody was helped: of an account by its own log, of a member without one by the desk’s', async () => {
    const { cast, member, as } = scene;
    const account = await cast.accountOf('desk_officer', cast.here);
    const [signsIn, without] = [await member(cast.here, { account }), await member(cast.here)];
    const shift = async (who: object, hoursAgo: number) => {
      const id = newId();
      await cast.owner`insert into desk_shift ${cast.owner({ id, desk_id: cast.here.deskId, who_id: id, starts_at: new Date(now.getTime() - hoursAgo * 3_600_000), ends_at: new Date(now.getTime() - (hoursAgo - 2) * 3_600_000), area_id: cast.here.villageId, ...who })}`;
      return id;
    };
    const [desk] = await cast.owner<{ areaId: number }[]>`select area_id from desk where id = ${cast.here.deskId}`;
    const area_id = desk?.areaId ?? 0;
    await shift({ area_id, account_id: account }, 400);
    const quiet = await shift({ area_id, member_id: without }, 500);
    const assist = (hoursAgo: number, by: string | null) =>
      cast.owner`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, at, logged_by)
        select ${newId()}, ${cast.here.deskId}, ${area_id}, code, version, 2, 10, ${new Date(now.getTime() - hoursAgo * 3_600_000)}, ${by}
        from desk_need where replaced_at is null order by position limit 1`;
    const of = async (memberId: string) => {
      const rows = await as('unit_leader', cast.here, (tx) => hoursOfTeam(tx, cast.here.teamId, '2020-01', now));
      const sum = (what: 'minutes' | 'shifts' | 'assists') =>
        rows.filter((row) => row.memberId === memberId).reduce((all, row) => all + row[what], 0);
      return [sum('minutes'), sum('shifts'), sum('assists')];
    };
    expect(await of(signsIn)).toEqual([0, 0, 0]);
    await assist(399, await cast.accountOf('organiser', cast.here));
    expect(await of(signsIn)).toEqual([0, 0, 0]);
    await assist(399, account);
    expect(await of(signsIn)).toEqual([120, 1, 1]);
    await assist(499, account);
    expect(await of(without)).toEqual([120, 1, 1]);
    expect(await of(signsIn)).toEqual([120, 1, 1]);
    await cast.owner`update desk_shift set called_off_at = now() where id = ${quiet}`;
    expect(await of(without)).toEqual([0, 0, 0]);
    expect(await as('organiser', cast.there, (tx) => hoursOfTeam(tx, cast.here.teamId, '2020-01', now))).toEqual([]);
  });
});
