import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { addDays, dayOf } from '@/lib/kernel/clock';
import type { RoundHelper, Taken } from './rules';

const zone = 'Asia/Ho_Chi_Minh';
/** So far ahead it is told when somebody is not free. */
const daysAhead = 60;

/**
 * Who may be sent on a round: members of the caller's teams (of one, where it is named), by team, with the languages they speak, when they said they
 * usually can, and of the next sixty days the times at which they are expected somewhere or said they are away: only when, never where or for what.
 */
export async function roundHelpers(
  tx: ScopedTx,
  teamId: string | null = null,
  now = new Date(),
  except: string | null = null,
): Promise<readonly RoundHelper[]> {
  const members = await tx<Omit<RoundHelper, 'taken'>[]>`
    select m.id, m.full_name, k.name as team, m.languages,
      array(select f.weekday || '.' || f.part from team_member_free f where f.member_id = m.id) as free
    from team_member m join team k on k.id = m.team_id
    where m.left_on is null and m.area_id = ${mine(tx, 'visit.plan')} and (${teamId}::uuid is null or m.team_id = ${teamId})
    order by k.name collate "vi-x-icu", split_part(m.full_name, ' ', -1) collate "vi-x-icu", m.id limit 500`;
  const taken = await takenTimes(
    tx,
    members.map(({ id }) => id),
    now,
    except,
  );
  return members.map((one) => ({
    ...one,
    taken: taken.filter(({ memberId }) => memberId === one.id).map(({ memberId: _whose, ...time }) => time),
  }));
}

/** When these members are not free, also where they are expected by others; of a round `except` nothing. */
function takenTimes(tx: ScopedTx, members: readonly string[], now: Date, except: string | null) {
  return elevated(tx, 'visits: when those one might send are expected elsewhere', (system) => {
    const [from, last] = [dayOf(now), addDays(dayOf(now), daysAhead)];
    const told = (moment: string) => system`to_char(${system(moment)} at time zone ${zone}, 'YYYY-MM-DD HH24:MI')`;
    const soon = system`x.ends_at > ${now} and x.starts_at < (${last}::date + 1)::timestamp at time zone ${zone}`;
    return system<(Taken & { memberId: string })[]>`
      with m as (select id, account_id from team_member where id = any(${[...members]}::uuid[]))
      select x.member_id, ${told('x.starts_at')} as from, ${told('x.ends_at')} as until, false as away
      from session_helper x join m on m.id = x.member_id where x.state <> 'no' and not x.called_off and ${soon}
      union all
      select m.id, ${told('x.starts_at')}, ${told('x.ends_at')}, false
      from m join desk_shift x on x.who_id in (m.id, m.account_id) where x.called_off_at is null and ${soon}
      union all
      select x.member_id, ${told('x.starts_at')}, ${told('x.ends_at')}, false
      from visit_round_helper x join m on m.id = x.member_id join visit_round r on r.id = x.round_id and r.called_off_at is null
      where x.called_off_at is null and x.round_id is distinct from ${except}::uuid and ${soon}
      union all
      select w.member_id, w.first_day || ' 00:00', w.last_day || ' 24:00', true
      from team_member_away w join m on m.id = w.member_id where w.last_day >= ${from}::date and w.first_day <= ${last}::date
      order by 1, 2 limit 5000`;
  });
}

/** Somebody who goes on a round. */
interface Mate {
  readonly id: string;
  readonly fullName: string;
  readonly phone: string | null;
}

/**
 * Who goes on a round the caller sees, or was to where it was called off, with how to reach them: a phone for those who run classes with them, as in the list of their
 * team, and not the caller's own.
 */
export async function matesOn(tx: ScopedTx, roundId: string): Promise<readonly Mate[]> {
  const rows = await tx<Mate[]>`
    select m.id, m.full_name, case when m.area_id = ${mine(tx, 'contact.read')} and m.account_id is distinct from (select caller_account()) then m.phone end as phone
    from visit_round r join visit_round_helper h on h.round_id = r.id and (h.called_off_at is null or h.called_off_at = r.called_off_at)
      join team_member m on m.id = h.member_id
    where r.id = ${roundId} order by m.full_name, m.id`;
  return [...rows];
}
