import { elevated } from '@/lib/access/scoped';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { recordedWithin } from '@/lib/visit/rules';
import { anyOf, type FoundFact, type TaskKind } from '../kind';

type Found = Omit<FoundFact, 'holders'> & {
  readonly names: readonly string[];
  readonly accounts: readonly string[];
  readonly until: Date;
};

/**
 * A round is over and of some of its homes nobody said what came of it. Theirs who went, for a day, then the organiser's. Saying it of every home settles it, as
 * does calling the round off; a week after its day nothing can be said any more.
 */
export const roundUnsaid: TaskKind = {
  code: 'round_unsaid',
  base: 8,
  about: 'thing',
  settledBy: 'fact',
  window: { due: 1, expires: null, again: 1 },
  goesFor: 'own',
  goTo: ({ fact }) => `/manage/visits/rounds/${fact}`,
  facts: async (tx, scope, now) => {
    if (scope.people !== null) return [];
    const rows = await elevated(
      tx,
      'tasks: rounds of which nothing was said',
      (system) => system<Found[]>`
        select null::uuid as person_id, r.id::text as fact, r.area_id, null::text as class_id, r.ends_at as since, to_char(r.day, 'DD/MM') as label,
          r.ends_at + interval '1 day' as until, g.names, g.accounts
        from visit_round r cross join lateral (
          select coalesce(array_agg(m.full_name order by split_part(m.full_name, ' ', -1) collate "vi-x-icu", m.id), '{}') as names,
            coalesce(array_agg(m.account_id) filter (where m.account_id is not null), '{}') as accounts
          from visit_round_helper h join team_member m on m.id = h.member_id where h.round_id = r.id and h.called_off_at is null) g
        where r.called_off_at is null and r.ends_at <= ${now} and r.day >= ${addDays(dayOf(now), -recordedWithin.done)} and r.area_id = ${anyOf(system, scope)}
          and exists (select from visit v where v.round_id = r.id and v.taken_off_at is null and not exists (
            select from visit_outcome o where o.visit_id = v.id))
        order by r.ends_at, r.id limit ${scope.most}`,
    );
    return rows.map(({ names, accounts, until, ...fact }) => ({ ...fact, holders: { names, accounts, until } }));
  },
};
