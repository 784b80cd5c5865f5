import { randomBytes } from 'node:crypto';
import { asSystem, elevated, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { resultsOfClass } from '@/lib/completion/queries';
import { newSerialBody } from '@/lib/kernel/id';
import { countedAddress } from '@/lib/kernel/network';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { nameDigest, signingKey } from './keys';
import { certificateStandings } from './queries';
import { checkSign, initialsOf } from '@/lib/kernel/serial';
import type { Revocation } from './schema';

type Staff = Pick<Caller, 'accountId'>;

/**
 * Issues a certificate to everybody of a class who may have one and has none: the path is done, somebody other than the trainers saw it
 * or a re-check did (mechanisms of skills), and their consent stands. Pressed twice it issues once. Refuses: notFound, certificateNobody.
 */
export async function issueCertificates(
  tx: ScopedTx,
  { classId }: { readonly classId: string },
  caller: Staff,
  now = new Date(),
): Promise<Refusal | { issued: number }> {
  const [found] = await tx`
    select from class where id = ${classId} and area_id = any (coalesce((select may_areas('class.write')), '{}')) for update`;
  if (!found) return refuse('notFound');
  const results = await resultsOfClass(tx, 'vi', classId, now);
  const standings = new Map((await certificateStandings(tx, classId)).map((one) => [one.enrolmentId, one]));
  const due = results.filter(({ enrolmentId, result }) => {
    const standing = standings.get(enrolmentId);
    return result === 'completed' && standing?.seenAgain && standing.agreed && standing.serial === null;
  });
  if (due.length === 0) return refuse('certificateNobody');
  await elevated(tx, 'certificate: issue', async (system) => {
    await keepKey(system);
    for (const { enrolmentId, fullName } of due) await issue(system, enrolmentId, fullName, caller);
    await system`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      select ${caller.accountId}, 'certificate.issue', 'class', id, area_id, ${system.json({ issued: due.length })} from class where id = ${classId}`;
  });
  return { issued: due.length };
}

async function issue(tx: SystemTx, enrolmentId: string, fullName: string, caller: Staff): Promise<void> {
  const body = newSerialBody();
  const salt = randomBytes(12).toString('hex');
  await tx`
    insert into certificate (serial, enrolment_id, course_id, area_id, person_id, initials, name_salt, name_digest, learnt_from, learnt_to, issued_by)
    select ${body + checkSign(body)}, e.id, k.course_id, e.area_id, e.person_id, ${initialsOf(fullName)}, ${salt}, ${nameDigest(fullName, salt)},
      coalesce(k.first_starts_at, e.created_at), coalesce(k.last_ends_at, now()), ${caller.accountId}
    from enrolment e join class k on k.id = e.class_id where e.id = ${enrolmentId}`;
}

/**
 * Revokes a certificate, for good: its public page says so from then on, and so does the list that programs read. The reason is for the
 * record; strangers learn its kind only. Refuses: notFound (also for those who may only read), certificateRevoked.
 */
export async function revokeCertificate(
  tx: ScopedTx,
  { serial, code, note }: Revocation,
  caller: Staff,
): Promise<Refusal | { serial: string }> {
  const [found] = await tx<{ revokedAt: Date | null }[]>`
    select revoked_at from certificate where serial = ${serial} and area_id = any (coalesce((select may_areas('class.write')), '{}'))`;
  if (!found) return refuse('notFound');
  const revoked = await elevated(
    tx,
    'certificate: revoke',
    (system) => system`
      with revoked as (
        update certificate set revoked_at = now(), revoked_by = ${caller.accountId}, revoked_code = ${code}, revoked_note = ${note}
        where serial = ${serial} and revoked_at is null returning id, area_id)
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      select ${caller.accountId}, 'certificate.revoke', 'certificate', id::text, area_id, ${system.json({ code, note })} from revoked`,
  );
  return revoked.count === 0 ? refuse('certificateRevoked') : { serial };
}

/** Counts a serial that was right by its check sign and is nobody's; see `checkedCertificate`. Kept a day, like wrong slips. */
export async function noteWrongSerial(address: string): Promise<void> {
  await asSystem(
    'certificate: count a wrong serial',
    (tx) => tx`
      with old as (delete from slip_attempt where at < now() - interval '1 day')
      insert into slip_attempt (address) values (${countedAddress(address)})`,
  );
}

/** Puts the public half of today's key beside the earlier ones; done at every start and before anything is signed. */
async function keepKey(tx: SystemTx): Promise<void> {
  const { id, publicKey } = signingKey();
  await tx`insert into signing_key (id, public_key) values (${id}, ${publicKey}) on conflict do nothing`;
}

export const keepSigningKey = (): Promise<void> => asSystem('certificate: publish today’s key', keepKey);

/** After AUTH_SECRET leaked and was changed: whatever the earlier keys signed counts no more. Returns how many keys that were. */
export async function distrustEarlierKeys(): Promise<number> {
  return asSystem('certificate: distrust earlier keys', async (tx) => {
    await keepKey(tx);
    const distrusted = await tx`
      update signing_key set distrusted_at = now() where id <> ${signingKey().id} and distrusted_at is null`;
    return distrusted.count;
  });
}
