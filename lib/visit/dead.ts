import type { ScopedTx } from '@/lib/access/scoped';
import { standingReports } from './reports';

/**
 * Nobody rings or writes to somebody of whom it was said last that they died: at a visit, of a task, or by an organiser who confirmed it. Said
 * otherwise since, or the record corrected, they may be rung again (what they had chosen is asked anew). Done twice it is once. For the system role.
 */
export async function leaveTheDeadAlone(system: ScopedTx, personId: string | null): Promise<void> {
  if (personId === null) return;
  const same: ReturnType<ScopedTx> = system`select id from person where ${personId} in (id, merged_into)`;
  const atHome = system`
    select o.outcome, o.at, o.id from visit_outcome o join visit v on v.id = o.visit_id left join visit_request q on q.id = v.request_id
    where coalesce(v.person_id, q.person_id) in (${same})`;
  const ever = system`
    select s.at from (${atHome}) s where s.outcome = 'died'
    union all select w.at from task_work w where w.person_id in (${same}) and w.outcome = 'died'
    union all select u.at from person_pause u where u.person_id in (${same}) and u.reason = 'died'`;
  const [dead] = await system<{ since: string | null }[]>`
    select max(d.at)::text as since from (
      select l.at from (select s.at, s.outcome from (${atHome}) s order by s.at desc, s.id desc limit 1) l where l.outcome = 'died'
      union all select r.at from (${standingReports(system, same)}) r where r.outcome = 'died'
      union all select u.at from person_pause u where u.person_id in (${same}) and u.reason = 'died' and u.ended_at is null) d`;
  if (dead?.since)
    await system`
      insert into message_choice (person_id, no_calls_at) values (${personId}, ${dead.since}::timestamptz)
      on conflict (person_id) do update set zalo = false, sms = false, email = null,
        no_calls_at = case when message_choice.no_calls_at is null or message_choice.no_calls_at in (${ever})
          then excluded.no_calls_at else message_choice.no_calls_at end, changed_at = now()`;
  else
    await system`
      update message_choice set no_calls_at = null, changed_at = now() where person_id = ${personId} and no_calls_at in (${ever})`;
}
