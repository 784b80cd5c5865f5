import { elevated, type RecordTx, type ScopedTx } from '@/lib/access/scoped';
import { factsPerPage, type Fact, type FactKind, type HistoryAddress } from './schema';

type Language = 'vi' | 'en';
type Piece = ReturnType<typeof nothing>;
const nothing = (tx: ScopedTx) => tx`null`;

/** Where facts of one kind come from. `own`: as the caller's rows show them. `system`: what is walled, but belongs to the record. */
interface Source {
  readonly kind: FactKind;
  readonly as: 'own' | 'system';
  /** at, key (one per fact), what, title, ref (where it can be looked at), value, note, by (an account). */
  readonly facts: (tx: ScopedTx, language: Language, id: string) => Piece;
}

/** The record itself and those merged into it: what was read or made of either stays written under its own id. */
const ids = (tx: ScopedTx, id: string) => tx`(select id from person where ${id}::uuid in (id, merged_into))`;
const idsAsText = (tx: ScopedTx, id: string) =>
  tx`(select id::text from person where ${id}::uuid in (id, merged_into))`;
const none = (tx: ScopedTx) => tx`null::text`;

/** Every kind of thing that is known of somebody, each from the one table that holds it. A new kind of fact is one more line here. */
const sources: readonly Source[] = [
  {
    kind: 'classes',
    as: 'own',
    facts: (tx, language, id) => tx`
      select v.at, v.id::text as key, v.to_status as what, ${tx(`co.title_${language}`)} as title, e.class_id as ref, v.channel as value,
        ${none(tx)} as note, v.account_id as by
      from enrolment e join enrolment_event v on v.enrolment_id = e.id join class c on c.id = e.class_id join course co on co.id = c.course_id
      where e.person_id = ${id}`,
  },
  {
    kind: 'sessions',
    as: 'own',
    facts: (tx, language, id) => tx`
      select s.starts_at as at, s.id::text as key, t.state as what, coalesce(${tx(`l.title_${language}`)}, ${tx(`co.title_${language}`)}) as title,
        s.id::text as ref, t.minutes_late::text as value, case when t.walk_in then 'walkIn' end as note, t.marked_by as by
      from attendance t join class_session s on s.id = t.session_id join class c on c.id = s.class_id
        join course co on co.id = c.course_id left join lesson l on l.id = s.lesson_id
      where t.person_id = ${id}`,
  },
  {
    kind: 'skills',
    as: 'own',
    facts: (tx, language, id) => observed(tx, language, id, tx`o.source <> 'recheck'`),
  },
  {
    kind: 'rechecks',
    as: 'own',
    facts: (tx, language, id) => observed(tx, language, id, tx`o.source = 'recheck'`),
  },
  {
    kind: 'assists',
    as: 'own',
    facts: (tx, language, id) => tx`
      select s.at, s.id::text as key, case when s.referred_to is null then 'settled' else 'referred' end as what,
        ${tx(`n.name_${language}`)} as title, s.minutes::text as ref, s.level::text as value, d.name as note, s.logged_by as by
      from desk_assist s join desk d on d.id = s.desk_id join desk_need n on n.code = s.need_code and n.version = s.need_version
      where s.person_id = ${id} and s.undone_at is null`,
  },
  {
    kind: 'steps',
    as: 'own',
    facts: (tx, language, id) => tx`
      select r.at, r.id::text as key, r.answer as what, ${tx(`s.name_${language}`)} as title, ${none(tx)} as ref, r.source as value,
        ${none(tx)} as note, r.recorded_by as by
      from step_record r join step s on s.code = r.step_code where r.person_id = ${id}`,
  },
  {
    // What came of tasks, and when nobody was to go there.
    kind: 'tasks',
    as: 'own',
    facts: (tx, _language, id) => tx`
      select w.at, w.id::text as key, w.outcome as what, ${none(tx)} as title, ${none(tx)} as ref, w.kind as value, nullif(w.note, '') as note, w.by
      from task_work w where w.person_id = ${id}
      union all
      select u.at, u.id::text, 'paused', null, null, u.reason, null, u.by from person_pause u where u.person_id = ${id}`,
  },
  {
    // Whoever may read the record learns what came of visits; the words said there, and the visit's page, are for those who plan visits.
    kind: 'visits',
    as: 'system',
    facts: (tx, _language, id) => tx`
      select o.at, o.id::text as key, o.outcome as what, ${none(tx)} as title, case when k.plans then v.id::text end as ref, o.minutes::text as value,
        case when k.plans then nullif(o.words, '') end as note, case when k.plans then o.recorded_by end as by
      from visit v left join visit_request q on q.id = v.request_id
        cross join lateral (select * from visit_outcome o where o.visit_id = v.id order by o.at desc, o.id desc limit 1) o
        cross join lateral (select v.area_id = any (coalesce(may_areas('visit.plan'), '{}')) as plans) k
      where coalesce(v.person_id, q.person_id) in ${ids(tx, id)}`,
  },
  {
    kind: 'certificates',
    as: 'own',
    facts: (tx, language, id) => tx`
      select w.at, c.id::text || w.what as key, w.what, ${tx(`co.title_${language}`)} as title, c.serial as ref, c.revoked_code as value,
        ${none(tx)} as note, w.by
      from certificate c join course co on co.id = c.course_id
        cross join lateral (values (c.issued_at, 'issued', c.issued_by), (c.revoked_at, 'revoked', c.revoked_by)) w (at, what, by)
      where c.person_id = ${id} and w.at is not null`,
  },
  {
    // What one was told, or was to be: nothing of what waits.
    kind: 'messages',
    as: 'own',
    facts: (tx, language, id) => tx`
      select coalesce(m.settled_at, (select max(a.at) from message_attempt a where a.message_id = m.id), m.made_at) as at, m.id::text as key,
        m.state as what, coalesce(${tx(`co.title_${language}`)}, ${tx(`a.full_name_${language}`)}) as title, coalesce(m.class_id, (select 'round:' || v.round_id from visit v where v.id = m.visit_id)) as ref, m.purpose as value, coalesce(m.why, m.channel) as note,
        (select l.by from message_call l where l.message_id = m.id order by l.at desc limit 1) as by
      from message m join area a on a.id = m.area_id left join class c on c.id = m.class_id left join course co on co.id = c.course_id
      where m.person_id = ${id} and m.state not in ('waiting', 'sending')`,
  },
  {
    // Not those for a noted need: that there is one is nobody's to read.
    kind: 'consents',
    as: 'own',
    facts: (tx, language, id) => tx`
      select w.at, c.id::text || w.what as key, w.what, c.purpose as title, c.text_version::text as ref, c.how as value,
        x.${tx(`body_${language}`)} as note, w.by
      from consent c left join consent_text x on x.purpose = c.purpose and x.version = c.text_version
        cross join lateral (values (c.at, case when c.given then 'given' else 'notGiven' end, c.taken_by), (c.withdrawn_at, 'withdrawn', null)) w (at, what, by)
      where c.person_id = ${id} and c.purpose <> 'need' and w.at is not null`,
  },
  {
    kind: 'record',
    as: 'system',
    facts: (tx, language, id) => tx`
      select p.created_at as at, p.id::text as key, 'written' as what, ${none(tx)} as title, ${none(tx)} as ref, ${none(tx)} as value,
        ${none(tx)} as note, p.created_by as by
      from person p where p.id = ${id}
      union all
      select e.at, e.id::text, e.action, null, null, (select string_agg(f, ' ') from jsonb_array_elements_text(e.details->'changed') f), null, e.account_id
      from audit_event e where e.subject_kind = 'person' and e.subject_id in ${idsAsText(tx, id)}
        and e.action in ('person.correct', 'person.messages', 'card.phone')
      union all
      select w.at, k.id::text || w.what, w.what, null, null, null, null, w.by
      from card k cross join lateral (values (k.created_at, 'cardMade', k.created_by),
        (case when k.ended_why = 'withdrawn' then k.ended_at end, 'cardEnded', null::uuid)) w (at, what, by)
      where k.person_id in ${ids(tx, id)} and w.at is not null
      union all
      select w.at, m.id::text || w.what, w.what, null, null, null, null, w.by
      from household_member m
        cross join lateral (values (m.joined_at, 'householdJoined', m.added_by), (m.left_at, 'householdLeft', m.removed_by)) w (at, what, by)
      where m.person_id = ${id} and w.at is not null
      union all
      select r.at, r.id::text, case r.how when 'moved' then 'homeMoved' else 'homeCorrected' end, ${tx(`a.full_name_${language}`)}, to_char(r.since, 'DD/MM/YYYY'),
        null, null, r.by
      from person_residence r join area a on a.id = r.area_id where r.person_id = ${id}`,
  },
  {
    kind: 'merges',
    as: 'system',
    facts: (tx, _language, id) => tx`
      select w.at, m.id::text || w.what as key, w.what, o.full_name as title, ${none(tx)} as ref, ${none(tx)} as value, ${none(tx)} as note, w.by
      from person_merge m join person o on o.id = case when m.kept_id = ${id} then m.merged_id else m.kept_id end
        cross join lateral (values (m.at, 'merged', m.by), (m.undone_at, 'undone', m.undone_by)) w (at, what, by)
      where ${id}::uuid in (m.kept_id, m.merged_id) and w.at is not null`,
  },
  {
    kind: 'readings',
    as: 'system',
    facts: (tx, _language, id) => tx`
      select e.at, e.id::text as key, e.action as what, ${none(tx)} as title, ${none(tx)} as ref, e.details->>'purpose' as value,
        ${none(tx)} as note, e.account_id as by
      from audit_event e where e.subject_kind = 'person' and e.subject_id in ${idsAsText(tx, id)}
        and e.action in ('person.read', 'person.open', 'card.read', 'card.open')`,
  },
];

