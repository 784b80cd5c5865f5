import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { computedUnder, footingOf } from '@/lib/indicator/queries';
import { shownValue } from '@/lib/indicator/rules';
import { lastDayOf, partsOf, periodAfter, periodAround } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import { targetsFor } from '@/lib/target/queries';
import { standingOf } from '@/lib/target/rules';
import { publicFigures, type AdultsAble, type Progress, type ProgressRow } from './schema';

/** Adults able to do the core set: what the whole country aims at. */
const adultsAble = 'R08';

/** What everybody may know of a period, of the province and each unit. The wall decides which periods that is. */
export async function progressOf(tx: ScopedTx, period: string): Promise<Progress> {
  const measures = publicFigures.map(({ measure }) => measure);
  const groups = publicFigures.map(({ group }) => group);
  const rows = await tx<
    (Omit<ProgressRow, 'figures'> & { cells: [string, string, number | null][] | null; computedAt: Date | null })[]
  >`
    select a.id as area_id, a.kind, a.full_name_vi as name_vi, a.full_name_en as name_en, f.cells, f.computed_at
    from area a
    left join (
      select area_id, json_agg(json_build_array(measure, grp, value)) as cells, max(computed_at) as computed_at
      from figure where period = ${period} and measure = any(${measures}::text[]) and grp = any(${groups}::text[]) group by area_id) f on f.area_id = a.id
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

/**
 * The adults of an area who can do the core set at the end of a month of the administration that is over, beside the year's target. The figure is what anybody may see
 * of it; targets and how many live there are nobody's secret, though their walls know no public.
 */
export async function adultsOf(tx: ScopedTx, areaId: number, month: Period): Promise<AdultsAble> {
  const year = periodAround(lastDayOf(month), month.calendar, 'year');
  const [first] = partsOf(year, 'month');
  const before = periodAfter(first ?? month, -1);
  return elevated(tx, 'progress: the target of the year and how many adults live there', async (system) => {
    const footing = await footingOf(system, areaId, month, [adultsAble]);
    const told = await computedUnder(system, footing, { areas: [areaId], earlier: [before] }, [adultsAble], 'byAnyone');
    const [now, then] = [told(areaId, month, adultsAble), told(areaId, before, adultsAble)];
    const aim = (await targetsFor(system, areaId, year)).find(({ code }) => code === adultsAble)?.value ?? null;
    const { value, of, hidden } = now ?? { value: null, of: null, hidden: false };
    const start = then?.value ?? (then?.hidden ? null : 0);
    const looked = { value, of, target: aim, shownAs: 'share', course: 'stock', start } as const;
    const { pace } = standingOf({ ...looked, past: { gains: [], sessions: [] } }, year, month.to);
    return { count: value, hidden, share: shownValue('share', { value, of }), year: year.year, aim, pace };
  });
}
