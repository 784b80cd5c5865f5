import { randomUUID } from 'node:crypto';
import type { ISql } from 'postgres';

const unit = 18859;
/** The helper of the demo ward. */
const mate = 'daisu.dongthuan';

/**
 * Somebody new of the team of the demo ward's helper, or of the team named, who signs in with an account of their own and everybody's demo password: what others
 * do meanwhile is not theirs.
 */
export async function newHelper(
  sql: ISql,
  fullName: string,
  { teamId = null, phone = null }: { teamId?: string | null; phone?: string | null } = {},
) {
  const [accountId, memberId, username] = [randomUUID(), randomUUID(), `giup.${randomUUID().slice(0, 8)}`];
  await sql`insert into account (id, username, full_name, password_hash, area_id)
    select ${accountId}, ${username}, ${fullName}, password_hash, area_id from account where username = ${mate}`;
  await sql`insert into account_grant (account_id, role, area_id) values (${accountId}, 'helper', ${unit})`;
  const [made] = await sql<{ teamId: string }[]>`
    insert into team_member (id, team_id, area_id, full_name, phone, account_id)
    select ${memberId}, k.id, k.area_id, ${fullName}, ${phone}, ${accountId} from team k where k.id = coalesce(${teamId}::uuid,
      (select m.team_id from team_member m join account c on c.id = m.account_id where c.username = ${mate} order by m.team_id limit 1))
    returning team_id`;
  if (!made) throw new Error('no such team');
  return { accountId, memberId, username, teamId: made.teamId };
}
