import { elevated, type RecordTx, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { decadeOf, maskedName } from './rules';
import { mostHits, searchMinutes, type FoundElsewhere, type ReadingHere, type RunningReading } from './schema';

type Language = 'vi' | 'en';

/** The unit of an area: itself or the nearest above. */
const unitOf = (tx: ScopedTx, language: Language, column: string) => tx`
  (select ${tx(`u.full_name_${language}`)} from area_tree t join area u on u.id = t.ancestor_id
   where t.area_id = ${tx(column)} and u.kind in ${tx(unitKinds)} order by t.depth limit 1)`;

/** What the caller's own search of the last quarter of an hour found, masked; null when there is none, or it was somebody else's. */
export async function foundElsewhere(
  tx: ScopedTx,
  language: Language,
  searchId: string,
): Promise<FoundElsewhere | null> {
  const [search] = await tx<{ found: number }[]>`
    select found from outside_search where id = ${searchId} and account_id = caller_account()
      and at > now() - make_interval(mins => ${searchMinutes})`;
  if (!search) return null;
  const rows = await elevated(
    tx,
    'lookup: masked results of the caller’s own search',
    (system) => system<{ id: string; fullName: string; birthYear: number | null; unit: string | null }[]>`
      select h.id, k.full_name, k.birth_year, ${unitOf(system, language, 'k.area_id')} as unit
      from outside_hit h join person p on p.id = h.person_id join person k on k.id = coalesce(p.merged_into, p.id)
      where h.search_id = ${searchId} order by h.id limit ${mostHits}`,
  );
  const people = rows.map(({ id, fullName, birthYear, unit }) => ({
    id,
    name: maskedName(fullName),
    decade: decadeOf(birthYear),
    unit: unit ?? '—',
  }));
  return { people, more: search.found > mostHits };
}

/** What the caller has open at this moment, masked: the name stands on the record itself. */
export async function runningReadings(tx: ScopedTx, language: Language): Promise<RunningReading[]> {
  const mine = await tx<{ id: string }[]>`select id from outside_rights() where kind = 'reading'`;
  if (mine.length === 0) return [];
  const rows = await elevated(
    tx,
    'lookup: readings the caller has open, masked',
    (system) => system<(Omit<RunningReading, 'name'> & { fullName: string })[]>`
      select r.id, k.full_name, coalesce(${unitOf(system, language, 'k.area_id')}, '—') as unit, r.why, r.until
      from outside_reading r join person p on p.id = r.person_id join person k on k.id = coalesce(p.merged_into, p.id)
      where r.id = any(${mine.map(({ id }) => id)}::uuid[]) order by r.until`,
  );
  return rows.map(({ fullName, ...row }) => ({ ...row, name: maskedName(fullName) }));
}

/** Until when a reading of the caller's runs, and what for. Takes the transaction that wrote the look down. */
export async function readingTold(
  tx: RecordTx,
  id: string,
): Promise<Pick<RunningReading, 'id' | 'why' | 'until'> | null> {
  const [row] = await tx<Pick<RunningReading, 'id' | 'why' | 'until'>[]>`
    select id, why, until from outside_reading where id = ${id} and account_id = caller_account()`;
  return row ?? null;
}

/** Readings shown to the owning unit on one page. */
export const readingsPerPage = 30;

/** Of readings, those whose person lives, or then lived, where the caller corrects people; the caller's own are none of them. */
const ownedHere = (tx: ScopedTx) => tx`
  outside_reading r left join person p on p.id = r.person_id and p.area_id = any (coalesce((select may_areas('person.write')), '{}'))
  where r.account_id <> caller_account() and (p.id is not null or r.owner_area_id = any (coalesce((select may_areas('person.write')), '{}')))`;

/**
 * Who of another unit opened whose record, what for, until when, how often they looked, the newest first: for the unit the person lives in,
 * and the one they lived in when it was opened.
 */
export async function readingsHere(
  tx: ScopedTx,
  language: Language,
  page: number,
): Promise<{ readings: ReadingHere[]; total: number }> {
  const [count] = await tx<{ total: number }[]>`select count(*)::integer as total from ${ownedHere(tx)}`;
  const rows = await tx<Omit<ReadingHere, 'reader' | 'readerUnit' | 'endedBy' | 'looks'>[]>`
    select r.id, coalesce(p.merged_into, p.id) as person_id, p.full_name as person, r.why, r.words, r.opened_at, r.until, r.ended_at, r.objection,
      r.ended_at is null and r.until > now() as live
    from ${ownedHere(tx)}
    order by r.opened_at desc, r.id limit ${readingsPerPage} offset ${(page - 1) * readingsPerPage}`;
  const more = await elevated(
    tx,
    'lookup: who read, of which unit, how often; for the owning unit',
    (system) => system<{ id: string; reader: string; readerUnit: string; endedBy: string | null; looks: number }[]>`
      select r.id, a.full_name as reader, coalesce(${unitOf(system, language, 'r.reader_area_id')}, '—') as reader_unit, e.full_name as ended_by,
        (select count(*)::integer from audit_event v where v.action = 'person.read' and v.account_id = r.account_id and v.at >= r.opened_at
          and v.at <= r.until and v.details->>'outside' = r.id::text) as looks
      from outside_reading r join account a on a.id = r.account_id left join account e on e.id = r.ended_by
      where r.id = any(${rows.map(({ id }) => id)}::uuid[])`,
  );
  const who = new Map(more.map((row) => [row.id, row]));
  return {
    total: count?.total ?? 0,
    readings: rows.map((row) => ({
      ...row,
      reader: who.get(row.id)?.reader ?? '—',
      readerUnit: who.get(row.id)?.readerUnit ?? '—',
      endedBy: who.get(row.id)?.endedBy ?? null,
      looks: who.get(row.id)?.looks ?? 0,
    })),
  };
}

/** How many such readings were opened in the last three days: the notice on the owning unit's day. */
export async function readingsLately(tx: ScopedTx): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::integer as count from ${ownedHere(tx)} and r.opened_at > now() - interval '3 days'`;
  return row?.count ?? 0;
}
