import type { ScopedTx } from '@/lib/access/scoped';
import type { VisitOutcome } from './schema';

type Piece = ReturnType<ScopedTx>;

/** By these somebody says that a record is wrong. */
const wrong = ['moved', 'died', 'wrong_details'] as const satisfies readonly VisitOutcome[];

/**
 * What says of these people (a query of ids) that a record is wrong and nobody has looked at since, as `person_id, id, at, outcome`: work on a task,
 * or what was said last at their home. Looked at: the record was corrected, the report confirmed, or the person left alone for good.
 */
export const standingReports = (tx: ScopedTx, people: Piece): Piece => tx`
  select w.* from (
    select k.person_id, k.id, k.at, k.outcome from task_work k where k.person_id in (${people}) and k.outcome in ${tx(wrong)}
    union all
    select l.* from (
      select distinct on (coalesce(v.person_id, q.person_id)) coalesce(v.person_id, q.person_id) as person_id, o.id, o.at, o.outcome
      from visit_outcome o join visit v on v.id = o.visit_id left join visit_request q on q.id = v.request_id
      where coalesce(v.person_id, q.person_id) in (${people}) order by coalesce(v.person_id, q.person_id), o.at desc, o.id desc) l
    where l.outcome in ${tx(wrong)}) w
  where not exists (select from task_work d where d.fact = w.id::text and d.kind = 'correct' and d.outcome = 'done')
    and not exists (select from audit_event a where a.subject_kind = 'person' and a.subject_id = w.person_id::text and a.action = 'person.correct' and a.at > w.at)
    and not exists (select from person_pause u where u.person_id = w.person_id and u.reason in ('moved', 'died') and u.ended_at is null)`;
