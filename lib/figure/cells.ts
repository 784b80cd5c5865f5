import type { SystemTx } from '@/lib/access/scoped';
import { isAboutLearners } from '@/lib/disclosure/rules';
import { spansOf, type Cell } from './halves';
import { measures, rosterMeasures } from './schema';

/** A piece of SQL. */
export type Fragment = ReturnType<typeof piece>;
const piece = (tx: SystemTx) => tx`true`;

/** Cells that read differently by now, of an area and everything below it. */
export interface Changed {
  readonly areaId: number;
  readonly year: number;
  readonly measure: string;
  readonly cells: number;
}

/** How many cells are counted by one statement: a rebuild's are too many for one. */
const atOnce = 20_000;

/**
 * Counts the own cells anew, and carries what differs from before into the totals of every area above, in one statement. `counted` is SQL from
 * the CTEs `cell (area_id, period, year, at, measure)` and `span (period, half)` to (area_id, period, measure, grp, value, denominator); `counts`
 * are those it counts, or null where each cell names its own. What is about people
 * is not written to `figure` here: a rule decides of it.
 */
export async function writeCells(
  tx: SystemTx,
  cells: readonly Cell[],
  counts: readonly string[] | null,
  counted: Fragment,
): Promise<Changed[]> {
  const changed: Changed[] = [];
  for (let from = 0; from < cells.length; from += atOnce) {
    const some = cells.slice(from, from + atOnce);
    const spans = spansOf(some);
    const scope = counts ? tx`o.measure = any(${[...counts]}::text[])` : tx`o.measure = c.measure`;
    const rows = await tx<Changed[]>`
      with cell as materialized (
        select * from unnest(${some.map((c) => c.areaId)}::int[], ${some.map((c) => c.period)}::text[], ${some.map((c) => c.year)}::int[],
          ${some.map((c) => c.at ?? null)}::date[], ${some.map((c) => c.measure ?? null)}::text[]) c (area_id, period, year, at, measure)),
      span as materialized (
        select * from unnest(${spans.map((s) => s.period)}::text[], ${spans.map((s) => s.half)}::date[]) s (period, half)),
      counted as materialized (${counted}),
      fresh as materialized (select * from counted where value <> 0 or denominator <> 0),
      old as materialized (
        select o.area_id, o.period, o.measure, o.grp, o.value, o.denominator
        from cell c join figure_own o on o.area_id = c.area_id and o.period = c.period and ${scope}),
      delta as materialized (
        select area_id, period, measure, grp, coalesce(f.value, 0) as value, coalesce(f.denominator, 0) as denominator,
          coalesce(f.value, 0) - coalesce(o.value, 0) as more, coalesce(f.denominator, 0) - coalesce(o.denominator, 0) as more_of
        from fresh f full join old o using (area_id, period, measure, grp)
        where (f.value, f.denominator) is distinct from (o.value, o.denominator)),
      gone as (
        delete from figure_own o using delta d
        where (o.area_id, o.period, o.measure, o.grp) = (d.area_id, d.period, d.measure, d.grp) and d.value = 0 and d.denominator = 0),
      put as (
        insert into figure_own (area_id, period, measure, grp, value, denominator)
        select area_id, period, measure, grp, value, denominator from delta where value <> 0 or denominator <> 0
        on conflict (area_id, period, measure, grp) do update set value = excluded.value, denominator = excluded.denominator),
      summed as materialized (
        select t.ancestor_id as area_id, d.period, d.measure, d.grp, sum(d.more)::int as more, sum(d.more_of)::int as more_of
        from delta d join area_tree t on t.area_id = d.area_id
        group by t.ancestor_id, d.period, d.measure, d.grp having sum(d.more) <> 0 or sum(d.more_of) <> 0),
      total as materialized (
        select s.area_id, s.period, s.measure, s.grp, coalesce(e.value, 0) + s.more as value, coalesce(e.denominator, 0) + s.more_of as denominator
        from summed s left join figure_exact e using (area_id, period, measure, grp)),
      ${settle(tx)}`;
    changed.push(...rows);
  }
  return changed;
}

/**
 * Sums all totals anew from own cells, without reading a row of what those were counted from: after the tree of areas changed, or to see whether they
 * are right.
 */
export async function writeTotals(tx: SystemTx): Promise<Changed[]> {
  return tx<Changed[]>`
    with fresh as materialized (
      select t.ancestor_id as area_id, o.period, o.measure, o.grp, sum(o.value)::int as value, sum(o.denominator)::int as denominator
      from figure_own o join area_tree t on t.area_id = o.area_id group by t.ancestor_id, o.period, o.measure, o.grp
      having sum(o.value) <> 0 or sum(o.denominator) <> 0),
    total as materialized (
      select area_id, period, measure, grp, coalesce(f.value, 0) as value, coalesce(f.denominator, 0) as denominator
      from fresh f full join figure_exact e using (area_id, period, measure, grp)
      where (f.value, f.denominator) is distinct from (e.value, e.denominator)),
    ${settle(tx)}`;
}

/** From the CTE `total`, totals as they should be (nothing counted: gone), to what was written. */
const settle = (tx: SystemTx) => tx`
  less as (
    delete from figure_exact e using total t
    where (e.area_id, e.period, e.measure, e.grp) = (t.area_id, t.period, t.measure, t.grp) and t.value = 0 and t.denominator = 0),
  more as (
    insert into figure_exact (area_id, period, measure, grp, value, denominator) select * from total
    where denominator > 0 or period like 's%' and (value <> 0 or denominator <> 0)
    on conflict (area_id, period, measure, grp) do update set value = excluded.value, denominator = excluded.denominator),
  open as materialized (select t.* from total t where t.measure = any(${plainMeasures}::text[])),
  hidden as (
    delete from figure f using open t
    where (f.area_id, f.period, f.measure, f.grp) = (t.area_id, t.period, t.measure, t.grp) and t.denominator = 0),
  visible as (
    insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
    select area_id, period, measure, grp, value, denominator, now() from open where denominator > 0
    on conflict (area_id, period, measure, grp)
    do update set value = excluded.value, denominator = excluded.denominator, computed_at = excluded.computed_at)
  select area_id, left(ltrim(period, 'ks'), 4)::int as year, measure, count(*)::int as cells from total group by 1, 2, 3`;

/** What is not about people is shown without asking. */
const plainMeasures: string[] = measures.filter(
  (measure) => !isAboutLearners(measure) && !rosterMeasures.some((one) => one === measure),
);
