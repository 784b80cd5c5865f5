import type { Need, PackedDesk, SentDeskOperation } from '@/lib/desk/schema';
import type { OperationResult } from '@/lib/kernel/operation';
import type { PackedLine, SentOperation, Sheet } from '@/lib/register/schema';
import type { Step } from '@/lib/step/schema';
import type { PackedDoor, SentWorkOperation } from '@/lib/task/schema';
import type { PackedRound, VisitPack } from '@/lib/visit/rules';
import type { SentVisitOperation } from '@/lib/visit/schema';

/** An act on a register, at a door of a round or of a task, or at a desk. */
export type PhoneOperation = SentOperation | SentVisitOperation | SentWorkOperation | SentDeskOperation;
export const isAtDoor = (operation: PhoneOperation): operation is SentVisitOperation => 'visitId' in operation;
export const isWork = (operation: PhoneOperation): operation is SentWorkOperation => operation.kind === 'work';
export const isAtDesk = (operation: PhoneOperation): operation is SentDeskOperation => 'deskId' in operation;
export const isOnRegister = (operation: PhoneOperation): operation is SentOperation => 'sessionId' in operation;

/** An operation this phone made. Every row belongs to the account that was signed in; another one neither sees nor sends it. */
export interface StoredOperation {
  readonly owner: string;
  readonly id: string;
  readonly operation: PhoneOperation;
  /** On this phone only · taken by the portal · refused by it and waiting for a person. */
  readonly state: 'waiting' | 'accepted' | 'attention';
  readonly result: OperationResult | null;
  /** The person it is about, in words. */
  readonly label: string;
  /** The end of the session or the round, in milliseconds since 1970; null where it is not known. */
  readonly endsAtMs: number | null;
}

const forgettingReasons = new Set(['visitWithdrawn', 'visitForgotten']);
/** Refused because the portal forgot of whom it is: they withdrew, or their request was taken back or its time was over. */
export const isForgotten = ({ state, result }: Pick<StoredOperation, 'state' | 'result'>) =>
  state === 'attention' && forgettingReasons.has(result?.reason ?? '');

/** What stays of such an act: that it was refused, and why. No name, no words, none of the answers, no day of another visit. */
export function emptied(row: StoredOperation): StoredOperation {
  const { operation } = row;
  if (isWork(operation)) return { ...row, label: '', operation: { ...operation, note: '' } };
  if (!isAtDoor(operation)) return { ...row, label: '' };
  if (operation.kind === 'met')
    return {
      ...row,
      label: '',
      operation: { ...operation, fullName: '', born: '', phone: '', words: '', needs: [] },
    };
  if (operation.kind === 'steps') return { ...row, label: '', operation: { ...operation, answers: [] } };
  if (operation.kind === 'skill') return { ...row, label: '', operation: { ...operation, skillCode: '', level: 0 } };
  const { id, visitId, kind, at, outcome } = operation;
  return { ...row, label: '', operation: { id, visitId, kind, at, outcome } };
}

/** The roll of a session, to work without a network. */
export interface StoredSheet {
  readonly owner: string;
  readonly id: string;
  readonly line: PackedLine;
  readonly sheet: Sheet;
}

/** A round with its homes, to work at the door without a network; `steps` are those asked, `consent` the words read to whoever is met on the way. */
export interface StoredRound {
  readonly owner: string;
  readonly id: string;
  readonly round: PackedRound;
  readonly steps: readonly Step[];
  readonly consent?: VisitPack['consent'];
}

/** A door with what is to be done there for tasks given to this phone's holder; its id is the person's. */
export interface StoredDoor {
  readonly owner: string;
  readonly id: string;
  readonly door: PackedDoor;
  /** When the portal said last that it is so, in milliseconds since 1970. */
  readonly takenAtMs: number;
}

/** A desk, to log there without a network; `needs` are the buttons. */
export interface StoredDesk {
  readonly owner: string;
  readonly id: string;
  readonly desk: PackedDesk;
  readonly needs: readonly Need[];
  /** When it was taken along, in milliseconds since 1970. */
  readonly takenAtMs: number;
}

/** Small things to remember. */
export interface StoredNote {
  readonly owner: string;
  readonly id: 'pack' | 'visits' | 'desks' | 'who';
  readonly value: string;
}

export interface Stored {
  operations: StoredOperation;
  sheets: StoredSheet;
  rounds: StoredRound;
  doors: StoredDoor;
  desks: StoredDesk;
  notes: StoredNote;
}
export type StoreName = keyof Stored;

