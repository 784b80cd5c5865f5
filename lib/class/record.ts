import { refusedBy, type Caller, type ScopedTx } from '@/lib/access/scoped';
import type { ReservedGroup } from '@/lib/enrolment/schema';
import { fold } from '@/lib/kernel/text';
import { classSearchWords } from './queries';
import type { ClassStatus } from './schema';

/** Only the doors' transactions carry a caller's rows; `Staff` is who signed in. */
export type Staff = Pick<Caller, 'accountId'>;

export async function audit(
  tx: ScopedTx,
  caller: Staff,
  action: string,
  subject: Subject,
  details: object,
): Promise<void> {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, ${action}, ${subject.kind}, ${subject.id}, ${subject.areaId}, ${tx.json({ ...details })})`;
}
type Subject = { kind: 'class' | 'class_session' | 'area'; id: string; areaId: number };

/** Two sessions would meet at one venue: the database's own refusal. */
export const isExclusion = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '23P01';

/** The team is closed, perhaps only at this moment: the database's own refusal of whatever is new for it. */
export const isTeamClosed = (error: unknown) => refusedBy(error) === 'team_closed';

/** Draft to published, its sessions with it, described as things stand today. */
export async function putOnSchedule(tx: ScopedTx, classId: string): Promise<void> {
  await tx`update class_session set status = 'published' where class_id = ${classId} and status = 'planned'`;
  await tx`update class set status = 'published', published_at = now() where id = ${classId}`;
  await describeAgain(tx, classId);
}

/** What a class is found by: every name its course and place go by, and when it begins and ends. */
export async function describeAgain(tx: ScopedTx, classId: string): Promise<void> {
  const words = fold((await classSearchWords(tx, classId)).join(' '));
  await tx`update class set search_folded = ${words} where id = ${classId}`;
  await spanAgain(tx, classId);
}

/** First start and last end of classes follow the sessions that are still on. */
export async function spansAgain(tx: ScopedTx, classIds: readonly string[]): Promise<void> {
  await tx`
    update class c set first_starts_at = s.first, last_ends_at = s.last
    from (select k.id, min(starts_at) as first, max(ends_at) as last
          from class k left join class_session s on s.class_id = k.id and s.status not in ('cancelled', 'did_not_happen')
          where k.id = any (${[...classIds]}) group by k.id) s
    where c.id = s.id`;
}

export const spanAgain = (tx: ScopedTx, classId: string) => spansAgain(tx, [classId]);

interface InHand {
  areaId: number;
  status: ClassStatus;
  capacity: number;
  held: number;
  reservedPlaces: number;
  reservedFor: ReservedGroup | null;
  offerHours: number;
}

/** The class, locked, when it is the caller's to change; null otherwise, as if it did not exist. */
export async function classInHand(tx: ScopedTx, classId: string): Promise<InHand | null> {
  const [row] = await tx<InHand[]>`
    select area_id, status, capacity, seats_held as held, reserved_places, reserved_for, offer_hours
    from class where id = ${classId} and area_id = any (coalesce((select may_areas('class.write')), '{}')) for update`;
  return row ?? null;
}

/** Whether a venue is in use; it cannot be retired before this transaction ends. */
export async function venueInUse(tx: ScopedTx, venueId: string): Promise<boolean> {
  const found = await tx`select from venue where id = ${venueId} and retired_at is null for share`;
  return found.count > 0;
}
