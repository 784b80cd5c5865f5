import { newId } from '../../lib/kernel/id';
import type { Cast } from '../support/cast';
import { apply, type Mark } from './histories';

/** What happens to all stories in one round, as rows. */
export interface Batch {
  marks: { session_id: string; person_id: string; state: Mark | null }[];
  enrolled: { id: string; class_id: string; person_id: string; status: string; code: string; at: number }[];
  cancelled: string[];
  restored: string[];
  referrals: { id: string; person_id: string; to: string; at: number }[];
  undone: string[];
  requests: { id: string; person_id: string; at: number }[];
  settled: string[];
  plannings: { id: string; request_id: string | null; person_id: string }[];
  takenOff: string[];
  unplanned: string[];
  said: { id: string; visit_id: string; person_id: string; next_on: string | null; at: number; outcome: string }[];
  returned: { id: string; person_id: string; at: number; state: string }[];
  observed: { id: string; person_id: string; at: number }[];
  work: { id: string; kind: string; person_id: string; fact: string; outcome: string; at: number }[];
  pauses: { id: string; person_id: string; reason: string; until: number | null; at: number }[];
  ended: string[];
  corrections: { person_id: string; at: number }[];
}
export const empty = (): Batch => ({
  marks: [],
  enrolled: [],
  cancelled: [],
  restored: [],
  referrals: [],
  undone: [],
  requests: [],
  settled: [],
  plannings: [],
  takenOff: [],
  unplanned: [],
  said: [],
  returned: [],
  observed: [],
  work: [],
  pauses: [],
  ended: [],
  corrections: [],
});