/** What outlives the page on this phone. `durable` is false where the browser keeps nothing (private windows of some). */
export interface PhoneStore {
  readonly durable: boolean;
  all<N extends StoreName>(name: N, owner: string): Promise<readonly Stored[N][]>;
  put<N extends StoreName>(name: N, rows: readonly Stored[N][]): Promise<void>;
  remove(name: StoreName, owner: string, ids: readonly string[]): Promise<void>;
  /** Whose rows there are. */
  owners(name: StoreName): Promise<readonly string[]>;
}

/** The owner of what belongs to the phone itself. */
export const thePhone = '';

const names: readonly StoreName[] = ['operations', 'sheets', 'rounds', 'doors', 'desks', 'notes'];

/** Where the browser offers no store: until the page is closed. Also what tests use. */
export function memoryStore(): PhoneStore {
  const [sheets, rounds, doors] = [new Map(), new Map(), new Map()];
  const rows = { operations: new Map(), sheets, rounds, doors, desks: new Map(), notes: new Map() };
  const key = (owner: string, id: string) => `${owner} ${id}`;
  return {
    durable: false,
    all: async (name, owner) => [...rows[name].values()].filter((row) => row.owner === owner),
    put: async (name, given) => given.forEach((row) => rows[name].set(key(row.owner, row.id), row)),
    remove: async (name, owner, ids) => ids.forEach((id) => rows[name].delete(key(owner, id))),
    owners: async (name) => [...new Set([...rows[name].values()].map((row) => String(row.owner)))],
  };
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('camtay', 4);
    request.onupgradeneeded = () => {
      const { objectStoreNames: there } = request.result;
      for (const name of names)
        if (!there.contains(name)) request.result.createObjectStore(name, { keyPath: ['owner', 'id'] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('indexedDB'));
    request.onblocked = () => reject(new Error('blocked'));
  });
}

/** The browser's own database. Browsers close it when the phone sleeps long: it is opened again when needed. */
function browserStore(first: IDBDatabase): PhoneStore {
  let database: Promise<IDBDatabase> = Promise.resolve(first);
  const watch = (open: IDBDatabase) => {
    open.onclose = () => (database = opened().then(watch));
    open.onversionchange = () => open.close();
    return open;
  };
  watch(first);

  async function within<R>(
    name: StoreName,
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<R> | null,
    again = true,
  ): Promise<R | null> {
    try {
      const open = await database;
      return await new Promise((resolve, reject) => {
        // Written to the disk before it counts as kept: phones run out of power.
        const transaction = open.transaction(name, mode, { durability: 'strict' });
        const request = work(transaction.objectStore(name));
        transaction.oncomplete = () => resolve(request ? request.result : null);
        transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
      });
    } catch (error) {
      if (!again || !(error instanceof DOMException) || error.name !== 'InvalidStateError') throw error;
      database = opened().then(watch);
      return within(name, mode, work, false);
    }
  }
  const of = (owner: string) => IDBKeyRange.bound([owner], [owner, []]);
  return {
    durable: true,
    all: async (name, owner) => (await within(name, 'readonly', (store) => store.getAll(of(owner)))) ?? [],
    put: async (name, rows) => {
      if (rows.length === 0) return;
      await within(name, 'readwrite', (store) => {
        for (const row of rows) store.put(row);
        return null;
      });
    },
    remove: async (name, owner, ids) => {
      if (ids.length === 0) return;
      await within(name, 'readwrite', (store) => {
        for (const id of ids) store.delete([owner, id]);
        return null;
      });
    },
    owners: async (name) => {
      const keys = (await within(name, 'readonly', (store) => store.getAllKeys())) ?? [];
      return [...new Set(keys.flatMap((key) => (Array.isArray(key) ? [String(key[0])] : [])))];
    },
  };
}

let kept: Promise<PhoneStore> | undefined;

/** This phone's store, the same for the whole page. */
export function phoneStore(): Promise<PhoneStore> {
  kept ??= typeof indexedDB === 'undefined' ? Promise.resolve(memoryStore()) : opened().then(browserStore, memoryStore);
  return kept;
}

const keptDays = 7;
/** An act that was put aside waits so long for whoever made it to settle it, counted like the other from the end of the session or the round. */
export const asideDays = 30;

