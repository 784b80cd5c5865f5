import { cameStates } from '@/lib/register/rules';
import { fold } from '@/lib/kernel/text';
import type { Factors, OwnSession, StampDomain } from './schema';

/** Wrong tries within a month after which a card opens no more: then somebody of the staff makes another. */
export const mostWrong = 5;

/** The name left of somebody who withdrew: the register's facts keep their place, nobody keeps the person. */
export const withdrawnName = 'Người học đã rút đồng ý';

/** What is known of a card's holder that can be asked for. */
export interface Known {
  readonly birthYear: number | null;
  readonly phone: string | null;
  readonly givenName: string;
  readonly nameFolded: string;
}

/**
 * Weighs what was typed against what is known. Usually one of year and phone is enough, and the given name where neither is known
 * (it stands on the card, so it is the last resort). `strict`, after many wrong tries from one place, asks for all there is:
 * both, or one and the name, or the whole name. `more` is right as far as it goes.
 */
export function weigh(typed: Factors, known: Known | null, strict: boolean): 'right' | 'more' | 'wrong' {
  if (known === null) return 'wrong';
  const year = typed.birthYear === undefined || known.birthYear === null ? [] : [typed.birthYear === known.birthYear];
  const digits = typed.digits === '' || known.phone === null ? [] : [typed.digits === known.phone.slice(-3)];
  const said = [...year, ...digits];
  const name = fold(typed.name);
  const named = name !== '' && name.split(' ').at(-1) === fold(known.givenName);
  const there = Number(known.birthYear !== null) + Number(known.phone !== null);
  if (there === 0) {
    if (!named) return 'wrong';
    return !strict || name === known.nameFolded ? 'right' : 'more';
  }
  if (said.length === 0 || said.includes(false)) return 'wrong';
  if (!strict || said.length === 2) return 'right';
  if (there === 2 || name === '') return 'more';
  return named ? 'right' : 'wrong';
}

const excuseMs = 3 * 86_400_000;

/**
 * Whether one may still excuse oneself from a session: before it and up to three days after, unless it does not take place or
 * somebody recorded that one came.
 */
export function mayExcuse(
  session: Pick<OwnSession, 'endsAt' | 'status' | 'state' | 'byDefault' | 'finished'>,
  now: Date,
): boolean {
  if (session.status !== 'published' && session.status !== 'held') return false;
  if (session.endsAt.getTime() + excuseMs <= now.getTime() || session.state === 'excused') return false;
  const came = session.state !== null && cameStates.includes(session.state);
  return !came || (session.byDefault && !session.finished);
}

/** How many stamps there are, and of how many. */
export function countStamps(domains: readonly StampDomain[]): { filled: number; of: number } {
  const all = domains.flatMap(({ stamps }) => stamps);
  return { filled: all.filter(({ since }) => since !== null).length, of: all.length };
}

/** A card's code as it is printed and read out: three groups of three. */
export const groupsOf = (code: string): readonly string[] => code.match(/.{3}/g) ?? [code];
