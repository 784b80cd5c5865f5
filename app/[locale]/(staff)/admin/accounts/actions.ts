'use server';

import { action } from '@/lib/access/doors';
import { hashPassword } from '@/lib/access/password';
import { elevated } from '@/lib/access/scoped';
import * as commands from '@/lib/account/commands';
import { findAccounts } from '@/lib/account/queries';
import {
  accountInput,
  createAccountInput,
  endGrantInput,
  findAccountInput,
  grantInput,
  resetPasswordInput,
} from '@/lib/account/schema';
import { isRefusal } from '@/lib/kernel/result';

const may = 'account.manage';
const to = (account: string, done: string) => ({ goTo: `/admin/accounts/${account}?done=${done}` });

/** The words are posted; the address that follows holds only ids. */
export const findAccount = action({ may, input: findAccountInput }, async (tx, { name }) => ({
  goTo: `/admin/accounts?found=${(await findAccounts(tx, name)).join(',') || 'none'}`,
}));

export const createAccount = action({ may, input: createAccountInput }, async (tx, input, caller) => {
  const made = await commands.createAccount(tx, caller, input, await hashPassword(input.newPassword), elevated);
  return isRefusal(made) ? made : to(made.accountId, 'created');
});

export const disableAccount = action(
  { may, input: accountInput },
  async (tx, { account }, caller) =>
    (await commands.disableAccount(tx, caller, account, elevated)) ?? to(account, 'disabled'),
);

export const enableAccount = action(
  { may, input: accountInput },
  async (tx, { account }, caller) =>
    (await commands.enableAccount(tx, caller, account, elevated)) ?? to(account, 'enabled'),
);

export const resetPassword = action(
  { may, input: resetPasswordInput },
  async (tx, { account, newPassword }, caller) => {
    const hash = await hashPassword(newPassword);
    return (await commands.resetPassword(tx, caller, account, hash, elevated)) ?? to(account, 'reset');
  },
);

export const addGrant = action(
  { may, input: grantInput },
  async (tx, input, caller) => (await commands.addGrant(tx, caller, input)) ?? to(input.account, 'granted'),
);

export const endGrant = action(
  { may, input: endGrantInput },
  async (tx, { account, grant }, caller) =>
    (await commands.endGrant(tx, caller, account, grant)) ?? to(account, 'ended'),
);
