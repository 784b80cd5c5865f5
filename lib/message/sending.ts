import { asSystem, type SystemTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import type { Channels, Handed, Letter } from './channels';
import { factsOf, type AllFacts } from './facts';
import { holdDue, type Held } from './holding';
import { isCalled, mostTries, nextWay, paid, pauseAfter, type Verdict } from './judging';
import {
  isQuiet,
  monthOf,
  monthStart,
  quietBegins,
  quietEnds,
  usualBudget,
  type MessageChannel,
  type MessagePurpose,
} from './schema';
import { textParts, wordsOf } from './templates';
import { judge } from './verdicts';

/** So long a message is its sender's without an answer; after that it is in doubt. */
const leaseMinutes = 2;
/** What waits to be told by hand is looked at again so often, whether its fact still stands. */
const lookAgainMinutes = 10;
/** A message sent is asked after at these minutes since, where its receiver answers; then no more. */
const askAfter = [10, 60, 360, 1440] as const;
const never = 60 * 24 * 3650;

/** A message on its way: what its sender holds until `recordHanded`. */
interface Outgoing {
  readonly messageId: string;
  readonly attemptId: string;
  readonly channel: MessageChannel;
  readonly letter: Letter;
}
const minutes = (from: Date, count: number) => new Date(from.getTime() + count * 60_000);

/**
 * Takes up to `most` messages that are due and settles each in this one transaction: withdrawn where its fact does not bear it any more,
 * ended where its time is over, put on the call list where no channel leads to its reader, else written down as being sent, with the very
 * words. What it is about is held meanwhile (`holdDue`): who is changing them goes first, who wants to waits those milliseconds; so what goes out is
 * true at that moment. Two senders never take the same message, nor two messages about one place at once.
 */
export async function claimDue(
  channels: Channels,
  now: Date,
  most: number,
): Promise<{ taken: number; outgoing: readonly Outgoing[] }> {
  return asSystem('messages: take what is due', async (tx) => {
    const { held, busy } = await holdDue(tx, now, most);
    // After the locks: a statement sees what was committed before it began.
    const facts = await factsOf(
      tx,
      held.map(({ id }) => id),
      now,
    );
    const outgoing: Outgoing[] = [];
    const taken = new Set<string>();
    const inOrder = held.toSorted(
      (one, other) => (facts.get(one.id)?.unitId ?? 0) - (facts.get(other.id)?.unitId ?? 0),
    );
    for (const one of inOrder) {
      const known = facts.get(one.id);
      if (!known) continue;
      // Of two about the same changes, or to one helper, the second is judged after the first went out.
      const again = one.inTurn !== null && taken.has(one.inTurn);
      if (one.inTurn !== null) taken.add(one.inTurn);
      const letter =
        again || busy.has(one.id)
          ? await wait(tx, one, minutes(now, 1))
          : await settle(tx, one, known, { channels, now });
      if (letter) outgoing.push(letter);
    }
    return { taken: held.length, outgoing };
  });
}

async function settle(
  tx: SystemTx,
  one: Held,
  f: AllFacts,
  { channels, now }: { channels: Channels; now: Date },
): Promise<Outgoing | null> {
  if (one.expiresAt <= now) return end(tx, one, 'expired', null, now);
  const verdict = judge(f, now);
  if ('withdraw' in verdict) return end(tx, one, 'withdrawn', verdict.withdraw, now);
  if ('wait' in verdict) return wait(tx, one, minutes(now, verdict.wait === 'pending' ? 1 : 10));
  if (one.state === 'to_call') return wait(tx, one, minutes(now, lookAgainMinutes));
  const text = wordsOf(verdict.tell) ?? '';
  let way = nextWay(f, channels);
  if ('by' in way && isQuiet(now)) return wait(tx, one, quietEnds(now));
  const again = f.doubt !== null;
  const cost = (channel: MessageChannel) =>
    again || !paid.includes(channel) ? 0 : channel === 'sms' ? textParts(text) : 1;
  if ('by' in way && cost(way.by) > 0 && !(await payFor(tx, f.unitId, cost(way.by), now)))
    way = nextWay(f, channels, true);
  if ('none' in way) return end(tx, one, 'unsent', way.none, now);
  if ('hand' in way) {
    await tx`
      update message set state = 'to_call', why = ${way.hand}, due_at = ${minutes(now, lookAgainMinutes)} where id = ${one.id}`;
    return null;
  }
  const attemptId = newId();
  await tx`
    insert into message_attempt (id, message_id, area_id, channel, parts, at)
    values (${attemptId}, ${one.id}, ${one.areaId}, ${way.by}, ${cost(way.by)}, ${now})`;
  await depart(tx, one, way.by, verdict, minutes(now, leaseMinutes));
  const notAfter = new Date(Math.min(one.expiresAt.getTime(), quietBegins(now).getTime()));
  return { messageId: one.id, attemptId, channel: way.by, letter: { key: one.id, to: way.to, text, notAfter } };
}

const depart = (
  tx: SystemTx,
  one: Held,
  channel: MessageChannel,
  { tell, toldTo, askIds }: Extract<Verdict, { tell: unknown }>,
  until: Date,
) => tx`
  update message set state = 'sending', why = null, channel = ${channel}, tries = tries + 1, lease_until = ${until},
    template = ${tell.template}, version = ${tell.version}, values = ${tx.json(tell.values as never)}, told_to = ${toldTo},
    ask_ids = coalesce(${askIds ? [...askIds] : null}::uuid[], ask_ids)
  where id = ${one.id}`;

async function wait(tx: SystemTx, one: Held, until: Date): Promise<null> {
  await tx`update message set due_at = ${until} where id = ${one.id}`;
  return null;
}

async function end(
  tx: SystemTx,
  one: Held,
  state: 'expired' | 'withdrawn' | 'unsent',
  why: string | null,
  now: Date,
): Promise<null> {
  await tx`update message set state = ${state}, why = ${why}, settled_at = ${now} where id = ${one.id}`;
  return null;
}

/** Takes from the unit's budget of the month, in one statement; false where it does not reach. */
async function payFor(tx: SystemTx, unitId: number, parts: number, now: Date): Promise<boolean> {
  const month = monthStart(monthOf(now));
  await tx`insert into message_budget (area_id, month) values (${unitId}, ${month}) on conflict do nothing`;
  const paidFor = await tx`
    update message_budget set used = used + ${parts}
    where area_id = ${unitId} and month = ${month} and used + ${parts} <= coalesce(allowed, ${usualBudget})`;
  return paidFor.count > 0;
}

/**
 * Writes down what a channel said of a message. An answer that comes after the message was given up for dead changes nothing. What was not
 * taken is given back to the budget.
 */
export async function recordHanded(
  { messageId, attemptId, channel }: Outgoing,
  handed: Handed,
  channels: Channels,
  now: Date,
): Promise<void> {
  await asSystem('messages: what became of one', async (tx) => {
    await close(tx, { messageId, attemptId, dedupes: channels[channel]?.dedupes ?? false }, handed, now);
  });
}

async function close(
  tx: SystemTx,
  { messageId, attemptId, dedupes }: { messageId: string; attemptId: string; dedupes: boolean },
  { outcome, answer }: Handed,
  now: Date,
): Promise<void> {
  const [message] = await tx<{ purpose: MessagePurpose; tries: number; unitId: number }[]>`
    select purpose, tries, unit_id from message where id = ${messageId} and state = 'sending' for update`;
  const [ended] = await tx<{ parts: number; at: Date }[]>`
    update message_attempt set outcome = ${outcome}, answer = ${answer}, ended_at = ${now} where id = ${attemptId} and outcome = 'sending' returning parts, at`;
  if (!message || !ended) return;
  if (ended.parts > 0 && (outcome === 'refused' || outcome === 'later'))
    await tx`
      update message_budget set used = greatest(0, used - ${ended.parts}) where area_id = ${message.unitId} and month = ${monthStart(monthOf(ended.at))}`;
  const next = nextState(message, outcome, dedupes, now);
  await tx`
    update message set lease_until = null, state = ${next.state}, why = ${next.why ?? null}, due_at = ${next.dueAt ?? now},
      settled_at = ${next.state === 'delivered' || next.state === 'unsent' ? now : null}, tries = ${next.tries ?? message.tries}
    where id = ${messageId}`;
}

interface Next {
  readonly state: 'sent' | 'delivered' | 'waiting' | 'to_call' | 'unsent';
  readonly why?: string;
  readonly dueAt?: Date;
  readonly tries?: number;
}

/** Where a message goes after an answer. Nothing said, and no promise about keys: it is never sent again, somebody asks. */
function nextState(
  { purpose, tries }: { purpose: MessagePurpose; tries: number },
  outcome: Handed['outcome'],
  dedupes: boolean,
  now: Date,
): Next {
  if (outcome === 'delivered') return { state: 'delivered' };
  if (outcome === 'accepted') return { state: 'sent', dueAt: minutes(now, askAfter[0]) };
  if (outcome === 'refused') return { state: 'waiting', tries: 0 };
  if (outcome === 'unknown' && !(dedupes && tries < mostTries))
    return isCalled(purpose)
      ? { state: 'to_call', why: 'inDoubt', dueAt: minutes(now, lookAgainMinutes) }
      : { state: 'unsent', why: 'inDoubt' };
  return tries < mostTries
    ? { state: 'waiting', dueAt: minutes(now, pauseAfter(tries)) }
    : { state: 'waiting', tries: 0 };
}

/** Messages whose sender died between sending and writing it down: nobody knows, and they are treated so. Says how many. */
export async function takeOverFromTheDead(channels: Channels, now: Date): Promise<number> {
  return asSystem('messages: of senders that died', async (tx) => {
    const dead = await tx<{ messageId: string; attemptId: string; channel: MessageChannel }[]>`
      select m.id as message_id, a.id as attempt_id, a.channel from message m join message_attempt a on a.message_id = m.id and a.outcome = 'sending'
      where m.state = 'sending' and m.lease_until <= ${now} limit 200 for update of m skip locked`;
    for (const { messageId, attemptId, channel } of dead)
      await close(
        tx,
        { messageId, attemptId, dedupes: channels[channel]?.dedupes ?? false },
        { outcome: 'unknown', answer: 'senderGone' },
        now,
      );
    return dead.length;
  });
}

interface Sent {
  readonly id: string;
  readonly channel: MessageChannel;
  readonly sentAt: Date;
}

/**
 * Asks the receivers that answer what became of messages sent within a day; what could not be delivered goes on down the ladder. Says how
 * many were asked after.
 */
export async function askAfterSent(channels: Channels, now: Date): Promise<number> {
  const asked = Object.entries(channels).flatMap(([name, channel]) => (channel.ask ? [name] : []));
  if (asked.length === 0) return 0;
  const due = await asSystem(
    'messages: what became of those sent',
    (tx) => tx<Sent[]>`
      update message m set due_at = ${minutes(now, askAfter[0])} from (
        select m.id, m.channel, (select max(a.at) from message_attempt a where a.message_id = m.id) as sent_at from message m
        where m.state = 'sent' and m.due_at <= ${now} and m.channel in ${tx(asked)} order by m.due_at limit 100 for update skip locked) d
      where m.id = d.id returning d.id, d.channel, d.sent_at`,
  );
  for (const one of due) {
    const said = (await channels[one.channel]?.ask?.(one.id)) ?? null;
    await asSystem('messages: what became of one', (tx) => heard(tx, one, said, now));
  }
  return due.length;
}

async function heard(
  tx: SystemTx,
  { id, sentAt }: Sent,
  said: 'delivered' | 'failed' | null,
  now: Date,
): Promise<void> {
  if (said === 'delivered') {
    await tx`update message set state = 'delivered', settled_at = ${now} where id = ${id} and state = 'sent'`;
    return;
  }
  const age = (now.getTime() - sentAt.getTime()) / 60_000;
  const next = askAfter.find((after) => after > age);
  if (said === null) {
    await tx`
      update message set due_at = ${minutes(sentAt, next ?? never)} where id = ${id} and state = 'sent'`;
    return;
  }
  const back =
    await tx`update message set state = 'waiting', due_at = ${now}, tries = 0 where id = ${id} and state = 'sent'`;
  if (back.count === 0) return;
  await tx`
    update message_attempt set outcome = 'refused', answer = 'failed' where id = (
      select id from message_attempt where message_id = ${id} and outcome = 'accepted' order by at desc limit 1)`;
}
