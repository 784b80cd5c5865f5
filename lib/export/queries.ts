import type { Capability } from '@/db/capabilities';
import type { Caller, RecordTx, ScopedTx } from '@/lib/access/scoped';
import { mostExported } from './schema';

type Language = 'vi' | 'en';

/** Whom an export of one's own areas is of; one more than fits says that there are more. */
export async function peopleOfMine(tx: ScopedTx): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select p.id from person p join area a on a.id = p.area_id
    where p.merged_into is null and p.area_id = any (coalesce((select may_areas('person.read')), '{}'))
    order by a.name_vi collate "vi-x-icu", a.id, p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", p.id
    limit ${mostExported + 1}`;
  return rows.map(({ id }) => id);
}

/** The areas for which the caller was granted this, without those below them. */
export async function areasGranted(tx: ScopedTx, { grants }: Caller, capability: Capability): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`
    select id from unnest(${[...new Set(grants.map(({ areaId }) => areaId))]}::integer[]) id
    where id = any (coalesce((select may_areas(${capability})), '{}'))`;
  return rows.map(({ id }) => id);
}

export interface PersonExported {
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly village: string;
  readonly phoneHint: string | null;
  readonly classes: number;
}

/** These people as a search shows them, the phone as a hint, in the order given. Their reading was written down. */
export async function peopleExported(
  tx: RecordTx,
  language: Language,
  ids: readonly string[],
): Promise<PersonExported[]> {
  const rows = await tx<PersonExported[]>`
    select p.full_name, p.birth_year, ${tx(`a.full_name_${language}`)} as village, p.phone_hint,
      (select count(*) from enrolment e where e.person_id = p.id) as classes
    from unnest(${[...ids]}::uuid[]) with ordinality wanted (id, at) join person p on p.id = wanted.id join area a on a.id = p.area_id
    order by wanted.at`;
  return [...rows];
}

export interface MarkExported {
  readonly personId: string;
  readonly startsAt: Date;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly village: string;
  readonly state: string;
  readonly minutesLate: number | null;
  readonly walkIn: boolean;
}

/** Every mark of a class's registers, by session and given name. */
export async function marksOfClass(tx: ScopedTx, language: Language, classId: string): Promise<MarkExported[]> {
  const rows = await tx<MarkExported[]>`
    select t.person_id, s.starts_at, p.full_name, p.birth_year, ${tx(`a.name_${language}`)} as village, t.state, t.minutes_late, t.walk_in
    from attendance t join class_session s on s.id = t.session_id join person p on p.id = t.person_id join area a on a.id = p.area_id
    where s.class_id = ${classId} and t.area_id = any (coalesce((select may_areas('roster.read')), '{}'))
    order by s.starts_at, p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", p.id limit ${mostExported + 1}`;
  return [...rows];
}

/** Classes whose names the caller may read, to choose from: the newest first. */
export async function classesToExport(tx: ScopedTx, language: Language) {
  const rows = await tx<{ id: string; title: string; place: string; startsAt: Date | null }[]>`
    select c.id, ${tx(`co.title_${language}`)} as title, ${tx(`a.name_${language}`)} as place, c.first_starts_at as starts_at
    from class c join course co on co.id = c.course_id join area a on a.id = c.area_id
    where c.status <> 'draft' and c.area_id = any (coalesce((select may_areas('roster.read')), '{}'))
    order by c.first_starts_at desc nulls last, c.id limit 200`;
  return [...rows];
}

/** The name and area of a class whose names the caller may read; null otherwise. */
export async function classToExport(tx: ScopedTx, language: Language, classId: string) {
  const [row] = await tx<{ title: string; areaId: number }[]>`
    select ${tx(`co.title_${language}`)} as title, c.area_id from class c join course co on co.id = c.course_id
    where c.id = ${classId} and c.area_id = any (coalesce((select may_areas('roster.read')), '{}'))`;
  return row ?? null;
}

/** An area whose figures the caller may see, by its names; null otherwise. */
export async function figuresPlace(tx: ScopedTx, areaId: number) {
  const [place] = await tx<{ id: number; fullNameVi: string; fullNameEn: string }[]>`
    select id, full_name_vi, full_name_en from area
    where id = ${areaId} and id = any (coalesce((select may_areas('figures.read')), '{}'))`;
  return place ?? null;
}

/** Of an area and the places directly below it, those whose figures the caller sees to the last person. */
export async function seenExactly(tx: ScopedTx, areaId: number): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`
    select t.area_id as id from area_tree t
    where t.ancestor_id = ${areaId} and t.depth <= 1 and t.area_id = any (coalesce((select may_areas('person.read')), '{}'))`;
  return rows.map(({ id }) => id);
}
