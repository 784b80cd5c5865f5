import type { OperationResult } from '@/lib/kernel/operation';
import {
  emptied,
  forgetOthers,
  isAtDesk,
  isAtDoor,
  isForgotten,
  isWork,
  phoneStore,
  type PhoneOperation,
  type PhoneStore,
  type StoredOperation,
} from './phone-store';
import { inTurn, withItsOwn, woken } from './met-first';
import { NotTaken, portalNow, sendToPortal, type Send, type Trouble } from './portal';

/** What the queue holds, for whoever shows it. A new object whenever something changed. */
export interface QueueView {
  readonly operations: readonly StoredOperation[];
  /** False before the store was looked into, and while something is on its way there: then nobody can say what the phone holds. */
  readonly known: boolean;
  readonly trouble: Trouble | null;
  /** False while what is held would be lost with the page. */
  readonly durable: boolean;
}

/** One account's operations on this phone. */
export interface Queue {
  view(): QueueView;
  subscribe(listener: () => void): () => void;
  add(operation: PhoneOperation, about: Pick<StoredOperation, 'label' | 'endsAtMs'>): void;
  /** Tries at once, for when the network or the reader is back. */
  flush(): void;
  /** Sends again what was put aside; with `operation`, that instead of it. */
  retry(id: string, operation?: PhoneOperation): void;
  /** Lets go of what was put aside: a person's decision. */
  discard(id: string): void;
  /** Stops sending and telling. */
  stop(): void;
}

/** What the browser gives and tests replace: one sender at a time among tabs, and a word to the other tabs. */
export interface Surroundings {
  readonly store: PhoneStore;
  readonly send: Send;
  alone<R>(work: () => Promise<R>): Promise<R>;
  readonly otherTabs: { tell(): void; listen(changed: () => void): () => void };
  /** How long acts are gathered, and how long it waits after each failure in a row. */
  readonly waits: { readonly gatherMs: number; readonly retryMs: readonly number[] };
}

/** Where work goes: each kind has its own address, store of names and right. */
const channels = ['sheets', 'rounds', 'desks'] as const;
type Channel = (typeof channels)[number];
const channelOf = (operation: PhoneOperation): Channel =>
  isAtDoor(operation) || isWork(operation) ? 'rounds' : isAtDesk(operation) ? 'desks' : 'sheets';

const batchSize = 50;
const waits = { gatherMs: 120, retryMs: [1_000, 2_000, 5_000, 10_000, 30_000] };

const stateAfter = ({ outcome }: OperationResult): StoredOperation['state'] =>
  outcome === 'quarantined' || outcome === 'out_of_scope' ? 'attention' : 'accepted';

/** What stays of an accepted operation: never a phone number or a year of birth, of what came of a task no words. */
function lean(operation: PhoneOperation): PhoneOperation {
  if (operation.kind === 'met') return { ...operation, born: '', phone: '', words: '' };
  if (operation.kind === 'work') return { ...operation, note: '' };
  if (operation.kind !== 'walk_in') return operation;
  const { phone: _phone, birthYear: _year, ...rest } = operation;
  return rest;
}

/** Taken without the name of whom it is about, who may not be named any more: it leaves the phone, too. */
function nameless(row: StoredOperation): StoredOperation {
  const { operation, result } = row;
  if (result?.reason !== 'assistNameless' || !isAtDesk(operation) || operation.kind !== 'assist') return row;
  const { personId: _who, invite: _asked, ...rest } = operation;
  return { ...row, label: '', operation: rest };
}

/**
 * Every act goes into the phone's store first, then out in small batches, one sender at a time among all tabs. What does not get
 * through stays and is tried again, more and more rarely; an expired sign-in keeps everything. A batch the portal cannot read is
 * halved until the culprit is alone and put aside, so that it never blocks the rest. Sending twice is harmless: operations have ids.
 */
