import type { ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { audit, type Staff } from './record';
import type { TrainingInput, TrainingLine } from './schema';

type Done = { id: string; teamId: string };

/** The trainings a member went to, the newest first; of those whose team the caller may look at. */
export function trainingsOf(tx: ScopedTx, memberId: string): Promise<readonly TrainingLine[]> {
  return tx<TrainingLine[]>`
    select id, title, held_on::text, given_by, minutes from team_member_training
    where member_id = ${memberId} and area_id = ${mine(tx, 'class.read')} order by held_on desc, id limit 100`;
}

/**
 * Notes a training a member went to; the same one of the same day twice is one. Refused: nobody of the caller's teams (`notFound`), a day to
 * come (`trainingAhead`).
 */
export async function noteTraining(
  tx: ScopedTx,
  { memberId, title, heldOn, givenBy, hours: minutes }: TrainingInput,
  caller: Staff,
  now: Date,
): Promise<Refusal | Done> {
  // Held: the same form sent twice takes turns, and the second finds the first.
  const [member] = await tx<{ teamId: string; areaId: number }[]>`
    select team_id, area_id from team_member where id = ${memberId} and area_id = ${mine(tx, 'class.write')} for no key update`;
  if (!member) return refuse('notFound');
  if (heldOn > dayOf(now)) return refuse('trainingAhead', 'heldOn');
  const made = await tx`
    insert into team_member_training (id, member_id, area_id, title, held_on, given_by, minutes, noted_by)
    select ${newId()}, ${memberId}, ${member.areaId}, ${title}, ${heldOn}::date, ${givenBy}, ${minutes}, ${caller.accountId}
    where not exists (select from team_member_training o where o.member_id = ${memberId} and o.title = ${title} and o.held_on = ${heldOn}::date)`;
  if (made.count > 0)
    await audit(
      tx,
      caller,
      'team_member.training',
      { kind: 'team_member', id: memberId, areaId: member.areaId },
      { title },
    );
  return { id: memberId, teamId: member.teamId };
}

/** Takes a training off that was noted wrongly; the log keeps what it was. Refused: not the caller's, or gone (`notFound`). */
export async function dropTraining(
  tx: ScopedTx,
  { id }: { readonly id: string },
  caller: Staff,
): Promise<Refusal | Done> {
  const [gone] = await tx<{ memberId: string; areaId: number; title: string; heldOn: string; minutes: number }[]>`
    delete from team_member_training where id = ${id} and area_id = ${mine(tx, 'class.write')}
    returning member_id, area_id, title, held_on::text, minutes`;
  if (!gone) return refuse('notFound');
  const { memberId, areaId, ...what } = gone;
  const [member] = await tx<{ teamId: string }[]>`select team_id from team_member where id = ${memberId}`;
  await audit(tx, caller, 'team_member.training_off', { kind: 'team_member', id: memberId, areaId }, what);
  return { id: memberId, teamId: member?.teamId ?? '' };
}
