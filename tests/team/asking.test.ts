import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { cancelSession, restoreSession } from '@/lib/class/commands';
import { markPresence, withdrawAsk } from '@/lib/team/commands';
import { asksOf, asksOfMember, hoursOfTeam, sessionsWanting, staffedSessions } from '@/lib/team/queries';
import { suggestionsFor } from '@/lib/team/suggesting';
import { done, teamScene } from './scene';

let scene: Awaited<ReturnType<typeof teamScene>>;
beforeAll(async () => {
  scene = await teamScene();
});
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

const idOf = async (sessionId: string, memberId: string) => (await scene.helperOf(sessionId, memberId))?.id ?? '';
const refused = (why: string, field?: string) => (field ? { refused: why, field } : { refused: why });
let day = 10;
/** Days nobody else of these tests uses. */
const nextDay = () => (day += 2);

describe('asking', () => {
  test('one press asks for all sessions to come; where somebody is not free they are passed over, and that is counted', async () => {
    const { cast, ask, classOn, member, helperOf } = scene;
    const [first, second, third] = [nextDay(), nextDay(), nextDay()];
    const made = await classOn(cast.here, [first, second, third]);
    const other = await classOn(cast.here, [second]);
    const busy = await member(cast.here);
    const free = await member(cast.here);
    done(await ask(other.session, [busy]));
    expect(await ask(made.session, [busy, free], { scope: 'all' })).toMatchObject({ asked: 5, passedOver: 1 });
    expect(await helperOf(made.sessionIds[1] ?? '', busy)).toBeNull();
    expect(await ask(made.sessionIds[1] ?? '', [busy])).toEqual(refused('helperBusy', 'members'));
    const audited = await cast.owner`
      select from audit_event where action = 'helper.ask' and subject_id = any(${made.sessionIds})`;
    expect(audited.count).toBe(3);
  });

  test('two organisers ask one person for overlapping sessions at once: one succeeds, the other is told; twenty times over', async () => {
    const { cast, ask, classOn, member } = scene;
    for (let round = 0; round < 20; round += 1) {
      const on = nextDay();
      const [one, other] = [await classOn(cast.here, [on]), await classOn(cast.here, [on])];
      const who = await member(cast.here);
      const answers = await Promise.all([ask(one.session, [who]), ask(other.session, [who])]);
      expect(answers.filter((each) => 'asked' in each && each.asked === 1)).toHaveLength(1);
      expect(answers).toContainEqual(refused('helperBusy', 'members'));
      const rows = await cast.owner`select from session_helper where member_id = ${who} and state <> 'no'`;
      expect(rows.count).toBe(1);
    }
  });

  test('the database itself refuses two sessions at one time, whoever writes', async () => {
    const { cast, classOn, member } = scene;
    const on = nextDay();
    const [one, other] = [await classOn(cast.here, [on]), await classOn(cast.here, [on])];
    const who = await member(cast.here);
    const put = (id: string) =>
      cast.owner`insert into session_helper (session_id, member_id, role) values (${id}, ${who}, 'helps')`;
    await put(one.session);
    await expect(put(other.session)).rejects.toMatchObject({ code: '23P01' });
  });

  test('somebody of another province corner, of another unit’s class, or who left is not found', async () => {
    const { cast, ask, classOn, member } = scene;
    const made = await classOn(cast.here, [nextDay()]);
    const far = await member(cast.there);
    const gone = await member(cast.here);
    await cast.owner`update team_member set left_on = current_date where id = ${gone}`;
    for (const who of [far, gone]) expect(await ask(made.session, [who])).toEqual(refused('notFound', 'members'));
    expect(await ask(made.session, [far], { place: cast.there })).toEqual(refused('notFound'));
    const past = await classOn(cast.here, [-nextDay()]);
    expect(await ask(past.session, [await member(cast.here)])).toEqual(refused('sessionBegun'));
  });
});

