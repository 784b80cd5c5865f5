import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { mostEntries, type DayOffInput } from './schema';

type Staff = Pick<Caller, 'accountId'>;
type Changed = { areaId: number };

async function audit(tx: ScopedTx, caller: Staff, action: string, areaId: number, details: object): Promise<void> {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, ${action}, 'area', ${String(areaId)}, ${areaId}, ${tx.json({ ...details })})`;
}

/**
 * Adds an entry to the calendar of an area, or changes one there. Classes planned already stay as they are. Refuses `notFound`: an
 * area whose calendar is not the caller's, an entry that is not of that area; `calendarFull`: 200 of that area are not over yet.
 */
export async function saveDayOff(tx: ScopedTx, input: DayOffInput, caller: Staff): Promise<Refusal | Changed> {
  const { areaId, kind, weekday, firstDay, lastDay, reason, name } = input;
  const id = input.id ?? newId();
  if (!input.id && (await isFull(tx, areaId))) return refuse('calendarFull');
  const done = input.id
    ? await tx`
        update day_off set kind = ${kind}, weekday = ${weekday}, first_day = ${firstDay}, last_day = ${lastDay},
          reason = ${reason}, name = ${name} where id = ${id} and area_id = ${areaId} returning id`
    : await tx`
        insert into day_off (id, area_id, kind, weekday, first_day, last_day, reason, name)
        select ${id}, ${areaId}, ${kind}, ${weekday}::int, ${firstDay}::date, ${lastDay}::date, ${reason}, ${name}
        where ${areaId} = any (coalesce((select may_areas('calendar.write')), '{}')) returning id`;
  if (done.count === 0) return refuse('notFound');
  await audit(tx, caller, 'calendar.save', areaId, { id, kind, weekday, firstDay, lastDay, reason, name });
  return { areaId };
}

async function isFull(tx: ScopedTx, areaId: number): Promise<boolean> {
  const [row] = await tx<{ entries: number }[]>`
    select count(*) as entries from day_off where area_id = ${areaId} and (last_day is null or last_day >= current_date)`;
  return (row?.entries ?? 0) >= mostEntries;
}

/** Takes an entry out of a calendar. Refuses `notFound`: an entry that is not the caller's to change. */
export async function removeDayOff(tx: ScopedTx, input: { id: string }, caller: Staff): Promise<Refusal | Changed> {
  const [gone] = await tx<{ areaId: number; kind: string; name: string; firstDay: string; lastDay: string }[]>`
    delete from day_off where id = ${input.id} returning area_id, kind, name, first_day::text, last_day::text`;
  if (!gone) return refuse('notFound');
  const { areaId, ...what } = gone;
  await audit(tx, caller, 'calendar.remove', areaId, { id: input.id, ...what });
  return { areaId };
}
