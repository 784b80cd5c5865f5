import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';
import { forbidden, notFound, redirect, unstable_rethrow } from 'next/navigation';
import { cache } from 'react';
import type { z } from 'zod';
import type { Capability } from '@/db/capabilities';
import { getPathname } from '@/lib/i18n/navigation';
import { addressId, fieldsOf, problemsOf } from '@/lib/kernel/input';
import { log } from '@/lib/kernel/log';
import { networkOf } from '@/lib/kernel/network';
import { isRefusal, type FormState, type Refusal } from '@/lib/kernel/result';
import { turnTaking } from '@/lib/kernel/turns';
import { givenTo, languageAsked, refusal, unlessKnown } from './exchange';
import {
  openScoped,
  presentCard,
  recordOutsideReading,
  recordOwnReading,
  recordReading,
  type Caller,
  type RecordTx,
  type ScopedTx,
} from './scoped';
import { sessionToken } from './sign-in';
import { cardInHand, visitorAddress } from './slip';

/** Who may come in: everybody, whoever signed in, or holders of a capability (in at least one area; rows decide where). */
export type May = 'public' | 'signedIn' | Capability;

type Mode = 'read only' | 'read write';
type Entry<R> = { let: 'in'; result: R } | { let: 'signIn' } | { let: 'forbidden' };

/** Thrown inside a transaction to undo it and say no all the same. */
class Undo extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.refused);
  }
}

async function enterPublic<R>(mode: Mode, work: (tx: ScopedTx, caller: null) => Promise<R>): Promise<R> {
  return openScoped(mode, 'camtay_public', '', (tx) => work(tx, null));
}

async function enterSigned<R>(
  mode: Mode,
  may: Exclude<May, 'public'>,
  work: (tx: ScopedTx, caller: Caller) => Promise<R>,
): Promise<Entry<R>> {
  const token = await sessionToken();
  return token ? enterWith(token, mode, may, work) : { let: 'signIn' };
}

function enterWith<R>(
  token: string,
  mode: Mode,
  may: Exclude<May, 'public'>,
  work: (tx: ScopedTx, caller: Caller) => Promise<R>,
): Promise<Entry<R>> {
  return openScoped<Entry<R>>(mode, 'camtay_app', token, async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) return { let: 'signIn' };
    if (may !== 'signedIn' && !row.caller.capabilities.includes(may)) return { let: 'forbidden' };
    return { let: 'in', result: await work(tx, row.caller) };
  });
}

/** Turns away with the page that says why; coming back from sign-in leads to where one was going. */
async function turnAway(entry: { let: 'signIn' } | { let: 'forbidden' }): Promise<never> {
  if (entry.let === 'forbidden') forbidden();
  const [given, locale] = await Promise.all([headers(), languageAsked()]);
  const wanted = (given.get('x-portal-path') ?? '').replace(/^\/en(?=\/|$)/, '');
  const href = wanted.startsWith('/') ? { pathname: '/sign-in', query: { next: wanted } } : '/sign-in';
  return redirect(getPathname({ href, locale }));
}

/** The short id in an address; what can be none is not found, before anything is asked of the database. */
export function idInAddress(id: string): string {
  const known = addressId.safeParse(id);
  return known.success ? known.data : notFound();
}

/**
 * Shows a page: one read-only transaction, so that its totals agree, under the caller's own rows. Sends to sign-in or to the
 * "not yours" page by itself. Public pages get no caller and no rows of people.
 */
export async function read<R>(may: 'public', work: (tx: ScopedTx, caller: null) => Promise<R>): Promise<R>;
export async function read<R>(
  may: Exclude<May, 'public'>,
  work: (tx: ScopedTx, caller: Caller) => Promise<R>,
): Promise<R>;
export async function read<R>(may: May, work: (tx: ScopedTx, caller: Caller & null) => Promise<R>): Promise<R> {
  if (may === 'public') return enterPublic('read only', work as (tx: ScopedTx, caller: null) => Promise<R>);
  const entry = await enterSigned('read only', may, work as (tx: ScopedTx, caller: Caller) => Promise<R>);
  return entry.let === 'in' ? entry.result : turnAway(entry);
}

/** Who is signed in, for the frame around a page: name and menu. Never a check; each page asks its own door. */
export const signedInCaller = cache(async (): Promise<Caller | null> => {
  const entry = await enterSigned('read only', 'signedIn', async (_tx, caller) => caller);
  return entry.let === 'in' ? entry.result : null;
});

/** Who has just signed in, in the very request that did it: its cookie is read from the next one on. */
export async function callerHolding(token: string): Promise<Caller | null> {
  const entry = await enterWith(token, 'read only', 'signedIn', async (_tx, caller) => caller);
  return entry.let === 'in' ? entry.result : null;
}

