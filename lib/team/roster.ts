import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { addDays, momentOf } from '@/lib/kernel/clock';
import { timeGiven } from './given';
import type { MonthOfHelp, RosterAway, RosterTask } from './schema';

type Language = 'vi' | 'en';
const zone = 'Asia/Ho_Chi_Minh';

/** The desks' shifts of members, by themselves or by the account that stood for them then. For the system role. */
const shiftsOfTeam = (tx: ScopedTx, teamId: string) => tx`
  team_member m join desk_shift d on m.team_id = ${teamId} and d.called_off_at is null and (d.member_id = m.id
    or (d.account_id = m.account_id and to_char(d.starts_at at time zone ${zone}, 'YYYY-MM-DD') between coalesce(m.joined_on, '') and coalesce(m.left_on::text, '9999')))`;

/** Whether a team is one the caller may look at. */
const mayLook = async (tx: ScopedTx, teamId: string) =>
  (await tx`select from team where id = ${teamId} and area_id = ${mine(tx, 'class.read')}`).count > 0;

/**
 * Who of a team is where in the seven days from a day on: sessions they are asked for or agreed to, shifts at desks, rounds from home to home, in order; and who is not there.
 * For those who may look at the team, also where they are expected elsewhere.
 */
export async function weekOfTeam(
  tx: ScopedTx,
  language: Language,
  teamId: string,
  monday: string,
): Promise<{ tasks: readonly RosterTask[]; away: readonly RosterAway[] }> {
  if (!(await mayLook(tx, teamId))) return { tasks: [], away: [] };
  const [from, until] = [momentOf(monday, '00:00'), momentOf(addDays(monday, 7), '00:00')];
  return elevated(tx, 'duty of a team, also where it helps elsewhere', async (system) => {
    const tasks = await system<RosterTask[]>`
      select * from (
        select 'session' as kind, h.id, h.member_id, m.full_name, h.starts_at, h.ends_at, ${tx(`co.title_${language}`)} as what, v.name as place,
          h.role, h.state
        from session_helper h join team_member m on m.id = h.member_id join class_session s on s.id = h.session_id
          join class c on c.id = s.class_id join course co on co.id = c.course_id join venue v on v.id = s.venue_id
        where m.team_id = ${teamId} and h.state <> 'no' and not h.called_off and h.starts_at >= ${from} and h.starts_at < ${until}
        union all
        select 'shift', d.id, m.id, m.full_name, d.starts_at, d.ends_at, k.name, k.address, null, 'yes'
        from ${shiftsOfTeam(system, teamId)} join desk k on k.id = d.desk_id
        where d.starts_at >= ${from} and d.starts_at < ${until}
        union all
        select 'round', h.id, m.id, m.full_name, h.starts_at, h.ends_at, k.name, a.${tx(`full_name_${language}`)}, null, 'yes'
        from visit_round_helper h join team_member m on m.id = h.member_id join visit_round r on r.id = h.round_id join area a on a.id = r.area_id
          join team k on k.id = r.team_id
        where m.team_id = ${teamId} and h.called_off_at is null and r.called_off_at is null and h.starts_at >= ${from} and h.starts_at < ${until}) t
      order by starts_at, what, split_part(full_name, ' ', -1) collate "vi-x-icu", id limit 1000`;
    const away = await system<RosterAway[]>`
      select w.id, w.member_id, m.full_name, w.first_day::text, w.last_day::text
      from team_member_away w join team_member m on m.id = w.member_id
      where m.team_id = ${teamId} and m.left_on is null and w.first_day <= ${addDays(monday, 6)} and w.last_day >= ${monday}
      order by split_part(m.full_name, ' ', -1) collate "vi-x-icu", w.id limit 300`;
    return { tasks: [...tasks], away: [...away] };
  });
}

/** Whether what an account did at a moment was done as this member: from the day they joined to the day they left. */
const asMember = (tx: ScopedTx, moment: string) => tx`
  to_char(${tx(moment)} at time zone ${zone}, 'YYYY-MM-DD') between coalesce(m.joined_on, '') and coalesce(m.left_on::text, '9999')`;

/**
 * What everybody of a team did by month, the newest month first, and how long it took, as `timeGiven` counts it for the figures too. A shift or round
 * counts whole as soon as anything was done in it.
 */
export async function hoursOfTeam(
  tx: ScopedTx,
  teamId: string,
  from: string,
  now: Date,
): Promise<readonly MonthOfHelp[]> {
  if (!(await mayLook(tx, teamId))) return [];
  const since = momentOf(`${from}-01`, '00:00');
  return elevated(tx, 'hours of a team, from what was done anywhere', (system) => {
    const members = system`(select id from team_member where team_id = ${teamId})`;
    const accounts = system`(select account_id from team_member where team_id = ${teamId} and account_id is not null)`;
    const given = timeGiven(system, {
      sessions: system`h.member_id in ${members} and h.starts_at >= ${since}`,
      shifts: system`(d.member_id in ${members} or d.account_id in ${accounts}) and d.starts_at >= ${since}`,
      rounds: system`v.member_id in ${members} and v.starts_at >= ${since}`,
      assists: system`e.logged_by in ${accounts} and e.at >= ${since}`,
      doors: system`w.by in ${accounts} and w.at >= ${since}`,
    });
    return system<MonthOfHelp[]>`
      select m.id as member_id, to_char(g.starts_at at time zone ${zone}, 'yyyy-mm') as month, sum(g.minutes)::int as minutes,
        count(*) filter (where g.kind = 'session')::int as sessions, count(*) filter (where g.kind = 'shift')::int as shifts,
        count(*) filter (where g.kind = 'round')::int as rounds, count(*) filter (where g.kind = 'door')::int as doors, sum(g.people)::int as assists
      from (${given}) g join team_member m on m.team_id = ${teamId}
        and (m.id = g.member_id or (m.account_id = g.account_id and ${asMember(system, 'g.starts_at')}))
      where g.came and g.starts_at <= ${now}
      group by 1, 2 order by 2 desc, 1`;
  });
}