describe('answers', () => {
  test('the helper says yes or no until the session begins; nobody else’s question is theirs to answer', async () => {
    const { cast, as, ask, answer, classOn, member, helperOf } = scene;
    const who = await member(cast.here, { account: await cast.accountOf('helper', cast.here) });
    const made = await classOn(cast.here, [nextDay(), nextDay()]);
    done(await ask(made.session, [who], { scope: 'all' }));
    const asked = await as('helper', cast.here, (tx, caller) => asksOf(tx, 'vi', caller.accountId, new Date()));
    expect(asked.map(({ id }) => id).toSorted()).toEqual(
      (await Promise.all(made.sessionIds.map((id) => idOf(id, who)))).toSorted(),
    );
    const ids = asked.map(({ id }) => id);
    expect(await answer('desk_officer', ids, 'yes')).toEqual(refused('notFound'));
    expect(await answer('organiser', ids, 'yes', '', cast.there)).toEqual(refused('notFound'));
    done(await answer('helper', ids, 'yes'));
    expect(await helperOf(made.session, who)).toMatchObject({ state: 'yes' });
    done(await answer('helper', [ids[0] ?? ''], 'no', 'Con ốm'));
    const [lost] = ids;
    const freed = await cast.owner`select reason, no_because from session_helper where id = ${lost ?? ''}`;
    expect(freed[0]).toMatchObject({ reason: 'Con ốm', noBecause: 'said' });
    await cast.owner`update class_session set starts_at = now() - interval '1 minute', ends_at = now() + interval '1 hour' where id = ${made.sessionIds[1] ?? ''}`;
    expect(await answer('helper', [await idOf(made.sessionIds[1] ?? '', who)], 'no')).toEqual(refused('sessionBegun'));
    await cast.owner`update team_member set account_id = null where id = ${who}`;
  });

  test('who says no frees the place: the next one is put forward, and the organiser notes answers by phone', async () => {
    const { cast, as, ask, answer, classOn, member } = scene;
    const made = await classOn(cast.here, [nextDay()], { enrolled: 4 });
    const who = await member(cast.here);
    done(await ask(made.session, [who]));
    const put = () => as('organiser', cast.here, (tx) => suggestionsFor(tx, 'vi', made.session, 'helps'));
    done(await answer('organiser', [await idOf(made.session, who)], 'no', 'Về quê'));
    const next = await put();
    expect(next.length).toBeGreaterThan(0);
    expect(next.map(({ id }) => id)).not.toContain(who);
    const [shown] = await as('organiser', cast.here, (tx) => staffedSessions(tx, 'vi', made.classId, new Date()));
    expect(shown?.helpers).toMatchObject([{ state: 'no', reason: 'Về quê', phone: '+84912000111' }]);
    const [read] = await as('unit_leader', cast.here, (tx) => staffedSessions(tx, 'vi', made.classId, new Date()));
    expect(read?.helpers).toMatchObject([{ phone: null, reason: '' }]);
    const why = (role: 'organiser' | 'helper' | 'unit_leader', place = cast.here) =>
      as(role, place, async (tx) =>
        (await asksOfMember(tx, 'vi', who, '2026-01', new Date())).map(({ noBecause, reason }) => [noBecause, reason]),
      );
    expect(await why('organiser')).toEqual([['said', 'Về quê']]);
    expect([await why('helper'), await why('unit_leader')], 'that they cannot, never why').toEqual([
      [['said', '']],
      [['said', '']],
    ]);
    await cast.owner`update team_member set account_id = ${await cast.accountOf('helper', cast.here)} where id = ${who}`;
    expect(await why('helper'), 'themselves').toEqual([['said', 'Về quê']]);
    await cast.owner`update team_member set account_id = null where id = ${who}`;
    expect(await as('organiser', cast.there, (tx) => staffedSessions(tx, 'vi', made.classId, new Date()))).toEqual([]);
  });

  test('taken back, the question is no longer theirs to answer', async () => {
    const { cast, as, ask, answer, classOn, member } = scene;
    const made = await classOn(cast.here, [nextDay()]);
    const who = await member(cast.here, { account: await cast.accountOf('helper', cast.here) });
    done(await ask(made.session, [who]));
    const id = await idOf(made.session, who);
    expect(await as('organiser', cast.there, (tx, caller) => withdrawAsk(tx, { id }, caller, new Date()))).toEqual(
      refused('notFound'),
    );
    done(await as('organiser', cast.here, (tx, caller) => withdrawAsk(tx, { id }, caller, new Date())));
    expect(await answer('helper', [id], 'yes')).toEqual(refused('notAskedNow'));
    done(await ask(made.session, [who]));
    done(await answer('helper', [id], 'yes'));
    await cast.owner`update team_member set account_id = null where id = ${who}`;
  });
});

