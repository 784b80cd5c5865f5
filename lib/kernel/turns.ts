/**
 * Lets so many pieces of work happen at once, of each key one. Keys with work waiting take turns: a thousand of one never stand before
 * the first of another. Who waits holds nothing but the request itself.
 */
export function turnTaking(atOnce: number) {
  /** In the order of their next turn. */
  const waiting = new Map<string, (() => void)[]>();
  const busy = new Set<string>();
  const begin = () => {
    for (const [key, queue] of waiting) {
      if (busy.size >= atOnce) return;
      if (busy.has(key)) continue;
      const go = queue.shift();
      waiting.delete(key);
      if (queue.length > 0) waiting.set(key, queue);
      busy.add(key);
      go?.();
    }
  };
  return async <R>(key: string, work: () => Promise<R>): Promise<R> => {
    await new Promise<void>((go) => {
      const queue = waiting.get(key);
      if (queue) queue.push(go);
      else waiting.set(key, [go]);
      begin();
    });
    try {
      return await work();
    } finally {
      busy.delete(key);
      begin();
    }
  };
}
