import type { SystemTx } from '@/lib/access/scoped';
import { officeNumber } from '@/lib/class/queries';
import { formatDateTimeRange } from '@/lib/i18n/format';
import { hotlineOf, said, tell, type Reader, type Verdict } from './judging';
import { spentAndDoubt } from './handed';
import type { HelperPurpose } from './schema';
import { compose, type AskLine } from './templates';

/** One question to a helper, of a session to come. */
interface Question {
  readonly id: string;
  readonly role: 'teaches' | 'helps';
  /** Asked now; else they are let go, or said no themselves. */
  readonly asked: boolean;
  readonly letGo: boolean;
  readonly calledOff: boolean;
  readonly moved: boolean;
  readonly startsAt: string;
  readonly where: string;
  /** They were told of the question since it was put, or put anew; and of the end of it, last of all. */
  readonly toldAsked: boolean;
  readonly toldLast: 'ask' | 'let_go' | null;
}

/** All that decides whether a helper is told something, and what. */
export interface HelperFacts extends Reader {
  readonly about: 'helper';
  readonly purpose: HelperPurpose;
  readonly here: boolean;
  readonly hotline: string | null;
  /** Of sessions. */
  readonly title: string | null;
  readonly questions: readonly Question[];
  readonly askIds: readonly string[];
  /** Of a round. */
  readonly village: string | null;
  readonly team: string;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly goes: boolean;
  readonly roundOff: boolean;
  readonly pending: boolean;
  /** They were told that they go, or could see it on their own page. */
  readonly knows: boolean;
}

/** What decides about messages to helpers: their own number, and how they chose to be told. */
export async function helperFacts(system: SystemTx, ids: readonly string[], now: Date): Promise<HelperFacts[]> {
  const told = system`o.state in ('sent', 'delivered', 'told')`;
  const rows = await system<HelperFacts[]>`
    select m.id, 'helper' as about, m.purpose, m.expires_at, m.unit_id, m.tries, t.full_name, t.phone, false as phone_of_relative,
      case when h.wrong_phone is distinct from t.phone then t.phone end as write_to, true as agreed_to_messages,
      coalesce(h.zalo, false) as zalo, coalesce(h.sms, false) as sms, h.email, h.no_calls_at is not null as no_calls, coalesce(h.wrong_phone = t.phone, false) as wrong_phone,
      null as offer_by, t.left_on is null as here, k.name as team, coalesce(m.ask_ids, '{}') as ask_ids,
      case when r.id is null then c.hotline else ${officeNumber(system, system`r.area_id`)} end as hotline, co.title_vi as title,
      a.full_name_vi as village, r.starts_at, r.ends_at, coalesce(g.called_off_at is null, false) as goes, coalesce(r.called_off_at is not null, false) as round_off,
      exists (select from message o where o.member_id = m.member_id and o.id <> m.id and o.state = 'sending'
        and (o.round_helper_id = m.round_helper_id or o.class_id = m.class_id)) as pending,
      exists (select from message o where o.round_helper_id = m.round_helper_id and o.purpose = 'round' and (${told}
        or exists (select from message_attempt y where y.message_id = o.id and y.outcome = 'unknown')
        or t.account_id is not null and o.made_at < m.made_at - interval '10 minutes')) as knows,
      case when m.class_id is null then '[]' else coalesce((
        select jsonb_agg(jsonb_build_object('id', q.id, 'role', q.role, 'asked', q.state = 'asked' and not q.called_off and c.status in ('draft', 'published'),
          'letGo', q.called_off or q.state = 'no' and q.no_because <> 'said' or c.status not in ('draft', 'published'), 'calledOff', q.called_off, 'moved', q.moved_at is not null,
          'startsAt', q.starts_at, 'where', v.name, 'toldAsked', l.purpose = 'ask' and l.at > greatest(q.asked_at, q.moved_at), 'toldLast', l.purpose) order by q.starts_at)
        from session_helper q join class_session s on s.id = q.session_id join venue v on v.id = s.venue_id
          left join lateral (
            select o.purpose, x.at from message o cross join lateral (
              select coalesce(o.settled_at, (select max(y.at) from message_attempt y where y.message_id = o.id)) as at) x
            where o.member_id = m.member_id and o.class_id = m.class_id and o.id <> m.id and q.id = any(o.ask_ids) and ${told} order by x.at desc limit 1) l on true
        where q.member_id = m.member_id and s.class_id = m.class_id and q.starts_at > ${now}), '[]') end as questions,
      ${spentAndDoubt(system)}
    from message m join team_member t on t.id = m.member_id join team k on k.id = t.team_id left join member_choice h on h.member_id = t.id
      left join class c on c.id = m.class_id left join course co on co.id = c.course_id
      left join visit_round_helper g on g.id = m.round_helper_id left join visit_round r on r.id = g.round_id left join area a on a.id = r.area_id
    where m.id in ${system(ids)}`;
  return [...rows];
}

/** At most so many sessions are named in one message. */
const mostNamed = 4;

/** Whether a helper is told, and what: of all that is asked of them for a class and they were not told of yet, or of one round. */
export function judgeHelper(f: HelperFacts): Verdict {
  if (!f.here) return { withdraw: 'leftTeam' };
  if (f.pending) return { wait: 'pending' };
  const base = { to: `gửi ${f.fullName}`, hotline: hotlineOf(f) };
  if (f.purpose === 'round' || f.purpose === 'round_off') {
    if (!f.startsAt || !f.endsAt) return { withdraw: 'roundOff' };
    const round = {
      ...base,
      where: f.village ?? '',
      when: formatDateTimeRange('vi', f.startsAt, f.endsAt).replaceAll('\u00a0', ' '),
    };
    const going = f.goes && !f.roundOff;
    if (f.purpose === 'round')
      return going ? tell(compose('round', { ...round, team: f.team })) : { withdraw: 'roundOff' };
    if (going) return { withdraw: 'nothingNew' };
    if (!f.knows) return { withdraw: 'notTold' };
    return tell(
      compose('round_off', { ...round, how: f.roundOff ? 'không đi nữa' : 'anh chị khỏi đi, cảm ơn anh chị' }),
    );
  }
  const asking = f.purpose === 'ask';
  const about = f.questions.filter((one) =>
    asking
      ? one.asked && !one.toldAsked
      : one.letGo && one.toldLast !== 'let_go' && (f.askIds.includes(one.id) || one.toldLast === 'ask'),
  );
  if (about.length === 0) return { withdraw: asking ? 'answered' : 'nothingNew' };
  const lines = about.slice(0, mostNamed).map((one) => lineOf(one, asking));
  const more = about.length > lines.length ? String(about.length - lines.length) : '';
  const composed = compose(asking ? 'ask' : 'let_go', { ...base, class: f.title ?? '', asks: lines, more });
  return { ...tell(composed), askIds: about.map(({ id }) => id) };
}

function lineOf({ role, calledOff, moved, startsAt, where }: Question, asking: boolean): AskLine {
  const now = said(new Date(startsAt));
  if (!asking) return { kind: calledOff ? 'off' : 'free', now };
  return { kind: moved ? 'moved' : role, now, where };
}
