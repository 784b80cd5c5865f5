import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { mine } from '@/lib/class/queries';
import { addDays, dayOf, momentOf } from '@/lib/kernel/clock';
import { undoMinutes } from './rules';
import type { AssistLine, DeskLine, DeskRecord, Need, NeedHour, ShiftLine, StaffLine } from './schema';

type Language = 'vi' | 'en';
const zone = 'Asia/Ho_Chi_Minh';

const ofToday = (tx: ScopedTx, now: Date) => tx`s.at >= ${momentOf(dayOf(now), '00:00')} and s.at <= ${now}`;

/** What people come with, as it is worded now, in the order of the buttons. */
export function needsNow(tx: ScopedTx, language: Language) {
  return tx<Need[]>`
    select code, version, ${tx(`name_${language}`)} as name, ${tx(`hint_${language}`)} as hint from desk_need
    where replaced_at is null order by position, code limit 9`;
}

/** The desks where the caller logs, those open first; closed ones only where asked for. At most 300. */
export async function deskList(
  tx: ScopedTx,
  language: Language,
  now: Date,
  closed = false,
): Promise<readonly DeskLine[]> {
  const desks = await tx<Omit<DeskLine, 'onDuty'>[]>`
    select d.id, d.name, d.kind, ${tx(`a.full_name_${language}`)} as area, d.address, d.retired_at is not null as retired,
      (select count(*) from desk_assist s where s.desk_id = d.id and s.undone_at is null and ${ofToday(tx, now)}) as today
    from desk d join area a on a.id = d.area_id
    where d.area_id = ${mine(tx, 'desk.log')} and (d.retired_at is null or ${closed})
    order by d.retired_at is not null, a.name_vi collate "vi-x-icu", d.kind = 'service_centre' desc, d.name collate "vi-x-icu", d.id limit 300`;
  const onDuty = await shiftsOf(
    tx,
    desks.map(({ id }) => id),
    now,
    now,
  );
  return desks.map((desk) => ({
    ...desk,
    onDuty: onDuty.filter(({ deskId }) => deskId === desk.id).map(({ fullName }) => fullName),
  }));
}

/** Where the caller logs next: at the point of the round they go on today, at the desk where they are on duty now, else where they logged last, else the first there is. */
export async function deskAtHand(
  tx: ScopedTx,
  caller: { readonly accountId: string },
  now: Date,
): Promise<string | null> {
  const [row] = await tx<{ id: string }[]>`
    select d.id from desk d
      left join lateral (select max(s.at) as last from desk_assist s where s.desk_id = d.id and s.logged_by = ${caller.accountId}
        and s.at > ${now}::timestamptz - interval '60 days') l on true
    where d.retired_at is null and d.area_id = ${mine(tx, 'desk.log')}
    order by exists (select from visit_round r where r.desk_id = d.id and r.day = ${dayOf(now)} and r.id = any (coalesce((select my_rounds()), '{}'))) desc,
      exists (select from desk_shift h where h.desk_id = d.id and h.who_id = ${caller.accountId} and h.called_off_at is null
        and ${now} between h.starts_at and h.ends_at) desc, l.last desc nulls last, d.kind = 'service_centre' desc, d.name collate "vi-x-icu", d.id
    limit 1`;
  return row?.id ?? null;
}

/** A desk of the caller's with its hours; null out of scope. */
export async function deskForStaff(tx: ScopedTx, language: Language, id: string): Promise<DeskRecord | null> {
  const [desk] = await tx<Omit<DeskRecord, 'hours'>[]>`
    select d.id, d.area_id, ${tx(`a.full_name_${language}`)} as area, d.kind, d.name, d.address, d.way_there,
      d.retired_at is not null as retired, d.area_id = ${mine(tx, 'desk.manage')} as may_manage
    from desk d join area a on a.id = d.area_id where d.id = ${id} and d.area_id = ${mine(tx, 'desk.log')}`;
  if (!desk) return null;
  const hours = await tx<DeskRecord['hours'][number][]>`
    select weekday, to_char(opens, 'HH24:MI') as opens, to_char(closes, 'HH24:MI') as closes from desk_hours
    where desk_id = ${id} order by weekday, opens`;
  return { ...desk, hours: [...hours] };
}

/** What was logged at a desk today, the newest first; at most 200. Names where the caller may look people up. */
export async function assistsToday(
  tx: ScopedTx,
  language: Language,
  deskId: string,
  caller: { readonly accountId: string },
  now: Date,
): Promise<readonly AssistLine[]> {
  return tx<AssistLine[]>`
    select s.id, s.at, ${tx(`n.name_${language}`)} as need, s.level, s.minutes, s.referred_to,
      case when s.person_id is not null then coalesce(p.full_name, '') end as person,
      s.logged_by = ${caller.accountId} and s.at >= ${now}::timestamptz - make_interval(mins => ${undoMinutes}) as undoable
    from desk_assist s join desk_need n on n.code = s.need_code and n.version = s.need_version
      left join person p on p.id = s.person_id
    where s.desk_id = ${deskId} and s.undone_at is null and ${ofToday(tx, now)}
      and s.area_id = ${mine(tx, 'desk.log')}
    order by s.at desc, s.id desc limit 200`;
}

/** The same of a day that may be over: what a round left at its mobile point. */
export const assistsOn = (
  tx: ScopedTx,
  language: Language,
  deskId: string,
  caller: { readonly accountId: string },
  day: string,
) => assistsToday(tx, language, deskId, caller, new Date(momentOf(addDays(day, 1), '00:00').getTime() - 1));