/** When a roll, a round and what was accepted of them leave the phone: seven days after the session, or the round. */
export const isOver = (endsAtMs: number | null, nowMs: number) =>
  endsAtMs !== null && endsAtMs + keptDays * 86_400_000 < nowMs;

/** A door leaves the phone with what was given, and where the portal was not asked for so many days: it may be another's by then, or they withdrew. */
const isDoorOver = ({ door, takenAtMs }: StoredDoor, nowMs: number) =>
  door.until.getTime() <= nowMs || isOver(takenAtMs, nowMs);

/** Accepted, or put aside, for longer than it stays. What was not sent stays, however old. */
function isSpent({ state, endsAtMs, operation }: StoredOperation, nowMs: number): boolean {
  if (state === 'waiting') return false;
  if (state === 'accepted') return isOver(endsAtMs, nowMs);
  return (endsAtMs ?? Date.parse(operation.at)) + asideDays * 86_400_000 < nowMs;
}

/** Removes what is over, and what is left of acts the portal has forgotten of whom they are. What was not sent stays, however old. */
export async function forgetOld(store: PhoneStore, owner: string, nowMs: number): Promise<void> {
  const sheets = await store.all('sheets', owner);
  const over = sheets.filter(({ line }) => isOver(line.endsAt.getTime(), nowMs));
  await store.remove(
    'sheets',
    owner,
    over.map(({ id }) => id),
  );
  const rounds = await store.all('rounds', owner);
  const past = rounds.filter(({ round }) => isOver(round.endsAt.getTime(), nowMs));
  await store.remove(
    'rounds',
    owner,
    past.map(({ id }) => id),
  );
  const doors = await store.all('doors', owner);
  const ended = doors.filter((row) => isDoorOver(row, nowMs));
  await store.remove(
    'doors',
    owner,
    ended.map(({ id }) => id),
  );
  await forgetDesks(store, owner, nowMs);
  const operations = await store.all('operations', owner);
  await store.remove(
    'operations',
    owner,
    operations.filter((each) => isSpent(each, nowMs)).map(({ id }) => id),
  );
  // Those an earlier build put aside with all that was said.
  await store.put('operations', operations.filter((each) => isForgotten(each) && !isSpent(each, nowMs)).map(emptied));
}

/** The people of a point leave like a round's homes; the desk itself, which tells of nobody, stays as long as somebody opens it. */
async function forgetDesks(store: PhoneStore, owner: string, nowMs: number): Promise<void> {
  const desks = await store.all('desks', owner);
  const past = desks.filter(({ takenAtMs }) => isOver(takenAtMs, nowMs));
  await store.remove(
    'desks',
    owner,
    past.map(({ id }) => id),
  );
  const alone = desks.filter((row) => !past.includes(row) && row.desk.people.length > 0);
  await store.put(
    'desks',
    alone
      .filter(({ desk }) => isOver(desk.endsAt?.getTime() ?? null, nowMs))
      .map((row) => ({ ...row, desk: { ...row.desk, people: [] } })),
  );
}

/**
 * Leaves of everybody but `owner` only what was not sent and what was put aside, which wait for whoever made them. With nobody (at sign-out)
 * that holds for all: no roll, no home and no name of an accepted act stays behind. What was put aside keeps what its maker typed, which they
 * need to put it right or to tell the organiser (for somebody new that is a name); the name of whom it is about goes, and is put beside it again
 * where the roll or the home tells it, once they are back. It goes altogether after `asideDays`. First of all, the phone is nobody's any more:
 * a pack that arrives meanwhile is not kept (`keepFor`).
 */
export async function forgetOthers(store: PhoneStore, owner: string | null, nowMs = Date.now()): Promise<void> {
  if (owner === null) await store.remove('notes', thePhone, ['who']);
  for (const name of names) {
    for (const other of await store.owners(name)) {
      if (other === owner || other === thePhone) continue;
      const rows = await store.all(name, other);
      const gone = rows.filter((row) => !('state' in row) || row.state === 'accepted' || isSpent(row, nowMs));
      await store.remove(
        name,
        other,
        gone.map(({ id }) => id),
      );
      if (name === 'operations') await forgetLabels(store, other);
    }
  }
}

async function forgetLabels(store: PhoneStore, owner: string): Promise<void> {
  const aside = (await store.all('operations', owner)).filter(({ state }) => state === 'attention');
  await store.put(
    'operations',
    aside.map((row) => (isForgotten(row) ? emptied(row) : { ...row, label: '' })),
  );
}
