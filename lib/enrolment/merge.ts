import type { SystemTx } from '@/lib/access/scoped';
import { promoteWaiting } from './promotion';
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

/**
 * When `goes` is found to be `stays`: every enrolment follows to the one that stays. Where both stand in one class, the better
 * place is kept (a seat before an offer before the queue, then who came first) and the other is cancelled, its seat going on.
 * Returns what followed, so that it can be undone by hand.
 */
export async function mergeEnrolments(
  tx: SystemTx,
  { goes, stays }: { readonly goes: string; readonly stays: string },
): Promise<{ followed: readonly string[]; ended: readonly string[] }> {
  await takeTurns(tx, [goes, stays]);
  const classes = await tx<{ classId: string }[]>`
    select distinct class_id from enrolment where person_id in (${goes}, ${stays}) and status in ${tx(activeStates)} order by class_id`;
  const ids = classes.map(({ classId }) => classId);
  if (ids.length > 0) await tx`select from class where id in ${tx(ids)} order by id for update`;
  const worse = await tx<{ id: string; classId: string }[]>`
    select id, class_id from (
      select e.id, e.class_id, row_number() over (partition by e.class_id
        order by array_position(array['confirmed', 'offered', 'waitlisted'], e.status), e.queued_at, e.id) as place
      from enrolment e where e.person_id in (${goes}, ${stays}) and e.status in ${tx(activeStates)}) both_of_them
    where place > 1`;
  for (const { id, classId } of worse)
    await step(tx, classId, 'cancelled', tx`e.id = ${id}`, { code: 'merged', by: byItself });
  const followed = await tx<{ id: string }[]>`
    update enrolment set person_id = ${stays} where person_id = ${goes} returning id`;
  for (const classId of ids) await promoteWaiting(tx, classId);
  return { followed: followed.map(({ id }) => id), ended: worse.map(({ id }) => id) };
}
