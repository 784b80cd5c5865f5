import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { phoneNumber } from '@/lib/kernel/phone';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { audit, holdMembers, holdQuestions, type Staff } from './record';
import type { MemberDetails, TeamDetails } from './schema';

type Done = { id: string };
type MemberDone = { id: string; teamId: string };

/** Notes a team. Refused: an area where the caller plans no classes (`notFound`). */
export async function addTeam(
  tx: ScopedTx,
  { areaId, name, kind, organisation }: TeamDetails & { areaId: number },
  caller: Staff,
): Promise<Refusal | Done> {
  const id = newId();
  const made = await tx`
    insert into team (id, area_id, kind, organisation, name)
    select ${id}, ${areaId}, ${kind}, ${organisation}, ${name} where ${areaId} = ${mine(tx, 'class.write')}`;
  if (made.count === 0) return refuse('notFound', 'areaId');
  await audit(tx, caller, 'team.add', { kind: 'team', id, areaId });
  return { id };
}

/** Changes what a team is called and is. Refused: not the caller's (`notFound`), closed (`teamClosed`). */
export async function changeTeam(
  tx: ScopedTx,
  { id, name, kind, organisation }: TeamDetails & Done,
  caller: Staff,
): Promise<Refusal | Done> {
  const [found] = await tx<{ areaId: number; closed: boolean }[]>`
    select area_id, closed_on is not null as closed from team where id = ${id} and area_id = ${mine(tx, 'class.write')} for update`;
  if (!found) return refuse('notFound');
  if (found.closed) return refuse('teamClosed');
  await tx`update team set name = ${name}, kind = ${kind}, organisation = ${organisation} where id = ${id}`;
  await audit(tx, caller, 'team.change', { kind: 'team', id, areaId: found.areaId });
  return { id };
}

/** What names somebody wrongly: an account of elsewhere or of another member, a skill that is not known. */
async function wrongNames(
  tx: ScopedTx,
  { accountId, skills }: Pick<MemberDetails, 'accountId' | 'skills'>,
  memberId: string,
): Promise<Refusal | null> {
  const known = await tx`select from skill where code = any(${[...skills]})`;
  if (known.count < new Set(skills).size) return refuse('skillUnknown', 'skills');
  if (!accountId) return null;
  const [mineToRun] = await tx<{ areas: number[] }[]>`select coalesce(may_areas('class.write'), '{}') as areas`;
  const [account] = await elevated(
    tx,
    'which accounts may stand for a member',
    (system) => system<{ taken: boolean }[]>`
    select exists (select from team_member m where m.account_id = a.id and m.left_on is null and m.id <> ${memberId}) as taken
    from account a where a.id = ${accountId} and a.disabled_at is null and a.area_id = any(${mineToRun?.areas ?? []}::integer[])`,
  );
  if (!account) return refuse('notFound', 'accountId');
  return account.taken ? refuse('accountIsMember', 'accountId') : null;
}

async function teachesNow(tx: ScopedTx, memberId: string, areaId: number, skills: readonly string[]): Promise<void> {
  await tx`delete from team_member_skill where member_id = ${memberId} and skill_code <> all(${[...skills]})`;
  await tx`
    insert into team_member_skill (member_id, skill_code, area_id)
    select ${memberId}, code, ${areaId} from unnest(${[...new Set(skills)]}::text[]) code on conflict do nothing`;
}

const columnsOf = ({ fullName, phone, role, languages, accountId, joinedOn }: MemberDetails) => ({
  fullName,
  phone: phoneNumber(phone),
  role,
  languages: [...new Set(languages)],
  accountId: accountId ?? null,
  joinedOn: joinedOn ?? null,
});

/**
 * Notes somebody of a team, with the languages they speak and the skills they may teach. Refused: not the caller's team
 * (`notFound`), an account of elsewhere (`notFound`) or of another member (`accountIsMember`), a skill not known (`skillUnknown`), a team that is closed (`teamClosed`).
 */
export async function addMember(
  tx: ScopedTx,
  { teamId, ...details }: MemberDetails & { teamId: string },
  caller: Staff,
): Promise<Refusal | MemberDone> {
  const [team] = await tx<{ areaId: number; closed: boolean }[]>`
    select area_id, closed_on is not null as closed from team where id = ${teamId} and area_id = ${mine(tx, 'class.write')} for share`;
  if (!team) return refuse('notFound');
  if (team.closed) return refuse('teamClosed');
  const id = newId();
  const wrong = await wrongNames(tx, details, id);
  if (wrong) return wrong;
  await tx`insert into team_member ${tx({ id, teamId, areaId: team.areaId, ...columnsOf(details) })}`;
  await teachesNow(tx, id, team.areaId, details.skills);
  await audit(tx, caller, 'team_member.add', { kind: 'team_member', id, areaId: team.areaId });
  return { id, teamId };
}

