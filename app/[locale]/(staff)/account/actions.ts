'use server';

import { z } from 'zod';
import { action, entrance } from '@/lib/access/doors';
import { signOutHere } from '@/lib/access/sign-in';
import { endDevice as endOneDevice } from '@/lib/account/commands';
import { id } from '@/lib/kernel/input';
import { untouched } from '@/lib/kernel/result';

export const endDevice = action(
  { may: 'signedIn', input: z.object({ device: id }) },
  async (tx, { device }, caller) => (await endOneDevice(tx, caller, device)) ?? { goTo: '/account' },
);

const signOut = entrance(z.object({}), async () => {
  await signOutHere();
  return { goTo: '/sign-in' };
});

/** The button in the frame: a form without fields. */
export async function leave(form: FormData): Promise<void> {
  await signOut(untouched, form);
}
