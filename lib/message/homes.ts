import type { SystemTx } from '@/lib/access/scoped';
import { officeNumber } from '@/lib/class/queries';
import { formatDateTimeRange } from '@/lib/i18n/format';
import { withdrew } from '@/lib/step/queries';
import { hotlineOf, said, tell, type Reader, type Verdict } from './judging';
import { spentAndDoubt } from './handed';
import type { HomePurpose } from './schema';
import { compose } from './templates';

/** The consent to be written to that names visits: its second version, of 30/11/2026. */
const namesVisits = 2;
/** Who was told so lately is not reminded. */
const toldLately = 12 * 3_600_000;

/** All that decides whether a household is told of a visit, and what. */
export interface HomeFacts extends Reader {
  readonly about: 'home';
  readonly purpose: HomePurpose;
  readonly agreed: boolean;
  /** Dead, moved, refused, or left alone for a while: nothing is told of visits. */
  readonly stopped: boolean;
  readonly pin: string;
  readonly team: string;
  readonly helpers: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly hotline: string | null;
  /** Taken off, or the round called off. */
  readonly off: boolean;
  readonly toldAt: Date | null;
  readonly rungBackAt: Date | null;
  readonly visited: boolean;
  /** What they asked for was taken back or settled. */
  readonly settled: boolean;
  /** It was taken back, by them or for them: they know that nobody comes, and are forgotten. */
  readonly takenBack: boolean;
  /** The message of this visit is on its way, or may have got there. */
  readonly pending: boolean;
  readonly maybe: boolean;
  /** Another day is to be told of, which says that this one is off. */
  readonly newDay: boolean;
  /** Days they were told of on which nobody comes, and do not know. */
  readonly was: readonly string[];
}

/** The same home as `v` with its request `q`, of another visit `o` with its request `oq`. */
const sameHome = (tx: SystemTx) =>
  tx`o.id <> v.id and (o.request_id = v.request_id or coalesce(o.person_id, oq.person_id) = coalesce(v.person_id, q.person_id))`;

/**
 * What decides about messages to households. Who is not known by the portal has the phone they gave for the visit, and is never written to: nobody was asked
 * whether they agree. To ring there is the number given for the visit; to write, their own, and no other.
 */
export async function homeFacts(system: SystemTx, ids: readonly string[], now: Date): Promise<HomeFacts[]> {
  const rows = await system<HomeFacts[]>`
    select m.id, 'home' as about, m.purpose, m.expires_at, m.unit_id, m.tries, coalesce(p.full_name, q.full_name, '') as full_name,
      coalesce(q.phone, n.phone) as phone, coalesce(case when q.phone is not null then q.phone_of = 'relative' else n.belongs_to = 'relative' end, false) as phone_of_relative,
      case when h.wrong_phone is distinct from n.phone then n.phone end as write_to,
      p.id is null or not ${withdrew(system)} as agreed,
      exists (select from consent k where k.id = h.consent_id and k.given and k.withdrawn_at is null and k.text_version >= ${namesVisits}) as agreed_to_messages,
      coalesce(h.zalo, false) as zalo, coalesce(h.sms, false) as sms, h.email,
      h.no_calls_at is not null or p.id is null and exists (select from message_call l join message c on c.id = l.message_id
        where c.visit_id = v.id and l.outcome = 'no_calls') as no_calls,
      coalesce(h.wrong_phone = coalesce(q.phone, n.phone), false) or p.id is null and exists (select from message_call l join message c on c.id = l.message_id
        where c.visit_id = v.id and l.outcome = 'wrong_number') as wrong_phone,
      null as offer_by, p.id is not null and visit_stopped_of(p.id) is not null as stopped, v.pin, t.name as team,
      (select count(*)::int from visit_round_helper x where x.round_id = r.id and x.called_off_at is null) as helpers,
      r.starts_at, r.ends_at, ${officeNumber(system, system`r.area_id`)} as hotline, v.taken_off_at is not null or r.called_off_at is not null as off, v.told_at, v.rung_back_at,
      exists (select from visit_outcome x where x.visit_id = v.id) as visited, q.closed_at is not null as settled,
      coalesce(q.closed_because = 'withdrawn', false) as taken_back,
      exists (select from message o where o.visit_id = v.id and o.id <> m.id and o.purpose = 'visit' and o.state = 'sending') as pending,
      exists (select from message o join message_attempt a on a.message_id = o.id where o.visit_id = v.id and o.purpose = 'visit' and a.outcome = 'unknown') as maybe,
      exists (select from visit o join visit_round ro on ro.id = o.round_id left join visit_request oq on oq.id = o.request_id
        join message om on om.visit_id = o.id and om.purpose = 'visit' and om.state in ('waiting', 'sending', 'to_call')
        where ${sameHome(system)} and o.taken_off_at is null and ro.called_off_at is null and ro.ends_at > ${now} and o.told_at is null) as new_day,
      array(select to_char(ro.starts_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from visit o join visit_round ro on ro.id = o.round_id left join visit_request oq on oq.id = o.request_id
        where ${sameHome(system)} and o.told_at is not null and o.rung_back_at is null and (o.taken_off_at is not null or ro.called_off_at is not null)
          and ro.ends_at > ${now} and not exists (select from visit_outcome x where x.visit_id = o.id) order by ro.starts_at limit 3) as was,
      ${spentAndDoubt(system)}
    from message m join visit v on v.id = m.visit_id join visit_round r on r.id = v.round_id join team t on t.id = r.team_id
      left join visit_request q on q.id = v.request_id left join person o on o.id = coalesce(v.person_id, q.person_id)
      left join person p on p.id = coalesce(o.merged_into, o.id) left join person_phone n on n.person_id = p.id left join message_choice h on h.person_id = p.id
    where m.id in ${system(ids)}`;
  return [...rows];
}

/**
 * Whether a household is told, and what. Whoever holds the phone reads it, so nothing is said but team, day and hours, the number, and whom to ring: no name,
 * not what for.
 */
export function judgeHome(f: HomeFacts, now: Date): Verdict {
  if (!f.agreed) return { withdraw: 'consentEnded' };
  if (f.stopped) return { withdraw: 'notVisited' };
  if (f.visited) return { withdraw: 'visited' };
  if (f.takenBack) return { withdraw: 'answered' };
  const base = {
    to: f.phoneOfRelative ? 'nhờ báo giúp người nhà' : 'báo cô bác',
    when: formatDateTimeRange('vi', f.startsAt, f.endsAt).replaceAll('\u00a0', ' '),
    hotline: hotlineOf(f),
  };
  if (f.purpose === 'visit_off') {
    if (!f.off || f.rungBackAt) return { withdraw: 'nothingNew' };
    if (f.pending) return { wait: 'pending' };
    if (!f.toldAt && !f.maybe) return { withdraw: 'notTold' };
    return f.newDay ? { wait: 'newDay' } : tell(compose('visit_off', { ...base, team: f.team }));
  }
  if (f.off) return { withdraw: 'visitOff' };
  if (f.settled) return { withdraw: 'answered' };
  const coming = { ...base, who: f.helpers > 0 ? `${f.helpers} người của ${f.team}` : f.team, pin: f.pin };
  if (f.purpose === 'visit_soon') {
    if (!f.toldAt) return { withdraw: 'notTold' };
    if (now.getTime() - f.toldAt.getTime() < toldLately) return { withdraw: 'nothingNew' };
    return tell(compose('visit_soon', coming));
  }
  if (f.toldAt) return { withdraw: 'nothingNew' };
  return tell(compose('visit', { ...coming, was: f.was.map((one) => said(new Date(one))).join(' và ') }));
}
