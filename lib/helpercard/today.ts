import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { addDays, dayOf, momentOf, weekdayOf } from '@/lib/kernel/clock';
import { unitOf } from './queries';
import type { WorkToday } from './schema';

type Language = 'vi' | 'en';

/**
 * Which teams teach or go from home to home, and which desks and mobile points are open on a day, by unit: team or desk, place and hours; nobody's name, and
 * of a round never a home. Classes as the public may see them; of desks what stands at their door, and the hours of those who are on duty there where
 * the door says none. At most 400 of each.
 */
export async function workOfToday(tx: ScopedTx, language: Language, now: Date): Promise<readonly WorkToday[]> {
  const today = dayOf(now);
  const [from, until] = [momentOf(today, '00:00'), momentOf(addDays(today, 1), '00:00')];
  const classes = await tx<WorkToday[]>`
    select 'class' as kind, k.name, coalesce(u.id, a.id) as unit_id, coalesce(u.name, ${tx(`a.full_name_${language}`)}) as unit,
      ${tx(`a.full_name_${language}`)} as place, v.name as venue, v.address, ${clock(tx, tx`s.starts_at`)} as starts_at,
      ${clock(tx, tx`s.ends_at`)} as ends_at
    from class_session s join class c on c.id = s.class_id join team k on k.id = c.team_id join venue v on v.id = s.venue_id
      join area a on a.id = c.area_id left join lateral ${unitOf(tx, language, tx`c.area_id`)} u on true
    where s.starts_at >= ${from} and s.starts_at < ${until}
      and s.status in ('published', 'held') and c.status = 'published'
    order by s.starts_at, s.id limit 400`;
  const others = await elevated(
    tx,
    'desks open today, as their doors say, and rounds by team and village',
    async (system) => {
      const place = (area: ReturnType<ScopedTx>) => system`
      coalesce(u.id, a.id) as unit_id, coalesce(u.name, ${system(`a.full_name_${language}`)}) as unit, ${system(`a.full_name_${language}`)} as place, ${area}`;
      const within = (area: ReturnType<ScopedTx>) => system`
      join area a on a.id = ${area} left join lateral ${unitOf(system, language, area)} u on true`;
      const desks = await system<WorkToday[]>`
      select 'desk' as kind, d.name, ${place(system`'' as venue, d.address, to_char(h.opens, 'HH24:MI') as starts_at, to_char(h.closes, 'HH24:MI') as ends_at`)}
      from desk d join desk_hours h on h.desk_id = d.id and h.weekday = ${weekdayOf(today)} ${within(system`d.area_id`)}
      where d.retired_at is null order by h.opens, d.id limit 400`;
      const onDuty = await system<WorkToday[]>`
      select 'desk' as kind, d.name, ${place(system`'' as venue, d.address, ${clock(system, system`s.starts_at`)} as starts_at, ${clock(system, system`s.ends_at`)} as ends_at`)}
      from desk d join (select distinct desk_id, starts_at, ends_at from desk_shift where called_off_at is null and starts_at >= ${from} and starts_at < ${until}) s
        on s.desk_id = d.id ${within(system`d.area_id`)}
      where d.retired_at is null and not exists (select from desk_hours h where h.desk_id = d.id and h.weekday = ${weekdayOf(today)})
      order by s.starts_at, d.id limit 400`;
      const rounds = await system<WorkToday[]>`
      select w.kind, case w.kind when 'point' then d.name else k.name end as name,
        ${place(system`case w.kind when 'point' then k.name else '' end as venue, case w.kind when 'point' then d.address else '' end as address,
          ${clock(system, system`r.starts_at`)} as starts_at, ${clock(system, system`r.ends_at`)} as ends_at`)}
      from visit_round r join team k on k.id = r.team_id left join desk d on d.id = r.desk_id and d.retired_at is null
        cross join lateral (values ('round'), ('point')) w (kind) ${within(system`r.area_id`)}
      where r.day = ${today} and r.called_off_at is null and exists (select from visit_round_helper h where h.round_id = r.id and h.called_off_at is null)
        and case w.kind when 'point' then d.id is not null else exists (select from visit v where v.round_id = r.id and v.taken_off_at is null) end
      order by r.starts_at, r.id, w.kind limit 400`;
      return [...desks, ...onDuty, ...rounds];
    },
  );
  return [...classes, ...others].toSorted(
    (one, other) =>
      one.unit.localeCompare(other.unit, 'vi') ||
      one.place.localeCompare(other.place, 'vi') ||
      one.startsAt.localeCompare(other.startsAt),
  );
}

const clock = (tx: ScopedTx, moment: ReturnType<ScopedTx>) =>
  tx`to_char(${moment} at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI')`;
