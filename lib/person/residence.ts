import type { Caller, SystemTx } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';

/** Somebody lives elsewhere from a day on, or had been written down in the wrong place; by a referral, where there is one. */
export interface NewHome {
  readonly personId: string;
  readonly areaId: number;
  readonly how: 'moved' | 'corrected';
  /** The day of the move (`yyyy-mm-dd`); today when nobody said. */
  readonly since?: string | undefined;
  readonly referralId?: string | undefined;
}

/**
 * The one way a home changes: the record lies in the new place, the change is kept with its day, and whoever moved leaves the household they
 * lived in. Places in classes stay where they are; figures follow by themselves. Whether the caller may is for the command to have asked.
 */
export async function changeHome(
  system: SystemTx,
  { personId, areaId, how, since = dayOf(new Date()), referralId }: NewHome,
  { accountId }: Pick<Caller, 'accountId'>,
): Promise<void> {
  const [before] = await system<{ areaId: number }[]>`
    select area_id from person where id = ${personId} for no key update`;
  if (!before || before.areaId === areaId) return;
  await system`update person set area_id = ${areaId} where id = ${personId}`;
  await system`
    insert into person_residence (person_id, from_area_id, area_id, how, since, referral_id, by)
    values (${personId}, ${before.areaId}, ${areaId}, ${how}, ${since}, ${referralId ?? null}, ${accountId})`;
  // Whoever had something to do for them there has it no more.
  await system`update task_given set ended_at = now(), ended_by = ${accountId} where person_id = ${personId} and ended_at is null`;
  if (how === 'moved')
    await system`
      update household_member set left_at = now(), removed_by = ${accountId} where person_id = ${personId} and left_at is null`;
}
