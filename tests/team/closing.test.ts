import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { planningChoices } from '@/lib/class/queries';
import { dayOf, momentOf } from '@/lib/kernel/clock';
import { newAddressId, newId } from '@/lib/kernel/id';
import { isRefusal } from '@/lib/kernel/result';
import { addMember, addTeam, changeTeam, closeTeam, reopenTeam, takeBack } from '@/lib/team/commands';
import { hoursOfTeam, inTheWay, membersOf, teamForStaff, teamList } from '@/lib/team/queries';
import { newMemberInput, newTeamInput, teamInput, teamListInput } from '@/lib/team/schema';
import { roundHelpers } from '@/lib/visit/queries';
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
const here = <R>(work: Work<R>) => scene.as('organiser', scene.cast.here, work);
const close = (id: string) => here((tx, caller) => closeTeam(tx, { id }, caller, now));
const reopen = (id: string) => here((tx, caller) => reopenTeam(tx, { id }, caller));
const typed = { fullName: 'Hồ Thị Đào', phone: '', role: 'member', languages: ['vi'], skills: [] };
const join = (teamId: string, more: object = {}) =>
  here((tx, caller) => addMember(tx, newMemberInput.parse({ ...typed, teamId, ...more }), caller));
async function team(name: string): Promise<string> {
  const details = { name, kind: 'front', organisation: 'women', areaId: scene.cast.here.unitId };
  return done(await here((tx, caller) => addTeam(tx, newTeamInput.parse(details), caller))).id;
}
const listed = (more: object = {}) =>
  here(async (tx) =>
    (await teamList(tx, 'vi', teamListInput.parse(more), { by: 'name', descending: false })).rows.map(({ id }) => id),
  );

test('a closed team is offered for nothing new, its people left that day, their cards hold no more; opened again they are back', async () => {
  const { cast } = scene;
  const id = await team('Đội sẽ nghỉ');
  const account = await cast.accountOf('helper', cast.here);
  await cast.owner`update team_member set account_id = null where account_id = ${account}`;
  const one = done(await join(id, { accountId: account }));
  const gone = done(await join(id, { fullName: 'Hồ Văn Nghỉ' }));
  await cast.owner`update team_member set left_on = '2026-01-01' where id = ${gone.id}`;
  await cast.owner`insert into helper_card (member_id, area_id, code, valid_from, valid_until)
    values (${one.id}, ${cast.here.unitId}, '2346789ACD', ${dayOf(now)}, ${dayOf(new Date(now.getTime() + 9e8))})`;
  expect(await close(id)).toEqual({ id });
  expect(await close(id), 'twice is once').toEqual({ id });
  expect(await here((tx) => teamForStaff(tx, 'vi', id))).toMatchObject({ closedOn: dayOf(now) });
  const members = await here((tx) => membersOf(tx, id));
  expect(members.map(({ fullName, leftOn }) => [fullName, leftOn]).toSorted()).toEqual([
    ['Hồ Thị Đào', dayOf(now)],
    ['Hồ Văn Nghỉ', '2026-01-01'],
  ]);
  const [card] = await cast.owner`select revoked_because from helper_card where member_id = ${one.id}`;
  expect(card?.revokedBecause).toBe('left');
  expect(await listed()).not.toContain(id);
  expect(await listed({ closed: '1' })).toEqual([id]);
  expect((await here((tx) => planningChoices(tx, 'vi'))).teams.map((k) => k.id)).not.toContain(id);
  expect((await here((tx) => roundHelpers(tx))).map((m) => m.id)).not.toContain(one.id);
  expect(await join(id)).toEqual({ refused: 'teamClosed' });
  expect(await here((tx, caller) => takeBack(tx, one, caller))).toEqual({ refused: 'teamClosed' });

  expect(await reopen(id)).toEqual({ id });
  expect(await reopen(id)).toEqual({ id });
  const back =
    await cast.owner`select id, account_id, left_with_team from team_member where team_id = ${id} and left_on is null`;
  expect([...back]).toEqual([{ id: one.id, accountId: account, leftWithTeam: false }]);
  expect(await listed()).toContain(id);
  const [still] = await cast.owner`select revoked_at from helper_card where member_id = ${one.id}`;
  expect(still?.revokedAt, 'cards are given anew').not.toBeNull();
  await cast.owner`update team_member set account_id = null where id = ${one.id}`;
});

