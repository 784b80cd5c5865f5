import type { SystemTx } from '@/lib/access/scoped';
import { promoteWaiting } from './promotion';
import { freeSeats } from './queue';
import { activeStates, turnsOf } from './rules';
import { byItself, step } from './steps';

/** Waits for these people's turns, so that nobody signs them up meanwhile: before any class is locked. */
export async function takeTurns(tx: SystemTx, personIds: readonly string[]): Promise<void> {
  const people = await tx<{ id: string; phone: string | null; nameFolded: string; areaId: number }[]>`
    select p.id, f.phone, p.name_folded, p.area_id from person p left join person_phone f on f.person_id = p.id
    where p.id in ${tx(personIds)}`;
  const turns = [...new Set(people.flatMap(turnsOf))].sort();
  for (const turn of turns) await tx`select pg_advisory_xact_lock(hashtextextended(${turn}, 3))`;
}

/** What a merge did to enrolments, so that it can be undone: which followed, and how those that ended stood before. */
export interface MergedEnrolments {
  readonly followed: readonly string[];
  readonly ended: readonly EndedEnrolment[];
}
interface EndedEnrolment {
  readonly id: string;
  readonly classId: string;
  readonly status: (typeof activeStates)[number];
  /** As Postgres writes them, to the microsecond. */
  readonly statusAt: string;
  readonly offerExpiresAt: string | null;
  readonly offerBy: 'slip' | 'call' | null;
}

/**
 * When `goes` is found to be `stays`: every enrolment follows to the one that stays. Where both stand in one class, the better
 * place is kept (a seat before an offer before the queue, then who came first) and the other is cancelled, its seat going on.
 */
export async function mergeEnrolments(
  tx: SystemTx,
  { goes, stays }: { readonly goes: string; readonly stays: string },
): Promise<MergedEnrolments> {
  await takeTurns(tx, [goes, stays]);
  const classes = await tx<{ classId: string }[]>`
    select distinct class_id from enrolment where person_id in (${goes}, ${stays}) and status in ${tx(activeStates)} order by class_id`;
  const ids = classes.map(({ classId }) => classId);
  if (ids.length > 0) await tx`select from class where id in ${tx(ids)} order by id for update`;
  const worse = await tx<EndedEnrolment[]>`
    select id, class_id, status, status_at::text, offer_expires_at::text, offer_by from (
      select e.*, row_number() over (partition by e.class_id
        order by array_position(array['confirmed', 'offered', 'waitlisted'], e.status), e.queued_at, e.id) as place
      from enrolment e where e.person_id in (${goes}, ${stays}) and e.status in ${tx(activeStates)}) both_of_them
    where place > 1`;
  for (const { id, classId } of worse)
    await step(tx, classId, 'cancelled', tx`e.id = ${id}`, { code: 'merged', by: byItself });
  const followed = await tx<{ id: string }[]>`
    update enrolment set person_id = ${stays} where person_id = ${goes} returning id`;
  for (const classId of ids) await promoteWaiting(tx, classId);
  return { followed: followed.map(({ id }) => id), ended: [...worse] };
}

/**
 * Undoes it: those that followed go back, as they stand by now. A place that ended comes back as it was while its seat is still
 * free (an offer while it has not run out), otherwise into the queue where it stood; a class that is over or cancelled keeps it ended.
 */
export async function unmergeEnrolments(
  tx: SystemTx,
  { goes, stays, followed, ended }: MergedEnrolments & { readonly goes: string; readonly stays: string },
): Promise<void> {
  await takeTurns(tx, [goes, stays]);
  const classes = [...new Set(ended.map(({ classId }) => classId))];
  if (classes.length > 0) await tx`select from class where id in ${tx(classes)} order by id for update`;
  await tx`update enrolment set person_id = ${goes} where id = any(${[...followed]}::uuid[]) and person_id = ${stays}`;
  for (const one of ended) await reopen(tx, one);
}

async function reopen(tx: SystemTx, { id, status, statusAt, offerExpiresAt, offerBy }: EndedEnrolment): Promise<void> {
  const [now] = await tx<{ free: boolean; classId: string }[]>`
    select c.id as class_id, ${freeSeats(tx)} > 0 and coalesce(${offerExpiresAt}::text::timestamptz > now(), true) as free
    from enrolment e join class c on c.id = e.class_id
    where e.id = ${id} and e.status = 'cancelled' and c.status = 'published' and c.last_ends_at > now()
      and not exists (select from enrolment o where o.class_id = e.class_id and o.person_id = e.person_id and o.status in ${tx(activeStates)})`;
  if (!now) return;
  const asBefore = status === 'waitlisted' || now.free;
  const becomes = asBefore ? status : 'waitlisted';
  await tx`
    insert into enrolment_event (enrolment_id, area_id, from_status, to_status, channel, reason_code)
    select id, area_id, 'cancelled', ${becomes}, 'promotion', 'undone' from enrolment where id = ${id}`;
  await tx`
    with back as (
      update enrolment set status = ${becomes}, status_at = case when ${asBefore} then ${statusAt}::text::timestamptz else now() end,
        offer_expires_at = case when ${becomes} = 'offered' then ${offerExpiresAt}::text::timestamptz end,
        offer_by = case when ${becomes} = 'offered' then ${offerBy} end
      where id = ${id})
    update class set seats_confirmed = seats_confirmed + ${becomes === 'confirmed' ? 1 : 0},
      seats_offered = seats_offered + ${becomes === 'offered' ? 1 : 0}, waiting = waiting + ${becomes === 'waitlisted' ? 1 : 0}
    where id = ${now.classId}`;
}
