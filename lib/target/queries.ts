import type { ScopedTx } from '@/lib/access/scoped';
import { withNames } from '@/lib/declared/queries';
import { countsOver, footingOf, indicatorValues, type Counts, type Footing } from '@/lib/indicator/queries';
import type { IndicatorVersion } from '@/lib/indicator/schema';
import { partsOf, periodAfter, periodAround } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import {
  courseOf,
  gainsOfFlow,
  gainsOfStock,
  gainsOfYears,
  monthsOver,
  sessionsAhead,
  standingOf,
  yearOfOtherCalendar,
  type YearOfGroup,
} from './rules';
import type { Past, Standing, TargetLine, TargetSet } from './schema';

type Language = 'vi' | 'en';

/** Whole months before today that tell how the months to come may be. */
const monthsBack = 6;
/** The indicator that counts sessions held. */
const sessionsHeld = 'R01';

/**
 * The targets that hold for an area and period, by indicator: its own, else, of a share, that of the nearest place above. A target taken back
 * is none. Where a place set one for a year of one calendar only, it stands for the same year of the other too.
 */
export async function targetsFor(tx: ScopedTx, areaId: number, period: Period): Promise<TargetSet[]> {
  return tx<TargetSet[]>`
    with newest as (
      select distinct on (g.area_id, g.indicator_code) g.area_id, g.indicator_code, g.value, g.source, g.period, t.depth
      from area_tree t join target g on g.area_id = t.ancestor_id
      where t.area_id = ${areaId} and g.period = any (${[period.key, yearOfOtherCalendar(period) ?? period.key]})
      order by g.area_id, g.indicator_code, g.period = ${period.key} desc, g.id desc)
    select distinct on (n.indicator_code) n.indicator_code as code, n.value, n.source, n.period, n.area_id, a.full_name_vi as area_name_vi, a.full_name_en as area_name_en
    from newest n join area a on a.id = n.area_id
      join indicator_version v on v.indicator_code = n.indicator_code and v.valid_to is null
    where n.value is not null and (n.depth = 0 or v.shown_as = 'share') order by n.indicator_code, n.depth`;
}

/**
 * Every indicator that has a target for an area and period, against it: value, pace today, forecast and how many sessions the gap means; see
 * `standingOf`. From cells only, as far as the caller may see them: of what is hidden nothing is reckoned.
 * `footing`: of the area and period, where the caller has it already.
 */
export async function standings(
  tx: ScopedTx,
  areaId: number,
  period: Period,
  today: string,
  footing?: Footing,
): Promise<Standing[]> {
  const month = periodAround(today, period.calendar, 'month');
  const back = Array.from({ length: monthsBack + 1 }, (_, at) => periodAfter(month, at - monthsBack - 1).key);
  const inside = partsOf(period, 'month').map(({ key }) => key);
  const [first] = partsOf(period, 'month');
  const before = first ? periodAfter(first, -1).key : '';
  const targets = await targetsFor(tx, areaId, period);
  if (targets.length === 0) return [];
  const codes = targets.map(({ code }) => code);
  const ground = footing ?? (await footingOf(tx, areaId, period, codes));
  const { registry } = ground;
  const years = registry.some((version) => codes.includes(version.code) && isFlowOfGroup(version))
    ? yearsBack(period, back.slice(1))
    : [];
  const [values, count] = await Promise.all([
    indicatorValues(tx, areaId, period, 'byCaller', codes, ground),
    countsOver(
      tx,
      areaId,
      [...new Set([...back, ...inside, before, ...years.flatMap((year) => [year.key, ...monthsOf(year, today)])])],
      [...codes, sessionsHeld],
      registry,
    ),
  ]);
  const held = back.map((key) => count(key, sessionsHeld));
  return registry.flatMap((version): Standing[] => {
    const target = targets.find(({ code }) => code === version.code);
    const found = values.find(({ code }) => code === version.code);
    if (!target || !found) return [];
    const course = courseOf(version);
    const months = back.map((key) => count(key, version.code));
    const own = inside.reduce((sum, key) => sum + (count(key, version.code) ?? 0), 0);
    const once = version.grain === 'person' && found.value !== null ? { whole: found.value, months: own } : null;
    const isHidden = (key: string) => count.isHidden(key, version.code);
    const byYear = years.length > 0 && isFlowOfGroup(version) && found.value !== null && back.some(isHidden);
    const past =
      course === 'stock'
        ? gainsOfStock(months, held)
        : byYear
          ? pastOfYears(count, version.code, years, back.slice(1), today)
          : gainsOfFlow(months.slice(1), held.slice(1), once);
    // Where nothing at all was counted before the period, one stood at nothing; what is hidden is not known.
    const start = count(before, version.code) ?? (count.isHidden(before, version.code) ? null : 0);
    const { code, nameVi, nameEn, unit, value, of, hidden } = found;
    const { shownAs } = version;
    const reckoned = standingOf({ value, of, target: target.value, shownAs, course, start, past }, period, today);
    const room = reckoned.sessions ? sessionsAhead(past, period, today) : null;
    return [{ code, nameVi, nameEn, unit, shownAs, actual: value, of, hidden, target, ...reckoned, room, byYear }];
  });
}

