import { elevated } from '@/lib/access/scoped';
import { runsMissed } from '@/lib/register/queries';
import { anyOf, type FoundFact, type TaskKind } from '../kind';

/** Somebody missed two sessions in a row without a word (`runsMissed`): to be rung. The second one missed is the fact. */
export const absence: TaskKind = {
  code: 'absence',
  base: 6,
  about: 'person',
  visit: true,
  onBoard: true,
  settledBy: 'work',
  window: { due: 3, expires: 30, again: 1 },
  goTo: () => '/manage/absences',
  facts: (tx, scope, now) =>
    elevated(
      tx,
      'tasks: who missed two sessions in a row',
      (system) => system<FoundFact[]>`
        select m.person_id, m.class_id || ':' || m.raised_by as fact, c.area_id, m.class_id, m.raised_at as since,
          ${system(`k.title_${scope.language}`)} as label
        from (${runsMissed(system, anyOf(system, scope), now, scope.people)}) m
        join class c on c.id = m.class_id join course k on k.id = c.course_id
        order by m.raised_at desc, m.person_id limit ${scope.most}`,
    ),
};
