import type { ScopedTx } from '@/lib/access/scoped';
import { operationsOf, worldOf, type LockedSession } from './queries';
import { changedMarks, changedOutcomes, isSameSession, settle, type Settled, type World } from './rules';

/** All that settling needs to know of the session whose lock is held. */
export type SettledSession = Pick<LockedSession, 'id' | 'areaId'>;

/** Works the register out anew from all its operations and writes what differs. The caller holds the session's lock. */
export async function resettle(tx: ScopedTx, session: SettledSession): Promise<void> {
  const world = await worldOf(tx, session.id);
  const operations = await operationsOf(tx, session.id);
  const settled = settle(
    world,
    operations.map((each) => each.operation),
  );
  await writeMarks(tx, session, world, settled);
  await writeObservations(tx, session, settled);
  await writeSession(tx, session, world, settled);
  const changed = changedOutcomes(operations, settled);
  if (changed.length > 0)
    await tx`
      update register_operation o set outcome = c.outcome, reason = c.reason
      from jsonb_to_recordset(${tx.json(changed)}) as c(id uuid, outcome text, reason text) where o.id = c.id`;
}

async function writeMarks(tx: ScopedTx, session: SettledSession, world: World, settled: Settled): Promise<void> {
  const changed = changedMarks(world, settled).map(({ markedAtMs, ...mark }) => ({
    ...mark,
    sessionId: session.id,
    areaId: session.areaId,
    markedAt: new Date(markedAtMs),
  }));
  if (changed.length === 0) return;
  await tx`
    insert into attendance ${tx(changed)}
    on conflict (session_id, person_id) do update set
      state = excluded.state, minutes_late = excluded.minutes_late, walk_in = excluded.walk_in, by_default = excluded.by_default,
      marked_at = excluded.marked_at, operation_id = excluded.operation_id, marked_by = excluded.marked_by`;
}

async function writeObservations(tx: ScopedTx, session: SettledSession, settled: Settled): Promise<void> {
  if (settled.observations.length === 0) return;
  const rows = await tx<{ id: string }[]>`select id from skill_observation where session_id = ${session.id}`;
  const known = new Set(rows.map((row) => row.id));
  const added = settled.observations
    .filter((observation) => !known.has(observation.id))
    .map(({ observedAtMs, ...observation }) => ({
      ...observation,
      source: 'session',
      sessionId: session.id,
      areaId: session.areaId,
      observedAt: new Date(observedAtMs),
    }));
  if (added.length > 0) await tx`insert into skill_observation ${tx(added)}`;
}

async function writeSession(tx: ScopedTx, session: SettledSession, world: World, settled: Settled): Promise<void> {
  const { startedAtMs, startedBy, finishedAtMs, guests } = settled;
  if (isSameSession(world, settled)) return;
  const moment = (ms: number | null) => (ms === null ? null : new Date(ms));
  await tx`
    update class_session set
      register_started_at = ${moment(startedAtMs)}, register_started_by = ${startedBy},
      register_finished_at = ${moment(finishedAtMs)}, guests = ${guests},
      status = case when ${finishedAtMs !== null} then 'held' else status end
    where id = ${session.id}`;
}
