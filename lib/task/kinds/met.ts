import { elevated } from '@/lib/access/scoped';
import { metUnnamed } from '@/lib/visit/queries';
import { keptDays } from '@/lib/visit/rules';
import { anyOf, type FoundFact, type TaskKind } from '../kind';

/**
 * Somebody was met at home and nobody said yet who they are (`metUnnamed`). Saying it settles it, as does writing them down as new, and it is gone once the name
 * is forgotten: after so many days, which are told in full ones left, or sooner where they want it so. About nobody: lists tell no name of a request.
 */
export const metUnknown: TaskKind = {
  code: 'met_unknown',
  base: 6,
  about: 'thing',
  settledBy: 'fact',
  window: { due: 7, expires: keptDays.settled, again: 7 },
  goesFor: 'planners',
  goTo: ({ fact }) => `/manage/visits/requests/${fact}`,
  facts: async (tx, scope, now) =>
    scope.people !== null
      ? []
      : elevated(
          tx,
          'tasks: who was met and is not known',
          (system) => system<FoundFact[]>`
            select null::uuid as person_id, q.id::text as fact, q.area_id, null::text as class_id, q.closed_at as since,
              greatest(0, floor(extract(epoch from q.closed_at + make_interval(days => ${keptDays.settled}) - ${now}::timestamptz) / 86400))::int::text as label
            from visit_request q where ${metUnnamed(system)} and q.area_id = ${anyOf(system, scope)}
            order by q.closed_at, q.id limit ${scope.most}`,
        ),
};
