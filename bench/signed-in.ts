import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import type { Role } from '../db/capabilities';

/** The token of a fresh sign-in of a new account with that role there. */
export async function signedInAs(sql: postgres.Sql, role: Role, areaId: number): Promise<string> {
  const [id, token] = [randomUUID(), randomBytes(32).toString('base64url')];
  await sql`insert into account (id, username, full_name, password_hash, area_id) values (${id}, ${id}, 'Đo tốc độ', 'none', ${areaId})`;
  await sql`insert into account_grant (account_id, role, area_id) values (${id}, ${role}, ${areaId})`;
  await sql`insert into auth_session (token_hash, account_id, expires_at, device)
    values (${createHash('sha256').update(token).digest()}, ${id}, now() + interval '1 day', 'bench')`;
  return token;
}
