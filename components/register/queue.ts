import type { OperationResult, SentOperation } from '@/lib/register/schema';

/** Where operations wait until the portal has taken them. In memory today; one that outlives the page has the same shape. */
export interface QueueStore {
  all(): Promise<readonly SentOperation[]>;
  put(operation: SentOperation): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

export interface QueueState {
  /** On this phone only · taken by the portal · refused by it, still on this phone. */
  readonly waiting: number;
  readonly accepted: number;
  readonly attention: number;
  /** Why nothing gets through just now. */
  readonly trouble: 'offline' | 'signIn' | null;
}

export interface Queue {
  add(operation: SentOperation): void;
  /** Tries at once, for when the network or the reader is back. */
  flush(): void;
  stop(): void;
}

/** Posts a batch; throws 'signIn' when the sign-in has expired, anything else when it did not get through. */
export type Send = (operations: readonly SentOperation[]) => Promise<readonly OperationResult[]>;

const batchSize = 50;
const gatherMs = 120;
const retryMs = [1_000, 2_000, 5_000, 10_000, 30_000];

export function memoryStore(): QueueStore {
  const kept = new Map<string, SentOperation>();
  return {
    all: async () => [...kept.values()],
    put: async (operation) => void kept.set(operation.id, operation),
    remove: async (ids) => ids.forEach((id) => kept.delete(id)),
  };
}

const isTaken = (result: OperationResult) => ['applied', 'merged', 'duplicate', 'held'].includes(result.outcome);

/**
 * Every act goes into the store first, then out in small batches, in order, one batch at a time. What does not get through stays and
 * is tried again, more and more rarely; an expired sign-in keeps the queue. Sending twice is harmless: operations have ids.
 */
export function openQueue(
  store: QueueStore,
  send: Send,
  told: (state: QueueState) => void,
  answered: (operation: SentOperation, result: OperationResult) => void,
): Queue {
  const refused = new Set<string>();
  let state: QueueState = { waiting: 0, accepted: 0, attention: 0, trouble: null };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let failures = 0;
  let stopped = false;

  const say = (changes: Partial<QueueState>) => {
    state = { ...state, ...changes };
    if (!stopped) told(state);
  };
  const later = (ms: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void round(), ms);
  };
  const waiting = async () => (await store.all()).filter((operation) => !refused.has(operation.id));

  async function round(): Promise<void> {
    if (busy || stopped) return;
    busy = true;
    try {
      const batch = (await waiting()).slice(0, batchSize);
      if (batch.length > 0) await deliver(batch);
      failures = 0;
      say({ trouble: null });
      if ((await waiting()).length > 0) later(0);
    } catch (error) {
      say({ trouble: error === 'signIn' ? 'signIn' : 'offline' });
      later(retryMs[Math.min(failures, retryMs.length - 1)] ?? 30_000);
      failures += 1;
    } finally {
      busy = false;
    }
  }

  async function deliver(batch: readonly SentOperation[]): Promise<void> {
    const results = await send(batch);
    const taken: string[] = [];
    for (const [index, operation] of batch.entries()) {
      const result = results[index];
      if (!result) continue;
      if (isTaken(result)) taken.push(operation.id);
      else refused.add(operation.id);
      answered(operation, result);
    }
    await store.remove(taken);
    say({
      accepted: state.accepted + taken.length,
      waiting: (await waiting()).length,
      attention: refused.size,
    });
  }

  return {
    add(operation) {
      say({ waiting: state.waiting + 1 });
      void store.put(operation).then(() => later(gatherMs));
    },
    flush: () => later(0),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** Posts to the portal's stable address. */
export const sendToPortal: Send = async (operations) => {
  const response = await fetch('/api/v1/register/operations', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ protocol: 1, operations }),
    signal: AbortSignal.timeout(20_000),
  });
  if (response.status === 401) throw 'signIn';
  if (!response.ok) throw new Error(String(response.status));
  const { results }: { results: readonly OperationResult[] } = await response.json();
  return results;
};

/** A UUID of version 7 made here; `crypto.randomUUID` is missing where the portal runs without https. */
export function newOperationId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const time = Date.now().toString(16).padStart(12, '0');
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(13, 16)}-${variant.toString(16)}${hex.slice(18, 20)}-${hex.slice(20)}`;
}

let lastMs = 0;

/** The device's time, never the same twice, so that the order of two taps is never in doubt. */
export function deviceTime(): string {
  lastMs = Math.max(Date.now(), lastMs + 1);
  return new Date(lastMs).toISOString();
}
