import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, type ScopedTx } from '@/lib/access/scoped';
import { addMember, addTeam, changeMember, changeTeam, forgetOfHelpers, letGo, takeBack } from '@/lib/team/commands';
import { dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { accountsFor, asksOf, asksOfMember, membersOf, teamForStaff, teamList } from '@/lib/team/queries';
import { helpersNeeded, hoursOf, monthsBack, staffing } from '@/lib/team/rules';
import { memberInput, newMemberInput, newTeamInput, teamInput, teamListInput } from '@/lib/team/schema';
import { neighbour, roundAt } from '../visit/scene';
import { done, teamScene } from './scene';

let scene: Awaited<ReturnType<typeof teamScene>>;
beforeAll(async () => {
  scene = await teamScene();
});
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

const refused = (why: string, field?: string) => (field ? { refused: why, field } : { refused: why });
const typed = {
  fullName: 'Hồ Thị  Đào',
  phone: '0912 345 678',
  role: 'lead',
  languages: ['vi', 'bru'],
  skills: [] as string[],
};
const here = <R>(work: (tx: ScopedTx, caller: { accountId: string }) => Promise<R>) =>
  scene.as('organiser', scene.cast.here, work);
const add = async (more: object = {}) =>
  here((tx, caller) =>
    addMember(tx, newMemberInput.parse({ ...typed, teamId: scene.cast.here.teamId, ...more }), caller),
  );

describe('a team', () => {
  test('is noted, changed and listed with who is in it; another unit’s is not found', async () => {
    const { cast, as } = scene;
    const team = { name: 'Hội Phụ nữ thôn Thử', kind: 'front', organisation: 'women' };
    const { id } = done(
      await here((tx, caller) => addTeam(tx, newTeamInput.parse({ ...team, areaId: cast.here.villageId }), caller)),
    );
    done(await here((tx, caller) => addMember(tx, newMemberInput.parse({ ...typed, teamId: id }), caller)));
    const list = (asked: object) =>
      here((tx) => teamList(tx, 'vi', teamListInput.parse(asked), { by: 'members', descending: true }));
    const found = (await list({ kind: 'front', language: 'bru' })).rows;
    expect(found).toMatchObject([{ id, organisation: 'women', members: 1, languages: ['vi', 'bru'] }]);
    const change = (who: 'organiser' | 'helper', place = cast.here) =>
      as(who, place, (tx, caller) => changeTeam(tx, teamInput.parse({ ...team, id, name: 'Tên mới' }), caller));
    expect(await change('organiser', cast.there)).toEqual(refused('notFound'));
    expect(await change('helper')).toEqual(refused('notFound'));
    done(await change('organiser'));
    expect(await as('organiser', cast.there, (tx) => teamForStaff(tx, 'vi', id))).toBeNull();
    const elsewhere = newTeamInput.parse({ ...team, areaId: cast.there.unitId });
    expect(await here((tx, caller) => addTeam(tx, elsewhere, caller))).toEqual(refused('notFound', 'areaId'));
  });
});

describe('a member', () => {
  test('is kept with phone, languages, skills; the phone is for those who plan with them', async () => {
    const { cast, as } = scene;
    const { id } = done(await add({ skills: [cast.skillCode] }));
    const seen = async (role: 'organiser' | 'helper' | 'unit_leader' | 'desk_officer') =>
      (await as(role, cast.here, (tx) => membersOf(tx, cast.here.teamId, id)))[0];
    const noted = { fullName: 'Hồ Thị Đào', role: 'lead', languages: ['vi', 'bru'], skills: [cast.skillCode] };
    expect(await seen('organiser')).toMatchObject({ ...noted, phone: '+84912345678' });
    for (const role of ['helper', 'unit_leader', 'desk_officer'] as const)
      expect(await seen(role)).toMatchObject({ ...noted, phone: null });
    expect(await as('organiser', cast.there, (tx) => membersOf(tx, cast.here.teamId))).toEqual([]);
    const changed = memberInput.parse({ ...typed, id, phone: '', languages: 'vi', skills: [] });
    done(await here((tx, caller) => changeMember(tx, changed, caller)));
    expect(await seen('organiser')).toMatchObject({ phone: null, languages: ['vi'], skills: [] });
    expect(await as('organiser', cast.there, (tx, caller) => changeMember(tx, changed, caller))).toEqual(
      refused('notFound'),
    );
    expect(await add({ skills: ['Z99'] })).toEqual(refused('skillUnknown', 'skills'));
    expect(await add({ teamId: cast.there.teamId })).toEqual(refused('notFound'));
  });

  test('those of one team have each other’s phone, as long as both are in it; helpers of the unit’s other teams have not', async () => {
    const { cast, as, member } = scene;
    const [teamId, left, accountId] = [newId(), newId(), await cast.accountOf('helper', cast.here)];
    await cast.owner`insert into team (id, area_id, kind, organisation, name) values (${teamId}, ${cast.here.unitId}, 'shock_team', 'youth', 'Đội Riêng')`;
    const [mate, other] = [await member(cast.here, { teamId }), await member(cast.here)];
    await cast.owner`insert into team_member (id, team_id, area_id, full_name, phone, left_on)
      values (${left}, ${teamId}, ${cast.here.unitId}, 'Lê Văn Thôi', '+84912000222', '2026-01-01')`;
    const phones = async (of: string, role: 'helper' | 'organiser' = 'helper') =>
      new Map((await as(role, cast.here, (tx) => membersOf(tx, of))).map(({ id, phone }) => [id, phone]));
    expect((await phones(teamId)).get(mate), 'of no team').toBeNull();
    const own = await member(cast.here, { teamId, account: accountId });
    expect(await phones(teamId)).toEqual(new Map([[mate, '+84912000111'], [own, '+84912000111'], [left, null]])); // prettier-ignore
    expect((await phones(cast.here.teamId)).get(other), 'of another team of the unit').toBeNull();
    expect((await phones(cast.here.teamId, 'organiser')).get(other)).toBe('+84912000111');
    expect((await phones(teamId, 'organiser')).get(left)).toBe('+84912000222');
    await cast.owner`update team_member set left_on = '2026-01-02' where id = ${own}`;
    expect((await phones(teamId)).get(mate), 'once they left').toBeNull();
    await cast.owner`update team_member set account_id = null where id = ${own}`;
  });

  test('given another account, whom they were to see is the new one’s and the old one’s no more', async () => {
    const { cast, as, member } = scene;
    const [before, after] = [
      await cast.accountOf('helper', cast.here),
      await cast.accountOf('desk_officer', cast.here),
    ];
    const id = await member(cast.here, { account: before });
    const personId = await neighbour(cast, cast.here);
    await cast.owner`insert into task_given (kind, person_id, fact, area_id, member_id, account_id, given_at, until)
      values ('never', ${personId}, 'never', ${cast.here.villageId}, ${id}, ${before}, now(), now() + interval '9 days')`;
    const sees = async () =>
      (await as('helper', cast.here, (tx) => tx`select from person where id = ${personId}`)).count > 0;
    expect(await sees()).toBe(true);
    const change = (accountId?: string) =>
      here((tx, caller) => changeMember(tx, memberInput.parse({ ...typed, id, accountId, skills: [] }), caller));
    done(await change(after));
    expect(await sees(), 'whom the account was given as that member').toBe(false);
    const [given] = await cast.owner`select account_id, ended_at from task_given where member_id = ${id}`;
    expect(given).toEqual({ accountId: after, endedAt: null });
    done(await change(before));
    expect(await sees()).toBe(true);
    done(await change());
    expect(await sees(), 'of nobody').toBe(false);
    await cast.owner`update team_member set left_on = '2026-01-01', account_id = null where id = ${id}`;
  });

  test('an account stands for one member at a time, and only one of the organiser’s areas', async () => {
    const { cast, as } = scene;
    const accountId = await cast.accountOf('helper', cast.here);
    const stranger = await cast.accountOf('helper', cast.there);
    const { id } = done(await add({ accountId }));
    expect(await add({ accountId })).toEqual(refused('accountIsMember', 'accountId'));
    expect(await add({ accountId: stranger })).toEqual(refused('notFound', 'accountId'));
    const offered = await here((tx) => accountsFor(tx, null));
    expect(offered.choices.map((one) => one.id)).not.toContain(accountId);
    expect(offered.choices.map((one) => one.id)).not.toContain(stranger);
    expect(await here((tx) => accountsFor(tx, id))).toMatchObject({ own: accountId });
    expect((await as('helper', cast.here, (tx) => accountsFor(tx, null))).choices).toEqual([]);
    await cast.owner`update team_member set account_id = null where id = ${id}`;
  });

  test('who leaves is free of what lies ahead and keeps what they did; who comes back is asked again', async () => {
    const { cast, ask, classOn, helperOf } = scene;
    const { id } = done(await add());
    const made = await classOn(cast.here, [300, 302]);
    done(await ask(made.session, [id], { scope: 'all' }));
    const roundId = await roundAt(cast, cast.here, {
      day: dayOf(new Date(Date.now() + 400 * 86_400_000)),
      members: [id],
    });
    const leave = (place = cast.here) =>
      scene.as('organiser', place, (tx, caller) => letGo(tx, { id }, caller, new Date()));
    expect(await leave(cast.there)).toEqual(refused('notFound'));
    expect(await leave()).toMatchObject({ freed: 2 });
    expect(await leave()).toEqual(refused('notFound'));
    expect(await helperOf(made.session, id)).toMatchObject({ state: 'no', noBecause: 'left' });
    const [goes] = await cast.owner`select called_off_at from visit_round_helper where round_id = ${roundId}`;
    expect(goes?.calledOffAt).toBeInstanceOf(Date);
    expect(await ask(made.session, [id])).toEqual(refused('notFound', 'members'));
    done(await here((tx, caller) => takeBack(tx, { id }, caller)));
    expect(await here((tx, caller) => takeBack(tx, { id }, caller))).toEqual(refused('notFound'));
    done(await ask(made.session, [id]));
  });

  test('why somebody could not come is kept a month after the session, and how they are told a month after they left', async () => {
    const { cast, classOn, member } = scene;
    const [gone, lately, here] = [await member(cast.here), await member(cast.here), await member(cast.here)];
    await cast.owner`update team_member set left_on = current_date - case id when ${gone} then 31 else 29 end where id in (${gone}, ${lately})`;
    for (const id of [gone, lately, here])
      await cast.owner`insert into member_choice (member_id, email) values (${id}, 'ai.do@example.vn')`;
    const [before, after] = [await classOn(cast.here, [-32]), await classOn(cast.here, [-28])];
    for (const { session } of [before, after])
      await cast.owner`insert into session_helper (session_id, member_id, role, state, no_because, reason, answered_at)
        values (${session}, ${here}, 'helps', 'no', 'said', 'Đau lưng, phải nằm viện', now())`;
    await forgetOfHelpers();
    const reasons = await cast.owner<{ reason: string; state: string }[]>`
      select reason, state from session_helper where session_id in (${before.session}, ${after.session}) order by starts_at`;
    expect([...reasons]).toEqual([
      { reason: '', state: 'no' },
      { reason: 'Đau lưng, phải nằm viện', state: 'no' },
    ]);
    const kept = await cast.owner<{ memberId: string }[]>`
      select member_id from member_choice where member_id in (${gone}, ${lately}, ${here})`;
    expect(kept.map(({ memberId }) => memberId).toSorted()).toEqual([lately, here].toSorted());
    expect(await forgetOfHelpers(), 'once is enough').toBe(0);
  });

  test('asked in another unit they see the question there, and nobody else’s of it; their team sees their hours', async () => {
    const { cast, as, classOn, member } = scene;
    const accountId = await cast.accountOf('helper', cast.there);
    const who = await member(cast.there, { account: accountId });
    const other = await member(cast.here);
    const { session } = await classOn(cast.here, [310]);
    for (const one of [who, other])
      await cast.owner`insert into session_helper (session_id, member_id, role) values (${session}, ${one}, 'helps')`;
    const own = await as('helper', cast.there, (tx, caller) => asksOf(tx, 'vi', caller.accountId, new Date()));
    expect(own).toMatchObject([{ sessionId: session, memberId: who }]);
    const rows = (role: 'helper' | 'organiser' | 'unit_leader') =>
      as(role, cast.there, (tx) => tx`select member_id from session_helper where session_id = ${session}`);
    for (const role of ['helper', 'organiser', 'unit_leader'] as const)
      expect([...(await rows(role))]).toEqual([{ memberId: who }]);
    expect(await as('organiser', cast.there, (tx) => asksOfMember(tx, 'vi', who, '2020-01', new Date()))).toHaveLength(
      1,
    );
    await cast.owner`update team_member set account_id = null where id = ${who}`;
    expect(await as('helper', cast.there, (tx, caller) => asksOf(tx, 'vi', caller.accountId, new Date()))).toEqual([]);
  });
});

describe('what is lacking', () => {
  test('one helper for four learners, the last few included; whoever teaches is not counted among them', () => {
    expect([0, 1, 4, 5, 20].map((enrolled) => helpersNeeded(enrolled, 4))).toEqual([0, 1, 1, 2, 5]);
    const place = (role: 'helps' | 'teaches', state: 'asked' | 'yes' | 'no') => ({ role, state });
    expect(staffing(9, 4, [])).toEqual({ needed: 3, helping: 0, waiting: 0, wanted: 3, teacher: 'wanted' });
    expect(
      staffing(9, 4, [place('teaches', 'asked'), place('helps', 'yes'), place('helps', 'asked'), place('helps', 'no')]),
    ).toEqual({ needed: 3, helping: 1, waiting: 1, wanted: 1, teacher: 'waiting' });
    expect(staffing(1, 4, [place('teaches', 'yes'), place('helps', 'yes'), place('helps', 'yes')])).toMatchObject({
      wanted: 0,
      teacher: 'sure',
    });
  });

  test('hours are whole and half ones; months go back over the year', () => {
    expect([0, 14, 15, 90, 100, 120].map(hoursOf)).toEqual([0, 0, 0.5, 1.5, 1.5, 2]);
    const january = new Date('2027-01-15T08:00:00+07:00');
    expect([0, 1, 5, 13].map((months) => monthsBack(january, months))).toEqual([
      '2027-01',
      '2026-12',
      '2026-08',
      '2025-12',
    ]);
  });
});
