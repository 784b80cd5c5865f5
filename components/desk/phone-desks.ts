import { forgetOld, phoneStore, type StoredDesk } from '@/components/register/phone-store';
import { fetchDeskPack, NotTaken, portalNow } from '@/components/register/portal';
import { keepFor, packNote, tellChange } from '@/components/register/rolls';

/** The desks on this phone. */
export async function desksOf(owner: string): Promise<readonly StoredDesk[]> {
  const store = await phoneStore();
  await forgetOld(store, owner, portalNow());
  return store.all('desks', owner);
}

/**
 * Fetches the desks this phone holds again, unless that was done within `atLeastEveryMs`, and with `opened` that one, too; points of rounds its
 * holder goes on come along. What the portal tells no more (closed, out of scope) leaves the phone; so does everything when the account may log
 * nowhere. Throws when there is no network or no sign-in: then what is kept stays.
 */
export async function fetchDesks(
  owner: string,
  language: string,
  atLeastEveryMs: number,
  { opened }: { readonly opened?: string } = {},
): Promise<void> {
  const store = await phoneStore();
  const kept = await store.all('desks', owner);
  const isNew = opened !== undefined && !kept.some(({ id }) => id === opened);
  if (kept.length === 0 && !isNew) return;
  const drop = async (rows: readonly StoredDesk[]) => {
    await store.remove(
      'desks',
      owner,
      rows.map(({ id }) => id),
    );
    tellChange();
  };
  const note = await packNote(store, owner, 'desks');
  const same = note?.language === language ? note : null;
  if (same && !isNew && Math.abs(Date.now() - same.atMs) < atLeastEveryMs) return;
  const ids = [...new Set([...kept.map(({ id }) => id), ...(opened === undefined ? [] : [opened])])].toSorted();
  const fresh = await fetchDeskPack(language, ids, kept.length > 0 && same ? same.mark : null).catch(
    async (error: unknown) => {
      if (error instanceof NotTaken && error.trouble === 'noRight') await drop(kept);
      throw error;
    },
  );
  const noted = (mark: string) =>
    keepFor(owner, 'notes', [{ owner, id: 'desks', value: JSON.stringify({ language, mark, atMs: Date.now() }) }]);
  if (!fresh) return void (await noted(same?.mark ?? ''));
  const { account, desks, needs } = fresh.pack;
  if (account !== owner) return;
  const rows = desks.map((desk): StoredDesk => ({ owner, id: desk.id, desk, needs, takenAtMs: portalNow() }));
  if (!(await keepFor(owner, 'desks', rows))) return;
  const told = new Set(desks.map(({ id }) => id));
  await drop(kept.filter(({ id }) => !told.has(id)));
  await noted(fresh.mark);
}
