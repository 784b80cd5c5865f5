import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { newId, newSheetCode } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { lockSessions } from './queries';
import { closedReason, type PaperLine, type PaperSheet, type Sheet } from './schema';
import { registerSheet, skillsNamed } from './sheets';

/** The most skills a sheet has columns for. */
const mostColumns = 6;

/**
 * Makes the sheet of a session's roll as it is now, or finds the one that says just the same. Refused: a session one does not record in
 * (`notFound`), one that is not held.
 */
export async function makePaperSheet(
  tx: ScopedTx,
  { sessionId }: { sessionId: string },
  caller: Caller,
): Promise<Refusal | { code: string }> {
  const [session] = await lockSessions(tx, [sessionId]);
  const roll = session && (await registerSheet(tx, sessionId, 'vi'));
  if (!session || !roll) return refuse('notFound');
  if (session.status !== 'published' && session.status !== 'held') return refuse(closedReason[session.status]);
  const [people, skills] = contentOf(roll);
  const [same] = await tx<{ code: string }[]>`
    select code from register_sheet where session_id = ${sessionId} and people = ${people}::uuid[] and skills = ${skills}::text[]
    order by made_at desc limit 1`;
  if (same) return same;
  const sheet = { id: newId(), sessionId, areaId: session.areaId, code: newSheetCode(), madeBy: caller.accountId };
  await tx`
    insert into register_sheet (id, session_id, area_id, code, people, skills, made_by)
    values (${sheet.id}, ${sessionId}, ${sheet.areaId}, ${sheet.code}, ${people}::uuid[], ${skills}::text[], ${sheet.madeBy})`;
  return { code: sheet.code };
}

/** Whom a sheet of this roll numbers, and its columns: walk-ins stand on its empty lines. */
const contentOf = (roll: Sheet): [string[], string[]] => [
  roll.people.filter(({ walkIn }) => !walkIn).map(({ id }) => id),
  roll.skills.slice(0, mostColumns).map(({ code }) => code),
];

interface StoredSheet {
  code: string;
  madeAt: Date;
  people: string[];
  skills: string[];
}

/** One printed sheet of a session, by its code, or the newest; null when there is none in sight. `roll` is the session's roll now. */
export async function paperSheetOf(
  tx: ScopedTx,
  roll: Sheet,
  code: string | null,
  locale: string,
): Promise<PaperSheet | null> {
  const [found] = await tx<StoredSheet[]>`
    select code, made_at, people, skills from register_sheet
    where session_id = ${roll.id} and (${code}::text is null or code = ${code}) order by made_at desc, id desc limit 1`;
  if (!found) return null;
  const [people, skills] = contentOf(roll);
  return {
    code: found.code,
    madeAt: found.madeAt,
    lines: await linesOf(tx, found.people, locale !== 'en'),
    skills: await skillsNamed(tx, found.skills, locale),
    isCurrent: people.join() === found.people.join() && skills.join() === found.skills.join(),
  };
}

/** The lines in their order; records joined to another since then stand for the one that was kept. */
async function linesOf(tx: ScopedTx, ids: readonly string[], vi: boolean): Promise<PaperLine[]> {
  const kept = await elevated(
    tx,
    'paper register: which records its numbers were joined to',
    (all) => all<{ id: string; keptId: string }[]>`
      with recursive joined as (
        select id, id as kept_id, merged_into, 1 as depth from person where id = any(${[...ids]}::uuid[])
        union all
        select j.id, p.id, p.merged_into, j.depth + 1 from joined j join person p on p.id = j.merged_into where j.depth < 20
      ) select id, kept_id from joined where merged_into is null`,
  );
  const now = new Map(kept.map(({ id, keptId }) => [id, keptId]));
  const rows = await tx<{ id: string; fullName: string; birthYear: number | null; village: string }[]>`
    select p.id, p.full_name, p.birth_year, case when ${vi} then v.name_vi else v.name_en end as village
    from person p join area v on v.id = p.area_id where p.id = any(${[...now.values()]}::uuid[])`;
  const people = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id, at) => {
    const person = people.get(now.get(id) ?? id);
    const { fullName = '', birthYear = null, village = '' } = person ?? {};
    return { number: at + 1, personId: person?.id ?? null, fullName, birthYear, village };
  });
}

/** The sheets made for a session, newest first. */
export async function paperSheetsOf(tx: ScopedTx, sessionId: string) {
  return tx<{ code: string; madeAt: Date; people: number }[]>`
    select code, made_at, cardinality(people) as people from register_sheet
    where session_id = ${sessionId} order by made_at desc, id desc limit 20`;
}

/** The session a printed code belongs to, or null where the caller sees none. */
export async function sessionOfSheet(tx: ScopedTx, code: string): Promise<string | null> {
  const [row] = await tx<{ sessionId: string }[]>`select session_id from register_sheet where code = ${code}`;
  return row?.sessionId ?? null;
}
