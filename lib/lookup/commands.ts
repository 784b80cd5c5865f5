import { elevated, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { fold } from '@/lib/kernel/text';
import {
  mostHits,
  mostReadings,
  mostSearches,
  readingHours,
  searchMinutes,
  stoppedDays,
  type Lookup,
  type Opening,
} from './schema';

type Who = Pick<Caller, 'accountId' | 'areaId'>;

/** Acts of one account take turns, so that a hundred at once are counted one by one. */
const takeTurn = (tx: SystemTx, accountId: string) =>
  tx`select pg_advisory_xact_lock(hashtextextended(${accountId}, 46))`;

/**
 * Looks for somebody who lives where the caller does not look people up: the name to the letter (marks aside) and the year of birth or the
 * phone's last digits. Keeps whom it found for a quarter of an hour, what was typed nowhere; found or not, it is in the log and counts.
 * The same statements run whether there is anybody. Refused: `lookupTooMany` (today's are used up).
 */
export async function lookUp(
  tx: ScopedTx,
  typed: Lookup,
  { accountId, areaId }: Who,
): Promise<Refusal | { searchId: string }> {
  const { name, birthYear = null, digits = null } = typed;
  const [{ mine = [] } = {}] = await tx<{ mine: number[] }[]>`
    select coalesce((select may_areas('person.read')), '{}') as mine`;
  return elevated(tx, 'lookup: somebody outside the caller’s area, by two fields', async (system) => {
    await takeTurn(system, accountId);
    const [used] = await system<{ count: number }[]>`
      select count(*)::integer as count from outside_search where account_id = ${accountId} and at > now() - interval '1 day'`;
    if ((used?.count ?? 0) >= mostSearches) return refuse('lookupTooMany');
    const searchId = newId();
    await system`delete from outside_search where at < now() - interval '31 days'`;
    const people = await system<{ id: string }[]>`
      select distinct k.id from person p join person k on k.id = coalesce(p.merged_into, p.id)
        left join person_phone n on n.person_id = k.id left join person_phone m on m.person_id = p.id
      where p.name_folded = ${fold(name)} and k.area_id <> all(${mine}::integer[])
        and (${birthYear}::integer is null or ${birthYear}::integer in (p.birth_year, k.birth_year))
        and (${digits}::text is null or ${digits}::text in (right(n.phone, 4), right(m.phone, 4)))
      order by k.id limit ${mostHits + 1}`;
    await system`insert into outside_search (id, account_id, found) values (${searchId}, ${accountId}, ${people.length})`;
    await system`
      insert into outside_hit (id, search_id, person_id)
      select gen_random_uuid(), ${searchId}, one from unnest(${people.slice(0, mostHits).map(({ id }) => id)}::uuid[]) one`;
    await system`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      values (${accountId}, 'person.lookup', 'outside_search', ${searchId}, ${areaId},
        ${system.json({ by: [birthYear !== null && 'birthYear', digits !== null && 'digits'].filter((one) => one !== false), found: people.length })})`;
    return { searchId };
  });
}

interface Hit {
  readonly personId: string;
  readonly homeId: number;
  readonly readerAreaId: number;
  readonly running: string | null;
  readonly stopped: boolean;
  readonly opened: number;
}

/**
 * Opens one record the caller's own search has just found, for three hours, for them alone: the id of the reading, or of the one that still
 * runs (it is not prolonged). Refused: `lookupGone` (no such search, or too long ago), `readingTooMany`, `readingStopped` (the owning unit
 * had closed one of theirs).
 */
export async function openReading(
  tx: ScopedTx,
  { hitId, why, words }: Opening,
  { accountId }: Who,
): Promise<Refusal | { id: string }> {
  return elevated(tx, 'lookup: open one record with a purpose', async (system) => {
    await takeTurn(system, accountId);
    const [hit] = await system<Hit[]>`
      select k.id as person_id, k.area_id as home_id, g.area_id as reader_area_id,
        (select r.id from outside_reading r where r.person_id in ${same(system)} and r.account_id = ${accountId} and r.ended_at is null
          and r.until > now() and r.reader_area_id = g.area_id limit 1) as running,
        exists (select from outside_reading r where r.person_id in ${same(system)} and r.account_id = ${accountId}
          and (r.ended_by is not null and r.ended_by <> r.account_id or r.objected_at is not null)
          and coalesce(r.objected_at, r.ended_at) > now() - make_interval(days => ${stoppedDays})) as stopped,
        (select count(*)::integer from outside_reading r where r.account_id = ${accountId} and r.opened_at > now() - interval '1 day') as opened
      from outside_hit h join outside_search s on s.id = h.search_id join person p on p.id = h.person_id
        join person k on k.id = coalesce(p.merged_into, p.id)
        cross join lateral (
          select g.area_id from account_grant g join role_capability c on c.role = g.role and c.capability = 'person.read'
          where g.account_id = ${accountId} and g.valid_from <= current_date and (g.valid_to is null or g.valid_to >= current_date)
          order by g.created_at, g.id limit 1) g
      where h.id = ${hitId} and s.account_id = ${accountId} and s.at > now() - make_interval(mins => ${searchMinutes})`;
    if (!hit) return refuse('lookupGone');
    if (hit.running) return { id: hit.running };
    if (hit.stopped) return refuse('readingStopped');
    if (hit.opened >= mostReadings) return refuse('readingTooMany');
    const id = newId();
    await system`
      insert into outside_reading (id, person_id, account_id, reader_area_id, owner_area_id, why, words, opened_at, until)
      values (${id}, ${hit.personId}, ${accountId}, ${hit.readerAreaId}, ${hit.homeId}, ${why}, ${words}, now(), now() + make_interval(hours => ${readingHours}))`;
    await system`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      values (${accountId}, 'person.open', 'person', ${hit.personId}, ${hit.homeId}, ${system.json({ outside: id, why })})`;
    return { id };
  });
}

/** The record found and those merged into it. */
const same = (tx: SystemTx) => tx`(select o.id from person o where k.id in (o.id, o.merged_into))`;

/** The reader is done before the three hours are over. Refused: `notFound` (not theirs, or over). */
export async function closeReading(tx: ScopedTx, readingId: string, { accountId }: Who): Promise<Refusal | null> {
  const [mine] = await tx`select from outside_rights() where id = ${readingId} and kind = 'reading'`;
  if (!mine) return refuse('notFound');
  await elevated(
    tx,
    'lookup: the reader closes their own reading',
    (system) =>
      system`update outside_reading set ended_at = now(), ended_by = ${accountId} where id = ${readingId} and ended_at is null`,
  );
  return null;
}

/**
 * The owning unit answers a reading: one that runs ends at once; an objection in words goes into the log, for the province's administrators.
 * Refused: `notFound`, `objectionWords` (over already, and nothing said), `objectedAlready`.
 */
export async function answerReading(
  tx: ScopedTx,
  { readingId, objection }: { readonly readingId: string; readonly objection: string },
  { accountId }: Who,
): Promise<Refusal | { ended: boolean }> {
  const [mine] = await tx<{ personId: string; areaId: number }[]>`
    select r.person_id, coalesce(p.area_id, r.owner_area_id) as area_id
    from outside_reading r left join person p on p.id = r.person_id and p.area_id = any (coalesce((select may_areas('person.write')), '{}'))
    where r.id = ${readingId} and r.account_id <> caller_account()
      and (p.id is not null or r.owner_area_id = any (coalesce((select may_areas('person.write')), '{}')))`;
  if (!mine) return refuse('notFound');
  return elevated(tx, 'lookup: the owning unit answers a reading', async (system) => {
    const [now] = await system<{ live: boolean; objected: boolean }[]>`
      select ended_at is null and until > now() as live, objection is not null as objected
      from outside_reading where id = ${readingId} for update`;
    if (!now) return refuse('notFound');
    if (objection !== '' && now.objected) return refuse('objectedAlready', 'objection');
    if (!now.live && objection === '') return refuse('objectionWords', 'objection');
    const ends = now.live ? system`ended_at = now(), ended_by = ${accountId}` : system`ended_at = ended_at`;
    const objects =
      objection === '' ? system`` : system`, objection = ${objection}, objected_at = now(), objected_by = ${accountId}`;
    await system`update outside_reading set ${ends} ${objects} where id = ${readingId}`;
    for (const [action, there] of [
      ['person.openEnd', now.live],
      ['person.openObject', objection !== ''],
    ] as const)
      if (there)
        await system`
          insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
          values (${accountId}, ${action}, 'person', ${mine.personId}, ${mine.areaId},
            ${system.json({ outside: readingId, ...(action === 'person.openObject' ? { objection } : {}) })})`;
    return { ended: now.live };
  });
}

/** Of somebody who withdraws for good: nobody reads on, and what was written of them goes. For `withdraw` of the card. */
export async function endReadings(system: SystemTx, personId: string): Promise<void> {
  const ids = system`(select id from person where ${personId} in (id, merged_into))`;
  await system`delete from outside_hit where person_id in ${ids}`;
  await system`
    update outside_reading set words = '', ended_at = coalesce(ended_at, now()), objection = case when objection is not null then '' end
    where person_id in ${ids}`;
  // That somebody objected stays in the log; what they wrote of the person does not. The one change the log's trigger lets through.
  await system`
    update audit_event set details = details - 'objection' where subject_kind = 'person' and subject_id in (select id::text from person where id in ${ids})
      and action = 'person.openObject' and details ? 'objection'`;
}
