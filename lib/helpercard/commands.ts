import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { dayOf } from '@/lib/kernel/clock';
import { newSerialBody } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { checkSign } from '@/lib/kernel/serial';
import { lastDayFrom } from './rules';
import type { CardRevocation } from './schema';

type Staff = Pick<Caller, 'accountId'>;
interface Done {
  readonly teamId: string;
  readonly memberId: string;
}

const newCode = () => {
  const body = newSerialBody();
  return body + checkSign(body);
};

const wrongDay = (until: string, now: Date) => until < dayOf(now) || until > lastDayFrom(dayOf(now));

/**
 * Gives a member a card that holds from today; one they still have ends, as replaced. Refuses: notFound (also for those who may only
 * read), helperLeft, cardUntil (a day that is past, or more than a year ahead).
 */
export async function issueHelperCard(
  tx: ScopedTx,
  { memberId, until }: { readonly memberId: string; readonly until: string },
  caller: Staff,
  now = new Date(),
): Promise<Refusal | Done> {
  // Held: two who press at once take turns, and the later card stands.
  const [member] = await tx<{ teamId: string; areaId: number; left: boolean }[]>`
    select team_id, area_id, left_on is not null as left from team_member
    where id = ${memberId} and area_id = ${mine(tx, 'class.write')} for no key update`;
  if (!member) return refuse('notFound');
  if (member.left) return refuse('helperLeft');
  if (wrongDay(until, now)) return refuse('cardUntil', 'until');
  const replaced = await tx`
    update helper_card set revoked_at = ${now}, revoked_by = ${caller.accountId}, revoked_because = 'replaced'
    where member_id = ${memberId} and revoked_at is null and valid_until >= ${dayOf(now)}`;
  await tx`
    insert into helper_card (member_id, area_id, code, valid_from, valid_until, issued_by)
    values (${memberId}, ${member.areaId}, ${newCode()}, ${dayOf(now)}, ${until}, ${caller.accountId})`;
  await audit(tx, caller, 'helper_card.issue', memberId, member.areaId, { until, replaced: replaced.count });
  return { teamId: member.teamId, memberId };
}

/**
 * Gives a card to everybody of a team who has none that holds today; whoever has one keeps it. Pressed twice it gives once.
 * Refuses: notFound, cardUntil, cardNobody (everybody has one).
 */
export async function issueTeamCards(
  tx: ScopedTx,
  { teamId, until }: { readonly teamId: string; readonly until: string },
  caller: Staff,
  now = new Date(),
): Promise<Refusal | { teamId: string; issued: number }> {
  const [team] = await tx`select from team where id = ${teamId} and area_id = ${mine(tx, 'class.write')}`;
  if (!team) return refuse('notFound');
  if (wrongDay(until, now)) return refuse('cardUntil', 'until');
  await tx`select from team_member where team_id = ${teamId} and left_on is null order by id for no key update`;
  // Asked once they are held, so that a card given meanwhile is seen.
  const members = await tx<{ id: string; areaId: number }[]>`
    select m.id, m.area_id from team_member m where m.team_id = ${teamId} and m.left_on is null
      and not exists (select from helper_card c where c.member_id = m.id and c.revoked_at is null and c.valid_until >= ${dayOf(now)})
    order by m.id limit 300`;
  if (members.length === 0) return refuse('cardNobody');
  for (const { id, areaId } of members) {
    await tx`
      insert into helper_card (member_id, area_id, code, valid_from, valid_until, issued_by)
      values (${id}, ${areaId}, ${newCode()}, ${dayOf(now)}, ${until}, ${caller.accountId})`;
    await audit(tx, caller, 'helper_card.issue', id, areaId, { until });
  }
  return { teamId, issued: members.length };
}

/**
 * Revokes a card, for good: whoever checks it is warned from then on. The reason is for the record, never for strangers. Refuses:
 * notFound (also for those who may only read), helperCardRevoked.
 */
export async function revokeHelperCard(
  tx: ScopedTx,
  { cardId, because, note }: CardRevocation,
  caller: Staff,
  now = new Date(),
): Promise<Refusal | Done> {
  const [found] = await tx<(Done & { areaId: number; revokedAt: Date | null })[]>`
    select c.member_id, m.team_id, c.area_id, c.revoked_at from helper_card c join team_member m on m.id = c.member_id
    where c.id = ${cardId} and c.area_id = ${mine(tx, 'class.write')} for update of c`;
  if (!found) return refuse('notFound');
  if (found.revokedAt) return refuse('helperCardRevoked');
  await tx`
    update helper_card set revoked_at = ${now}, revoked_by = ${caller.accountId}, revoked_because = ${because}, revoked_note = ${note}
    where id = ${cardId}`;
  await audit(tx, caller, 'helper_card.revoke', found.memberId, found.areaId, { because });
  return found;
}

const audit = (tx: ScopedTx, caller: Staff, action: string, memberId: string, areaId: number, details: object) => tx`
  insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
  values (${caller.accountId}, ${action}, 'team_member', ${memberId}, ${areaId}, ${tx.json({ ...details })})`;
