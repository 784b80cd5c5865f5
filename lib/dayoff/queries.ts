import type { ScopedTx } from '@/lib/access/scoped';
import type { DayOffLine } from './schema';

type Language = 'vi' | 'en';

/**
 * The calendar of an area: its own entries and those of the areas above, the nearest first, each area's by their days. Entries that
 * were over before `from` are left out. Everybody who signed in may read them.
 */
export async function daysOffOf(
  tx: ScopedTx,
  language: Language,
  areaId: number,
  from: string,
): Promise<readonly DayOffLine[]> {
  return tx<DayOffLine[]>`
    select d.id, d.kind, d.weekday, d.first_day::text, d.last_day::text, d.reason, d.name, d.area_id,
           ${tx(`a.full_name_${language}`)} as area, t.depth as distance
    from area_tree t join day_off d on d.area_id = t.ancestor_id join area a on a.id = d.area_id
    where t.area_id = ${areaId} and (d.last_day is null or d.last_day >= ${from}::date)
    order by t.depth, d.first_day nulls first, d.weekday, d.name collate "vi-x-icu", d.id limit 2000`;
}

/** An area whose classes the caller may read, and whether its calendar is the caller's to change; null otherwise. */
export async function calendarOwner(tx: ScopedTx, language: Language, areaId: number) {
  const [area] = await tx<{ id: number; name: string; mayWrite: boolean }[]>`
    select id, ${tx(`full_name_${language}`)} as name, id = any (coalesce((select may_areas('calendar.write')), '{}')) as may_write
    from area where id = ${areaId} and id = any (coalesce((select may_areas('class.read')), '{}'))`;
  return area ?? null;
}
