import type { DeskPack } from '@/lib/desk/schema';
import type { OperationResult } from '@/lib/kernel/operation';
import type { Pack } from '@/lib/register/schema';
import type { PackedDoor } from '@/lib/task/schema';
import type { VisitPack } from '@/lib/visit/rules';
import { isAtDesk, isAtDoor, isWork, type PhoneOperation } from './phone-store';

/** Why nothing gets through just now. */
export type Trouble = 'offline' | 'signIn' | 'otherAccount' | 'noRight' | 'outdated' | 'refused';

/** The portal did not take a batch, or did not give a pack. */
export class NotTaken extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}

/** Posts a batch of one account and one kind (registers, doors, or desks); throws `NotTaken`, or whatever the network throws. */
export type Send = (owner: string, operations: readonly PhoneOperation[]) => Promise<readonly OperationResult[]>;

async function troubleOf(response: Response): Promise<Trouble> {
  if (response.status === 401) return 'signIn';
  if (response.status === 403) return 'noRight';
  if (response.status === 409) return 'otherAccount';
  if (response.status !== 400 && response.status !== 413) return 'offline';
  const said: unknown = await response.json().catch(() => null);
  return JSON.stringify(said).includes('protocolUnknown') ? 'outdated' : 'refused';
}

/** Posts to the portal's stable addresses (docs/protocols). */
export const sendToPortal: Send = async (account, operations) => {
  const [address, protocol] = operations.some((one) => isAtDoor(one) || isWork(one))
    ? ['/api/v1/visits/operations', 1]
    : operations.some(isAtDesk)
      ? ['/api/v1/desks/operations', 1]
      : ['/api/v1/register/operations', 2];
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ protocol, account, operations }),
    signal: AbortSignal.timeout(20_000),
  });
  learnClock(response);
  if (!response.ok) throw new NotTaken(await troubleOf(response));
  const { results }: { results: readonly OperationResult[] } = await response.json();
  return results;
};

const moments = new Set(['startsAt', 'endsAt', 'startedAt', 'finishedAt', 'at', 'outcomeAt', 'since', 'due', 'until']);
const revive = (key: string, value: unknown) =>
  moments.has(key) && typeof value === 'string' ? new Date(value) : value;

/** What the phone takes along, or null when `mark` says it has exactly that. Throws like `sendToPortal`. */
export async function fetchPack(
  language: string,
  session: string | null,
  mark: string | null,
): Promise<{ pack: Pack; mark: string } | null> {
  const query = new URLSearchParams({ language, ...(session ? { session } : {}) });
  const response = await fetch(`/api/v1/register/pack?${query}`, {
    headers: mark ? { 'if-none-match': mark } : {},
    cache: 'no-store',
    signal: AbortSignal.timeout(30_000),
  });
  learnClock(response);
  if (response.status === 304) return null;
  if (response.status === 404) throw new NotTaken('refused');
  if (!response.ok) throw new NotTaken(await troubleOf(response));
  const pack: Pack = JSON.parse(await response.text(), revive);
  return { pack, mark: response.headers.get('etag') ?? '' };
}

/** Posts, since taking somebody's record along is written down; null when `mark` says the phone has exactly that. */
async function posted(address: string, asked: object, mark: string | null): Promise<Response | null> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(mark ? { 'if-none-match': mark } : {}) },
    body: JSON.stringify(asked),
    cache: 'no-store',
    signal: AbortSignal.timeout(30_000),
  });
  learnClock(response);
  if (response.status === 304) return null;
  if (!response.ok) throw new NotTaken(await troubleOf(response));
  return response;
}

/** The rounds one goes on, and the doors of tasks one was given; packs from before 30/11/2026 have none of these. */
export type DoorPack = VisitPack & { readonly doors?: readonly PackedDoor[] };

/** The rounds and doors to take along, or null when `mark` says the phone has exactly those. Throws like `sendToPortal`. */
export async function fetchVisits(
  language: string,
  mark: string | null,
): Promise<{ pack: DoorPack; mark: string } | null> {
  const response = await posted('/api/v1/visits/pack', { language }, mark);
  if (!response) return null;
  const pack: DoorPack = JSON.parse(await response.text(), revive);
  return { pack, mark: response.headers.get('etag') ?? '' };
}

/** The points of one's rounds and these desks, or null when `mark` says the phone has exactly those. Throws like `sendToPortal`. */
export async function fetchDeskPack(
  language: string,
  desks: readonly string[],
  mark: string | null,
): Promise<{ pack: DeskPack; mark: string } | null> {
  const response = await posted('/api/v1/desks/pack', { language, desks }, mark);
  if (!response) return null;
  const pack: DeskPack = JSON.parse(await response.text(), revive);
  return { pack, mark: response.headers.get('etag') ?? '' };
}

/** A UUID of version 7 made here; `crypto.randomUUID` is missing where the portal runs without https. */
export function newOperationId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const time = Date.now().toString(16).padStart(12, '0');
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(13, 16)}-${variant.toString(16)}${hex.slice(18, 20)}-${hex.slice(20)}`;
}

// Phones' clocks are wrong by minutes or by days. What the portal's clock says is learnt whenever it answers, and kept for later.
const clockKey = 'clock';
const clockAgreesMs = 60_000;

function learnClock(response: Response): void {
  const theirs = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return;
  const off = theirs - Date.now();
  try {
    if (Math.abs(off) < clockAgreesMs) localStorage.removeItem(clockKey);
    else localStorage.setItem(clockKey, String(off));
  } catch {
    // Storage is closed to us: the phone's own clock holds.
  }
}

function clockIsOffBy(): number {
  try {
    return Number(localStorage.getItem(clockKey)) || 0;
  } catch {
    return 0;
  }
}

/** Now, by the portal's clock as far as it is known. */
export const portalNow = () => Date.now() + clockIsOffBy();

let lastMs = 0;

/** The time of an act, never the same twice, so that the order of two taps is never in doubt. */
export function deviceTime(): string {
  lastMs = Math.max(portalNow(), lastMs + 1);
  return new Date(lastMs).toISOString();
}
