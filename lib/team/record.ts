import type { Caller, ScopedTx } from '@/lib/access/scoped';

/** Only the doors' transactions carry a caller's rows; `Staff` is who signed in. */
export type Staff = Pick<Caller, 'accountId'>;
interface Subject {
  readonly kind: 'team' | 'team_member' | 'class_session';
  readonly id: string;
  readonly areaId: number;
}

/** Writes down what was done of a team, a member or a session's helpers, in the transaction that does it. */
export async function audit(
  tx: ScopedTx,
  caller: Staff,
  action: string,
  subject: Subject,
  details: object = {},
): Promise<void> {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, ${action}, ${subject.kind}, ${subject.id}, ${subject.areaId}, ${tx.json({ ...details })})`;
}

/**
 * Holds members until the transaction ends, in one order for everybody: whoever asks the same people at the same moment waits, and
 * then sees what was asked.
 */
export async function holdMembers(tx: ScopedTx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select id from team_member where id = any(${[...ids]}::uuid[]) and left_on is null order by id for no key update`;
  return rows.map(({ id }) => id);
}

/**
 * Holds questions against everything that could change them: their classes, then their sessions, then their members, in the order
 * everybody takes, so that nobody waits in a circle.
 */
export async function holdQuestions(
  tx: ScopedTx,
  rows: readonly { sessionId: string; memberId: string }[],
): Promise<void> {
  const sessions = rows.map(({ sessionId }) => sessionId);
  await tx`
    select from class where id in (select class_id from class_session where id = any(${sessions}::uuid[])) order by id for share`;
  await tx`select from class_session where id = any(${sessions}::uuid[]) order by id for share`;
  await holdMembers(
    tx,
    rows.map(({ memberId }) => memberId),
  );
}
