import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { newId, newToken } from '@/lib/kernel/id';
import { countedAddress } from '@/lib/kernel/network';
import { phoneNumber } from '@/lib/kernel/phone';
import { tidy } from '@/lib/kernel/text';
import { passwordMatches } from './password';
import { asSystem, type Caller, type SystemTx } from './scoped';

export const sessionDays = 14;
const windowMinutes = 15;
/** Failures allowed within the window. A known device has a count of its own, so a stranger's failures never lock the owner out. */
export const attemptLimits = { nameFromStrangers: 10, nameFromKnownDevice: 10, address: 60 };

export type SignInRefusal = 'wrongPassword' | 'tooManyAttempts';

/** Who knocks: where from, with what, and the proof an earlier sign-in left on the device ('' when none). */
export interface Visitor {
  address: string;
  device: string;
  proof: string;
}

export interface OpenedSession {
  accountId: string;
  token: string;
}

interface Attempt {
  nameHash: Buffer;
  address: string;
  knownDevice: boolean;
}

interface Owner {
  id: string;
  passwordHash: string;
  disabledAt: Date | null;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();

const credentials = z.object({ name: z.string().min(1).max(200), password: z.string().min(1).max(200) });

/** The proof that a device signed in to this account before: a keyed hash only we can make. */
export function deviceProof(accountId: string): string {
  return createHmac('sha256', process.env.AUTH_SECRET ?? '')
    .update(`device.${accountId}`)
    .digest('base64url');
}

/** Whether limits still allow an attempt; counted from rows, so every process and restart agrees. */
async function isAllowed(tx: SystemTx, { nameHash, address, knownDevice }: Attempt): Promise<boolean> {
  // Attempts on one name, and from one address, take turns: twenty at once cannot all read the same count.
  await tx`select pg_advisory_xact_lock(hashtextextended(${nameHash.toString('hex')}, 1)), pg_advisory_xact_lock(hashtextextended(${address}, 2))`;
  const [count] = await tx<{ byName: number; byAddress: number }[]>`
    select count(*) filter (where name_hash = ${nameHash} and known_device = ${knownDevice}) as by_name,
           count(*) filter (where address = ${address} and not known_device) as by_address
    from sign_in_attempt
    where (name_hash = ${nameHash} or address = ${address}) and not succeeded and at > now() - make_interval(mins => ${windowMinutes})`;
  if (!count) return false;
  if (knownDevice) return count.byName < attemptLimits.nameFromKnownDevice;
  return count.byName < attemptLimits.nameFromStrangers && count.byAddress < attemptLimits.address;
}

/** Writes the attempt down and returns its id; null when the limits are used up. */
async function countAttempt(tx: SystemTx, attempt: Attempt): Promise<string | null> {
  if (!(await isAllowed(tx, attempt))) return null;
  // Written as failed before the slow check, so that many at once are counted too; a success is corrected afterwards.
  const attemptId = newId();
  await tx`insert into sign_in_attempt (id, name_hash, address, known_device, succeeded)
           values (${attemptId}, ${attempt.nameHash}, ${attempt.address}, ${attempt.knownDevice}, false)`;
  return attemptId;
}

async function findOwner(tx: SystemTx, name: string, phone: string | null): Promise<Owner | undefined> {
  const [owner] = await tx<Owner[]>`
    select id, password_hash, disabled_at from account where lower(username) = ${name} or phone = ${phone} limit 1`;
  return owner;
}

/**
 * Checks name (or phone) and password, within the limits; opens a session and returns its token, of which only the hash is
 * kept. An unknown name, a wrong password and a disabled account are answered alike, after the same work.
 */
export async function openSession(given: unknown, from: Visitor): Promise<OpenedSession | SignInRefusal> {
  const typed = credentials.safeParse(given);
  if (!typed.success) return 'wrongPassword';
  const name = tidy(typed.data.name).toLowerCase();
  const phone = phoneNumber(name);
  const { owner, attemptId } = await asSystem('sign-in: find the account and count the attempt', async (tx) => {
    const found = await findOwner(tx, name, phone);
    const attempt = {
      // However a phone is typed it is one name, known or not: a difference would tell which ones are known.
      nameHash: sha256(found?.id ?? phone ?? name),
      address: countedAddress(from.address),
      knownDevice: found !== undefined && from.proof !== '' && from.proof === deviceProof(found.id),
    };
    return { owner: found, attemptId: await countAttempt(tx, attempt) };
  });
  if (!attemptId) return 'tooManyAttempts';
  const matches = await passwordMatches(owner?.passwordHash, typed.data.password);
  if (!owner || !matches || owner.disabledAt) return 'wrongPassword';
  const token = newToken();
  await asSystem('sign-in: open the session', (tx) => writeSession(tx, owner.id, token, attemptId, from));
  return { accountId: owner.id, token };
}

async function writeSession(tx: SystemTx, accountId: string, token: string, attemptId: string, from: Visitor) {
  const sessionId = newId();
  await tx`update sign_in_attempt set succeeded = true where id = ${attemptId}`;
  await tx`delete from sign_in_attempt where at < now() - interval '1 day'`;
  await tx`insert into auth_session (id, token_hash, account_id, expires_at, device, address)
           values (${sessionId}, ${sha256(token)}, ${accountId}, now() + make_interval(days => ${sessionDays}), ${from.device}, ${from.address})`;
  await tx`insert into audit_event (account_id, action, subject_kind, subject_id) values (${accountId}, 'account.sign_in', 'auth_session', ${sessionId})`;
}

/**
 * Whether somebody already signed in knows the account's password. Wrong tries count like those of sign-in from a known
 * device, in their own transaction, so that a refusal does not undo the count.
 */
export async function knowsPassword(caller: Caller, password: string, address: string): Promise<SignInRefusal | 'ok'> {
  const { owner, attemptId } = await asSystem('password asked again: count the attempt', async (tx) => {
    const [row] = await tx<Owner[]>`select id, password_hash, disabled_at from account where id = ${caller.accountId}`;
    const attempt = { nameHash: sha256(caller.accountId), address: countedAddress(address), knownDevice: true };
    return { owner: row, attemptId: await countAttempt(tx, attempt) };
  });
  if (!attemptId) return 'tooManyAttempts';
  if (!(await passwordMatches(owner?.passwordHash, password))) return 'wrongPassword';
  await asSystem(
    'password asked again: it was right',
    (tx) => tx`update sign_in_attempt set succeeded = true where id = ${attemptId}`,
  );
  return 'ok';
}

/** Ends the session of a token, at its next request, and writes it down. */
export async function endSession(token: string): Promise<void> {
  await asSystem(
    'sign-out',
    (tx) => tx`
      with ended as (
        update auth_session set ended_at = now() where token_hash = ${sha256(token)} and ended_at is null returning id, account_id
      )
      insert into audit_event (account_id, action, subject_kind, subject_id)
      select account_id, 'account.sign_out', 'auth_session', id from ended`,
  );
}