test('what lies before it hinders, and is named: classes, rounds, duty; what is over or called off does not', async () => {
  const { cast, classOn } = scene;
  const id = await team('Đội còn việc');
  const { id: member } = done(await join(id));
  const { id: other } = done(await join(id));
  const [ahead, past] = [await classOn(cast.here, [20]), await classOn(cast.here, [-20])];
  await cast.owner`update class set team_id = ${id} where id in (${ahead.classId}, ${past.classId})`;
  const round = newId();
  const day = dayOf(new Date(now.getTime() + 5 * 86_400_000));
  await cast.owner`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
    values (${round}, ${cast.here.villageId}, ${id}, ${day}, ${momentOf(day, '08:00')}, ${momentOf(day, '10:00')})`;
  for (const one of [member, other])
    await cast.owner`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
      values (${newId()}, ${round}, ${cast.here.villageId}, ${one}, ${one}, now(), now())`;
  const [shift] = await cast.owner<{ id: string }[]>`
    insert into desk_shift (desk_id, area_id, member_id, who_id, starts_at, ends_at)
    select id, area_id, ${member}, ${member}, ${momentOf(day, '13:00')}, ${momentOf(day, '15:00')} from desk where id = ${cast.here.deskId} returning id`;
  const named = async () => (await here((tx) => inTheWay(tx, 'vi', id, now))).map((one) => [one.kind, one.id]);
  expect(await named()).toEqual([
    ['class', ahead.classId],
    ['round', round],
    ['shift', cast.here.deskId],
  ]);
  expect(await close(id)).toEqual({ refused: 'teamBusy' });
  expect((await cast.owner`select from team_member where team_id = ${id} and left_on is not null`).count).toBe(0);
  await cast.owner`update class set team_id = ${cast.here.teamId} where id = ${ahead.classId}`;
  await cast.owner`update visit_round set called_off_at = now() where id = ${round}`;
  expect(await close(id)).toEqual({ refused: 'teamBusy' });
  await cast.owner`update desk_shift set called_off_at = now() where id = ${shift?.id ?? ''}`;
  expect(await named()).toEqual([]);
  expect(await close(id)).toEqual({ id });
  const kept = await here((tx) => hoursOfTeam(tx, id, '2020-01', now));
  expect(Array.isArray(kept)).toBe(true);
  expect((await cast.owner`select from class where id = ${past.classId} and team_id = ${id}`).count, 'history').toBe(1);
});

test('only those who plan with the team close it; the database takes nothing new for a closed one', async () => {
  const { cast } = scene;
  const id = await team('Đội của đây');
  for (const [role, place] of [
    ['organiser', cast.there],
    ['helper', cast.here],
    ['unit_leader', cast.here],
  ] as const) {
    const tried = await scene.as(role, place, (tx, caller) => closeTeam(tx, { id }, caller, now));
    expect(isRefusal(tried), role).toBe(true);
    const again = await scene.as(role, place, (tx, caller) => reopenTeam(tx, { id }, caller));
    expect(isRefusal(again), role).toBe(true);
  }
  done(await close(id));
  const changed = { id, name: 'Đội đổi tên', kind: 'front', organisation: 'youth' };
  expect(await here((tx, caller) => changeTeam(tx, teamInput.parse(changed), caller))).toEqual({
    refused: 'teamClosed',
  });
  const row = { id: newAddressId(), area: cast.here.villageId };
  await expect(cast.owner`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity)
    select ${row.id}, ${row.area}, course_id, venue_id, ${id}, 'draft', 10 from class limit 1`).rejects.toThrow(
    'the team is closed',
  );
  await expect(cast.owner`update class set team_id = ${id} where id = (select id from class limit 1)`).rejects.toThrow(
    'the team is closed',
  );
  await expect(cast.owner`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
    values (${newId()}, ${row.area}, ${id}, ${dayOf(now)}, ${momentOf(dayOf(now), '08:00')}, ${momentOf(dayOf(now), '09:00')})`).rejects.toThrow(
    'the team is closed',
  );
  await expect(
    cast.owner`insert into team_member (team_id, area_id, full_name) values (${id}, ${cast.here.unitId}, 'Ai Đó')`,
  ).rejects.toThrow('the team is closed');
});

test('closed at the very moment somebody plans with it, one of the two is told', async () => {
  for (let times = 0; times < 8; times += 1) {
    const id = await team(`Đội ganh ${times}`);
    const [closed, joined] = await Promise.all([close(id), join(id)]);
    const members = await here((tx) => membersOf(tx, id));
    expect(isRefusal(closed)).toBe(false);
    if (isRefusal(joined)) expect(joined.refused).toBe('teamClosed');
    expect(members.every(({ leftOn }) => leftOn !== null)).toBe(true);
  }
});
