import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { withdrew } from '@/lib/step/queries';
import { amongPeople, anyOf, type FactScope, type FoundFact, type TaskKind } from '../kind';
import { planned } from './visit';

type Piece = ReturnType<ScopedTx>;

const terms = { about: 'person', visit: true, window: { due: 7, expires: 90, again: 3 }, goesFor: 'planners' } as const;

/** A desk sent somebody on to a visit at home. Going there settles it, as does a request or a round that leads there since. */
export const referralHome: TaskKind = {
  ...terms,
  code: 'referral_home',
  base: 7,
  settledBy: 'work',
  goTo: ({ personId }) => `/manage/people/${personId ?? ''}/visit`,
  facts: (tx, scope, now) =>
    referredTo(tx, scope, (system) => ({ place: 'home_visit', since: visitedSince(system, now) })),
};

/** A desk sent somebody on to a class. A place in one, since, settles it. */
export const referralClass: TaskKind = {
  ...terms,
  code: 'referral_class',
  base: 5,
  settledBy: 'fact',
  goTo: ({ personId }) => `/manage/people/${personId ?? ''}/enrol`,
  facts: (tx, scope) =>
    referredTo(tx, scope, (system) => ({
      place: 'class',
      since: system`exists (select from enrolment e where e.person_id = p.id and e.created_at > s.at)`,
    })),
};

/** Somebody waits for a visit or asked for one since, a round goes there, or somebody was met at home since. */
const visitedSince = (tx: ScopedTx, now: Date): Piece => tx`(
  exists (select from visit_request q where q.person_id = p.id and (q.closed_at is null or q.created_at > s.at))
  or ${planned(tx, tx`v.person_id = p.id`, now)}
  or exists (select from visit v join visit_outcome o on o.visit_id = v.id
    where v.person_id = p.id and o.at > s.at and o.outcome in ('done', 'refused')))`;

/** What was logged at a desk and not undone, of somebody who is named, lives in these areas and has not withdrawn since. */
function referredTo(
  tx: ScopedTx,
  scope: FactScope,
  ends: (system: ScopedTx) => { readonly place: 'home_visit' | 'class'; readonly since: Piece },
) {
  return elevated(tx, 'tasks: whom desks sent on', (system) => {
    const { place, since } = ends(system);
    return system<FoundFact[]>`
      select s.person_id, s.id::text as fact, p.area_id, null::text as class_id, s.at as since, ${system(`n.name_${scope.language}`)} as label
      from desk_assist s join person p on p.id = s.person_id and p.merged_into is null
      join desk_need n on n.code = s.need_code and n.version = s.need_version
      where s.undone_at is null and s.referred_to = ${place} and p.area_id = ${anyOf(system, scope)} and ${amongPeople(system, 's.person_id', scope)}
        and not ${withdrew(system)} and not ${since}
      order by s.at desc, s.id limit ${scope.most}`;
  });
}
