import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { describeAgain } from '@/lib/class/commands';
import { mine } from '@/lib/class/queries';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import type { VenueDetails } from './schema';

type Staff = Pick<Caller, 'accountId'>;
type Done = { id: string };

async function audit(tx: ScopedTx, caller: Staff, action: string, venue: Done & { areaId: number }): Promise<void> {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id)
    values (${caller.accountId}, ${action}, 'venue', ${venue.id}, ${venue.areaId})`;
}

/** Notes a place where classes can meet. Refuses `notFound`: an area where the caller plans no classes. */
export async function addVenue(
  tx: ScopedTx,
  { areaId, ...venue }: VenueDetails & { areaId: number },
  caller: Staff,
): Promise<Refusal | Done> {
  const id = newId();
  const made = await tx`
    insert into venue (id, area_id, name, address, way_there, seats, step_free, power, wifi)
    select ${id}, ${areaId}, ${venue.name}, ${venue.address}, ${venue.wayThere}, ${venue.seats ?? null}::int,
           ${venue.stepFree}, ${venue.power}, ${venue.wifi}
    where ${areaId} = ${mine(tx, 'class.write')}`;
  if (made.count === 0) return refuse('notFound', 'areaId');
  await audit(tx, caller, 'venue.add', { id, areaId });
  return { id };
}

/**
 * Changes what is known of a venue. Classes that still meet there are found by its new name, and people's calendars follow. Refuses
 * `notFound`: not the caller's.
 */
export async function changeVenue(
  tx: ScopedTx,
  { id, ...venue }: VenueDetails & Done,
  caller: Staff,
): Promise<Refusal | Done> {
  const [changed] = await tx<{ areaId: number }[]>`
    update venue set name = ${venue.name}, address = ${venue.address}, way_there = ${venue.wayThere},
      seats = ${venue.seats ?? null}, step_free = ${venue.stepFree}, power = ${venue.power}, wifi = ${venue.wifi}
    where id = ${id} and area_id = ${mine(tx, 'class.write')} returning area_id`;
  if (!changed) return refuse('notFound');
  const classes = await tx<Done[]>`
    select id from class where venue_id = ${id} and status in ('draft', 'published') and last_ends_at > now() order by id for update`;
  for (const one of classes) await describeAgain(tx, one.id);
  await audit(tx, caller, 'venue.change', { id, areaId: changed.areaId });
  return { id };
}

/**
 * Takes a venue out of use: no class is planned there any more, what was held there stays. Refuses `notFound`: not the caller's, or
 * out of use already; `venueHasSessions`: a class still meets there.
 */
export async function retireVenue(tx: ScopedTx, { id }: Done, caller: Staff): Promise<Refusal | Done> {
  // Locked first: whoever plans there at this moment holds it in use, and is waited for.
  const [venue] = await tx<{ areaId: number }[]>`
    select area_id from venue where id = ${id} and retired_at is null and area_id = ${mine(tx, 'class.write')} for update`;
  if (!venue) return refuse('notFound');
  const coming = await tx`
    select from class_session where venue_id = ${id} and status in ('planned', 'published') and ends_at > now() limit 1`;
  if (coming.count > 0) return refuse('venueHasSessions');
  await tx`update venue set retired_at = now() where id = ${id}`;
  await audit(tx, caller, 'venue.retire', { id, ...venue });
  return { id };
}

/** Takes a retired venue into use again. Refuses `notFound`: not the caller's, or in use. */
export async function reopenVenue(tx: ScopedTx, { id }: Done, caller: Staff): Promise<Refusal | Done> {
  const [venue] = await tx<{ areaId: number }[]>`
    update venue set retired_at = null
    where id = ${id} and retired_at is not null and area_id = ${mine(tx, 'class.write')} returning area_id`;
  if (!venue) return refuse('notFound');
  await audit(tx, caller, 'venue.reopen', { id, ...venue });
  return { id };
}
