import { hash, verify } from '@node-rs/argon2';
import { newToken } from '@/lib/kernel/id';

/** Argon2id with the parameters OWASP recommends (19 MiB, 2 passes, 1 lane). */
export const hashPassword = (password: string) =>
  hash(password.normalize('NFKC'), { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

/** Verified when there is nobody of that name, so that the answer takes as long and tells nothing. */
const nobodysHash = hashPassword(newToken());

/** Whether the password belongs to the hash; false, and as slow, when there is none. */
export async function passwordMatches(passwordHash: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await nobodysHash), password.normalize('NFKC'));
  return matches && passwordHash !== undefined;
}
