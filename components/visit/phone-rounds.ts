import { isMet } from '@/components/register/met-first';
import { phoneStore, forgetOld, type StoredRound } from '@/components/register/phone-store';
import { fetchVisits, NotTaken, portalNow } from '@/components/register/portal';
import { keepFor, packNote, tellChange } from '@/components/register/rolls';

/** The rounds on this phone that have not ended. */
export async function roundsOf(owner: string): Promise<readonly StoredRound[]> {
  const store = await phoneStore();
  await forgetOld(store, owner, portalNow());
  return store.all('rounds', owner);
}

/**
 * Fetches the rounds one goes on, unless that was done within `atLeastEveryMs`; `anyway`: also where the phone holds none yet. What the portal
 * tells no more (called off, taken off, over) leaves the phone; so does everything when the account may record nowhere. Throws when there is
 * no network or no sign-in: then what is kept stays. Whom one met and the portal has is told by the pack from then on, and leaves the queue.
 */
export async function fetchRounds(
  owner: string,
  language: string,
  atLeastEveryMs: number,
  anyway: boolean,
): Promise<void> {
  const store = await phoneStore();
  const kept = await store.all('rounds', owner);
  if (kept.length === 0 && !anyway) return;
  const met = (await store.all('operations', owner)).filter(
    ({ operation, state }) => isMet(operation) && state === 'accepted',
  );
  const drop = async (rows: readonly StoredRound[]) => {
    await store.remove(
      'rounds',
      owner,
      rows.map(({ id }) => id),
    );
    tellChange();
  };
  const note = await packNote(store, owner, 'visits');
  const same = note?.language === language ? note : null;
  if (same && met.length === 0 && Math.abs(Date.now() - same.atMs) < atLeastEveryMs) return;
  const fresh = await fetchVisits(language, kept.length > 0 && same ? same.mark : null).catch(
    async (error: unknown) => {
      if (error instanceof NotTaken && error.trouble === 'noRight') await drop(kept);
      throw error;
    },
  );
  const noted = (mark: string) =>
    keepFor(owner, 'notes', [{ owner, id: 'visits', value: JSON.stringify({ language, mark, atMs: Date.now() }) }]);
  const letGo = () =>
    store.remove(
      'operations',
      owner,
      met.map(({ id }) => id),
    );
  if (!fresh) return void (await Promise.all([noted(same?.mark ?? ''), letGo()]));
  const { account, rounds, steps, consent } = fresh.pack;
  if (account !== owner) return;
  const rows = rounds.map((round): StoredRound => ({ owner, id: round.id, round, steps, consent: consent ?? null }));
  if (!(await keepFor(owner, 'rounds', rows))) return;
  const told = new Set(rounds.map(({ id }) => id));
  await drop(kept.filter(({ id }) => !told.has(id)));
  await letGo();
  await noted(fresh.mark);
}
