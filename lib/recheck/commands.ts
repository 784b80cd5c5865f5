import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { rechecksDue } from './queries';
import type { Recheck } from './schema';

/** A re-check at a class needs a session they came to so many days back at most. */
const classDays = 7;

/**
 * Writes down what was seen at a re-check, as an observation of its kind: it may raise the level, or lower it. Sent twice it is one; of two
 * who look at once the second learns that it was done. Refuses: notFound (nobody in reach, or nothing due), recheckDone, recheckNotAtClass.
 */
export async function recordRecheck(
  tx: ScopedTx,
  { personId, skillCode, level, place, help, formKey }: Recheck,
  caller: Pick<Caller, 'accountId'>,
  now = new Date(),
): Promise<Refusal | { fullName: string }> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${personId}, 11))`;
  const [person] = await tx<{ fullName: string; areaId: number }[]>`
    select full_name, area_id from person
    where id = ${personId} and merged_into is null and area_id = any (coalesce((select may_areas('register.write')), '{}'))`;
  if (!person) return refuse('notFound');
  const [before] = await tx`select from skill_observation where id = ${formKey} and person_id = ${personId}`;
  if (before) return { fullName: person.fullName };
  const [due] = await rechecksDue(tx, 'vi', { personId }, now);
  if (due?.skillCode !== skillCode) return refuse('recheckDone');
  const session = place === 'class' ? await lastCameTo(tx, personId, now) : null;
  if (place === 'class' && !session) return refuse('recheckNotAtClass', 'place');
  const areaId = session?.areaId ?? person.areaId;
  await tx`
    insert into skill_observation (id, person_id, skill_code, level, source, session_id, area_id, observed_at, observed_by, help, place)
    values (${formKey}, ${personId}, ${skillCode}, ${level}, 'recheck', ${session?.id ?? null}, ${areaId}, ${now}, ${caller.accountId}, ${help}, ${place})`;
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, 'recheck.record', 'person', ${personId}, ${areaId}, ${tx.json({ skillCode, level, place, after: due.after })})`;
  return { fullName: person.fullName };
}

async function lastCameTo(tx: ScopedTx, personId: string, now: Date): Promise<{ id: string; areaId: number } | null> {
  const [row] = await tx<{ id: string; areaId: number }[]>`
    select s.id, s.area_id from attendance a join class_session s on s.id = a.session_id
    where a.person_id = ${personId} and a.state in ('present', 'late', 'left_early') and s.starts_at <= ${now}
      and s.starts_at > ${now}::timestamptz - make_interval(days => ${classDays})
      and s.area_id = any (coalesce((select may_areas('register.write')), '{}'))
    order by s.starts_at desc limit 1`;
  return row ?? null;
}
