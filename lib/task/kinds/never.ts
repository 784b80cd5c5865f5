import { elevated } from '@/lib/access/scoped';
import { neverMet } from '@/lib/unreached/queries';
import { amongPeople, anyOf, type FoundFact, type TaskKind } from '../kind';

/** Somebody is known and nobody has had to do with them (`neverMet`): the oldest first. Seeing them settles it, and is contact from then on. */
export const never: TaskKind = {
  code: 'never',
  base: 3,
  about: 'person',
  visit: true,
  whenGiven: true,
  workEnds: true,
  settledBy: 'work',
  window: { due: 30, expires: null, again: 7 },
  goTo: ({ personId }) => `/manage/tasks/door/${personId ?? ''}`,
  facts: (tx, scope) =>
    elevated(
      tx,
      'tasks: whom nobody has met',
      (system) => system<FoundFact[]>`
        select p.id as person_id, 'never' as fact, p.area_id, null::text as class_id, p.created_at as since, null::text as label
        from person p where p.area_id = ${anyOf(system, scope)} and ${amongPeople(system, 'p.id', scope)} and ${neverMet(system)}
        order by p.birth_year nulls last, p.id limit ${scope.most}`,
    ),
};
