import type { ScopedTx } from '@/lib/access/scoped';
import type { AreaKind } from '@/lib/area/schema';
import { computedUnder, footingOf } from '@/lib/indicator/queries';
import type { IndicatorValue } from '@/lib/indicator/schema';
import type { Period } from '@/lib/period/schema';
import { inLanguage } from './queries';
import { changedSince, toldToday } from './rules';
import type { ChangedBelow, ReportInFull } from './schema';

type Language = 'vi' | 'en';
type Frozen = Pick<ChangedBelow, 'areaId' | 'name' | 'reportId' | 'state' | 'frozenAt'> & {
  readonly stepId: string;
  readonly kind: AreaKind;
};

/** The newest report of each area right below that was handed in, by name. */
const handedIn = (tx: ScopedTx, language: Language, areaId: number, period: string) => tx<Frozen[]>`
  select a.id as area_id, a.kind, ${tx(`a.full_name_${language}`)} as name, r.id as report_id, r.state, s.id as step_id, s.at as frozen_at
  from area_tree t join area a on a.id = t.area_id
    join lateral (select id, state from report r where r.area_id = a.id and r.period = ${period} order by revision desc limit 1) r
      on r.state in ('submitted', 'approved', 'locked')
    join lateral (select id, at from report_step s where s.report_id = r.id and s.to_state = 'submitted' order by nth desc limit 1) s on true
  where t.ancestor_id = ${areaId} and t.depth = 1 and t.area_id = any(coalesce((select may_areas('figures.read')), '{}'))
  order by a.name_vi collate "vi-x-icu", a.id limit 600`;

type Live = (areaId: number, period: Period, code: string) => IndicatorValue | null;
/** What the figures say now of several areas, as anybody may see them who reads figures there. A test brings its own. */
export type LiveBelow = (tx: ScopedTx, above: number, areas: readonly number[], period: Period) => Promise<Live>;
const liveNow: LiveBelow = async (tx, above, areas, period) =>
  computedUnder(tx, await footingOf(tx, above, period), { areas }, null, 'byAnyone');

/**
 * Which of the reports right below have frozen figures that are others by now: what the report above, which counts from the rows, may differ from.
 * Compared is what the portal counts, seen as anybody may see it who reads figures there; so nothing is told here that the two reports and the dashboard do
 * not tell. Null where no report below was handed in.
 */
export async function changedBelow(
  tx: ScopedTx,
  language: Language,
  report: Pick<ReportInFull, 'areaId' | 'period'>,
  live: LiveBelow = liveNow,
): Promise<{ handed: number; all: number; places: ChangedBelow[] } | null> {
  const { areaId, period } = report;
  const frozen = await handedIn(tx, language, areaId, period.key);
  if (frozen.length === 0) return null;
  const areas = frozen.map((one) => one.areaId);
  const [[below], rows, now] = await Promise.all([
    tx<{ count: number }[]>`select count(*)::int as count from area_tree where ancestor_id = ${areaId} and depth = 1`,
    tx<(IndicatorValue & { stepId: string })[]>`
      select step_id, code, name_vi, name_en, unit, kind, value, "of", hidden, source, as_of::text, computed_at
      from report_figure where step_id in ${tx(frozen.map(({ stepId }) => stepId))} and kind = 'computed' order by position, code`,
    live(tx, areaId, areas, period),
  ]);
  const places = frozen.flatMap(({ stepId, kind, ...place }): ChangedBelow[] => {
    const then = inLanguage(
      language,
      rows.filter((row) => row.stepId === stepId),
    );
    const current = then.flatMap(({ code }) => now(place.areaId, period, code) ?? []);
    const changed = changedSince(toldToday(kind, then, current), inLanguage(language, current)) ?? [];
    return changed.length > 0 ? [{ ...place, changed }] : [];
  });
  return { handed: frozen.length, all: below?.count ?? 0, places };
}
