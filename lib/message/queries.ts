import type { RecordTx, ScopedTx } from '@/lib/access/scoped';
import { factsFor, type AllFacts } from './facts';
import { urgency } from './judging';
import {
  messagesPerPage,
  monthOf,
  monthStart,
  statesOf,
  usualBudget,
  type CallLine,
  type MessageLine,
  type MessageList,
  type MessageShow,
} from './schema';
import { wordsOf } from './templates';
import { judge } from './verdicts';

type Language = 'vi' | 'en';

const lineColumns = (tx: ScopedTx, language: Language) => tx`
  m.id, m.purpose, m.state, m.why, m.channel, m.class_id, coalesce(v.round_id, g.round_id) as round_id,
  coalesce(${tx(`co.title_${language}`)}, ${tx(`a.full_name_${language}`)}) as title, m.person_id,
  coalesce(p.full_name, q.full_name, mate.full_name, '') as full_name, m.expires_at, m.template, m.version, m.values`;
const lineTables = (tx: ScopedTx) => tx`
  message m left join class c on c.id = m.class_id left join course co on co.id = c.course_id left join person p on p.id = m.person_id
    left join visit v on v.id = m.visit_id left join visit_request q on q.id = v.request_id left join team_member mate on mate.id = m.member_id
    left join visit_round_helper g on g.id = m.round_helper_id left join area a on a.id = m.area_id`;

/** Of one class, or of all the caller's. */
const ofClass = (tx: ScopedTx, classId: string | undefined) =>
  classId === undefined ? tx`true` : tx`m.class_id = ${classId}`;

type Stored = Omit<MessageLine, 'text'> & { template: string | null; version: number | null; values: unknown };

/** How many messages there are of each kind the page shows, of the last month and of one class where it is given; to be called without those whose time is over. */
export async function messageCounts(
  tx: ScopedTx,
  classId: string | undefined,
  now: Date,
): Promise<Record<MessageShow, number>> {
  const rows = await tx<{ state: string; count: number }[]>`
    select m.state, count(*)::integer as count from message m
    where ${ofClass(tx, classId)} and m.made_at > ${now}::timestamptz - interval '31 days' and (m.state <> 'to_call' or m.expires_at > ${now})
    group by m.state`;
  const of = (show: MessageShow) =>
    rows.filter(({ state }) => statesOf[show].some((one) => one === state)).reduce((sum, { count }) => sum + count, 0);
  return { call: of('call'), waiting: of('waiting'), sent: of('sent'), failed: of('failed'), ended: of('ended') };
}

/** One page of what was or will be told by itself, the latest first, of the last month. */
export async function messageLines(
  tx: ScopedTx,
  language: Language,
  { show, class: classId, page }: MessageList,
  now: Date,
): Promise<MessageLine[]> {
  const rows = await tx<Stored[]>`
    select ${lineColumns(tx, language)}, coalesce(m.settled_at, (select max(a.at) from message_attempt a where a.message_id = m.id), m.due_at) as at
    from ${lineTables(tx)}
    where ${ofClass(tx, classId)} and m.state in ${tx(statesOf[show])} and m.made_at > ${now}::timestamptz - interval '31 days'
    order by ${show === 'waiting' ? tx`m.due_at` : tx`at desc`}, m.id limit ${messagesPerPage} offset ${(page - 1) * messagesPerPage}`;
  return rows.map(({ template, version, values, ...line }) => ({
    ...line,
    text: wordsOf({ template, version, values }),
  }));
}

/**
 * One page of whom to tell by hand, one after the other with all there is to tell each, since it is one call: first whoever there is little time for (two
 * days), then what is most urgent and ends first; who did not answer lately after the others. The words are those true now; who needs not be told any more is left out, whether the minute's work has noticed or not.
 */
