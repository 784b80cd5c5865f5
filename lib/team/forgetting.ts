import { asSystem } from '@/lib/access/scoped';
import { log } from '@/lib/kernel/log';

/** So many days after the session, or after somebody left, what is said here is of no more use. */
const keptOfHelpers = 30;

/**
 * Forgets of helpers what was of use for a while: why somebody could not come (it may be an illness) once the session is a month behind, and how somebody is told (an address, a wrong
 * number) a month after they left. That they could not come stays. Says of how many.
 */
export async function forgetOfHelpers(): Promise<number> {
  return asSystem('helpers: forget why they could not come, and how those who left were told', async (tx) => {
    const reasons = await tx`
      update session_helper set reason = '' where reason <> '' and state = 'no' and ends_at < now() - make_interval(days => ${keptOfHelpers})`;
    const choices = await tx`
      delete from member_choice c using team_member m
      where m.id = c.member_id and m.left_on < (now() - make_interval(days => ${keptOfHelpers}))::date`;
    return reasons.count + choices.count;
  });
}

type Loop = typeof globalThis & { camtayHelpers?: true };

/** Forgets once an hour, for the life of the process; trouble is logged and it tries again the next hour. */
export function keepHelpersForgotten(): void {
  const held: Loop = globalThis;
  if (held.camtayHelpers) return;
  held.camtayHelpers = true;
  const turn = async () => {
    await forgetOfHelpers().catch((error: unknown) =>
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'what helpers said not forgotten'),
    );
    setTimeout(() => void turn(), 3_600_000).unref();
  };
  setTimeout(() => void turn(), 120_000).unref();
}
