'use server';

import { entrance, callerHolding } from '@/lib/access/doors';
import { signInWith } from '@/lib/access/sign-in';
import { firstPage } from '@/lib/account/rules';
import { safePath, signInInput } from '@/lib/account/schema';
import { refuse } from '@/lib/kernel/result';

export const signIn = entrance(signInInput, async ({ name, password, next }) => {
  const answer = await signInWith(name, password);
  if (typeof answer === 'string') return refuse(answer);
  const caller = await callerHolding(answer.token);
  return { goTo: safePath(next) ?? firstPage(caller?.capabilities ?? []) };
});