export async function callList(
  tx: ScopedTx,
  language: Language,
  { class: classId, page }: Pick<MessageList, 'class' | 'page'>,
  now: Date,
): Promise<CallLine[]> {
  const rows = await tx<(Stored & Pick<CallLine, 'tried' | 'triedAt' | 'turn'>)[]>`
    select ${lineColumns(tx, language)}, m.made_at as at, coalesce(t.tried, 0) as tried, t.tried_at,
      case when bool_or(coalesce(t.tried_at > ${now}::timestamptz - interval '2 hours', false)) over w then 'again'
        when min(m.expires_at) over w > ${now}::timestamptz + interval '2 days' then 'later' else 'first' end as turn
    from ${lineTables(tx)} left join lateral (
      select count(*)::integer as tried, max(l.at) as tried_at from message_call l where l.message_id = m.id) t on true
    where ${ofClass(tx, classId)} and m.state = 'to_call' and m.expires_at > ${now}
    window w as (partition by coalesce(m.person_id, m.member_id, m.visit_id))
    order by bool_or(coalesce(t.tried_at > ${now}::timestamptz - interval '2 hours', false)) over w,
      min(m.expires_at) over w > ${now}::timestamptz + interval '2 days', min(array_position(${[...urgency]}::text[], m.purpose)) over w, min(m.expires_at) over w,
      coalesce(p.given_name, mate.full_name, q.full_name) collate "vi-x-icu", coalesce(m.person_id, m.member_id, m.visit_id),
      array_position(${[...urgency]}::text[], m.purpose), m.expires_at, m.id
    limit ${messagesPerPage} offset ${(page - 1) * messagesPerPage}`;
  const facts = await factsFor(
    tx,
    rows.map(({ id }) => id),
    now,
  );
  return rows.flatMap(({ template: _template, version: _version, values: _values, ...line }) => {
    const known = facts.get(line.id);
    const text = known ? wordsNow(known, now) : null;
    if (!known || text === null) return [];
    return [
      {
        ...line,
        fullName: known.fullName,
        text,
        phone: known.phone,
        phoneOfRelative: known.phoneOfRelative,
        wrongNumber: known.wrongPhone,
      },
    ];
  });
}

function wordsNow(facts: AllFacts, now: Date): string | null {
  const verdict = judge(facts, now);
  return 'tell' in verdict ? wordsOf(verdict.tell) : null;
}

/**
 * How many people are to be told by hand, as far as the caller may see them. Homes to ring back of a round called off are named with their round
 * (`roundsWanting`), and are not counted a second time.
 */
export async function callsOpen(tx: ScopedTx, now: Date): Promise<number> {
  const [row] = await tx<{ people: number }[]>`
    select count(distinct coalesce(person_id, member_id, visit_id))::integer as people from message m
    where state = 'to_call' and expires_at > ${now} and not (purpose = 'visit_off' and exists (
      select from visit v join visit_round r on r.id = v.round_id where v.id = m.visit_id and r.called_off_at is not null))`;
  return row?.people ?? 0;
}

/** What class the page is narrowed to; null when it is not the caller's. */
export async function classNamed(tx: ScopedTx, language: Language, classId: string): Promise<string | null> {
  const [row] = await tx<{ title: string }[]>`
    select ${tx(`co.title_${language}`)} as title from class c join course co on co.id = c.course_id
    where c.id = ${classId} and c.area_id = any (coalesce((select may_areas('contact.read')), '{}'))`;
  return row?.title ?? null;
}

export interface Budget {
  readonly areaId: number;
  readonly name: string;
  readonly allowed: number;
  /** Nobody said how many for this month. */
  readonly usual: boolean;
  readonly used: number;
}

/** What the caller's units may still send this month, and have sent. At most as many as there are. */
export async function budgetsOf(
  tx: ScopedTx,
  language: Language,
  capability: 'contact.read' | 'area.manage',
  now: Date,
): Promise<Budget[]> {
  const rows = await tx<Budget[]>`
    select u.id as area_id, ${tx(`u.full_name_${language}`)} as name, coalesce(b.allowed, ${usualBudget}) as allowed, b.allowed is null as usual,
      coalesce(b.used, 0) as used
    from area u left join message_budget b on b.area_id = u.id and b.month = ${monthStart(monthOf(now))}
    where u.kind in ('commune', 'ward', 'special_zone') and u.valid_to is null and u.id = any (coalesce((select may_areas(${capability})), '{}'))
    order by ${tx(`u.name_${language}`)} collate "vi-x-icu" limit 200`;
  return [...rows];
}