describe('suggestions', () => {
  test('own team, own unit, next door; free, of the language, able; and for teaching every skill of the lesson', async () => {
    const { cast, as, ask, classOn, member } = scene;
    const made = await classOn(cast.here, [nextDay()], { language: 'bru' });
    const [ownTeam, ownUnit] = ['a', 'b'].map(() => crypto.randomUUID());
    const languages = ['vi', 'bru'];
    await cast.owner`insert into team (id, area_id, kind, name) values (${ownUnit ?? ''}, ${cast.here.unitId}, 'front', 'Đội khác')`;
    const [near] = await cast.owner<{ id: number }[]>`
      select o.id from area u join area o on o.id <> u.id and o.kind in ('commune', 'ward') where u.id = ${cast.here.unitId}
      order by (u.latitude - o.latitude) ^ 2 + (u.longitude - o.longitude) ^ 2 limit 1`;
    await cast.owner`insert into team (id, area_id, kind, name) values (${ownTeam ?? ''}, ${near?.id ?? 0}, 'front', 'Đội bên cạnh')`;
    const first = await member(cast.here, { languages });
    const second = await member(cast.here, { languages, teamId: ownUnit ?? '' });
    const third = await member({ ...cast.here, unitId: near?.id ?? 0 }, { languages, teamId: ownTeam ?? '' });
    const unable = await member(cast.here, { languages, skills: ['F3'] });
    const unknown = await member(cast.here, { languages, skills: [] });
    await member(cast.here);
    const far = await member(cast.there, { languages });
    const put = (role: 'helps' | 'teaches') =>
      as('organiser', cast.here, (tx) => suggestionsFor(tx, 'vi', made.session, role));
    const helping = await put('helps');
    const [lessonSkills] = helping.map((one) => one.lessonSkills);
    expect(helping.map(({ id, near }) => [id, near])).toEqual([
      [first, 0],
      [unknown, 0],
      [second, 1],
      [third, 2],
    ]);
    expect(helping.map(({ id }) => id)).not.toContain(unable);
    expect(helping.map(({ id }) => id)).not.toContain(far);
    const all = await cast.owner<
      { skillCode: string }[]
    >`select skill_code from lesson_skill where lesson_id = ${cast.lessonId}`;
    for (const { skillCode } of all)
      await cast.owner`insert into team_member_skill (member_id, skill_code, area_id) values (${second}, ${skillCode}, ${cast.here.unitId}) on conflict do nothing`;
    const teaching = (await put('teaches')).map(({ id }) => id);
    expect(teaching).toContain(second);
    expect(teaching).not.toContain(unknown);
    if ((lessonSkills ?? 0) > 1) expect(teaching).not.toContain(first);
    const clash = await classOn(cast.here, [day], { language: 'bru' });
    done(await ask(clash.session, [first]));
    expect((await put('helps')).map(({ id }) => id)).not.toContain(first);
    expect(await as('organiser', cast.there, (tx) => suggestionsFor(tx, 'vi', made.session, 'helps'))).toEqual([]);
    expect(await as('helper', cast.here, (tx) => suggestionsFor(tx, 'vi', made.session, 'helps'))).toEqual([]);
  });

  test('what lacks somebody in the coming week is told to whoever runs it, counted from enrolled and ratio', async () => {
    const { cast, as, ask, classOn, member } = scene;
    const made = await classOn(cast.here, [3], { enrolled: 9 });
    const wanting = async () =>
      (await as('organiser', cast.here, (tx) => sessionsWanting(tx, 'vi', new Date()))).rows.find(
        ({ id }) => id === made.session,
      );
    expect(await wanting()).toMatchObject({ wanted: 3, teacherWanted: true });
    done(await ask(made.session, [await member(cast.here), await member(cast.here)]));
    expect(await wanting()).toMatchObject({ wanted: 1, teacherWanted: true, waiting: 2 });
    done(await ask(made.session, [await member(cast.here)]));
    done(await ask(made.session, [await member(cast.here)], { role: 'teaches' }));
    expect(await wanting()).toBeUndefined();
    expect((await as('unit_leader', cast.here, (tx) => sessionsWanting(tx, 'vi', new Date()))).total).toBe(0);
  });
});

