import type { Caller, ScopedTx, SystemTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { isProvinceRole, type NewAccount, type NewGrant, type Role } from './schema';

/** Work as the system role inside the same transaction; the action hands `elevated` in, so that doors stay out of here. */
type Elevated = <R>(tx: ScopedTx, reason: string, work: (tx: SystemTx) => Promise<R>) => Promise<R>;

async function note(
  tx: ScopedTx,
  caller: Caller,
  action: string,
  accountId: string,
  areaId: number,
  details: object = {},
) {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, ${action}, 'account', ${accountId}, ${areaId}, ${tx.json({ ...details })})`;
}

/** Ends one of the caller's own sign-ins, at its next request. Refuses `notFound` for anybody else's. */
export async function endDevice(tx: ScopedTx, caller: Caller, sessionId: string): Promise<Refusal | null> {
  const ended =
    await tx`update auth_session set ended_at = now() where id = ${sessionId} and account_id = ${caller.accountId} and ended_at is null`;
  if (ended.count === 0) return refuse('notFound');
  await tx`insert into audit_event (account_id, action, subject_kind, subject_id) values (${caller.accountId}, 'account.end_device', 'auth_session', ${sessionId})`;
  return null;
}

/** Sets the caller's own new password and ends every other device. That the old one was known is checked before. */
export async function changeOwnPassword(tx: ScopedTx, caller: Caller, passwordHash: string): Promise<void> {
  await tx`update account set password_hash = ${passwordHash} where id = ${caller.accountId}`;
  await tx`update auth_session set ended_at = now()
           where account_id = ${caller.accountId} and id <> ${caller.sessionId} and ended_at is null`;
  await note(tx, caller, 'account.change_password', caller.accountId, caller.areaId);
}

/** Whether the caller administers accounts of this area today. */
async function administers(tx: ScopedTx, areaId: number): Promise<boolean> {
  const [row] = await tx<{ holds: boolean }[]>`
    select ${areaId}::int = any (coalesce(may_areas('account.manage'), '{}')) as holds from area where id = ${areaId}`;
  return row?.holds ?? false;
}

/** Roles of the whole province are granted at the top of the tree only: their verbs belong to no single unit. */
async function fits(tx: ScopedTx, role: Role, areaId: number): Promise<boolean> {
  if (!isProvinceRole(role)) return true;
  const [row] = await tx<{ top: boolean }[]>`
    select not exists (select from area_tree where area_id = ${areaId} and depth > 0) as top`;
  return row?.top ?? false;
}

/**
 * Adds an account with its first grant, both within areas the caller administers. Refuses `chooseArea`, `provinceRoleArea`,
 * `usernameTaken`, `phoneTaken`.
 */
export async function createAccount(
  tx: ScopedTx,
  caller: Caller,
  { username, fullName, phone, area, role }: NewAccount,
  passwordHash: string,
  elevated: Elevated,
): Promise<Refusal | { accountId: string }> {
  if (!(await administers(tx, area))) return refuse('chooseArea', 'area');
  if (!(await fits(tx, role, area))) return refuse('provinceRoleArea', 'role');
  const accountId = newId();
  const made = await tx`
    insert into account (id, username, phone, full_name, password_hash, area_id)
    values (${accountId}, ${username}, ${phone}, ${fullName}, ${passwordHash}, ${area}) on conflict do nothing`;
  if (made.count === 0) {
    // The one who has it may live where the caller sees nobody.
    const taken = await elevated(
      tx,
      'is the user name taken',
      (system) => system`select from account where lower(username) = ${username}`,
    );
    return taken.count > 0 ? refuse('usernameTaken', 'username') : refuse('phoneTaken', 'phone');
  }
  await tx`insert into account_grant (account_id, role, area_id, granted_by) values (${accountId}, ${role}, ${area}, ${caller.accountId})`;
  await note(tx, caller, 'account.create', accountId, area, { role });
  return { accountId };
}

/**
 * The account, locked, if the caller may manage it: not their own, and none of its grants reaches beyond what the caller
 * administers (else a unit's administrator could take over the province's). Refuses `notFound`, `notYourself`,
 * `accountReachesFurther`.
 */
async function managed(tx: ScopedTx, caller: Caller, accountId: string, elevated: Elevated) {
  const [account] = await tx<{ id: string; areaId: number; disabledAt: Date | null }[]>`
    select id, area_id, disabled_at from account
    where id = ${accountId} and area_id = any (coalesce(may_areas('account.manage'), '{}')) for update`;
  if (!account) return refuse('notFound');
  if (account.id === caller.accountId) return refuse('notYourself');
  const further = await elevated(
    tx,
    'does the account reach further than the caller',
    (system) => system`
      select from account_grant where account_id = ${accountId} and (valid_to is null or valid_to >= current_date)
        and not area_id = any (coalesce(may_areas('account.manage'), '{}'))`,
  );
  return further.count > 0 ? refuse('accountReachesFurther') : account;
}

const endAllSessions = (tx: ScopedTx, accountId: string, elevated: Elevated) =>
  elevated(
    tx,
    'end the devices of an account',
    (system) => system`update auth_session set ended_at = now() where account_id = ${accountId} and ended_at is null`,
  );

/** Disables an account: every one of its devices is out at its next request. Refuses as `managed`, never the caller's own. */
export async function disableAccount(tx: ScopedTx, caller: Caller, accountId: string, elevated: Elevated) {
  const account = await managed(tx, caller, accountId, elevated);
  if ('refused' in account) return account;
  await tx`update account set disabled_at = coalesce(disabled_at, now()) where id = ${accountId}`;
  await endAllSessions(tx, accountId, elevated);
  await note(tx, caller, 'account.disable', accountId, account.areaId);
  return null;
}

/** Lets an account sign in again; its old devices stay out. */
export async function enableAccount(tx: ScopedTx, caller: Caller, accountId: string, elevated: Elevated) {
  const account = await managed(tx, caller, accountId, elevated);
  if ('refused' in account) return account;
  await tx`update account set disabled_at = null where id = ${accountId}`;
  await note(tx, caller, 'account.enable', accountId, account.areaId);
  return null;
}

/** Sets a new password for somebody else and ends all their devices. Refuses as `managed`. */
export async function resetPassword(
  tx: ScopedTx,
  caller: Caller,
  accountId: string,
  passwordHash: string,
  elevated: Elevated,
) {
  const account = await managed(tx, caller, accountId, elevated);
  if ('refused' in account) return account;
  await tx`update account set password_hash = ${passwordHash} where id = ${accountId}`;
  await endAllSessions(tx, accountId, elevated);
  await note(tx, caller, 'account.reset_password', accountId, account.areaId);
  return null;
}

/**
 * Grants a role within an area the caller administers, from a day until a day (or without end). Nobody grants themselves.
 * Refuses `notFound`, `notYourself`, `chooseArea`, `provinceRoleArea`, `grantRunsAlready`.
 */
export async function addGrant(tx: ScopedTx, caller: Caller, { account, role, area, from, until }: NewGrant) {
  if (account === caller.accountId) return refuse('notYourself');
  const [known] = await tx`select id from account where id = ${account} for update`;
  if (!known) return refuse('notFound');
  if (!(await administers(tx, area))) return refuse('chooseArea', 'area');
  if (!(await fits(tx, role, area))) return refuse('provinceRoleArea', 'role');
  const added = await tx`
    insert into account_grant (account_id, role, area_id, valid_from, valid_to, granted_by)
    select ${account}, ${role}, ${area}, ${from}::date, ${until ?? null}::date, ${caller.accountId}
    where not exists (select from account_grant where account_id = ${account} and role = ${role} and area_id = ${area}
      and daterange(valid_from, valid_to + 1) && daterange(${from}::date, ${until ?? null}::date + 1))`;
  if (added.count === 0) return refuse('grantRunsAlready', 'role');
  await note(tx, caller, 'account.grant', account, area, { role, from, ...(until ? { until } : {}) });
  return null;
}

/**
 * Ends a grant at once: yesterday was its last day; one that had not begun counts for no day at all. Refuses `notFound` (also
 * when it is over) and `notYourself`.
 */
export async function endGrant(tx: ScopedTx, caller: Caller, accountId: string, grantId: string) {
  if (accountId === caller.accountId) return refuse('notYourself');
  const [ended] = await tx<{ role: string; areaId: number }[]>`
    update account_grant set valid_to = greatest(valid_from, current_date) - 1
    where id = ${grantId} and account_id = ${accountId} and (valid_to is null or valid_to >= greatest(valid_from, current_date))
    returning role, area_id`;
  if (!ended) return refuse('notFound');
  await note(tx, caller, 'account.end_grant', accountId, ended.areaId, { role: ended.role });
  return null;
}
