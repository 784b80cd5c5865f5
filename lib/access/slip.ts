import { createHmac, timingSafeEqual } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { z } from 'zod';

/**
 * The slip a resident has in hand: its code, in a cookie only the page of slips is sent, for half an hour, never in an address.
 * Signed, so that a code gets in there only through enrolling or through `openSlip`, which counts wrong ones.
 */
const minutes = 30;
const jars = [
  { name: 'camtay.slip', path: '/my' },
  { name: 'camtay.slip.en', path: '/en/my' },
] as const;

const sign = (code: string, until: number) =>
  createHmac('sha256', process.env.AUTH_SECRET ?? '')
    .update(`slip.${code}.${until}`)
    .digest('base64url');

/** Puts a code in the resident's hand. */
export const handSlip = (code: string): Promise<void> => handSlips([code]);

/** Puts the codes of one sign-up in the resident's hand: the first one's slip is on top. */
export async function handSlips(codes: readonly string[]): Promise<void> {
  const code = codes.join('-');
  const until = Math.floor(Date.now() / 1000) + minutes * 60;
  const jar = await cookies();
  const secure = (process.env.PORTAL_URL ?? '').startsWith('https:');
  for (const { name, path } of jars)
    jar.set(name, `${code}.${until}.${sign(code, until)}`, {
      httpOnly: true,
      sameSite: 'lax',
      secure,
      path,
      maxAge: minutes * 60,
    });
}

/** The code in hand, the first of several; null when there is none, when its time is over or when it was made up. */
export async function slipInHand(): Promise<string | null> {
  return (await slipsInHand())[0] ?? null;
}

/** All codes in hand. */
export async function slipsInHand(): Promise<readonly string[]> {
  if (!process.env.AUTH_SECRET) return [];
  const jar = await cookies();
  for (const { name } of jars) {
    const [code = '', until = '', given = ''] = (jar.get(name)?.value ?? '').split('.');
    const made = Buffer.from(sign(code, Number(until)));
    const shown = Buffer.from(given);
    if (made.length === shown.length && timingSafeEqual(made, shown) && Number(until) * 1000 > Date.now())
      return code.split('-');
  }
  return [];
}

/** Takes the slip away, for phones that go back to their owner. */
export async function takeSlipBack(): Promise<void> {
  const jar = await cookies();
  for (const { name, path } of jars) jar.set(name, '', { path, maxAge: 0, httpOnly: true, sameSite: 'lax' });
}

/** Where a request came from, as the portal's own server says; `0.0.0.0` when it does not. */
export async function visitorAddress(): Promise<string> {
  const address = (await headers()).get('x-forwarded-for')?.split(',')[0]?.trim() ?? '';
  return z.union([z.ipv4(), z.ipv6()]).safeParse(address).success ? address : '0.0.0.0';
}
