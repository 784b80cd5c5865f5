import { elevated, presentCode, type ScopedTx } from '@/lib/access/scoped';
import { countedAddress } from '@/lib/kernel/network';
import { refuseAndKeep, type Refusal } from '@/lib/kernel/result';
import { fold } from '@/lib/kernel/text';

/** Wrong codes from one address (of IPv6: one /64) within ten minutes before a code alone is no longer enough there. */
const wrongTries = 30;

/**
 * Checks the code on a slip. There are 1.5 × 10¹¹ codes, and a whole village may share one address: so too many wrong ones never
 * lock it out, they only make us ask for the learner's given name besides, which whoever holds a slip knows and whoever
 * guesses does not. Refuses: codeUnknown (counted against the address), codeNeedsName.
 */
export async function openSlip(
  tx: ScopedTx,
  address: string,
  { code, name }: { readonly code: string; readonly name: string },
): Promise<Refusal | { code: string }> {
  const from = countedAddress(address);
  await presentCode(tx, code);
  const [holder] = await tx<{ given: string }[]>`
    select p.given_name as given from enrolment e join person p on p.id = e.person_id where e.code = ${code}`;
  return elevated(tx, 'open a slip: count wrong codes', async (system) => {
    const [tries] = await system<{ count: number }[]>`
      select count(*) as count from slip_attempt where address = ${from} and at > now() - interval '10 minutes'`;
    const many = (tries?.count ?? 0) >= wrongTries;
    const named = holder !== undefined && fold(name).split(' ').at(-1) === fold(holder.given);
    if (holder && (!many || named)) return { code };
    await system`delete from slip_attempt where at < now() - interval '1 day'`;
    await system`insert into slip_attempt (address) values (${from})`;
    return many ? refuseAndKeep('codeNeedsName', 'name') : refuseAndKeep('codeUnknown', 'code');
  });
}
