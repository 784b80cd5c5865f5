import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { anyOf, type FactScope, type FoundFact, type TaskKind } from '../kind';

type Piece = ReturnType<ScopedTx>;

const terms = { about: 'thing', settledBy: 'fact', goesFor: 'planners' } as const;
const goTo: TaskKind['goTo'] = ({ fact }) => `/manage/referrals/${fact}`;

/** Another unit handed somebody over: taking them on settles it, as does sending them back. About nobody: until then the receiving unit is told no name. */
export const referralReceived: TaskKind = {
  ...terms,
  code: 'referral_received',
  base: 7,
  window: { due: 7, expires: null, again: 3 },
  goTo,
  facts: (tx, scope, now) =>
    sentTo(tx, scope, now, (system) => ({ since: 'sent_at', which: system`f.state = 'open'` })),
};

/** Somebody who was taken on was promised a class or help at a desk: a place in a class, help at a desk since, or saying that it is done, settles it. */
export const referralPromised: TaskKind = {
  ...terms,
  code: 'referral_promised',
  base: 5,
  window: { due: 14, expires: null, again: 7 },
  goTo,
  facts: (tx, scope, now) =>
    sentTo(tx, scope, now, (system) => ({
      since: 'state_at',
      which: system`f.state = 'accepted' and case f.asks
        when 'class' then not exists (select from enrolment e where e.person_id = f.person_id and e.created_at >= f.state_at)
        when 'desk' then not exists (select from desk_assist s where s.person_id = f.person_id and s.undone_at is null and s.at >= f.state_at)
        else false end`,
    })),
};

/** Referrals to these areas that have not run out. */
function sentTo(
  tx: ScopedTx,
  scope: FactScope,
  now: Date,
  of: (system: ScopedTx) => { readonly since: 'sent_at' | 'state_at'; readonly which: Piece },
): Promise<readonly FoundFact[]> {
  if (scope.people !== null) return Promise.resolve([]);
  return elevated(tx, 'tasks: whom other units handed over', async (system) => {
    const { since, which } = of(system);
    return system<FoundFact[]>`
      select null::uuid as person_id, f.id::text as fact, f.to_area_id as area_id, null::text as class_id, ${system(`f.${since}`)} as since,
        ${system(`c.title_${scope.language}`)} as label
      from referral f left join course c on c.id = f.course_id
      where f.to_area_id = ${anyOf(system, scope)} and f.expires_at > ${now} and ${which}
      order by ${system(`f.${since}`)}, f.id limit ${scope.most}`;
  });
}