export function openQueue(owner: string, around: Promise<Surroundings>): Queue {
  let view: QueueView = { operations: [], known: false, trouble: null, durable: true };
  const listeners = new Set<() => void>();
  // Rows on their way into the store, which a look into it would miss; all of them where the store takes nothing.
  const unsaved = new Map<string, StoredOperation>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let pressed = false;
  let failures = 0;
  const sizes = new Map<Channel, number>();
  let stopped = false;
  let stopListening = () => {};

  const say = (changes: Partial<QueueView>) => {
    view = { ...view, ...changes };
    for (const listener of listeners) listener();
  };
  const later = (ms: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void round(), ms);
  };

  async function look(): Promise<readonly StoredOperation[]> {
    const { store } = await around;
    const rows = new Map((await store.all('operations', owner)).map((row) => [row.id, row]));
    for (const [id, row] of unsaved) rows.set(id, row);
    // What this page saw accepted stays on its sheet, even when somebody else who signed in took it off the phone.
    for (const row of view.operations) if (row.state === 'accepted' && !rows.has(row.id)) rows.set(row.id, row);
    const operations = [...rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    say({ operations, known: unsaved.size === 0 || !view.durable });
    return operations;
  }

  async function save(rows: readonly StoredOperation[], gone: readonly string[] = []): Promise<void> {
    for (const row of rows) unsaved.set(row.id, row);
    for (const id of gone) unsaved.delete(id);
    const { store, otherTabs } = await around;
    try {
      await store.put('operations', rows);
      await store.remove('operations', owner, gone);
      say({ durable: store.durable });
      for (const row of rows) if (unsaved.get(row.id) === row) unsaved.delete(row.id);
    } catch {
      // The phone is full: what is not kept is still sent from here, and whoever records is told.
      say({ durable: false });
    }
    await look();
    otherTabs.tell();
  }

  async function round(): Promise<void> {
    // What was added while a batch is on its way goes with the next one.
    pressed ||= busy;
    if (busy || stopped) return;
    busy = true;
    pressed = false;
    try {
      const { alone } = await around;
      const left = await alone(deliver);
      failures = 0;
      say({ trouble: null });
      if (left || pressed) later(0);
    } catch (error) {
      await failed(error instanceof NotTaken ? error.trouble : 'offline');
    } finally {
      busy = false;
    }
  }

  /** One batch of each kind; true when more is waiting. What is not taken of one kind does not keep the other back. */
  async function deliver(): Promise<boolean> {
    const { goes: waiting, aside } = inTurn(await look());
    if (aside.length > 0) await save(aside);
    let [more, failure]: [boolean, NotTaken | null] = [false, null];
    for (const channel of channels) {
      const own = waiting.filter((row) => channelOf(row.operation) === channel);
      try {
        if (own.length > 0) more = (await deliverOf(channel, own)) || more;
      } catch (error) {
        if (!(error instanceof NotTaken)) throw error;
        if (error.trouble === 'refused') {
          sizes.set(channel, Math.max(1, Math.floor(Math.min(own.length, sizes.get(channel) ?? batchSize) / 2)));
          more = true;
          continue;
        }
        if (error.trouble === 'noRight') await forgetNames(channel);
        failure ??= error;
      }
    }
    if (failure) throw failure;
    return more;
  }

  async function deliverOf(channel: Channel, waiting: readonly StoredOperation[]): Promise<boolean> {
    const { send } = await around;
    const batch = waiting.slice(0, sizes.get(channel) ?? batchSize);
    const results = await send(
      owner,
      batch.map((row) => row.operation),
    ).catch((error: unknown) => {
      const unreadable = error instanceof NotTaken && error.trouble === 'refused';
      if (!unreadable || batch.length > 1) throw error;
      return batch.map(({ id }): OperationResult => ({ id, outcome: 'quarantined', reason: 'operationRefused' }));
    });
    const answered = batch.flatMap((row, index): StoredOperation[] => {
      const result = results[index];
      if (!result) return [];
      const state = stateAfter(result);
      if (state === 'accepted') return [nameless({ ...row, state, result, operation: lean(row.operation) })];
      const aside: StoredOperation = { ...row, state, result, label: stopped ? '' : row.label };
      return [isForgotten(aside) ? emptied(aside) : aside];
    });
    // Signed out meanwhile: what is accepted has nothing left to do on this phone.
    const over = stopped ? answered.filter(({ state }) => state === 'accepted') : [];
    const free = woken(view.operations, answered);
    await save(
      [...answered.filter((row) => !over.includes(row)), ...free],
      over.map(({ id }) => id),
    );
    sizes.delete(channel);
    return waiting.length > batch.length || results.length < batch.length || free.length > 0;
  }

  async function failed(trouble: Trouble): Promise<void> {
    say({ trouble });
    const { retryMs } = (await around).waits;
    later(retryMs[Math.min(failures, retryMs.length - 1)] ?? 30_000);
    failures += 1;
  }

  /** The account records such nowhere any more: its rolls, its doors or its desks leave the phone; its unsent work stays. */
  async function forgetNames(channel: Channel): Promise<void> {
    const { store } = await around;
    for (const name of channel === 'rounds' ? (['rounds', 'doors'] as const) : [channel]) {
      const rows: readonly { readonly id: string }[] = await store.all(name, owner);
      await store.remove(
        name,
        owner,
        rows.map(({ id }) => id),
      );
    }
  }

  async function begin(): Promise<void> {
    const { store, otherTabs } = await around;
    if (stopped) return;
    stopListening = otherTabs.listen(() => void look());
    say({ durable: store.durable });
    await look();
    later(0);
  }
  void begin();

  return {
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(operation, about) {
      const row: StoredOperation = { owner, id: operation.id, operation, state: 'waiting', result: null, ...about };
      say({ operations: [...view.operations, row], known: false });
      void save([row]).then(async () => later((await around).waits.gatherMs));
    },
    flush: () => later(0),
    retry(id, operation) {
      const row = view.operations.find((each) => each.id === id);
      if (!row) return;
      const next = operation ?? row.operation;
      const gone = next.id === id ? [] : [id];
      void save([{ ...row, id: next.id, operation: next, state: 'waiting', result: null }], gone).then(() => later(0));
    },
    discard: (id) => void save([], withItsOwn(view.operations, id)),
    stop() {
      stopped = true;
      clearTimeout(timer);
      stopListening();
    },
  };
}

async function thisBrowser(): Promise<Surroundings> {
  const store = await phoneStore();
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('camtay-register');
  const post = channel?.postMessage.bind(channel);
  return {
    store,
    send: sendToPortal,
    waits,
    alone: (work) => (navigator.locks ? navigator.locks.request('camtay-register', work) : work()),
    otherTabs: {
      tell: () => post?.(''),
      listen(changed) {
        channel?.addEventListener('message', changed);
        return () => channel?.removeEventListener('message', changed);
      },
    },
  };
}

const queues = new Map<string, Queue>();

/** This page's queue of an account, opened once. */
export function queueOf(owner: string): Queue {
  const known = queues.get(owner) ?? openQueue(owner, thisBrowser());
  queues.set(owner, known);
  return known;
}

/** At sign-out: rolls and names leave the phone, and nothing is sent any more. What was not sent stays for whoever made it. */
export async function wipePhone(): Promise<void> {
  for (const queue of queues.values()) queue.stop();
  queues.clear();
  await forgetOthers(await phoneStore(), null, portalNow());
}
