import { attempt, elevated, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { mine } from '@/lib/class/queries';
import { dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { isAway } from '@/lib/team/queries';
import { audit, isExclusion, type Staff } from './record';

/** So many go on a round. */
export const helpersOfRound = 2;

/**
 * Another of the team goes instead of one (`out`), or on a place that is free; homes and their numbers stay as they are. Refuses, with nothing written:
 * roundOver, chooseHelper (`out` does not go and no place is free, or the other is nobody of the caller's teams), helpersApart (of another team),
 * helperTwice (goes already), helperAway, roundClash (the database: on another round, at a desk or at a class then). Twice is once.
 */
export async function swapHelper(
  tx: ScopedTx,
  { roundId, out, member }: { readonly roundId: string; readonly out?: string | undefined; readonly member: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | { id: string }> {
  const [round] = await tx<{ areaId: number; teamId: string; startsAt: Date; endsAt: Date }[]>`
    select area_id, team_id, starts_at, ends_at from visit_round
    where id = ${roundId} and called_off_at is null and day >= ${dayOf(now)} and ends_at > ${now} and area_id = ${mine(tx, 'visit.plan')} for update`;
  if (!round) return refuse('roundOver');
  const helpers = await tx<{ memberId: string; goes: boolean }[]>`
    select member_id, called_off_at is null as goes from visit_round_helper where round_id = ${roundId}`;
  const going = (id: string) => helpers.some(({ memberId, goes }) => memberId === id && goes);
  const count = helpers.filter(({ goes }) => goes).length;
  if (going(member)) {
    const again =
      out !== undefined && out !== member && !going(out) && helpers.some(({ memberId }) => memberId === out);
    return again ? { id: roundId } : refuse('helperTwice', 'member');
  }
  if (out === undefined ? count >= helpersOfRound : !going(out)) return refuse('chooseHelper', 'out');
  const [other] = await tx<{ teamId: string; away: boolean }[]>`
    select m.team_id, ${isAway(tx, tx`m.id`, tx`${round.startsAt}::timestamptz`, tx`${round.endsAt}::timestamptz`)} as away from team_member m
    where m.id = ${member} and m.left_on is null and m.area_id = ${mine(tx, 'visit.plan')}`;
  if (!other) return refuse('chooseHelper', 'member');
  if (other.teamId !== round.teamId) return refuse('helpersApart', 'member');
  if (other.away) return refuse('helperAway', 'member');
  try {
    await attempt(tx, (inner) =>
      elevated(inner, 'visits: another helper goes on a round the caller plans', async (system) => {
        if (out !== undefined)
          await system`update visit_round_helper set called_off_at = ${now} where round_id = ${roundId} and member_id = ${out}`;
        await system`
          insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
          values (${newId()}, ${roundId}, ${round.areaId}, ${member}, ${member}, ${round.startsAt}, ${round.endsAt})
          on conflict (round_id, member_id) do update set called_off_at = null`;
      }),
    );
  } catch (error) {
    if (isExclusion(error)) return refuse('roundClash', 'member');
    throw error;
  }
  await audit(tx, caller, 'visit.swap', { kind: 'visit_round', id: roundId, areaId: round.areaId }, { out, member });
  return { id: roundId };
}

/**
 * Says in which village of its unit a request is, for one that named the commune alone or the wrong village. Refuses: notFound (settled or out of reach),
 * chooseAreaKind (a place of another unit, or none of the caller's). Twice is once.
 */
export async function setVillage(
  tx: ScopedTx,
  { requestId, area }: { readonly requestId: string; readonly area: number },
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const [request] = await tx<{ areaId: number }[]>`
    select area_id from visit_request where id = ${requestId} and closed_at is null and area_id = ${mine(tx, 'visit.plan')} for update`;
  if (!request) return refuse('notFound');
  const [place] = await tx`
    select from area_tree t join area a on a.id = t.area_id and (a.valid_to is null or a.valid_to > current_date)
    where t.area_id = ${area} and t.area_id = ${mine(tx, 'visit.plan')} and t.ancestor_id =
      (select u.id from area_tree o join area u on u.id = o.ancestor_id where o.area_id = ${request.areaId} and u.kind in ${tx(unitKinds)} order by o.depth limit 1)`;
  if (!place) return refuse('chooseAreaKind', 'area');
  await tx`update visit_request set area_id = ${area} where id = ${requestId}`;
  await audit(
    tx,
    caller,
    'visit.village',
    { kind: 'visit_request', id: requestId, areaId: area },
    { from: request.areaId },
  );
  return { id: requestId };
}
