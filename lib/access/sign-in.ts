import { createHash } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import NextAuth, { CredentialsSignin } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { cookies, headers } from 'next/headers';
import { z } from 'zod';
import { newId, newToken } from '@/lib/kernel/id';
import { phoneNumber } from '@/lib/kernel/phone';
import { tidy } from '@/lib/kernel/text';
import { asSystem, type SystemTx } from './scoped';

/** Argon2id with the parameters OWASP recommends (19 MiB, 2 passes, 1 lane). */
export const hashPassword = (password: string) =>
  hash(password.normalize('NFKC'), { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

const sessionDays = 14;
const deviceCookie = 'camtay.device';
const windowMinutes = 15;
/** Failures allowed within the window. A known device has a count of its own, so a stranger's failures never lock the owner out. */
const limits = { nameFromStrangers: 10, nameFromKnownDevice: 10, address: 60 };

export type SignInRefusal = 'wrongPassword' | 'tooManyAttempts';

class Refused extends CredentialsSignin {
  constructor(reason: SignInRefusal) {
    super();
    this.code = reason;
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();
/** Verified when the name is unknown, so that the answer takes as long and tells nothing. */
const nobodysHash = hashPassword(newToken());

const credentials = z.object({ name: z.string().min(1).max(200), password: z.string().min(1).max(200) });

interface Attempt {
  nameHash: Buffer;
  address: string;
  knownDevice: boolean;
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
  if (knownDevice) return count.byName < limits.nameFromKnownDevice;
  return count.byName < limits.nameFromStrangers && count.byAddress < limits.address;
}

/** The proof that this device signed in to this account before: a keyed hash only we can make. */
function deviceProof(accountId: string): string {
  return createHash('sha256')
    .update(`${process.env.AUTH_SECRET ?? ''}.device.${accountId}`)
    .digest('base64url');
}

interface Visitor {
  address: string;
  device: string;
  proof: string;
}

async function visitor(): Promise<Visitor> {
  const [given, jar] = await Promise.all([headers(), cookies()]);
  const address = given.get('x-forwarded-for')?.split(',')[0]?.trim() ?? '';
  return {
    address: z.union([z.ipv4(), z.ipv6()]).safeParse(address).success ? address : '0.0.0.0',
    device: tidy(given.get('user-agent') ?? '').slice(0, 200),
    proof: jar.get(deviceCookie)?.value ?? '',
  };
}

/** Checks name and password, within the limits; opens a session and returns its token. Throws `Refused` with the reason. */
async function openSession(given: unknown): Promise<{ id: string; token: string }> {
  const typed = credentials.safeParse(given);
  if (!typed.success) throw new Refused('wrongPassword');
  const from = await visitor();
  const name = tidy(typed.data.name).toLowerCase();
  const phone = phoneNumber(name);
  const found = await asSystem('sign-in: find the account and count the attempt', async (tx) => {
    const [owner] = await tx<{ id: string; passwordHash: string; disabledAt: Date | null }[]>`
      select id, password_hash, disabled_at from account where lower(username) = ${name} or phone = ${phone ?? null} limit 1`;
    const attempt = {
      nameHash: sha256(owner?.id ?? name),
      address: from.address,
      knownDevice: owner !== undefined && from.proof !== '' && from.proof === deviceProof(owner.id),
    };
    if (!(await isAllowed(tx, attempt))) return 'tooManyAttempts';
    // Written as failed before the slow check, so that many at once are counted too; a success is corrected below.
    const attemptId = newId();
    await tx`insert into sign_in_attempt (id, name_hash, address, known_device, succeeded)
             values (${attemptId}, ${attempt.nameHash}, ${attempt.address}, ${attempt.knownDevice}, false)`;
    return { owner, attemptId };
  });
  if (found === 'tooManyAttempts') throw new Refused('tooManyAttempts');
  const { owner, attemptId } = found;
  const matches = await verify(owner?.passwordHash ?? (await nobodysHash), typed.data.password.normalize('NFKC'));
  if (!owner || !matches || owner.disabledAt) throw new Refused('wrongPassword');
  const token = newToken();
  await asSystem('sign-in: open the session', async (tx) => {
    const sessionId = newId();
    await tx`update sign_in_attempt set succeeded = true where id = ${attemptId}`;
    await tx`delete from sign_in_attempt where at < now() - interval '1 day'`;
    await tx`insert into auth_session (id, token_hash, account_id, expires_at, device, address)
             values (${sessionId}, ${sha256(token)}, ${owner.id}, now() + make_interval(days => ${sessionDays}), ${from.device}, ${from.address})`;
    await tx`insert into audit_event (account_id, action, subject_kind, subject_id) values (${owner.id}, 'account.sign_in', 'auth_session', ${sessionId})`;
  });
  await rememberDevice(owner.id);
  return { id: owner.id, token };
}

async function rememberDevice(accountId: string): Promise<void> {
  const jar = await cookies();
  const secure = (process.env.PORTAL_URL ?? '').startsWith('https:');
  jar.set(deviceCookie, deviceProof(accountId), {
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
    maxAge: 180 * 86_400,
  });
}

declare module 'next-auth' {
  interface User {
    token?: string;
  }
}

const { auth, signIn, signOut } = NextAuth({
  trustHost: true,
  session: { strategy: 'jwt', maxAge: sessionDays * 86_400 },
  pages: { signIn: '/sign-in' },
  logger: { error: () => {} },
  providers: [Credentials({ credentials: { name: {}, password: {} }, authorize: openSession })],
  callbacks: {
    // The cookie carries our session's token only; the session's row decides, on every request.
    jwt: ({ token, user }) => (user ? { sub: user.id ?? '', sid: user.token } : token),
    session: ({ session, token }) => ({ ...session, user: { id: token.sub }, token: token.sid }),
  },
});

/** The caller's session token, or '' when the browser brought none. That it still counts, only the database knows. */
export async function sessionToken(): Promise<string> {
  const session = await auth();
  // Fail closed: a session without a user is none (a configuration error looks like that).
  if (!session?.user?.id || !('token' in session) || typeof session.token !== 'string') return '';
  return session.token;
}

/** Signs in and sets the cookie; says why not otherwise. */
export async function signInWith(name: string, password: string): Promise<SignInRefusal | 'ok'> {
  try {
    await signIn('credentials', { name, password, redirect: false });
    return 'ok';
  } catch (error) {
    if (error instanceof Refused) return error.code === 'tooManyAttempts' ? 'tooManyAttempts' : 'wrongPassword';
    throw error;
  }
}

/** Ends the session's row and takes the cookie away. */
export async function signOutHere(): Promise<void> {
  const token = await sessionToken();
  if (token) {
    await asSystem(
      'sign-out',
      (tx) => tx`update auth_session set ended_at = now() where token_hash = ${sha256(token)} and ended_at is null`,
    );
  }
  await signOut({ redirect: false });
}
