import { createHmac, timingSafeEqual } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { z } from 'zod';

/**
 * The paper a resident has in hand, a slip, a learner's card or the slip of a visit asked for: its code, in a cookie only the pages that show
 * it are sent, for half an hour, never in an address. Signed for its kind, so that a code gets in there only through enrolling or asking,
 * `openSlip`, `openCard` or `openVisitSlip`, which count wrong ones. What is in hand opens nothing once the paper itself is ended.
 */
type Paper = 'slip' | 'card' | 'visit';
const minutes = 30;
const pages: Record<Paper, string> = { slip: '/my', card: '/my', visit: '/help/slip' };
const jarsOf = (paper: Paper) => [
  { name: `camtay.${paper}`, path: pages[paper] },
  { name: `camtay.${paper}.en`, path: `/en${pages[paper]}` },
];

const sign = (paper: Paper, code: string, until: number) =>
  createHmac('sha256', process.env.AUTH_SECRET ?? '')
    .update(`${paper}.${code}.${until}`)
    .digest('base64url');

async function hand(paper: Paper, code: string): Promise<void> {
  const until = Math.floor(Date.now() / 1000) + minutes * 60;
  const jar = await cookies();
  const secure = (process.env.PORTAL_URL ?? '').startsWith('https:');
  for (const { name, path } of jarsOf(paper))
    jar.set(name, `${code}.${until}.${sign(paper, code, until)}`, {
      httpOnly: true,
      sameSite: 'lax',
      secure,
      path,
      maxAge: minutes * 60,
    });
}

/** The code of what is in hand; null when there is none, when its time is over or when it was made up. */
async function inHand(paper: Paper): Promise<string | null> {
  if (!process.env.AUTH_SECRET) return null;
  const jar = await cookies();
  for (const { name } of jarsOf(paper)) {
    const [code = '', until = '', given = ''] = (jar.get(name)?.value ?? '').split('.');
    const made = Buffer.from(sign(paper, code, Number(until)));
    const shown = Buffer.from(given);
    if (made.length === shown.length && timingSafeEqual(made, shown) && Number(until) * 1000 > Date.now()) return code;
  }
  return null;
}

async function takeBack(paper: Paper): Promise<void> {
  const jar = await cookies();
  for (const { name, path } of jarsOf(paper)) jar.set(name, '', { path, maxAge: 0, httpOnly: true, sameSite: 'lax' });
}

/** Puts the codes of one sign-up in the resident's hand: the first one's slip is on top. */
export const handSlips = (codes: readonly string[]) => hand('slip', codes.join('-'));

/** Puts a slip's code in the resident's hand. */
export const handSlip = (code: string) => handSlips([code]);

/** The codes of the slips in hand; none when there is none, when their time is over or when they were made up. */
export async function slipsInHand(): Promise<readonly string[]> {
  return (await inHand('slip'))?.split('-') ?? [];
}

/** The slip on top. */
export async function slipInHand(): Promise<string | null> {
  return (await slipsInHand())[0] ?? null;
}

/** Takes the slip away, for phones that go back to their owner. */
export const takeSlipBack = () => takeBack('slip');

/** Puts a card's code in its holder's hand, once it was proven to be theirs. */
export const handCard = (code: string) => hand('card', code);

/** The card's code in hand, as for slips. Whether the card still stands, the database says (`presentCard`). */
export const cardInHand = () => inHand('card');

/** Takes the card away. */
export const takeCardBack = () => takeBack('card');

/** Puts the slip of a visit in the hand of whoever asked for it, or knows its number. */
export const handVisitSlip = (code: string) => hand('visit', code);

/** The number of the visit's slip in hand. */
export const visitSlipInHand = () => inHand('visit');

/** Takes the visit's slip away. */
export const takeVisitSlipBack = () => takeBack('visit');

/** Where a request came from, as the portal's own server says; `0.0.0.0` when it does not. */
export async function visitorAddress(): Promise<string> {
  const address = (await headers()).get('x-forwarded-for')?.split(',')[0]?.trim() ?? '';
  return z.union([z.ipv4(), z.ipv6()]).safeParse(address).success ? address : '0.0.0.0';
}
