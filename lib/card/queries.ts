import { elevated, type RecordTx, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { keptColumns, placesInQueue, withKept, type Keeps } from '@/lib/enrolment/queries';
import { activeStates } from '@/lib/enrolment/rules';
import { currentLevels } from '@/lib/register/queries';
import { mostWrong } from './rules';
import type { Holder, OwnEnrolment, OwnRecord, OwnSession, Reading, StaffCard, StampDomain } from './schema';

type Language = 'vi' | 'en';

/** Who the card's holder is. Null for nobody's card. */
export async function holderOfCard(tx: RecordTx, language: Language, personId: string): Promise<Holder | null> {
  const [row] = await tx<Holder[]>`
    select p.full_name, k.code, p.phone_hint, ${tx(`a.full_name_${language}`)} as place_name,
      (select u.id from area_tree t join area u on u.id = t.ancestor_id
       where t.area_id = p.area_id and u.kind in ${tx(unitKinds)} order by t.depth limit 1) as unit_id
    from person p join area a on a.id = p.area_id
      join card k on k.ended_at is null and k.person_id in (select o.id from person o where p.id in (o.id, o.merged_into))
    where p.id = ${personId} order by k.created_at desc limit 1`;
  return row ?? null;
}

/** Sessions of the classes one has a place in: those to come, and those of the last three days, which can still be excused. */
export async function ownSessions(tx: ScopedTx, language: Language, personId: string): Promise<OwnSession[]> {
  const rows = await tx<OwnSession[]>`
    select ${sessionColumns(tx, language)} from ${sessionTables(tx)}
    where e.person_id = ${personId} and e.status = 'confirmed' and s.status <> 'planned' and s.ends_at > now() - interval '3 days'
    order by s.starts_at, s.id limit 60`;
  return [...rows];
}

/** One of them by its id; null for a session of somebody else's class. */
export async function ownSession(tx: ScopedTx, personId: string, sessionId: string): Promise<OwnSession | null> {
  const [row] = await tx<OwnSession[]>`
    select ${sessionColumns(tx, 'vi')} from ${sessionTables(tx)}
    where e.person_id = ${personId} and e.status = 'confirmed' and s.status <> 'planned' and s.id = ${sessionId}`;
  return row ?? null;
}

const sessionTables = (tx: ScopedTx) => tx`
  enrolment e join class_session s on s.class_id = e.class_id join class c on c.id = e.class_id join course co on co.id = c.course_id
  join venue v on v.id = s.venue_id left join lesson l on l.id = s.lesson_id
  left join attendance t on t.session_id = s.id and t.person_id = e.person_id`;

const sessionColumns = (tx: ScopedTx, language: Language) => tx`
  s.id, ${tx(`co.title_${language}`)} as class_title, ${tx(`l.title_${language}`)} as lesson, s.starts_at, s.ends_at, s.status, s.note, s.moved_from,
  v.name as venue, v.address, v.way_there, ${tx(`co.bring_${language}`)} as bring, c.hotline, t.state,
  coalesce(t.by_default, false) as by_default, s.register_finished_at is not null as finished,
  array(select ${tx(`w.title_${language}`)} from lesson_skill ls join skill k on k.code = ls.skill_code
    join skill_version w on w.skill_code = k.code and w.valid_to is null
    where ls.lesson_id = s.lesson_id order by k.domain_code, k.position) as skills`;

/**
 * The classes one is in, is asked into or waits for, until they are over; those that wait for an answer first, the most urgent before.
 * An offer that ran out is none, whether the minute's job has ended it yet or not.
 */
export async function ownEnrolments(tx: ScopedTx, language: Language, personId: string): Promise<OwnEnrolment[]> {
  const rows = await tx<(Omit<OwnEnrolment, 'placeInQueue' | 'kept'> & Keeps)[]>`
    select e.id, e.class_id, ${tx(`co.title_${language}`)} as title, e.status, c.first_starts_at, c.last_ends_at,
      ${tx(`a.full_name_${language}`)} as place_name, v.name as venue, c.hotline, e.offer_expires_at as answer_by, e.unconfirmed_until,
      (select min(s.starts_at) from class_session s where s.class_id = c.id and s.status = 'published' and s.starts_at > now()) as next_starts_at,
      ${keptColumns(tx)}
    from enrolment e join class c on c.id = e.class_id join course co on co.id = c.course_id join area a on a.id = c.area_id
      join venue v on v.id = c.venue_id
    where e.person_id = ${personId} and e.status in ${tx(activeStates)} and coalesce(c.last_ends_at > now(), true)
      and (e.status <> 'offered' or e.offer_expires_at > now())
    order by e.offer_expires_at, c.first_starts_at, e.id limit 20`;
  const waiting = rows.filter(({ status }) => status === 'waitlisted').map(({ id }) => id);
  const places = await placesInQueue(tx, waiting);
  return rows.map((row) => ({ ...withKept(row), placeInQueue: places.get(row.id) ?? null }));
}

/** Offers that ran out in the last three days without an answer, of classes one is not in since: their holder is told, not left to wonder. */
export async function offersGone(
  tx: ScopedTx,
  language: Language,
  personId: string,
): Promise<readonly { id: string; classId: string; title: string }[]> {
  return tx<{ id: string; classId: string; title: string }[]>`
    select e.id, e.class_id, ${tx(`co.title_${language}`)} as title
    from enrolment e join class c on c.id = e.class_id join course co on co.id = c.course_id
    where e.person_id = ${personId} and c.status = 'published' and c.last_ends_at > now()
      and (e.status = 'offered' and e.offer_expires_at <= now() or e.status = 'offer_expired' and e.status_at > now() - interval '3 days')
      and not exists (select from enrolment n where n.class_id = e.class_id and n.person_id = e.person_id and n.id <> e.id
        and n.status in ${tx(activeStates)})
    order by e.status_at desc, e.id limit 5`;
}

/** The whole catalogue as stamps, domain by domain; filled by the rule of the register (`currentLevels`: level 3 and more). */
export async function stampsOf(tx: ScopedTx, language: Language, personId: string): Promise<StampDomain[]> {
  const levels = await currentLevels(tx, [personId]);
  const since = new Map(levels.filter((one) => one.attained).map((one) => [one.skillCode, one.observedAt]));
  const rows = await tx<{ domain: string; name: string; code: string; title: string; canDo: string; core: boolean }[]>`
    select d.code as domain, ${tx(`d.name_${language}`)} as name, s.code, ${tx(`v.title_${language}`)} as title,
      ${tx(`v.can_do_${language}`)} as can_do, v.core
    from skill s join skill_domain d on d.code = s.domain_code join skill_version v on v.skill_code = s.code and v.valid_to is null
    order by d.position, s.position, s.code limit 1000`;
  const domains = [...new Map(rows.map(({ domain, name }) => [domain, name]))];
  return domains.map(([code, name]) => ({
    code,
    name,
    stamps: rows
      .filter((row) => row.domain === code)
      .map((row) => ({
        code: row.code,
        title: row.title,
        canDo: row.canDo,
        core: row.core,
        since: since.get(row.code) ?? null,
      })),
  }));
}

/**
 * Who opened or changed the holder's record: when, in which role, of which place, what for. No official is named; the
 * holder's own readings of a day are one line.
 */
export async function readingsOf(tx: RecordTx, language: Language, personId: string): Promise<Reading[]> {
  return elevated(tx, 'card: who has read this record', async (system) => {
    const rows = await system<Reading[]>`
      select max(e.at) as at, e.account_id is null as own, count(*) as times, g.role,
        ${system(`a.full_name_${language}`)} as place,
        case when e.account_id is null then null when e.action = 'person.read' then e.details->>'purpose' else e.action end as purpose,
        case when e.details ? 'outside' then e.details->>'why' end as why
      from audit_event e
      left join lateral (
        select g.role, g.area_id from account_grant g where g.account_id = e.account_id and g.valid_from <= e.at::date
          and (g.valid_to is null or g.valid_to >= e.at::date) order by g.created_at, g.id limit 1) g on true
      left join area a on a.id = coalesce(g.area_id, e.area_id) and e.account_id is not null
      where e.subject_kind = 'person' and e.subject_id = ${personId}
        and e.action in ('person.read', 'person.open', 'person.correct', 'card.read', 'card.open', 'card.make', 'card.replace')
      group by case when e.account_id is null then e.at::date::text else e.id::text end, e.account_id is null, g.role, place, purpose, why
      order by max(e.at) desc limit 100`;
    return [...rows];
  });
}

/** Everything kept about the holder, as it goes into the file they take with them. Only what is theirs, no official's name. */
export async function ownData(tx: RecordTx, language: Language, personId: string): Promise<OwnRecord | null> {
  const [person] = await tx<OwnRecord['person'][]>`
    select p.full_name, p.birth_year, p.gender, ${tx(`a.full_name_${language}`)} as lives_in, n.phone, n.belongs_to as phone_of,
      p.created_at as kept_since
    from person p join area a on a.id = p.area_id left join person_phone n on n.person_id = p.id where p.id = ${personId}`;
  const enrolments = await tx<OwnRecord['enrolments'][number][]>`
    select ${tx(`co.title_${language}`)} as class, ${tx(`a.full_name_${language}`)} as place, e.status, e.status_at as since, e.code as slip,
      e.channel, e.signed_up_by, e.created_at as signed_up_at
    from enrolment e join class c on c.id = e.class_id join course co on co.id = c.course_id join area a on a.id = c.area_id
    where e.person_id = ${personId} order by e.created_at limit 1000`;
  const attendance = await tx<OwnRecord['attendance'][number][]>`
    select ${tx(`co.title_${language}`)} as class, ${tx(`l.title_${language}`)} as lesson, s.starts_at as session_at, t.state, t.minutes_late,
      t.walk_in, t.marked_at
    from attendance t join class_session s on s.id = t.session_id join class c on c.id = s.class_id join course co on co.id = c.course_id
      left join lesson l on l.id = s.lesson_id
    where t.person_id = ${personId} order by s.starts_at limit 5000`;
  const skills = await tx<OwnRecord['skills'][number][]>`
    select o.skill_code, ${tx(`v.title_${language}`)} as skill, o.level, o.source, o.observed_at, o.help
    from skill_observation o left join skill_version v on v.skill_code = o.skill_code and v.valid_to is null
    where o.person_id = ${personId} order by o.observed_at, o.id limit 5000`;
  const consents = await tx<OwnRecord['consents'][number][]>`
    select purpose, text_version, given, how, representative, at, withdrawn_at from consent
    where person_id = ${personId} order by at limit 1000`;
  const cards = await tx<OwnRecord['cards'][number][]>`
    select code, created_at, ended_at, ended_why from card where person_id = ${personId} order by created_at limit 1000`;
  const certificates = await tx<OwnRecord['certificates'][number][]>`
    select c.serial, ${tx(`co.title_${language}`)} as course, c.initials, c.issued_at, c.revoked_at, c.revoked_code
    from certificate c join course co on co.id = c.course_id where c.person_id = ${personId} order by c.issued_at limit 1000`;
  const needs = await elevated(
    tx,
    'card: what was noted with a consent of its own, for whom it is about',
    (system) => system<OwnRecord['needs'][number][]>`
      select kind, at, withdrawn_at from person_need where person_id = ${personId} order by at limit 100`,
  );
  const households = await tx<OwnRecord['households'][number][]>`
    select joined_at, left_at from household_member where person_id = ${personId} order by joined_at limit 100`;
  const assists = await elevated(
    tx,
    'card: help at desks, for whom it is about',
    (system) => system<OwnRecord['assists'][number][]>`
      select s.at, ${system(`n.name_${language}`)} as need, d.name as desk, s.level, s.minutes, s.referred_to, s.invite as may_invite
      from desk_assist s join desk d on d.id = s.desk_id join desk_need n on n.code = s.need_code and n.version = s.need_version
      where s.person_id = ${personId} and s.undone_at is null order by s.at limit 1000`,
  );
  const steps = await tx<OwnRecord['steps'][number][]>`
    select r.at, s.code, ${tx(`s.name_${language}`)} as step, r.answer, r.source from step_record r join step s on s.code = r.step_code
    where r.person_id = ${personId} order by r.at, s.position limit 1000`;
  const followUps = await elevated(
    tx,
    'card: who came to see them or rang, for whom it is about',
    (system) => system<OwnRecord['followUps'][number][]>`
      select at, outcome as what, note as words, null::timestamptz as until from task_work where person_id = ${personId}
      union all select at, 'paused', reason, until from person_pause where person_id = ${personId} order by at limit 1000`,
  );
  const { visitRequests, visits } = await elevated(
    tx,
    'card: visits at home, for whom it is about',
    async (system) => ({
      visitRequests: await system<OwnRecord['visitRequests'][number][]>`
      select created_at as at, needs, words, closed_because from visit_request where person_id = ${personId} order by created_at limit 200`,
      visits: await system<OwnRecord['visits'][number][]>`
      select o.at, o.outcome, o.minutes, o.words from visit_outcome o join visit v on v.id = o.visit_id
        left join visit_request q on q.id = v.request_id
      where coalesce(v.person_id, q.person_id) = ${personId} order by o.at limit 500`,
    }),
  );
  const [messageChoice = null] = await tx<NonNullable<OwnRecord['messageChoice']>[]>`
    select zalo, sms, email, no_calls_at, changed_at from message_choice where person_id = ${personId}`;
  const messages = await tx<OwnRecord['messages'][number][]>`
    select m.purpose as about, ${tx(`co.title_${language}`)} as class, m.state, m.channel, m.made_at, m.values
    from message m left join class c on c.id = m.class_id left join course co on co.id = c.course_id
    where m.person_id = ${personId} order by m.made_at limit 2000`;
  const readings = await readingsOf(tx, language, personId);
  return person
    ? {
        person,
        enrolments,
        attendance,
        skills,
        certificates,
        consents,
        needs,
        households,
        assists,
        steps,
        followUps,
        visitRequests,
        visits,
        messageChoice,
        messages,
        cards,
        readings,
      }
    : null;
}

/** Somebody's card for those who print it; null when they may not look that person up. The reading was written down. */
export async function cardForStaff(tx: RecordTx, personId: string): Promise<StaffCard | null> {
  const [row] = await tx<Omit<StaffCard, 'blocked' | 'phoneChangedAt'>[]>`
    select p.full_name, k.code, k.created_at as since,
      not exists (select from consent c
        where c.person_id = p.id and c.purpose = 'class' and c.given and c.withdrawn_at is null) as withdrawn
    from person p left join card k on k.person_id = p.id and k.ended_at is null
    where p.id = ${personId} and p.merged_into is null and p.area_id = any (coalesce((select may_areas('person.read')), '{}'))`;
  if (!row) return null;
  const more = await elevated(tx, 'card: how it fares', async (system) => {
    const [found] = await system<{ against: number; phoneChangedAt: Date | null }[]>`
      select (${wrongTries(system, personId)}) as against,
        (select max(at) from audit_event where subject_kind = 'person' and subject_id = ${personId} and action = 'card.phone') as phone_changed_at`;
    return found;
  });
  return { ...row, blocked: (more?.against ?? 0) >= mostWrong, phoneChangedAt: more?.phoneChangedAt ?? null };
}

/** Wrong tries against somebody's card: of the last month, and of the card they have now. For the system role. */
export const wrongTries = (tx: ScopedTx, personId: string | null) => tx`
  select count(*) from card_attempt a
  where a.person_id = ${personId} and a.wrong and a.at > now() - interval '30 days'
    and a.at >= coalesce((select max(k.created_at) from card k where k.person_id = ${personId}), '-infinity')`;
