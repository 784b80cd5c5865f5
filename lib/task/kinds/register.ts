import { elevated } from '@/lib/access/scoped';
import { notTakenBefore } from '@/lib/register/queries';
import { anyOf, type FoundFact, type TaskKind } from '../kind';

/** A session is over and nobody took its register: taking it settles it, or saying that the session did not happen. */
export const register: TaskKind = {
  code: 'register',
  base: 9,
  about: 'thing',
  onBoard: true,
  settledBy: 'fact',
  window: { due: 1, expires: null, again: 1 },
  goTo: ({ fact }) => `/manage/sessions/${fact}`,
  facts: async (tx, scope, now) =>
    scope.people !== null
      ? []
      : elevated(
          tx,
          'tasks: registers not taken',
          (system) => system<FoundFact[]>`
            select null::uuid as person_id, s.id::text as fact, s.area_id, s.class_id, s.ends_at as since,
              ${system(`k.title_${scope.language}`)} as label
            from class_session s join class c on c.id = s.class_id join course k on k.id = c.course_id
            where ${notTakenBefore(system, now)} and s.area_id = ${anyOf(system, scope)}
            order by s.ends_at, s.id limit ${scope.most}`,
        ),
};