export interface Choice {
  readonly fullName: string;
  readonly phoneHint: string | null;
  readonly zalo: boolean;
  readonly sms: boolean;
  readonly email: string | null;
  readonly noCalls: boolean;
  readonly wrongPhone: boolean;
  /** When they agreed to be written to, while that stands. */
  readonly agreedAt: Date | null;
}

/** How somebody wants to be told, for who corrects people where they live; null out of reach. The reading was written down. */
export async function choiceOf(tx: RecordTx, personId: string): Promise<Choice | null> {
  const [row] = await tx<Choice[]>`
    select p.full_name, p.phone_hint, coalesce(h.zalo, false) as zalo, coalesce(h.sms, false) as sms, h.email, h.no_calls_at is not null as no_calls,
      h.wrong_phone is not null and (select right(h.wrong_phone, 3) = right(p.phone_hint, 3)) as wrong_phone, k.at as agreed_at
    from person p left join message_choice h on h.person_id = p.id left join consent k on k.id = h.consent_id and k.given and k.withdrawn_at is null
    where p.id = ${personId} and p.merged_into is null and p.area_id = any (coalesce((select may_areas('person.write')), '{}'))`;
  return row ?? null;
}

/** How the holder of a card in hand is told. */
export async function ownChoice(
  tx: RecordTx,
  personId: string,
): Promise<Pick<Choice, 'zalo' | 'sms' | 'email' | 'noCalls'>> {
  const [row] = await tx<Pick<Choice, 'zalo' | 'sms' | 'email' | 'noCalls'>[]>`
    select zalo, sms, email, no_calls_at is not null as no_calls from message_choice where person_id = ${personId}`;
  return row ?? { zalo: false, sms: false, email: null, noCalls: false };
}

export interface HelperChoice extends Pick<Choice, 'zalo' | 'sms' | 'email' | 'noCalls'> {
  /** The end of the number their team has. */
  readonly phoneHint: string | null;
}

/** How the caller wants to be told as a helper; null for somebody of no team. */
export async function helperChoice(tx: ScopedTx, accountId: string): Promise<HelperChoice | null> {
  const [row] = await tx<HelperChoice[]>`
    select coalesce(h.zalo, false) as zalo, coalesce(h.sms, false) as sms, h.email, h.no_calls_at is not null as no_calls, '••• ' || right(t.phone, 3) as phone_hint
    from team_member t left join member_choice h on h.member_id = t.id where t.account_id = ${accountId} and t.left_on is null`;
  return row ?? null;
}

/** How a helper is told, for whoever plans with their team; null out of reach. */
export async function choiceOfMember(tx: ScopedTx, memberId: string): Promise<HelperChoice | null> {
  const [row] = await tx<HelperChoice[]>`
    select coalesce(h.zalo, false) as zalo, coalesce(h.sms, false) as sms, h.email, h.no_calls_at is not null as no_calls, '••• ' || right(t.phone, 3) as phone_hint
    from team_member t left join member_choice h on h.member_id = t.id
    where t.id = ${memberId} and t.area_id = any (coalesce((select may_areas('class.write')), '{}'))`;
  return row ?? null;
}

/** The words people agree to before they are written to; null before any were loaded. */
export async function messageConsentText(
  tx: ScopedTx,
  language: Language,
): Promise<{ version: number; body: string } | null> {
  const [row] = await tx<{ version: number; body: string }[]>`
    select version, ${tx(`body_${language}`)} as body from consent_text
    where purpose = 'message' and used_from <= now() order by version desc limit 1`;
  return row ?? null;
}
