import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { publicFigures, type Progress, type ProgressRow } from './schema';

/** What everybody may know of a period, of the province and each unit. The wall decides which periods that is. */
export async function progressOf(tx: ScopedTx, period: string): Promise<Progress> {
  const measures = publicFigures.map(({ measure }) => measure);
  const rows = await tx<
    (Omit<ProgressRow, 'figures'> & { cells: [string, string, number | null][] | null; computedAt: Date | null })[]
  >`
    select a.id as area_id, a.kind, a.full_name_vi as name_vi, a.full_name_en as name_en, f.cells, f.computed_at
    from area a
    left join (
      select area_id, json_agg(json_build_array(measure, grp, value)) as cells, max(computed_at) as computed_at
      from figure where period = ${period} and measure = any(${measures}::text[]) and grp in ('all', 'age60') group by area_id) f on f.area_id = a.id
    where a.kind = any(${['province', ...unitKinds]}::text[])
    order by a.kind <> 'province', a.name_vi collate "vi-x-icu", a.id`;
  const moments = rows.flatMap(({ computedAt }) => (computedAt ? [computedAt.getTime()] : []));
  return {
    period,
    computedAt: moments.length > 0 ? new Date(Math.max(...moments)) : null,
    rows: rows.map(({ areaId, kind, nameVi, nameEn, cells }) => {
      const told = publicFigures.map(({ name, measure, group }) => {
        const cell = cells?.find(([ofMeasure, ofGroup]) => ofMeasure === measure && ofGroup === group);
        return [name, cell?.[2] ?? null] as const;
      });
      return { areaId, kind, nameVi, nameEn, figures: Object.fromEntries(told) as ProgressRow['figures'] };
    }),
  };
}
