'use server';

import { cookies } from 'next/headers';
import { z } from 'zod';
import { action, entrance } from '@/lib/access/doors';
import { hashPassword } from '@/lib/access/password';
import { proveAgain, signOutHere } from '@/lib/access/sign-in';
import { changeOwnPassword, endDevice as endOneDevice } from '@/lib/account/commands';
import { changePasswordInput } from '@/lib/account/schema';
import { id } from '@/lib/kernel/input';
import { isRefusal, refuse, untouched } from '@/lib/kernel/result';
import { chooseAsHelper } from '@/lib/message/commands';
import { helperChoiceInput } from '@/lib/message/schema';
import { searchCookie } from '@/lib/person/schema';

export const endDevice = action(
  { may: 'signedIn', input: z.object({ device: id }) },
  async (tx, { device }, caller) => (await endOneDevice(tx, caller, device)) ?? { goTo: '/account' },
);

export const chooseHow = action({ may: 'signedIn', input: helperChoiceInput }, async (tx, choice, caller) => {
  const done = await chooseAsHelper(tx, choice, caller);
  return isRefusal(done) ? done : { goTo: '/account?done=messages' };
});

/** The old password is checked first and outside the transaction: wrong tries count even though nothing else is written. */
export const changePassword = action(
  {
    may: 'signedIn',
    input: changePasswordInput,
    before: async ({ currentPassword }, caller) => {
      const answer = await proveAgain(caller, currentPassword);
      if (answer === 'ok') return null;
      return answer === 'wrongPassword' ? refuse('wrongCurrentPassword', 'currentPassword') : refuse(answer);
    },
  },
  async (tx, { newPassword }, caller) => {
    await changeOwnPassword(tx, caller, await hashPassword(newPassword));
    return { goTo: '/account?done=password' };
  },
);

const signOut = entrance(z.object({}), async () => {
  // Whom somebody looked for is a name: whoever sits at this desk next is not shown it.
  (await cookies()).delete(searchCookie);
  await signOutHere();
  return { goTo: '/sign-in' };
});

/** The button in the frame: a form without fields. */
export async function leave(form: FormData): Promise<void> {
  await signOut(untouched, form);
}