/** How often each thing was needed at a desk today, by hour. */
export function countsToday(tx: ScopedTx, deskId: string, now: Date) {
  return tx<NeedHour[]>`
    select need_code as code, extract(hour from s.at at time zone ${zone})::int as hour, count(*)::int as count from desk_assist s
    where desk_id = ${deskId} and undone_at is null and ${ofToday(tx, now)} and area_id = ${mine(tx, 'desk.log')}
    group by 1, 2 order by 1, 2`;
}

/** Somebody within the caller's reach by name, for the log; null otherwise. */
export async function personAtDesk(
  tx: ScopedTx,
  id: string,
): Promise<{ id: string; fullName: string; birthYear: number | null } | null> {
  const [row] = await tx<{ id: string; fullName: string; birthYear: number | null }[]>`
    select id, full_name, birth_year from person
    where id = ${id} and merged_into is null and area_id = ${mine(tx, 'person.read')}`;
  return row ?? null;
}

/** Who is on duty at some desks of the caller's between two moments. Accounts are walled; their names on a roster are not a secret there. */
async function shiftsOf(tx: ScopedTx, desks: readonly string[], from: Date, until: Date) {
  if (desks.length === 0) return [];
  const rows = await tx<(Omit<ShiftLine, 'fullName'> & { deskId: string; fullName: string | null })[]>`
    select h.id, h.desk_id, h.who_id, h.starts_at, h.ends_at, m.full_name
    from desk_shift h left join team_member m on m.id = h.member_id
    where h.desk_id = any(${[...desks]}::uuid[]) and h.called_off_at is null and h.ends_at > ${from} and h.starts_at <= ${until}
      and h.area_id = ${mine(tx, 'desk.log')}
    order by h.starts_at, h.id limit 1000`;
  const unnamed = [...new Set(rows.filter(({ fullName }) => fullName === null).map(({ whoId }) => whoId))];
  if (unnamed.length === 0) return rows.map((row) => ({ ...row, fullName: row.fullName ?? '' }));
  const names = await elevated(
    tx,
    'desks: names of those on duty',
    (system) => system<{ id: string; fullName: string }[]>`
      select id, full_name from account where id = any(${unnamed}::uuid[])
      union all select id, full_name from team_member where id = any(${unnamed}::uuid[])`,
  );
  const known = new Map(names.map(({ id, fullName }) => [id, fullName]));
  return rows.map((row) => ({ ...row, fullName: row.fullName ?? known.get(row.whoId) ?? '' }));
}

/** The duty of a desk of the caller's from today on, for so many days. */
export function dutyAhead(tx: ScopedTx, deskId: string, now: Date, days: number): Promise<readonly ShiftLine[]> {
  const today = dayOf(now);
  return shiftsOf(tx, [deskId], momentOf(today, '00:00'), momentOf(addDays(today, days), '00:00'));
}

/** Who staffs a desk: everybody on duty there in the last thirty days or to come, with the time of shifts that are over. */
export async function staffOf(tx: ScopedTx, deskId: string, now: Date): Promise<readonly StaffLine[]> {
  const today = dayOf(now);
  const shifts = await shiftsOf(
    tx,
    [deskId],
    momentOf(addDays(today, -30), '00:00'),
    momentOf(addDays(today, 84), '00:00'),
  );
  const people = new Map<string, StaffLine>();
  for (const { whoId, fullName, startsAt, endsAt } of shifts) {
    const before = people.get(whoId) ?? { whoId, fullName, minutes: 0, nextAt: null };
    const over = endsAt <= now;
    people.set(whoId, {
      ...before,
      minutes: before.minutes + (over ? (endsAt.getTime() - startsAt.getTime()) / 60_000 : 0),
      nextAt: before.nextAt ?? (startsAt > now ? startsAt : null),
    });
  }
  return [...people.values()];
}

/**
 * Who may be on duty at a desk of an area, as rows (kind, id, who_id, full_name, note): accounts that may log there, and the members of
 * the unit's teams without an account. For the system role.
 */
export const onDutyChoices = (system: SystemTx, areaId: number) => system`
  select 'account' as kind, a.id, a.id as who_id, a.full_name, a.username as note
  from account a where a.disabled_at is null and exists (
    select from account_grant g join role_capability r on r.role = g.role and r.capability = 'desk.log'
      join area_tree t on t.ancestor_id = g.area_id and t.area_id = ${areaId}
    where g.account_id = a.id and g.valid_from <= current_date and (g.valid_to is null or g.valid_to >= current_date))
  union all
  select 'member', m.id, m.id, m.full_name, k.name
  from team_member m join team k on k.id = m.team_id
  where m.left_on is null and m.account_id is null and k.area_id in (
    select area_id from area_tree where ancestor_id in (
      select u.id from area_tree t join area u on u.id = t.ancestor_id where t.area_id = ${areaId} and u.kind in ${system(unitKinds)}))`;

/** Who may be put on duty at a desk; `value` is what the form sends. Read for those who keep it. */
export async function dutyChoices(
  tx: ScopedTx,
  areaId: number,
): Promise<{ value: string; fullName: string; note: string }[]> {
  return elevated(tx, 'desks: who may be on duty', async (system) => {
    const rows = await system<{ value: string; fullName: string; note: string }[]>`
      select left(c.kind, 1) || ':' || c.id as value, c.full_name, c.note from (${onDutyChoices(system, areaId)}) c
      order by c.kind, split_part(c.full_name, ' ', -1) collate "vi-x-icu", c.full_name collate "vi-x-icu", c.id limit 400`;
    return [...rows];
  });
}