/** Changes what is noted of a member. Refused as when they are added. */
export async function changeMember(
  tx: ScopedTx,
  { id, ...details }: MemberDetails & Done,
  caller: Staff,
): Promise<Refusal | MemberDone> {
  const wrong = await wrongNames(tx, details, id);
  if (wrong) return wrong;
  const [changed] = await tx<{ areaId: number; teamId: string; accountId: string | null }[]>`
    update team_member set ${tx(columnsOf(details))}
    where id = ${id} and area_id = ${mine(tx, 'class.write')} returning area_id, team_id, account_id`;
  if (!changed) return refuse('notFound');
  // By what was given to them an account sees people: it is the one that stands for them now, and no other any more.
  await elevated(
    tx,
    'tasks: what was given to a member is seen by the account that stands for them',
    (system) => system`
      update task_given set account_id = ${changed.accountId}
      where member_id = ${id} and ended_at is null and account_id is distinct from ${changed.accountId}`,
  );
  await teachesNow(tx, id, changed.areaId, details.skills);
  await audit(tx, caller, 'team_member.change', { kind: 'team_member', id, areaId: changed.areaId });
  return { id, teamId: changed.teamId };
}

/**
 * Somebody leaves a team: asked for nothing any more, and free of what lies ahead, so that others are put forward. What they did stays.
 * Refused: not the caller's, or gone already (`notFound`).
 */
export async function letGo(
  tx: ScopedTx,
  { id }: Done,
  caller: Staff,
  now: Date,
): Promise<Refusal | (MemberDone & { freed: number })> {
  const [found] = await tx<{ areaId: number; teamId: string }[]>`
    select area_id, team_id from team_member
    where id = ${id} and left_on is null and area_id = ${mine(tx, 'class.write')}`;
  if (!found) return refuse('notFound');
  const freed = await elevated(tx, 'who leaves is free of what lies ahead', async (system) => {
    const ahead = await system<{ sessionId: string; memberId: string }[]>`
      select session_id, member_id from session_helper where member_id = ${id} and starts_at > ${now}`;
    await holdQuestions(system, ahead);
    await holdMembers(system, [id]);
    await system`update task_given set ended_at = ${now}, ended_by = ${caller.accountId} where member_id = ${id} and ended_at is null`;
    await system`
      update visit_round_helper h set called_off_at = ${now} from visit_round r
      where r.id = h.round_id and h.member_id = ${id} and h.called_off_at is null and r.ends_at > ${now}`;
    const rows = await system`
      update session_helper set state = 'no', no_because = 'left', answered_at = ${now}, answered_by = ${caller.accountId}, moved_at = null
      where member_id = ${id} and state <> 'no' and starts_at > ${now}`;
    return rows.count;
  });
  const left = await tx`update team_member set left_on = ${dayOf(now)} where id = ${id} and left_on is null`;
  if (left.count === 0) return refuse('notFound');
  await audit(tx, caller, 'team_member.leave', { kind: 'team_member', id, areaId: found.areaId }, { freed });
  return { id, teamId: found.teamId, freed };
}

/** Somebody comes back to their team; with their account, unless it stands for somebody else by now. Refused: not the caller's, or there already (`notFound`); their team is closed (`teamClosed`). */
export async function takeBack(tx: ScopedTx, { id }: Done, caller: Staff): Promise<Refusal | MemberDone> {
  const [found] = await tx<{ areaId: number; teamId: string; accountId: string | null; closed: boolean }[]>`
    select area_id, team_id, account_id, (select k.closed_on is not null from team k where k.id = team_id) as closed from team_member
    where id = ${id} and left_on is not null and area_id = ${mine(tx, 'class.write')} for update`;
  if (!found) return refuse('notFound');
  if (found.closed) return refuse('teamClosed');
  const { areaId, teamId, accountId } = found;
  const lost = await wrongNames(tx, { accountId: accountId ?? undefined, skills: [] }, id);
  await tx`update team_member set left_on = null, left_with_team = false, account_id = ${lost ? null : accountId} where id = ${id}`;
  await audit(tx, caller, 'team_member.return', { kind: 'team_member', id, areaId });
  return { id, teamId };
}
