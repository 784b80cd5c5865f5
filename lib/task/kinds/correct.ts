import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { amongPeople, anyOf, type FoundFact, type TaskKind } from '../kind';
import { reports } from '../schema';

/**
 * `w` is work by which somebody said that a record is wrong, and nobody has looked since: the record was not corrected, the report not
 * confirmed, nor the person left alone for good.
 */
export const reportStands = (tx: ScopedTx) => tx`
  (w.outcome in ${tx(reports)} and w.person_id is not null
   and not exists (select from task_work d where d.fact = w.id::text and d.kind = 'correct' and d.outcome = 'done')
   and not exists (select from audit_event a where a.subject_kind = 'person' and a.subject_id = w.person_id::text and a.action = 'person.correct' and a.at > w.at)
   and not exists (select from person_pause u where u.person_id = w.person_id and u.reason in ('moved', 'died') and u.ended_at is null))`;

/** Somebody at the door said that a person moved, died, or that what is written is wrong: an organiser looks, and corrects or confirms. */
export const correct: TaskKind = {
  code: 'correct',
  base: 10,
  about: 'person',
  settledBy: 'work',
  corrects: true,
  window: { due: 3, expires: null, again: 3 },
  goTo: ({ personId }) => `/manage/people/${personId ?? ''}`,
  facts: (tx, scope) =>
    elevated(
      tx,
      'tasks: records somebody said are wrong',
      (system) => system<FoundFact[]>`
        select * from (
          select distinct on (w.person_id) w.person_id, w.id::text as fact, p.area_id, null::text as class_id, w.at as since, w.outcome as label
          from task_work w join person p on p.id = w.person_id and p.merged_into is null
          where p.area_id = ${anyOf(system, scope)} and ${amongPeople(system, 'w.person_id', scope)} and ${reportStands(system)}
          order by w.person_id, w.at desc, w.id) one
        order by since, person_id limit ${scope.most}`,
    ),
};
