import { elevated } from '@/lib/access/scoped';
import { withdrew } from '@/lib/step/queries';
import { amongPeople, anyOf, type FactScope, type FoundFact, type TaskKind } from '../kind';

const terms = { about: 'person', visit: true, window: { due: 7, expires: 90, again: 3 } } as const;

/** A desk sent somebody on to a visit at home. Going there settles it. */
export const referralHome: TaskKind = {
  ...terms,
  code: 'referral_home',
  base: 7,
  settledBy: 'work',
  goTo: ({ personId }) => `/manage/tasks/door/${personId ?? ''}`,
  facts: (tx, scope) => referredTo(tx, scope, 'home_visit'),
};

/** A desk sent somebody on to a class. A place in one, since, settles it. */
export const referralClass: TaskKind = {
  ...terms,
  code: 'referral_class',
  base: 5,
  settledBy: 'fact',
  goTo: ({ personId }) => `/manage/people/${personId ?? ''}/enrol`,
  facts: (tx, scope) => referredTo(tx, scope, 'class'),
};

/** What was logged at a desk and not undone, of somebody who is named, lives in these areas and has not withdrawn since. */
function referredTo(tx: Parameters<TaskKind['facts']>[0], scope: FactScope, place: 'home_visit' | 'class') {
  return elevated(
    tx,
    'tasks: whom desks sent on',
    (system) => system<FoundFact[]>`
      select s.person_id, s.id::text as fact, p.area_id, null::text as class_id, s.at as since, ${system(`n.name_${scope.language}`)} as label
      from desk_assist s join person p on p.id = s.person_id and p.merged_into is null
      join desk_need n on n.code = s.need_code and n.version = s.need_version
      where s.undone_at is null and s.referred_to = ${place} and p.area_id = ${anyOf(system, scope)} and ${amongPeople(system, 's.person_id', scope)}
        and not ${withdrew(system)}
        and ${place === 'class' ? system`not exists (select from enrolment e where e.person_id = p.id and e.created_at > s.at)` : system`true`}
      order by s.at desc, s.id limit ${scope.most}`,
  );
}
