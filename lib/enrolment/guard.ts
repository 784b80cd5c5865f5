import { createHmac, timingSafeEqual } from 'node:crypto';
import { asSystem, type SystemTx } from '@/lib/access/scoped';
import { networkOf } from '@/lib/kernel/network';
import { activeStates, guardLimits } from './rules';

/**
 * Against fake sign-ups, without puzzles and without refusing anybody: a form that was looked at for a moment, few places on one
 * phone, and unconfirmed places for what looks unnatural. Time is given, so that ten minutes can be simulated.
 */

const keyed = (what: string) =>
  createHmac('sha256', process.env.AUTH_SECRET ?? '')
    .update(what)
    .digest('base64url');

const soonestMs = 3000;
const latestMs = 12 * 3_600_000;
const secondsOf = (now: Date) => Math.floor(now.getTime() / 1000).toString(36);

/** Marks a form as ours: for which class and when it was rendered. The page may be shared for some seconds. */
export function stampFor(classId: string, now: Date): string {
  const at = secondsOf(now);
  return `${at}.${keyed(`form.${classId}.${at}`)}`;
}

/** Whether a form sent back now is one that somebody had time to fill in: `tooQuick` with its own stamp, `formTooOld` otherwise. */
export function checkStamp(stamp: string, classId: string, now: Date): 'tooQuick' | 'formTooOld' | null {
  const [at = ''] = stamp.split('.', 1);
  const [given, made] = [Buffer.from(stamp), Buffer.from(`${at}.${keyed(`form.${classId}.${at}`)}`)];
  if (given.length !== made.length || !timingSafeEqual(given, made)) return 'formTooOld';
  const age = now.getTime() - Number.parseInt(at, 36) * 1000;
  if (age > latestMs) return 'formTooOld';
  return age < soonestMs ? 'tooQuick' : null;
}

/** Who sends a form from the web, as far as the guard asks. */
export interface Sender {
  /** The keyed hash of the network; null where the address says nothing (this machine itself, or none given). */
  readonly network: string | null;
  readonly now: Date;
}

/** The sender behind an address: its /24 or /64, hashed with the portal's key. */
export function senderFrom(address: string, now: Date): Sender {
  const network = networkOf(address);
  return { network: network === null ? null : keyed(`network.${network}`), now };
}

/** Active places each of these phones holds, everywhere and in this class. The phones' turns are taken before. */
export async function placesOfPhones(tx: SystemTx, classId: string, phones: readonly string[]) {
  if (phones.length === 0) return [];
  return tx<{ phone: string; everywhere: number; here: number }[]>`
    select f.phone, count(*)::integer as everywhere, (count(*) filter (where e.class_id = ${classId}))::integer as here
    from person_phone f join enrolment e on e.person_id = f.person_id and e.status in ${tx(activeStates)}
      join class c on c.id = e.class_id and c.last_ends_at > now()
    where f.phone in ${tx(phones)} group by f.phone`;
}

/**
 * Why sign-ups of so many people look unnatural just now, if they do. Who already looked so by network does not count for the
 * class: otherwise one network could make everybody else look unnatural. The network's turn is taken before.
 */
export async function looksUnnatural(
  tx: SystemTx,
  classId: string,
  people: number,
  { network, now }: Sender,
): Promise<'network' | 'class' | null> {
  const since = new Date(now.getTime() - guardLimits.minutes * 60_000);
  const [seen] = await tx<{ near: number; nearHere: number; here: number }[]>`
    select (select count(*) from (select from signup_sighting s where s.network = ${network} and s.at > ${since}
        limit ${guardLimits.network + 1}) n)::integer as near,
      (select count(*) from (select s.class_id from signup_sighting s where s.network = ${network} and s.at > ${since}
        limit ${guardLimits.network + 1}) n where n.class_id = ${classId})::integer as near_here,
      (select count(*) from (select from signup_sighting s where s.class_id = ${classId} and s.why is distinct from 'network'
        and s.at > ${since} limit ${guardLimits.inClass + 1}) n)::integer as here`;
  if (!seen) throw new Error('a select without from gave no row');
  if (seen.near + people > guardLimits.network || seen.nearHere + people > guardLimits.networkInClass) return 'network';
  return seen.here + people > guardLimits.inClass ? 'class' : null;
}

/** Notes what was seen, for two days. */
export async function noteSightings(
  tx: SystemTx,
  classId: string,
  enrolmentIds: readonly string[],
  { network, now }: Sender,
  why: 'network' | 'class' | null,
): Promise<void> {
  await tx`
    insert into signup_sighting (enrolment_id, class_id, network, why, at)
    select id::uuid, ${classId}, ${network}, ${why}, ${now} from unnest(${enrolmentIds as string[]}::text[]) id`;
}

/** Until when a place that looks unnatural waits for somebody to vouch for it. */
export const unconfirmedUntil = ({ now }: Sender) => new Date(now.getTime() + guardLimits.hours * 3_600_000);

/** Takes away what is older than two days. */
export async function forgetNetworks(now: Date): Promise<number> {
  const before = new Date(now.getTime() - 2 * 86_400_000);
  return asSystem('sign-ups: forget networks', async (tx) => {
    const gone = await tx`delete from signup_sighting where at < ${before}`;
    return gone.count;
  });
}
