import type { Pack } from '@/lib/register/schema';
import {
  forgetOld,
  forgetOthers,
  phoneStore,
  thePhone,
  type PhoneStore,
  type Stored,
  type StoredSheet,
  type StoreName,
} from './phone-store';
import { fetchPack, NotTaken, portalNow } from './portal';

/** Told to the page when rolls came or went. */
export const rollsChanged = 'camtay-rolls';
export const tellChange = () => void window.dispatchEvent(new Event(rollsChanged));

/** Who is signed in on this phone, for the pages that open without a network. */
export interface Who {
  readonly account: string;
  readonly name: string;
}

const rowsOf = ({ account, sessions, villages }: Pack): StoredSheet[] =>
  sessions.map(({ line, sheet }) => ({
    owner: account,
    id: line.id,
    line,
    sheet: { ...sheet, villages: villages[sheet.unit] ?? [], history: [] },
  }));

/** From now on the phone is this account's: whoever was signed in before leaves nothing but what was not sent or was put aside (`forgetOthers`). */
export async function takePhone(who: Who): Promise<void> {
  const store = await phoneStore();
  // First, so that nothing is kept any more that was asked for whoever was here before.
  await store.put('notes', [{ owner: thePhone, id: 'who', value: JSON.stringify(who) }]);
  await forgetOthers(store, who.account, portalNow());
  await forgetOld(store, who.account, portalNow());
}

/** Whose phone it is, or null when nobody has signed in since the last sign-out. */
export async function holderOfPhone(): Promise<Who | null> {
  const notes = await (await phoneStore()).all('notes', thePhone);
  const note = notes.find(({ id }) => id === 'who');
  if (!note) return null;
  const who: Who = JSON.parse(note.value);
  return who;
}

/** Whether what was asked for this account may still be kept: not once it signed out, or somebody else signed in, while it was on its way. */
const holds = async (owner: string) => (await holderOfPhone())?.account === owner;

/**
 * Keeps what came for an account as long as it holds the phone; false where it does not. Asked once more afterwards: whoever signs out says
 * first that the phone is theirs no more, so one of the two takes away what arrives meanwhile.
 */
export async function keepFor<N extends StoreName>(
  owner: string,
  name: N,
  rows: readonly Stored[N][],
): Promise<boolean> {
  const store = await phoneStore();
  if (!(await holds(owner))) return false;
  await store.put(name, rows);
  if (await holds(owner)) return true;
  await store.remove(
    name,
    owner,
    rows.map(({ id }) => id),
  );
  return false;
}

/** The rolls on this phone that have not ended. */
export async function rollsOf(owner: string): Promise<readonly StoredSheet[]> {
  const store = await phoneStore();
  await forgetOld(store, owner, portalNow());
  return store.all('sheets', owner);
}

/**
 * Fetches the rolls of the days around, unless that was done within `atLeastEveryMs`. What the portal tells no more (out of scope, over, cancelled) leaves the
 * phone; so does everything when the account may record nowhere. Throws when there is no network or no sign-in: then what is kept stays.
 */
export async function fetchRolls(owner: string, language: string, atLeastEveryMs: number): Promise<void> {
  const store = await phoneStore();
  const kept = await store.all('sheets', owner);
  const note = await packNote(store, owner, 'pack');
  const same = note?.language === language ? note : null;
  if (same && Math.abs(Date.now() - same.atMs) < atLeastEveryMs) return;
  const fresh = await fetchPack(language, null, kept.length > 0 && same ? same.mark : null).catch(
    async (error: unknown) => {
      if (error instanceof NotTaken && error.trouble === 'noRight') await dropAll(store, owner, kept);
      throw error;
    },
  );
  const noted = (mark: string) =>
    keepFor(owner, 'notes', [{ owner, id: 'pack', value: JSON.stringify({ language, mark, atMs: Date.now() }) }]);
  if (!fresh) return void (await noted(same?.mark ?? ''));
  if (fresh.pack.account !== owner) return;
  const rows = rowsOf(fresh.pack);
  const told = new Set(rows.map(({ id }) => id));
  if (!(await keepFor(owner, 'sheets', rows))) return;
  await dropAll(
    store,
    owner,
    kept.filter(({ id }) => !told.has(id)),
  );
  await noted(fresh.mark);
  tellChange();
}

export interface PackNote {
  readonly language: string;
  readonly mark: string;
  readonly atMs: number;
}

/** Which pack of that kind this phone has, if any. */
export async function packNote(
  store: PhoneStore,
  owner: string,
  of: 'pack' | 'visits' | 'desks',
): Promise<PackNote | null> {
  const note = (await store.all('notes', owner)).find(({ id }) => id === of);
  if (!note) return null;
  const read: PackNote = JSON.parse(note.value);
  return read;
}

async function dropAll(store: PhoneStore, owner: string, rows: readonly StoredSheet[]): Promise<void> {
  await store.remove(
    'sheets',
    owner,
    rows.map(({ id }) => id),
  );
  tellChange();
}

/** Asks for one session again: null when nothing changed since `mark`, 'gone' when it is not in sight any more. */
export async function fetchRoll(
  owner: string,
  language: string,
  session: string,
  mark: string | null,
): Promise<{ row: StoredSheet; mark: string } | 'gone' | null> {
  const store = await phoneStore();
  try {
    const fresh = await fetchPack(language, session, mark);
    const [row] = fresh ? rowsOf(fresh.pack) : [];
    if (!fresh || !row || row.owner !== owner || !(await keepFor(owner, 'sheets', [row]))) return null;
    await forgetOld(store, owner, portalNow());
    tellChange();
    return { row, mark: fresh.mark };
  } catch (error) {
    if (!(error instanceof NotTaken) || (error.trouble !== 'refused' && error.trouble !== 'noRight')) throw error;
    await store.remove('sheets', owner, [session]);
    tellChange();
    // What took this one away may have taken others.
    await fetchRolls(owner, language, 0).catch(() => undefined);
    return 'gone';
  }
}