/** Shows a person's record, or some beside each other: writes down who read whose and what for, in the transaction that reads. */
export async function readRecord<R>(
  may: Capability,
  person: string | readonly [string, string],
  purpose: string,
  work: (tx: RecordTx, caller: Caller) => Promise<R>,
): Promise<R> {
  const entry = await enterSigned('read write', may, async (tx, caller) =>
    work(await recordReading(tx, caller, person, purpose), caller),
  );
  return entry.let === 'in' ? entry.result : turnAway(entry);
}

/** The same of many at once: `whom` finds whose, among what the reader sees; written down before they are read. */
export async function readRecords<R>(
  may: Capability,
  purpose: string,
  whom: (tx: ScopedTx) => Promise<readonly string[]>,
  work: (tx: RecordTx, caller: Caller) => Promise<R>,
): Promise<R> {
  const entry = await enterSigned('read write', may, async (tx, caller) =>
    work(await recordReading(tx, caller, await whom(tx), purpose), caller),
  );
  return entry.let === 'in' ? entry.result : turnAway(entry);
}

/**
 * Shows the record of somebody of another unit, by the id of the reading or the referral that allows it: written down in the transaction that
 * reads, and by the wall itself not to be read without that. Not found once the right has ended.
 */
export async function readOutside<R>(
  may: Capability,
  rightId: string,
  work: (tx: RecordTx, personId: string, kind: 'reading' | 'referral', caller: Caller) => Promise<R>,
): Promise<R> {
  const entry = await enterSigned('read write', may, async (tx, caller) => {
    const right = await recordOutsideReading(tx, caller, rightId);
    return right ? work(right.tx, right.personId, right.kind, caller) : notFound();
  });
  return entry.let === 'in' ? entry.result : turnAway(entry);
}

/**
 * Shows learners their own record: the card in hand opens just that person for one transaction, in which the reading is written
 * down. Null without a card in hand, or when it stands no more.
 */
export async function readOwn<R>(
  purpose: string,
  work: (tx: RecordTx, personId: string) => Promise<R>,
): Promise<R | null> {
  const code = await cardInHand();
  if (!code) return null;
  return openScoped('read write', 'camtay_public', '', async (tx) => {
    const personId = await presentCard(tx, code);
    return personId ? work(await recordOwnReading(tx, personId, purpose), personId) : null;
  });
}

/** Where to go once the act is done: a path of the portal without language prefix. */
export interface Done {
  readonly goTo: string;
}

type Before<S extends z.ZodType> = (input: z.output<S>, caller: Caller) => Promise<Refusal | null>;
type Work<S extends z.ZodType, C> = (tx: ScopedTx, input: z.output<S>, caller: C) => Promise<Refusal | Done>;
type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

/**
 * Sends a form: parses it, opens one transaction and does the work. Refusals come back at their fields with everything typed
 * and nothing written; success ends in a redirect, so that reloading never sends twice. `before` runs first and outside the
 * transaction, for what must be kept even when it is refused (counting wrong passwords). `file` names the one field that may
 * hold a file; files sent in any other are dropped. `inTurn`, for forms that anybody may send by the thousand, makes the networks
 * they come from take turns before a connection is taken.
 */
export function action<S extends z.ZodType>(
  def: { may: 'public'; input: S; inTurn?: true },
  work: Work<S, null>,
): FormAction;
export function action<S extends z.ZodType>(
  def: { may: Exclude<May, 'public'>; input: S; before?: Before<S>; file?: string },
  work: Work<S, Caller>,
): FormAction;
export function action<S extends z.ZodType>(
  {
    may,
    input: schema,
    before,
    file,
    inTurn = false,
  }: { may: May; input: S; before?: Before<S>; file?: string; inTurn?: boolean },
  work: Work<S, Caller & null>,
): FormAction {
  return form(schema, file, async (input) => {
    // Who may not come in learns that first, not what is wrong with the form.
    if (input === null) return perform(may, async () => ({ refused: 'wrong' }));
    if (before && may !== 'public') {
      const entry = await enterSigned('read only', may, async (_tx, caller) => caller);
      if (entry.let !== 'in') return entry;
      const refusal = await before(input, entry.result);
      if (refusal) return refusal;
    }
    const go = () => perform(may, (tx, caller) => work(tx, input, caller));
    return inTurn ? takingTurns(networkOf(await visitorAddress()) ?? randomUUID(), go) : go();
  });
}

/**
 * At most half of the pool's connections: what waits in the database for the turn of its network or for its class would else take
 * all of them, and everybody's pages would wait with it.
 */
const takingTurns = turnTaking(5);

/** The form of sign-in and sign-out, which happen before there is a caller: parsed and answered like any, in no transaction. */
export function entrance<S extends z.ZodType>(
  input: S,
  work: (input: z.output<S>) => Promise<Refusal | Done>,
): FormAction {
  return form(input, undefined, async (typed) => (typed === null ? { refused: 'wrong' } : work(typed)));
}

