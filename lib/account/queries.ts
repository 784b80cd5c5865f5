import type { ScopedTx } from '@/lib/access/scoped';
import { fold } from '@/lib/kernel/text';
import type { AccountList, AccountSort, Role } from './schema';

export interface SignedInDevice {
  id: string;
  device: string;
  address: string | null;
  createdAt: Date;
}

/** The caller's own running sign-ins, newest first; at most 50. */
export function signedInDevices(tx: ScopedTx) {
  return tx<SignedInDevice[]>`
    select id, device, host(address) as address, created_at from auth_session
    where account_id = caller_account() and ended_at is null and expires_at > now()
    order by created_at desc limit 50`;
}

export const accountsPerPage = 50;

export interface AccountRow {
  id: string;
  username: string;
  fullName: string;
  areaNameVi: string;
  areaNameEn: string;
  roles: Role[];
  disabledAt: Date | null;
  total: number;
}

/** Accounts within the caller's reach in the order asked for, equal ones by given name as Vietnamese lists are; one page, with the total beside each. */
export function accountList(tx: ScopedTx, { role, area, state, page, found }: AccountList, sort: AccountSort) {
  const given = tx`substring(full_name from '[^ ]+$') collate "vi-x-icu"`;
  const columns = {
    name: given,
    username: tx`username`,
    area: tx`area_name_vi collate "vi-x-icu"`,
    state: tx`case when disabled_at is not null then 2 when cardinality(roles) = 0 then 1 else 0 end`,
  };
  const [, by] = Object.entries(columns).find(([name]) => name === sort.by) ?? ['name', given];
  return tx<AccountRow[]>`
    with listed as (
      select a.id, a.username, a.full_name, a.disabled_at, ar.full_name_vi as area_name_vi, ar.full_name_en as area_name_en,
             array(select distinct g.role from account_grant g
                   where g.account_id = a.id and g.valid_from <= current_date and (g.valid_to is null or g.valid_to >= current_date)
                   order by 1) as roles
      from account a join area ar on ar.id = a.area_id
      where (${area ?? null}::int is null or a.area_id in (select area_id from area_tree where ancestor_id = ${area ?? null}))
        and (${found ?? null}::uuid[] is null or a.id = any (${found ?? null}::uuid[])))
    select *, count(*) over ()::int as total from listed
    where (${role ?? null}::text is null or ${role ?? null} = any (roles))
      and case ${state ?? 'all'} when 'disabled' then disabled_at is not null
                                 when 'active' then disabled_at is null
                                 when 'without' then disabled_at is null and cardinality(roles) = 0 else true end
    order by ${by} ${sort.descending ? tx`desc` : tx`asc`}, ${given}, full_name collate "vi-x-icu", id
    limit ${accountsPerPage} offset ${(page - 1) * accountsPerPage}`;
}

/** Ids of at most 50 accounts whose name or user name holds the words, with or without diacritics. */
export async function findAccounts(tx: ScopedTx, words: string): Promise<string[]> {
  const folded = fold(words);
  const pattern = folded === '' ? null : `%${folded}%`;
  const username = `%${words.toLowerCase().replace(/[%_\\]/g, '\\$&')}%`;
  const rows = await tx<{ id: string }[]>`
    select id from account
    where replace(regexp_replace(normalize(lower(full_name), nfd), ${'[\u0300-\u036f]'}, '', 'g'), 'đ', 'd') like ${pattern}
       or lower(username) like ${username}
    order by id limit 50`;
  return rows.map(({ id }) => id);
}

export interface AccountRecord {
  id: string;
  username: string;
  fullName: string;
  phone: string | null;
  areaId: number;
  areaNameVi: string;
  areaNameEn: string;
  createdAt: Date;
  disabledAt: Date | null;
}

/** One account within the caller's reach; null otherwise. */
export async function accountRecord(tx: ScopedTx, accountId: string): Promise<AccountRecord | null> {
  const [row] = await tx<AccountRecord[]>`
    select a.id, a.username, a.full_name, a.phone, a.area_id, ar.full_name_vi as area_name_vi, ar.full_name_en as area_name_en,
           a.created_at, a.disabled_at
    from account a join area ar on ar.id = a.area_id where a.id = ${accountId}`;
  return row ?? null;
}

export interface GrantRow {
  id: string;
  role: Role;
  areaNameVi: string;
  areaNameEn: string;
  validFrom: string;
  validTo: string | null;
  state: 'coming' | 'running' | 'over';
}

/** An account's grants that the caller may see, running ones first; at most 100. */
export function accountGrants(tx: ScopedTx, accountId: string) {
  return tx<GrantRow[]>`
    select g.id, g.role, ar.full_name_vi as area_name_vi, ar.full_name_en as area_name_en, g.valid_from, g.valid_to,
           case when g.valid_to < greatest(g.valid_from, current_date) then 'over' when g.valid_from > current_date then 'coming' else 'running' end as state
    from account_grant g join area ar on ar.id = g.area_id
    where g.account_id = ${accountId}
    order by coalesce(g.valid_to < greatest(g.valid_from, current_date), false), g.valid_from desc, g.id limit 100`;
}

export interface AreaChoice {
  id: number;
  nameVi: string;
  nameEn: string;
  depth: number;
}

/** Places where the caller administers accounts: those with an official code, and those below `near`; at most 400. */
export function administeredAreas(tx: ScopedTx, near: number | null = null) {
  return tx<AreaChoice[]>`
    select a.id, a.full_name_vi as name_vi, a.full_name_en as name_en,
           (select max(t.depth) from area_tree t where t.area_id = a.id) as depth
    from area a
    where a.id = any (coalesce((select may_areas('account.manage')), '{}')) and (a.valid_to is null or a.valid_to > current_date)
      and (a.official_code is not null or a.id in (select area_id from area_tree where ancestor_id = ${near}))
    order by (a.official_code is null), depth, a.name_vi collate "vi-x-icu", a.id limit 400`;
}
