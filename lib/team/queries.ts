import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { addDays, dayOf, momentOf } from '@/lib/kernel/clock';
import { canThen } from './availability';
import type {
  AskLine,
  MemberLine,
  Organisation,
  StaffedSession,
  TeamKind,
  TeamLine,
  TeamListInput,
  WantingSession,
} from './schema';

export { isAway } from './availability';
export { ownVisit, timeGiven } from './given';
export { inTheWay } from './closing';
export { hoursOfTeam } from './roster';

type Language = 'vi' | 'en';
export const teamsPerPage = 50;

/** A register was taken and the session is over: what counts as held, also before anybody pressed "finish". */
const tookPlace = (tx: ScopedTx, now: Date) =>
  tx`(s.status in ('published', 'held') and s.register_started_at is not null and s.ends_at <= ${now})`;

const byGivenName = (tx: ScopedTx) =>
  tx`split_part(m.full_name, ' ', -1) collate "vi-x-icu", m.full_name collate "vi-x-icu", m.id`;

/** The teams of the caller's areas that the address asks for, one page, with how many. */
export async function teamList(
  tx: ScopedTx,
  language: Language,
  asked: TeamListInput,
  sort: { by: string; descending: boolean },
): Promise<{ total: number; rows: readonly TeamLine[] }> {
  const all = [tx`k.area_id = ${mine(tx, 'class.read')} and (k.closed_on is not null) = ${asked.closed !== undefined}`];
  if (asked.area) all.push(tx`k.area_id in (select area_id from area_tree where ancestor_id = ${asked.area})`);
  if (asked.kind) all.push(tx`k.kind = ${asked.kind}`);
  if (asked.language)
    all.push(
      tx`exists (select from team_member m where m.team_id = k.id and m.left_on is null and ${asked.language} = any(m.languages))`,
    );
  const columns = {
    name: tx`k.name collate "vi-x-icu"`,
    kind: tx`k.kind`,
    area: tx`a.name_vi collate "vi-x-icu"`,
    members: tx`members`,
    classes: tx`classes`,
  };
  const [, by] = Object.entries(columns).find(([name]) => name === sort.by) ?? ['name', columns.name];
  const rows = await tx<(TeamLine & { total: number })[]>`
    select k.id, k.name, k.kind, k.organisation, k.closed_on::text, ${tx(`a.name_${language}`)} as area, count(*) over () as total,
      (select count(*) from team_member m where m.team_id = k.id and m.left_on is null) as members,
      array(select distinct spoken from team_member m cross join unnest(m.languages) spoken
            where m.team_id = k.id and m.left_on is null order by spoken desc) as languages,
      (select count(*) from class c where c.team_id = k.id and c.status in ('draft', 'published') and c.last_ends_at > now()) as classes
    from team k join area a on a.id = k.area_id
    where ${all.reduce((sum, next) => tx`${sum} and ${next}`)}
    order by ${by} ${sort.descending ? tx`desc` : tx`asc`} nulls last, a.name_vi collate "vi-x-icu", k.name collate "vi-x-icu", k.id
    limit ${teamsPerPage} offset ${(asked.page - 1) * teamsPerPage}`;
  return { total: rows[0]?.total ?? 0, rows };
}

/** A team of the caller's areas, and whether it is the caller's to change; null otherwise. */
export async function teamForStaff(tx: ScopedTx, language: Language, id: string) {
  const [team] = await tx<
    {
      id: string;
      name: string;
      kind: TeamKind;
      organisation: Organisation;
      area: string;
      closedOn: string | null;
      mayWrite: boolean;
    }[]
  >`
    select k.id, k.name, k.kind, k.organisation, k.closed_on::text, ${tx(`a.full_name_${language}`)} as area, k.area_id = ${mine(tx, 'class.write')} as may_write
    from team k join area a on a.id = k.area_id where k.id = ${id} and k.area_id = ${mine(tx, 'class.read')}`;
  return team ?? null;
}

/**
 * Whether the caller may ring a member `m`: who plans classes there and asks them, and those of one team each other while both are in it. A helper of another team of
 * the unit learns a number from the organiser, or on the round they go on together (`matesOn` of visits).
 */
const mayRing = (tx: ScopedTx) => tx`(
  m.area_id = ${mine(tx, 'class.write')} or m.left_on is null and m.area_id = ${mine(tx, 'contact.read')}
    and exists (select from team_member o where o.team_id = m.team_id and o.account_id = (select caller_account()) and o.left_on is null))`;