let batches = 0;
/** Writes a round of happenings of all stories at once. */
export async function write(cast: Cast, batch: Batch): Promise<void> {
  const { here } = cast;
  // Rounds of this batch: one far ahead, for whoever is planned; one long over, for what was said.
  const rounds = { ahead: newId(), past: newId() };
  batches += 1;
  const when = (at: number) => new Date(at).toISOString();
  await apply(cast.owner, async (tx) => {
    const json = (rows: readonly object[]) => tx`jsonb_to_recordset(${tx.json(rows as never)}::jsonb)`;
    await tx`delete from attendance a using ${json(batch.marks)} m (session_id uuid, person_id uuid) where a.session_id = m.session_id and a.person_id = m.person_id`;
    await tx`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
      select session_id, person_id, ${here.villageId}, state, false, now(), ${here.operationId}
      from ${json([...new Map(batch.marks.map((one) => [`${one.session_id} ${one.person_id}`, one])).values()])} m (session_id uuid, person_id uuid, state text) where state is not null`;
    await tx`insert into enrolment (id, class_id, area_id, person_id, status, status_at, created_at, code, channel, idempotency_key)
      select id, class_id, ${here.villageId}, person_id, status, at, at, code, 'web', id
      from ${json(batch.enrolled.map((one) => ({ ...one, at: when(one.at) })))} e (id uuid, class_id text, person_id uuid, status text, code text, at timestamptz)`;
    await tx`update enrolment set status = 'cancelled' where id = any(${batch.cancelled}::uuid[])`;
    await tx`update enrolment set status = 'confirmed' where id = any(${batch.restored}::uuid[])`;
    await tx`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, referred_to, person_id, at)
      select id, ${here.deskId}, ${here.villageId}, 'vneid', 1, 1, 10, "to", person_id, at
      from ${json(batch.referrals.map((one) => ({ ...one, at: when(one.at) })))} r (id uuid, person_id uuid, "to" text, at timestamptz)`;
    await tx`update desk_assist set undone_at = now() where id = any(${batch.undone}::uuid[])`;
    await tx`insert into visit_request (id, code, area_id, asked_by, full_name, needs, person_id, idempotency_key, created_at)
      select id, left(replace(id::text, '-', ''), 30), ${here.villageId}, 'staff', 'x', '{phone}', person_id, id, at
      from ${json(batch.requests.map((one) => ({ ...one, at: when(one.at) })))} q (id uuid, person_id uuid, at timestamptz)`;
    await tx`update visit_request set closed_at = now(), closed_because = 'not_needed' where id = any(${batch.settled}::uuid[])`;
    await tx`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
      select id, ${here.villageId}, ${here.teamId}, day, (day + time '08:00') at time zone 'Asia/Ho_Chi_Minh', (day + time '09:00') at time zone 'Asia/Ho_Chi_Minh'
      from (values (${rounds.ahead}::uuid, current_date + 100 + ${batches}::int), (${rounds.past}::uuid, current_date - 100 - ${batches}::int)) r (id, day)`;
    await tx`insert into visit (id, round_id, area_id, day, request_id, person_id, pin)
      select id, ${rounds.ahead}, ${here.villageId}, current_date + 100 + ${batches}::int, request_id, person_id, lpad((row_number() over ())::text, 4, '0')
      from ${json(batch.plannings)} v (id uuid, request_id uuid, person_id uuid)`;
    await tx`update visit set taken_off_at = now() where request_id = any(${[...batch.unplanned, ...batch.settled]}::uuid[]) and taken_off_at is null`;
    await tx`update visit set taken_off_at = now()
      where person_id = any(${batch.takenOff}::uuid[]) and request_id is null and day > current_date and taken_off_at is null`;
    await tx`insert into visit (id, round_id, area_id, day, person_id, pin)
      select visit_id, ${rounds.past}, ${here.villageId}, current_date - 100 - ${batches}::int, person_id, lpad((row_number() over ())::text, 4, '0')
      from ${json(batch.said)} v (visit_id uuid, person_id uuid)`;
    await tx`insert into visit_outcome (id, visit_id, area_id, outcome, minutes, next_on, at)
      select id, visit_id, ${here.villageId}, outcome, 20, next_on, at
      from ${json(batch.said.map((one) => ({ ...one, at: when(one.at) })))} o (id uuid, visit_id uuid, next_on date, at timestamptz, outcome text)`;
    await tx`insert into referral (id, person_id, from_area_id, to_area_id, why, asks, consent_id, state, sent_at, state_at, expires_at)
      select r.id, r.person_id, ${here.unitId}, ${cast.there.unitId}, 'work', 'class',
        (select c.id from consent c where c.person_id = r.person_id and c.purpose = 'class' limit 1), r.state, r.at, r.at + interval '1 second', r.at + case when r.state = 'open' then interval '1 second' else interval '30 days' end
      from ${json(batch.returned.map((one) => ({ ...one, at: when(one.at) })))} r (id uuid, person_id uuid, state text, at timestamptz)`;
    await tx`insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at, place)
      select id, person_id, 'A1', 3, 'recheck', ${here.villageId}, at, 'home'
      from ${json(batch.observed.map((one) => ({ ...one, at: when(one.at) })))} o (id uuid, person_id uuid, at timestamptz)`;
    await tx`insert into task_work (id, kind, person_id, fact, area_id, outcome, at, note)
      select id, kind, person_id, fact, ${here.villageId}, outcome, at, 'x'
      from ${json(batch.work.map((one) => ({ ...one, at: when(one.at) })))} w (id uuid, kind text, person_id uuid, fact text, outcome text, at timestamptz)`;
    await tx`insert into person_pause (id, person_id, area_id, reason, until, at)
      select id, person_id, ${here.villageId}, reason, until, at
      from ${json(batch.pauses.map((one) => ({ ...one, at: when(one.at), until: one.until === null ? null : when(one.until) })))} u (id uuid, person_id uuid, reason text, until timestamptz, at timestamptz)`;
    await tx`update person_pause set ended_at = now() where id = any(${batch.ended}::uuid[])`;
    await tx`insert into audit_event (action, subject_kind, subject_id, area_id, at)
      select 'person.correct', 'person', person_id, ${here.unitId}, at
      from ${json(batch.corrections.map((one) => ({ ...one, at: when(one.at) })))} c (person_id text, at timestamptz)`;
  });
}
