/** Where a list is shown: its path without language, and what its address says now. The reader's state lives here. */
export type Address = { path: string; params: Record<string, string | undefined> };

/** The same address with some parameters changed; `undefined` or '' takes one out. Keys are in a stable order, so caches agree. */
export function addressWith({ path, params }: Address, changes: Record<string, string | undefined>): string {
  const merged = { ...params, ...changes };
  const query = new URLSearchParams();
  for (const key of Object.keys(merged).sort()) {
    const value = merged[key];
    if (value) query.set(key, value);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