/** Everybody of a team, those who left last; phones only for those who may ring them (`mayRing`). */
export function membersOf(tx: ScopedTx, teamId: string, memberId?: string) {
  const one = memberId === undefined ? tx`true` : tx`m.id = ${memberId}`;
  return tx<MemberLine[]>`
    select m.id, m.full_name, m.role, m.languages, m.account_id is not null as has_account, m.joined_on, m.left_on::text,
      case when ${mayRing(tx)} then m.phone end as phone,
      array(select k.skill_code from team_member_skill k join skill on skill.code = k.skill_code
            where k.member_id = m.id order by skill.position, k.skill_code) as skills,
      (select count(*) from session_helper h where h.member_id = m.id and h.state = 'yes' and not h.called_off and h.starts_at > now()) as coming
    from team_member m where m.team_id = ${teamId} and ${one} and m.area_id = ${mine(tx, 'class.read')}
    order by m.left_on is not null, m.role = 'member', ${byGivenName(tx)} limit 300`;
}

/** Whose account stands for a member, and which of the caller's areas might: each account stands for one member. */
export async function accountsFor(tx: ScopedTx, memberId: string | null) {
  const [run] = await tx<{ areas: number[] }[]>`select coalesce(may_areas('class.write'), '{}') as areas`;
  const rows = await elevated(
    tx,
    'which accounts may stand for a member',
    (system) => system<{ id: string; fullName: string; username: string; own: boolean }[]>`
      select a.id, a.full_name, a.username, exists (select from team_member m where m.account_id = a.id and m.id = ${memberId}) as own
      from account a
      where a.area_id = any(${run?.areas ?? []}::integer[]) and a.disabled_at is null
        and not exists (select from team_member m where m.account_id = a.id and m.left_on is null and m.id is distinct from ${memberId})
      order by split_part(a.full_name, ' ', -1) collate "vi-x-icu", a.username limit 300`,
  );
  return { choices: [...rows], own: rows.find(({ own }) => own)?.id ?? null };
}

/** Why somebody cannot come is told to who asks helpers, where the session is or they are, and to themselves: it may be an illness. */
const mayHearWhy = (tx: ScopedTx) => tx`(
  s.area_id = ${mine(tx, 'class.write')} or h.member_area_id = ${mine(tx, 'class.write')}
  or exists (select from team_member o where o.id = h.member_id and o.account_id = (select caller_account())))`;

const askLines = (tx: ScopedTx, language: Language, now: Date) => tx`
  select h.id, h.member_id, h.session_id, s.class_id, ${tx(`co.title_${language}`)} as title, ${tx(`l.title_${language}`)} as lesson, v.name as venue,
    ${tx(`a.name_${language}`)} as area, h.starts_at, h.ends_at, h.role, h.state, h.no_because, case when ${mayHearWhy(tx)} then h.reason else '' end as reason, h.called_off, h.moved_at,
    h.absent_at is not null as absent, ${tookPlace(tx, now)} as took_place, c.seats_confirmed as enrolled, c.hotline, s.area_id = ${mine(tx, 'class.read')} as in_scope
  from session_helper h join class_session s on s.id = h.session_id join class c on c.id = s.class_id
    join course co on co.id = c.course_id join venue v on v.id = s.venue_id join area a on a.id = s.area_id
    left join lesson l on l.id = s.lesson_id`;

/**
 * What the caller themselves is asked for and has agreed to, of sessions to come that are on; those that wait for an answer first. Empty
 * for accounts that stand for no member.
 */
export function asksOf(tx: ScopedTx, language: Language, accountId: string, now: Date) {
  return tx<AskLine[]>`
    ${askLines(tx, language, now)}
    where h.member_id = any(array(select m.id from team_member m where m.account_id = ${accountId} and m.left_on is null))
      and h.starts_at > ${now} and not h.called_off and (h.state <> 'no' or h.no_because = 'said')
    order by h.state <> 'asked', h.state = 'no', h.starts_at, h.id limit 60`;
}

/** The member the caller's account stands for, for the way to their hours. */
export async function memberOfCaller(tx: ScopedTx, accountId: string) {
  const [member] = await tx<{ id: string; teamId: string }[]>`
    select id, team_id from team_member where account_id = ${accountId} and left_on is null`;
  return member ?? null;
}

/** Everything a member was asked for in the last months and ahead, the newest first. */
export function asksOfMember(tx: ScopedTx, language: Language, memberId: string, from: string, now: Date) {
  return tx<AskLine[]>`
    ${askLines(tx, language, now)}
    where h.member_id = ${memberId} and h.starts_at >= ${momentOf(`${from}-01`, '00:00')}
    order by h.starts_at desc, h.id limit 200`;
}

/**
 * The sessions of a class of the caller's with who is asked for each: those to come, and those of the last thirty days. Helpers from
 * elsewhere are named too; phones, and why somebody said no, only for whoever runs the class.
 */
