import { isMet } from '@/components/register/met-first';
import { forgetOld, isWork, phoneStore, type StoredDoor, type StoredRound } from '@/components/register/phone-store';
import { fetchVisits, NotTaken, portalNow } from '@/components/register/portal';
import { keepFor, packNote, tellChange } from '@/components/register/rolls';

/** The rounds on this phone that have not ended. */
export async function roundsOf(owner: string): Promise<readonly StoredRound[]> {
  const store = await phoneStore();
  await forgetOld(store, owner, portalNow());
  return store.all('rounds', owner);
}

/** The doors on this phone at which something is given to its holder still. */
export async function doorsOf(owner: string): Promise<readonly StoredDoor[]> {
  const store = await phoneStore();
  await forgetOld(store, owner, portalNow());
  return store.all('doors', owner);
}

/**
 * Fetches the rounds one goes on and the doors of tasks one was given, unless that was done within `atLeastEveryMs`; `anyway`: also where the phone holds none yet. What the portal
 * tells no more (called off, taken off, settled, given to another, over) leaves the phone; so does everything when the account may record nowhere. Throws when there is
 * no network or no sign-in: then what is kept stays. Whom one met, and what came of a task, is told by the pack once the portal has it, and leaves the queue.
 */
export async function fetchRounds(
  owner: string,
  language: string,
  atLeastEveryMs: number,
  anyway: boolean,
): Promise<void> {
  const store = await phoneStore();
  const kept = { rounds: await store.all('rounds', owner), doors: await store.all('doors', owner) };
  const some = kept.rounds.length + kept.doors.length > 0;
  const told = (await store.all('operations', owner)).filter(
    ({ operation, state }) => (isMet(operation) || isWork(operation)) && state === 'accepted',
  );
  if (!some && told.length === 0 && !anyway) return;
  const drop = async (name: 'rounds' | 'doors', ids: readonly string[]) => {
    await store.remove(name, owner, ids);
    tellChange();
  };
  const note = await packNote(store, owner, 'visits');
  const same = note?.language === language ? note : null;
  if (same && told.length === 0 && Math.abs(Date.now() - same.atMs) < atLeastEveryMs) return;
  const fresh = await fetchVisits(language, some && same ? same.mark : null).catch(async (error: unknown) => {
    if (error instanceof NotTaken && error.trouble === 'noRight')
      for (const name of ['rounds', 'doors'] as const)
        await drop(
          name,
          kept[name].map(({ id }) => id),
        );
    throw error;
  });
  const noted = (mark: string) =>
    keepFor(owner, 'notes', [{ owner, id: 'visits', value: JSON.stringify({ language, mark, atMs: Date.now() }) }]);
  const letGo = () =>
    store.remove(
      'operations',
      owner,
      told.map(({ id }) => id),
    );
  const takenAtMs = portalNow();
  if (!fresh) {
    // As they were, said once more: they stay so many days from now on.
    await keepFor(
      owner,
      'doors',
      kept.doors.map((row) => ({ ...row, takenAtMs })),
    );
    return void (await Promise.all([noted(same?.mark ?? ''), letGo()]));
  }
  const { account, rounds, steps, consent, doors = [] } = fresh.pack;
  if (account !== owner) return;
  const rows = rounds.map((round): StoredRound => ({ owner, id: round.id, round, steps, consent: consent ?? null }));
  if (!(await keepFor(owner, 'rounds', rows))) return;
  const carried = doors.map((door): StoredDoor => ({ owner, id: door.id, door, takenAtMs }));
  if (!(await keepFor(owner, 'doors', carried))) return;
  for (const [name, now] of [
    ['rounds', rows],
    ['doors', carried],
  ] as const) {
    const there = new Set(now.map(({ id }) => id));
    await drop(
      name,
      kept[name].flatMap(({ id }) => (there.has(id) ? [] : [id])),
    );
  }
  await letGo();
  await noted(fresh.mark);
}
