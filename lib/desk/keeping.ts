import { attempt, elevated, refusedBy, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { addDays, dayOf, momentOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { isAway } from '@/lib/team/queries';
import { onDutyChoices } from './queries';
import { audit, isExclusion, type Staff } from './record';
import { weekdayFields, type DeskDetails, type Dismissal, type NewShift } from './schema';

type Done = { id: string };

/** Sets up a desk. Refuses: an area where the caller keeps no desks, or the province itself (`chooseArea`). */
export async function addDesk(
  tx: ScopedTx,
  details: DeskDetails & { readonly areaId: number },
  caller: Staff,
): Promise<Refusal | Done> {
  const id = newId();
  const { areaId, kind, name, address, wayThere } = details;
  const made = await tx`
    insert into desk (id, area_id, kind, name, address, way_there, created_by)
    select ${id}, a.id, ${kind}, ${name}, ${address}, ${wayThere}, ${caller.accountId} from area a
    where a.id = ${areaId} and a.kind <> 'province' and a.id = ${mine(tx, 'desk.manage')}`;
  if (made.count === 0) return refuse('chooseArea', 'areaId');
  await putHours(tx, id, areaId, details);
  await audit(tx, caller, 'desk.add', { kind: 'desk', id, areaId });
  return { id };
}

/**
 * A mobile point of a village that no other round has on that day: the one this round has already, one there is, or a new one, named after the
 * village. Refuses what `addDesk` refuses.
 */
export async function pointFor(
  tx: ScopedTx,
  { areaId, day, roundId }: { readonly areaId: number; readonly day: string; readonly roundId: string },
  caller: Staff,
): Promise<Refusal | Done> {
  const [free] = await tx<Done[]>`
    select d.id from desk d left join visit_round r on r.desk_id = d.id and r.day = ${day} and r.called_off_at is null
    where d.area_id = ${areaId} and d.area_id = ${mine(tx, 'desk.manage')} and d.kind = 'mobile_point' and d.retired_at is null
      and (r.id is null or r.id = ${roundId})
    order by r.id is null, d.created_at, d.id limit 1`;
  if (free) return free;
  const [village] = await tx<{ name: string }[]>`select full_name_vi as name from area where id = ${areaId}`;
  const address = village?.name ?? '';
  const hours = { day1: [], day2: [], day3: [], day4: [], day5: [], day6: [], day7: [] };
  const details = { kind: 'mobile_point', name: `Điểm lưu động ${address}`, address, wayThere: '', ...hours } as const;
  return addDesk(tx, { areaId, ...details }, caller);
}

/** Changes what a desk is called, where it is and when it is open. Refuses: not the caller's (`notFound`). */
export async function changeDesk(tx: ScopedTx, details: DeskDetails & Done, caller: Staff): Promise<Refusal | Done> {
  const { id, kind, name, address, wayThere } = details;
  const [changed] = await tx<{ areaId: number }[]>`
    update desk set kind = ${kind}, name = ${name}, address = ${address}, way_there = ${wayThere}
    where id = ${id} and area_id = ${mine(tx, 'desk.manage')} returning area_id`;
  if (!changed) return refuse('notFound');
  await tx`delete from desk_hours where desk_id = ${id}`;
  await putHours(tx, id, changed.areaId, details);
  await audit(tx, caller, 'desk.change', { kind: 'desk', id, ...changed });
  return { id };
}

async function putHours(tx: ScopedTx, deskId: string, areaId: number, details: DeskDetails): Promise<void> {
  const rows = weekdayFields.flatMap((field, at) =>
    details[field].map(({ opens, closes }) => ({ deskId, areaId, weekday: at + 1, opens, closes })),
  );
  if (rows.length > 0) await tx`insert into desk_hours ${tx(rows)}`;
}

/**
 * Closes a desk, or opens it again; what was logged stays. Closing calls off who was to be on duty there. Refuses: not the caller's
 * (`notFound`); twice is once.
 */
export async function setDeskOpen(
  tx: ScopedTx,
  { id, open }: Done & { readonly open: boolean },
  caller: Staff,
  now: Date,
): Promise<Refusal | Done> {
  const [found] = await tx<{ areaId: number; retired: boolean }[]>`
    select area_id, retired_at is not null as retired from desk where id = ${id} and area_id = ${mine(tx, 'desk.manage')} for update`;
  if (!found) return refuse('notFound');
  if (found.retired !== open) return { id };
  await tx`update desk set retired_at = ${open ? null : now} where id = ${id}`;
  if (!open)
    await tx`
      update desk_shift set called_off_at = ${now}, called_off_by = ${caller.accountId}
      where desk_id = ${id} and called_off_at is null and starts_at > ${now}`;
  await audit(tx, caller, open ? 'desk.reopen' : 'desk.close', { kind: 'desk', id, areaId: found.areaId });
  return { id };
}

/**
 * Puts somebody on duty at a desk, the same hours in as many weeks as are wanted; all of them or none. Refuses: no open desk of the
 * caller's (`notFound`), nobody who may be asked (`chooseOnDuty`), a day gone by (`shiftPast`), at another desk then (`shiftClash`;
 * the database refuses two who plan at once), at a class they agreed to then (`shiftTeaches`), away on one of the days (`helperAway`), their team closed at this very moment (`teamClosed`).
 */
export async function planShifts(
  tx: ScopedTx,
  shift: NewShift,
  caller: Staff,
  now: Date,
): Promise<Refusal | { deskId: string; planned: number }> {
  const { deskId, who, day, from, until, weeks } = shift;
  const [desk] = await tx<{ areaId: number }[]>`
    select area_id from desk where id = ${deskId} and retired_at is null and area_id = ${mine(tx, 'desk.manage')}`;
  if (!desk) return refuse('notFound');
  if (day < dayOf(now)) return refuse('shiftPast', 'day');
  const days = Array.from({ length: weeks }, (_, week) => addDays(day, week * 7));
  const times = {
    starts: days.map((one) => momentOf(one, from).toISOString()),
    ends: days.map((one) => momentOf(one, until).toISOString()),
  };
  const no = await elevated(tx, 'desks: whether somebody can be on duty', async (system) => {
    const [known] = await system<{ whoId: string }[]>`
      select who_id from (${onDutyChoices(system, desk.areaId)}) c where c.kind = ${who.kind} and c.id = ${who.id}`;
    return known ? busyThen(system, known.whoId, times) : refuse('chooseOnDuty', 'who');
  });
  if (no) return no;
  const column = who.kind === 'account' ? 'account_id' : 'member_id';
  try {
    await attempt(
      tx,
      (inner) => inner`
        insert into desk_shift (id, desk_id, area_id, ${inner(column)}, who_id, starts_at, ends_at, planned_by)
        select x.id, ${deskId}, ${desk.areaId}, ${who.id}, ${who.id}, x.starts_at, x.ends_at, ${caller.accountId}
        from unnest(${days.map(() => newId())}::uuid[], ${times.starts}::text[]::timestamptz[], ${times.ends}::text[]::timestamptz[]) x (id, starts_at, ends_at)`,
    );
  } catch (error) {
    if (isExclusion(error)) return refuse('shiftClash', 'who');
    if (refusedBy(error) === 'team_closed') return refuse('teamClosed', 'who');
    throw error;
  }
  await audit(tx, caller, 'desk.plan', { kind: 'desk', id: deskId, areaId: desk.areaId }, { shifts: days.length });
  return { deskId, planned: days.length };
}

/** Whether somebody is expected elsewhere in one of these times, at a desk or at a class they agreed to, or said that they are away. */
async function busyThen(
  system: SystemTx,
  whoId: string,
  { starts, ends }: { readonly starts: readonly string[]; readonly ends: readonly string[] },
): Promise<Refusal | null> {
  const [found] = await system<{ atDesk: boolean; atClass: boolean; away: boolean }[]>`
    with wanted as (select tstzrange(s, e) as during from unnest(${[...starts]}::text[]::timestamptz[], ${[...ends]}::text[]::timestamptz[]) x (s, e))
    select exists (select from desk_shift o join wanted w on w.during && tstzrange(o.starts_at, o.ends_at)
        where o.who_id = ${whoId} and o.called_off_at is null) as at_desk,
      exists (select from session_helper h join team_member m on m.id = h.member_id join wanted w on w.during && tstzrange(h.starts_at, h.ends_at)
        where ${whoId} in (m.id, m.account_id) and h.state = 'yes' and not h.called_off) as at_class,
      exists (select from team_member m join wanted t on ${isAway(system, system`m.id`, system`lower(t.during)`, system`upper(t.during)`)}
        where ${whoId} in (m.id, m.account_id) and m.left_on is null) as away`;
  if (found?.atDesk) return refuse('shiftClash', 'who');
  if (found?.atClass) return refuse('shiftTeaches', 'who');
  return found?.away ? refuse('helperAway', 'who') : null;
}

/** Calls off a shift to come or under way. Refuses: not the caller's (`notFound`), over (`shiftOver`); twice is once. */
export async function callOffShift(
  tx: ScopedTx,
  { shiftId }: { readonly shiftId: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | { deskId: string }> {
  const [found] = await tx<{ deskId: string; areaId: number; over: boolean; off: boolean }[]>`
    select desk_id, area_id, ends_at <= ${now} as over, called_off_at is not null as off
    from desk_shift where id = ${shiftId} and area_id = ${mine(tx, 'desk.manage')} for update`;
  if (!found) return refuse('notFound');
  const { deskId, areaId, over, off } = found;
  if (off) return { deskId };
  if (over) return refuse('shiftOver');
  await tx`update desk_shift set called_off_at = ${now}, called_off_by = ${caller.accountId} where id = ${shiftId}`;
  await audit(tx, caller, 'desk.call_off', { kind: 'desk', id: deskId, areaId });
  return { deskId };
}

/** Decides that what repeats needs no class, with the reason. Refuses: not the caller's, or no such need (`notFound`). */
export async function dismissProposal(
  tx: ScopedTx,
  dismissal: Dismissal,
  caller: Staff,
  now: Date,
): Promise<Refusal | Done> {
  const { areaId, deskId = null, need, reason } = dismissal;
  const id = newId();
  const made = await tx`
    insert into desk_dismissal (id, area_id, desk_id, need_code, reason, at, by)
    select ${id}, ${areaId}, ${deskId}::uuid, ${need}, ${reason}, ${now}, ${caller.accountId}
    where ${areaId} = ${mine(tx, 'desk.manage')} and exists (select from desk_need where code = ${need})
      and (${deskId}::uuid is null or exists (select from desk d where d.id = ${deskId} and d.area_id = ${areaId}))`;
  if (made.count === 0) return refuse('notFound');
  await audit(tx, caller, 'desk.dismiss', { kind: 'area', id: String(areaId), areaId }, { need });
  return { id };
}