describe('sessions that move', () => {
  test('take their helpers along; a yes is asked anew; who is expected elsewhere then is let off', async () => {
    const { cast, ask, answer, classOn, member, helperOf } = scene;
    const [on, then] = [nextDay(), nextDay()];
    const [made, other] = [await classOn(cast.here, [on]), await classOn(cast.here, [then])];
    const [agreed, waiting, expected] = [await member(cast.here), await member(cast.here), await member(cast.here)];
    done(await ask(made.session, [agreed, waiting, expected]));
    done(await ask(other.session, [expected]));
    done(await answer('organiser', [await idOf(made.session, agreed), await idOf(made.session, expected)], 'yes'));
    await cast.owner`update class_session set starts_at = starts_at + interval '2 days', ends_at = ends_at + interval '2 days' where id = ${made.session}`;
    const [moved] = await cast.owner<
      { startsAt: Date }[]
    >`select starts_at from class_session where id = ${made.session}`;
    expect(await helperOf(made.session, agreed)).toMatchObject({
      state: 'asked',
      moved: true,
      startsAt: moved?.startsAt,
    });
    expect(await helperOf(made.session, waiting)).toMatchObject({ state: 'asked', moved: true });
    expect(await helperOf(made.session, expected)).toMatchObject({ state: 'no', noBecause: 'clash' });
    expect(await helperOf(other.session, expected)).toMatchObject({ state: 'asked' });
  });

  test('all of a class move a week in one go, each into the old time of the next: nobody is let off', async () => {
    const { cast, ask, answer, classOn, member, helperOf } = scene;
    const first = nextDay();
    day += 30;
    const made = await classOn(cast.here, [first, first + 7, first + 14, first + 21]);
    const who = await member(cast.here);
    done(await ask(made.session, [who], { scope: 'all' }));
    done(await answer('organiser', await Promise.all(made.sessionIds.map((id) => idOf(id, who))), 'yes'));
    await cast.owner.begin(async (tx) => {
      for (const id of made.sessionIds.toReversed())
        await tx`update class_session set starts_at = starts_at + interval '7 days', ends_at = ends_at + interval '7 days' where id = ${id}`;
    });
    for (const id of made.sessionIds) expect(await helperOf(id, who)).toMatchObject({ state: 'asked', moved: true });
    const apart = await cast.owner`
      select from session_helper h join class_session s on s.id = h.session_id where (h.starts_at, h.ends_at) <> (s.starts_at, s.ends_at)`;
    expect(apart.count).toBe(0);
  });

  test('called off, nobody is asked and their time is free; back on, they are asked anew unless taken', async () => {
    const { cast, as, ask, answer, classOn, member, helperOf } = scene;
    const on = nextDay();
    const [made, other] = [await classOn(cast.here, [on]), await classOn(cast.here, [on])];
    const [kept, taken] = [await member(cast.here), await member(cast.here)];
    done(await ask(made.session, [kept, taken]));
    done(await answer('organiser', [await idOf(made.session, kept), await idOf(made.session, taken)], 'yes'));
    const off = { sessionId: made.session, reason: 'Bão' };
    done(await as('organiser', cast.here, (tx, caller) => cancelSession(tx, off, caller)));
    expect(await answer('organiser', [await idOf(made.session, kept)], 'yes')).toEqual(refused('sessionOff'));
    done(await ask(other.session, [taken]));
    done(await as('organiser', cast.here, (tx, caller) => restoreSession(tx, { sessionId: made.session }, caller)));
    expect(await helperOf(made.session, kept)).toMatchObject({ state: 'asked', moved: true, calledOff: false });
    expect(await helperOf(made.session, taken)).toMatchObject({ state: 'no', noBecause: 'clash' });
  });

  test('two sessions change places in one go: whoever is at both stays at both', async () => {
    const { cast, ask, classOn, member, helperOf } = scene;
    const [one, other] = [await classOn(cast.here, [nextDay()]), await classOn(cast.here, [nextDay()])];
    const who = await member(cast.here);
    for (const { session } of [one, other]) done(await ask(session, [who]));
    const [early, late] = [await helperOf(one.session, who), await helperOf(other.session, who)];
    await cast.owner.begin(async (tx) => {
      await tx`update class_session set starts_at = ${late?.startsAt ?? null}, ends_at = ${late?.startsAt ?? null}::timestamptz + interval '90 minutes' where id = ${one.session}`;
      await tx`update class_session set starts_at = ${early?.startsAt ?? null}, ends_at = ${early?.startsAt ?? null}::timestamptz + interval '90 minutes' where id = ${other.session}`;
    });
    expect(await helperOf(one.session, who)).toMatchObject({ state: 'asked', startsAt: late?.startsAt });
    expect(await helperOf(other.session, who)).toMatchObject({ state: 'asked', startsAt: early?.startsAt });
  });

  test('moved while somebody is being asked: whoever comes second waits, and the question goes along', async () => {
    const { cast, classOn, member } = scene;
    const made = await classOn(cast.here, [nextDay()]);
    const who = await member(cast.here);
    let moving: Promise<unknown> = Promise.resolve();
    await cast.owner.begin(async (tx) => {
      await tx`insert into session_helper (session_id, member_id, role) values (${made.session}, ${who}, 'helps')`;
      moving = cast.owner`
        update class_session set starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour' where id = ${made.session}`;
      moving.catch(() => undefined);
      // Until it waits for this transaction, or was through.
      for (let looks = 0; looks < 200; looks += 1) {
        const [held] = await tx<{ waits: boolean }[]>`
          select exists (select from pg_stat_activity where pid <> pg_backend_pid() and wait_event_type = 'Lock'
                         and query like '%starts_at + interval%' and datname = current_database()) as waits`;
        if (held?.waits) break;
      }
    });
    await moving;
    const apart = await cast.owner`
      select from session_helper h join class_session s on s.id = h.session_id
      where s.id = ${made.session} and (h.starts_at, h.ends_at) <> (s.starts_at, s.ends_at)`;
    expect(apart.count).toBe(0);
  });
});

