import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { figuresBelow, figuresOf } from '@/lib/figure/queries';
import type { FigureOf, Measure } from '@/lib/figure/schema';
import { momentOf } from '@/lib/kernel/clock';
import type { Period } from '@/lib/period/schema';
import { tableOf, withSums } from './rules';
import type { DeskFigures, Logged, NeedHour, NeedName } from './schema';

type Language = 'vi' | 'en';

/** The places whose counts the caller may ask for: the province, units. */
export function figurePlaces(tx: ScopedTx, language: Language) {
  return tx<{ id: number; name: string }[]>`
    select a.id, ${tx(`a.full_name_${language}`)} as name from area a
    where a.kind in ${tx(['province', ...unitKinds])} and a.id = any (coalesce((select may_areas('figures.read')), '{}'))
      and (a.valid_to is null or a.valid_to > current_date)
    order by a.kind <> 'province', a.name_vi collate "vi-x-icu", a.id limit 200`;
}

/** What figures say of help at the desks of the province or a unit in a period, and the log where the caller may read it; null for any other place. */
export async function deskFigures(
  tx: ScopedTx,
  language: Language,
  areaId: number,
  period: Period,
): Promise<DeskFigures | null> {
  const [place] = await tx<{ name: string; isUnit: boolean; readsLog: boolean }[]>`
    select ${tx(`a.full_name_${language}`)} as name, a.kind <> 'province' as is_unit,
      a.id = any (coalesce((select may_areas('person.read')), '{}')) as reads_log
    from area a where a.id = ${areaId} and a.kind in ${tx(['province', ...unitKinds])}
      and a.id = any (coalesce((select may_areas('figures.read')), '{}'))`;
  if (!place) return null;
  const figures = await figuresOf(tx, areaId, period.key);
  const counted = Object.keys(figures).filter((measure) => measure.startsWith('assist_'));
  const needs = await tx<NeedName[]>`
    select code, name from (
      select distinct on (n.code) n.code, n.position, n.replaced_at, ${tx(`n.name_${language}`)} as name from desk_need n order by n.code, n.version desc) n
    where replaced_at is null or 'assist_' || code = any (${counted}) order by position, code limit 50`;
  const measures = needs.map(({ code }): Measure => `assist_${code}`);
  const countsIn = (found: FigureOf) => measures.map((measure) => found[measure]?.all);
  const units = place.isUnit ? [] : await figuresBelow(tx, areaId, period.key, { measures, groups: ['all'] });
  return {
    areaId,
    place: place.name,
    period: period.key,
    needs: [...needs],
    counts: countsIn(figures),
    units: units
      .filter((unit) => Object.keys(unit.figures).length > 0)
      .map((unit) => ({
        id: unit.id,
        name: language === 'vi' ? unit.nameVi : unit.nameEn,
        counts: countsIn(unit.figures),
      })),
    logged: place.readsLog ? await logOf(tx, areaId, period, needs) : null,
  };
}

async function logOf(tx: ScopedTx, areaId: number, { from, to }: Period, needs: readonly NeedName[]): Promise<Logged> {
  const counted = tx`
    s.undone_at is null and s.at >= ${momentOf(from, '00:00')} and s.at < ${momentOf(to, '00:00')} and s.at <= now()
    and s.area_id in (select area_id from area_tree where ancestor_id = ${areaId})`;
  const counts = await tx<NeedHour[]>`
    select s.need_code as code, extract(hour from s.at at time zone 'Asia/Ho_Chi_Minh')::int as hour, count(*)::int as count
    from desk_assist s where ${counted} group by 1, 2`;
  const [sums] = await tx<Pick<Logged, 'settled' | 'minutes'>[]>`
    select count(*) filter (where referred_to is null)::int as settled, coalesce(sum(minutes), 0)::int as minutes
    from desk_assist s where ${counted}`;
  const desks = await tx<Logged['desks'][number][]>`
    select d.id, d.name, count(*)::int as count from desk_assist s join desk d on d.id = s.desk_id where ${counted}
    group by d.id order by count desc, d.name collate "vi-x-icu" limit 200`;
  const { hours, cells } = tableOf(
    counts,
    needs.map(({ code }) => code),
  );
  return { hours, table: withSums(cells), settled: 0, minutes: 0, ...sums, desks: [...desks] };
}
