import { elevated, type ScopedTx } from '@/lib/access/scoped';
import type { DeclaredLine } from './schema';

type Language = 'vi' | 'en';

/** Puts the name of who recorded it to each line: whoever may read what was said may know who said it, in any unit. */
export async function withNames<Line extends { readonly recordedBy: string | null }>(
  tx: ScopedTx,
  lines: readonly Line[],
): Promise<(Line & { readonly by: string | null })[]> {
  const ids = [...new Set(lines.flatMap(({ recordedBy }) => recordedBy ?? []))];
  const names = await elevated(
    tx,
    'declared: who said it',
    (all) => all<{ id: string; fullName: string }[]>`select id, full_name from account where id = any (${ids}::uuid[])`,
  );
  return lines.map((line) => ({ ...line, by: names.find(({ id }) => id === line.recordedBy)?.fullName ?? null }));
}

/** What was declared for an area and a period, in the registry's order, of each indicator the newest first, with who said it. */
export async function declaredLines(tx: ScopedTx, areaId: number, period: string): Promise<DeclaredLine[]> {
  const lines = await tx<Omit<DeclaredLine, 'by'>[]>`
    select d.id, d.indicator_code as code, v.name_vi, v.name_en, v.shown_as, d.value, d.denominator, d.source, d.as_of::text, d.note,
      d.recorded_by, d.at, d.id = max(d.id) over (partition by d.indicator_code) as newest
    from declared_figure d join indicator i on i.code = d.indicator_code
      join indicator_version v on v.indicator_code = i.code and v.valid_to is null
    where d.area_id = ${areaId} and d.period = ${period} order by i.position, d.id desc limit 300`;
  return withNames(tx, lines);
}

/** An area where the caller may declare figures, with its name; null otherwise. */
export async function declaringPlace(tx: ScopedTx, language: Language, areaId: number) {
  const [place] = await tx<{ id: number; name: string }[]>`
    select id, ${tx(`full_name_${language}`)} as name from area
    where id = ${areaId} and id = any (coalesce((select may_areas('declared.write')), '{}'))`;
  return place ?? null;
}

/** The indicator as it stands, where it is one that is declared; null for a computed one, for words, and for none. */
export async function declaredIndicator(tx: ScopedTx, code: string) {
  const [found] = await tx<{ code: string; whole: string }[]>`
    select indicator_code as code, whole from indicator_version
    where indicator_code = ${code} and valid_to is null and kind = 'declared'`;
  return found ?? null;
}
