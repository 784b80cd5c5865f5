import type { BrowserContext, CDPSession } from '@playwright/test';

/** What one visit of a page brought over the wire, in bytes, headers of the answers included. What the browser kept costs nothing. */
export interface Weight {
  readonly all: number;
  readonly requests: number;
  /** By what it was: Document, Script, Stylesheet, Font, Image, Other. */
  readonly of: Readonly<Record<string, number>>;
}

/**
 * Opens a page in a tab of its own and adds up what arrives until all is quiet. The context is the browser's memory between visits.
 */
export async function weigh(context: BrowserContext, address: string): Promise<Weight> {
  const page = await context.newPage();
  try {
    const client = await context.newCDPSession(page);
    const weight = await counting(client);
    await page.goto(address, { waitUntil: 'networkidle' });
    return weight();
  } finally {
    await page.close();
  }
}

async function counting(client: CDPSession): Promise<() => Weight> {
  const kinds = new Map<string, string>();
  const sizes = new Map<string, number>();
  client.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
  await client.send('Network.enable');
  return () => {
    const of: Record<string, number> = {};
    let all = 0;
    let requests = 0;
    for (const [id, size] of sizes) {
      const kind = kinds.get(id) ?? 'Other';
      of[kind] = (of[kind] ?? 0) + size;
      all += size;
      if (size > 0) requests += 1;
    }
    return { all, requests, of };
  };
}