describe('hours', () => {
  test('are those of sessions that took place and they came to; a correction takes them away and gives them back', async () => {
    const { cast, as, classOn, member } = scene;
    const who = await member(cast.here);
    const made = await classOn(cast.here, [-40, -38, -36, -34]);
    const [taken, missed, notTaken, said] = made.sessionIds;
    for (const id of [taken, missed, said])
      await cast.owner`update class_session set register_started_at = starts_at, register_finished_at = ends_at, status = 'held' where id = ${id ?? ''}`;
    for (const id of [taken, missed, notTaken])
      await cast.owner`insert into session_helper (session_id, member_id, role, state, answered_at) values (${id ?? ''}, ${who}, 'helps', 'yes', now())`;
    await cast.owner`insert into session_helper (session_id, member_id, role, state, answered_at, no_because) values (${said ?? ''}, ${who}, 'helps', 'no', now(), 'said')`;
    const minutes = async () => {
      const rows = await as('helper', cast.here, (tx) => hoursOfTeam(tx, cast.here.teamId, '2020-01', new Date()));
      return rows.filter(({ memberId }) => memberId === who).reduce((sum, one) => sum + one.minutes, 0);
    };
    expect(await minutes()).toBe(180);
    const id = await idOf(missed ?? '', who);
    const correct = (came: 'yes' | 'no', place = cast.here) =>
      as('organiser', place, (tx, caller) => markPresence(tx, { id, came }, caller, new Date()));
    expect(await correct('no', cast.there)).toEqual(refused('notFound'));
    done(await correct('no'));
    expect(await minutes()).toBe(90);
    done(await correct('yes'));
    expect(await minutes()).toBe(180);
    const ahead = await classOn(cast.here, [nextDay()]);
    done(await scene.ask(ahead.session, [who]));
    const early = { id: await idOf(ahead.session, who), came: 'no' as const };
    expect(await as('organiser', cast.here, (tx, caller) => markPresence(tx, early, caller, new Date()))).toEqual(
      refused('sessionNotOver'),
    );
  });
});