const observed = (tx: ScopedTx, language: Language, id: string, which: Piece) => tx`
  select o.observed_at as at, o.id::text as key, o.source as what, coalesce(${tx(`v.title_${language}`)}, o.skill_code) as title,
    o.session_id::text as ref, o.level::text as value, nullif(o.help, '') as note, o.observed_by as by
  from skill_observation o left join skill_version v on v.skill_code = o.skill_code and v.valid_to is null
  where o.person_id = ${id} and ${which}`;

export interface History {
  readonly facts: readonly Fact[];
  /** How many of each kind there are. */
  readonly counts: Readonly<Record<string, number>>;
  readonly page: number;
  readonly pageCount: number;
}

/**
 * One page of all that is known of somebody, newest first, each fact once; of one kind where the address says so. Takes a transaction in
 * which the reading was written down, so that reading is its first line. Sources lie under the caller's walls; what belongs to the
 * record but is walled (who read it, what was merged into it) is read for this one person. Null out of scope.
 */
export async function personHistory(
  tx: RecordTx,
  language: Language,
  id: string,
  { show, page: asked }: HistoryAddress,
): Promise<History | null> {
  const inScope = await tx`select from person where id = ${id} and merged_into is null`;
  if (inScope.count === 0) return null;
  const counts: Record<string, number> = {};
  for (const source of sources) counts[source.kind] = await counted(tx, source, language, id);
  const wanted = sources.filter(({ kind }) => show === undefined || kind === show);
  const total = wanted.reduce((sum, { kind }) => sum + (counts[kind] ?? 0), 0);
  const pageCount = Math.max(1, Math.ceil(total / factsPerPage));
  const page = Math.min(asked, pageCount);
  const found: (Fact & { at: Date })[] = [];
  for (const source of wanted) found.push(...(await newest(tx, source, language, id, page * factsPerPage)));
  const facts = found
    .toSorted((one, other) => other.at.getTime() - one.at.getTime() || (one.key < other.key ? 1 : -1))
    .slice((page - 1) * factsPerPage, page * factsPerPage);
  const names = await namesOf(tx, facts);
  return {
    facts: facts.map((fact) => ({ ...fact, by: names.get(fact.by ?? '') ?? null })),
    counts,
    page,
    pageCount,
  };
}

