import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';

interface Around {
  readonly home: string;
  readonly visitId: string | null;
  readonly roundHelperId: string | null;
  readonly elsewhere: 'session' | 'shift' | null;
}

/** Who lives with `person` now, themselves included. */
const livesThere = (tx: ScopedTx, personId: string) => tx`
  select ${personId}::uuid as id union select o.person_id from household_member m
    join household_member o on o.household_id = m.household_id and o.left_at is null where m.person_id = ${personId} and m.left_at is null`;

/** The home of a person, and what else the account does there and then that counts already. */
async function aroundOf(tx: ScopedTx, personId: string, accountId: string, now: Date): Promise<Around> {
  const [found] = await elevated(tx, 'tasks: which home, and what else counts there and then', (system) => {
    const mine = system`(select m.id from team_member m where m.account_id = ${accountId} and m.left_on is null)`;
    const visits = system`
      select v.id, v.round_id, v.planned_at from visit v join visit_round r on r.id = v.round_id and r.called_off_at is null
      left join visit_request q on q.id = v.request_id
      where v.day = ${dayOf(now)} and v.taken_off_at is null and coalesce(v.person_id, q.person_id) in (${livesThere(system, personId)})`;
    return system<Around[]>`
      with there as materialized (${visits})
      select coalesce((select m.household_id from household_member m where m.person_id = ${personId} and m.left_at is null limit 1), ${personId}::uuid) as home,
        (select id from there order by planned_at, id limit 1) as visit_id,
        (select h.id from visit_round_helper h join visit_round r on r.id = h.round_id and r.called_off_at is null
          where h.member_id in ${mine} and h.called_off_at is null
            and (${now} between r.starts_at and r.ends_at or h.round_id in (select round_id from there)) order by r.starts_at, h.id limit 1) as round_helper_id,
        case when exists (select from session_helper h where h.member_id in ${mine} and h.state = 'yes' and not h.called_off
            and ${now} between h.starts_at and h.ends_at) then 'session'
          when exists (select from desk_shift d where (d.account_id = ${accountId} or d.member_id in ${mine}) and d.called_off_at is null
            and ${now} between d.starts_at and d.ends_at) then 'shift' end as elsewhere`;
  });
  return found ?? { home: personId, visitId: null, roundHelperId: null, elsewhere: null };
}

/** How long the caller said today that they were at the home of a person; null where they said nothing yet. */
export async function cameToday(
  tx: ScopedTx,
  personId: string,
  { accountId }: { readonly accountId: string },
  now: Date,
): Promise<number | null> {
  const { home } = await aroundOf(tx, personId, accountId, now);
  const [row] = await tx<{ minutes: number }[]>`
    select minutes from door_visit where by = ${accountId} and home = ${home} and day = ${dayOf(now)}`;
  return row?.minutes ?? null;
}

/**
 * Writes down that the caller was at somebody's home for so many minutes. However much is recorded there on a day, it is one visit: the longest time said
 * counts, and they were met if anybody was. What the caller's round, session or duty counts already is noted with it.
 */
export async function noteCame(
  tx: ScopedTx,
  {
    personId,
    areaId,
    minutes,
    met,
  }: { readonly personId: string; readonly areaId: number; readonly minutes: number; readonly met: boolean },
  { accountId }: { readonly accountId: string },
  now: Date,
): Promise<void> {
  const { home, visitId, roundHelperId, elsewhere } = await aroundOf(tx, personId, accountId, now);
  await tx`
    insert into door_visit (id, home, area_id, day, at, minutes, met, by, visit_id, round_helper_id, elsewhere)
    values (${newId()}, ${home}, ${areaId}, ${dayOf(now)}, ${now}, ${minutes}, ${met}, ${accountId}, ${visitId}, ${roundHelperId}, ${elsewhere})
    on conflict (by, home, day) do update set minutes = greatest(door_visit.minutes, excluded.minutes), met = door_visit.met or excluded.met,
      visit_id = coalesce(door_visit.visit_id, excluded.visit_id), round_helper_id = coalesce(door_visit.round_helper_id, excluded.round_helper_id)`;
}
