'use server';

import { entrance } from '@/lib/access/doors';
import { signInWith } from '@/lib/access/sign-in';
import { safePath, signInInput } from '@/lib/account/schema';
import { refuse } from '@/lib/kernel/result';

export const signIn = entrance(signInInput, async ({ name, password, next }) => {
  const answer = await signInWith(name, password);
  return answer === 'ok' ? { goTo: safePath(next) ?? '/manage' } : refuse(answer);
});
