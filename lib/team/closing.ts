import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { dayOf } from '@/lib/kernel/clock';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { letGo, takeBack } from './members';
import { audit, type Staff } from './record';
import type { InTheWay } from './schema';

type Language = 'vi' | 'en';
/** So many of each are named. */
const mostNamed = 20;

/**
 * What a team still has before it, the soonest first: classes that go on, rounds to come, duty of its people at desks. Each is to be given to another or called
 * off before the team can be closed. Asked after the team was found to be one the caller plans with.
 */
export async function inTheWay(
  tx: ScopedTx,
  language: Language,
  teamId: string,
  now: Date,
): Promise<readonly InTheWay[]> {
  return elevated(tx, 'teams: what one has before it, also elsewhere', async (system) => [
    ...(await system<InTheWay[]>`
      (select 'class' as kind, c.id::text as id, ${system(`co.title_${language}`)} as what, ${system(`a.name_${language}`)} as place, c.last_ends_at as at
        from class c join course co on co.id = c.course_id join area a on a.id = c.area_id
        where c.team_id = ${teamId} and c.status in ('draft', 'published') and (c.last_ends_at is null or c.last_ends_at > ${now})
        order by c.first_starts_at nulls first, c.id limit ${mostNamed})
      union all
      (select 'round', r.id::text, null, ${system(`a.name_${language}`)}, r.starts_at from visit_round r join area a on a.id = r.area_id
        where r.team_id = ${teamId} and r.called_off_at is null and r.ends_at > ${now} order by r.starts_at, r.id limit ${mostNamed})
      union all
      (select distinct on (d.starts_at, d.id) 'shift', k.id::text, k.name, m.full_name, d.starts_at
        from team_member m join desk_shift d on d.member_id = m.id and d.called_off_at is null and d.ends_at > ${now} join desk k on k.id = d.desk_id
        where m.team_id = ${teamId} and m.left_on is null order by d.starts_at, d.id limit ${mostNamed})`),
  ]);
}

/**
 * Holds the classes a team teaches and those its people are asked for, before the team itself: whoever gives a class to it or puts a session back holds the
 * class, then the team, and nobody waits in a circle.
 */
const holdClasses = (tx: ScopedTx, teamId: string, now: Date) =>
  elevated(
    tx,
    'teams: the classes of one that is closed',
    (system) => system`
      select from class where id in (
        select id from class where team_id = ${teamId} and status in ('draft', 'published')
        union select s.class_id from team_member m join session_helper h on h.member_id = m.id and h.starts_at > ${now}
          join class_session s on s.id = h.session_id where m.team_id = ${teamId} and m.left_on is null)
      order by id for share`,
  );

/**
 * Closes a team: it is offered for nothing new, everybody still in it leaves it that day (what they were asked for is free again, their cards hold no more),
 * and all it did stays. Refuses, with nothing written: notFound (not the caller's), teamBusy (something lies before it: `inTheWay`). Twice is once.
 */
export async function closeTeam(
  tx: ScopedTx,
  { id }: { readonly id: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | { id: string }> {
  const [own] = await tx`select from team where id = ${id} and area_id = ${mine(tx, 'class.write')}`;
  if (!own) return refuse('notFound');
  await holdClasses(tx, id, now);
  // Held against whoever plans with it at this moment: they wait, and are refused by the database.
  const [team] = await tx<{ areaId: number; closed: boolean }[]>`
    select area_id, closed_on is not null as closed from team where id = ${id} and area_id = ${mine(tx, 'class.write')} for update`;
  if (!team) return refuse('notFound');
  if (team.closed) return { id };
  if ((await inTheWay(tx, 'vi', id, now)).length > 0) return refuse('teamBusy');
  const members = await tx<{ id: string }[]>`
    select id from team_member where team_id = ${id} and left_on is null order by id`;
  for (const member of members) await letGo(tx, member, caller, now);
  await tx`update team_member set left_with_team = true where id = any(${members.map((one) => one.id)}::uuid[]) and left_on is not null`;
  await tx`update team set closed_on = ${dayOf(now)} where id = ${id}`;
  await audit(tx, caller, 'team.close', { kind: 'team', id, areaId: team.areaId }, { members: members.length });
  return { id };
}

/**
 * Opens a team again, with those who left because it was closed; with their accounts, unless these stand for somebody else by now. Cards are given anew.
 * Refuses: notFound. Twice is once.
 */
export async function reopenTeam(
  tx: ScopedTx,
  { id }: { readonly id: string },
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const [team] = await tx<{ areaId: number; closed: boolean }[]>`
    select area_id, closed_on is not null as closed from team where id = ${id} and area_id = ${mine(tx, 'class.write')} for update`;
  if (!team) return refuse('notFound');
  if (!team.closed) return { id };
  await tx`update team set closed_on = null where id = ${id}`;
  const members = await tx<{ id: string }[]>`
    select id from team_member where team_id = ${id} and left_with_team order by id`;
  for (const member of members) await takeBack(tx, member, caller);
  await audit(tx, caller, 'team.reopen', { kind: 'team', id, areaId: team.areaId }, { members: members.length });
  return { id };
}
