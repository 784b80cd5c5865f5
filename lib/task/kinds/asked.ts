import { elevated } from '@/lib/access/scoped';
import { unanswered } from '@/lib/demand/queries';
import { anyOf, type FoundFact, type TaskKind } from '../kind';

/** Somebody asked for a class and has had no answer: the answer settles it. */
export const asked: TaskKind = {
  code: 'asked',
  base: 4,
  about: 'thing',
  onBoard: true,
  settledBy: 'fact',
  window: { due: 7, expires: null, again: 7 },
  goesFor: 'planners',
  goTo: ({ areaId }) => `/manage/demand?area=${areaId}`,
  facts: async (tx, scope) =>
    scope.people !== null
      ? []
      : elevated(
          tx,
          'tasks: classes asked for',
          (system) => system<FoundFact[]>`
            select null::uuid as person_id, d.id::text as fact, d.area_id, null::text as class_id, d.created_at as since,
              ${system(`v.title_${scope.language}`)} as label
            from class_demand d left join skill_version v on v.skill_code = d.skill_code and v.valid_to is null
            where ${unanswered(system)} and d.area_id = ${anyOf(system, scope)}
            order by d.created_at, d.id limit ${scope.most}`,
        ),
};