export async function staffedSessions(tx: ScopedTx, language: Language, classId: string, now: Date) {
  const [found] = await tx<{ mayWrite: boolean }[]>`
    select area_id = ${mine(tx, 'class.write')} as may_write from class where id = ${classId} and area_id = ${mine(tx, 'class.read')}`;
  if (!found) return [];
  return elevated(
    tx,
    'helpers from elsewhere are named to whoever runs the class',
    (system) => system<StaffedSession[]>`
      select s.id, s.starts_at, s.ends_at, ${system(`l.title_${language}`)} as lesson, ${tookPlace(system, now)} as took_place,
        coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'sessionId', h.session_id, 'fullName', m.full_name, 'team', k.name,
            'phone', case when ${found.mayWrite} then m.phone end, 'hasAccount', m.account_id is not null, 'role', h.role, 'state', h.state,
            'noBecause', h.no_because, 'reason', case when ${found.mayWrite} then h.reason else '' end, 'moved', h.moved_at is not null, 'absent', h.absent_at is not null)
            order by h.role = 'helps', h.state = 'no', h.state, split_part(m.full_name, ' ', -1) collate "vi-x-icu", m.id)
          from session_helper h join team_member m on m.id = h.member_id join team k on k.id = m.team_id
          where h.session_id = s.id), '[]') as helpers
      from class_session s left join lesson l on l.id = s.lesson_id
      where s.class_id = ${classId} and s.status not in ('cancelled', 'did_not_happen') and s.ends_at > ${now}::timestamptz - interval '30 days'
      order by s.starts_at, s.id limit 100`,
  );
}

/** What the number of helpers of a class follows from. */
export async function ratioOf(tx: ScopedTx, classId: string) {
  const [row] = await tx<{ learnersPerHelper: number }[]>`
    select co.learners_per_helper from class c join course co on co.id = c.course_id where c.id = ${classId}`;
  return row?.learnersPerHelper ?? 4;
}

/** Sessions ahead, of those that fit, that lack a teacher or a helper nobody was asked for yet. */
const wantingSessions = (tx: ScopedTx, language: Language, now: Date, fits: ReturnType<typeof byGivenName>) => tx`
  select s.*, count(*) over () as total,
    (select count(*) from team_member m where m.team_id = s.team_id and m.left_on is null and s.language = any(m.languages)
       and ${canThen(tx, tx`m.id`, tx`s.starts_at`, tx`s.ends_at`)}
       and not exists (select from session_helper o where o.member_id = m.id and o.state <> 'no' and not o.called_off
         and tstzrange(o.starts_at, o.ends_at) && tstzrange(s.starts_at, s.ends_at))) as free
  from (
    select s.id, s.class_id, c.team_id, c.language, ${tx(`co.title_${language}`)} as title, v.name as venue, s.starts_at, s.ends_at,
      greatest(0, ceil(c.seats_confirmed::numeric / co.learners_per_helper)::int - h.helping) as wanted,
      h.teaching = 0 as teacher_wanted, h.waiting
    from class_session s join class c on c.id = s.class_id join course co on co.id = c.course_id join venue v on v.id = s.venue_id
      cross join lateral (
        select count(*) filter (where role = 'helps' and state <> 'no') as helping,
               count(*) filter (where role = 'teaches' and state <> 'no') as teaching, count(*) filter (where state = 'asked') as waiting
        from session_helper h where h.session_id = s.id) h
    where s.status in ('planned', 'published') and s.starts_at > ${now} and ${fits}) s
  where wanted > 0 or teacher_wanted
  order by starts_at, id limit 6`;

interface Wanting {
  readonly total: number;
  readonly rows: readonly WantingSession[];
}
const withTotal = (rows: readonly (WantingSession & { total: number })[]): Wanting => ({
  total: rows[0]?.total ?? 0,
  rows,
});

/** Published sessions of the coming week, of classes the caller runs, that lack somebody; the soonest first. */
export const sessionsWanting = async (tx: ScopedTx, language: Language, now: Date): Promise<Wanting> =>
  withTotal(
    await tx<(WantingSession & { total: number })[]>`
      ${wantingSessions(
        tx,
        language,
        now,
        tx`s.area_id = ${mine(tx, 'class.write')} and s.status = 'published' and s.starts_at < ${momentOf(addDays(dayOf(now), 8), '00:00')}`,
      )}`,
  );

/** How many sessions of a class lack somebody. */
export const sessionsOfClassWanting = async (tx: ScopedTx, classId: string, now: Date): Promise<number> =>
  withTotal(
    await tx<(WantingSession & { total: number })[]>`${wantingSessions(tx, 'vi', now, tx`s.class_id = ${classId}`)}`,
  ).total;