/** Counted anew in each period, of a group: of such the months may not be told where the year is. */
const isFlowOfGroup = (version: IndicatorVersion) =>
  courseOf(version) === 'flow' && version.groups.some((group) => group !== 'all');

/** A year, and the one before where some of the months lie in it. */
function yearsBack(period: Period, months: readonly string[]): Period[] {
  if (period.grain !== 'year') return [];
  const last = periodAfter(period, -1);
  return partsOf(last, 'month').some(({ key }) => months.includes(key)) ? [period, last] : [period];
}

const monthsOf = (year: Period, today: string) =>
  partsOf(year, 'month').flatMap(({ key, from }) => (from <= today ? [key] : []));

/** What the months of a group brought that are not told themselves, as far as the years and everybody's months tell it. */
function pastOfYears(
  count: Counts,
  code: string,
  [year, ...others]: readonly Period[],
  months: readonly string[],
  today: string,
): Past {
  if (!year) return { gains: [], sessions: [] };
  const told = (one: Period): YearOfGroup => {
    const begun = monthsOf(one, today);
    return {
      whole: count(one.key, code),
      everybody: new Map(begun.map((key) => [key, count.everybody(key, code)])),
      sessions: new Map(begun.map((key) => [key, count(key, sessionsHeld) ?? 0])),
    };
  };
  return gainsOfYears([told(year), ...others.map(told)], months, monthsOver(year, today));
}

/** What was set for an area and period (or the same year of the other calendar), the newest first, with who set it. */
export async function targetLines(tx: ScopedTx, areaId: number, period: Period): Promise<TargetLine[]> {
  const lines = await tx<Omit<TargetLine, 'by'>[]>`
    select g.id, g.indicator_code as code, v.name_vi, v.name_en, v.shown_as, g.value, g.source, g.period, g.recorded_by, g.at
    from target g join indicator_version v on v.indicator_code = g.indicator_code and v.valid_to is null
    where g.area_id = ${areaId} and g.period = any (${[period.key, yearOfOtherCalendar(period) ?? period.key]}) order by g.id desc limit 200`;
  return withNames(tx, lines);
}

/** An area whose figures the caller may see, with its name and whether they may set targets for it; null otherwise. */
export async function targetPlace(tx: ScopedTx, language: Language, areaId: number) {
  const [place] = await tx<{ id: number; name: string; maySet: boolean }[]>`
    select id, ${tx(`full_name_${language}`)} as name, id = any (coalesce((select target_areas()), '{}')) as may_set from area
    where id = ${areaId} and id = any (coalesce((select may_areas('target.write')), '{}'))`;
  return place ?? null;
}
