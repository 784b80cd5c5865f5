'use server';

import { cookies } from 'next/headers';
import { entrance, callerHolding } from '@/lib/access/doors';
import { signInWith } from '@/lib/access/sign-in';
import { firstPage } from '@/lib/account/rules';
import { safePath, signInInput } from '@/lib/account/schema';
import { refuse } from '@/lib/kernel/result';
import { searchCookie } from '@/lib/person/schema';

export const signIn = entrance(signInInput, async ({ name, password, next }) => {
  const answer = await signInWith(name, password);
  if (typeof answer === 'string') return refuse(answer);
  // Of whoever was here before and did not sign out, as at sign-out.
  (await cookies()).delete(searchCookie);
  const caller = await callerHolding(answer.token);
  return { goTo: safePath(next) ?? firstPage(caller?.capabilities ?? []) };
});
