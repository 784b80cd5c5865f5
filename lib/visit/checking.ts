import { asSystem, elevated, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { officeNumber } from '@/lib/class/queries';
import { dayOf } from '@/lib/kernel/clock';
import { countedAddress } from '@/lib/kernel/network';
import { mayLookUp } from './asking';
import { mostWrong, numberCounts, type Expected, type SlipOfVisit } from './rules';

type Language = 'vi' | 'en';

/** The words people agree to when they ask for a visit; null before any were loaded. */
export async function visitConsent(
  tx: ScopedTx,
  language: Language,
): Promise<{ version: number; body: string } | null> {
  const [row] = await tx<{ version: number; body: string }[]>`
    select version, ${tx(`body_${language}`)} as body from consent_text
    where purpose = 'visit' and used_from <= now() order by version desc limit 1`;
  return row ?? null;
}

/**
 * Whether a number is one of a round that comes to that place and is under way, an hour before and after included: who comes, by team, and when;
 * never who is visited, nor a helper's name. A round comes to a place when it goes into it, or into what it lies in up to the unit: a household that
 * named its village is told right of a round into the whole ward. Of a round into another village a number is never right.
 * A wrong number is counted in the same transaction, one question of a unit after the other, so that many at once are no more guesses, and counts for every
 * round it might have hit: no number is guessed at more often than if its own village alone were asked. `tooMany`: so many wrong ones came from that
 * address, or from anywhere, that nothing is answered any more; whoever asks is told to ring.
 */
export async function askNumber(
  language: Language,
  { area, pin }: { readonly area: number; readonly pin: string },
  address: string,
  now: Date,
): Promise<{ expected: Expected | null; tooMany: boolean }> {
  return asSystem('visits: whether a number is one of now', async (system) => {
    await system`select pg_advisory_xact_lock(hashtext('visit number'), coalesce((select u.id from area_tree t join area u on u.id = t.ancestor_id
      where t.area_id = ${area} and u.kind in ${system(unitKinds)} order by t.depth limit 1), ${area}))`;
    const guessed = await system<{ id: number; near: number; there: number; anywhere: number }[]>`
      select r.ancestor_id as id, count(g.id) filter (where g.address = ${countedAddress(address)} and g.at > now() - interval '10 minutes')::int as near,
        count(g.id)::int as there,
        (select count(*) from visit_check_attempt where address = ${countedAddress(address)}::inet and at > now() - interval '10 minutes')::int as anywhere
      from area_tree r join area a on a.id = r.ancestor_id and a.kind <> 'province'
        left join visit_check_attempt g on g.at > now() - interval '1 day'
          and g.area_id in (select t.area_id from area_tree t where t.ancestor_id = r.ancestor_id)
      where r.area_id = ${area} group by r.ancestor_id`;
    const shut = guessed.filter(
      ({ near, there, anywhere }) =>
        near >= mostWrong.address || there >= mostWrong.village || anywhere >= mostWrong.anywhere,
    );
    if (guessed.length === 0 || shut.some(({ id, anywhere }) => id === area || anywhere >= mostWrong.anywhere))
      return { expected: null, tooMany: true };
    const underWay = system`r.called_off_at is null
      and ${now}::timestamptz between r.starts_at - make_interval(mins => ${numberCounts}) and r.ends_at + make_interval(mins => ${numberCounts})`;
    const open = guessed.filter((one) => !shut.includes(one)).map(({ id }) => id);
    const [expected] = await system<Expected[]>`
      select k.name as team, ${system(`a.full_name_${language}`)} as village, r.starts_at, r.ends_at, h.helpers
      from visit v join visit_round r on r.id = v.round_id join team k on k.id = r.team_id join area a on a.id = r.area_id
        cross join lateral (select count(*)::int as helpers from visit_round_helper h where h.round_id = r.id and h.called_off_at is null) h
      where v.area_id = any(${open}::int[]) and v.pin = ${pin} and v.taken_off_at is null and h.helpers > 0 and ${underWay}
      order by v.area_id <> ${area}, r.starts_at limit 1`;
    if (expected) return { expected, tooMany: false };
    // Of a round that too many guessed at already, whose numbers are not looked at: "no" might be wrong.
    const unasked = await system`
      select from visit_round r where r.area_id = any(${shut.map(({ id }) => id)}::int[]) and ${underWay} limit 1`;
    if (unasked.count > 0) return { expected: null, tooMany: true };
    await system`
      with old as (delete from visit_check_attempt where at < now() - interval '1 day')
      insert into visit_check_attempt (area_id, address) select id, ${countedAddress(address)}::inet from area where id = ${area}`;
    return { expected: null, tooMany: false };
  });
}

/** What somebody's slip says; null where the code is none, `tooMany` after many wrong ones from there. Names nobody. */
export async function slipOfVisit(
  tx: ScopedTx,
  language: Language,
  code: string,
  address: string,
  now: Date,
): Promise<SlipOfVisit | 'tooMany' | null> {
  return elevated(tx, 'visits: what a slip says', async (system) => {
    if (!(await mayLookUp(system, countedAddress(address)))) return 'tooMany';
    const [row] = await system<SlipOfVisit[]>`
      select q.code, ${system(`a.full_name_${language}`)} as village, q.needs, q.times, q.created_at, n.day::text as planned_on, n.starts_at, n.ends_at,
        q.phone is not null as phone_given, ${officeNumber(system, system`q.area_id`)} as ring,
        coalesce(q.closed_because, 'not_needed') = 'not_needed' as removable,
        case when q.closed_because in ('withdrawn', 'expired') then q.closed_because when q.closed_at is not null then 'closed'
          when n.day is not null then 'planned' else 'open' end as state
      from visit_request q join area a on a.id = q.area_id
        left join lateral (select v.day, r.starts_at, r.ends_at from visit v join visit_round r on r.id = v.round_id and r.called_off_at is null
          where v.request_id = q.id and v.taken_off_at is null and v.day >= ${dayOf(now)} order by v.day limit 1) n on true
      where q.code = ${code}`;
    return row ?? null;
  });
}
