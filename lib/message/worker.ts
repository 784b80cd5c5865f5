import { asSystem } from '@/lib/access/scoped';
import { log } from '@/lib/kernel/log';
import { channelsGiven, type Channels } from './channels';
import { planReminders } from './planning';
import { askAfterSent, claimDue, recordHanded, takeOverFromTheDead } from './sending';

/** So many are on their way at once from one process. */
const atOnce = 10;
/** Values of a message stay so long after its end, and the line itself so long. */
const keptDays = { values: 90, line: 400 } as const;

/**
 * Settles all that is due at this moment and hands over what may go out, a few at a time; says how many messages it held. What a channel
 * throws is an answer nobody understands.
 */
export async function sendDue(channels: Channels, now: () => Date): Promise<number> {
  let held = 0;
  for (;;) {
    const { taken, outgoing } = await claimDue(channels, now(), atOnce);
    await Promise.all(
      outgoing.map(async (one) => {
        const handed = await (channels[one.channel]?.hand(one.letter).catch(() => null) ?? null);
        await recordHanded(one, handed ?? { outcome: 'unknown', answer: 'threw' }, channels, now());
      }),
    );
    held += taken;
    if (taken === 0) return held;
  }
}

/** Forgets what messages said after a while, and in the end that they were. */
export async function forgetMessages(now: Date): Promise<void> {
  await asSystem('messages: forget the old ones', async (tx) => {
    await tx`
      update message set values = null where values is not null and made_at < ${now}::timestamptz - make_interval(days => ${keptDays.values})
        and state not in ('waiting', 'sending', 'to_call')`;
    await tx`
      delete from message where made_at < ${now}::timestamptz - make_interval(days => ${keptDays.line}) and state not in ('waiting', 'sending', 'to_call')`;
  });
}

/** Places of the demo world say so in their names: whatever the settings, nothing is sent from a database that holds it. */
export async function isDemoWorld(): Promise<boolean> {
  return asSystem('messages: is this the demo', async (tx) => {
    const [row] = await tx<
      { demo: boolean }[]
    >`select exists (select from area where kind = 'village' and name_vi like '%(demo)%') as demo`;
    return row?.demo ?? true;
  });
}

type Loop = typeof globalThis & { camtayMessages?: true };

/**
 * Keeps messages going for as long as the process lives: looks every five seconds, writes reminders down every five minutes, survives errors,
 * never delays the exit. Each process does; none takes what another has.
 */
export function keepMessagesGoing(): void {
  const loop: Loop = globalThis;
  if (loop.camtayMessages) return;
  loop.camtayMessages = true;
  let pause = 5000;
  let planned = 0;
  let forgotten = 0;
  const given = channelsGiven(process.env);
  const turn = async () => {
    try {
      const now = new Date();
      const channels = Object.keys(given).length > 0 && (await isDemoWorld()) ? {} : given;
      if (now.getTime() - planned > 300_000) {
        await planReminders(now);
        planned = now.getTime();
      }
      await takeOverFromTheDead(channels, now);
      await sendDue(channels, () => new Date());
      await askAfterSent(channels, new Date());
      if (now.getTime() - forgotten > 3_600_000) {
        await forgetMessages(now);
        forgotten = now.getTime();
      }
      pause = 5000;
    } catch (error) {
      pause = Math.min(300_000, pause * 2);
      log.error({ error: error instanceof Error ? error.name : 'unknown', pause }, 'messages not looked after');
    }
    setTimeout(() => void turn(), pause).unref();
  };
  setTimeout(() => void turn(), 4000).unref();
}
