import postgres from 'postgres';
import { connectionOptions } from '../../db/connection';
import type { Role } from '../../db/capabilities';
import { hashPassword } from '../../lib/access/password';
import { openScoped, type Caller, type ScopedTx } from '../../lib/access/scoped';
import { openSession } from '../../lib/access/sessions';
import { newId } from '../../lib/kernel/id';
import { testDatabase } from '../support/database';

/** Two units of one province, and a village in the first. */
export const province = 44;
export const dongThuan = 18859;
export const minhHoa = 18901;
export const village = 1_900_001;

export const password = 'mot cau de nho 2026';

export interface Member {
  id: string;
  username: string;
}

/** The owner's own connection, which no wall stops: to prepare and to look behind the walls. */
export async function ownersConnection(): Promise<postgres.Sql> {
  const database = await testDatabase();
  const owner = postgres({ ...connectionOptions(database.url), max: 4, onnotice: () => {}, transform: postgres.camel });
  await plantAreas(owner);
  return owner;
}

async function plantAreas(owner: postgres.Sql): Promise<void> {
  const areas = [
    [province, '44', 'province', 'Quảng Trị', 'quang tri'],
    [dongThuan, '18859', 'ward', 'Đồng Thuận', 'phuong dong thuan'],
    [minhHoa, '18901', 'commune', 'Minh Hóa', 'xa minh hoa'],
    [village, null, 'village', 'Thôn Mẫu', 'thon mau'],
  ] as const;
  for (const [id, code, kind, name, folded] of areas) {
    await owner`
      insert into area (id, official_code, kind, name_vi, name_en, full_name_vi, full_name_en, name_folded, valid_from)
      values (${id}, ${code}, ${kind}, ${name}, ${name}, ${name}, ${name}, ${folded}, '2025-07-01') on conflict do nothing`;
  }
  await owner`
    insert into area_parent (area_id, parent_id, valid_from)
    values (${dongThuan}, ${province}, '2025-07-01'), (${minhHoa}, ${province}, '2025-07-01'), (${village}, ${dongThuan}, '2025-07-01')
    on conflict do nothing`;
  await owner`select rebuild_area_tree()`;
}

/** Somebody with an account and, where `role` is given, a grant for the area. */
export async function addMember(
  owner: postgres.Sql,
  username: string,
  areaId: number,
  role?: Role,
  phone?: string,
): Promise<Member> {
  const id = newId();
  await owner`insert into account (id, username, phone, full_name, password_hash, area_id)
              values (${id}, ${username}, ${phone ?? null}, ${`Người Mẫu ${username}`}, ${await hashPassword(password)}, ${areaId})`;
  if (role) await owner`insert into account_grant (account_id, role, area_id) values (${id}, ${role}, ${areaId})`;
  return { id, username };
}

export const visitor = (address: string, proof = '') => ({ address, proof, device: 'Chrome' });

/** Signs somebody in and returns the token; throws when refused. */
export async function tokenOf(member: Member): Promise<string> {
  const opened = await openSession({ name: member.username, password }, visitor('10.9.9.9'));
  if (typeof opened === 'string') throw new Error(opened);
  return opened.token;
}

/** Who the database says calls with this token; null for nobody. */
export async function callerOf(token: string): Promise<Caller | null> {
  return openScoped('read only', 'camtay_app', token, async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    return row?.caller ?? null;
  });
}

/** What a door does for somebody signed in: work in a transaction under their own session. */
export async function asCaller<R>(token: string, work: (tx: ScopedTx, caller: Caller) => Promise<R>): Promise<R> {
  const caller = await callerOf(token);
  if (!caller) throw new Error('nobody is signed in');
  return openScoped('read write', 'camtay_app', token, (tx) => work(tx, caller));
}