/** What all forms share: parse, perform (with null when what was typed is wrong), and answer. */
function form<S extends z.ZodType>(
  input: S,
  file: string | undefined,
  perform: (typed: z.output<S> | null) => Promise<Outcome>,
): FormAction {
  return async (_before, sent) => {
    const fields = fieldsOf(sent);
    const values = echoOf(fields);
    const typed = input.safeParse(file === undefined ? fields : { ...fields, [file]: sent.get(file) });
    const outcome = await perform(typed.success ? typed.data : null);
    if ('let' in outcome) return turnAway(outcome);
    if (!typed.success) return { errors: problemsOf(typed.error), values };
    if (isRefusal(outcome)) return { errors: { [outcome.field ?? 'form']: outcome.refused }, values };
    return redirect(getPathname({ href: outcome.goTo, locale: await languageAsked() }));
  };
}

/** What was typed, to be shown again; passwords never travel back. */
function echoOf(fields: Record<string, string | string[]>): Record<string, string> {
  const open = Object.entries(fields).filter(([name]) => !/password/i.test(name));
  return Object.fromEntries(open.map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]));
}

type Outcome = Refusal | Done | { let: 'signIn' } | { let: 'forbidden' };

async function perform(
  may: May,
  work: (tx: ScopedTx, caller: Caller & null) => Promise<Refusal | Done>,
): Promise<Outcome> {
  const orUndo = async (outcome: Promise<Refusal | Done>) => {
    const done = await outcome;
    if (isRefusal(done) && !done.kept) throw new Undo(done);
    return done;
  };
  try {
    if (may === 'public')
      return await enterPublic('read write', (tx, caller) => orUndo(work(tx, caller as Caller & null)));
    const entry = await enterSigned('read write', may, (tx, caller) => orUndo(work(tx, caller as Caller & null)));
    return entry.let === 'in' ? entry.result : entry;
  } catch (error) {
    if (error instanceof Undo) return error.refusal;
    throw error;
  }
}

const statusOf: Record<string, number> = {
  signIn: 401,
  forbidden: 403,
  notFound: 404,
  noSuchClass: 404,
  noSuchArea: 404,
  noSuchRecording: 404,
};

/** What stands in the address itself comes from Next. */
type Route = (request: Request, context?: { params: Promise<object> }) => Promise<Response>;
type Answer<S extends z.ZodType, C> = (
  tx: ScopedTx,
  input: z.output<S>,
  caller: C,
  request: Request,
) => Promise<Refusal | object>;

/**
 * A stable address for programs: JSON in, JSON out, or whatever `Response` the work makes (a calendar, a sound). 400 with the
 * message key per field, 401, 403, 404 (out of sight), 413; never a page. Outside /api/ the same is said in words, since people may
 * open such an address. Reading takes its input from the query and the address; a reader who has the answer (ETag) gets 304.
 * Posts from other sites are refused.
 */
export function endpoint<S extends z.ZodType>(
  def: { may: 'public'; input: S; writes: false },
  work: Answer<S, null>,
): Route;
export function endpoint<S extends z.ZodType>(
  def: { may: Exclude<May, 'public'>; input: S; writes: boolean },
  work: Answer<S, Caller>,
): Route;
export function endpoint<S extends z.ZodType>(
  def: { may: May; input: S; writes: boolean },
  work: Answer<S, Caller & null>,
): Route {
  return async (request, context) => {
    const foreign = request.headers.get('sec-fetch-site');
    if (def.writes && foreign && foreign !== 'same-origin' && foreign !== 'none')
      return refusal(request, 403, { error: 'forbidden' });
    const given = await givenTo(request, def.writes);
    if (given === 'tooLong') return refusal(request, 413, { error: 'tooLong' });
    const typed = def.input.safeParse(def.writes ? given : { ...Object(given), ...(await context?.params) });
    try {
      const answer = async (tx: ScopedTx, caller: Caller | null) => {
        if (!typed.success) return { refused: 'wrong' };
        const done = await work(tx, typed.data, caller as Caller & null, request);
        if (isRefusal(done)) throw new Undo(done);
        return done;
      };
      const mode = def.writes ? 'read write' : 'read only';
      const entry: Entry<object> =
        def.may === 'public'
          ? { let: 'in', result: await enterPublic(mode, answer) }
          : await enterSigned(mode, def.may, answer);
      if (entry.let !== 'in') return await refusal(request, statusOf[entry.let] ?? 403, { error: entry.let });
      if (!typed.success) return await refusal(request, 400, { error: 'wrong', fields: problemsOf(typed.error) });
      return entry.result instanceof Response
        ? unlessKnown(request, entry.result)
        : Response.json(entry.result, { headers: { 'cache-control': 'no-store' } });
    } catch (error) {
      if (error instanceof Undo)
        return refusal(request, statusOf[error.refusal.refused] ?? 409, { error: error.refusal.refused });
      unstable_rethrow(error);
      log.error(
        { route: new URL(request.url).pathname, error: error instanceof Error ? error.name : 'unknown' },
        'endpoint failed',
      );
      return refusal(request, 500, { error: 'ours' });
    }
  };
}
