import { elevated } from '@/lib/access/scoped';
import { offerStands } from '@/lib/manage/queries';
import { amongPeople, anyOf, type FoundFact, type TaskKind } from '../kind';

/** A place was offered and waits for an answer: the answer settles it, or the offer's end. */
export const offer: TaskKind = {
  code: 'offer',
  base: 8,
  about: 'person',
  onBoard: true,
  settledBy: 'fact',
  window: { due: 1, expires: null, again: 1 },
  goTo: ({ classId }) => `/manage/classes/${classId ?? ''}`,
  facts: (tx, scope, now) =>
    elevated(
      tx,
      'tasks: places offered and not answered',
      (system) => system<FoundFact[]>`
        select e.person_id, e.id || '.' || floor(extract(epoch from e.status_at))::bigint as fact, e.area_id, e.class_id, e.status_at as since,
          e.offer_expires_at as due, e.offer_expires_at as expires, ${system(`k.title_${scope.language}`)} as label
        from enrolment e join class c on c.id = e.class_id and c.status = 'published' join course k on k.id = c.course_id
        where ${offerStands(system, now)} and c.last_ends_at > ${now} and e.area_id = ${anyOf(system, scope)}
          and ${amongPeople(system, 'e.person_id', scope)}
        order by e.offer_expires_at, e.id limit ${scope.most}`,
    ),
};
