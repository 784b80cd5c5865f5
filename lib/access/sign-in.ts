import { AsyncLocalStorage } from 'node:async_hooks';
import NextAuth, { CredentialsSignin } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { z } from 'zod';
import { tidy } from '@/lib/kernel/text';
import type { Caller } from './scoped';
import {
  deviceProof,
  endSession,
  knowsPassword,
  openSession,
  sessionDays,
  type SignInRefusal,
  type Visitor,
} from './sessions';

const deviceCookie = 'camtay.device';

class Refused extends CredentialsSignin {
  constructor(reason: SignInRefusal) {
    super();
    this.code = reason;
  }
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

// The cookie just set cannot be read back within its own request, so the way in hands its token over here.
const opening = new AsyncLocalStorage<{ token: string }>();

/** What next-auth calls with the form's fields. Throws `Refused` with the reason. */
async function authorize(given: unknown): Promise<{ id: string; token: string }> {
  const opened = await openSession(given, await visitor());
  if (typeof opened === 'string') throw new Refused(opened);
  await rememberDevice(opened.accountId);
  const box = opening.getStore();
  if (box) box.token = opened.token;
  return { id: opened.accountId, token: opened.token };
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
  providers: [Credentials({ credentials: { name: {}, password: {} }, authorize })],
  callbacks: {
    // The cookie carries our session's token only; the session's row decides, on every request.
    jwt: ({ token, user }) => (user ? { sub: user.id ?? '', sid: user.token } : token),
    session: ({ session, token }) => ({ ...session, user: { id: token.sub }, token: token.sid }),
  },
});

/**
 * The caller's session token, or '' when the browser brought none. That it still counts, only the database knows, which every door asks;
 * the cookie itself, which stays the same while a page is made, is opened once for all of its doors.
 */
export const sessionToken = cache(async (): Promise<string> => {
  const session = await auth();
  // Fail closed: a session without a user is none (a configuration error looks like that).
  if (!session?.user?.id || !('token' in session) || typeof session.token !== 'string') return '';
  return session.token;
});

/** Signs in, sets the cookie and hands over the session's token; says why not otherwise. */
export async function signInWith(name: string, password: string): Promise<SignInRefusal | { token: string }> {
  const box = { token: '' };
  try {
    await opening.run(box, () => signIn('credentials', { name, password, redirect: false }));
    return box;
  } catch (error) {
    if (error instanceof Refused) return error.code === 'tooManyAttempts' ? 'tooManyAttempts' : 'wrongPassword';
    throw error;
  }
}

/** Ends the session's row and takes the cookie away. */
export async function signOutHere(): Promise<void> {
  const token = await sessionToken();
  if (token) await endSession(token);
  await signOut({ redirect: false });
}

/** Asks somebody signed in for the password once more; wrong tries count as they do at sign-in. */
export async function proveAgain(caller: Caller, password: string): Promise<SignInRefusal | 'ok'> {
  const { address } = await visitor();
  return knowsPassword(caller, password, address);
}
