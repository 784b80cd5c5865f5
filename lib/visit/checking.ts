import { asSystem, elevated, type ScopedTx } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';
import { countedAddress } from '@/lib/kernel/network';
import { mayLookUp } from './asking';
import { mostWrong, numberCounts } from './rules';
import type { Expected, SlipOfVisit } from './schema';

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
 * Whether a number is one of a round in that village that is under way, an hour before and after included: who comes, by team, and when;
 * never who is visited, nor a helper's name. A wrong one is counted in the same transaction, one question of a village after the other, so that many at once are no more guesses. `tooMany`: so many wrong ones of that
 * village came from that address, or from anywhere, that nothing is answered any more; whoever asks is told to ring.
 */
export async function askNumber(
  language: Language,
  { area, pin }: { readonly area: number; readonly pin: string },
  address: string,
  now: Date,
): Promise<{ expected: Expected | null; tooMany: boolean }> {
  return asSystem('visits: whether a number is one of now', async (system) => {
    await system`select pg_advisory_xact_lock(hashtext('visit number'), ${area})`;
    const [wrong] = await system<{ near: number; there: number }[]>`
      select count(*) filter (where address = ${countedAddress(address)} and at > now() - interval '10 minutes')::int as near, count(*)::int as there
      from visit_check_attempt where area_id = ${area} and at > now() - interval '1 day'`;
    if (!wrong || wrong.near >= mostWrong.address || wrong.there >= mostWrong.village)
      return { expected: null, tooMany: true };
    const [expected] = await system<Expected[]>`
      select k.name as team, ${system(`a.full_name_${language}`)} as village, r.starts_at, r.ends_at, h.helpers
      from visit v join visit_round r on r.id = v.round_id join team k on k.id = r.team_id join area a on a.id = r.area_id
        cross join lateral (select count(*)::int as helpers from visit_round_helper h where h.round_id = r.id and h.called_off_at is null) h
      where v.area_id = ${area} and v.pin = ${pin} and v.taken_off_at is null and r.called_off_at is null and h.helpers > 0
        and ${now}::timestamptz between r.starts_at - make_interval(mins => ${numberCounts}) and r.ends_at + make_interval(mins => ${numberCounts})
      order by r.starts_at limit 1`;
    if (!expected)
      await system`
        with old as (delete from visit_check_attempt where at < now() - interval '1 day')
        insert into visit_check_attempt (area_id, address) select id, ${countedAddress(address)}::inet from area where id = ${area}`;
    return { expected: expected ?? null, tooMany: false };
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
      select q.code, ${system(`a.full_name_${language}`)} as village, q.needs, q.times, q.created_at, n.day::text as planned_on,
        coalesce(q.closed_because, 'not_needed') = 'not_needed' as removable,
        case when q.closed_because in ('withdrawn', 'expired') then q.closed_because when q.closed_at is not null then 'closed'
          when n.day is not null then 'planned' else 'open' end as state
      from visit_request q join area a on a.id = q.area_id
        left join lateral (select v.day from visit v join visit_round r on r.id = v.round_id and r.called_off_at is null
          where v.request_id = q.id and v.taken_off_at is null and v.day >= ${dayOf(now)} order by v.day limit 1) n on true
      where q.code = ${code}`;
    return row ?? null;
  });
}
