import { elevated } from '@/lib/access/scoped';
import { standingReports } from '@/lib/visit/queries';
import { amongPeople, anyOf, type FoundFact, type TaskKind } from '../kind';

/** Somebody at the door said that a person moved, died, or that what is written is wrong: an organiser looks, and corrects or confirms. */
export const correct: TaskKind = {
  code: 'correct',
  base: 10,
  about: 'person',
  settledBy: 'work',
  corrects: true,
  window: { due: 3, expires: null, again: 3 },
  goesFor: 'planners',
  goTo: ({ personId }) => `/manage/people/${personId ?? ''}`,
  facts: (tx, scope) =>
    elevated(
      tx,
      'tasks: records somebody said are wrong',
      (system) => system<FoundFact[]>`
        with here as materialized (
          select p.id, p.area_id from person p where p.merged_into is null and p.area_id = ${anyOf(system, scope)} and ${amongPeople(system, 'p.id', scope)})
        select * from (
          select distinct on (r.person_id) r.person_id, r.id::text as fact, here.area_id, null::text as class_id, r.at as since, r.outcome as label
          from (${standingReports(system, system`select id from here`)}) r join here on here.id = r.person_id
          order by r.person_id, r.at desc, r.id) one
        order by since, person_id limit ${scope.most}`,
    ),
};