const ofALife: readonly FactKind[] = ['classes', 'sessions', 'skills', 'rechecks', 'assists', 'visits'];

/** The last few things that happened to somebody, for whoever stands at their door: what they did and what was seen, not what was read or written. */
export async function lastFacts(tx: RecordTx, language: Language, id: string, most: number): Promise<Fact[]> {
  const found: Fact[] = [];
  for (const source of sources.filter(({ kind }) => ofALife.includes(kind)))
    found.push(...(await newest(tx, source, language, id, most)));
  return found.toSorted((one, other) => other.at.getTime() - one.at.getTime()).slice(0, most);
}

const under = <R>(tx: RecordTx, { kind, as }: Source, work: (tx: ScopedTx) => Promise<R>): Promise<R> =>
  as === 'own' ? work(tx) : elevated(tx, `history: ${kind} of one record`, work);

function counted(tx: RecordTx, source: Source, language: Language, id: string): Promise<number> {
  return under(tx, source, async (reading) => {
    const [row] = await reading<{ count: number }[]>`
      select count(*)::integer as count from (${source.facts(reading, language, id)}) f`;
    return row?.count ?? 0;
  });
}

/** Ordered as the pages are cut: JavaScript knows milliseconds and compares letters by their number. */
function newest(tx: RecordTx, source: Source, language: Language, id: string, most: number): Promise<Fact[]> {
  return under(tx, source, async (reading) => {
    const rows = await reading<Omit<Fact, 'kind'>[]>`
      select at, key, what, title, ref, value, note, by from (${source.facts(reading, language, id)}) f
      order by date_trunc('milliseconds', at) desc, key collate "C" desc limit ${most}`;
    return rows.map((row) => ({ ...row, kind: source.kind }));
  });
}

/** Accounts are walled; the names of those who wrote or read a record belong to it. */
async function namesOf(tx: RecordTx, facts: readonly Fact[]): Promise<Map<string, string>> {
  const wanted = [...new Set(facts.flatMap(({ by }) => (by === null ? [] : [by])))];
  if (wanted.length === 0) return new Map();
  const rows = await elevated(
    tx,
    'history: names of those who wrote or read',
    (system) => system<{ id: string; fullName: string }[]>`
      select id, full_name from account where id = any(${wanted}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row.fullName]));
}
